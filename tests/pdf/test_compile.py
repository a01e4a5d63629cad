"""Templates: the built-in one, missing ones, and wrong ones."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest
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


@pytest.mark.parametrize(
    "code",
    [
        '#import "@preview/cetz:0.3.4"',
        '#import ("@pre" + "view/cetz:0.3.4")',
        '#eval("import \\"@preview/cetz:0.3.4\\"")',
        '#include "@preview/cetz:0.3.4"',
        '#import "@local/secret:0.1.0"',
    ],
)
def test_a_template_cannot_fetch_a_package(
    code: str, german: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A package of this computer's is none of a stranger's, either.
    package = tmp_path / "data" / "typst" / "packages" / "local" / "secret" / "0.1.0"
    package.mkdir(parents=True)
    (package / "typst.toml").write_text(
        '[package]\nname = "secret"\nversion = "0.1.0"\nentrypoint = "a.typ"\n'
    )
    (package / "a.typ").write_text("secret")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        proxy = f"http://127.0.0.1:{server.getsockname()[1]}"
        for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy)

        with raises(PdfError, match="imports a package from the internet"):
            build_with(tmp_path / "pdf", german, code)

        with pytest.raises(BlockingIOError):  # nobody has asked
            server.accept()


@pytest.mark.parametrize(
    "code",
    [
        '#read("../secret.txt")',
        '#read("/../secret.txt")',
        '#read("/../../../../../../../../../../etc/passwd")',
        '#read("{secret}")',
        '#image("../secret.txt")',
        '#include "../secret.txt"',
        '#plugin("../secret.txt")',
        '#read(sys.inputs.at("HOME", default: "/etc/hostname"))',
    ],
)
def test_a_template_reads_nothing_outside_its_folder(
    code: str, german: Document, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")

    with pytest.raises(PdfError):
        build_with(tmp_path / "pdf", german, code.replace("{secret}", str(secret)))


def test_a_file_of_the_template_is_no_module(german: Document, tmp_path: Path) -> None:
    template = tmp_path / "pdf"
    template.mkdir()
    there = tmp_path / "written"
    for name in ("typst.py", "json.py", "sitecustomize.py", "usercustomize.py"):
        (template / name).write_text(f"open({str(there)!r}, 'w')")
    (template / "guideline.typ").write_text('#set document(title: "x")\n= A')

    build_pdf(
        with_markdown(german, "# x\n"), template=template, into=tmp_path / "a.pdf"
    )

    assert not there.exists()


@pytest.mark.slow
def test_a_template_without_an_end_ends(
    german: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guidegen.pdf.apart.SECONDS", 2.0)
    loops = "".join(f"for a{number} in range(9999) {{" for number in range(4))

    with raises(PdfError, match="too long") as caught:
        build_with(tmp_path / "pdf", german, f"#{{ {loops} {'}' * 5}")

    assert caught.value.path == tmp_path / "pdf" / "guideline.typ"


def test_a_warning_of_the_template_is_a_note(german: Document, tmp_path: Path) -> None:
    notes = build_with(tmp_path / "pdf", german, '#text(font: "Fehlt")[x]')

    assert isinstance(notes, tuple)
    assert [note.message for note in notes] == ["pdf-typst-warning"]


def test_a_template_that_itself_holds_an_undrawn_character_is_an_error(
    german: Document, tmp_path: Path
) -> None:
    with raises(PdfError, match="no font contains “\ue000”"):
        build_with(tmp_path / "pdf", german, "\ue000")


@pytest.mark.slow
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
