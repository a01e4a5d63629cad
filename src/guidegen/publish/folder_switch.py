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
from typing import TYPE_CHECKING

from guidegen.errors import PublishError
from guidegen.files import exchange_names
from guidegen.publish.folder_content import manifest_in, remove, remove_empty
from guidegen.publish.manifest import OWN

if TYPE_CHECKING:
    from pathlib import Path

    from guidegen.model.publication import Manifest

_STAGING = "staging-"
_BEFORE = "before-"
"""What was in `current` before guidegen: kept for ever."""


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
        """The new link, before it takes its place."""
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
        complete: The new publication among those that are kept.
        symlinks: Whether `current` may be a link.
    """
    new = complete
    if symlinks and _make_link(places, complete):
        new = places.following
        if places.current.is_symlink() or not places.current.exists():
            with suppress(OSError):  # Windows replaces no links to folders
                new.replace(places.current)
                return
    if not os.path.lexists(places.current):
        new.rename(places.current)
    elif exchange_names(new, places.current):
        _file_away(places, new)
    else:
        places.current.rename(places.aside)
        try:
            new.rename(places.current)
        except OSError:
            places.aside.rename(places.current)
            raise
        _file_away(places, places.aside)


def _make_link(places: Places, complete: Path) -> bool:
    """Return whether a link to the publication could be made."""
    with suppress(FileNotFoundError):
        places.following.unlink()
    try:
        # Relative, so that it holds in a container or on another computer, too.
        to = os.path.relpath(complete, places.root)
        places.following.symlink_to(to, target_is_directory=True)
    except OSError:
        return False
    return True


def _file_away(places: Places, old: Path) -> None:
    """Put what was `current` to where it belongs."""
    if old.is_symlink():
        old.unlink()
        return
    try:
        manifest = manifest_in(old)
    except PublishError:  # somebody's hand was in it: it is theirs
        manifest = None
    name = manifest.id if manifest else f"{_BEFORE}{old.name.removeprefix(_BEFORE)}"
    place = places.publications / name
    number = 1
    while os.path.lexists(place) and place != old:
        number += 1
        place = places.publications / f"{_BEFORE}{old.name}-{number}"
    if place != old:
        old.rename(place)


def restore(places: Places) -> None:
    """Bring back what a run that was killed at the worst moment had moved aside."""
    if places.served == places.aside:
        places.aside.rename(places.current)


def leftovers(places: Places, live: Manifest | None) -> tuple[str, ...]:
    """Return what runs that were killed have left, by name in guidegen's folder."""
    own = _names(places.own)
    found = [name for name in own if name.startswith(_STAGING)]
    found += [name for name in own if name in {"aside", "next"}]
    found += [
        f"publications/{name}"
        for name in _names(places.publications)
        if not name.startswith(_BEFORE) and not _is_filed(places, name, live)
    ]
    return tuple(found)


def superfluous(places: Places, live: Manifest | None, keep: int) -> tuple[str, ...]:
    """Return the publications beyond the number to keep, as `leftovers` does."""
    names = {name for name in _names(places.publications) if name[:1].isdigit()}
    names |= {live.id} if live else set()
    return tuple(f"publications/{name}" for name in sorted(names)[:-keep])


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except FileNotFoundError:
        return []


def _is_filed(places: Places, name: str, live: Manifest | None) -> bool:
    """Return whether something among the publications is where it belongs."""
    folder = places.publications / name
    if folder.is_symlink() or not folder.is_dir():
        return False
    try:
        manifest = manifest_in(folder)
    except PublishError:
        return True  # not to be touched
    if manifest is None or manifest.id != name:
        return False
    return live is None or name <= live.id


def clean_up(places: Places, live: Manifest | None) -> None:
    """Take away or file away what runs that were killed have left."""
    for name in leftovers(places, live):
        path = places.own / name
        if name.startswith(_STAGING):
            shutil.rmtree(path, ignore_errors=True)
        elif path.is_symlink():
            path.unlink()
        elif path.is_dir():
            unseen = _unseen(path)
            if unseen:
                remove(path, unseen, like=places.served)
            elif not remove_empty(path):
                _file_away(places, path)


def _unseen(folder: Path) -> Manifest | None:
    """Return the manifest of a publication that was made but never shown.

    It bears its own name; one that was shown and exchanged bears the next one's.
    """
    with suppress(PublishError):
        manifest = manifest_in(folder)
        if manifest and manifest.id == folder.name:
            return manifest
    return None
