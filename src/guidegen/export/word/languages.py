"""The language of a block, told by the words in it: Word knows no other way."""

from __future__ import annotations

from dataclasses import replace

from guidegen.page.normalise import LINES
from guidegen.page.tree import Element

_HOLDS_A_LINE = LINES | {"dt"}


def with_language(element: Element, language: str = "") -> Element:
    """Return a block whose lines are marked with the language of what is around them.

    Args:
        element: The block, or what stands in it.
        language: The language around it; "" for that of the page.
    """
    language = element.lang or language
    inner = tuple(
        each if isinstance(each, str) else with_language(each, language)
        for each in element.children
    )
    if not language or element.tag not in _HOLDS_A_LINE or not element.children:
        return (
            element if inner == element.children else replace(element, children=inner)
        )
    words = Element(tag="span", lang=language, children=element.children)
    return replace(element, children=(words,))
