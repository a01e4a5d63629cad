"""The files below a folder, by their names in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

LEFT_BY_SYSTEMS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What a system's file manager leaves in a folder."""


def walk_files(folder: str | Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield everything below a folder except folders; links are not followed.

    There are thousands where there are many releases: this takes a fifth of the time
    of `Path.rglob`.

    Args:
        folder: The folder.

    Yields:
        The name from the folder on, with `/`, and the entry.

    Raises:
        OSError: The system refuses.
    """
    folders = [(os.fspath(folder), "")]
    while folders:
        path, start = folders.pop()
        with os.scandir(path) as entries:
            for entry in entries:
                # A link to a folder further up would be followed for ever.
                if entry.is_dir(follow_symlinks=False):
                    folders.append((entry.path, f"{start}{entry.name}/"))
                else:
                    yield f"{start}{entry.name}", entry
