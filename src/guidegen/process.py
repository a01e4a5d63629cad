"""Runs other programs; no other module does.

No shell, no prompt, and a time limit. A program's output is stripped of secrets before
anybody sees it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from guidegen.errors import ProcessError
from guidegen.redact import redacted
from guidegen.value import Value

if TYPE_CHECKING:
    import subprocess

TIMEOUT = 300.0
"""Seconds after which a program is stopped."""

_MAX_ERRORS = 20_000
"""How many bytes of a program's standard error are kept."""


class Finished(Value):
    """How a program ended."""

    code: int
    out: bytes
    errors: str
    """Its standard error, without secrets."""


def run_program(
    command: Sequence[str],
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    stdin: Iterable[bytes] = (),
    stdout: BinaryIO | None = None,
    timeout: float = TIMEOUT,
) -> Finished:
    """Run a program to its end.

    Args:
        command: The program's name and its arguments.
        environment: All its variables; None for those of this process.
        folder: Where it works.
        stdin: What it reads from standard input, in pieces.
        stdout: Where its output goes, instead of into the result.
        timeout: Seconds it may take.

    Raises:
        ProcessError: It is not installed, or takes too long.
    """
    import subprocess  # noqa: PLC0415  # 2 ms, and hardly any build runs a program

    program = _find(command[0])
    # Files, not pipes: nobody reads while the program is fed, and a full pipe would
    # block both of them.
    with tempfile.TemporaryFile() as errors, tempfile.TemporaryFile() as out:
        process = subprocess.Popen(  # noqa: S603  # no shell; callers name the program
            [program, *command[1:]],
            stdin=subprocess.PIPE,
            stdout=stdout or out,
            stderr=errors,
            cwd=folder,
            env=None if environment is None else dict(environment),
            # Without a terminal nothing can prompt, and `_stop` also ends what it has
            # started.
            start_new_session=True,
        )
        if _feed(process, stdin, timeout):
            name = command[0]
            raise ProcessError("error-program-late", program=name, timeout=timeout)
        errors.seek(0)
        out.seek(0)
        return Finished(
            code=process.returncode,
            out=out.read(),
            errors=redacted(errors.read(_MAX_ERRORS).decode("utf-8", "replace")),
        )


def _find(program: str) -> str:
    # Never a program of the folder that somebody works in, which may be a stranger's
    # project: neither by an entry such as `.` nor, on Windows, by that system's habit.
    folders = [folder for folder in os.get_exec_path() if Path(folder).is_absolute()]
    found = shutil.which(program, path=os.pathsep.join(folders))
    if found is None or not Path(found).is_absolute():
        raise ProcessError("error-program-missing", program=program)
    return found


def _feed(
    process: subprocess.Popen[bytes], stdin: Iterable[bytes], timeout: float
) -> bool:
    """Feed a program and wait for its end; return whether it took too long."""
    late = threading.Event()

    def stop() -> None:
        late.set()
        _stop(process)

    # A timer, because writing to a program that does not read blocks before `wait`
    # could run into a time limit.
    timer = threading.Timer(timeout, stop)
    timer.daemon = True
    timer.start()
    try:
        if process.stdin:
            # A program that ends early says why itself.
            with suppress(BrokenPipeError, ConnectionResetError), process.stdin as pipe:
                for piece in stdin:
                    pipe.write(piece)
        process.wait()
    except BaseException:
        # Ctrl+C must not leave the program running.
        _stop(process)
        process.wait()
        raise
    finally:
        timer.cancel()
    return late.is_set()


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a program with all that it has started."""
    import signal  # noqa: PLC0415  # as above

    # It may have ended by itself just now.
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
