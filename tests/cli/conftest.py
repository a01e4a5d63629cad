"""Runs guidegen as the entry point does, in an empty folder, in English."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from guidegen.cli import cli
from guidegen.cli.boundary import run
from guidegen.workflow.libraries import Library

Guidegen = Callable[..., "Result"]


class Result(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder and in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GUIDEGEN_LANG", "en")
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


@pytest.fixture
def guidegen(here: Path, capsys: pytest.CaptureFixture[str]) -> Guidegen:  # noqa: ARG001
    """Return a function that runs guidegen and returns how it ended."""

    def run_guidegen(*arguments: str) -> Result:
        with pytest.raises(SystemExit) as raised:
            run(cli, arguments)
        code = raised.value.code
        return Result(code if isinstance(code, int) else 1, *capsys.readouterr())

    return run_guidegen


def run_in(
    folder: Path, cache: Path, *commands: tuple[str, ...], **variables: str
) -> None:
    """Run commands that must succeed in a folder, before and outside of any test.

    Args:
        folder: The folder to work in.
        cache: Where guidegen keeps things in place of the user's own cache.
        commands: The words of each.
        variables: The environment's variables that count.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name, value in {**variables, "XDG_CACHE_HOME": str(cache)}.items():
            patch.setenv(name, value)
        for words in commands:
            with pytest.raises(SystemExit) as raised:
                run(cli, words)
            assert not raised.value.code, words


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Stand in for pip, and for an installation from an index; note what is asked."""
    asked: list[tuple[str, ...]] = []

    def choose(requirements: tuple[str, ...]) -> tuple[Library, ...]:
        asked.append(requirements)
        return (Library(name="click", version="8.5", digests=("a" * 64,)),)

    monkeypatch.setattr("guidegen.workflow.lock_file.choose_libraries", choose)
    monkeypatch.setattr("guidegen.workflow.source.noted_origin", lambda: None)
    return asked
