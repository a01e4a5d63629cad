"""What runs that were killed may leave in a folder, one by one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.publish.samples import (
    live,
    make_site,
    publish,
    settings,
    version_of,
    with_options,
)

from guidegen.model.publication import TargetSettings
from guidegen.publish.target import open_target

NAMES = {"lock", "publications"}


def _killed_while_copying(www: Path) -> None:
    (www / ".guidegen/staging-20261201T090000000009Z").mkdir()
    (www / ".guidegen/staging-20261201T090000000009Z/index.html").write_text("half")


def _killed_while_writing(www: Path) -> None:
    """What a run leaves that is killed in the middle of a file."""
    new = www / ".guidegen/staging-20261201T090000000009Z"
    shutil.copytree(www / "current", new)
    (new / ".guidegen-manifest.json").rename(new / ".guidegen-planned.json")
    (new / ".guidegen-half").write_text("hal")


def _killed_before_the_link_was_switched(www: Path) -> None:
    old = (www / "current").resolve()
    new = www / ".guidegen/publications/20261201T090000000009Z"
    shutil.copytree(old, new)
    text = (new / ".guidegen-manifest.json").read_text("utf-8")
    (new / ".guidegen-manifest.json").write_text(
        text.replace("09:00:00.000001+", "09:00:00.000009+"), "utf-8"
    )
    (www / ".guidegen/next").symlink_to(".guidegen/publications/20261201T090000000009Z")


def _killed_while_an_old_one_was_taken_away(www: Path) -> None:
    (www / ".guidegen/publications/20251201T090000000000Z/assets").mkdir(parents=True)


def _unseen(www: Path) -> None:
    new = www / ".guidegen/next"
    shutil.copytree(www / "current", new)
    text = (new / ".guidegen-manifest.json").read_text("utf-8")
    (new / ".guidegen-manifest.json").write_text(
        text.replace("09:00:00.000001+", "09:00:00.000009+"), "utf-8"
    )


def _killed_after_the_exchange(www: Path) -> None:
    (old,) = (www / ".guidegen/publications").iterdir()
    old.rename(www / ".guidegen/next")


def _killed_after_the_old_one_was_moved_aside(www: Path) -> None:
    _unseen(www)
    (www / "current").rename(www / ".guidegen/aside")


def _killed_before_the_old_one_was_filed(www: Path) -> None:
    (old,) = (www / ".guidegen/publications").iterdir()
    old.rename(www / ".guidegen/aside")


def _two_publications(tmp_path: Path, *, links: bool) -> TargetSettings:
    target = settings(tmp_path, path="www", symlinks=links)
    site = make_site(tmp_path / "site", "1.0.0")
    publish(target, site)
    publish(target, make_site(site, "2.0.0"), "2.0.0")
    return target


def _check(tmp_path: Path, target: TargetSettings) -> None:
    """Check that the next run, with nothing new to publish, leaves all as it was."""
    plan = publish(target, tmp_path / "site", "2.0.0")

    assert plan.needed
    assert not plan.changes
    manifest = live(target)
    assert manifest
    assert manifest.version == "2.0.0"
    text = (tmp_path / "www/current/index.html").read_text("utf-8")
    assert version_of(text) == "2.0.0"
    with open_target(target) as place:
        assert [each.manifest.version for each in place.earlier()] == ["2.0.0", "1.0.0"]
        assert place.look().orphans == ()
    assert {path.name for path in (tmp_path / "www/.guidegen").iterdir()} == NAMES


@pytest.mark.parametrize(
    "kill",
    [
        _killed_while_copying,
        _killed_while_writing,
        _killed_before_the_link_was_switched,
        _killed_while_an_old_one_was_taken_away,
    ],
)
def test_with_links_the_next_run_cleans_up(
    tmp_path: Path, kill: Callable[[Path], None]
) -> None:
    target = _two_publications(tmp_path, links=True)
    kill(tmp_path / "www")

    _check(tmp_path, settings(tmp_path, path="www", keep=2))
    assert target.keep == 5


@pytest.mark.parametrize(
    "kill",
    [
        _killed_while_copying,
        _unseen,
        _killed_after_the_exchange,
        _killed_after_the_old_one_was_moved_aside,
        _killed_before_the_old_one_was_filed,
    ],
)
def test_without_links_the_next_run_cleans_up(
    tmp_path: Path, kill: Callable[[Path], None]
) -> None:
    target = _two_publications(tmp_path, links=False)
    kill(tmp_path / "www")

    _check(tmp_path, target)


def _payroll(www: Path) -> list[Path]:
    """Return where the payroll lies, which somebody keeps in guidegen's folder."""
    return [
        path
        for path in www.rglob("payroll.html")
        if path.read_text("utf-8") == "payroll"
    ]


def test_a_forged_manifest_of_an_old_publication_removes_nothing(
    tmp_path: Path,
) -> None:
    target = _two_publications(tmp_path, links=True)
    current = (tmp_path / "www/current").resolve()
    (old,) = set(current.parent.iterdir()) - {current}
    (old / "payroll.html").write_text("payroll", "utf-8")
    manifest = old / ".guidegen-manifest.json"
    data = json.loads(manifest.read_text("utf-8"))
    data["files"]["payroll.html"] = ["0" * 64, 7]
    manifest.write_text(json.dumps(data), "utf-8")

    plan = publish(
        with_options(target, keep=1), make_site(tmp_path / "site", "3.0.0"), "3.0.0"
    )

    assert plan.cleared == (f"publications/{old.name}", f"publications/{current.name}")
    assert not old.exists()
    others = tmp_path / "www/.guidegen/publications/others-1"
    assert _payroll(tmp_path / "www") == [others / "payroll.html"]
    assert [path.name for path in others.iterdir()] == ["payroll.html"]


def test_what_others_put_into_a_publication_being_made_is_kept(tmp_path: Path) -> None:
    target = _two_publications(tmp_path, links=True)
    _killed_while_writing(tmp_path / "www")
    for name in ("staging-20261201T090000000009Z", "staging-of my own"):
        folder = tmp_path / "www/.guidegen" / name
        folder.mkdir(exist_ok=True)
        (folder / "payroll.html").write_text("payroll", "utf-8")

    publish(target, tmp_path / "site", "2.0.0")

    own = tmp_path / "www/.guidegen"
    assert sorted(_payroll(tmp_path / "www")) == [
        own / "publications/others-1/payroll.html",
        own / "staging-of my own/payroll.html",
    ]


def test_a_link_of_others_in_guidegens_folder_is_not_followed(tmp_path: Path) -> None:
    target = _two_publications(tmp_path, links=True)
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "payroll.html").write_text("payroll", "utf-8")
    for name in ("next", "staging-20261201T090000000009Z"):
        (tmp_path / "www/.guidegen" / name).symlink_to(theirs)

    publish(target, tmp_path / "site", "2.0.0")

    assert _payroll(tmp_path) == [theirs / "payroll.html"]
    own = tmp_path / "www/.guidegen"
    assert {path.name for path in own.iterdir()} == NAMES


def test_a_folder_of_somebody_elses_is_kept_when_it_is_exchanged(
    tmp_path: Path,
) -> None:
    target = settings(tmp_path, path="www", symlinks=False)
    current = tmp_path / "www/current"
    current.mkdir(parents=True)
    (current / "mine.txt").write_text("mine", "utf-8")

    publish(target, make_site(tmp_path / "site", "1.0.0"), adopt=True)

    others = tmp_path / "www/.guidegen/publications/others-1/mine.txt"
    assert others.read_text("utf-8") == "mine"
    assert (current / "mine.txt").read_text("utf-8") == "mine"
