"""The clock: today and now, or the day that `GUIDEGEN_TODAY` sets."""

from __future__ import annotations

import datetime as dt
import os
from contextlib import suppress

from guidegen.errors import Problem, ProblemsError

VARIABLE = "GUIDEGEN_TODAY"
"""The variable that sets another day as today, such as 2027-01-15."""

_YEARS = range(2000, 2101)
"""The same as for dates in the answers."""


def now() -> dt.datetime:
    """Return the current time in UTC, to the second; noon if the day is set.

    Raises:
        ProblemsError: `GUIDEGEN_TODAY` is not a day.
    """
    day = _pretended()
    if day is None:
        return dt.datetime.now(dt.UTC).replace(microsecond=0)
    # Noon UTC is the same day in nearly every time zone.
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def today() -> dt.date:
    """Return the current date in the user's time zone.

    Raises:
        ProblemsError: `GUIDEGEN_TODAY` is not a day.
    """
    return _pretended() or dt.datetime.now().astimezone().date()


def _pretended() -> dt.date | None:
    text = os.environ.get(VARIABLE)
    if not text:
        return None
    with suppress(ValueError):
        day = dt.date.fromisoformat(text)
        if day.year in _YEARS:
            return day
    values = {"value": text, "key": VARIABLE}
    raise ProblemsError((Problem(message="clock-day", values=values),))
