"""Typesets with a template that somebody else may have written: in a process apart.

Typst itself keeps a template from files outside its folder, but it would load packages
from the internet, and a template can compute for ever. So the process has no way out,
little time and little memory.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import typst

from guidegen.errors import PdfError, ProcessError
from guidegen.pdf.fonts import font_folders
from guidegen.process import run_program

SECONDS: Final = 60.0
"""So long may a PDF take; the built-in template needs about one second."""

_MEMORY: Final = 3 * 2**30
"""Bytes of addresses, most of which are never used."""

_PROGRAM: Final = Path(__file__).with_name("apart_program.py")

# No computer has this port, and the name of no host is looked up.
_NO_WAY_OUT: Final = "http://127.0.0.1:0"
_PROXIES: Final = ("http_proxy", "https_proxy", "all_proxy")

_TAKEN_ALONG: Final = (
    *("LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "SYSTEMROOT"),
    *("TEMP", "TMP", "TMPDIR"),
)
"""What a program needs to start; nothing else of the user's environment."""


class ApartError(Exception):
    """What Typst found wrong there, in the form of its own error."""

    def __init__(self, message: str, hints: Sequence[str]) -> None:
        super().__init__(message)
        self.message = message
        self.hints = hints


def compile_apart(
    main: Path,
    sys_inputs: Mapping[str, str],
    *,
    standards: Sequence[str],
    timestamp: int,
    template: Path,
) -> tuple[bytes, tuple[str, ...]]:
    """Return the PDF and Typst's warnings.

    Args:
        main: The file to typeset; nothing outside its folder can be read.
        sys_inputs: What it is given.
        standards: The PDF's standards.
        timestamp: The PDF's time, in seconds since 1970.
        template: What an error names.

    Raises:
        ApartError: Typst found something wrong.
        PdfError: It took too long, or too much memory.
    """
    with tempfile.TemporaryDirectory(prefix="guidegen-apart-") as folder:
        pdf = Path(folder) / "made.pdf"
        asked = {
            "fonts": [str(each) for each in font_folders()],
            "main": str(main),
            "memory": _MEMORY,
            "nowhere": str(Path(folder) / "nowhere"),
            "pdf": str(pdf),
            "root": str(main.parent),
            "standards": [*standards],
            "sys_inputs": dict(sys_inputs),
            "timestamp": timestamp,
        }
        said = _answer(asked, Path(folder), template)
        if "message" in said:
            raise ApartError(said["message"], said["hints"])
        return pdf.read_bytes(), tuple(said["warnings"])


def _answer(asked: Mapping[str, object], folder: Path, template: Path) -> Any:  # noqa: ANN401
    """Run the process in its folder, and return what it says, as JSON has it."""
    try:
        finished = run_program(
            # Without -P, a file of the template's folder could pass for a module.
            [sys.executable, "-P", "-s", str(_PROGRAM)],
            environment=_environment(),
            folder=folder,
            stdin=[json.dumps(asked).encode()],
            timeout=SECONDS,
        )
    except ProcessError as error:
        raise PdfError("error-pdf-too-much", path=template) from error
    if finished.code:
        detail = finished.errors.strip().rpartition("\n")[2]
        raise PdfError("error-pdf-too-much", path=template, detail=detail)
    return json.loads(finished.out)


def _environment() -> dict[str, str]:
    """Return what the process knows: no way to the internet, and no secrets."""
    taken = {name: os.environ[name] for name in _TAKEN_ALONG if name in os.environ}
    closed = {spelt: _NO_WAY_OUT for name in _PROXIES for spelt in (name, name.upper())}
    # Typst may lie where only this process looks for it.
    packages = str(Path(typst.__file__).parents[1])
    return taken | closed | {"no_proxy": "", "NO_PROXY": "", "PYTHONPATH": packages}
