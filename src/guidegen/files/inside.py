"""Opens folders below a project by handles that follow no link.

A path is looked up anew at each use: between a check and a write, somebody can put a
link in a folder's place. A handle stays with the folder that was opened.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from guidegen.files.links import linked, refuse_link, refuse_links_to

# Windows has neither: there, each part of the path is looked at before the work.
HANDLES: Final = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")
"""Whether this system can work below a handle."""

_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""What makes `os.open` refuse a link, and not wait for a pipe."""


@contextmanager
def folder_inside(root: Path, folder: Path) -> Iterator[int | None]:
    """Open a folder below another one without following links; make it if need be.

    Args:
        root: The outer folder; it may itself lie behind a link, and is made as well.
        folder: A path that begins with `root`.

    Yields:
        The folder's handle, for `dir_fd`; None on Windows, where paths were checked.

    Raises:
        FilesError: There is a link on the way.
        OSError: The system refuses.
    """
    root.mkdir(parents=True, exist_ok=True)
    if not HANDLES:
        refuse_links_to(folder, root)
        folder.mkdir(parents=True, exist_ok=True)
        yield None
        return
    here, handle = root, os.open(root, _FOLDER)
    try:
        for part in folder.relative_to(root).parts:
            here /= part
            try:
                with suppress(FileExistsError):
                    os.mkdir(part, dir_fd=handle)
                below = os.open(part, _FOLDER | NO_LINK, dir_fd=handle)
            except OSError as error:
                # Which number says so differs between systems.
                refuse_link(here)
                error.filename = str(here)  # the system has only seen its last part
                raise
            os.close(handle)
            handle = below
        yield handle
    finally:
        os.close(handle)


def move_inside(new: Path, root: Path, target: Path) -> None:
    """Move a file or folder of guidegen's own to a place below a folder.

    Args:
        new: What is moved.
        root: The folder, as for `folder_inside`.
        target: The place, where nothing of this name is yet.

    Raises:
        FilesError: There is a link on the way.
        OSError: The system refuses.
    """
    with folder_inside(root, target.parent) as handle:
        if handle is None:
            new.rename(target)
        else:
            # A rename follows no link in the place of the name itself.
            os.rename(new, target.name, dst_dir_fd=handle)


def open_inside(root: Path, path: Path, flags: int, mode: int = 0o666) -> int:
    """Open a file below a folder without following links; return its handle.

    Args:
        root: The folder, as for `folder_inside`.
        path: The file; its folder is made if need be.
        flags: As for `os.open`.
        mode: The permissions of a new file.

    Raises:
        FilesError: There is a link on the way, or in its place.
        OSError: The system refuses.
    """
    refuse_link(path)
    with folder_inside(root, path.parent) as handle:
        if handle is None:
            return os.open(path, flags, mode)
        try:
            return os.open(path.name, flags | NO_LINK, mode, dir_fd=handle)
        except OSError as error:
            if path.is_symlink():
                raise linked(path) from error
            error.filename = str(path)
            raise
