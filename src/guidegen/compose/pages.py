"""Which sections stand on which page, in which order: the pack's, and those added."""

from __future__ import annotations

import itertools
from collections.abc import Collection
from dataclasses import replace

from guidegen.compose.sections import section_of
from guidegen.compose.wording import Wording
from guidegen.errors import AnswersError
from guidegen.model.answers import SectionAnswer
from guidegen.model.guideline import AbroadLaw, Guideline, PageRef, SectionRef
from guidegen.model.question import applies

RULE, HELP, MORE = "rule", "help", "more"


ABROAD = "abroad"
"""What a condition asks for, to know whether there is law of some countries only."""


def section_ids(wording: Wording) -> tuple[str, ...]:
    """Return the ids of all sections that apply, but for those that depend on law.

    They stand in reading order, those that the company has chosen last.
    """
    fixed = (section for page in wording.pack.pages for section in page.sections)
    applying = (each.id for each in fixed if applies(each.when, wording.answer))
    chosen = (section.id for section in wording.answers.sections)
    return tuple(dict.fromkeys((*applying, *chosen)))


def compose_pages(
    wording: Wording, abroad: tuple[AbroadLaw, ...]
) -> tuple[PageRef, ...]:
    """Return the pages with the sections that apply; those without one are left out.

    Args:
        wording: Whose guideline it is.
        abroad: What the law says in some of the company's countries only.

    Raises:
        PackError: A section has no text.
        AnswersError: A section that the company adds cannot be added.
    """

    def answer(key: str) -> object:
        return abroad if key == ABROAD else wording.answer(key)

    pages = {
        page.id: [
            section_of(section.id, wording, placement=section.placement)
            for section in page.sections
            if applies(section.when, answer)
        ]
        for page in wording.pack.pages
    }
    _add(pages, wording)
    # A page's sections may all depend on answers.
    numbered = _number(pages)
    return tuple(
        PageRef(
            id=page.id,
            title=wording.text(page.title),
            sections=tuple(numbered[page.id]),
            stamped=page.stamped,
            titled=page.titled,
        )
        for page in wording.pack.pages
        if pages[page.id]
    )


def without_rules(guideline: Guideline, gone: Collection[str]) -> Guideline:
    """Return a guideline whose rules are numbered without some that are not there.

    Args:
        guideline: The guideline.
        gone: The ids of sections that show no rule.
    """
    numbers = itertools.count(1)
    return replace(
        guideline,
        pages=tuple(
            replace(
                page,
                sections=tuple(
                    each
                    if each.number is None
                    else replace(
                        each, number=None if each.id in gone else next(numbers)
                    )
                    for each in page.sections
                ),
            )
            for page in guideline.pages
        ),
    )


def _number(pages: dict[str, list[SectionRef]]) -> dict[str, list[SectionRef]]:
    """Return the pages with their rules numbered, from 1 and through all pages."""
    numbers = itertools.count(1)
    return {
        page: [
            replace(each, number=next(numbers)) if each.placement == RULE else each
            for each in sections
        ]
        for page, sections in pages.items()
    }


def _add(pages: dict[str, list[SectionRef]], wording: Wording) -> None:
    """Put the sections that the company adds where they belong."""
    fixed = {section.id for page in wording.pack.pages for section in page.sections}
    # Texts from before know no such sections; only an upgrade composes them with any.
    waiting = list(wording.answers.sections if wording.pack.levels else ())
    for answer in waiting:
        if answer.id in fixed:
            raise AnswersError("error-section-there", section=answer.id)
    known = {*fixed, *(answer.id for answer in waiting)}
    # What follows another added section waits for that one; a circle of them does not
    # wait for ever.
    last: dict[str, str] = {}
    while waiting:
        ready = next(
            (each for each in waiting if not _waits(each, waiting)), waiting[0]
        )
        waiting.remove(ready)
        if ready.after is not None and ready.after not in known:
            raise AnswersError(
                "error-section-after", section=ready.id, value=ready.after
            )
        part = wording.pack.parts.get(ready.id)
        placement = ready.placement or (part.placement if part else MORE)
        added = section_of(ready.id, wording, placement=placement, chosen=True)
        # Several after the same one keep the order in which they are named.
        after = last.get(ready.after or "", ready.after)
        if not _insert_after(pages, after, added):
            _insert(pages, added, wording)
        if ready.after:
            last[ready.after] = ready.id


def _waits(answer: SectionAnswer, waiting: list[SectionAnswer]) -> bool:
    return any(each.id == answer.after for each in waiting)


def _insert_after(
    pages: dict[str, list[SectionRef]], after: str | None, added: SectionRef
) -> bool:
    for sections in pages.values():
        for at, section in enumerate(sections, start=1):
            if section.id == after:
                sections.insert(at, added)
                return True
    return False


def _insert(
    pages: dict[str, list[SectionRef]], added: SectionRef, wording: Wording
) -> None:
    """Put a section at the end of its kind; what is worth knowing has a page."""
    front = next(iter(pages.values()))
    if added.placement == MORE:
        titled = next((page for page in wording.pack.pages if page.titled), None)
        sections = pages[titled.id] if titled else front
        # What the pack has there itself stands last.
        fixed = {each.id for each in titled.sections} if titled else set()
        own = [at for at, each in enumerate(sections) if each.id in fixed]
        sections.insert(own[0] if own else len(sections), added)
        return
    same = [
        at
        for at, section in enumerate(front, start=1)
        if section.placement == added.placement
    ]
    front.insert(same[-1] if same else len(front), added)


def part_addresses(
    pages: tuple[PageRef, ...], wording: Wording
) -> dict[str, str | None]:
    """Return where each optional section stands, None for those that do not."""
    chosen = {answer.id for answer in wording.answers.sections}
    there = {
        section.id: f"{page.id}.md" + (f"#{section.anchor}" if section.anchor else "")
        for page in pages
        for section in page.sections
        if section.id in chosen or page.titled
    }
    # Texts of a pack ask for these, also where a company's pack has other pages.
    return {**dict.fromkeys((*wording.pack.parts, ABROAD)), **there}
