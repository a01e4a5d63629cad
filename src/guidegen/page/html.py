"""A page's tree as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from guidegen.page.tree import EMPTY, Content, Element


def html_of(content: Iterable[Content]) -> str:
    """Return content as HTML, with addresses and white space as they were written.

    It is spelled as Python-Markdown spells it, attributes in alphabetical order, so
    that templates meet the same HTML wherever it was made.
    """
    written: list[str] = []
    _write(content, written)
    return "".join(written)


def _write(content: Iterable[Content], written: list[str]) -> None:
    for item in content:
        if isinstance(item, str):
            written.append(escape(item, quote=False))
        elif item.tag in EMPTY:
            written.append(f"<{item.tag}{_attributes(item)} />")
        else:
            written.append(f"<{item.tag}{_attributes(item)}>")
            _write(item.children, written)
            written.append(f"</{item.tag}>")


def _attributes(element: Element) -> str:
    given = dict(element.others)
    if element.classes:
        given["class"] = " ".join(element.classes)
    if element.id:
        given["id"] = element.id
    if element.lang:
        given["lang"] = element.lang
    if element.label:
        given["data-label"] = element.label
    if element.src:
        given["src"] = element.src
    # These may be empty.
    if element.alt is not None:
        given["alt"] = element.alt
    if element.href is not None:
        given["href"] = element.href
    if element.start is not None:
        given["start"] = str(element.start)
    return "".join(f' {name}="{escape(given[name])}"' for name in sorted(given))
