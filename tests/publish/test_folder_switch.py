"""What runs that were killed may leave in a folder, one by one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.publish.samples import live, make_site, publish, settings, version_of

from guidegen.model.publication import TargetSettings
from guidegen.publish.target import open_target

NAMES = {"lock", "publications"}


def _killed_while_copying(www: Path) -> None:
    (www / ".guidegen/staging-20261201T090000000009Z").mkdir()
    (www / ".guidegen/staging-20261201T090000000009Z/index.html").write_text("half")


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
