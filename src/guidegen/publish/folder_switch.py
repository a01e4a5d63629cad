"""How `current` becomes another publication, and what a killed run leaves behind.

    <path>/current                    a link to the publication, or the folder itself
    <path>/.guidegen/publications/    the publications that are kept, each complete
    <path>/.guidegen/staging-…/       one that is being made

A link is replaced by a new one, or two folders exchange their names: one operation of
the file system each. Only where it has neither (network shares, Windows without the
right to make links) is the old folder moved aside first; a run that is killed at that
moment leaves no `current`, and the next run brings the old one back.

Links within a publication are never followed: what they lead to is not part of it.
"""

from __future__ import annotations

import filecmp
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from guidegen.errors import PublishError
from guidegen.files import exchange_names
from guidegen.model.publication import Manifest
from guidegen.publish.limits import DEEPEST, limit_error
from guidegen.publish.manifest import (
    HALF,
    MAX_BYTES,
    NAME,
    OWN,
    PLANNED,
    read_manifest,
)
from guidegen.publish.publication_files import digest_of, start_of

STAGING = "staging-"
"""The prefix of folders in which publications are being made."""

_OTHERS = "others-"
"""The prefix of folders with other people's files, which are kept for ever."""


@dataclass(frozen=True, slots=True)
class FolderLayout:
    """Where everything is in a folder that is published to."""

    root: Path

    @property
    def current(self) -> Path:
        """What readers see; a web server's root."""
        return self.root / "current"

    @property
    def own(self) -> Path:
        """The folder for what only guidegen needs."""
        return self.root / OWN

    @property
    def publications(self) -> Path:
        """The publications that are kept."""
        return self.own / "publications"

    @property
    def aside(self) -> Path:
        """The old folder, while it is being replaced in two steps."""
        return self.own / "aside"

    @property
    def following(self) -> Path:
        """What is to become `current`, or has just been it."""
        return self.own / "next"

    @property
    def served(self) -> Path:
        """What readers see or, if a run was killed at the worst moment, last saw."""
        # `exists` would take a broken link for nothing, and the rename that follows
        # would fail.
        if os.path.lexists(self.current) or not os.path.lexists(self.aside):
            return self.current
        return self.aside


_NOTES = (HALF, PLANNED, NAME)
"""What guidegen itself has beside a publication's files; its manifest comes last."""

_ID = re.compile(r"\d{8}T\d{12}Z")


def _is_staging(name: str) -> bool:
    return name.startswith(STAGING) and bool(_ID.fullmatch(name.removeprefix(STAGING)))


def switch(layout: FolderLayout, complete: Path, *, symlinks: bool) -> None:
    """Let readers see a complete publication instead of the previous one.

    Args:
        layout: The target.
        complete: The new publication, where it was made.
        symlinks: Whether `current` may be a link.
    """
    current, following = layout.current, layout.following
    if symlinks and _make_link(layout, complete):
        # A rename replaces a link, but never a folder; such a `current` is exchanged
        # below.
        if current.is_symlink() or not current.exists():
            with suppress(OSError):  # Windows replaces no links to folders
                following.replace(current)
                return
    else:
        complete.rename(following)
    if not os.path.lexists(current):
        following.rename(current)
    elif exchange_names(following, current):
        _file_away(layout, following)
    else:
        current.rename(layout.aside)
        try:
            following.rename(current)
        except OSError:
            # The old site is better than none.
            layout.aside.rename(current)
            raise
        _file_away(layout, layout.aside)


def _make_link(layout: FolderLayout, complete: Path) -> bool:
    """File the publication, and return whether a link to it could be made."""
    kept = layout.publications / complete.name.removeprefix(STAGING)
    try:
        # Relative, so that it holds in a container or on another computer, too.
        to = os.path.relpath(kept, layout.root)
        # The link is tried before anything moves, so a failure leaves the publication
        # where the other ways of switching expect it.
        layout.following.symlink_to(to, target_is_directory=True)
    except OSError:
        return False
    complete.rename(kept)
    return True


def _file_away(layout: FolderLayout, old: Path) -> None:
    """Keep what was `current` with the earlier publications."""
    if old.is_symlink():
        old.unlink()
        return
    manifest = None
    with suppress(PublishError):  # somebody's hand was in it: it is theirs
        manifest = manifest_in(old)
    if manifest and not os.path.lexists(layout.publications / manifest.id):
        old.rename(layout.publications / manifest.id)
    elif not _remove_empty(old):
        _keep_for_others(layout, old)


def _keep_for_others(layout: FolderLayout, folder: Path) -> None:
    number = 1
    while os.path.lexists(kept := layout.publications / f"{_OTHERS}{number}"):
        number += 1
    folder.rename(kept)


def restore(layout: FolderLayout) -> None:
    """Bring back what a run had moved aside when it was killed at the worst moment."""
    if layout.served == layout.aside:
        layout.aside.rename(layout.current)


def orphans(layout: FolderLayout, live: Manifest | None) -> tuple[str, ...]:
    """Return what killed runs have left, by its name in guidegen's own folder."""
    own = _names(layout.own)
    found = [name for name in own if _is_staging(name)]
    found += [name for name in own if name in {"aside", "next"}]
    if live:
        filed = _filed(layout)
        # What is newer than the live publication was filed by a run that was killed
        # before it switched.
        found += [f"publications/{name}" for name in filed if name > live.id]
    return tuple(found)


