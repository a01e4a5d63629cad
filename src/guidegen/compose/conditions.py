"""What the conditions of a pack ask for: answers by their dotted keys."""

from __future__ import annotations

from guidegen.model.adaptation import DEFAULT_COUNCIL, LISTED
from guidegen.model.answers import Answers
from guidegen.model.pack import Pack


def find_answer(answers: Answers, pack: Pack, key: str) -> object:
    """Return the answer at a dotted key, None where there is none.

    `company.sector` is every sector that the company counts as: that of an old file
    has another name by now, and `listed` was one. `company.works_council` is also the
    kind of works council, where there is one.
    """
    if key == "company.sector":
        sectors = (answers.company.sector, sector_of(answers, pack))
        listed = (LISTED,) if is_listed(answers, pack) else ()
        return tuple(dict.fromkeys((*sectors, *listed)))
    if key == "company.listed":
        return is_listed(answers, pack)
    if key == "company.works_council" and answers.company.works_council:
        return (True, works_council_kind(answers, pack))
    value: object = answers
    for part in key.split("."):
        # `links` and `extra` are maps, all else are fields of dataclasses.
        if isinstance(value, dict):
            value = value.get(part)
        else:
            value = getattr(value, part, None)
    return value


def sector_of(answers: Answers, pack: Pack) -> str:
    """Return the sector whose texts the company gets."""
    named = answers.company.sector
    return pack.sector(named).means or named


def is_listed(answers: Answers, pack: Pack) -> bool:
    """Return whether the company's shares are traded, as new files or old ones say."""
    company = answers.company
    return (
        company.listed or company.sector == LISTED or pack.sector(company.sector).listed
    )


def works_council_kind(answers: Answers, pack: Pack) -> str | None:
    """Return which kind of works council the company has, or would have."""
    company = answers.company
    kinds = pack.country(company.seat).works_council
    return (
        company.works_council_kind
        or kinds.get(sector_of(answers, pack))
        or kinds.get(DEFAULT_COUNCIL)
        # A country that knows none: the answer says that there is one all the same.
        or (next(iter(pack.works_councils), None) if company.works_council else None)
    )
