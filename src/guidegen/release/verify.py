"""Whether all that was released is still as it was, byte for byte."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from guidegen.errors import FilesError, Problem
from guidegen.pack import kept_digest
from guidegen.release.history import REVIEWS, is_version, version_folders
from guidegen.release.manifest import (
    MANIFEST,
    canonical,
    chain_link,
    parse_release,
    parse_reviews,
    release_digest,
    sha256,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidegen.model.release import Release

_NOT_COUNTED: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What a system's file manager leaves in a folder."""

_BROKEN = (ValueError, KeyError, TypeError, RecursionError)
"""What a manifest that somebody edited can end in."""


def verify(releases: Path) -> tuple[Problem, ...]:
    """Recompute every digest; return each file that differs, is missing or was added.

    Args:
        releases: The project's folder of releases; it may be missing.
    """
    problems: list[Problem] = []
    known: list[Release] = []
    folders = version_folders(releases)
    for folder in folders:
        release = _manifest(folder, problems)
        if release is not None:
            known.append(release)
    # Digests are computed without Python's lock, and files are waited for.
    with ThreadPoolExecutor() as pool:
        for found in pool.map(lambda each: list(_files(each)), known):
            problems += found
    problems += _strange(releases)
    versions = {folder.name for folder in folders}
    problems += _chain(known, versions)
    problems += _packs(known, releases)
    problems += _reviews(releases / REVIEWS, known)
    return tuple(problems)


def _strange(releases: Path) -> Iterator[Problem]:
    """Return what is called like a release and is no folder."""
    if releases.is_dir():
        for path in sorted(releases.iterdir()):
            if is_version(path.name) and not path.is_dir():
                yield Problem(message="verify-added", path=path)


def _manifest(folder: Path, problems: list[Problem]) -> Release | None:
    path = folder / MANIFEST
    try:
        text = path.read_bytes()
        release = parse_release(text, folder)
        data = json.loads(text)
        if data["digest"] != release_digest(data) or text != canonical(data):
            problems.append(Problem(message="verify-manifest-changed", path=path))
    except FileNotFoundError:
        problems.append(Problem(message="verify-missing", path=path))
    except OSError as error:
        problems.append(_unreadable(path, error))
    except _BROKEN:
        problems.append(Problem(message="verify-manifest-broken", path=path))
    else:
        return release
    return None


def _files(release: Release) -> Iterator[Problem]:
    """Return what is wrong with the files of a release."""
    missing = dict(release.files)
    root = str(release.folder)
    for name in sorted(_names(root, "")):
        path = Path(root, name)
        if name not in missing:
            if name != MANIFEST:
                yield Problem(message="verify-added", path=path)
            continue
        expected = missing.pop(name)
        try:
            if path.is_symlink() or sha256(path.read_bytes()) != expected:
                yield Problem(message="verify-changed", path=path)
        except OSError as error:
            yield _unreadable(path, error)
    for name in missing:
        yield Problem(message="verify-missing", path=Path(root, name))


def _names(root: str, below: str) -> Iterator[str]:
    """Return the names of all files in a folder, with `/`."""
    with os.scandir(f"{root}/{below}") as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _names(root, f"{below}{entry.name}/")
            elif entry.name not in _NOT_COUNTED:
                yield f"{below}{entry.name}"


def _chain(known: list[Release], versions: set[str]) -> Iterator[Problem]:
    """Return where a release does not follow the one before."""
    if known and known[0].previous is not None:
        yield from _gap(known[0], versions)
    for before, release in pairwise(known):
        previous = release.previous
        if previous == (before.version, before.digest):
            continue
        manifest = release.folder / MANIFEST
        if previous is None:
            yield Problem(
                message="verify-not-first",
                values={"before": before.version},
                path=manifest,
            )
        elif previous[0] not in versions:
            yield from _gap(release, versions)
        elif previous[0] == before.version:
            yield Problem(
                message="verify-replaced",
                values={"after": release.version},
                path=before.folder / MANIFEST,
            )
        else:
            yield Problem(
                message="verify-slipped-in",
                values={"after": release.version, "before": previous[0]},
                path=before.folder,
            )


def _gap(release: Release, versions: set[str]) -> Iterator[Problem]:
    if release.previous and release.previous[0] not in versions:
        yield Problem(
            message="verify-version-missing",
            values={"after": release.version},
            path=release.folder.parent / release.previous[0],
        )


def _packs(known: list[Release], releases: Path) -> Iterator[Problem]:
    for folder, digest in {(each.pack.folder, each.pack.digest): 0 for each in known}:
        path = releases / folder
        if not path.is_dir():
            yield Problem(message="verify-missing", path=path)
            continue
        try:
            if kept_digest(path) != digest:
                yield Problem(message="verify-pack-changed", path=path)
        except FilesError as error:
            yield Problem(
                message="verify-unreadable",
                values={"reason": error.what},
                path=error.path,
            )


def _reviews(path: Path, known: list[Release]) -> Iterator[Problem]:
    try:
        reviews = parse_reviews(path.read_bytes())
    except FileNotFoundError:
        return
    except OSError as error:
        yield _unreadable(path, error)
        return
    except _BROKEN:
        yield Problem(message="verify-reviews-broken", path=path)
        return
    released = {(release.version, release.digest) for release in known}
    before = ""
    for number, (review, chain) in enumerate(reviews, start=1):
        values = {"number": number, "by": review.by, "on": review.on.isoformat()}
        if chain != chain_link(review, before):
            yield Problem(message="verify-review-changed", values=values, path=path)
        if (review.version, review.digest) not in released:
            values |= {"version": review.version}
            yield Problem(message="verify-review-unknown", values=values, path=path)
        before = chain


def _unreadable(path: Path, error: OSError) -> Problem:
    reason = error.strerror or str(error)
    return Problem(message="verify-unreadable", values={"reason": reason}, path=path)
