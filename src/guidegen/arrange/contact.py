"""The page of contacts, and the section of the guide that says whom to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from guidegen.arrange.elements import (
    Flow,
    Section,
    also,
    labelled,
    lines,
    make,
    split,
    stripped,
    text,
    unsearched,
    wrap,
)
from guidegen.arrange.plain import body, part, small_head
from guidegen.page.tree import Content, Element, elements_of, plain_text

_CARD = "contact-card"
"""The class of a person in the texts."""

_WAYS = {"mailto": "mail", "tel": "phone", "https": "chat", "http": "chat"}
"""What a link of a scheme opens; one of each is in reach on every page."""


def contact_page(content: Sequence[Content]) -> Flow:
    """Return a page with a card for each person, and the other sections below."""
    opening, sections = split(content)
    head, rest = small_head(opening)
    more = [part(each, "") for each in sections]
    below = wrap("div", *more, classes="gg-more gg-more--two") if more else None
    return lines(head, body(_people(rest), below))


def _people(content: Flow) -> Flow:
    """Return content in which people who follow each other stand together."""
    done: list[Content] = []
    people: list[Element] = []
    for item in (*content, None):
        if isinstance(item, Element) and _CARD in item.classes:
            people.append(_person(item))
            continue
        if people and isinstance(item, str) and not item.strip():
            continue
        if people:
            done += (wrap("div", *people, classes="gg-people"), "\n")
            people = []
        if item is not None:
            done.append(item)
    return stripped(done)


def _person(card: Element) -> Element:
    blocks = stripped(card.children)
    code = None
    last = blocks[-1] if blocks else None
    if isinstance(last, Element) and last.tag == "p":
        pictures = [each for each in text(last.children) if _is_picture(each)]
        if len(pictures) == len([*text(last.children)]) == 1:
            code, blocks = pictures[0], stripped(blocks[:-1])
    told = wrap("div", _named(blocks), classes="gg-person__text")
    code = also(code, "gg-person__code") if isinstance(code, Element) else None
    section = wrap("section", told, code, classes="gg-person")
    return replace(section, id=card.id, lang=card.lang)


def _is_picture(item: Content) -> bool:
    return isinstance(item, Element) and item.tag == "img"


def _named(blocks: Flow) -> Flow:
    """Return a person's lines with the name as their heading, if it comes first."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Element) or first.tag != "p" or first.id:
        return blocks
    name, *rest = stripped(first.children) or ("",)
    following, *role = stripped(rest) or (None,)
    if not isinstance(name, Element) or name.tag != "strong":
        return blocks
    named: Flow = (replace(name, tag="h2"),)
    if role:
        named = (*named, "\n", make("p", *stripped(role), classes="gg-person__role"))
    if following is None or (isinstance(following, Element) and following.tag == "br"):
        return (*named, *blocks[1:])
    return blocks


def contact_section(section: Section) -> Element:
    """Return whom to ask, with the ways to reach them first."""
    heading, content = section.heading, section.content
    name = next(_names(content), "")
    # Those who hear the page get the name once, below.
    named = None
    if name:
        named = make("p", name, classes="gg-contact__name", aria_hidden="true")
    who = wrap("div", heading, named and unsearched(named), classes="gg-contact__who")
    ways = [make("li", each) for each in _ways(content)]
    listed = wrap("ul", *ways, classes="gg-contact__ways") if ways else None
    return labelled(
        heading,
        wrap("div", who, listed and unsearched(listed), classes="gg-contact__bar"),
        wrap("div", content, classes="gg-contact__rest"),
        classes="gg-contact",
    )


def _names(content: Sequence[Content]) -> Iterator[str]:
    for each in elements_of(content):
        if each.tag == "strong":
            yield plain_text(each.children)


def _ways(content: Sequence[Content]) -> Iterator[Element]:
    """Yield links to the ways of reaching the contact, the first of each kind."""
    found: dict[str, Element] = {}
    for item in elements_of(content):
        if item.tag != "li":
            continue
        for link in elements_of(item.children):
            kind = _WAYS.get((link.href or "").partition(":")[0].lower())
            if kind is None or kind in found:
                continue
            # Such a line is like this: a word, a colon, and the address.
            word, colon, _ = plain_text(item.children).partition(":")
            word = word if colon else plain_text(link.children)
            span = make("span", word)
            way = make("a", span, classes=f"gg-way gg-way--{kind}")
            found[kind] = replace(way, href=link.href)
    yield from found.values()
