from __future__ import annotations

import datetime as dt
import errno
import json
import os
from pathlib import Path

import pytest
from tests.publish.samples import (
    NOW,
    live,
    make_site,
    page,
    publish,
    settings,
    version_of,
)
from tests.wording import raises, text_of

from guidegen.errors import FilesError, PublishError
from guidegen.model.publication import TargetSettings
from guidegen.publish import folder_switch
from guidegen.publish.target import Overtaken, open_target

MANIFEST = ".guidegen-manifest.json"


@pytest.fixture(params=["link", "exchange", "aside"])
def target(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> TargetSettings:
    """Return a folder in each of the ways in which `current` can be switched."""
    if request.param == "aside":
        monkeypatch.setattr(folder_switch, "exchange_names", lambda *_: False)
    return settings(tmp_path, path="www", symlinks=request.param == "link")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site", "1.0.0")


def _served(target: TargetSettings) -> dict[str, str]:
    current = target.folder / "www/current"
    return {
        path.relative_to(current).as_posix(): path.read_text("utf-8")
        for path in sorted(current.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def test_the_first_publication_is_the_site(target: TargetSettings, site: Path) -> None:
    plan = publish(target, site)

    assert plan.first
    assert sorted(_served(target)) == [
        "assets/style.1.0.0.css",
        "guideline-de.pdf",
        "index.html",
        "page-1.html",
        "page-2.html",
        "same.txt",
    ]
    assert version_of(_served(target)["index.html"]) == "1.0.0"


def test_the_manifest_says_what_was_published_when_and_by_what(
    target: TargetSettings, site: Path
) -> None:
    publish(target, site)

    manifest = json.loads((target.folder / "www/current" / MANIFEST).read_text("utf-8"))
    assert manifest["version"] == "1.0.0"
    assert manifest["state"] == "released"
    assert manifest["when"] == "2026-12-01T09:00:00+00:00"
    assert manifest["guidegen"]
    assert len(manifest["files"]["index.html"][0]) == 64


def test_an_unchanged_site_changes_nothing(target: TargetSettings, site: Path) -> None:
    publish(target, site)
    before = live(target)

    plan = publish(target, site)

    assert not plan.needed
    assert live(target) == before


def test_what_has_not_changed_is_the_same_file(
    target: TargetSettings, site: Path
) -> None:
    publish(target, site)
    same = (target.folder / "www/current/same.txt").stat().st_ino
    make_site(site, "2.0.0")

    plan = publish(target, site, "2.0.0")

    assert plan.unchanged == ("same.txt",)
    assert (target.folder / "www/current/same.txt").stat().st_ino == same


def test_what_pages_that_are_open_need_stays_for_an_hour(
    target: TargetSettings, site: Path
) -> None:
    publish(target, site)
    publish(target, make_site(site, "2.0.0"), "2.0.0")
    assert "assets/style.1.0.0.css" in _served(target)

    later = NOW + dt.timedelta(hours=2)
    publish(target, make_site(site, "3.0.0"), "3.0.0", now=later)

    served = _served(target)
    assert "assets/style.1.0.0.css" not in served
    assert "assets/style.2.0.0.css" in served


def test_a_page_that_is_no_more_is_gone_at_once(
    target: TargetSettings, site: Path
) -> None:
    publish(target, site)
    (site / "page-2.html").unlink()
    (site / "guideline-de.pdf").unlink()

    plan = publish(target, site)

    assert plan.removed == ("guideline-de.pdf", "page-2.html")
    assert not {"guideline-de.pdf", "page-2.html"} & set(_served(target))


def test_a_changed_file_is_newer_for_web_servers_that_count_in_seconds(
    target: TargetSettings, site: Path
) -> None:
    index = target.folder / "www/current/index.html"
    publish(target, site)
    before = int(index.stat().st_mtime)

    publish(target, make_site(site, "2.0.0"), "2.0.0")

    assert int(index.stat().st_mtime) > before


def test_five_publications_are_kept(target: TargetSettings, site: Path) -> None:
    for number in range(8):
        publish(target, make_site(site, f"1.{number}.0"), f"1.{number}.0")

    with open_target(target) as place:
        kept = [each.manifest.version for each in place.earlier()]
        oldest = place.earlier()[-1]
        with oldest.files.open("index.html") as file:
            text = file.read().decode()
    assert kept == ["1.7.0", "1.6.0", "1.5.0", "1.4.0", "1.3.0"]
    assert version_of(text) == "1.3.0"
    folders = list((target.folder / "www/.guidegen/publications").iterdir())
    assert len(folders) in {4, 5}


def test_a_file_that_somebody_changed_is_put_right(
    target: TargetSettings, site: Path
) -> None:
    publish(target, site)
    index = target.folder / "www/current/index.html"
    index.unlink()
    index.write_text("hacked", "utf-8")
    (target.folder / "www/current/same.txt").unlink()

    plan = publish(target, site)

    assert plan.seen.damaged == {"index.html", "same.txt"}
    assert version_of(_served(target)["index.html"]) == "1.0.0"


def test_a_link_in_place_of_a_file_is_not_followed(
    target: TargetSettings, site: Path
) -> None:
    publish(target, site)
    secret = target.folder / "secret.txt"
    secret.write_text("precious", "utf-8")
    index = target.folder / "www/current/index.html"
    index.unlink()
    index.symlink_to(secret)

    publish(target, site)

    assert secret.read_text("utf-8") == "precious"
    assert not index.is_symlink()


def test_litter_at_the_target_is_nobody_s(target: TargetSettings, site: Path) -> None:
    publish(target, site)
    for folder in (target.folder / "www", target.folder / "www/current"):
        (folder / "@eaDir").mkdir()
        for name in ("._index.html", "@eaDir/index.html", ".~lock.x#", "Thumbs.db"):
            (folder / name).write_text("a file manager's", "utf-8")

    plan = publish(target, make_site(site, "2.0.0"), "2.0.0")

    assert plan.seen.damaged == frozenset()
    assert version_of(_served(target)["index.html"]) == "2.0.0"


@pytest.mark.parametrize("place", ["www/notes.txt", "www/current/robots.txt"])
def test_files_of_others_are_refused_without_consent(
    target: TargetSettings, site: Path, place: str
) -> None:
    publish(target, site)
    foreign = target.folder / place
    foreign.write_text("mine", "utf-8")
    before = live(target)

    with raises(PublishError, match=foreign.name):
        publish(target, make_site(site, "2.0.0"), "2.0.0")

    assert live(target) == before
    assert foreign.read_text("utf-8") == "mine"


@pytest.mark.slow
def test_files_of_others_are_left_alone_once_somebody_agreed(
    target: TargetSettings, site: Path
) -> None:
    current = target.folder / "www/current"
    publish(target, site)
    (current / "robots.txt").write_text("mine", "utf-8")
    (current / ".well-known").mkdir()
    (current / "away").symlink_to(target.folder)
    (target.folder / "www/notes.txt").write_text("mine", "utf-8")
    publish(target, make_site(site, "2.0.0"), "2.0.0", adopt=True)

    for number in range(3, 12):
        publish(target, make_site(site, f"{number}.0.0"), f"{number}.0.0")

    assert (current / "robots.txt").read_text("utf-8") == "mine"
    assert (current / ".well-known").is_dir()
    assert (current / "away").readlink() == target.folder
    assert (target.folder / "www/notes.txt").read_text("utf-8") == "mine"
    assert len(list((target.folder / "www/.guidegen/publications").iterdir())) < 6


def test_a_folder_with_a_site_made_by_hand_is_taken_over_beside_it(
    target: TargetSettings, site: Path
) -> None:
    current = target.folder / "www/current"
    current.mkdir(parents=True)
    (current / "handmade.html").write_text("mine", "utf-8")
    with raises(PublishError, match=r"handmade\.html"):
        publish(target, site)

    publish(target, site, adopt=True)

    assert version_of((current / "index.html").read_text("utf-8")) == "1.0.0"
    assert (current / "handmade.html").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    "name", ["index.html", "INDEX.html", "assets", "page-1.html/x"]
)
def test_a_file_of_others_in_the_way_stops_everything(
    target: TargetSettings, site: Path, name: str
) -> None:
    foreign = target.folder / "www/current" / name
    foreign.parent.mkdir(parents=True)
    foreign.write_text("mine", "utf-8")

    with raises(PublishError, match="in the way"):
        publish(target, site, adopt=True)

    assert foreign.read_text("utf-8") == "mine"
    assert not (target.folder / "www/.guidegen").exists()


def test_a_file_of_others_in_an_old_publication_outlives_it(
    tmp_path: Path, site: Path
) -> None:
    target = settings(tmp_path, path="www", keep=2)
    publish(target, site)
    old = (tmp_path / "www/current").resolve()
    publish(target, make_site(site, "2.0.0"), "2.0.0")
    (old / "late.txt").write_text("mine", "utf-8")

    publish(target, make_site(site, "3.0.0"), "3.0.0")

    others = tmp_path / "www/.guidegen/publications/others-1"
    assert [path.name for path in others.iterdir()] == ["late.txt"]
    assert not old.exists()
    assert not publish(target, site, "3.0.0").needed


def test_publications_from_before_a_broken_link_are_not_lost(
    tmp_path: Path, site: Path
) -> None:
    target = settings(tmp_path, path="www")
    publish(target, site)
    publish(target, make_site(site, "2.0.0"), "2.0.0")
    (tmp_path / "www/current").unlink()

    publish(target, make_site(site, "3.0.0"), "3.0.0", now=NOW + dt.timedelta(days=1))

    with open_target(target) as place:
        kept = [each.manifest.version for each in place.earlier()]
    assert kept == ["3.0.0", "2.0.0", "1.0.0"]


@pytest.mark.parametrize("first", [True, False])
def test_links_can_be_given_up_and_taken_up_later(
    tmp_path: Path, site: Path, *, first: bool
) -> None:
    current = tmp_path / "www/current"
    publish(settings(tmp_path, path="www", symlinks=first), site)
    other = settings(tmp_path, path="www", symlinks=not first)

    publish(other, make_site(site, "2.0.0"), "2.0.0")

    assert current.is_symlink() is not first
    assert version_of((current / "index.html").read_text("utf-8")) == "2.0.0"
    with open_target(other) as place:
        versions = [each.manifest.version for each in place.earlier()]
    assert versions == ["2.0.0", "1.0.0"]


def test_a_publication_is_readable_by_the_web_server(
    target: TargetSettings, site: Path
) -> None:
    old = os.umask(0o022)
    try:
        publish(target, site)
    finally:
        os.umask(old)

    current = target.folder / "www/current"
    for path in (current.resolve(), *current.rglob("*")):
        assert path.stat().st_mode & 0o044 == 0o044


def test_a_share_that_is_not_connected_is_an_error(tmp_path: Path, site: Path) -> None:
    with raises(PublishError, match="not there"):
        publish(settings(tmp_path, path="nowhere/www"), site)


def test_the_address_is_shown_as_people_read_it(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()

    with open_target(settings(project, path="../web")) as place:
        assert place.address == str(tmp_path.resolve() / "web")


def test_guidegens_own_folder_may_not_lead_elsewhere(
    tmp_path: Path, site: Path
) -> None:
    (tmp_path / "www").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "www/.guidegen").symlink_to(tmp_path / "elsewhere")

    with raises(PublishError, match="something else"):
        publish(settings(tmp_path, path="www"), site)

    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_link_of_somebody_elses_at_the_place_is_not_replaced(
    tmp_path: Path, site: Path
) -> None:
    (tmp_path / "www").mkdir()
    (tmp_path / "www/current").symlink_to(tmp_path)

    with raises(PublishError, match="in the way"):
        publish(settings(tmp_path, path="www"), site)

    assert (tmp_path / "www/current").readlink() == tmp_path


def test_two_publishers_that_planned_at_once_do_not_mix(
    target: TargetSettings, site: Path
) -> None:
    plan = publish(target, site)

    with open_target(target) as place, pytest.raises(Overtaken):
        place.publish(plan, None)  # type: ignore[arg-type]  # is not asked for files


def test_a_site_that_changes_meanwhile_is_not_published(
    target: TargetSettings, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(target, site)
    make_site(site, "2.0.0")
    records = site / "index.html"

    def changed(*_: object) -> None:
        records.write_text(page(0, "9.9.9"), "utf-8")

    monkeypatch.setattr("guidegen.publish.folder.clean_up", changed)
    with raises(PublishError, match="changed while"):
        publish(target, site, "2.0.0")

    assert version_of(_served(target)["index.html"]) == "1.0.0"
    assert not list((target.folder / "www/.guidegen").glob("staging-*"))


def test_a_disk_that_may_not_be_written_is_an_error_a_user_can_act_on(
    target: TargetSettings, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(target, site)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "www")

    monkeypatch.setattr("guidegen.publish.folder._make_newer", refuse)
    with raises(FilesError, match="not allowed to write"):
        publish(target, make_site(site, "2.0.0"), "2.0.0")

    assert version_of(_served(target)["index.html"]) == "1.0.0"


def test_a_file_there_that_may_not_be_read_is_said_to_be_that(
    target: TargetSettings, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(target, site)
    page = target.folder / "www/current/index.html"

    def denied(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(page))

    monkeypatch.setattr("guidegen.publish.folder._compare", denied)

    with pytest.raises(FilesError) as caught:
        publish(target, site)

    assert text_of(caught.value) == "you are not allowed to read this"
    assert caught.value.path == page


def test_a_clock_that_goes_back_does_not_confuse_the_order(
    target: TargetSettings, site: Path
) -> None:
    publish(target, site)

    past = NOW - dt.timedelta(days=400)
    publish(target, make_site(site, "2.0.0"), "2.0.0", now=past)

    with open_target(target) as place:
        versions = [each.manifest.version for each in place.earlier()]
    assert versions == ["2.0.0", "1.0.0"]


def test_where_there_are_no_hard_links_files_are_copied(
    target: TargetSettings, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(target, site)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr("pathlib.Path.hardlink_to", refuse)
    publish(target, make_site(site, "2.0.0"), "2.0.0")

    assert _served(target)["same.txt"] == "the same in every version\n"
