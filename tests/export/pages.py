"""Documents to export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.samples import answers_with
from tests.test_hostile import TEXTS

from guidegen.export.chapters import without_illegal
from guidegen.model.document import Document, Page
from guidegen.pack.load import load_pack
from guidegen.pipeline.working_copy import compose_documents

NEWS = "Neu ist das Thema Windpark; KI-Bilder <werden> gekennzeichnet."
ANSWERS = TEXTS.map(lambda text: " ".join(without_illegal(text).split())).filter(bool)
"""Any text that can be an answer: what cannot is refused where answers are read."""


def with_text(folder: Path, text: str) -> Document:
    """Return a German document with this text in every answer."""
    # In its only language: with two, a text for both may be marked as in the other one.
    answers = replace(answers_with(folder, text), languages=("de",))
    return compose_documents(answers, load_pack("dell"))[0]


def with_page(document: Document, markdown: str) -> Document:
    """Return a document that has only this page."""
    page = Page(id="index", title="Eine Seite", markdown=markdown)
    return replace(document, pages=(page,))


def in_force(document: Document) -> Document:
    """Return a document without the mark of a draft and without news."""
    kept = {
        key: value
        for key, value in document.running_texts.items()
        if key not in {"draft", "news"}
    }
    return replace(document, running_texts=kept)
