"""The Word file: properties, header and footer, the text between them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from guidegen.export.chapters import chapters_of, without_illegal
from guidegen.export.word import styles, xml
from guidegen.export.word.body import TEXT_WIDTH, write_chapter
from guidegen.export.word.line import Writing, describe
from guidegen.model.document import Asset, Document
from guidegen.model.labels import facts_of

_PAPER: Final = (210, 297)
_AT_EDGE: Final = Mm(19)
_UNUSED_PARTS: Final = (
    *("customXml", "extended-properties", "stylesWithEffects", "thumbnail"),
)
"""What python-docx's empty document has that says nothing about this one."""
# python-docx refuses longer ones.
_LONGEST: Final = 255
"""Characters of a property."""
# python-docx takes neither SVG nor WebP.
_ON_PAPER: Final = frozenset({".png", ".jpg", ".jpeg", ".gif"})
_LOGO_HEIGHT: Final = Mm(14)
_LOGO_WIDEST: Final = Mm(60)


def docx_file(
    document: Document, *, look: Sequence[Path], draw: Callable[[Asset], bytes]
) -> bytes:
    """Return a document as a Word file; same document, same bytes.

    Args:
        document: The pages of one language.
        look: The packs' `export/` folders, the most specific first.
        draw: Returns a picture that Word does not show (SVG) as PNG.

    Raises:
        ExportError: A link leads nowhere, or a picture is missing or broken.
        RenderError: A page holds an element that no output knows.
    """
    chapters = chapters_of(document)
    word = docx.Document()
    language = document.locale
    styles.set_styles(word, look, brand=document.brand_color, language=language)
    _settings(word, language)
    _properties(word, document)
    _frame(word, document)
    pictures = {
        asset.path: asset
        for chapter in chapters
        for asset in chapter.page.pictures.values()
    }
    shown = {path: _shown(asset, draw) for path, asset in pictures.items()}
    writing = Writing(word=word, pictures=shown)
    _sender(word, document, draw)
    for chapter in chapters:
        write_chapter(writing, chapter)
    _facts(word, document)
    return _packed(word)


def _shown(asset: Asset, draw: Callable[[Asset], bytes]) -> bytes:
    suffix = asset.path[asset.path.rfind(".") :].lower()
    return asset.content if suffix in _ON_PAPER else draw(asset)


def _settings(word: WordDocument, language: str) -> None:
    """Hyphenate, and be a file of today's Word rather than of an older one."""
    settings = word.settings.element
    # Without it, Word opens the file in a compatibility mode and says so in its title.
    for mode in settings.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), "15")
    theme = settings.find(qn("w:themeFontLang"))
    theme.attrib.clear()
    theme.set(qn("w:val"), styles.full_language(language))
    settings.find(qn("w:defaultTabStop")).addnext(xml.element("autoHyphenation"))
    # Left over from the file that python-docx's empty document was made of.
    for name in ("savePreviewPicture", "proofState", "zoom"):
        for old in settings.findall(qn(f"w:{name}")):
            settings.remove(old)


def _properties(word: WordDocument, document: Document) -> None:
    facts = document.running_texts
    version = f"{document.labels.word('version')} {facts['version']}"
    valid = f"{document.labels.word('valid_from')} {facts['valid_from']}"
    day = dt.datetime.fromtimestamp(document.valid_from, tz=dt.UTC).replace(tzinfo=None)
    properties = word.core_properties
    texts = {
        "title": f"{document.title} – {document.company}",
        "author": document.company,
        "last_modified_by": document.company,
        "subject": f"{version}, {valid}",
        "keywords": f"{facts['version']}, {document.digest}",
        "version": facts["version"],
        "language": styles.full_language(document.locale),
        "comments": "",
    }
    for name, text in texts.items():
        setattr(properties, name, without_illegal(text)[:_LONGEST])
    # Not the day of the export: the same guideline is the same file on any day.
    properties.revision = 1
    properties.created = properties.modified = day


