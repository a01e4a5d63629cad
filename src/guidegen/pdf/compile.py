"""Typst: a document becomes a PDF, and a picture a PNG that other programs can show."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Final, TypeAlias, cast

import typst

from guidegen.errors import PdfError
from guidegen.model.document import Asset
from guidegen.pack.find import is_installed
from guidegen.pdf.apart import ApartError, compile_apart
from guidegen.pdf.fonts import font_families, load_fonts
from guidegen.pdf.nodes import PdfInputs

_DATA: Final = "document.json"
"""The document, for templates that read it as a file rather than as `sys.inputs`."""
STANDARDS: Final = ("ua-1", "a-2a")
_MAIN: Final = "main.typ"
"""What typst-py calls the file that is typeset, among files in memory."""
_PACKAGE: Final = re.compile(
    r"(?:failed to (?:download|load) package|package not found)"
)
# Typst's errors are text only. Its version is pinned exactly, so their wording can be
# relied on; check these four when it is raised.
_NOT_DRAWN: Final = re.compile(r'the (?:text|codepoint) `"(.*?)"`', re.DOTALL)
_UNNAMED: Final = re.compile(r"missing codepoints|not mapped to a code point")
_BROKEN_PICTURE: Final = re.compile(r"\b(image|SVG)\b")
# Title and language are there because PDF/UA-1 demands them.
_PROBE: Final = b"""#set document(title: "-")
#set text(lang: "en", font: json(bytes(sys.inputs.fonts)))
#for one in json(bytes(sys.inputs.characters)) { par(one) }
"""
# Typst stops at the first text that it cannot draw, so each costs a run.
_PROBES: Final = 400
"""How many characters are asked for; from then on, the rest counts as not drawn."""
_FORGETS: Final = 6
"""So many empty documents before a guideline: the last one is still known then."""
_FORGOTTEN: Final = count(1)
_TRIM_EVERY: Final = 10
"""After so many guidelines memory is given back: the next one asks for it anew."""
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
_RESOLUTION: Final = 300.0
_DRAWING: Final = b"""#set page(width: auto, height: auto, margin: 0pt, fill: white)
#context {
  let size = measure(image(sys.inputs.name))
  let scale = calc.min(1, 480pt / size.width, 480pt / size.height)
  image(sys.inputs.name, width: size.width * scale)
}
"""
"""As large as the picture says it is, but not larger than a page's width."""

Compiled: TypeAlias = "tuple[bytes, tuple[str, ...]]"
"""A PDF, and Typst's warnings."""


class NotDrawnError(Exception):
    """No font can draw `characters`; empty if Typst does not say which."""

    def __init__(self, characters: str) -> None:
        super().__init__(characters)
        self.characters = characters


def compile_pdf(inputs: PdfInputs, template: Path) -> Compiled:
    """Return the PDF and Typst's warnings.

    Args:
        inputs: What the template is given.
        template: The folder with `guideline.typ`.

    Raises:
        NotDrawnError: No font has a glyph for some of the text.
        PdfError: The template is wrong or cannot show one of the pictures.
    """
    with ready_to_compile(inputs, template) as compiled:
        return compiled()


@contextmanager
def ready_to_compile(
    inputs: PdfInputs, template: Path
) -> Iterator[Callable[[], Compiled]]:
    """Put everything where Typst finds it; yield what compiles it, in any thread.

    Args:
        inputs: What the template is given.
        template: The folder with `guideline.typ`.

    Raises:
        NotDrawnError, PdfError: As `compile_pdf`, when it is compiled.
        PdfError: There is no template.
    """
    files, sys_inputs = _files(inputs, template), inputs.sys_inputs()
    # With other `sys.inputs`, Typst forgets all that it has worked out before: the next
    # PDF of the same process takes a fifth longer.
    sources = (files[name] for name in files if name.endswith(".typ"))
    if any(_DATA.encode() in source for source in sources):
        files[_DATA] = sys_inputs.pop("document").encode()
    # Typst reads nothing outside its root.
    with tempfile.TemporaryDirectory(prefix="guidegen-pdf-") as root:
        typeset = (
            _typeset_here(files, inputs, Path(root), sys_inputs)
            if is_installed(template)
            else _typeset_apart(files, inputs, Path(root), sys_inputs, template)
        )

        def compiled() -> Compiled:
            try:
                return typeset()
            except (typst.TypstError, ApartError) as error:
                raise _translated(error, inputs, template) from error

        yield compiled


def _typeset_here(
    files: Mapping[str, bytes],
    inputs: PdfInputs,
    root: Path,
    sys_inputs: dict[str, str],
) -> Callable[[], Compiled]:
    """Return what typesets files in memory; only pictures are put into the root."""
    named = {}
    for name, content in files.items():
        try:
            content.decode()
        except UnicodeDecodeError:
            # Files in memory have to be text for typst-py, which looks for others here.
            _put(root / name, content)
        else:
            named[_MAIN if name == inputs.main else name] = content
    compiler = typst.Compiler(
        named,  # type: ignore[type-var]  # as typst-py documents, but does not type
        root=str(root),
        font_paths=load_fonts(),
    )

    def typeset() -> Compiled:
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf",
            sys_inputs=sys_inputs,
            pdf_standards=[*STANDARDS],
            timestamp=inputs.timestamp,
        )
        # One file of bytes: only pictures of pages come as a list.
        return cast("bytes", pdf), tuple(warning.message for warning in warnings)

    return typeset