def expired(layout: FolderLayout, live: Manifest | None, keep: int) -> tuple[str, ...]:
    """Return the publications beyond the number to keep, named as in `orphans`."""
    # The live one counts as well: where `current` is a folder, it is not among the
    # filed ones.
    names = sorted({*_filed(layout), *([live.id] if live else [])})
    return tuple(f"publications/{name}" for name in names[: max(0, len(names) - keep)])


def _filed(layout: FolderLayout) -> list[str]:
    # `others-1` is no id, and never expires.
    return [name for name in _names(layout.publications) if _ID.fullmatch(name)]


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except FileNotFoundError:
        return []


def clean_up(layout: FolderLayout, live: Manifest | None) -> None:
    """Deal with what killed runs have left: keep publications, remove the rest."""
    for name in orphans(layout, live):
        path = layout.own / name
        if path.is_symlink():
            # Only the link goes, never what it leads to.
            path.unlink()
        elif _is_staging(name):
            _remove_staging(layout, path)
        elif name in {"aside", "next"} and not _is_unseen(path, live):
            _file_away(layout, path)
        else:
            remove_publication(layout, path)


def _remove_staging(layout: FolderLayout, folder: Path) -> None:
    """Remove a publication that was not completed; what is not guidegen's is kept."""
    for name in (NAME, PLANNED):
        with suppress(PublishError):
            manifest = manifest_in(folder, name)
            if manifest:
                _remove_files(folder, manifest, like=layout.served)
                break
    if not _remove_empty(folder):
        _keep_for_others(layout, folder)


def _is_unseen(folder: Path, live: Manifest | None) -> bool:
    """Return whether a publication was made but never shown: it is the newest."""
    with suppress(PublishError):
        manifest = manifest_in(folder)
        return manifest is not None and live is not None and manifest.id > live.id
    return False


def remove_publication(layout: FolderLayout, folder: Path) -> None:
    """Remove a publication; what is not guidegen's in it is kept."""
    # Without a manifest that can be trusted, no file in it is known to be ours.
    with suppress(PublishError):
        manifest = manifest_in(folder)
        if manifest:
            _remove_files(folder, manifest, like=layout.served)
    if not _remove_empty(folder):
        _keep_for_others(layout, folder)


def _remove_files(folder: Path, manifest: Manifest, *, like: Path) -> None:
    """Remove a publication's files, and other files that `like` has as well.

    Everything else in the folder stays.
    """
    # The files behind a link are somewhere else, and not ours to remove.
    if folder.is_symlink():
        return
    # Listed beforehand, since the loop removes what is being walked through.
    for name, plain in list(entries_below(folder)):
        path = folder / name
        record = manifest.everything.get(name)
        # A manifest may claim what it likes: the content has to be as it says.
        ours = plain and record is not None and digest_of(path) == record
        # Files of others moved along from publication to publication; a copy that the
        # live one also has can go.
        if name not in _NOTES and (ours or _is_same(path, like / name)):
            path.unlink()
    # The manifest comes last: a run that is killed here can be taken up again.
    for note in _NOTES:
        (folder / note).unlink(missing_ok=True)
    _remove_empty(folder)


def _remove_empty(folder: Path) -> bool:
    """Remove a folder's empty folders; return whether nothing of it is left."""
    for path, _, _ in os.walk(folder, topdown=False):
        with suppress(OSError):  # something is left in it
            Path(path).rmdir()
    return not folder.exists()


def _is_same(path: Path, other: Path) -> bool:
    """Return whether two files have the same content, or two links the same target."""
    if path.is_symlink() or other.is_symlink():
        same_kind = path.is_symlink() and other.is_symlink()
        return same_kind and path.readlink() == other.readlink()
    if not path.is_file() or not other.is_file():
        return False
    # Compared in full: size and time alone would take an edited file for the same one.
    return path.samefile(other) or filecmp.cmp(path, other, shallow=False)


def entries_below(folder: Path, below: str = "") -> Iterator[tuple[str, bool]]:
    """Yield the names of all files in a folder, and whether each is a plain file.

    A folder is among them only if it is empty.

    Raises:
        PublishError: Folders lie deeper than anybody needs.
    """
    if below.count("/") > DEEPEST:
        raise limit_error(str(folder), "limit-deep", DEEPEST)
    try:
        entries = sorted(os.scandir(folder / below), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        name = below + entry.name
        if entry.is_dir(follow_symlinks=False):
            found = list(entries_below(folder, f"{name}/"))
            yield from found or [(name, False)]
        else:
            yield name, entry.is_file(follow_symlinks=False)


def manifest_in(folder: Path, name: str = NAME) -> Manifest | None:
    """Return the manifest of a folder's content, None if there is none.

    Raises:
        PublishError: It cannot be trusted.
    """
    path = folder / name
    try:
        # Links are never followed, so one in place of the manifest is none.
        if path.is_symlink():
            return None
        # One more byte tells that it is too large.
        content = start_of(path, MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return read_manifest(content, str(folder))
