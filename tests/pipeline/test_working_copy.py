"""What is known of a working copy is found once and passed on."""

from __future__ import annotations

import datetime as dt
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest
from tests.samples import sample_project

from guidegen.answers.contract import contract
from guidegen.answers.data import answers_data
from guidegen.answers.read import read_answers
from guidegen.compare.answers import compare_answers
from guidegen.compare.changed_sentences import compare_text
from guidegen.compare.redline import redline
from guidegen.compose.guideline import compose
from guidegen.model.project import Project
from guidegen.model.release import Release
from guidegen.model.text import LocalText
from guidegen.pipeline.build import Job, build_project
from guidegen.pipeline.diff import diff_project
from guidegen.pipeline.release import ReleaseRequest, make_release
from guidegen.pipeline.release_preview import preview_release
from guidegen.pipeline.status import find_status
from guidegen.release.history import frozen_file
from guidegen.release.manifest import parse_release
from guidegen.render.document import Renderer
from guidegen.render.environment import make_environment

pytestmark = pytest.mark.slow

NOON = dt.datetime(2027, 1, 10, 12, tzinfo=dt.UTC)
NOTES = LocalText.of({"de": "Etwas ist anders.", "en": "Something is different."})
ACKNOWLEDGED = "\nacknowledgement:\n  email: hr@example.com\n"
"""Adds a page that prints version and digest."""

WORK: dict[str, Any] = {
    "read answers": read_answers,
    "make the contract of guideline.yml": contract,
    "write answers as data": answers_data,
    "compose a language": compose,
    "render a language": Renderer.__init__,
    "start a template engine": make_environment,
    "stamp an edition": Renderer.as_edition,
    "compare answers": compare_answers,
    "compare a language's sentences": compare_text,
    "compare a language word by word": redline,
    "read a release's manifest": parse_release,
}


_INSTEAD = "what is called instead"


def _call(*arguments: object, **named: object) -> object:
    function: Any = "what is called instead"
    return function(*arguments, **named)


@contextmanager
def _watched(
    function: Any,  # noqa: ANN401  # its code is no part of what a callable is
    see: Callable[..., None],
) -> Iterator[None]:
    """Let each call of a function be seen first, whoever calls it in any thread."""
    # Whoever has imported it has the function itself, so its code is exchanged. A
    # profiler would see the same, and take as long for each of all other calls.
    code = function.__code__
    itself = FunctionType(
        code, function.__globals__, code.co_name, function.__defaults__
    )
    itself.__kwdefaults__ = function.__kwdefaults__

    def seen(*arguments: object, **named: object) -> object:
        see(*arguments, **named)
        return itself(*arguments, **named)

    constants = _call.__code__.co_consts
    function.__code__ = _call.__code__.replace(
        co_consts=tuple(seen if each == _INSTEAD else each for each in constants)
    )
    try:
        yield
    finally:
        function.__code__ = code


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Count how often each kind of work is done, in any thread."""
    found: Counter[str] = Counter()
    with ExitStack() as watches:
        for name, function in WORK.items():

            def see(*_: object, name: str = name, **__: object) -> None:
                found[name] += 1

            watches.enter_context(_watched(function, see))
        yield found


def _edit(project: Project, old: str, new: str) -> None:
    text = project.answers.read_text("utf-8")
    assert old in text
    project.answers.write_text(text.replace(old, new), encoding="utf-8")


def _release(project: Project, day: int) -> None:
    job = Job(project=project)
    moment = NOON + dt.timedelta(days=day)
    make_release(job, preview_release(job), ReleaseRequest(now=moment, notes=NOTES))


@pytest.fixture(scope="module")
def _released_once(
    tmp_path_factory: pytest.TempPathFactory, cache_home: Path
) -> Project:
    project = sample_project("small", tmp_path_factory.mktemp("released"))
    _edit(project, "languages: [de]", "languages: [de, en]")
    with project.answers.open("a", encoding="utf-8") as answers:
        answers.write(ACKNOWLEDGED)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_CACHE_HOME", str(cache_home))
        _release(project, 0)
    _edit(project, "taboo_topics:\n", "taboo_topics:\n  - mergers\n")
    return project


@pytest.fixture
def released(_released_once: Project, tmp_path: Path) -> Project:
    """Return a project in two languages that was released, then changed in both."""
    folder = tmp_path / "small"
    shutil.copytree(_released_once.folder, folder)
    return Project(folder)


def test_a_release_does_each_thing_once_for_each_language(released: Project) -> None:
    with counted() as work:
        _release(released, 1)

    assert work == {
        "read answers": 1,
        "make the contract of guideline.yml": 2,  # to read answers, and to name them
        "write answers as data": 1,
        "compose a language": 2,
        "render a language": 2,
        "start a template engine": 2,
        # As the last release, for the comparison, and as the new one.
        "stamp an edition": 2 * 2,
        "compare answers": 1,
        "compare a language's sentences": 2,
        "compare a language word by word": 2,
        "read a release's manifest": 1,
    }


def test_a_build_of_a_draft_makes_no_redline(released: Project) -> None:
    with counted() as work:
        build_project(Job(project=released))

    assert work["compare answers"] == work["read answers"] == 1
    assert work["compare a language's sentences"] == work["render a language"] == 2
    assert work["stamp an edition"] == 2 * 2
    assert work["compare a language word by word"] == 0


def test_diff_compares_each_language_once(released: Project) -> None:
    with counted() as work:
        diff_project(released)

    assert work["compare answers"] == work["read answers"] == 1
    assert work["read a release's manifest"] == 1
    assert work["compare a language's sentences"] == work["render a language"] == 2
    assert work["compare a language word by word"] == work["stamp an edition"] == 2


def test_status_reads_each_manifest_once_and_makes_no_redline(
    released: Project,
) -> None:
    with counted() as work:
        find_status(released, on=NOON.date())

    assert work["read a release's manifest"] == 1
    assert work["compare answers"] == work["read answers"] == 1
    assert work["compare a language word by word"] == 0


def test_no_file_of_a_release_is_read_twice(
    released: Project,
) -> None:
    read: list[str] = []

    def see(release: Release, name: str) -> None:
        read.append(f"{release.version}/{name}")

    with _watched(frozen_file, see):
        _release(released, 1)

    assert read
    assert [name for name, times in Counter(read).items() if times > 1] == []
