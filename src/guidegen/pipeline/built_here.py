"""What this computer has built itself: a project can bring a site along.

A site's own record says what it was made from, and anybody can write such a record. So
a site is only taken for built if the digest of its record is kept here, outside of all
projects. Losing it costs one build. So it is with what builds keep of a draft.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from guidegen.files import cache_folder

SITES: Final = "built"
DRAFTS: Final = "drafts"
"""Where digests of records are kept: each kind has its own folder."""

_MOST: Final = 500
"""Digests that are kept; each build of each project leaves one."""
_MORE: Final = 100
"""As many more before the oldest are removed, so that few builds ask for their age."""


def remember_built(record: str, *, kind: str = SITES) -> None:
    """Remember that this computer has built a site, or kept a draft.

    Args:
        record: The digest of its record.
        kind: What it is a record of.
    """
    folder = cache_folder(kind)
    if folder is None:
        return
    # A cache that cannot be written costs time, and nothing else.
    with suppress(OSError):
        with os.scandir(folder) as entries:
            kept = [each.name for each in entries if not each.name.startswith(".")]
        if len(kept) >= _MOST + _MORE:
            paths = sorted((folder / name for name in kept), key=_age)
            for path in paths[:-_MOST]:
                path.unlink(missing_ok=True)
        (folder / record).touch()


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # another build has removed it
        return 0


def is_built_here(record: str, *, kind: str = SITES) -> bool:
    """Return whether this computer has built the site, or draft, with this record."""
    folder = cache_folder(kind)
    return folder is not None and (folder / record).is_file()
