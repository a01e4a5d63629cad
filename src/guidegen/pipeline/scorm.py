"""Packages for learning platforms: the cards as the site has them, and the text."""

from __future__ import annotations

import re
from pathlib import Path

from guidegen.arrange import read_arrangement
from guidegen.export.html import html_file
from guidegen.export.scorm import (
    GUIDELINE,
    START,
    Package,
    leading_to_anchors,
    scorm_file,
)
from guidegen.export.scorm_manifest import Course
from guidegen.model.document import Document
from guidegen.model.pack import Pack
from guidegen.model.text import unmarked
from guidegen.pack.style import page_style
from guidegen.pipeline.export_source import Source
from guidegen.site.alive import guideline_id
from guidegen.site.practice import practice_page


def scorm_package(
    document: Document, source: Source, pack: Pack, mark: int | None
) -> bytes:
    """Return a language's package.

    Args:
        document: The guideline in that language.
        source: What is exported, with the decks of its cards.
        pack: The pack, whose look the package has.
        mark: How many per cent of the core pass; None if practising it is enough.

    Raises:
        ExportError: A template is wrong.
        RenderError: A page holds what no output shows.
    """
    deck = leading_to_anchors(source.decks[document.language])
    name = f"guidegen-{guideline_id(source.documents)}-{document.language}"
    style = page_style(pack.folders, document.brand_color)
    word = document.labels.word
    return scorm_file(
        Package(
            document=document,
            deck=deck,
            practice=practice_page(
                deck, front=GUIDELINE, key=f"{name}:practice", keeper="scorm"
            ),
            guideline=_leaving_the_frame(
                html_file(
                    document,
                    look=[folder / "export" for folder in pack.folders],
                    style=style,
                    arrangement=read_arrangement(_theme(pack)),
                    back=(START, word("scorm_back")),
                )
            ),
            style=_alone(pack, style),
            course=Course(
                identifier=name,
                version=document.edition.version,
                title=word("scorm_title", title=unmarked(document.title)),
                mark=mark,
            ),
        )
    )


def _leaving_the_frame(page: bytes) -> bytes:
    """Return a page whose links to other sites open a window of their own.

    Platforms show a package in a frame, in which most other sites refuse to open: there
    would be a blank page, and no way back to the course.
    """
    opening = rb'<a target="_blank" rel="noopener"\1'
    return re.sub(rb'<a((?: [a-z-]+="[^"]*")*? href="https?:)', opening, page)


def _theme(pack: Pack) -> list[Path]:
    return [folder / "site" for folder in pack.folders if (folder / "site").is_dir()]


def _alone(pack: Pack, style: str) -> str:
    """Return the look of a page that stands alone, with what the guideline's adds."""
    for folder in pack.folders:
        path = folder / "export" / "guideline.css"
        if path.is_file():
            return f"{style}\n{path.read_text(encoding='utf-8')}"
    return style
