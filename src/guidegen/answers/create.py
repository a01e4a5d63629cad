"""Makes a company's project: the answers last, so there is never half a project."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.answers.new import SCHEMA, new_answers
from guidegen.answers.read import check_text
from guidegen.answers.schema import json_schema
from guidegen.files import explained, write_atomic
from guidegen.model.pack import Pack

if TYPE_CHECKING:
    from guidegen.answers.plain import Plain

_IGNORED = ("/site/", "/.guidegen/")
IGNORE_FILE = "\n".join(_IGNORED) + "\n"
"""The `.gitignore` of a new project."""


def create_answers(
    path: Path,
    values: Mapping[str, Plain],
    pack: Pack,
    *,
    language: str,
    logo: Path | None = None,
) -> None:
    """Write `guideline.yml`, its schema for editors, and what version control ignores.

    Args:
        path: Where `guideline.yml` goes.
        values: The answers, nested as in the file.
        pack: The pack they are for.
        language: What the comments are written in.
        logo: A file to be copied beside the answers, which name it `brand.logo`.

    Raises:
        ProblemsError: The answers are not valid; nothing is written but the logo.
        FilesError: Something cannot be written.
    """
    text = new_answers(values, pack, language)
    if logo is not None and logo.resolve() != (path.parent / logo.name).resolve():
        with explained(logo):
            content = logo.read_bytes()
        write_atomic(path.parent / logo.name, content)
    check_text(text, path, pack=pack)
    write_schema(path, pack, language)
    _ignore(path.parent / ".gitignore")
    write_atomic(path, text.encode())


def write_schema(path: Path, pack: Pack, language: str) -> None:
    """Write the schema with which editors complete and explain `guideline.yml`.

    Raises:
        FilesError: It cannot be written.
    """
    schema = json.dumps(json_schema(pack, language), ensure_ascii=False, indent=1)
    write_atomic(path.parent / SCHEMA, f"{schema}\n".encode())


def _ignore(path: Path) -> None:
    """Name what is built or can be made again; what is in the file stays."""
    with explained(path):
        old = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
    present = {line.strip().strip("/") for line in old.splitlines()}
    new = [name for name in _IGNORED if name.strip("/") not in present]
    if new:
        start = f"{old.rstrip()}\n" if old.strip() else ""
        write_atomic(path, (start + "\n".join(new) + "\n").encode())
