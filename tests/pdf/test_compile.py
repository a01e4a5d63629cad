"""Templates: the built-in one, missing ones, and wrong ones."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.pdf.conftest import TEMPLATE, with_markdown
from tests.wording import raises

from guidegen.errors import PdfError
from guidegen.model.document import Document
from guidegen.pdf.build import build_pdf


def build_with(template: Path, document: Document, code: str) -> object:
    """Build with a template of one line of code; return the notes."""
    template.mkdir()
    (template / "guideline.typ").write_text(
        f'#set document(title: "x")\n#set text(lang: "de")\n= Titel\n{code}\n',
        encoding="utf-8",
    )
    into = template.with_suffix(".pdf")
    return build_pdf(with_markdown(document, "# x\n"), template=template, into=into)


def test_a_pack_without_a_template_is_an_error(
    german: Document, tmp_path: Path
) -> None:
    with raises(PdfError, match=r"no guideline\.typ") as caught:
        build_pdf(german, template=tmp_path, into=tmp_path / "guideline.pdf")

    assert caught.value.path == tmp_path


def test_a_wrong_template_is_an_error_with_its_file(
    german: Document, tmp_path: Path
) -> None:
    with raises(PdfError, match=r"cannot be typeset \(.*nirgends") as caught:
        build_with(tmp_path / "pdf", german, "#nirgends")

    assert caught.value.path == tmp_path / "pdf" / "guideline.typ"


def test_a_template_cannot_fetch_a_package(german: Document, tmp_path: Path) -> None:
    with raises(PdfError, match="imports a package from the internet"):
        build_with(tmp_path / "pdf", german, '#import "@preview/cetz:0.3.4"')


def test_a_template_reads_nothing_outside_its_folder(
    german: Document, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")

    with raises(PdfError, match="cannot be typeset"):
        build_with(tmp_path / "pdf", german, '#read("../secret.txt")')


def test_a_warning_of_the_template_is_a_note(german: Document, tmp_path: Path) -> None:
    notes = build_with(tmp_path / "pdf", german, '#text(font: "Fehlt")[x]')

    assert isinstance(notes, tuple)
    assert [note.message for note in notes] == ["pdf-typst-warning"]


def test_a_template_that_itself_holds_an_undrawn_character_is_an_error(
    german: Document, tmp_path: Path
) -> None:
    with raises(PdfError, match="no font contains “\ue000”"):
        build_with(tmp_path / "pdf", german, "\ue000")


def test_a_template_may_read_the_document_from_the_inputs(
    german: Document, tmp_path: Path
) -> None:
    own = tmp_path / "pdf"
    shutil.copytree(TEMPLATE, own)
    text = (own / "data.typ").read_text("utf-8")
    begin, _, rest = text.partition("#let document-data = ")
    (own / "data.typ").write_text(
        begin
        + "#let document-data = json(bytes(sys.inputs.document))\n"
        + rest.partition("\n")[2],
        encoding="utf-8",
    )
    for number, template in enumerate((TEMPLATE, own)):
        build_pdf(german, template=template, into=tmp_path / f"{number}.pdf")

    assert (tmp_path / "0.pdf").read_bytes() == (tmp_path / "1.pdf").read_bytes()
