"""How the Word file looks: the styles that the pack defines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from guidegen.colour import LEVELS, NO_EDGE, colours
from guidegen.errors import ExportError

FILE: Final = "word-styles.xml"

LEAD: Final = "Lead"
SENDER: Final = "Sender"
NEWS: Final = "News"
BAND: Final = "Band"
TABLE: Final = "Guideline Table"
TABLE_TEXT: Final = "Table Text"
TABLE_HEADING: Final = "Table Heading"
LINK: Final = "Hyperlink"
RED: Final = "Light Red"
AMBER: Final = "Light Amber"
BAND_DRAFT: Final = "Band Draft"
DRAFT: Final = "Draft Mark"
RULE_NUMBER: Final = "Rule Number"
KICKER: Final = "Magic Kicker"
NEVER: Final = "Level Never"
ONLY: Final = "Level Only"
ASK: Final = "Level Ask"
DONT: Final = "Post Dont"
DO: Final = "Post Do"
"""All from `BAND_DRAFT` on a company's own file may lack: it may be older."""
_OURS: Final = (
    *(LEAD, SENDER, NEWS, BAND, TABLE, TABLE_TEXT, TABLE_HEADING),
    *(LINK, RED, AMBER),
)
"""The styles that the text is written with, besides those of every Word file."""

_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_LANGUAGES: Final = {"de": "de-DE", "en": "en-GB"}


def full_language(language: str) -> str:
    """Return a language as Word names it, which spells and hyphenates by it."""
    return _LANGUAGES.get(language, language)


def set_styles(
    word: WordDocument, look: Sequence[Path], *, brand: str | None, language: str
) -> None:
    """Give a new document the styles of a pack.

    Args:
        word: The document.
        look: The packs' `export/` folders, the most specific first.
        brand: The company's colour.
        language: The language of its text.

    Raises:
        ExportError: The file with the styles is missing or broken.
    """
    _tidy(word)
    values = {**_colours(brand), "language": full_language(language)}
    # The most specific pack's file counts as a whole; files are not merged.
    path = next((folder / FILE for folder in look if (folder / FILE).is_file()), None)
    if path is None:
        raise ExportError("error-export-no-styles", file=FILE)
    whole = word.styles.element
    for new in _read(path, values):
        if new.tag == qn("w:docDefaults"):
            whole.replace(whole.find(new.tag), new)
        elif new.tag == qn("w:style"):
            _set(whole, new)
    names = {style.name for style in word.styles}
    if missing := [name for name in _OURS if name not in names]:
        raise ExportError("error-export-style", path=path, style=", ".join(missing))


def _colours(brand: str | None) -> dict[str, str]:
    """Return the colours that a file of styles may name, as Word writes them."""
    company = colours(brand)
    drawn = company.edge_light != NO_EDGE
    named = {
        "brand": company.brand,
        "on-brand": company.on_brand,
        "link": company.link_light,
        "tint": company.tint_light,
        # Word has no line that is not seen; one in the ground's own colour is none.
        "edge": company.edge_light if drawn else company.brand,
    }
    for level, colour in LEVELS.items():
        named[f"{level}-word"] = colour.word
        named[f"{level}-tint"] = colour.tint
        named[f"{level}-lamp"] = colour.lamp
    return {name: of_word(value) for name, value in named.items()}


def of_word(colour: str) -> str:
    """Return a colour (`#rrggbb`) as Word writes it."""
    return colour.removeprefix("#").upper()


def _read(path: Path, values: dict[str, str]) -> list[BaseOxmlElement]:
    """Return a file's elements, with the company's colours and the language."""
    try:
        text = path.read_text(encoding="utf-8")
        # Comments are no styles; their line ends stay for the lines of error messages.
        text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
        for name, value in values.items():
            text = text.replace(f"[[{name}]]", escape(value))
        # This parser resolves no entities, so a pack's file cannot read others.
        return list(parse_xml(text.encode()))
    except (OSError, ValueError, SyntaxError) as error:
        line = getattr(error, "lineno", None)
        raise ExportError(
            "error-export-styles",
            path=path,
            line=line,
            detail=getattr(error, "msg", str(error)),
        ) from error


def _set(whole: BaseOxmlElement, new: BaseOxmlElement) -> None:
    """Add a style, or give an existing one new properties."""
    known = whole.get_by_id(new.get(qn("w:styleId")))
    if known is None:
        whole.append(new)
        return
    # What the pack does not say of an existing style stays Word's.
    for name in ("w:pPr", "w:rPr"):  # last in a style, in this order
        old, properties = known.find(qn(name)), new.find(qn(name))
        if old is not None:
            known.remove(old)
        if properties is None:
            properties = old
        if properties is not None:
            known.append(properties)


def _tidy(word: WordDocument) -> None:
    """Remove what python-docx's empty document brings along and nothing uses."""
    for style in list(word.styles):
        unused = style.type == WD_STYLE_TYPE.TABLE and style.name != "Normal Table"
        if unused or style.name in {"macro", "Macro Text Char"}:
            style.delete()
            continue
        # Such fonts would win over those of the pack's `docDefaults`.
        fonts = style.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        if fonts is not None:
            fonts.getparent().remove(fonts)
