"""Runs a command: errors become messages and exit codes.

0 done · 1 the user can fix it · 2 wrong usage · 3 our fault · 130 interrupted
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from guidegen import __version__
from guidegen.cli.edge import guarded
from guidegen.cli.localize import speaking
from guidegen.errors import GuidegenError, Problem

USER_ERROR, OUR_FAULT, INTERRUPTED = 1, 3, 130


def run(command: click.Command, arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and exit with its code."""
    typed = sys.argv[1:] if arguments is None else list(arguments)
    with guarded(), speaking(typed):
        sys.exit(_exit_code(command, typed))


def _exit_code(command: click.Command, arguments: list[str]) -> int:
    """Run a command, print what went wrong, and return the exit code."""
    try:
        code = command.main(
            args=arguments,
            prog_name="guidegen",
            # Otherwise click prints errors itself, in English, and exits.
            standalone_mode=False,
            windows_expand_args=False,  # a star in a note is no file
        )
    except click.exceptions.Exit as error:
        code = error.exit_code
    except click.ClickException as error:
        _show_usage_error(error)
        code = error.exit_code
    # 128 + SIGINT, as shells report it. The line break ends the line that has “^C” in
    # it.
    except (click.Abort, KeyboardInterrupt):
        click.echo(err=True)
        code = INTERRUPTED
    except GuidegenError as error:
        from guidegen.cli.terminal import show_error  # noqa: PLC0415  # as in `our_fault`

        show_error(error)
        code = USER_ERROR
    except Exception as error:  # noqa: BLE001  # the one place that catches everything
        if isinstance(error, OSError) and error.errno == errno.EIO:
            # The terminal was closed: there is nobody to tell.
            code = INTERRUPTED
        else:
            click.echo(our_fault(), err=True)
            code = OUR_FAULT
    return code if isinstance(code, int) else 0


def _show_usage_error(error: click.ClickException) -> None:
    from guidegen.cli.terminal import show_error  # noqa: PLC0415  # as in `our_fault`
    from guidegen.cli.usage import usage_problem  # noqa: PLC0415

    if isinstance(error, click.UsageError) and error.ctx:
        click.echo(error.ctx.get_usage(), err=True)
    show_error(GuidegenError.of(usage_problem(error)))


def our_fault() -> str:
    """Write the traceback to a file; return a message that names it."""
    # Help comes at once, without what only mistakes need.
    import tempfile  # noqa: PLC0415
    import traceback  # noqa: PLC0415

    from guidegen.cli.terminal import error_text  # noqa: PLC0415
    from guidegen.redact import printable  # noqa: PLC0415

    system = f"guidegen {__version__}, Python {sys.version}, {sys.platform}"
    # The file is meant to be sent to us, so no secret may be in it.
    report = f"{system}\n{printable(traceback.format_exc())}"
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="guidegen-", suffix=".log", delete=False, encoding="utf-8"
        ) as log:
            log.write(report)
    except OSError:  # nowhere to keep it: better in the terminal than lost
        problem = Problem(message="error-fault", hint="error-fault-report")
        return f"{error_text(GuidegenError.of(problem))}\n{report}"
    return error_text(GuidegenError("error-fault", log=log.name))
