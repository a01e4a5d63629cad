"""Builds a folder beside its target, then swaps it with the old one."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from guidegen.files.links import refuse_link
from guidegen.files.system import translate_os_errors

_PREFIX = "staging-"
_OLD = "site.old"
LEFT: Final = "site.replaced"
"""The site that a run before has replaced: in the work folder, then in staging."""
ON_THEIR_WAY: Final = (_PREFIX, _OLD, LEFT)
"""How folders begin that are made, replaced or removed; who reads in one of them looks
at what is there."""
# From Linux's fcntl.h: relative paths count from the working directory.
_AT_FDCWD = -100
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux's renameat2(2) and RENAME_SWAP of macOS's renamex_np(2)."""


@contextmanager
def staging_folder(work: Path) -> Iterator[Path]:
    """Yield a new folder under `work` that is removed afterwards, whatever happens.

    What a killed run left behind is removed first. What `leave_to_next_run` has left
    lies in it as `LEFT`, to be used again or to go with it; so call it under the
    project's lock.

    Raises:
        FilesError: The system refuses, or the folder is a link.
    """
    with translate_os_errors(work):
        refuse_link(work)
        work.mkdir(parents=True, exist_ok=True)
        for stale in work.glob(f"{_PREFIX}*"):
            # What cannot be removed now is left to the next run.
            shutil.rmtree(stale, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(dir=work, prefix=_PREFIX))
    # If this run is killed, it goes with its staging folder.
    with suppress(OSError):
        (work / LEFT).rename(folder / LEFT)
    try:
        with translate_os_errors(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def leave_to_next_run(old: Path, work: Path) -> None:
    """Leave a folder that has been replaced to the next run's `staging_folder`.

    To make and remove the folders of a hundred versions takes a tenth of a build; the
    next run takes back those that have stayed the same.

    Args:
        old: The folder; there need not be one.
        work: The project's work folder, on the same file system.
    """
    # What cannot be left is removed with the staging folder that it lies in.
    with suppress(OSError):
        old.rename(work / LEFT)


def replace_folder(new: Path, target: Path) -> None:
    """Replace an old folder with a complete new one, in one step where possible.

    Nothing is forced onto the disk: what a power failure damages, the next build
    notices by its digests and builds again.

    Linux and macOS exchange the two names in one operation, so that there is no moment
    without a complete folder. Elsewhere the old one is moved aside first; if the run is
    killed in between, `restore_folder` brings it back.

    Args:
        new: The complete folder, on the same file system; afterwards it holds what
            the old one held, if there was one.
        target: The folder to replace.

    Raises:
        FilesError: The system refuses; the old folder is still there.
    """
    with translate_os_errors(target):
        if not target.exists():
            new.rename(target)
        elif not exchange_names(new, target):
            # Where `restore_folder` looks: `new` lies in a staging folder of the work
            # folder.
            _move_aside(new, target, new.parent.parent / _OLD)


def _move_aside(new: Path, target: Path, aside: Path) -> None:
    shutil.rmtree(aside, ignore_errors=True)
    target.rename(aside)
    try:
        new.rename(target)
    except OSError:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def restore_folder(work: Path, target: Path) -> None:
    """Bring back the folder that a killed run had moved aside, if one did.

    Raises:
        FilesError: It is a link: guidegen has not moved it there.
    """
    aside = work / _OLD
    refuse_link(aside)
    if aside.is_dir():
        with translate_os_errors(target):
            # Killed after the new folder was there already: only the rest is left to
            # do.
            if target.exists():
                shutil.rmtree(aside, ignore_errors=True)
            else:
                aside.rename(target)


def exchange_names(new: Path, target: Path) -> bool:
    """Exchange two names in one operation; return whether the system can.

    Both must exist, on the same file system; they may be folders, files or links.
    """
    import ctypes  # noqa: PLC0415  # only a build needs it

    try:
        # None stands for the C library that Python itself runs on.
        library = ctypes.CDLL(None, use_errno=True)
        old, other = os.fsencode(new), os.fsencode(target)
        if sys.platform == "darwin":
            return bool(library.renamex_np(old, other, _EXCHANGE) == 0)
        return bool(library.renameat2(_AT_FDCWD, old, _AT_FDCWD, other, _EXCHANGE) == 0)
    except (OSError, TypeError, AttributeError):
        # Windows, a C library without the call, a file system without the operation.
        return False
