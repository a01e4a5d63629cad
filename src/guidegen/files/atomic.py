"""A file is written beside its place and moved there when complete."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from guidegen.errors import FilesError

_MESSAGES = {
    errno.ENOSPC: "error-disk-full",
    errno.EDQUOT: "error-quota",
    errno.EROFS: "error-read-only",
    errno.EACCES: "error-denied",
    errno.EPERM: "error-denied",
    errno.ENOENT: "error-not-there",
    errno.EISDIR: "error-is-folder",
    errno.ENOTDIR: "error-no-folder",
    errno.ENAMETOOLONG: "error-name-long",
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
        message = _MESSAGES.get(error.errno or 0)
        if message is None:
            detail = error.strerror or str(error)
            raise FilesError("error-system", path=place, detail=detail) from error
        raise FilesError(message, path=place) from error


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
