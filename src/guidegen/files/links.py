"""Refuses links, and whatever else is neither a file nor a folder, in a project.

A project may come from somebody else. A link in it would have guidegen read a private
file into a page, or write over one; a pipe in place of a file would have it wait for
ever. Links that lead nowhere bad are refused as well: that is simple, and sure.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from guidegen.errors import FilesError
from guidegen.files.listing import is_folder, is_link, is_litter, walk_files
from guidegen.files.system import translate_os_errors


def refuse_link(path: Path) -> None:
    """Refuse a link, a pipe, a device or a socket; nothing there is fine.

    The folders that the path lies in are not looked at.

    Raises:
        FilesError: It is one.
    """
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError:
        with translate_os_errors(path):
            raise
    if is_link(status):
        raise linked(path)
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        raise FilesError("error-no-plain-file", path=path)


def refuse_links_to(path: Path, root: Path) -> None:
    """Refuse a link on the way from a folder to what lies in it.

    Args:
        path: A path that begins with `root`; it need not exist.
        root: The folder; it may itself lie behind a link.

    Raises:
        FilesError: There is one.
    """
    here = root
    for part in path.relative_to(root).parts:
        here /= part
        refuse_link(here)


def refuse_links_below(folder: Path, *, without: tuple[str, ...] = ()) -> None:
    """Refuse links, pipes and the like in a folder, at any depth.

    Args:
        folder: The folder; there need not be one.
        without: How names begin that are not looked into.

    Raises:
        FilesError: There is one, or the system refuses.
    """
    refuse_link(folder)
    if not folder.is_dir():
        return
    folders = [os.fspath(folder)]
    while folders:
        # Another guidegen may be at work here, and remove what it has made.
        with suppress(FileNotFoundError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                if is_folder(entry):
                    if not (without and entry.name.startswith(without)):
                        folders.append(entry.path)
                # What the folder's list says already: no file is asked for by itself.
                # An editor's lock is a link, too; nobody reads it.
                elif not (
                    entry.is_file(follow_symlinks=False) or is_litter(entry.name)
                ):
                    raise _not_plain(Path(entry.path))


def walk_plain_files(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield all files below a folder but litter, and refuse all else.

    Raises:
        FilesError: There is a link, a pipe, a device or a socket.
        OSError: The system refuses.
    """
    for name, entry in walk_files(folder):
        if is_litter(name):
            continue
        if not entry.is_file(follow_symlinks=False):
            raise _not_plain(Path(entry.path))
        yield name, entry


def _not_plain(path: Path) -> FilesError:
    try:
        refuse_link(path)
    except FilesError as error:
        return error
    return FilesError("error-not-there", path=path)  # gone meanwhile


def linked(path: Path) -> FilesError:
    """Return the error that names a link and what it leads to."""
    try:
        target = str(path.readlink())
    except OSError:
        target = "?"
    return FilesError("error-project-link", path=path, target=target)
