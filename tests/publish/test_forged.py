"""What somebody who may write at a target claims there, at targets of all kinds.

They want guidegen to remove, overwrite or send what is not its own.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from tests.publish.places import Place, edit_manifest
from tests.publish.samples import MARK, make_site, publish
from tests.wording import hint_of, text_of

from guidegen.errors import PublishError
from guidegen.publish import remote
from guidegen.publish.removal import is_producible

pytestmark = pytest.mark.slow

PAYROLL = b"<html>the payroll of everybody</html>"
THEIRS = ("payroll.html", "team/photo.vcf", "assets/film.css")
PENDING = ".guidegen/pending.json"


def _claim(content: bytes) -> list[str | int]:
    return [hashlib.sha256(content).hexdigest(), len(content)]


def _refused(place: Place, site: Path, *names: str) -> str:
    """Check that a publication stops, names the files and changes nothing.

    Returns:
        The id of what it says.
    """
    before = dict(place.files())
    with pytest.raises(PublishError) as raised:
        publish(place.settings, site, "1.1.0")
    said = str(raised.value)
    assert all(name in said for name in names), said
    assert text_of(raised.value, "de")
    assert hint_of(raised.value, "de")
    assert place.files() == before
    return raised.value.problem.message


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site", "1.0.0")


def _publish_beside(place: Place, site: Path) -> None:
    """Publish to where there are files of somebody else, and change the site."""
    for name in THEIRS:
        place.put(name, PAYROLL)
    publish(place.settings, site, adopt=True)
    make_site(site, "1.1.0")


OLD = "2026-12-01T01:00:00+00:00"
CLAIMS: tuple[dict[str, object], ...] = (
    {"files": {"payroll.html": ["0" * 64, len(PAYROLL)]}},
    {"files": {"payroll.html": _claim(PAYROLL)}},
    {"files": {"team/photo.vcf": _claim(PAYROLL)}},
    # Only one byte of it may be fetched.
    {"files": {"assets/film.css": _claim(b"x")}},
    {"lingering": {"payroll.html": _claim(PAYROLL)}, "since": {"payroll.html": OLD}},
)
# `test_manifest.py` has more of these.
ELSEWHERE = {"files": {"../payroll.html": _claim(PAYROLL)}}


def test_a_manifest_claims_files_of_somebody_else(place: Place, site: Path) -> None:
    _publish_beside(place, site)
    honest = place.files()[place.manifest]

    for claim in CLAIMS:
        edit_manifest(place, **claim)
        assert _refused(place, site) == "error-publish-claims", claim
        place.put(place.manifest, honest)
    edit_manifest(place, **ELSEWHERE)
    assert _refused(place, site) == "error-publish-manifest"
    place.put(place.manifest, honest)

    publish(place.settings, site, "1.1.0")
    files = place.files()
    assert {files[name] for name in THEIRS} == {PAYROLL}


def test_only_pages_as_guidegen_left_them_are_removed(place: Place, site: Path) -> None:
    for name in ("en/old.html", "page-2.html"):
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text(f"{MARK} old", encoding="utf-8")
    publish(place.settings, site)
    for name in ("en/old.html", "page-2.html"):
        (site / name).unlink()
    place.put("page-2.html", b"notes of a colleague")

    assert _refused(place, site, "page-2.html") == "error-publish-claims"
    place.put("page-2.html", f"{MARK} old".encode())
    plan = publish(place.settings, site, "1.1.0")

    assert plan.removals == ("en/old.html", "page-2.html")
    assert not {"en/old.html", "page-2.html"} & place.files().keys()


def _note(*names: str, content: bytes | None = None) -> bytes:
    data: dict[str, object] = {"format": 1, "token": "x", "names": list(names)}
    if content is not None:
        data["files"] = {name: [_claim(content)] for name in names}
    return json.dumps(data).encode()


def test_a_note_claims_files_of_somebody_else(server_place: Place, site: Path) -> None:
    _publish_beside(server_place, site)
    forged = {
        _note("payroll.html"): "error-publish-claims-note",
        _note("payroll.html", content=b"other"): "error-publish-claims-note",
        _note("payroll.html", content=PAYROLL): "error-publish-claims-note",
        _note("team/photo.vcf", content=PAYROLL): "error-publish-claims-note",
        _note("index.html", "../up.html"): "error-publish-pending",
        _note("index.html", "/etc/passwd"): "error-publish-pending",
        _note("index.html", ".guidegen/manifest.json"): "error-publish-pending",
    }

    for note, message in forged.items():
        server_place.put(PENDING, note)
        assert _refused(server_place, site) == message, note


def test_a_note_lets_no_page_of_somebody_else_be_overwritten(
    server_place: Place, site: Path
) -> None:
    server_place.put("index.html", PAYROLL)
    server_place.put(PENDING, _note("index.html"))

    assert _refused(server_place, site, "index.html") == "error-publish-claims-note"


def test_what_an_interrupted_run_has_left_is_shown_and_removed(
    server_place: Place, site: Path
) -> None:
    publish(server_place.settings, site)
    left = f"{MARK} half of a run".encode()
    server_place.put("en/left.html", left)
    server_place.put(PENDING, _note("en/left.html", content=left))

    plan = publish(server_place.settings, site)

    assert not plan.changes
    assert plan.removals == plan.leftover == ("en/left.html",)
    assert plan.cleared == ("pending.json",)
    assert not {"en/left.html", PENDING} & server_place.files().keys()


def test_what_somebody_changes_after_the_plan_is_left(
    server_place: Place, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(server_place.settings, site)
    (site / "page-2.html").unlink()
    of_a_run = remote._Run  # noqa: SLF001  # it begins when the plan is made
    begin = of_a_run.begin

    def begin_late(run: Any) -> None:  # noqa: ANN401  # a private class
        server_place.put("page-2.html", PAYROLL)
        begin(run)

    monkeypatch.setattr(of_a_run, "begin", begin_late)
    publish(server_place.settings, site)

    assert server_place.files()["page-2.html"] == PAYROLL


def test_what_others_keep_in_guidegens_folder_stays(
    server_place: Place, site: Path
) -> None:
    publish(server_place.settings, site)
    names = [
        ".guidegen/objects/payroll.xlsx",
        f".guidegen/objects/{'0' * 64}",
        ".guidegen/new/payroll.xlsx",
        ".guidegen/publications/20200101T000000000000Z.json",
        ".guidegen/publications/payroll.json",
        ".guidegen/publications/20990101T000000000000Z.json",
    ]
    for name in names:
        server_place.put(name, PAYROLL)

    for number in (1, 2):
        version = f"1.{number}.0"
        publish(server_place.settings, make_site(site, version), version)

    files = server_place.files()
    assert {name: files.get(name) for name in names} == dict.fromkeys(names, PAYROLL)
    assert not publish(server_place.settings, site, "1.2.0").needed


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("index.html", True),
        ("en/taboo-topics.html", True),
        ("de-CH/contact.html", True),
        ("guideline-de.pdf", True),
        ("versions/1.0.0/guideline-en-1.0.0.pdf", True),
        ("versions/1.0.0/en/index.html", True),
        ("versions/files/0b4faff8df938c7026b1504cf65ed0ef.svg", True),
        ("assets/javascripts/lunr/min/lunr.de.min.js", True),
        ("search/search_index.json", True),
        ("images/contact-1.vcf", True),
        ("changes.xml", True),
        ("review.ics", True),
        (".nojekyll", True),
        ("a/b/c/index.html", False),
        ("payroll.xlsx", False),
        ("hr/payroll.pdf", False),
        ("report.pdf", False),
        ("assets/.git/config", False),
        ("assets/../x.css", False),
        (".htaccess", False),
        ("versions/1.0.0/payroll.zip", False),
        ("versions/files/payroll.pdf", False),
        ("index.html\n", False),
    ],
)
def test_which_paths_guidegen_can_produce(name: str, ours: bool) -> None:  # noqa: FBT001
    assert is_producible(name) is ours
