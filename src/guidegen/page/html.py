"""A page's tree as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from guidegen.page.tree import EMPTY, Content, Element


def html_of(content: Iterable[Content]) -> str:
    """Return content as HTML, with addresses and white space as they were written.

    It is spelled as Python-Markdown spells it, attributes in alphabetical order, so
    that templates meet the same HTML wherever it was made.
    """
    return "".join(_pieces(content))


def _pieces(content: Iterable[Content]) -> Iterator[str]:
    for item in content:
        if isinstance(item, str):
            yield escape(item, quote=False)
        elif item.tag in EMPTY:
            yield f"<{item.tag}{_attributes(item)} />"
        else:
            yield f"<{item.tag}{_attributes(item)}>"
            yield from _pieces(item.children)
            yield f"</{item.tag}>"


def _attributes(element: Element) -> str:
    given = dict(element.others)
    given |= {
        name: value
        for name, value in (
            ("class", " ".join(element.classes)),
            ("data-label", element.label),
            ("id", element.id),
            ("lang", element.lang),
            ("src", element.src),
        )
        if value
    }
    # These may be empty.
    if element.alt is not None:
        given["alt"] = element.alt
    if element.href is not None:
        given["href"] = element.href
    if element.start is not None:
        given["start"] = str(element.start)
    return "".join(f' {name}="{escape(given[name])}"' for name in sorted(given))
