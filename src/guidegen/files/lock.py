"""One writer at a time in a project."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from guidegen.errors import FilesError
from guidegen.files.atomic import translate_os_errors


@contextmanager
def project_lock(work: Path) -> Iterator[None]:
    """Hold the project's lock; a killed process releases it by itself.

    Args:
        work: The project's `.guidegen` folder.

    Raises:
        FilesError: Another guidegen works in this project, or the folder is read-only.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  # only writers need it

    with translate_os_errors(work):
        work.mkdir(parents=True, exist_ok=True)
        lock = FileLock(work / "lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise FilesError("error-locked", path=work.parent) from None
    try:
        yield
    finally:
        lock.release()
