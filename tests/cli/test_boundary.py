"""How guidegen ends: 0 done, 1 the user's, 2 usage, 3 ours, 130 interrupted."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from tests.cli.conftest import Result

import guidegen as package
from guidegen.cli import terminal
from guidegen.cli.boundary import our_fault, run
from guidegen.cli.localize import interface_language, localized
from guidegen.cli.shell_quoting import typed_path
from guidegen.cli.terminal import echo, error_text, show_notes, shown_progress
from guidegen.errors import FilesError, GuidegenError, Problem, ProblemsError
from guidegen.messages import load_messages
from guidegen.model.note import Note

Guidegen = Callable[..., Result]


def _end(action: Callable[[], object]) -> int | str | None:
    """Return the exit code of a command that does this."""
    command = click.Command("test", callback=action)
    with pytest.raises(SystemExit) as raised:
        run(command, [])
    return raised.value.code


def _raising(error: BaseException) -> Callable[[], None]:
    def action() -> None:
        raise error

    return action


@pytest.fixture
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have log files written into a folder of the test's own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


# --- exit codes


def test_done_is_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert _end(lambda: None) == 0
    assert _end(lambda: "a value") == 0
    assert _end(lambda: 7) == 7
    assert capsys.readouterr() == ("", "")


def test_what_the_user_can_mend_is_1(capsys: pytest.CaptureFixture[str]) -> None:
    error = FilesError("error-disk-full", path=Path("x.yml"), line=3)

    assert _end(_raising(error)) == 1
    assert capsys.readouterr() == (
        "",
        "error: x.yml:3: the disk is full\nhint: free some space and try again\n",
    )


@pytest.mark.parametrize(
    "arguments",
    [["buidl"], ["build", "--nonsense"], ["build", "a", "b"], ["serve", "--port", "x"]],
)
def test_wrong_usage_is_2(arguments: list[str], guidegen: Guidegen) -> None:
    result = guidegen(*arguments)

    assert result.code == 2
    assert "Usage: " in result.err
    assert "error: " in result.err


def test_our_fault_is_3_and_the_traceback_is_in_a_file(
    logs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _end(_raising(ZeroDivisionError("secret"))) == 3

    (log,) = logs.glob("guidegen-*.log")
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "error: something went wrong in guidegen; this is our fault, not yours\n"
        f"hint: what happened is in {log}; please send us that file\n"
    )
    text = log.read_text("utf-8")
    assert text.startswith(f"guidegen {package.__version__}, Python 3.")
    assert "Traceback (most recent call last)" in text
    assert "ZeroDivisionError: secret" in text


@pytest.mark.parametrize("error", [RecursionError(), MemoryError(), OSError(9, "x")])
def test_any_error_that_is_not_the_user_s_is_ours(
    error: Exception, logs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _end(_raising(error)) == 3
    assert "our fault" in capsys.readouterr().err
    assert len(list(logs.glob("guidegen-*.log"))) == 1


def test_where_no_file_can_be_written_the_traceback_is_not_lost(
    logs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(logs / "gone"))

    try:
        raise ZeroDivisionError("secret")  # noqa: TRY301
    except ZeroDivisionError:
        text = click.unstyle(our_fault())

    assert text.startswith("error: something went wrong in guidegen")
    assert "ZeroDivisionError: secret" in text


@pytest.mark.parametrize(
    "error",
    [KeyboardInterrupt(), click.Abort(), EOFError(), OSError(errno.EIO, "closed")],
)
def test_interrupted_is_130(
    error: BaseException, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _end(_raising(error)) == 130
    out, err = capsys.readouterr()
    assert (out, err.strip()) == ("", "")


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["build", "-h"]])
def test_help_and_version_are_0(arguments: list[str], guidegen: Guidegen) -> None:
    result = guidegen(*arguments)

    assert (result.code, result.err) == (0, "")
    assert result.out


def test_help_names_each_verb(guidegen: Guidegen) -> None:
    out = guidegen("--help").out

    for verb in ("init", "build", "serve", "set", "interview", "demo"):
        assert re.search(rf"^  {verb} +[A-Z].*\.$", out, re.MULTILINE)
        assert guidegen(verb, "--help").code == 0


# --- other processes' eyes


def _run(
    *arguments: str, **env: str
) -> tuple[subprocess.CompletedProcess[bytes], bytes, bytes]:
    result = subprocess.run(  # noqa: S603  # our own code
        [sys.executable, "-m", "guidegen", *arguments],
        capture_output=True,
        check=False,
        env=os.environ | env,
    )
    return result, result.stdout, result.stderr


def test_a_reader_that_leaves_early_sees_no_traceback() -> None:
    command = [sys.executable, "-m", "guidegen", "build", "--help"]
    with subprocess.Popen(  # noqa: S603  # our own code
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()

    assert errors == b""
    assert process.returncode == 1


def test_a_terminal_that_cannot_show_a_sign_shows_another(tmp_path: Path) -> None:
    result, _, errors = _run(
        "build", str(tmp_path / "größe…"), PYTHONIOENCODING="latin-1", PYTHONUTF8="0"
    )

    assert result.returncode == 1
    assert "größe?".encode("latin-1") in errors


def test_python_m_guidegen_is_guidegen() -> None:
    result, out, _ = _run("--version")

    assert result.returncode == 0
    assert out.decode().strip() == f"guidegen, version {package.__version__}"


# --- how things are said


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIDEGEN_LANG", "de")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"GUIDEGEN_LANG": "de"}, "de"),
        ({"GUIDEGEN_LANG": "de", "LC_ALL": "en_US.UTF-8"}, "de"),
        ({"GUIDEGEN_LANG": "en", "LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LC_ALL": "fr_FR.UTF-8", "LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_MESSAGES": "de_CH"}, "de"),
        ({"LANG": "C"}, "en"),
    ],
)
def test_guidegen_speaks_german_to_germans_and_english_to_others(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GUIDEGEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert interface_language() == language


@pytest.mark.parametrize(
    ("found", "language"),
    [
        (("de_DE", "UTF-8"), "de"),
        (("German_Germany", "1252"), "de"),
        ((None, None), "en"),
    ],
)
def test_where_no_variable_says_it_the_system_does(
    found: tuple[str | None, str | None],
    language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("GUIDEGEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda: found)

    assert interface_language() == language


@pytest.mark.usefixtures("german")
def test_each_problem_is_a_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "guideline.yml"
    problems = (
        Problem(message="entry-missing", path=path, line=3),
        Problem(message="value-number", values={"value": "zwölf"}, path=path),
    )

    assert _end(_raising(ProblemsError(problems))) == 1
    assert capsys.readouterr().err == (
        "Fehler: guideline.yml:3: diese Angabe fehlt; tragen Sie sie ein\n"
        "Fehler: guideline.yml: „zwölf“ ist keine ganze Zahl\n"
    )


@pytest.mark.usefixtures("german")
def test_an_error_is_said_in_the_authors_language(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    error = FilesError("error-disk-full")

    assert _end(_raising(error)) == 1
    assert capsys.readouterr().err == (
        "Fehler: der Datenträger ist voll\n"
        "Tipp: schaffen Sie Platz und versuchen Sie es noch einmal\n"
    )


def test_a_note_is_said_beside_the_output(
    here: Path,  # noqa: ARG001
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_notes([Note(message="value-number", values={"value": "x"})])

    assert capsys.readouterr() == ("", "note: “x” is not a whole number\n")


def test_colours_are_only_for_those_who_want_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    error = FilesError("error-disk-full")

    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = error_text(error)
    monkeypatch.setenv("NO_COLOR", "1")

    assert "\x1b[" in coloured
    assert (
        error_text(error)
        == "error: the disk is full\nhint: free some space and try again"
        == click.unstyle(coloured)
    )


def test_an_answer_cannot_steer_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    evil = "\x1b[2J\x1b]0;x\x07\r\x9b31m\u202eab"
    problem = Problem(message="value-number", values={"value": evil})

    texts = (
        error_text(GuidegenError("error-system", detail=evil, path=Path(evil))),
        error_text(ProblemsError((problem,))),
    )

    for text in texts:
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
        assert "[2J" in text


def test_a_path_is_shown_as_one_would_type_it_from_here(here: Path) -> None:
    assert typed_path(here / "site" / "index.html") == str(Path("site", "index.html"))
    assert typed_path(Path("site")) == "site"
    assert typed_path(here.parent) == str(here.parent)


def test_every_message_that_the_code_names_is_there_and_can_be_filled() -> None:
    source = Path(package.__file__).parent
    pattern = re.compile(
        r'(?:\blocalized\(|\bmessage=|\bprogress\(|\bNote\(message=)\s*"([a-z-]+)"'
    )
    named = {
        name
        for path in source.rglob("*.py")
        for name in pattern.findall(path.read_text("utf-8"))
    }

    messages = load_messages()

    assert len(named) > 10
    assert sorted(named - messages.keys()) == []


# --- progress


def test_each_step_is_a_line_with_verbose(
    here: Path,  # noqa: ARG001
    capsys: pytest.CaptureFixture[str],
) -> None:
    with shown_progress(quiet=False, verbose=True) as step:
        step("build-pages")

    assert capsys.readouterr() == ("", f"{localized('build-pages')}\n")


@pytest.mark.parametrize("quiet", [True, False])
def test_where_nobody_watches_nothing_moves(
    quiet: bool,  # noqa: FBT001
    capsys: pytest.CaptureFixture[str],
) -> None:
    with shown_progress(quiet=quiet, verbose=False) as step:
        step("build-pages")

    assert capsys.readouterr() == ("", "")


def test_in_a_terminal_lines_break_between_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "  Read the guideline from top to bottom.\nThen say so."
    echo(text)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "20")
    echo(text)

    assert capsys.readouterr().out == (
        f"{text}\n  Read the guideline\n  from top to\n  bottom.\nThen say so.\n"
    )


@pytest.mark.parametrize(
    "command",
    [
        "guidegen release -C 'my acme'",
        "guidegen release -C 'it'\"'\"'s'",
        'guidegen release -C "C:\\my demo"',
        "“guidegen release -C a --texts-agree”",
        "`guidegen ci -C 'a b' … --stdout`",
    ],
)
def test_in_a_terminal_no_line_breaks_within_a_command(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "12")

    echo(f"When all is right, {command} freezes it.")

    assert f"\n{command}\n" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize("patience", [0.0, 60.0])
def test_in_a_terminal_a_spinner_names_the_step_after_a_moment(
    patience: float,
    here: Path,  # noqa: ARG001
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(terminal, "PATIENCE", patience)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

    with shown_progress(quiet=False, verbose=False) as step:
        time.sleep(0.02)  # the patience is over before the first step begins
        for _ in range(20):
            step("build-pages")
            time.sleep(0.02)

    out, err = capsys.readouterr()
    assert out == ""
    assert (localized("build-pages") in err) is (patience == 0.0)
