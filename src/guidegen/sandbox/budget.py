"""How much a template may compute, counted in steps that are the same on any computer.

A step is a turn of a loop, a call, a filter, or 256 characters that are written. A page
of the built-in pack takes four hundred.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jinja2.exceptions import TemplateRuntimeError

STEPS = 200_000
"""What one page or section may take: about a second."""

TOGETHER = 2 * STEPS
"""What all pages or sections of a run may take beyond what each of them needs."""

USUAL = 4_000
"""What each of them needs: ten times what a page of the built-in pack takes."""

SECONDS = 8.0
"""However slow the computer or large each step: then it is enough."""

LONGEST = 8 * 2**20
"""So many characters may a text have that a template makes."""

SHORT = 2**16
"""So many characters may a text have that is worked on piece by piece."""

SOURCE = 2**18
"""So many characters may a template have."""

MOST = 10_000
"""So many entries may a list have that a template makes, those in its entries too."""

_ENTRIES = 16
"""So many entries of a list take a step."""

_LOOKS = 64
"""After so many steps, the clock is looked at."""

CHARACTERS = 256
"""So many characters that are written or read take a step."""


class BudgetError(TemplateRuntimeError):
    """A template computes too much.

    Attributes:
        id: The message that says what of: `error-template-steps` or
            `error-template-size`.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.id = message


class Budget:
    """What is left of the steps of one rendering, and of all of a run.

    A hundred pages that each stay just below the limit would take minutes.
    """

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Give a run all steps."""
        self._together = TOGETHER
        self._refill()

    def _refill(self) -> None:
        self._given = self._left = self._next_look = min(STEPS, self._together)
        self._end: float | None = None

    @contextmanager
    def afresh(self) -> Iterator[None]:
        """Give a rendering all steps that it may take."""
        self._together = min(TOGETHER, self._together + USUAL)
        self._refill()
        try:
            yield
        finally:
            self._together -= self._given - self._left
            # What is done between renderings, such as a macro that Python calls, begins
            # anew, too.
            self._refill()

    def step(self, cost: int = 1) -> None:
        """Take steps.

        Raises:
            BudgetError: There are none left, or the time is over.
        """
        self._left -= cost
        if self._left < self._next_look:
            self._look()

    def _look(self) -> None:
        now = time.monotonic()
        if self._end is None:
            self._end = now + SECONDS
        if self._left < 0 or now > self._end:
            raise BudgetError("error-template-steps")
        self._next_look = self._left - _LOOKS

    def text(self, length: int) -> None:
        """Take the steps of a text that is made or read.

        Raises:
            BudgetError: It is too long, or there are none left.
        """
        if length > LONGEST:
            raise BudgetError("error-template-size")
        self.step(1 + length // CHARACTERS)

    def _listed(self, entries: Iterator[Any]) -> list[Any]:
        found = list[Any]()
        for entry in entries:
            self.step()
            if len(found) == MOST:
                raise BudgetError("error-template-size")
            found.append(entry)
        return found

    def made(self, value: Any) -> Any:  # noqa: ANN401
        """Return what a filter or a method has made, unless it is too large."""
        if isinstance(value, Iterator):
            # At once, so that none is made of one that is made of one, and so on.
            return self._listed(value)
        if isinstance(value, str):
            self.text(len(value))
        elif isinstance(value, list | tuple | dict | range):
            if len(value) > MOST:
                raise BudgetError("error-template-size")
            self.step(1 + len(value) // _ENTRIES)
        else:
            self.step()
        return value


def short(text: str) -> str:
    """Return a text, unless it is too long to be worked on piece by piece.

    Raises:
        BudgetError: It is.
    """
    if len(text) > SHORT:
        raise BudgetError("error-template-size")
    return text


def weighed(value: Any) -> Any:  # noqa: ANN401
    """Return a list, tuple or map that a template writes down, unless it is too large.

    A list of two lists of two lists is small in memory, but not for whoever compares it
    or goes through it: each entry counts as often as it would be met.

    Raises:
        BudgetError: It holds too much.
    """
    _weigh(value, 0)
    return value


def _weigh(value: Any, weight: int) -> int:  # noqa: ANN401
    weight += 1
    if weight > MOST:
        raise BudgetError("error-template-size")
    if isinstance(value, dict):
        for entry in value.items():
            weight = _weigh(entry, weight)
    elif isinstance(value, list | tuple):
        for entry in value:
            weight = _weigh(entry, weight)
    return weight
