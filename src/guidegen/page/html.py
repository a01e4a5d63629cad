"""A page's tree as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from guidegen.page.tree import EMPTY, Content, Element


def html_of(content: Iterable[Content]) -> str:
    """Return content as HTML, with addresses and white space as they were written."""
    return "".join(_pieces(content))


def _pieces(content: Iterable[Content]) -> Iterator[str]:
    for item in content:
        if isinstance(item, str):
            yield escape(item, quote=False)
            continue
        yield f"<{item.tag}{''.join(_attributes(item))}>"
        if item.tag not in EMPTY:
            yield from _pieces(item.children)
            yield f"</{item.tag}>"


def _attributes(element: Element) -> Iterator[str]:
    for name, value in (
        ("id", element.id),
        ("class", " ".join(element.classes)),
        ("lang", element.lang),
        ("data-label", element.label),
        ("src", element.src),
    ):
        if value:
            yield f' {name}="{escape(value)}"'
    if element.start is not None:
        yield f' start="{element.start}"'
    # These are there or not, whatever they say.
    for name, there in (
        ("href", element.href),
        ("alt", element.alt),
        *element.others,
    ):
        if there is not None:
            yield f' {name}="{escape(there)}"'
