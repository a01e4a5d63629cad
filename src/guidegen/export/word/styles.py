"""How the Word file looks: all of it in styles, so that a company can change them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from guidegen.colour import colours
from guidegen.export.word.xml import border, element, put, shade

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import CharacterStyle, ParagraphStyle

LEAD: Final = "Lead"
SENDER: Final = "Sender"
DRAFT: Final = "Draft"
NEWS: Final = "News"
BAND: Final = "Band"
TABLE: Final = "Guideline Table"
TABLE_TEXT: Final = "Table Text"
TABLE_HEADING: Final = "Table Heading"
LINK: Final = "Hyperlink"
RED: Final = "Light Red"
AMBER: Final = "Light Amber"

RED_TINT: Final = "FDF0EF"
GREEN_TINT: Final = "EDF7F0"
_RED: Final = "9B1313"
_AMBER: Final = "6F4A00"
_AMBER_TINT: Final = "FDF4DF"
_MUTED: Final = "475362"
_SURFACE: Final = "F1F4F7"
_LINE: Final = "CFD7E0"
_FONT: Final = "Calibri"
_LANGUAGES: Final = {"de": "de-DE", "en": "en-GB"}


def full_language(language: str) -> str:
    """Return a language as Word names it, which spells and hyphenates by it."""
    return _LANGUAGES.get(language, language)


def set_styles(word: WordDocument, *, brand: str | None, language: str) -> None:
    """Give a new document its styles.

    Args:
        word: The document.
        brand: The company's colour.
        language: The language of its text.
    """
    _tidy(word)
    color = colours(brand)
    link = color.light.removeprefix("#").upper()
    _defaults(word, full_language(language))
    _paragraphs(word, link)
    _notices(word, link)
    _band(word, color.brand.removeprefix("#"), color.on_brand.removeprefix("#"))
    _characters(word, link)
    _table(word)


def _tidy(word: WordDocument) -> None:
    """Take out what the empty document brings along and nobody here uses."""
    for style in list(word.styles):
        unused = style.type == WD_STYLE_TYPE.TABLE and style.name != "Normal Table"
        if unused or style.name in {"macro", "Macro Text Char"}:
            style.delete()


def _defaults(word: WordDocument, language: str) -> None:
    defaults = word.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
    put(defaults[0], element("lang", val=language, eastAsia="en-US", bidi="ar-SA"))
    for style in word.styles:
        fonts = style.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        if fonts is not None:
            fonts.getparent().remove(fonts)
    put(
        defaults[0],
        element("rFonts", ascii=_FONT, hAnsi=_FONT, cs=_FONT, eastAsia=_FONT),
    )


def _paragraphs(word: WordDocument, link: str) -> None:
    _look(word, "Normal", size=10.5, after=6, line=1.15)
    _look(word, "Title", size=26, after=6, bold=True, color="auto", line=1.0)
    _look(word, "Heading 1", size=14, before=16, after=5, bold=True, color=link)
    _look(word, "Heading 2", size=11.5, before=12, after=4, bold=True, color=link)
    _look(word, "Heading 3", size=10.5, before=10, after=3, bold=True, color="auto")
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        properties = _paragraph(word, name).element.get_or_add_pPr()
        _drop(properties, "pBdr", "contextualSpacing")
        put(properties, element("suppressAutoHyphens"))
        _paragraph(word, name).paragraph_format.keep_with_next = True
    for name in ("List Bullet", "List Number", "List Continue"):
        for level in ("", " 2", " 3"):
            _look(word, name + level, size=10.5, after=3, line=1.15)
    _look(word, "Quote", size=10.5, before=6, after=10, italic=False, color="auto")
    _look(word, "Intense Quote", size=14, before=6, after=12, bold=True, color="auto")
    for name in ("Quote", "Intense Quote"):
        properties = _paragraph(word, name).element.get_or_add_pPr()
        border(properties, "left", link, 32)
        shade(properties, _SURFACE)
        put(properties, element("ind", left="200", right="0"))
        _paragraph(word, name).font.italic = False
        _paragraph(word, name).paragraph_format.keep_together = True
    _look(word, _new(word, LEAD), size=13, after=8, line=1.2)
    _look(word, _new(word, SENDER), size=12, after=10, bold=True, color=link)
    _look(word, _new(word, TABLE_TEXT), size=9.5, after=2, line=1.1)
    _look(word, _new(word, TABLE_HEADING), size=9.5, after=2, bold=True, color=_MUTED)
    for name in ("Header", "Footer"):
        _look(word, name, size=8.5, after=0, color=_MUTED)
        _drop(_paragraph(word, name).element.get_or_add_pPr(), "tabs")


def _notices(word: WordDocument, link: str) -> None:
    """Set the looks of the draft's mark and of the news."""
    _look(word, _new(word, DRAFT), size=10.5, before=4, after=8, bold=True)
    _paragraph(word, DRAFT).font.color.rgb = RGBColor.from_string(_AMBER)
    _look(word, _new(word, NEWS), size=10.5, before=4, after=10)
    looks = {DRAFT: (_AMBER, _AMBER_TINT), NEWS: (link, _SURFACE)}
    for name, (line, tint) in looks.items():
        properties = _paragraph(word, name).element.get_or_add_pPr()
        border(properties, "left", line, 32)
        shade(properties, tint)
        put(properties, element("ind", left="200", right="0"))


