"""What day it is: the one place where guidegen looks at the clock."""

from __future__ import annotations

import datetime as dt
import os
from contextlib import suppress

from guidegen.errors import Problem, ProblemsError

VARIABLE = "GUIDEGEN_TODAY"
"""Plays another day, such as 2027-01-15: for trying out what happens then."""

_YEARS = range(2000, 2101)
"""As in dates of the answers."""


def now() -> dt.datetime:
    """Return the moment, in UTC and whole seconds; a played day is at noon.

    Raises:
        ProblemsError: `GUIDEGEN_TODAY` is not a day.
    """
    day = _played()
    if day is None:
        return dt.datetime.now(dt.UTC).replace(microsecond=0)
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def today() -> dt.date:
    """Return the day where the user is.

    Raises:
        ProblemsError: `GUIDEGEN_TODAY` is not a day.
    """
    return _played() or dt.datetime.now().astimezone().date()


def _played() -> dt.date | None:
    text = os.environ.get(VARIABLE)
    if not text:
        return None
    with suppress(ValueError):
        day = dt.date.fromisoformat(text)
        if day.year in _YEARS:
            return day
    values = {"value": text, "key": VARIABLE}
    raise ProblemsError((Problem(message="clock-day", values=values),))
