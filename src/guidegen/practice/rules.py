"""Where each rule of a guideline stands, and what it is called there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from guidegen.model.document import Document, Page, RenderedSection
from guidegen.model.guideline import Guideline
from guidegen.page.tree import HEADINGS, Element, PageParser, plain_text
from guidegen.value import Value

TOPICS: Final = "taboo-topics"
"""The section that the cards made from topics belong to."""

_HEADING: Final = re.compile(
    r"^#{1,6}[ \t]+(?P<title>.+?)[ \t]*$"
    r"|^(?P<underlined>\S[^\n]*)\n(?:=+|-+)[ \t]*$"
    r"|<h[1-6]\b[^>]*>(?P<html>.*?)</h[1-6]>",
    re.MULTILINE | re.DOTALL,
)
_TAG: Final = re.compile(r"<[^>]*>")
_ATTRIBUTES: Final = re.compile(r"\{:[^}\n]*\}\s*$")
_NUMBER: Final = re.compile(r"\d{1,2}\.\s+")
_NOT_WORDS: Final = re.compile(r"[\W_]+")


class Place(Value):
    """Where a section stands, and what its heading says."""

    title: str
    """Without a number, which changes when a rule is added."""
    href: str
    """From the language's folder."""
    placement: str | None
    """`rule`, `help` or `more`; None for none of them."""


class Places(Value):
    """Where everything is that a card may lead to."""

    sections: Mapping[str, Place]
    """By id, in reading order; sections that print nothing are left out."""
    topics: Mapping[str, str]
    """The address of each taboo topic, by its id."""

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of the rules, in reading order."""
        return tuple(
            key for key, place in self.sections.items() if place.placement == "rule"
        )


def find_places(guideline: Guideline, document: Document, parser: PageParser) -> Places:
    """Return where the sections and topics of a guideline stand.

    Args:
        guideline: One language's guideline.
        document: What was rendered from it.
        parser: Parses its pages.

    Raises:
        RenderError: A page holds an element that the outputs do not know.
    """
    sections: dict[str, Place] = {}
    topics: dict[str, str] = {}
    for page, rendered in zip(guideline.pages, document.pages, strict=True):
        headings = _headings(rendered, parser)
        topics |= {
            heading.id.removeprefix("topic-"): f"{page.id}.html#{heading.id}"
            for heading in headings
            if heading.id.startswith("topic-")
        }
        for section, shown in zip(page.sections, rendered.sections, strict=True):
            found = _heading_of(shown, headings, section.anchor)
            if found is None:
                continue
            anchor = f"#{found.id}" if found.id else ""
            sections[section.id] = Place(
                title=_NUMBER.sub("", plain_text(found.children), count=1),
                href=f"{page.id}.html{anchor}",
                placement=section.placement,
            )
    return Places(sections=sections, topics=topics)


def _headings(page: Page, parser: PageParser) -> list[Element]:
    return [each for each in parser.parse(page).elements if each.tag in HEADINGS]


def _heading_of(
    section: RenderedSection, headings: list[Element], anchor: str | None
) -> Element | None:
    """Return the first heading of a section, as it stands on its page."""
    said = {_words(title) for title in _titles(section.markdown)}
    for heading in headings:
        words = _words(plain_text(heading.children))
        # What a section prints may leave out even its heading.
        if (anchor and heading.id == anchor and said) or words in said:
            return heading
    return None


def _titles(markdown: str) -> Iterator[str]:
    for found in _HEADING.finditer(markdown):
        title = found["title"] or found["underlined"] or found["html"]
        yield _TAG.sub("", _ATTRIBUTES.sub("", title))


def _words(text: str) -> str:
    # Markdown's marks, entities and backslashes are no letters.
    return _NOT_WORDS.sub("", text).casefold()
