"""A folder, here or on a network share, in which readers see `current`.

Each publication is made beside the others, complete, and then becomes `current` in one
operation (see `folder_switch.py`); what has not changed is the same file (a hard link),
not a copy.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from guidegen.errors import PublishError
from guidegen.files import translate_os_errors
from guidegen.model.publication import Manifest, Plan, TargetContent, TargetSettings
from guidegen.publish.folder_switch import (
    STAGING,
    FolderLayout,
    clean_up,
    entries_below,
    expired,
    manifest_in,
    orphans,
    remove_publication,
    restore,
    switch,
)
from guidegen.publish.manifest import (
    HALF,
    NAME,
    OWN,
    PLANNED,
    parents,
    write_manifest,
)
from guidegen.publish.publication_files import (
    Files,
    FolderFiles,
    checked,
    digest_of,
    is_ignored,
    start_of,
)
from guidegen.publish.removal import START, Present
from guidegen.publish.target import Earlier, Overtaken

_PATIENCE = 30
"""Seconds to wait until somebody else has finished publishing to the folder."""

_BESIDE = "../"
"""The prefix of names of files that lie beside `current`, not in it."""


@contextmanager
def open_target(settings: TargetSettings) -> Iterator[FolderTarget]:
    """Open the folder that a target's settings name.

    Raises:
        PublishError: It cannot be published to.
        FilesError: It cannot be read.
    """
    path = Path(settings.text("path")).expanduser()
    # In this join an absolute path wins; a relative one counts from the project.
    root = settings.folder.resolve() / path
    if ".." in path.parts:
        # As people read it. Resolved, since a link on the way may lead elsewhere.
        root = root.resolve()
    with translate_os_errors(root, reading=True):
        # Where a share is not mounted, its folder is missing. Making it would publish
        # to a disk that no reader sees.
        if not root.parent.is_dir():
            raise PublishError("error-publish-gone", path=root.parent)
        _refuse_unexpected(root)
    yield FolderTarget(settings, FolderLayout(root))


def _refuse_unexpected(root: Path) -> None:
    """Refuse to write where there is something unexpected, or a link leads away."""
    own, current = root / OWN, root / "current"
    for path in (own, own / "publications"):
        if path.is_symlink() or (path.exists() and not path.is_dir()):
            raise PublishError("error-publish-strange", path=path)
    there = os.path.lexists(current)
    # Both sides are resolved, since the path to the target may itself contain links.
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

    def __init__(self, settings: TargetSettings, layout: FolderLayout) -> None:
        self._settings = settings
        self._layout = layout

    @property
    def address(self) -> str:
        """The folder."""
        return str(self._layout.root)

    def additions(self) -> dict[str, bytes]:
        """Return nothing: web servers need no files of their own."""
        return {}

    def look(self) -> TargetContent:
        """Return what is there, after reading all of guidegen's files."""
        layout = self._layout
        with translate_os_errors(layout.root, reading=True):
            # On a disk, reading everything is cheap enough, and it finds edits that
            # kept a file's size, which a server's listing cannot.
            beside = _beside(layout.root)
            live = manifest_in(layout.served)
            damaged, unmanaged = _compare(layout.served, live)
            return TargetContent(
                live=live,
                damaged=damaged,
                unmanaged=(*beside, *unmanaged),
                orphans=(
                    *orphans(layout, live),
                    *expired(layout, live, self._settings.keep),
                ),
                expiring=expired(layout, live, self._settings.keep - 1),
            )

    def shown(self) -> Manifest | None:
        """Return what readers see, None if nothing was published yet; read no more."""
        with translate_os_errors(self._layout.root, reading=True):
            return manifest_in(self._layout.served)

    def present(
        self, seen: TargetContent, sizes: Mapping[str, int]
    ) -> Mapping[str, Present]:
        """Return files as they are now, those left out that are not there."""
        del seen  # what it says may have changed
        served = self._layout.served
        with translate_os_errors(self._layout.root, reading=True):
            return {
                name: _present(served, name)
                for name in sizes
                if os.path.lexists(served / name)
            }

    def publish(self, plan: Plan, files: Files) -> None:
        """Make the new publication beside the old one, then switch to it."""
        layout = self._layout
        with translate_os_errors(layout.root), self._locked():
            # This comes first: until `current` is back, readers get nothing.
            restore(layout)
            live = manifest_in(layout.served)
            # `look` holds no lock, so only here is it certain that nobody has published
            # since. All of the manifest counts: the plan was judged by it.
            if plan.seen.live != live:
                raise Overtaken
            clean_up(layout, live)
            if not plan.changes:
                self._prune(live)
                return
            layout.publications.mkdir(exist_ok=True)
            switch(
                layout,
                self._make(plan, files),
                symlinks=self._settings.flag("symlinks", default=True),
            )
            self._prune(plan.manifest)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Let one publisher work at a time."""
        # The system drops such a lock with its process, so a killed run never blocks
        # the next one, as a lock that is a mere file would.
        from filelock import FileLock, Timeout  # noqa: PLC0415  # only writers need it

        self._layout.own.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._layout.own / "lock", timeout=_PATIENCE)
        try:
            lock.acquire()
        except Timeout:
            raise PublishError("error-publish-busy", path=self._layout.root) from None
        try:
            yield
        finally:
            lock.release()

    def _make(self, plan: Plan, files: Files) -> Path:
        """Return a new folder with the complete publication."""
        staging = self._layout.own / f"{STAGING}{plan.manifest.id}"
        staging.mkdir()
        try:
            self._fill(staging, plan, files)
        # Ctrl+C, too, should leave no half-filled folder behind.
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise
        return staging

    def _fill(self, staging: Path, plan: Plan, files: Files) -> None:
        served = self._layout.served
        # What lies beside `current` stays there; only files within it have to move
        # along.
        others = [n for n in plan.seen.unmanaged if not n.startswith(_BESIDE)]
        names = (*plan.manifest.everything, *others)
        # First of all: a run that is killed leaves files that the next one knows.
        planned = staging / PLANNED
        planned.write_bytes(write_manifest(plan.manifest))
        for parent in sorted({(staging / name).parent for name in names}):
            parent.mkdir(parents=True, exist_ok=True)
        for name in (*plan.unchanged, *plan.manifest.grace_files, *others):
            _take_over(served / name, staging / name)
        for name in plan.uploads:
            new, half = staging / name, staging / HALF
            # Under a name of its own, so that every other file is complete.
            with half.open("xb") as file:
                file.writelines(checked(files, name, plan.manifest.files[name]))
            if os.path.lexists(new):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), new)
            half.rename(new)
            _make_newer(new, served / name)
        planned.rename(staging / NAME)

    def _prune(self, live: Manifest | None) -> None:
        """Remove publications beyond the number to keep, but nobody else's files."""
        layout = self._layout
        for name in expired(layout, live, self._settings.keep):
            remove_publication(layout, layout.own / name)

    def earlier(self) -> tuple[Earlier, ...]:
        """Return the publications that are kept, newest and live one first."""
        layout = self._layout
        with translate_os_errors(layout.root, reading=True):
            folders = [layout.served]
            with suppress(FileNotFoundError):
                folders += layout.publications.iterdir()
            found = {}
            for folder in folders:
                # A damaged publication cannot be returned to, but that must not hide
                # the others.
                with suppress(PublishError):
                    manifest = manifest_in(folder)
                    # Folders such as `others-1` may have a manifest, but are not
                    # complete.
                    if manifest and folder.name in {manifest.id, layout.served.name}:
                        found[manifest.id] = Earlier(manifest, FolderFiles(folder))
            # Ids are times, so sorting by name sorts by age.
            newest_first = sorted(found, reverse=True)
            return tuple(found[name] for name in newest_first[: self._settings.keep])


