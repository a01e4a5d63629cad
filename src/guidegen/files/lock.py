"""One writer at a time in a project."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from guidegen.errors import FilesError
from guidegen.files.inside import folder_inside, open_inside
from guidegen.files.links import refuse_link
from guidegen.files.system import translate_os_errors

_HELD = (errno.EACCES, errno.EAGAIN)
"""How a file system says that somebody else holds a lock."""


@contextmanager
def project_lock(work: Path) -> Iterator[None]:
    """Hold the project's lock; a killed process releases it by itself.

    Args:
        work: The project's `.guidegen` folder.

    Raises:
        FilesError: Another guidegen works in this project, the folder is read-only, or
            a link stands in the way.
    """
    with translate_os_errors(work):
        release = _take(work / "lock")
    if release is None:
        raise FilesError("error-locked", path=work.parent)
    try:
        yield
    finally:
        release()


def _take(path: Path) -> Callable[[], None] | None:
    """Take a lock; return what releases it, None if somebody else holds it."""
    project = path.parent.parent
    if sys.platform == "win32":
        with folder_inside(project, path.parent):
            refuse_link(path)
        return _take_elsewhere(path)
    # Directly, although `filelock` does the same: every build would import it first,
    # and that takes as long as reading the answers.
    import fcntl  # noqa: PLC0415  # Windows has none

    file = open_inside(project, path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(file)
        if error.errno == errno.ENOSYS:  # a file system without locks
            return _take_elsewhere(path)
        if error.errno in _HELD:
            return None
        raise

    def release() -> None:
        # Before it is closed: a process that was forked has it open, too.
        fcntl.flock(file, fcntl.LOCK_UN)
        os.close(file)

    return release


def _take_elsewhere(path: Path) -> Callable[[], None] | None:
    from filelock import FileLock, Timeout  # noqa: PLC0415  # seldom needed

    lock = FileLock(path, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        return None
    return lock.release
