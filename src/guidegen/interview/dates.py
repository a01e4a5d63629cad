"""Days as people write them: `1. März 2027`, `5 May 2027`, `May 5, 2027`, `heute`."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping

from guidegen.value import Value

# „1. März 2027“, “5th May 2027”; the year may be left out.
_DAY_FIRST = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th)? ?([^\W\d_]+)\.?(?:,? (\d{4}))?")
# “May 5, 2027”, “March 1st 2027”
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_SHORTEST = 3
"""How many letters of a month are enough: `Mär`, `Sep`."""
_MONTHS = 12


class DateWords(Value):
    """The words for days, in every language that an author may write.

    `months` has the number of each month by its names, `days` the distance from today
    by a word; all folded by `fold`.
    """

    months: Mapping[str, int]
    days: Mapping[str, int]

    @classmethod
    def read(cls, months: tuple[str, ...], days: tuple[str, ...]) -> DateWords:
        """Return the words of lists, one for each language.

        Args:
            months: The twelve months; `/` stands between names of the same one.
            days: The words for today, tomorrow and so on.
        """
        return cls(
            months={
                fold(name): number
                for text in months
                for number, names in enumerate(text.split(), start=1)
                for name in names.split("/")
            },
            days={
                fold(word): distance
                for text in days
                for distance, word in enumerate(text.split())
            },
        )


def fold(word: str) -> str:
    """Return a word as it is compared: `MÄRZ` and `Maerz` are the same."""
    folded = word.casefold()
    for letter, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        folded = folded.replace(letter, letters)
    return unicodedata.normalize("NFC", folded)


def read_date(text: str, words: DateWords, today: dt.date) -> str:
    """Return a day as year-month-day; what is no day, or could be two, as it is.

    The order of the United States (`12/31/2027`) counts only where no other is
    possible; a day without a year is the next one.
    """
    typed = " ".join(text.split()).strip(" .")
    distance = words.days.get(fold(typed))
    if distance is not None:
        return (today + dt.timedelta(days=distance)).isoformat()
    return _by_name(typed, words, today) or _by_slashes(typed) or text


def _by_name(typed: str, words: DateWords, today: dt.date) -> str | None:
    if match := _DAY_FIRST.fullmatch(typed):
        day, name, year = match.groups()
    elif match := _MONTH_FIRST.fullmatch(typed):
        name, day, year = match.groups()
    else:
        return None
    month = _month(name, words)
    if month is None:
        return None
    if year is not None:
        return _written(int(year), month, int(day))
    is_past = (month, int(day)) < (today.month, today.day)
    return _written(today.year + is_past, month, int(day))


def _month(name: str, words: DateWords) -> int | None:
    start = fold(name)
    if len(start) < _SHORTEST:
        return None
    found = {
        number for month, number in words.months.items() if month.startswith(start)
    }
    return found.pop() if len(found) == 1 else None


def _by_slashes(typed: str) -> str | None:
    match = _SLASHES.fullmatch(typed)
    if match is None:
        return None
    first, second, year = map(int, match.groups())
    if first == second or (first > _MONTHS >= second):
        return _written(year, second, first)
    if second > _MONTHS >= first:
        return _written(year, first, second)
    return None


def _written(year: int, month: int, day: int) -> str:
    # Not checked here: a day that does not exist is refused like any other.
    return f"{year:04}-{month:02}-{day:02}"