def _beside(root: Path) -> Iterator[str]:
    """Yield what lies in the folder beside guidegen's own, named from `current`."""
    with suppress(FileNotFoundError):
        for name in sorted(path.name for path in root.iterdir()):
            if name not in {"current", OWN} and not is_ignored(name):
                yield f"{_BESIDE}{name}"


def _compare(
    folder: Path, manifest: Manifest | None
) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return which files of a manifest are damaged, and which are not in it."""
    records = manifest.everything if manifest else {}
    whole, unmanaged = set(), []
    for name, plain in entries_below(folder):
        if name not in records:
            if name != NAME and not is_ignored(name):
                unmanaged.append(name)
        elif plain and digest_of(f"{folder}/{name}") == records[name]:
            whole.add(name)
    return frozenset(records.keys() - whole), tuple(unmanaged)


def _present(served: Path, name: str) -> Present:
    path = served / name
    # What a link leads to is not part of the site.
    folders = [served / parent for parent in parents(name)]
    if any(each.is_symlink() for each in (*folders, path)) or not path.is_file():
        return Present(record=None)
    return Present(record=digest_of(path), start=start_of(path, START))


def _take_over(old: Path, new: Path) -> None:
    """Put a file of the old folder into the new one, as a hard link where possible."""
    # A link stays a link: what it leads to is not part of the site.
    if old.is_symlink():
        new.symlink_to(old.readlink())
    elif old.is_dir():
        new.mkdir(exist_ok=True)
    else:
        try:
            new.hardlink_to(old)
        except OSError:  # the file system has no such links, or not for this file
            shutil.copy2(old, new)


def _make_newer(new: Path, old: Path) -> None:
    """Make a file's time later than that of the one it replaces.

    Web servers and browsers judge by time, in whole seconds, whether a copy is fresh.
    """
    try:
        # Last-Modified has whole seconds (RFC 9110, section 8.8.2): within the same
        # one, a cached copy would count as fresh.
        before = int(old.lstat().st_mtime)
    except OSError:
        return
    if before >= int(time.time()):
        os.utime(new, (before + 1, before + 1))