def _band(word: WordDocument, brand: str, on_brand: str) -> None:
    """Set the look of the company's band at the head of the first page."""
    _look(word, _new(word, BAND), size=10, after=0, bold=True, color=on_brand)
    properties = _paragraph(word, BAND).element.get_or_add_pPr()
    # Lines of its own colour make it larger than its text.
    lines = element("pBdr")
    for side in ("top", "left", "bottom", "right"):
        lines.append(
            element(side, val="single", sz="48", space="1", color=brand.upper())
        )
    put(properties, lines)
    shade(properties, brand.upper())


def _characters(word: WordDocument, link: str) -> None:
    style = word.styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER)
    style.font.color.rgb = RGBColor.from_string(link)
    style.font.underline = True
    for name, color, tint in (
        (RED, _RED, RED_TINT),
        (AMBER, _AMBER, _AMBER_TINT),
    ):
        style = word.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.font.bold = True
        style.font.color.rgb = RGBColor.from_string(color)
        shade(style.element.get_or_add_rPr(), tint)


def _table(word: WordDocument) -> None:
    word.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1"'
            f' w:styleId="GuidelineTable"><w:name w:val="{TABLE}"/>'
            '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>'
            f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>'
            f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>'
            '</w:tblBorders><w:tblCellMar><w:top w:w="70" w:type="dxa"/>'
            '<w:left w:w="100" w:type="dxa"/><w:bottom w:w="70" w:type="dxa"/>'
            '<w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>'
            f'<w:bottom w:val="single" w:sz="12" w:space="0" w:color="{_MUTED}"/>'
            "</w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
        )
    )


def _drop(properties: BaseOxmlElement, *names: str) -> None:
    for name in names:
        for old in properties.findall(qn(f"w:{name}")):
            properties.remove(old)


def _new(word: WordDocument, name: str) -> str:
    style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = word.styles["Normal"]
    style.quick_style = True
    return name


def _paragraph(word: WordDocument, name: str) -> ParagraphStyle:
    style: ParagraphStyle = word.styles[name]
    return style


def _look(  # noqa: PLR0913  # named arguments, one for each trait
    word: WordDocument,
    name: str,
    *,
    size: float,
    before: float = 0,
    after: float = 0,
    line: float | None = None,
    bold: bool | None = None,
    italic: bool | None = None,
    color: str | None = None,
) -> None:
    style = _paragraph(word, name)
    _letters(style, size=size, bold=bold, italic=italic, color=color)
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    if line:
        style.paragraph_format.line_spacing = line


def _letters(
    style: CharacterStyle,
    *,
    size: float,
    bold: bool | None,
    italic: bool | None,
    color: str | None,
) -> None:
    style.font.size = Pt(size)
    if bold is not None:
        style.font.bold = bold
    if italic is not None:
        style.font.italic = italic
    if color == "auto":
        put(style.element.get_or_add_rPr(), element("color", val="auto"))
    elif color:
        style.font.color.rgb = RGBColor.from_string(color.upper())
