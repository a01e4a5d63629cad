"""The user's own cache, for everything that can be recreated."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from guidegen import __version__

_OTHERS_MAY_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH


def cache_folder(name: str) -> Path | None:
    """Return a folder in the user's own cache, None if there is none to be trusted.

    It is not in the project: compiled templates lie in it, which Python runs, and a
    project may come from somebody else. So nobody else may be able to write there.
    """
    from platformdirs import user_cache_path  # noqa: PLC0415  # only builds need it

    # Without `appauthor=False`, Windows would get a second folder named guidegen above.
    root = user_cache_path("guidegen", appauthor=False)
    # By version, so that none reads what another has kept.
    folder = root / __version__ / name
    try:
        root.parent.mkdir(parents=True, exist_ok=True)
        for each in (root, folder.parent, folder):
            if not _is_own(each):
                return None
        if not all(map(_is_safe_above, root.parents)):
            return None
        # A folder that exists may still be read-only.
        return folder if _is_writable(folder) else None
    except OSError:
        return None


def _is_writable(folder: Path) -> bool:
    """Return whether files can be made in a folder.

    Raises:
        OSError: They cannot, on a system that tells only who tries.
    """
    if os.name == "posix":
        # A build asks for four folders, and a disk makes and removes files slowly.
        return os.access(folder, os.W_OK | os.X_OK)
    probe = folder / ".probe"
    probe.touch()
    probe.unlink(missing_ok=True)
    return True


def _is_own(folder: Path) -> bool:
    """Return whether a folder is the user's own; make it if it is not there."""
    made = False
    try:
        folder.mkdir(mode=0o700)
        made = True
    except FileExistsError:
        pass
    if not hasattr(os, "geteuid"):
        return folder.is_dir()  # a user's profile on Windows is closed to others
    status = folder.lstat()  # somebody's link is no folder
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        return False
    # Once others could write there, nobody knows what they have left.
    if status.st_mode & _OTHERS_MAY_WRITE and not made:
        return False
    if stat.S_IMODE(status.st_mode) != stat.S_IRWXU:
        # The umask may have taken away too much; older versions left others reading.
        folder.chmod(stat.S_IRWXU)
    return True


def _is_safe_above(folder: Path) -> bool:
    """Return whether nobody else can put another folder into a folder's place."""
    if not hasattr(os, "geteuid"):
        return True
    status = folder.stat()
    # In a folder such as /tmp, only owners rename what is theirs.
    open_to_all = bool(status.st_mode & stat.S_IWOTH)
    return not open_to_all or bool(status.st_mode & stat.S_ISVTX)
