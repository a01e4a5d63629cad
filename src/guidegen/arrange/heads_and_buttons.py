"""The head that all pages have, and a page that is nothing but its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from guidegen.arrange.elements import (
    Flow,
    Section,
    also,
    is_blank,
    labelled,
    lines,
    split,
    stripped,
    text,
    wrap,
)
from guidegen.page.tree import Content, Element


def plain_page(content: Sequence[Content]) -> Flow:
    """Return a page with its title and part after part."""
    opening, sections = split(content)
    head, rest = small_head(opening)
    parts = (part(each, "gg-part") for each in sections)
    return lines(head, body(buttons(rest), *parts))


def part(section: Section, classes: str) -> Element:
    """Return a section named by its heading; links that stand alone are buttons."""
    content = buttons(section.content)
    return labelled(section.heading, section.heading, content, classes=classes)


def buttons(content: Flow) -> Flow:
    """Return content whose links that stand alone are buttons.

    Such a link is what its section asks for, as "Confirm by email" is.
    """
    return tuple(map(_button, content))


def _button(block: Content) -> Content:
    if not isinstance(block, Element) or block.tag != "p":
        return block
    alone = [*text(block.children)]
    match alone:
        case [Element(tag="a", children=[str()]) as link] if link.href:
            return replace(block, children=(also(link, "gg-button"),))
    return block


def small_head(opening: Flow) -> tuple[Element | None, Flow]:
    """Return a page's title with its lead, and what follows them."""
    title, rest = title_and_rest(opening)
    if not title:
        return None, rest
    within = wrap("div", title, classes="gg-hero__text")
    return wrap("header", within, classes="gg-hero gg-hero--small"), rest


def title_and_rest(opening: Flow) -> tuple[Flow, Flow]:
    """Return a page's title with its lead, and what follows them."""
    count = 0
    for item in opening:
        is_title = isinstance(item, Element) and item.tag == "h1"
        is_lead = isinstance(item, Element) and "lead" in item.classes
        if not (is_title or is_lead or is_blank(item)):
            break
        count += 1
    return stripped(opening[:count]), stripped(opening[count:])


def body(*pieces: Content | Flow | None) -> Element | None:
    """Return all that follows a page's title, None if there is nothing."""
    if not any(pieces):
        return None
    return wrap("div", *pieces, classes="gg-body")
