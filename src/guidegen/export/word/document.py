"""The Word file: its properties, whose it is, its text and its facts."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm

from guidegen.arrange import kicker_of
from guidegen.export.chapters import chapters_of, without_illegal
from guidegen.export.word import styles, xml
from guidegen.export.word.body import write_chapter
from guidegen.export.word.frame import clean, set_frame
from guidegen.export.word.line import Writing, describe
from guidegen.export.word.style_index import StyleIndex
from guidegen.export.word.tracked import Aligning, track
from guidegen.model.adaptation import NameRules
from guidegen.model.document import Asset, Document
from guidegen.model.labels import facts_of

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
    document: Document,
    *,
    look: Sequence[Path],
    draw: Callable[[Asset], bytes],
    look_of: Callable[[str, str], str | None],
    names: NameRules | None = None,
) -> bytes:
    """Return a document as a Word file; same document, same bytes.

    See `word_document`.
    """
    word = word_document(document, look=look, draw=draw, look_of=look_of, names=names)
    return packed(word)


def tracked_file(  # noqa: PLR0913  # the look, and what is tracked
    old: Document,
    new: Document,
    *,
    look: Sequence[Path],
    draw: Callable[[Asset], bytes],
    look_of: Callable[[str, str], str | None],
    names: NameRules | None = None,
    by: tuple[str, dt.date],
    aligning: Aligning,
) -> bytes:
    """Return two versions as one Word file with tracked changes; see `track`.

    Both have the look of the new one; same documents, same bytes.

    Args:
        old: The pages as they were.
        new: The pages as they are.
        look: As for `word_document`, like the next three.
        draw: Draws pictures.
        look_of: Says what a section is.
        names: How legal forms are known.
        by: Who has changed it, and when.
        aligning: How blocks of both are put beside each other.

    Raises:
        ExportError: A link leads nowhere, or a picture is missing or broken.
        RenderError: A page holds an element that no output knows.
    """
    before, after = (
        word_document(document, look=look, draw=draw, look_of=look_of, names=names)
        for document in (replace(old, brand_color=new.brand_color), new)
    )
    author, day = by
    track(before, after, author=without_illegal(author), day=day, aligning=aligning)
    return packed(after)


def word_document(
    document: Document,
    *,
    look: Sequence[Path],
    draw: Callable[[Asset], bytes],
    look_of: Callable[[str, str], str | None],
    names: NameRules | None = None,
) -> WordDocument:
    """Return a document as what will be a Word file.

    Args:
        document: The pages of one language.
        look: The packs' `export/` folders, the most specific first.
        draw: Returns a picture that Word does not show (SVG) as PNG.
        look_of: Says what a section of a page is, by their ids ("rule", "help"), as on
            the site; None if it is just text.
        names: How the pack knows legal forms: a name that is cut keeps them whole.

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
    set_frame(word, document, names)
    pictures = {
        asset.path: asset
        for chapter in chapters
        for asset in chapter.page.pictures.values()
    }
    shown = {path: _shown(asset, draw) for path, asset in pictures.items()}
    writing = Writing(
        word=word,
        styles=StyleIndex(word),
        pictures=shown,
        look_of=look_of,
        kicker=lambda sentence: kicker_of(sentence, document.labels, document.language),
    )
    _sender(word, document, draw)
    for chapter in chapters:
        write_chapter(writing, chapter)
    _facts(word, document)
    return word


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
        describe(run, clean(document.company))
    else:
        xml.add_run(sender, clean(document.company))
    if news := document.running_texts.get("news"):
        paragraph = word.add_paragraph(style=word.styles[styles.NEWS])
        paragraph.add_run(f"{document.labels.word('news_title')}: ").bold = True
        xml.add_run(paragraph, clean(news))


def _facts(word: WordDocument, document: Document) -> None:
    """End with who is responsible, since when it is valid, and which version it is."""
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.space_before = Mm(8)
    xml.border(xml.element_of(paragraph).get_or_add_pPr(), "top", "CFD7E0", 6)
    for number, fact in enumerate(facts_of(document.running_texts, document.labels)):
        if number:
            xml.add_run(paragraph, " · ")
        xml.add_run(paragraph, f"{fact.label}: ")
        run = paragraph.add_run(clean(fact.value))
        run.bold = True
        if fact.lang:
            full = styles.full_language(fact.lang)
            xml.put(run.element.get_or_add_rPr(), xml.element("lang", val=full))


def packed(word: WordDocument) -> bytes:
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
