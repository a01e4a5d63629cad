"""Takes the pack's text of a section into the company's hands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.errors import FilesError
from guidegen.files import write_atomic

if TYPE_CHECKING:
    from guidegen.merge.sections import OwnText


def take_texts(texts: Mapping[OwnText, str]) -> tuple[Path, ...]:
    """Write the pack's texts as the company's own, and remember what they came from.

    Args:
        texts: The pack's text for each own text that is to be.

    Returns:
        The files to edit.

    Raises:
        FilesError: One of them is there already; nothing is written.
    """
    for own in texts:
        if own.path.exists():
            raise FilesError("error-customize-own", path=own.path)
    for own, text in texts.items():
        # First what it came from: alone it says nothing, and is written again.
        write_atomic(own.folder / own.base_name, text.encode())
        write_atomic(own.path, text.encode())
    return tuple(own.path for own in texts)
