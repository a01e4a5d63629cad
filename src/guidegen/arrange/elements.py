"""Makes and takes apart the elements that an arranged page consists of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from guidegen.model.labels import Labels
from guidegen.page.tree import BLOCKS, Content, Element, elements_of
from guidegen.value import Value

Flow: TypeAlias = tuple[Content, ...]
"""Some content in order."""

_SPACES: Final = " \t\n\r\f"
"""HTML's white space: a no-break space is part of the text."""
_UNSEARCHED: Final = ("data-search-exclude", "")


class Frame(Value):
    """What surrounds the texts of a document's pages."""

    labels: Labels
    """The words of the frame."""
    language: str
    """The language of the pages and of the words."""
    files: frozenset[str] = frozenset()
    """The files that pages can link to, as they link to them."""


class Section(Value):
    """A heading with all that follows it, up to the next one of its level."""

    heading: Element
    content: Flow


def make(tag: str, *children: Content, classes: str = "", **attributes: str) -> Element:
    """Return an element.

    Args:
        tag: Its tag.
        children: What is in it.
        classes: Its classes, separated by spaces.
        attributes: Its other attributes, without the empty ones; `_` stands for `-`.
    """
    return Element(
        tag=tag,
        classes=tuple(classes.split()),
        others=tuple(
            (name.replace("_", "-"), value)
            for name, value in attributes.items()
            if value
        ),
        children=children,
    )


Piece: TypeAlias = "Content | Flow | None"
"""A block; some content with its white space; or nothing."""


def lines(*pieces: Piece) -> Flow:
    """Return pieces with a line each, those that are there."""
    children: list[Content] = []
    for piece in pieces:
        if piece:
            children += ("\n", *(piece if isinstance(piece, tuple) else (piece,)))
    return (*children, "\n")


def wrap(tag: str, *items: Piece, classes: str, **attributes: str) -> Element:
    """Return a block that holds blocks, with a line each."""
    return make(tag, *lines(*items), classes=classes, **attributes)


def labelled(
    heading: Element, *items: Piece, classes: str, tag: str = "section"
) -> Element:
    """Return a section that is named by its heading."""
    return wrap(tag, *items, classes=classes, aria_labelledby=heading.id)


def also(element: Element, *classes: str) -> Element:
    """Return an element with more classes."""
    return replace(element, classes=(*classes, *element.classes))


def unsearched(element: Element) -> Element:
    """Return an element that no search shows: it finds the same words elsewhere."""
    return replace(element, others=(*element.others, _UNSEARCHED))


def text(content: Iterable[Content]) -> Iterator[Content]:
    """Yield content but for white space."""
    return (item for item in content if not is_blank(item))


def is_blank(item: Content) -> bool:
    """Return whether an item is nothing but white space."""
    return isinstance(item, str) and not item.strip(_SPACES)


def stripped(content: Sequence[Content]) -> Flow:
    """Return content without white space around it."""
    start, end = 0, len(content)
    while start < end and is_blank(content[start]):
        start += 1
    while start < end and is_blank(content[end - 1]):
        end -= 1
    found = [*content[start:end]]
    for at, strip in ((0, str.lstrip), (-1, str.rstrip)):
        if found and isinstance(edge := found[at], str):
            found[at] = strip(edge, _SPACES)
    return tuple(found)


def ids_of(content: Iterable[Content]) -> set[str]:
    """Return all that links to some content can lead to."""
    return {each.id for each in elements_of(content) if each.id}


def is_line(content: Iterable[Content]) -> bool:
    """Return whether content can stand in a paragraph."""
    return not any(each.tag in BLOCKS for each in elements_of(content))


def has_class(element: Element, name: str) -> bool:
    """Return whether an element, or one in it, is of a class."""
    return any(name in each.classes for each in (element, *elements_of([element])))


def split(content: Sequence[Content], tag: str = "h2") -> tuple[Flow, list[Section]]:
    """Return what comes before the first heading of a level, and the sections."""
    parts: list[list[Content]] = [[]]
    for item in content:
        if isinstance(item, Element) and item.tag == tag:
            parts.append([])
        parts[-1].append(item)
    opening, *others = parts
    sections = [
        Section(heading=heading, content=stripped(rest))
        for heading, *rest in others
        if isinstance(heading, Element)
    ]
    return stripped(opening), sections
