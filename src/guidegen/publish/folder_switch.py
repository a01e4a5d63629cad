"""How `current` becomes another publication, and what a killed run leaves behind.

A link is replaced by a new one, or two folders exchange their names: one operation of
the file system each. Only where it has neither (network shares, Windows without the
right to make links) the old folder is moved aside first; a run that is killed in that
moment leaves no `current`, and the next run brings the old one back.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.errors import PublishError
from guidegen.files import exchange_names
from guidegen.publish.folder_content import manifest_in, remove, remove_empty
from guidegen.publish.manifest import OWN

if TYPE_CHECKING:
    from guidegen.model.publication import Manifest

STAGING = "staging-"
"""What the names of publications begin with that are being made."""

_OTHERS = "others-"
"""What is not guidegen's and was in a folder that went: kept for ever."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are in a folder that is published to."""

    root: Path

    @property
    def current(self) -> Path:
        """What readers see; a web server's root."""
        return self.root / "current"

    @property
    def own(self) -> Path:
        """Where guidegen keeps its own things."""
        return self.root / OWN

    @property
    def publications(self) -> Path:
        """The publications that are kept."""
        return self.own / "publications"

    @property
    def aside(self) -> Path:
        """Where the old folder is for a moment."""
        return self.own / "aside"

    @property
    def following(self) -> Path:
        """What takes the place of `current`, or has just left it."""
        return self.own / "next"

    @property
    def served(self) -> Path:
        """What readers see or, if a run was killed at the worst moment, last saw."""
        if os.path.lexists(self.current) or not os.path.lexists(self.aside):
            return self.current
        return self.aside


def switch(places: Places, complete: Path, *, symlinks: bool) -> None:
    """Let readers see a complete publication instead of the one before.

    Args:
        places: The target.
        complete: The new publication, where it was made.
        symlinks: Whether `current` may be a link.
    """
    current, following = places.current, places.following
    if symlinks and _make_link(places, complete):
        if current.is_symlink() or not current.exists():
            with suppress(OSError):  # Windows replaces no links to folders
                following.replace(current)
                return
    else:
        complete.rename(following)
    if not os.path.lexists(current):
        following.rename(current)
    elif exchange_names(following, current):
        _file_away(places, following)
    else:
        current.rename(places.aside)
        try:
            following.rename(current)
        except OSError:
            places.aside.rename(current)
            raise
        _file_away(places, places.aside)


def _make_link(places: Places, complete: Path) -> bool:
    """File the publication, and return whether a link to it could be made."""
    place = places.publications / complete.name.removeprefix(STAGING)
    try:
        # Relative, so that it holds in a container or on another computer, too.
        to = os.path.relpath(place, places.root)
        places.following.symlink_to(to, target_is_directory=True)
    except OSError:
        return False
    complete.rename(place)
    return True


def _file_away(places: Places, old: Path) -> None:
    """Put what was `current` to where it belongs."""
    if old.is_symlink():
        old.unlink()
        return
    manifest = None
    with suppress(PublishError):  # somebody's hand was in it: it is theirs
        manifest = manifest_in(old)
    if manifest and not os.path.lexists(places.publications / manifest.id):
        old.rename(places.publications / manifest.id)
    elif not remove_empty(old):
        _keep_for_others(places, old)


def _keep_for_others(places: Places, folder: Path) -> None:
    number = 1
    while os.path.lexists(place := places.publications / f"{_OTHERS}{number}"):
        number += 1
    folder.rename(place)


def restore(places: Places) -> None:
    """Bring back what a run that was killed at the worst moment had moved aside."""
    if places.served == places.aside:
        places.aside.rename(places.current)


def leftovers(places: Places, live: Manifest | None) -> tuple[str, ...]:
    """Return what runs that were killed have left, by name in guidegen's folder."""
    own = _names(places.own)
    found = [name for name in own if name.startswith(STAGING)]
    found += [name for name in own if name in {"aside", "next"}]
    if live:
        filed = _filed(places)
        found += [f"publications/{name}" for name in filed if name > live.id]
    return tuple(found)


def superfluous(places: Places, live: Manifest | None, keep: int) -> tuple[str, ...]:
    """Return the publications beyond the number to keep, as `leftovers` does."""
    names = {*_filed(places), *([live.id] if live else [])}
    return tuple(f"publications/{name}" for name in sorted(names)[:-keep])


def _filed(places: Places) -> list[str]:
    return [name for name in _names(places.publications) if name[:1].isdigit()]


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except FileNotFoundError:
        return []


def clean_up(places: Places, live: Manifest | None) -> None:
    """Take away or file away what runs that were killed have left."""
    for name in leftovers(places, live):
        path = places.own / name
        if name.startswith(STAGING):
            shutil.rmtree(path, ignore_errors=True)
        elif path.is_symlink():
            path.unlink()
        elif name in {"aside", "next"} and not _is_unseen(path, live):
            _file_away(places, path)
        else:
            take_away(places, path)


def _is_unseen(folder: Path, live: Manifest | None) -> bool:
    """Return whether a publication was made but never shown: it is the newest."""
    with suppress(PublishError):
        manifest = manifest_in(folder)
        return manifest is not None and live is not None and manifest.id > live.id
    return False


def take_away(places: Places, folder: Path) -> None:
    """Take a publication away; what is not guidegen's in it is kept."""
    with suppress(PublishError):
        manifest = manifest_in(folder)
        if manifest:
            remove(folder, manifest, like=places.served)
    if not remove_empty(folder):
        _keep_for_others(places, folder)
