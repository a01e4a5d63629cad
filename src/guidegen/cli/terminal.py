"""Output: sentences, notes, errors, JSON, colour, and the progress of long steps."""

from __future__ import annotations

import json
import os
import re
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidegen.cli.edge import json_without_orders, steerable
from guidegen.cli.localize import interface_language, known_messages, localized
from guidegen.cli.shell_quoting import typed_path
from guidegen.errors import GuidegenError, Problem
from guidegen.model.note import Note
from guidegen.redact import printable
from guidegen.steering import json_escaped, visible

if TYPE_CHECKING:
    from rich.status import Status

PATIENCE = 1.0
"""Seconds before a progress display appears: most builds are done by then."""

_SHOWN = 20
"""So many problems are shown: nobody mends more of them at a time."""

# Compiled in a terminal alone: files and programs get lines as they are.
_COMMAND = r"""(?x)
    (?<=[“„`]) guidegen\ [^“”`\n]* (?=[“”`])  # within a sentence
    | guidegen\ [a-z]+ (?: \ -C\ (?: '[^'\n]*' | "[^"\n]*" | [^\s“”`] )+ )?
    """
# From Unicode's private use area, so no message has it already.
_UNBROKEN_SPACE = "\ue000"


def echo(text: str, *, err: bool = False) -> None:
    """Print sentences, wrapped at the width of the terminal.

    A command is never wrapped: half of one, pasted, might do something else.
    """
    # Files and programs get lines as they are: they have no width.
    if (sys.stderr if err else sys.stdout).isatty():
        from guidegen.wrap import wrapped  # noqa: PLC0415  # a terminal alone needs it

        whole = re.sub(
            _COMMAND, lambda found: found[0].replace(" ", _UNBROKEN_SPACE), text
        )
        text = wrapped(whole).replace(_UNBROKEN_SPACE, " ")
    click.echo(text, err=err)


def show_error(error: GuidegenError) -> None:
    """Print what happened, where, and what to do."""
    echo(error_text(error), err=True)


def error_text(error: GuidegenError) -> str:
    """Return what happened, where, and what to do; one line for each problem.

    A file that is no `guideline.yml` at all can have thousands; those that are left out
    are counted.
    """
    word = styled(_word("error", "error:"), fg="red", bold=True)
    lines = []
    # Saying that there is one more would take no less room than showing it.
    left_out = max(len(error.problems) - _SHOWN, 0)
    shown = error.problems[:_SHOWN] if left_out > 1 else error.problems
    for problem in shown:
        lines.append(f"{word} {problem_text(problem)}")
        if hint := hint_text(problem):
            lines.append(f"{styled(_word('hint', 'hint:'), bold=True)} {hint}")
    if left_out > 1:
        lines.append(localized("error-more", number=left_out))
    return "\n".join(lines)


def problem_text(problem: Problem) -> str:
    """Return where a problem is and what is wrong, on one line."""
    key = problem.values.get("key")
    place = _location(problem.path, problem.line)
    detail = f" ({problem.detail})" if problem.detail else ""
    text = f"{_sentence(problem)}{detail}"
    return printable(f"{place}{f'{key}: ' if key else ''}{text}")


def hint_text(problem: Problem) -> str | None:
    """Return what to do about a problem, None if its own text says so."""
    hint = problem.hint or f"{problem.message}-hint"
    if hint not in known_messages() or not (problem.hint or _is_error(problem)):
        return None
    return printable(_sentence(replace(problem, message=hint)))


def _is_error(problem: Problem) -> bool:
    # Other texts (what is wrong with an answer) say themselves what to do.
    return problem.message.startswith("error-")


def _sentence(problem: Problem) -> str:
    """Return a problem in words; problems among its values become words first."""
    if problem.message not in known_messages():
        # The messages themselves are broken or missing: the id is better than nothing.
        return str(GuidegenError.of(problem))
    values = {
        name: _sentence(value) if isinstance(value, Problem) else value
        for name, value in problem.values.items()
    }
    return localized(problem.message, **values)


