"""Small pieces of WordprocessingML that python-docx has no names for."""

from __future__ import annotations

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph
from docx.text.run import Run


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """Return an element with attributes, all in the namespace `w`."""
    new: BaseOxmlElement = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        new.set(qn(f"w:{name}"), value)
    return new


def element_of(paragraph: Paragraph) -> BaseOxmlElement:
    """Return a paragraph's element."""
    found: BaseOxmlElement = paragraph.paragraph_format.element
    return found


def add_run(
    paragraph: Paragraph, text: str, *, into: BaseOxmlElement | None = None
) -> Run:
    """Add a run of text to a paragraph, or to an element within it."""
    run = Run(OxmlElement("w:r"), paragraph)
    (element_of(paragraph) if into is None else into).append(run.element)
    run.text = text
    return run


def add_link(
    paragraph: Paragraph, href: str = "", *, anchor: str = ""
) -> BaseOxmlElement:
    """Add a link and return the element that its runs go into.

    Args:
        paragraph: The paragraph that it is added to.
        href: An address outside the file.
        anchor: The name of a bookmark, instead of an address.
    """
    link = element("hyperlink", history="1")
    if anchor:
        link.set(qn("w:anchor"), anchor)
    else:
        number = paragraph.part.relate_to(
            href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
        )
        link.set(qn("r:id"), number)
    element_of(paragraph).append(link)
    return link


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark around a paragraph, for links to lead to."""
    whole = element_of(paragraph)
    whole.append(element("bookmarkStart", id=str(number), name=name))
    whole.append(element("bookmarkEnd", id=str(number)))


def add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Add something that Word computes, such as the page's number."""
    field = element("fldSimple", instr=instruction)
    element_of(paragraph).append(field)
    add_run(paragraph, shown, into=field)


def shade(properties: BaseOxmlElement, color: str) -> None:
    """Give a paragraph's or a cell's properties a background (`rrggbb`)."""
    put(properties, element("shd", val="clear", color="auto", fill=color))


def border(properties: BaseOxmlElement, side: str, color: str, eighths: int) -> None:
    """Give a paragraph's properties a line on one side, in eighths of a point."""
    lines = element("pBdr")
    lines.append(element(side, val="single", sz=str(eighths), space="8", color=color))
    put(properties, lines)


def put(properties: BaseOxmlElement, new: BaseOxmlElement) -> None:
    """Insert a property in the order of the schema; Word refuses any other."""
    # A property may be there once; a second one makes the file invalid.
    old = properties.find(new.tag)
    if old is not None:
        properties.remove(old)
    order = ORDERS[properties.tag.rpartition("}")[2]]
    rank = order.index(_name(new))
    for index, present in enumerate(properties):
        if _name(present) in order and order.index(_name(present)) > rank:
            properties.insert(index, new)
            return
    properties.append(new)


def _name(one: BaseOxmlElement) -> str:
    return str(one.tag).rpartition("}")[2]


ORDERS = {
    "pPr": (
        *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr"),
        *("widowControl", "numPr", "suppressLineNumbers", "pBdr", "shd", "tabs"),
        *("suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct"),
        *("topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd"),
        *("snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents"),
        *("suppressOverlap", "jc", "textDirection", "textAlignment"),
        *("textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr"),
    ),
    "rPr": (
        *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike"),
        *("dstrike", "outline", "shadow", "emboss", "imprint", "noProof"),
        *("snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern"),
        *("position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd"),
        *("fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout"),
    ),
    "tcPr": (
        *("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd"),
        *("noWrap", "tcMar", "textDirection", "tcFitText", "vAlign", "hideMark"),
    ),
    "trPr": ("cantSplit", "trHeight", "tblHeader", "jc"),
    "tblPr": (
        *("tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize"),
        *("tblStyleColBandSize", "tblW", "jc", "tblCellSpacing", "tblInd"),
        *("tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook"),
        *("tblCaption", "tblDescription"),
    ),
}
"""The children of properties, in the order of ISO/IEC 29500-1."""
