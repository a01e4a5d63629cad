"""What is shown while something takes longer than a second."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from guidegen.cli.show import say

if TYPE_CHECKING:
    from rich.status import Status

PATIENCE = 1.0
"""Seconds before a progress display appears: most builds are done by then."""


@contextmanager
def shown_progress(*, quiet: bool, verbose: bool) -> Iterator[Callable[[str], None]]:
    """Give a function that is told the message id of each step as it begins.

    With `verbose`, each step is a line. Otherwise, in a terminal, a spinner names the
    step if the whole takes longer than a second. Everything goes to standard error.
    """
    if verbose:
        yield lambda message: click.echo(say(message), err=True)
    elif quiet or not sys.stderr.isatty():
        yield lambda message: None  # noqa: ARG005
    else:
        spinner = _Spinner()
        try:
            yield spinner.step
        finally:
            spinner.stop()


class _Spinner:
    """A spinner that begins after a moment of patience."""

    def __init__(self) -> None:
        self._message = ""
        self._status: Status | None = None
        self._due = False
        self._lock = threading.Lock()
        self._timer = threading.Timer(PATIENCE, self._begin)
        self._timer.daemon = True
        self._timer.start()

    def step(self, message: str) -> None:
        with self._lock:
            self._message = message
            if self._status:
                self._status.update(say(message))
            elif self._due:
                self._show()

    def _begin(self) -> None:
        with self._lock:
            self._due = not self._timer.finished.is_set()
            if self._due and self._message:  # else the first step shows it
                self._show()

    def _show(self) -> None:
        from rich.console import Console  # noqa: PLC0415  # only long runs need it

        self._status = Console(stderr=True).status(say(self._message))
        self._status.start()

    def stop(self) -> None:
        self._timer.cancel()
        with self._lock:
            if self._status:
                self._status.stop()
