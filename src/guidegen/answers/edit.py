"""Changes values in `guideline.yml` and leaves every other byte as it was."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.answers.places import find_node, untyped, written
from guidegen.answers.plain import put
from guidegen.answers.read import check_text
from guidegen.answers.shape import contract
from guidegen.answers.source import read_source
from guidegen.answers.splice import Change, change_text
from guidegen.answers.tree import parse
from guidegen.errors import AnswersError
from guidegen.files import write_atomic
from guidegen.model.pack import Pack

if TYPE_CHECKING:
    from guidegen.answers.plain import Plain

_BOM = b"\xef\xbb\xbf"


def edit_answers(path: Path, changes: Mapping[str, Plain | None], pack: Pack) -> bool:
    """Set values by dotted key; None takes a value out.

    The whole new file is checked before it is written.

    Args:
        path: `guideline.yml`.
        changes: Dotted keys such as `contacts.0.phone`, and their new values.
        pack: The pack that the answers are for.

    Returns:
        Whether anything changed.

    Raises:
        ProblemsError: The file would not be valid; nothing is written.
        FilesError: It cannot be written.
    """
    real = path.resolve()  # a link stays a link
    after = edited_file(path, changes, pack)
    if after == real.read_bytes():
        return False
    write_atomic(real, after, mode=real.stat().st_mode & 0o777)
    return True


def edited_file(path: Path, changes: Mapping[str, Plain | None], pack: Pack) -> bytes:
    """Return the file as `edit_answers` would write it.

    Raises:
        ProblemsError: It would not be valid.
        AnswersError: A change is not possible in the way the file is written.
    """
    after = edited_text(read_source(path), changes, pack, path)
    check_text(after, path, pack=pack)
    bom = _BOM if path.read_bytes().startswith(_BOM) else b""
    return bom + after.encode()


def edited_text(
    text: str, changes: Mapping[str, Plain | None], pack: Pack, path: Path | None = None
) -> str:
    """Return a file's text with values changed, and nothing else.

    Raises:
        ProblemsError: The text is not YAML.
        AnswersError: A change is not possible in the way the file is written.
    """
    shape = contract(pack)
    for key, value in changes.items():
        parts = key.split(".")
        asked = None if value is None else written(value)
        meant = put(untyped(parse(text, path)), parts, asked)
        text = change_text(
            text,
            Change(parts=parts, value=value, shape=shape, variants=pack.variants),
        )
        if untyped(parse(text, path)) != meant or (
            value is not None and find_node(parse(text, path), parts) is None
        ):
            raise AnswersError("error-edit-form", path=path, name=key)
    return text
