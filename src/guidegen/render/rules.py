"""Rules that are not all there, and leads that count them wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from guidegen.model.document import Document
from guidegen.model.guideline import Guideline
from guidegen.value import Value

_NOTHING = re.compile(r"<!--.*?-->|^\s*\{:[^}\n]*\}\s*$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(
    r"^#{1,6}[ \t]+\S[^\n]*$|^\S[^\n]*\n(?:=+|-+)[ \t]*$|<h[1-6]\b.*?</h[1-6]>",
    re.MULTILINE | re.DOTALL,
)
_DIGITS = r"\d{1,2}"
_RULES = {"de": "Regeln", "en": "rules"}
"""What rules are called, by language; a text in another one is not looked at."""


class Gap(StrEnum):
    """What a rule lacks."""

    ALL = "all"
    """There is nothing of it."""
    HEADING = "heading"
    """Its text belongs to what stands above it."""
    TEXT = "text"
    """There is a heading alone."""


class RuleGap(Value):
    """A rule that is not all there, in one language."""

    section: str
    number: int
    """The number that it would have."""
    gap: Gap
    path: Path


class WrongCount(Value):
    """A lead that speaks of another number of rules than there are."""

    said: str
    count: int
    path: Path


def rule_gaps(guideline: Guideline, document: Document) -> tuple[RuleGap, ...]:
    """Return the rules that are not all there.

    Args:
        guideline: One language's guideline.
        document: What was rendered from it.
    """
    return tuple(_gaps(guideline, document))


def _gaps(guideline: Guideline, document: Document) -> Iterator[RuleGap]:
    for page, rendered in zip(guideline.pages, document.pages, strict=True):
        for section, shown in zip(page.sections, rendered.sections, strict=True):
            if section.number is None:
                continue
            text = _NOTHING.sub("", shown.markdown)
            heading = _HEADING.search(text)
            body = _HEADING.sub("", text).strip()
            if heading and body:
                continue
            gap = Gap.TEXT if heading else Gap.HEADING if body else Gap.ALL
            yield RuleGap(
                section=section.id, number=section.number, gap=gap, path=section.path
            )


def wrong_count(guideline: Guideline, document: Document) -> WrongCount | None:
    """Return what the guideline's first section says if it counts the rules wrongly."""
    name = _RULES.get(guideline.language)
    words = guideline.labels.get("numbers", "").split()
    if name is None or not words or not document.pages[0].sections:
        return None
    count = sum(
        section.number is not None
        for page in guideline.pages
        for section in page.sections
    )
    if not count:
        # Older texts number their rules by hand.
        return None
    first = document.pages[0].sections[0]
    numbers = "|".join(map(re.escape, words))
    found = re.compile(
        rf"\b({_DIGITS}|{numbers})(?:\s+[\w-]+){{0,2}}\s+{name}\b", re.IGNORECASE
    )
    for each in found.finditer(first.markdown):
        said = each[1].lower()
        number = int(said) if said.isdigit() else words.index(said) + 1
        # One of the rules is no count of them.
        if number not in (1, count):
            return WrongCount(said=each[1], count=count, path=first.path)
    return None