def _word(name: str, english: str) -> str:
    # Without its messages, a broken installation must still be able to report that.
    text = known_messages().get(f"error-word-{name}")
    return text.get(interface_language()) if text else english


def show_notes(notes: Iterable[Note], *, minor: bool = False) -> None:
    """Print notes to the author; the minor ones only if they are wanted."""
    for note in notes:
        if note.minor and not minor:
            continue
        text = note_text(note)
        # To standard error: what is piped on should be the result alone.
        echo(f"{styled(_word('note', 'note:'), fg='yellow')} {text}", err=True)


def notes_data(notes: Iterable[Note]) -> list[dict[str, str]]:
    """Return notes for JSON output."""
    return [{"id": note.message, "text": note_text(note)} for note in notes]


def note_text(note: Note) -> str:
    """Return where a note is from and what it says; notes in it become words first."""
    values = {
        name: note_text(value) if isinstance(value, Note) else value
        for name, value in note.values.items()
    }
    said = localized(note.message, **values)
    return printable(f"{_location(note.path, note.line)}{said}")


def show_json(data: object) -> None:
    """Print a result as JSON."""
    # JSON is UTF-8 anyway (RFC 8259, section 8.1), and umlauts stay readable.
    text = json.dumps(data, ensure_ascii=False, indent=2)
    click.echo(json_without_orders(json_escaped(text)))


def styled(
    text: str,
    *,
    fg: str | None = None,
    bold: bool = False,
    underline: bool = False,
    strikethrough: bool = False,
) -> str:
    """Return a text in colour, unless the user wants none (no-color.org)."""
    text = visible(text)
    if os.environ.get("NO_COLOR"):
        return text
    return click.style(
        text,
        fg=fg,
        # False would be written out as “not bold”.
        bold=bold or None,
        underline=underline or None,
        strikethrough=strikethrough or None,
    )


def in_colour() -> bool:
    """Return whether standard output shows colours."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and sys.stdout.isatty()


def _location(path: Path | None, line: int | None) -> str:
    name = typed_path(path) if path else "."
    if name == ".":  # here, where the user is
        return ""
    return f"{name}:{line}: " if line else f"{name}: "


@contextmanager
def shown_progress(*, quiet: bool, verbose: bool) -> Iterator[Callable[[str], None]]:
    """Yield a function to call with the message id of each step as it begins.

    With `verbose`, each step is a line. Otherwise, in a terminal, a spinner names the
    step if the whole takes longer than a second. Everything goes to standard error.
    """
    if verbose:
        yield lambda message: click.echo(localized(message), err=True)
    # In a log, the frames of a spinner would be lines of rubbish.
    elif quiet or not sys.stderr.isatty():
        yield lambda message: None  # noqa: ARG005
    else:
        spinner = _Spinner()
        try:
            yield spinner.step
        finally:
            spinner.stop()


class _Spinner:
    """A spinner that appears after a moment."""

    def __init__(self) -> None:
        self._message = ""
        self._status: Status | None = None
        self._due = False
        # The timer shows the spinner from its own thread, perhaps during a step.
        self._lock = threading.Lock()
        self._timer = threading.Timer(PATIENCE, self._begin)
        # A command that is done must not wait for it.
        self._timer.daemon = True
        self._timer.start()

    def step(self, message: str) -> None:
        with self._lock:
            self._message = message
            if self._status:
                self._status.update(localized(message))
            elif self._due:
                self._show()

    def _begin(self) -> None:
        with self._lock:
            # `stop` may have cancelled the timer while this thread waited for the lock.
            self._due = not self._timer.finished.is_set()
            if self._due and self._message:  # else the first step shows it
                self._show()

    def _show(self) -> None:
        from rich.console import Console  # noqa: PLC0415  # only long runs need it

        self._status = Console(file=steerable(sys.stderr)).status(
            localized(self._message)
        )
        self._status.start()

    def stop(self) -> None:
        self._timer.cancel()
        with self._lock:
            if self._status:
                self._status.stop()
