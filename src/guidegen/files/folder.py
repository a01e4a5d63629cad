"""A folder is built beside its place and changes places with the old one."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from guidegen.files.atomic import explained

_PREFIX = "staging-"
_OLD = "site.old"
_AT_FDCWD = -100
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux's renameat2(2) and RENAME_SWAP of macOS's renamex_np(2)."""


@contextmanager
def staging_folder(work: Path) -> Iterator[Path]:
    """Give a new folder under `work` that is gone afterwards, whatever happens.

    What a killed run left behind is removed first; so call it under the project's lock.

    Raises:
        FilesError: The system refuses.
    """
    with explained(work):
        work.mkdir(parents=True, exist_ok=True)
        for stale in work.glob(f"{_PREFIX}*"):
            shutil.rmtree(stale, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(dir=work, prefix=_PREFIX))
    try:
        with explained(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def replace_folder(new: Path, place: Path) -> None:
    """Put a complete folder in the place of an old one, in one step where possible.

    Nothing is forced onto the disk: what a power failure damages, the next build
    notices by its digests and makes again.

    Linux and macOS exchange the two names in one operation, so that there is no moment
    without a complete folder. Elsewhere the old one is moved aside first; if the run is
    killed in between, `restore_folder` brings it back.

    Args:
        new: The complete folder, on the same file system; afterwards it holds what was
            there before, if anything was.
        place: Where it goes.

    Raises:
        FilesError: The system refuses; the old folder is still in its place.
    """
    with explained(place):
        if not place.exists():
            new.rename(place)
        elif not exchange_names(new, place):
            _move_aside(new, place, new.parent.parent / _OLD)


def _move_aside(new: Path, place: Path, aside: Path) -> None:
    shutil.rmtree(aside, ignore_errors=True)
    place.rename(aside)
    try:
        new.rename(place)
    except OSError:
        aside.rename(place)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def restore_folder(work: Path, place: Path) -> None:
    """Bring back the folder that a killed run had moved aside, if one did."""
    aside = work / _OLD
    if aside.is_dir():
        with explained(place):
            if place.exists():
                shutil.rmtree(aside, ignore_errors=True)
            else:
                aside.rename(place)


def exchange_names(new: Path, place: Path) -> bool:
    """Exchange two names in one operation; return whether the system could.

    Both must exist, on the same file system; what they are names of does not matter.
    """
    import ctypes  # noqa: PLC0415  # only a build needs it

    try:
        library = ctypes.CDLL(None, use_errno=True)
        old, other = os.fsencode(new), os.fsencode(place)
        if sys.platform == "darwin":
            return bool(library.renamex_np(old, other, _EXCHANGE) == 0)
        return bool(library.renameat2(_AT_FDCWD, old, _AT_FDCWD, other, _EXCHANGE) == 0)
    except (OSError, TypeError, AttributeError):
        # Windows, a C library without the call, a file system without the operation.
        return False
