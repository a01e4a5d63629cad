"""The step: a document becomes a PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from guidegen.arrange import Arrangement
from guidegen.errors import PdfError
from guidegen.model.document import Asset, Document
from guidegen.model.note import Note
from guidegen.page.normalise import NormalPage
from guidegen.pdf.characters import (
    LATIN,
    Namer,
    clean_text,
    unusual_characters,
)
from guidegen.pdf.compile import (
    Compiled,
    NotDrawnError,
    compile_pdf,
    picture_png,
    ready_to_compile,
    undrawn,
)
from guidegen.pdf.nodes import PdfInputs, pdf_inputs
from guidegen.schema.svg_files import read_svg

_FEW = 40
"""How many unusual characters Typst itself may be asked for."""

Typeset: TypeAlias = "tuple[bytes, tuple[Note, ...]]"
"""A PDF, and what the author should know of it."""


def build_pdf(
    document: Document,
    *,
    template: Path,
    into: Path,
    pages: Sequence[NormalPage] | None = None,
    arrangement: Arrangement | None = None,
) -> tuple[Note, ...]:
    """Write a document as PDF (PDF/UA-1 and PDF/A-2a, same input, same bytes).

    Args:
        document: The pages of one language.
        template: The pack's folder `pdf`, with `guideline.typ`.
        into: The file to write.
        pages: Its pages, if this run has normalised them already.
        arrangement: Which section is what; None for what the template knows itself.

    Returns:
        What the author should know, such as characters that had to be replaced.

    Raises:
        RenderError: A page holds what no output shows, or a link leads nowhere.
        PdfError: A picture or character cannot be shown, or the template is wrong.
        PackError: The pack lacks a word.
    """
    with prepare_pdf(
        document, template=template, pages=pages, arrangement=arrangement
    ) as typeset:
        pdf, notes = typeset()
    write_pdf(pdf, into)
    return notes


@contextmanager
def prepare_pdf(
    document: Document,
    *,
    template: Path,
    pages: Sequence[NormalPage] | None = None,
    arrangement: Arrangement | None = None,
) -> Iterator[Callable[[], Typeset]]:
    """Prepare a PDF; yield what typesets it, which may run in another thread.

    All that needs Python is done by now: a thread that took Python's lock again after
    each small file would wait for it each time.

    Args:
        document: The pages of one language.
        template: The pack's folder `pdf`, with `guideline.typ`.
        pages: Its pages, if this run has normalised them already.
        arrangement: Which section is what; None for what the template knows itself.

    Raises:
        GuidegenError: As `build_pdf`; what Typst finds is raised when it is called.
    """
    inputs = pdf_inputs(with_drawable_logo(document), pages, arrangement)
    with prepare_inputs(inputs, template) as typeset:
        yield typeset


@contextmanager
def prepare_inputs(
    inputs: PdfInputs, template: Path
) -> Iterator[Callable[[], Typeset]]:
    """Prepare what a template is given; yield what typesets it, in any thread.

    Args:
        inputs: What the template is given; its labels have the word `character`.
        template: The folder with its files.

    Raises:
        PdfError: As `prepare_pdf`.
    """
    content, notes = clean_text(inputs.content)
    inputs = inputs.with_content(content)
    with ready_to_compile(inputs, template) as compiled:

        def typeset() -> Typeset:
            pdf, more = _typeset(inputs, template, compiled)
            return pdf, notes + more

        yield typeset


def with_drawable_logo(document: Document) -> Document:
    """Return the document with a logo that has no text that fonts may lack.

    A PDF that everybody can read has no letter without a glyph; a picture of them may.
    """
    logo = document.logo
    if logo is None or not logo.path.endswith(".svg") or b"<text" not in logo.content:
        return document
    if not any(ord(letter) > LATIN for letter in read_svg(logo.content).text):
        return document
    path = logo.path.removesuffix(".svg") + ".png"
    return replace(document, logo=Asset(path=path, content=picture_png(logo)))


def write_pdf(pdf: bytes, into: Path) -> None:
    """Write a PDF.

    Raises:
        PdfError: The system refuses.
    """
    try:
        into.write_bytes(pdf)
    except OSError as error:
        raise PdfError("error-pdf-write", path=into, detail=error.strerror) from error


def _typeset(
    inputs: PdfInputs, template: Path, compiled: Callable[[], Compiled]
) -> Typeset:
    """Return the PDF; if Typst cannot draw a character, try again with its name.

    Typst itself says what it cannot draw, so ordinary text costs nothing extra.
    """
    try:
        # Where many characters are in no font, Typst looks for each of them in all
        # fonts at every place where a line may break: minutes for one long answer.
        if len(_in_no_font(inputs)) > _FEW:
            raise NotDrawnError("")  # noqa: TRY301  # as if Typst had said so
        pdf, warnings = compiled()
    except NotDrawnError:
        pdf, warnings, notes = _typeset_with_names(inputs, template)
    else:
        notes = ()
    return pdf, notes + tuple(
        Note(message="pdf-typst-warning", values={"warning": warning})
        for warning in dict.fromkeys(warnings)
    )


def _in_no_font(inputs: PdfInputs) -> set[str]:
    unusual = unusual_characters(inputs.content)
    if len(unusual) <= _FEW:
        return set()
    from guidegen.pdf.fonts import drawable  # noqa: PLC0415  # reads all fonts

    known = drawable()
    return {character for character in unusual if ord(character) not in known}


def _typeset_with_names(
    inputs: PdfInputs, template: Path
) -> tuple[bytes, tuple[str, ...], tuple[Note, ...]]:
    labels = inputs.content["labels"]
    word = str(labels["character"]) if isinstance(labels, dict) else ""
    unusual = unusual_characters(inputs.content)
    missing = _in_no_font(inputs)
    # Typst's own fonts have a few more; to ask for many takes minutes.
    undrawable = missing if len(missing) > _FEW else undrawn(unusual)
    namer = Namer(undrawable, str(inputs.content["language"]), word)
    while True:
        content, notes = namer.apply(inputs.content)
        try:
            pdf, warnings = compile_pdf(inputs.with_content(content), template)
        except NotDrawnError as error:
            # Characters that are drawn alone may not be drawn next to each other.
            # If Typst does not name them, every unusual character gives way: a PDF with
            # names is better than none.
            if namer.refuse(error.characters) or namer.refuse(unusual):
                continue
            raise PdfError(
                "error-pdf-characters",
                path=template / inputs.main,
                characters=error.characters,
            ) from error
        return pdf, warnings, notes
