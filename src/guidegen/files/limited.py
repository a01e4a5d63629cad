"""Reads files that anybody may have written, as far as they are not too large."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PIECE: Final = 1 << 16


def read_at_most(path: Path, most: int) -> bytes:
    """Return what a file holds; of one that holds more, what shows that.

    In pieces: to read as many bytes as there may be, Python first makes room for all
    of them. For the records of a hundred releases, that took longer than reading them.

    Args:
        path: The file.
        most: How many bytes it may have; of a larger one, more than so many come back.

    Raises:
        OSError: The system refuses.
    """
    pieces: list[bytes] = []
    size = 0
    with path.open("rb") as file:
        while size <= most and (piece := file.read(_PIECE)):
            pieces.append(piece)
            size += len(piece)
    return b"".join(pieces)
