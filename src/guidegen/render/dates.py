"""Dates as the reader's language writes them."""

from __future__ import annotations

import datetime as dt

from guidegen.model.labels import Labels


def long_date(day: dt.date, labels: Labels) -> str:
    """Return a date with the month's name, in the form of the label `long_date`.

    The labels `month_1` … `month_12` name the months; the form has the placeholders
    {day}, {month} and {year}.
    """
    return labels.word("long_date").format(
        day=day.day, month=labels.word(f"month_{day.month}"), year=day.year
    )
