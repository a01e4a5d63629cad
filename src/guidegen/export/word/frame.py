"""What stands around the text of the Word file: paper, header and footer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docx.document import Document as WordDocument
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph

from guidegen.export.chapters import without_illegal
from guidegen.export.word import styles, xml
from guidegen.export.word.fit import shortened, width_of
from guidegen.export.word.table import TEXT_WIDTH
from guidegen.model.adaptation import NameRules
from guidegen.model.document import Document

_PAPER: Final = (210, 297)
_AT_EDGE: Final = Mm(19)
_LEAST: Final = 4.0
"""In em: what is cut to less than that says nothing any more."""
_TELLING: Final = 0.4
"""How much of a sender has to fit, so that what is left of it says something."""
_SMALLEST: Final = 0.8
"""How much smaller than its style a line is set before it is cut."""
_BETWEEN: Final = 2.0
"""What stays free between left and right, in em."""


def set_frame(word: WordDocument, document: Document, names: NameRules | None) -> None:
    """Set paper, header and footer, each one line; the first page has a band.

    Args:
        word: The document.
        document: The pages of one language.
        names: How the pack knows legal forms: a name that is cut keeps them whole.
    """
    section = word.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in _PAPER)
    section.left_margin = section.right_margin = _AT_EDGE
    section.top_margin = section.bottom_margin = Mm(22)
    section.header_distance = section.footer_distance = Mm(11)
    section.different_first_page_header_footer = True
    owner = f"{document.labels.word('owner')}: {document.running_texts['owner']}"
    band = section.first_page_header.paragraphs[0]
    band.style = word.styles[styles.BAND]
    later = section.header.paragraphs[0]
    for header, sender, name in (
        (band, owner, styles.BAND_DRAFT),
        (later, document.company, styles.DRAFT),
    ):
        # A company's own file of styles may be older than the mark.
        mark = name if name in word.styles else ""
        _head(header, document, sender, mark, names)
    for each in (section.first_page_footer, section.footer):
        _foot(each.paragraphs[0], document)


def _head(
    paragraph: Paragraph,
    document: Document,
    sender: str,
    mark: str,
    names: NameRules | None,
) -> None:
    """Write title, number, classification and sender; at the right a draft's mark."""
    facts = document.running_texts
    # Spaces that do not break give the mark room on its ground.
    draft = clean(facts.get("draft", ""))
    draft = draft and f"\N{NO-BREAK SPACE}{draft}\N{NO-BREAK SPACE}"
    room = _room(paragraph) - (width_of(draft) + _BETWEEN if draft else 0)
    # Whoever holds one sheet must see what it is, and who may read it.
    register = [
        clean(facts[key])
        for key in ("document_number", "classification")
        if key in facts
    ]
    title, sender = clean(document.title), clean(sender)
    text = _within(room / _SMALLEST, title, register, sender, names)
    scale = _scale(width_of(text), room)
    _tabbed(paragraph, text, scale)
    if draft:
        run = xml.add_run(paragraph, draft)
        run.bold = True
        if mark:
            run.style = mark


def _within(
    room: float,
    title: str,
    register: Sequence[str],
    sender: str,
    names: NameRules | None,
) -> str:
    """Return as much of a header's text as fits: first its sender gets shorter."""
    fixed = "".join(f" · {each}" for each in register)
    title = shortened(title, max(room - width_of(fixed), _LEAST), names)
    text = f"{title}{fixed}"
    sent = shortened(sender, max(room - width_of(f"{text} · "), 0), names)
    # "Owner …" would say nothing.
    told = ": " in sent or ": " not in sender
    if told and width_of(sent) > _TELLING * width_of(sender):
        text = f"{text} · {sent}"
    return shortened(text, room, names)


def _foot(paragraph: Paragraph, document: Document) -> None:
    """Write version, days and page, in the pack's words."""
    facts, labels = document.running_texts, document.labels
    between = ": " if "draft" in facts else " "
    version = (
        f"{labels.word('version')}{between}{facts['version']} ({facts['digest_short']})"
    )
    parts = (
        version,
        f"{labels.word('valid_from')} {facts['valid_from']}",
        f"{labels.word('next_review')}: {facts['next_review']}",
    )
    before, _, rest = labels.word("page_of").partition("{page}")
    middle, _, after = rest.partition("{pages}")
    number = width_of(f"{before}00{middle}00{after}")
    room = _room(paragraph) - number - _BETWEEN
    text = clean(" · ".join(parts))
    scale = _scale(width_of(text), room)
    _tabbed(paragraph, shortened(text, room / scale), scale)
    xml.add_run(paragraph, before)
    # The numbers are shown only until Word has counted.
    xml.add_field(paragraph, "PAGE", "1")
    xml.add_run(paragraph, middle)
    xml.add_field(paragraph, "NUMPAGES", "1")
    xml.add_run(paragraph, after)


def _scale(wanted: float, room: float) -> float:
    """Return how much smaller than its style a line is set."""
    return max(_SMALLEST, min(1.0, room / wanted))


def _size(paragraph: Paragraph) -> Length:
    style = paragraph.style
    return style.font.size if style and style.font.size else Pt(10)


def _room(paragraph: Paragraph) -> float:
    """Return how much fits on a paragraph's line, in em."""
    return (Mm(TEXT_WIDTH) - _indents(paragraph)) / _size(paragraph)


def _indents(paragraph: Paragraph) -> int:
    if paragraph.style is None:
        return 0
    look = paragraph.style.paragraph_format
    return int(look.left_indent or 0) + int(look.right_indent or 0)


def _tabbed(paragraph: Paragraph, left: str, scale: float) -> None:
    """Write what is at the left, and go to the right end of the line."""
    stops = paragraph.paragraph_format.tab_stops
    style = paragraph.style
    end = Mm(TEXT_WIDTH)
    if style and style.paragraph_format.right_indent:
        end -= style.paragraph_format.right_indent
    stops.add_tab_stop(end, WD_TAB_ALIGNMENT.RIGHT)
    run = xml.add_run(paragraph, left)
    if scale < 1:
        run.font.size = Pt(_size(paragraph).pt * scale)
    xml.add_run(paragraph, "\t")


def clean(text: str) -> str:
    """Return a text on one line, without what XML cannot hold."""
    return " ".join(without_illegal(text).split())
