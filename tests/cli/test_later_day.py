"""A version for a later day, from its release to the day itself."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from tests.cli.conftest import Result, run_in
from tests.samples import sample_project

from guidegen.model.project import Project

Guidegen = Callable[..., Result]

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_cache")]

LATER = (
    "Version 2.0.0 is valid from 1 April 2027; until then, version 1.0.0 is valid."
    " Every page says so; there is nothing to do on the day itself.\n"
)


@pytest.fixture(scope="module")
def _released_twice(tmp_path_factory: pytest.TempPathFactory, cache_home: Path) -> Path:
    project = sample_project("agency", tmp_path_factory.mktemp("released"))
    with project.answers.open("a", encoding="utf-8") as file:
        file.write("publish:\n  intranet: {kind: folder, path: www}\n")
    run_in(
        *(project.folder, cache_home, ("release", "-q", "--yes")),
        *_next("mergers", "--valid-from", "2027-04-01"),
        GUIDEGEN_TODAY="2027-02-01",
    )
    return project.folder


@pytest.fixture
def project(
    _released_twice: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> Project:
    """Return a project whose version 2.0.0 is valid from April."""
    monkeypatch.setenv("GUIDEGEN_TODAY", "2027-02-01")
    return Project(shutil.copytree(_released_twice, here, dirs_exist_ok=True))


def _next(topic: str, *options: str) -> tuple[tuple[str, ...], ...]:
    """Return the commands that release the next version, with another topic."""
    note = "--note", f"Please say nothing about {topic}."
    return (
        ("set", f"taboo_topics+={topic}"),
        ("release", "-q", "--yes", *note, *options),
    )


def _notice(page: Path) -> str | None:
    found = re.search(
        r'<aside class="gg-state.*?</aside>', page.read_text("utf-8"), re.DOTALL
    )
    text = unescape(re.sub("<[^>]+>", "", found[0])) if found else ""
    return " ".join(text.split()) or None


def test_nothing_need_be_run_on_the_day(
    guidegen: Guidegen, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = guidegen("publish", "--yes")
    before = guidegen("status")
    monkeypatch.setenv("GUIDEGEN_TODAY", "2027-04-02")
    after, rebuilt = guidegen("status"), guidegen("build", "--json")
    again = guidegen("publish", "--yes")

    announce = "To tell everyone: guidegen announce\n"
    assert published.out.endswith(f"{LATER}{announce}")
    assert before.out.startswith(
        "Released, not in force yet: version 2.0.0, valid from 1 April 2027\n"
        "Today, version 1.0.0 is in force.\n"
    )
    assert after.out.startswith(
        "Released: version 2.0.0, in force since 1 April 2027\n"
    )
    # The site is the same on any day.
    assert '"unchanged": true' in rebuilt.out
    assert LATER not in again.out
    site = project.site
    assert _notice(site / "contact.html") == (
        "Valid from 1 April 2027. Until then, version 1.0.0 is valid."
    )
    assert _notice(site / "versions/1.0.0/contact.html") == (
        "Valid until 31 March 2027. From 1 April 2027: version 2.0.0. All versions"
    )


def test_what_is_released_again_before_its_day_has_never_been_valid(
    guidegen: Guidegen, project: Project
) -> None:
    for words in _next("politics-on-behalf"):
        assert guidegen(*words).code == 0

    site = project.site
    assert _notice(site / "index.html") == (
        "Valid from 1 April 2027. Until then, version 1.0.0 is valid."
    )
    old = site / "versions/2.0.0/index.html"
    assert _notice(old) == (
        "This version has never been valid. From 1 April 2027: version 3.0.0."
        " All versions"
    )
    assert "<dt>Valid from: </dt>" not in old.read_text("utf-8")
    changes = (site / "changes.html").read_text("utf-8")
    assert "<span>This version has never been valid</span>" in changes
    assert "Valid from 1 February 2027 until 31 March 2027</time>" in changes


def test_a_day_that_is_over_is_the_day_of_the_release_everywhere(
    guidegen: Guidegen, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDEGEN_TODAY", "2027-06-10")
    for words in _next("politics-on-behalf", "--valid-from", "2027-05-01"):
        assert guidegen(*words).code == 0

    site = project.site
    front = (site / "index.html").read_text("utf-8")
    assert _notice(site / "index.html") is None
    assert "<dt>Valid from: </dt><dd>10 June 2027</dd>" in front
    assert "1 May 2027" not in front
    changes = (site / "changes.html").read_text("utf-8")
    assert "Valid from 10 June 2027</time>" in changes
    assert "Valid from 1 April 2027 until 9 June 2027</time>" in changes
    assert "1 May 2027" not in changes
    assert "Valid from 10 June 2027" in (site / "changes.xml").read_text("utf-8")
    assert "in force since 10 June 2027" in guidegen("status").out
