"""Looks that paragraphs wear over their style, so that a heading stays a heading."""

from __future__ import annotations

from copy import deepcopy
from typing import Final

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from guidegen.export.word import xml
from guidegen.export.word.style_index import StyleIndex

CHAPTER: Final = "Look Chapter"
GO: Final = "Look Level Go"
SLIP: Final = "Look Slip"
LEVELS: Final = {
    "level-never": "Look Level Never",
    "level-only": "Look Level Only",
    "level-ask": "Look Level Ask",
}
"""What the heading of a level wears, by its class."""
SECTIONS: Final = {"help": "Look Help", "contact": "Look Contact"}
"""What all paragraphs of a section wear, by what the section is."""
POSTS: Final = {"dont": "Look Dont", "do": "Look Do"}
"""What a post not to write wears, and one to write."""


def wear(
    styles: StyleIndex, paragraph: Paragraph, look: str, *, spaced: bool = True
) -> None:
    """Give a paragraph what a look says; a look that the styles lack says nothing.

    Args:
        styles: Those of the document.
        paragraph: A paragraph that is written.
        look: The name of the style that says what it looks like.
        spaced: Whether the look says what is left free above and below.
    """
    style = styles.find(look)
    # A company's own file of styles may be older than the looks.
    if style is None:
        return
    properties = xml.element_of(paragraph).get_or_add_pPr()
    for each in style.find(qn("w:pPr")):
        if spaced or each.tag != qn("w:spacing"):
            xml.put(properties, deepcopy(each))
    characters = style.find(qn("w:rPr"))
    for run in paragraph.runs if characters is not None else ():
        _dress(run.element.get_or_add_rPr(), characters)


def _dress(properties: BaseOxmlElement, characters: BaseOxmlElement) -> None:
    for each in characters:
        # What a run has of its own is meant, such as the number of a rule.
        styled = properties.find(qn("w:rStyle")) is not None
        own = properties.find(each.tag) is not None
        if not (own or (styled and each.tag == qn("w:color"))):
            xml.put(properties, deepcopy(each))
