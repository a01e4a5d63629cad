"""Who has left by a day, as lists of HR say it.

Whoever is left out is never asked again, so a cell that says nothing clear counts as
somebody who is still there.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from enum import Enum
from typing import Final

from guidegen.receipts.columns import plain_words

_DAY_FIRST: Final = ("%d/%m/%Y", "%d/%m/%y")
_MONTH_FIRST: Final = ("%m/%d/%Y", "%m/%d/%y")
_OTHERS: Final = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d.%m.%y", "%d-%m-%Y")
_ZERO: Final = dt.date(1899, 12, 30)
"""The day from which spreadsheets count."""
_STAYS: Final = {"", "nein", "no", "false", "0", "n", "aktiv", "active"}
_GONE: Final = {"ja", "yes", "true", "1", "j", "y", "x", "ausgeschieden", "left"}


class Leaving(Enum):
    """What a cell says of somebody."""

    STAYS = "stays"
    GONE = "gone"
    UNCLEAR = "unclear"


class Leavers:
    """Reads the cells of a column, whose slashes may be of Europe or of America."""

    def __init__(self, cells: Iterable[str], on: dt.date) -> None:
        """Find out by all cells whether the month may come first.

        Args:
            cells: The whole column.
            on: The day in question; who leaves on it is still there.
        """
        self._on = on
        slashed = [cell for cell in cells if "/" in cell]
        forms = (_DAY_FIRST, _MONTH_FIRST)
        read = [sum(bool(_days(cell, each)) for cell in slashed) for each in forms]
        # A month is never the 13th: the order that reads more of them is the right one.
        self._slashes = tuple(
            name
            for each, count in zip(forms, read, strict=True)
            if count == max(read)
            for name in each
        )

    def read(self, cell: str) -> Leaving:
        """Return what a cell says."""
        plain = plain_words(cell) if cell else ""
        if plain in _STAYS:
            return Leaving.STAYS
        if plain in _GONE:
            return Leaving.GONE
        days = _days(cell, (*_OTHERS, *self._slashes)) or _counted(cell)
        if not days:
            return Leaving.UNCLEAR
        # Of two readings, both have to be over.
        return Leaving.GONE if max(days) < self._on else Leaving.STAYS


def _days(cell: str, forms: Iterable[str]) -> list[dt.date]:
    """Return the days that a cell may mean, which may have a time behind it."""
    found = []
    day = re.split(r"[ T]", cell.strip(), maxsplit=1)[0]
    for form in forms:
        try:
            # A day has no zone.
            found.append(dt.datetime.strptime(day, form).date())  # noqa: DTZ007
        except ValueError:
            continue
    return found


def _counted(cell: str) -> list[dt.date]:
    """Return the day of a cell that has lost its form in a spreadsheet."""
    found = re.fullmatch(r"([2-9]\d{4})(?:[.,]\d+)?", cell.strip())
    return [_ZERO + dt.timedelta(days=int(found[1]))] if found else []