def _frame(word: WordDocument, document: Document) -> None:
    """Set paper, header and footer; the first page has the company's band."""
    section = word.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in _PAPER)
    section.left_margin = section.right_margin = _AT_EDGE
    section.top_margin = section.bottom_margin = Mm(22)
    section.header_distance = section.footer_distance = Mm(11)
    section.different_first_page_header_footer = True
    facts, title = document.running_texts, f"{document.title} – {document.company}"
    # Whoever holds one sheet must see what it is, and who may read it.
    register = [
        facts[key] for key in ("document_number", "classification") if key in facts
    ]
    band = section.first_page_header.paragraphs[0]
    band.style = word.styles[styles.BAND]
    valid = f"{document.labels.word('valid_from')} {facts['valid_from']}"
    _tabbed(band, " · ".join((document.title, *register)), valid)
    section.header.paragraphs[0].text = _clean(" · ".join((title, *register)))
    for header in (section.first_page_header, section.header):
        if draft := facts.get("draft"):
            header.add_paragraph(_clean(draft), style=word.styles[styles.DRAFT])
    _footer(section.first_page_footer.paragraphs[0], document)
    _footer(section.footer.paragraphs[0], document)


def _tabbed(paragraph: Paragraph, left: str, right: str) -> None:
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    xml.add_run(paragraph, _clean(left))
    xml.add_run(paragraph, "\t" + _clean(right))


def _footer(paragraph: Paragraph, document: Document) -> None:
    """Write version and page, in the pack's words."""
    facts = document.running_texts
    version = f"{document.labels.word('version')} {facts['version']}"
    _tabbed(paragraph, f"{version} ({facts['digest_short']})", "")
    before, _, rest = document.labels.word("page_of").partition("{page}")
    between, _, after = rest.partition("{pages}")
    xml.add_run(paragraph, before)
    # The numbers are shown only until Word has counted.
    xml.add_field(paragraph, "PAGE", "1")
    xml.add_run(paragraph, between)
    xml.add_field(paragraph, "NUMPAGES", "1")
    xml.add_run(paragraph, after)


def _sender(
    word: WordDocument, document: Document, draw: Callable[[Asset], bytes]
) -> None:
    """Write whose guideline it is: the logo, else the company's name; and the news."""
    sender = word.add_paragraph(style=word.styles[styles.SENDER])
    if document.logo:
        run = sender.add_run()
        picture = run.add_picture(
            io.BytesIO(_shown(document.logo, draw)), height=_LOGO_HEIGHT
        )
        if picture.width > _LOGO_WIDEST:
            picture.height = round(picture.height * _LOGO_WIDEST / picture.width)
            picture.width = _LOGO_WIDEST
        describe(run, _clean(document.company))
    else:
        xml.add_run(sender, _clean(document.company))
    if news := document.running_texts.get("news"):
        paragraph = word.add_paragraph(style=word.styles[styles.NEWS])
        paragraph.add_run(f"{document.labels.word('news_title')}: ").bold = True
        xml.add_run(paragraph, _clean(news))


def _facts(word: WordDocument, document: Document) -> None:
    """End with who is responsible, since when it is valid, and which version it is."""
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.space_before = Mm(8)
    xml.border(xml.element_of(paragraph).get_or_add_pPr(), "top", "CFD7E0", 6)
    for number, fact in enumerate(facts_of(document.running_texts, document.labels)):
        if number:
            xml.add_run(paragraph, " · ")
        xml.add_run(paragraph, f"{fact.label}: ")
        paragraph.add_run(_clean(fact.value)).bold = True


def _clean(text: str) -> str:
    """Return a text on one line, without what XML cannot hold."""
    return " ".join(without_illegal(text).split())


def _packed(word: WordDocument) -> bytes:
    """Return the file's bytes, without the day on which it was written."""
    for part in (word.part, word.part.package):
        for number, relation in list(part.rels.items()):
            if relation.reltype.rpartition("/")[2] in _UNUSED_PARTS:
                del part.rels[number]
    written, fixed = io.BytesIO(), io.BytesIO()
    word.save(written)
    with (
        zipfile.ZipFile(written) as source,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(
                # 1980 is the earliest year that a ZIP file can name.
                zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0)),
                source.read(name),
                compress_type=zipfile.ZIP_DEFLATED,
            )
    return fixed.getvalue()
