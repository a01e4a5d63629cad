"""A file is written beside its place and moved there when complete."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.errors import FilesError

if TYPE_CHECKING:
    from collections.abc import Iterator

_HINTS = {
    errno.ENOSPC: ("the disk is full", "free some space and try again"),
    errno.EDQUOT: ("your disk quota is used up", "free some space and try again"),
    errno.EROFS: ("the disk is read-only", "work in a folder you may write to"),
    errno.EACCES: ("you may not write there", "work in a folder you may write to"),
    errno.EPERM: ("you may not write there", "work in a folder you may write to"),
}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the operating system refuses into an error a user can act on.

    Args:
        path: The file or folder being worked on, if the system names none.

    Raises:
        FilesError: Anything that is an `OSError` inside.
    """
    try:
        yield
    except OSError as error:
        place = Path(os.fsdecode(error.filename)) if error.filename else path
        number = error.errno or 0
        what, hint = _HINTS.get(number, (error.strerror or str(error), None))
        raise FilesError(what, path=place, hint=hint) from error


def write_atomic(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Write a file completely or not at all; its folder is made if it is missing.

    A file that is there keeps its permissions, and a link to it stays a link.

    Args:
        path: Where.
        content: What.
        mode: The permissions of a new file.

    Raises:
        FilesError: The system refuses; what was there before is still there.
    """
    with explained(path):
        place = path.resolve()
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_file():
            mode = stat.S_IMODE(place.stat().st_mode)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(mode)
            os.replace(name, place)  # noqa: PTH105  # the atomic one on every system
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
