"""Two people with a copy each publish the same guideline to the same place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Result
from tests.samples import sample_project

from guidegen.files.listing import walk_files
from guidegen.model.project import Project
from guidegen.publish.removal import is_producible

Guidegen = Callable[..., Result]

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_cache")]


@pytest.fixture
def anna(here: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return Anna's copy, released and published; Bert's is as old as that."""
    monkeypatch.setattr("guidegen.pipeline.publish.publisher", lambda: "Anna Arndt")
    project = sample_project("small", here / "anna")
    with project.answers.open("a", encoding="utf-8") as file:
        file.write("\npublish:\n  intranet: {kind: folder, path: ../www}\n")
    return project


def _edit(project: Project, old: str, new: str) -> None:
    text = project.answers.read_text("utf-8")
    assert old in text
    project.answers.write_text(text.replace(old, new), "utf-8")


def test_an_old_copy_is_told_to_get_the_newest_state(
    guidegen: Guidegen, anna: Project, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(project: Project, *arguments: str) -> Result:
        return guidegen(arguments[0], "-C", str(project.folder), *arguments[1:])

    assert run(anna, "release", "--note", "Erste Fassung", "--yes").code == 0
    assert run(anna, "publish", "--yes").code == 0
    shutil.copytree(anna.folder, here / "bert")
    bert = Project(here / "bert")
    _edit(anna, "Svea Brandt", "Sven Brandt")
    assert run(anna, "release", "--note", "Zweite", "--yes").code == 0
    assert run(anna, "publish", "--yes").code == 0
    front = here / "www/current/index.html"
    before = front.read_bytes()
    monkeypatch.setattr("guidegen.pipeline.publish.publisher", lambda: "Bert Blau")

    refused = run(bert, "publish", "--yes", "--draft")
    planned = run(bert, "publish", "--dry-run")
    asked = run(bert, "status", "--remote")

    assert (refused.code, planned.code, asked.code) == (1, 1, 1)
    for said in (refused.err, planned.err):
        assert "see version 1.1.0, which is newer than anything in this pro" in said
        assert "(published by Anna Arndt on " in said
        assert "git pull" in said
    assert "readers see version 1.1.0, published by Anna Arndt on " in asked.out
    assert "get the newest state first" in asked.out
    assert front.read_bytes() == before

    # Anna takes it back; Bert has the newest state now, and does not undo that.
    back = run(anna, "rollback")
    assert back.code == 0, back.err
    shutil.rmtree(bert.releases)
    shutil.copytree(anna.releases, bert.releases)
    _edit(bert, "Svea Brandt", "Sven Brandt")
    refused = run(bert, "publish", "--yes")
    asked = run(bert, "status", "--remote")
    data = json.loads(run(bert, "status", "--remote", "--json").out)

    assert refused.code == 1
    assert "version 1.1.0, as you want to publish it, was rolled back" in refused.err
    assert asked.code == 0, asked.out
    assert "readers see version 1.0.0 again, published by Bert Blau" in asked.out
    assert "  Version 1.1.0 was rolled back there." in asked.out
    (target,) = data["targets"]
    assert (target["verdict"], target["shown"]["version"]) == ("taken-back", "1.0.0")
    again = run(bert, "publish", "--yes", "--again")
    assert again.code == 0
    assert "  there now: Version 1.0.0, published by Bert Blau on " in again.out

    # What guidegen writes it must be able to remove later.
    names = [name for name, _ in walk_files(bert.site)]
    assert len(names) > 20
    assert [n for n in names if not is_producible(n)] == [".guidegen.json"]


def test_a_target_that_cannot_be_asked_is_said_beside_the_others(
    guidegen: Guidegen, anna: Project
) -> None:
    _edit(
        anna,
        "  intranet: {kind: folder, path: ../www}\n",
        "  intranet: {kind: folder, path: ../www}\n"
        "  share: {kind: folder, path: ../not connected/www}\n",
    )

    result = guidegen("status", "-C", str(anna.folder), "--remote")

    assert result.code == 1
    assert "Target “intranet”: nothing has been published there yet (" in result.out
    assert "Target “share” could not be asked:\nerror: " in result.out
    assert "is the disk or the network share connected?" in result.out


def test_the_plan_shows_every_removal(
    guidegen: Guidegen, anna: Project, here: Path
) -> None:
    _edit(anna, "path: ../www", "path: ../www, keep: 1")
    assert guidegen("publish", "-C", str(anna.folder), "--yes", "-q").code == 0
    _edit(anna, "Svea Brandt", "Sven Brandt")
    assert guidegen("publish", "-C", str(anna.folder), "--yes", "-q").code == 0
    own = here / "www/.guidegen"
    (own / "staging-20261201T090000000009Z").mkdir()
    _edit(anna, "Sven Brandt", "Sven Berg")

    plan = guidegen("publish", "-C", str(anna.folder), "--dry-run").out
    data = guidegen("publish", "-C", str(anna.folder), "--dry-run", "--json").out

    (kept,) = (own / "publications").iterdir()
    assert "  cleared away in .guidegen: 2\n" in plan
    assert f"    - .guidegen/publications/{kept.name}\n" in plan
    assert "    - .guidegen/staging-20261201T090000000009Z\n" in plan
    assert json.loads(data)["cleared"] == [
        f"publications/{kept.name}",
        "staging-20261201T090000000009Z",
    ]
