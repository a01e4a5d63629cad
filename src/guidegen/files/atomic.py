"""Writes a file beside its target and renames it when it is complete."""

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
def translate_os_errors(path: Path) -> Iterator[None]:
    """Turn errors of the operating system into ones that a user can act on.

    Args:
        path: The file or folder being worked on, if the system names none.

    Raises:
        FilesError: Anything that is an `OSError` inside.
    """
    try:
        yield
    except OSError as error:
        named = Path(os.fsdecode(error.filename)) if error.filename else path
        message = _MESSAGES.get(error.errno or 0)
        if message is None:
            detail = error.strerror or str(error)
            raise FilesError("error-system", path=named, detail=detail) from error
        raise FilesError(message, path=named) from error


def write_atomic(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Write a file completely or not at all; a missing folder is created.

    An existing file keeps its permissions, and a link to it stays a link.

    Args:
        path: The file to write.
        content: All that it is to contain.
        mode: The permissions of a new file.

    Raises:
        FilesError: The system refuses; the old content is still there.
    """
    with translate_os_errors(path):
        # Renaming over a link would replace the link instead of the file it points to.
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_file():
            mode = stat.S_IMODE(target.stat().st_mode)
        # In the same folder, since only within a file system is renaming atomic.
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                # Otherwise a power failure after the renaming can leave an empty file.
                os.fsync(file.fileno())
            # `mkstemp` makes files that only their owner may read.
            Path(name).chmod(mode)
            os.replace(name, target)  # noqa: PTH105  # the atomic one on every system
        except BaseException:
            # Also at Ctrl+C, which is no Exception.
            with suppress(OSError):
                Path(name).unlink()
            raise
