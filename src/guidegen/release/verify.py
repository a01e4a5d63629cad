"""Whether all that was released is still as it was, byte for byte."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

from guidegen.errors import FilesError, Problem
from guidegen.files.digest import file_sha256
from guidegen.files.listing import is_litter, walk_files
from guidegen.model.json_records import read_record
from guidegen.model.note import Note
from guidegen.model.release import History, Release
from guidegen.pack.pin import kept_digest
from guidegen.release.history import is_version, version_folders
from guidegen.release.manifest import (
    MANIFEST,
    parse_release,
    text_digest,
)
from guidegen.release.verify_records import head, reviews, unreadable, withdrawals
from guidegen.value import Value

_SLOW: Final = 0.05
"""Seconds that the files of a release take from a disk that is slow to answer."""

_BROKEN = (ValueError, RecursionError)
"""What a manifest that somebody edited can end in."""


class Examined(Value):
    """What was found in `releases/`."""

    history: History | None
    """What was released; None if a record of it cannot be read."""
    problems: tuple[Problem, ...]
    """What is not as it was released."""
    notes: tuple[Note, ...] = ()
    """What is worth knowing, although nothing is wrong."""


def verify(releases: Path) -> tuple[Problem, ...]:
    """Recompute every digest; return each file that differs, is missing or was added.

    Args:
        releases: The project's folder of releases; it may be missing.
    """
    return examine(releases).problems


def examine(releases: Path) -> Examined:
    """Do what `verify` does; return the history and notes, too.

    Args:
        releases: The project's folder of releases; it may be missing.
    """
    problems: list[Problem] = []
    folders = version_folders(releases)
    found = [_manifest(folder, problems) for folder in folders]
    known = [release for release in found if release]
    problems += _changed(known)
    problems += _strange(releases)
    problems += _chain(known, {folder.name for folder in folders})
    problems += _packs(known, releases)
    seen, withdrawn = reviews(releases, known), withdrawals(releases, known)
    problems += (*seen.problems, *withdrawn.problems)
    ending = head(
        releases,
        known,
        {folder.name for folder in folders},
        reviews=seen.records,
        withdrawals=withdrawn.records,
    )
    # A release that is gone may have been named already.
    named = {each.path for each in problems}
    problems += (each for each in ending.problems if each.path not in named)
    found_all = len(known) == len(folders)
    if not found_all or seen.records is None or withdrawn.records is None:
        return Examined(history=None, problems=tuple(problems), notes=ending.notes)
    history = History(
        releases=tuple(known), reviews=seen.records, withdrawals=withdrawn.records
    )
    # What is behind says nothing where something is missing.
    notes = () if problems else ending.notes
    return Examined(history=history, problems=tuple(problems), notes=notes)


def _strange(releases: Path) -> Iterator[Problem]:
    """Yield what has the name of a release but is not a folder."""
    if releases.is_dir():
        for path in sorted(releases.iterdir()):
            if is_version(path.name) and not path.is_dir():
                # `version_folders` passes over it, so nothing else would report it.
                yield Problem(message="verify-added", path=path)


def _manifest(folder: Path, problems: list[Problem]) -> Release | None:
    path = folder / MANIFEST
    try:
        text = read_record(path)
        release = parse_release(text, folder)
        if text_digest(text, release.digest) != release.digest:
            problems.append(Problem(message="verify-manifest-changed", path=path))
    except FileNotFoundError:
        problems.append(Problem(message="verify-missing", path=path))
    except OSError as error:
        problems.append(unreadable(path, error))
    except _BROKEN:
        problems.append(Problem(message="verify-manifest-broken", path=path))
    else:
        return release
    return None


def _changed(known: list[Release]) -> Iterator[Problem]:
    """Yield what is wrong with the releases' files.

    A disk that is slow to answer, such as a network share, is asked for those of many
    releases at once; where files are quick to be had, threads only cost time.
    """
    begin = time.perf_counter()
    for checked, release in enumerate(known, start=1):
        yield from _files(release)
        if time.perf_counter() - begin > _SLOW * checked:
            break
    else:
        return
    # Imported only now: it takes as long as some hundred files.
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    with ThreadPoolExecutor() as pool:
        for differences in pool.map(lambda each: list(_files(each)), known[checked:]):
            yield from differences


def _files(release: Release) -> Iterator[Problem]:
    """Yield what is wrong with the files of a release."""
    missing = dict(release.files)
    # Sorted, since folders are listed differently on each system.
    for name, entry in sorted(walk_files(release.folder), key=lambda item: item[0]):
        if name not in missing:
            if name != MANIFEST and not is_litter(name):
                yield Problem(message="verify-added", path=Path(entry.path))
            continue
        expected = missing.pop(name)
        try:
            # What a link leads to may change without anything changing in this folder.
            if entry.is_symlink() or file_sha256(entry.path) != expected:
                yield Problem(message="verify-changed", path=Path(entry.path))
        except OSError as error:
            yield unreadable(Path(entry.path), error)
    for name in missing:
        yield Problem(message="verify-missing", path=release.folder / name)


def _chain(known: list[Release], versions: set[str]) -> Iterator[Problem]:
    """Yield where a release does not follow the one before."""
    # The first one found follows another, which must have been taken away.
    if known and known[0].previous is not None:
        yield from _gap(known[0], versions)
    readable = {release.version for release in known}
    for before, release in pairwise(known):
        previous = release.previous
        if previous == before.id:
            continue
        if previous and previous.version in versions - readable:
            continue  # it is there, and named already: none was slipped in
        manifest = release.folder / MANIFEST
        if previous is None:
            yield Problem(
                message="verify-not-first",
                values={"before": before.version},
                path=manifest,
            )
        elif previous.version not in versions:
            yield from _gap(release, versions)
        elif previous.version == before.version:
            yield Problem(
                message="verify-replaced",
                values={"after": release.version},
                path=before.folder / MANIFEST,
            )
        else:
            yield Problem(
                message="verify-slipped-in",
                values={"after": release.version, "before": previous.version},
                path=before.folder,
            )


def _gap(release: Release, versions: set[str]) -> Iterator[Problem]:
    if release.previous and release.previous.version not in versions:
        yield Problem(
            message="verify-version-missing",
            values={"after": release.version},
            path=release.folder.parent / release.previous.version,
        )


def _packs(known: list[Release], releases: Path) -> Iterator[Problem]:
    # Releases share packs, and each is read once; a dict keeps their order.
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
                values={"reason": error.problem},
                path=error.path,
            )