def _typeset_apart(
    files: Mapping[str, bytes],
    inputs: PdfInputs,
    root: Path,
    sys_inputs: dict[str, str],
    template: Path,
) -> Callable[[], Compiled]:
    """Return what typesets with a template that may be somebody else's."""
    for name, content in files.items():
        _put(root / name, content)
    return partial(
        compile_apart,
        root / inputs.main,
        sys_inputs,
        standards=STANDARDS,
        timestamp=inputs.timestamp,
        template=template / inputs.main,
    )


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def forget_old() -> None:
    """Let Typst forget what only earlier documents needed.

    It keeps what it has laid out for ten more documents, which nobody can change; empty
    ones count, too. The next guideline still finds what it has in common with the last.
    """
    compiler = typst.Compiler(b" ", font_paths=load_fonts())
    for _ in range(_FORGETS):
        compiler.compile(b" ", format="svg")
    if next(_FORGOTTEN) % _TRIM_EVERY:
        return
    import ctypes  # noqa: PLC0415  # no build of a process's first guideline needs it

    # The C library keeps what was freed, in pieces too small for the next one; only
    # glibc gives them back when it is told.
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def undrawn(characters: set[str]) -> set[str]:
    """Return the characters that no font can draw, by asking Typst itself."""
    compiler = typst.Compiler(font_paths=load_fonts())
    fonts = json.dumps(font_families())
    unknown, refused = sorted(characters), set[str]()
    while unknown and len(refused) < _PROBES:
        try:
            compiler.compile(
                _PROBE,
                format="pdf",
                sys_inputs={"fonts": fonts, "characters": json.dumps(unknown)},
                pdf_standards=[*STANDARDS],
                timestamp=0,
            )
        except typst.TypstError as error:
            # Anything else is a mistake of ours, and must not end in an endless loop.
            named = set(_not_drawn(error)) & set(unknown)
            if not named:
                raise
            refused |= named
            unknown = [character for character in unknown if character not in named]
        else:
            return refused
    return refused | set(unknown)


def _files(inputs: PdfInputs, template: Path) -> dict[str, bytes]:
    """Return what the compiler may read, by its path below the root."""
    if not (template / inputs.main).is_file():
        raise PdfError("error-pdf-no-template", path=template, file=inputs.main)
    files = {
        Path(folder, name).relative_to(template).as_posix(): Path(folder, name)
        for folder, _, names in os.walk(template)
        for name in names
    }
    pictures = {name: asset.content for name, asset in inputs.files.items()}
    return {name: files[name].read_bytes() for name in sorted(files)} | pictures


def _translated(error: Exception, inputs: PdfInputs, template: Path) -> Exception:
    """Return Typst's error in our terms."""
    message = str(getattr(error, "message", error))
    characters = _not_drawn(error)
    if characters or _UNNAMED.search(message):
        return NotDrawnError(characters)
    if _BROKEN_PICTURE.search(message):
        names = ", ".join(asset.path for asset in inputs.files.values())
        return PdfError("error-pdf-picture", names=names, detail=message)
    if _PACKAGE.match(message):
        return PdfError(
            "error-pdf-package", path=template / inputs.main, detail=message
        )
    detail = "; ".join((message, *getattr(error, "hints", ())))
    return PdfError("error-pdf-typst", path=template / inputs.main, detail=detail)


def _not_drawn(error: Exception) -> str:
    """Return the text that Typst could not draw, if that is what went wrong."""
    found = _NOT_DRAWN.search(str(getattr(error, "message", error)))
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1]) if found else ""


def picture_png(picture: Asset) -> bytes:
    """Return a picture (SVG, WebP) as PNG, on white as if on paper.

    Raises:
        PdfError: It is not a picture that Typst can draw.
    """
    name = f"picture{PurePosixPath(picture.path).suffix.lower()}"
    # Typst reads nothing outside its root, so the root holds nothing but this.
    with tempfile.TemporaryDirectory(prefix="guidegen-picture-") as folder:
        (Path(folder) / name).write_bytes(picture.content)
        main = Path(folder) / "main.typ"
        main.write_bytes(_DRAWING)
        compiler = typst.Compiler(str(main), root=folder, font_paths=load_fonts())
        try:
            pages = compiler.compile(
                format="png", ppi=_RESOLUTION, sys_inputs={"name": name}
            )
        except typst.TypstError as error:
            raise PdfError(
                "error-export-draw", picture=picture.path, detail=error.message
            ) from error
    page = pages[0] if isinstance(pages, list) else pages
    if page is None:
        raise PdfError("error-export-empty", picture=picture.path)
    return page
