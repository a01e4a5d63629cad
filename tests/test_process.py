from __future__ import annotations

import io
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.wording import raises

from guidegen import redact
from guidegen.errors import ProcessError
from guidegen.process import run_program


def _python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_program_gets_its_input_and_says_how_it_ended() -> None:
    code = "import sys; print(sys.stdin.read()[::-1]); sys.exit('oh'); "

    done = run_program(_python(code), stdin=[b"ab", b"c"])

    assert (done.code, done.out.split(), done.errors.strip()) == (1, [b"cba"], "oh")


def test_more_output_than_a_pipe_holds_is_no_obstacle() -> None:
    code = "import sys; sys.stdout.write('x' * 3_000_000); sys.stdin.read()"
    into = io.BytesIO()

    done = run_program(_python(code), stdin=[b"y" * 3_000_000])

    assert len(done.out) == 3_000_000
    assert into.getvalue() == b""


def test_a_program_that_does_not_read_its_input_is_no_obstacle() -> None:
    assert run_program(_python("pass"), stdin=[b"y" * 3_000_000]).code == 0


def test_a_program_that_is_not_there_is_an_error() -> None:
    with raises(ProcessError, match="not installed"):
        run_program(["guidegen-no-such-program"])


@pytest.mark.slow
def test_a_program_that_hangs_is_stopped_with_all_it_started(tmp_path: Path) -> None:
    child = f"import time; time.sleep(2); open({str(tmp_path / 'x')!r}, 'w')"
    code = (
        "import subprocess, sys, time;"
        f" subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(60)"
    )
    begun = time.monotonic()

    with raises(ProcessError, match="took longer"):
        run_program(_python(code), timeout=0.7)

    assert time.monotonic() - begun < 30
    time.sleep(2.5)
    assert not (tmp_path / "x").exists()


def test_an_error_in_what_is_given_stops_the_program() -> None:
    def given() -> Iterator[bytes]:
        yield b"x"
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        run_program(_python("import sys; sys.stdin.read()"), stdin=given())


def test_what_a_program_complains_of_has_no_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(redact, "_secrets", set())
    redact.hide("hunter22")

    done = run_program(_python("import sys; sys.exit('bad password hunter22')"))

    assert done.errors.strip() == "bad password ***"


@pytest.mark.parametrize("first", [".", "", "tools"])
def test_a_program_of_the_folder_that_one_works_in_is_not_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    """The folder may be a stranger's project, with a program called like ours."""
    for folder in (tmp_path, tmp_path / "tools"):
        folder.mkdir(exist_ok=True)
        (folder / "ours").write_text("#!/bin/sh\ntouch ran\n", "utf-8")
        (folder / "ours").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{first}:/nowhere")

    with raises(ProcessError, match="ours"):
        run_program(["ours"])

    assert not (tmp_path / "ran").exists()
