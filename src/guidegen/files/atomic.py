"""Writes a file beside its target and renames it when it is complete."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from guidegen.files.inside import folder_inside
from guidegen.files.links import refuse_link
from guidegen.files.system import translate_os_errors

_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
"""Refuses whatever has the name already, also a link that leads nowhere."""
_OWNER: Final = 0o600


def write_atomic(
    path: Path,
    content: bytes,
    *,
    mode: int = 0o644,
    within: Path | None = None,
    lasting: bool = True,
) -> None:
    """Write a file completely or not at all; a missing folder is created.

    An existing file keeps its permissions.

    Args:
        path: The file to write.
        content: All that it is to contain.
        mode: The permissions of a new file.
        within: The project's folder, for a file in it: no link below is followed.
            Without it, a link to the file stays a link.
        lasting: Whether to wait until it is on the disk: a power failure can otherwise
            leave an empty file. Not for what is made again then.

    Raises:
        FilesError: The system refuses, or there is a link in the project; the old
            content is still there.
    """
    with translate_os_errors(path):
        if within is None:
            # Renaming over a link would replace the link instead of the file it points
            # to.
            target = path.resolve()
            target.parent.mkdir(parents=True, exist_ok=True)
            _replace(target, content, mode, lasting=lasting)
            return
        with folder_inside(within, path.parent) as folder:
            refuse_link(path)
            _replace(path, content, mode, folder, lasting=lasting)


def _replace(
    path: Path,
    content: bytes,
    mode: int,
    folder: int | None = None,
    *,
    lasting: bool,
) -> None:
    """Write a new file beside another and put it in its place.

    Args:
        path: The file.
        content: What it is to contain.
        mode: Its permissions, if it is new.
        folder: The handle of its folder; without one, the path counts.
        lasting: Whether to wait until it is on the disk.
    """
    start = f"{path.parent}{os.sep}" if folder is None else ""
    # In the same folder, since only within a file system is renaming atomic.
    new, old = f"{start}.{path.name}.{os.urandom(4).hex()}", f"{start}{path.name}"
    with suppress(FileNotFoundError):
        status = os.stat(old, dir_fd=folder, follow_symlinks=False)
        if stat.S_ISREG(status.st_mode):
            mode = stat.S_IMODE(status.st_mode)
    try:
        with os.fdopen(os.open(new, _NEW, _OWNER, dir_fd=folder), "wb") as file:
            file.write(content)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        if folder is None:
            os.chmod(new, mode)  # noqa: PTH101
            os.replace(new, old)  # noqa: PTH105  # the atomic one on every system
        else:
            os.chmod(new, mode, dir_fd=folder)
            os.replace(new, old, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException as error:
        # Also at Ctrl+C, which is no Exception.
        with suppress(OSError):
            os.unlink(new, dir_fd=folder)
        if folder is not None and isinstance(error, OSError):
            error.filename = str(path)  # the system has only seen its last part
        raise
