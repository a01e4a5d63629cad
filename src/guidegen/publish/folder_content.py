"""What lies in a published folder: ours or not, whole or damaged, taken over, removed.

No link is ever followed: what a link leads to is not in the folder.
"""

from __future__ import annotations

import filecmp
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.publish.manifest import NAME, OWN, digest_of, read_manifest
from guidegen.publish.target import Overtaken

if TYPE_CHECKING:
    from guidegen.model.publication import Manifest

_BESIDE = "../"
_LEFT_BY_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini", "lost+found"}


def manifest_in(folder: Path) -> Manifest | None:
    """Return the manifest of a folder's content, None if there is none.

    Raises:
        PublishError: It cannot be trusted.
    """
    path = folder / NAME
    try:
        if path.is_symlink():
            return None
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return read_manifest(content, str(folder))


def refuse_overtaken(planned: Manifest | None, live: Manifest | None) -> None:
    """Refuse a plan that was made from another publication than the one there is.

    Raises:
        Overtaken: It was.
    """
    if (planned and planned.id) != (live and live.id):
        raise Overtaken


def beside(root: Path) -> Iterator[str]:
    """Give what lies beside guidegen's own in the folder, named from `current`."""
    with suppress(FileNotFoundError):
        for name in sorted(path.name for path in root.iterdir()):
            if name not in {"current", OWN, *_LEFT_BY_SYSTEMS}:
                yield f"{_BESIDE}{name}"


def is_beside(name: str) -> bool:
    """Return whether a foreign file lies beside what readers see, not in it."""
    return name.startswith(_BESIDE)


def compare(
    folder: Path, manifest: Manifest | None
) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return which files of a manifest are damaged, and which are not in it."""
    records = manifest.everything if manifest else {}
    whole, foreign = set(), []
    for name, plain in _entries(folder):
        if name not in records:
            if name != NAME and name.rpartition("/")[2] not in _LEFT_BY_SYSTEMS:
                foreign.append(name)
        elif plain and digest_of(f"{folder}/{name}") == records[name]:
            whole.add(name)
    return frozenset(records.keys() - whole), tuple(foreign)


def _entries(folder: Path, below: str = "") -> Iterator[tuple[str, bool]]:
    """Give the names of all that is in a folder, and whether each is a plain file.

    Of folders, only empty ones.
    """
    try:
        entries = sorted(os.scandir(folder / below), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        name = below + entry.name
        if entry.is_dir(follow_symlinks=False):
            found = list(_entries(folder, f"{name}/"))
            yield from found or [(name, False)]
        else:
            yield name, entry.is_file(follow_symlinks=False)


def take_over(old: Path, new: Path) -> None:
    """Let a new folder have a file of the old one, as the same file where possible."""
    if old.is_symlink():
        new.symlink_to(old.readlink())
    elif old.is_dir():
        new.mkdir(exist_ok=True)
    else:
        try:
            new.hardlink_to(old)
        except OSError:  # the file system has no such links, or not for this file
            shutil.copy2(old, new)


def make_newer(new: Path, old: Path) -> None:
    """Give a file a later time than the one that it replaces.

    Web servers and browsers tell by time, in whole seconds, whether a copy is fresh.
    """
    try:
        before = int(old.lstat().st_mtime)
    except OSError:
        return
    if before >= int(time.time()):
        os.utime(new, (before + 1, before + 1))


def remove(folder: Path, manifest: Manifest, *, like: Path) -> None:
    """Remove a publication's files, and foreign ones of which `like` has the same.

    What else is in the folder stays there.
    """
    if folder.is_symlink():
        return
    for name, plain in list(_entries(folder)):
        path = folder / name
        ours = plain and name in manifest.everything
        if name != NAME and (ours or _is_same(path, like / name)):
            path.unlink()
    # The manifest comes last: a run that is killed here can be taken up again.
    (folder / NAME).unlink(missing_ok=True)
    remove_empty(folder)


def remove_empty(folder: Path) -> bool:
    """Remove a folder's empty folders; return whether nothing of it is left."""
    for place, _, _ in os.walk(folder, topdown=False):
        with suppress(OSError):  # something is left in it
            Path(place).rmdir()
    return not folder.exists()


def _is_same(path: Path, other: Path) -> bool:
    """Return whether something is also there under another name."""
    if path.is_symlink() or other.is_symlink():
        same_kind = path.is_symlink() and other.is_symlink()
        return same_kind and path.readlink() == other.readlink()
    if not path.is_file() or not other.is_file():
        return False
    return path.samefile(other) or filecmp.cmp(path, other, shallow=False)
