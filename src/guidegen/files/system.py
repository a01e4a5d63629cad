"""Says what the operating system refuses so that a user can act on it."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
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
def translate_os_errors(path: Path, *, reading: bool = False) -> Iterator[None]:
    """Turn errors of the operating system into ones that a user can act on.

    Args:
        path: The file or folder being worked on, if the system names none.
        reading: Whether nothing is written there: what is denied is reading, then.

    Raises:
        FilesError: Anything that is an `OSError` inside.
    """
    try:
        yield
    except OSError as error:
        named = Path(os.fsdecode(error.filename)) if error.filename else path
        message = _MESSAGES.get(error.errno or 0)
        if reading and message == "error-denied":
            message = "error-unreadable"
        if message is None:
            detail = error.strerror or str(error)
            raise FilesError("error-system", path=named, detail=detail) from error
        raise FilesError(message, path=named) from error
