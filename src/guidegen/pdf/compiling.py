"""Typst: one template, one document, one PDF."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from guidegen.errors import PdfError
from guidegen.pdf.fonts import load_fonts

if TYPE_CHECKING:
    from guidegen.pdf.inputs import PdfInputs

MAIN: Final = "guideline.typ"
STANDARDS: Final = ("ua-1", "a-2a")
_PACKAGE: Final = re.compile(r'"@[\w-]+/[\w-]+:')
_NOT_DRAWN: Final = re.compile(r'the text `"(.*?)"`', re.DOTALL)
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")


class NotDrawnError(Exception):
    """Typst has no glyph for `characters`."""

    def __init__(self, characters: str) -> None:
        super().__init__(characters)
        self.characters = characters


def compile_pdf(inputs: PdfInputs, template: Path) -> tuple[bytes, tuple[str, ...]]:
    """Return the PDF and Typst's warnings.

    Args:
        inputs: What the template is given.
        template: The folder with `guideline.typ`.

    Raises:
        NotDrawnError: No font has a glyph for some of the text.
        PdfError: The template is wrong or cannot show one of the pictures.
    """
    import typst  # noqa: PLC0415  # only a build needs it

    # Typst reads nothing outside its root, so the root holds nothing but this.
    with tempfile.TemporaryDirectory(prefix="guidegen-pdf-") as folder:
        root = Path(folder)
        _fill(root, inputs, template)
        compiler = typst.Compiler(
            str(root / MAIN), root=folder, font_paths=load_fonts()
        )
        try:
            pdf, warnings = compiler.compile_with_warnings(
                format="pdf",
                sys_inputs=inputs.sys_inputs(),
                pdf_standards=[*STANDARDS],
                timestamp=inputs.timestamp,
            )
        except typst.TypstError as error:
            raise _translated(error, template) from error
    if not isinstance(pdf, bytes):
        raise TypeError(pdf)
    return pdf, tuple(warning.message for warning in warnings)


def _fill(root: Path, inputs: PdfInputs, template: Path) -> None:
    """Copy the template and the pictures into the compiler's folder."""
    if not (template / MAIN).is_file():
        raise PdfError(
            f"the template pack has no {MAIN}",
            path=template,
            hint="copy it from the built-in pack",
        )
    for source in sorted(template.rglob("*.typ")):
        if _PACKAGE.search(source.read_text(encoding="utf-8")):
            raise PdfError(
                "the PDF template imports a package from the internet",
                path=source,
                hint="put the package's files into the pack and import those",
            )
    shutil.copytree(template, root, dirs_exist_ok=True)
    for name, content in inputs.files.items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


def _translated(error: Exception, template: Path) -> Exception:
    """Return Typst's error as one of ours."""
    message = str(getattr(error, "message", error))
    found = _NOT_DRAWN.search(message)
    if found:
        text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1])
        return NotDrawnError(text)
    hints = "; ".join(getattr(error, "hints", ()))
    return PdfError(
        f"the PDF cannot be typeset: {message}",
        path=template / MAIN,
        hint=hints or "check the pictures and the pack's PDF template",
    )
