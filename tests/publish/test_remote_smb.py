from __future__ import annotations

import gc
from pathlib import Path

import pytest
from tests.publish.remote_samba import SambaServer
from tests.publish.samples import asset_of, make_site, publish, settings, version_of
from tests.soak import counts
from tests.wording import raises

from guidegen.errors import PublishError
from guidegen.model.publication import TargetSettings
from guidegen.publish import remote_store
from guidegen.publish.target import open_target

pytestmark = [pytest.mark.slow, pytest.mark.proof, pytest.mark.soak]


@pytest.fixture
def share(samba: SambaServer, tmp_path: Path) -> TargetSettings:
    return settings(tmp_path, "smb", keep=2, **samba.options())


def _check_readers(samba: SambaServer) -> None:
    for name in ("index.html", "page-1.html"):
        page = samba.get(name)
        assert version_of(samba.get(asset_of(page))) == version_of(page)


def test_a_share_is_published_to_changed_and_tidied(
    samba: SambaServer, share: TargetSettings, tmp_path: Path
) -> None:
    site = make_site(tmp_path / "site", "1.0.0")
    (site / "Über uns").mkdir()
    (site / "Über uns/Häufige Fragen.html").write_text("<p>?</p>", encoding="utf-8")
    (site / "images").mkdir()
    (site / "images/Über.vcf").write_text("BEGIN:VCARD", encoding="utf-8")
    publish(share, site)
    assert samba.get("Über uns/Häufige Fragen.html") == "<p>?</p>"
    assert version_of(samba.get("index.html")) == "1.0.0"

    (site / "images/Über.vcf").unlink()
    plan = publish(share, make_site(site, "1.1.0"), "1.1.0")

    assert plan.removed == ("images/Über.vcf",)
    assert not (samba.root / "images").exists()
    assert version_of(samba.get("index.html")) == "1.1.0"
    assert not publish(share, site, "1.1.0").needed
    with open_target(share) as target:
        now, before = target.earlier()
        assert (now.manifest.version, before.manifest.version) == ("1.1.0", "1.0.0")
        with before.files.open("index.html") as file:
            assert version_of(file.read().decode()) == "1.0.0"


def test_a_note_is_created_once(share: TargetSettings) -> None:
    with open_target(share) as target:
        store = vars(target)["_store"]
        created = [store.create("note.json", content) for content in (b"1", b"2")]
        assert created == [True, False]
        assert store.read("note.json") == b"1"
        assert list(store.entries()) == ["note.json"]


# What was open on a line that is dead, the library cannot close.
@pytest.mark.filterwarnings("ignore:unclosed SMB handle:ResourceWarning")
@pytest.mark.filterwarnings("ignore:.*SMBRawIO:pytest.PytestUnraisableExceptionWarning")
def test_a_share_whose_line_is_cut_has_whole_pages_and_the_next_run_finishes(
    samba: SambaServer,
    share: TargetSettings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(remote_store, "TRIES", 2)
    site = make_site(tmp_path / "site", "0.1.0", pages=2)
    publish(share, site)
    samba.cut(None)
    publish(share, make_site(site, "0.2.0", pages=2))
    moments = range(1, samba.messages, samba.messages // counts(soak=12, sample=4))

    for number in moments:
        make_site(site, f"1.{number}.0", pages=2)
        samba.cut(number)
        with raises(PublishError, match="cannot be reached"):
            publish(share, site)
        _check_readers(samba)
        samba.cut(None)
        publish(share, site)
        _check_readers(samba)
        assert version_of(samba.get("index.html")) == f"1.{number}.0"

    gc.collect()  # here, where the library's warnings of those handles are expected
    print(f"smb: the line cut at {len(moments)} moments, 0 pages broken")  # noqa: T201


def test_a_share_that_does_not_exist_or_lets_nobody_in_is_said(
    share: TargetSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {**share.options, "share": "elsewhere"}
    other = settings(share.folder, "smb", **options)
    with (
        raises(PublishError, match="is not there"),
        open_target(other) as target,
    ):
        target.look()

    monkeypatch.setenv("GUIDEGEN_INTRANET_PASSWORD", "wrong")
    with (
        raises(PublishError, match="does not let guidegen in") as raised,
        open_target(share) as target,
    ):
        target.look()
    assert "wrong" not in str(raised.value)
