"""A folder, here or on a network share: `current` in it is what readers see.

    <path>/current                    a link to the publication, or the folder itself
    <path>/.guidegen/publications/    the publications that are kept, each complete
    <path>/.guidegen/staging-…/       one that is being made

Each publication is made beside the others and put in the place of `current` in one
operation; what has not changed is the same file (a hard link), not a copy.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.errors import PublishError
from guidegen.files import explained
from guidegen.model.publication import Seen
from guidegen.publish import folder_content as content
from guidegen.publish.folder_switch import (
    STAGING,
    Places,
    clean_up,
    leftovers,
    restore,
    superfluous,
    switch,
    take_away,
)
from guidegen.publish.manifest import NAME, OWN, checked, write_manifest
from guidegen.publish.site import SiteFiles

if TYPE_CHECKING:
    from guidegen.model.publication import Manifest, Plan, TargetSettings
    from guidegen.publish.target import Files

_PATIENCE = 30
"""Seconds to wait for somebody else who is publishing there."""


@contextmanager
def open_target(settings: TargetSettings) -> Iterator[FolderTarget]:
    """Give the folder that a target's settings name.

    Raises:
        PublishError: It cannot be one.
        FilesError: It cannot be read.
    """
    path = Path(settings.text("path")).expanduser()
    root = settings.folder.resolve() / path
    with explained(root):
        if not root.parent.is_dir():
            raise PublishError("error-publish-gone", path=root.parent)
        _refuse_strange(root)
    yield FolderTarget(settings, Places(root))


def _refuse_strange(root: Path) -> None:
    """Refuse to write where something else is than expected, or a link leads away."""
    own, current = root / OWN, root / "current"
    for path in (own, own / "publications"):
        if path.is_symlink() or (path.exists() and not path.is_dir()):
            raise PublishError("error-publish-strange", path=path)
    there = os.path.lexists(current)
    ours = current.resolve().parent == (own / "publications").resolve()
    if (root.exists() and not root.is_dir()) or (
        there and (not ours if current.is_symlink() else not current.is_dir())
    ):
        raise PublishError(
            "error-publish-way",
            path=current if root.is_dir() else root,
            hint="error-publish-strange-hint",
        )


class FolderTarget:
    """A folder that is published to."""

    def __init__(self, settings: TargetSettings, places: Places) -> None:
        self._settings = settings
        self._places = places

    @property
    def place(self) -> str:
        """The folder."""
        return str(self._places.root)

    def additions(self) -> dict[str, bytes]:
        """Return nothing: web servers need no files of their own."""
        return {}

    def look(self) -> Seen:
        """Say what is there; the content of all files of ours is read."""
        places = self._places
        with explained(places.root):
            beside = content.beside(places.root)
            live = content.manifest_in(places.served)
            damaged, foreign = content.compare(places.served, live)
            return Seen(
                live=live,
                damaged=damaged,
                foreign=(*beside, *foreign),
                leftovers=(
                    *leftovers(places, live),
                    *superfluous(places, live, self._settings.keep),
                ),
            )

    def publish(self, plan: Plan, files: Files) -> None:
        """Make the new publication beside the old one, then let them change places."""
        places = self._places
        with explained(places.root), self._locked():
            restore(places)
            live = content.manifest_in(places.served)
            content.refuse_overtaken(plan.seen.live, live)
            clean_up(places, live)
            if not plan.changes:
                self._prune(live)
                return
            places.publications.mkdir(exist_ok=True)
            switch(
                places,
                self._make(plan, files),
                symlinks=self._settings.flag("symlinks", default=True),
            )
            self._prune(plan.manifest)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Let one publisher work at a time; a killed one's lock goes with it."""
        from filelock import FileLock, Timeout  # noqa: PLC0415  # only writers need it

        self._places.own.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._places.own / "lock", timeout=_PATIENCE)
        try:
            lock.acquire()
        except Timeout:
            raise PublishError("error-publish-busy", path=self._places.root) from None
        try:
            yield
        finally:
            lock.release()

    def _make(self, plan: Plan, files: Files) -> Path:
        """Return a new folder with the complete publication."""
        staging = self._places.own / f"{STAGING}{plan.manifest.id}"
        staging.mkdir()
        try:
            self._fill(staging, plan, files)
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise
        return staging

    def _fill(self, staging: Path, plan: Plan, files: Files) -> None:
        served = self._places.served
        foreign = [name for name in plan.seen.foreign if not content.is_beside(name)]
        names = (*plan.manifest.everything, *foreign)
        for parent in sorted({(staging / name).parent for name in names}):
            parent.mkdir(parents=True, exist_ok=True)
        for name in (*plan.unchanged, *plan.manifest.lingering, *foreign):
            content.take_over(served / name, staging / name)
        for name in plan.uploads:
            new = staging / name
            with new.open("xb") as file:
                file.writelines(checked(files, name, plan.manifest.files[name]))
            content.make_newer(new, served / name)
        (staging / NAME).write_bytes(write_manifest(plan.manifest))

    def _prune(self, live: Manifest | None) -> None:
        """Take away publications beyond the number to keep, but nobody else's files."""
        places = self._places
        for name in superfluous(places, live, self._settings.keep):
            take_away(places, places.own / name)

    def earlier(self) -> tuple[Manifest, ...]:
        """Return the publications that are kept, newest and live one first."""
        with explained(self._places.root):
            return self._all()[: self._settings.keep]

    def _all(self) -> tuple[Manifest, ...]:
        places = self._places
        folders = [places.served]
        with suppress(FileNotFoundError):
            folders += places.publications.iterdir()
        found = {}
        for folder in folders:
            with suppress(PublishError):
                manifest = content.manifest_in(folder)
                if manifest and folder.name in {manifest.id, places.served.name}:
                    found[manifest.id] = manifest
        return tuple(found[name] for name in sorted(found, reverse=True))

    def kept(self, manifest: Manifest) -> Files:
        """Return the content of a publication that is kept."""
        folder = self._places.publications / manifest.id
        return SiteFiles(folder if folder.is_dir() else self._places.served)
