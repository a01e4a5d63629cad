"""Stands in for typesetting, a third of a build, where a test looks at no PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from guidegen.model.document import Document
from guidegen.model.note import Note
from guidegen.model.pack import Pack
from guidegen.page.normalise import NormalPage


def use_quick_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let PDFs only say which document and edition they are of."""
    monkeypatch.setattr("guidegen.pipeline.outputs.prepare_pdf", _quick_pdf)


@contextmanager
def _quick_pdf(
    document: Document, pack: Pack, pages: tuple[NormalPage, ...]
) -> Iterator[Callable[[], tuple[bytes, tuple[Note, ...]]]]:
    del pack, pages
    said = f"%PDF-1.7 {document.digest} {document.edition}"
    yield lambda: (said.encode(), ())
