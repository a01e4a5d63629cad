"""What is wrong with what was typed is said in the author's language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
import pytest
from tests.cli.conftest import Result

from guidegen.cli.usage import WrongUsage, usage_problem
from guidegen.errors import Problem

Guidegen = Callable[..., Result]

BUILD = "guidegen build [OPTIONS]"
EXPORT = "guidegen export [OPTIONS] FORMAT"
HELP = "“guidegen build --help” shows what is possible"

MISTAKES = [
    (["--nix", "build"], "guidegen [OPTIONS] COMMAND [ARGS]...",
     "there is no option “--nix” here", "“guidegen --help” shows what is possible"),
    (["zzz"], "guidegen [OPTIONS] COMMAND [ARGS]...",
     "there is no command “zzz”", "“guidegen --help” shows what is possible"),
    (["buidl"], "guidegen [OPTIONS] COMMAND [ARGS]...",
     "there is no command “buidl”", "did you mean “build”?"),
    (["build", "--forse"], BUILD,
     "there is no option “--forse” here", "did you mean “--force”?"),
    (["build", "--nix"], BUILD, "there is no option “--nix” here", HELP),
    (["build", "-x"], BUILD, "there is no option “-x” here", HELP),
    (["build", ".", "b", "c"], BUILD, "“b c” was not expected here", HELP),
    (["build", "--force=1"], BUILD, "“--force” takes no value", HELP),
    (["build", "-C"], BUILD, "a value is missing after “-C”", HELP),
    (["build", "-C", "a", "b"], BUILD,
     "two different folders are named: a and b", HELP),
    (["build", "file"], BUILD, "file: DIR: this is not a folder", None),
    (["build", "-C", "file"], BUILD, "file: --project: this is not a folder", None),
    (["build", "--pack", "gone"], BUILD,
     "gone: --pack: there is no such file or folder", None),
    (["build", "--lang", "fr"], BUILD,
     "--lang: “fr” is not possible here; choose from: de, en", None),
    (["export"], EXPORT,
     "something is missing: FORMAT (html, docx, md, pdf, mkdocs, scorm, gift)",
     "“guidegen export --help” shows what is possible"),
    (["export", "htm"], EXPORT,
     "FORMAT: “htm” is not possible here; did you mean “html”?", None),
    (["set"], "guidegen set [OPTIONS] KEY=VALUE...",
     "something is missing: KEY=VALUE",
     "“guidegen set --help” shows what is possible"),
    (["serve", "--port", "x"], "guidegen serve [OPTIONS]",
     "--port: “x” is not a whole number", None),
    (["serve", "--port", "70000"], "guidegen serve [OPTIONS]",
     "--port: 70000 is not between 0 and 65535", None),
    (["status", "--on", "soon"], "guidegen status [OPTIONS]",
     "--on: “soon” is not a date; write year-month-day, for example 2026-12-01", None),
    (["diff", "--html", "folder"], "guidegen diff [OPTIONS]",
     "folder: --html: this is a folder; a file is needed here", None),
    (["init", "--answers", "gone.yml"], "guidegen init [OPTIONS] [DIR]",
     "gone.yml: --answers: there is no such file or folder", None),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "usage", "wrong", "hint"), MISTAKES)
def test_a_mistake_names_what_is_wrong_and_what_to_do(
    arguments: list[str],
    usage: str,
    wrong: str,
    hint: str | None,
    guidegen: Guidegen,
    here: Path,
) -> None:
    (here / "file").write_text("", "utf-8")
    (here / "folder").mkdir()

    result = guidegen(*arguments)

    assert (result.code, result.out) == (2, "")
    lines = [f"Usage: {usage}", f"error: {wrong}"]
    lines += [f"hint: {hint}"] if hint else []
    assert result.err == "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("arguments", [mistake[0] for mistake in MISTAKES])
def test_a_mistake_is_said_in_german_without_a_word_of_english(
    arguments: list[str], guidegen: Guidegen, here: Path
) -> None:
    (here / "file").write_text("", "utf-8")
    (here / "folder").mkdir()

    result = guidegen("--lang", "de", *arguments)

    assert result.code == 2
    lines = result.err.splitlines()
    # A language that there is not cannot be spoken.
    assert lines[0].startswith("Aufruf: guidegen")
    assert lines[1].startswith("Fehler: ")
    assert all(line.startswith("Tipp: ") for line in lines[2:])
    for word in ("option “", "Usage", "there", "such", "is ", "not", "missing"):
        assert word not in result.err


def test_no_verb_at_all_shows_the_help(guidegen: Guidegen) -> None:
    result = guidegen()

    assert (result.code, result.out) == (2, "")
    assert result.err == guidegen("--help").out


def test_what_click_alone_has_words_for_is_passed_on_in_brackets() -> None:
    problem = usage_problem(click.UsageError("something new in click"))

    assert problem.message == "error-usage"
    assert problem.detail == "something new in click"


def test_a_mistake_of_ours_keeps_its_file() -> None:
    problem = Problem(message="error-not-there", path=Path("x"))

    assert usage_problem(WrongUsage(problem)).path == Path("x")


def test_a_name_that_no_file_can_have_is_no_fault_of_ours(guidegen: Guidegen) -> None:
    result = guidegen("build", "-C", "a" * 5000)

    assert result.code == 1
    assert "the name is longer than the file system allows" in result.err
