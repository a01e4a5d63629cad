"""What guidegen keeps on a server, in a folder that readers never see.

.guidegen/manifest.json         the publication that readers see
.guidegen/pending.json          what a run is changing, while it does
.guidegen/objects/<SHA-256>     the content of the publications that are kept
.guidegen/publications/         which files each of them has
.guidegen/new/                  files that are being written
"""

from __future__ import annotations

import json
import re
import secrets
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import field
from itertools import islice
from typing import Any, BinaryIO, cast

from guidegen.errors import PublishError
from guidegen.model.publication import FileRecord, Manifest
from guidegen.publish.manifest import (
    OWN,
    problem_with_names,
    read_manifest,
    write_manifest,
)
from guidegen.publish.remote_store import NEW_FILES, RetryingStore
from guidegen.value import Value

MANIFEST = f"{OWN}/manifest.json"
PENDING = f"{OWN}/pending.json"
OBJECTS = f"{OWN}/objects/"
PUBLICATIONS = f"{OWN}/publications/"

IN_MEMORY = 1 << 20
"""Bytes of one file that are held in memory; a larger one goes to the disk."""

_FORMAT = 1
_TOKEN = 64
_OBJECT = re.compile(rf"{re.escape(OBJECTS)}[0-9a-f]{{64}}")
_PUBLICATION = re.compile(rf"{re.escape(PUBLICATIONS)}\d{{8}}T\d{{12}}Z\.json")
_NEW = re.compile(rf"{re.escape(NEW_FILES)}[0-9a-f]{{16}}")


def object_name(digest: str) -> str:
    """Return the name of the file that holds the content with a digest."""
    return f"{OBJECTS}{digest}"


def publication_name(publication: str) -> str:
    """Return the name of the file that holds a kept publication's manifest."""
    return f"{PUBLICATIONS}{publication}.json"


def is_own(name: str) -> bool:
    """Return whether a file is one of those that readers never see."""
    return name == OWN or name.startswith(f"{OWN}/")


def is_new_file(name: str) -> bool:
    """Return whether a file is one that a run has not finished writing."""
    return bool(_NEW.fullmatch(name))


def _token() -> str:
    return secrets.token_hex(8)


class Pending(Value):
    """A note of the files that a run may have written or removed.

    It is written before the run changes anything. So after an interruption the next run
    knows which files are guidegen's and may be of either publication; and a run notices
    when another one has begun.
    """

    files: Mapping[str, frozenset[FileRecord]] = field(default_factory=dict)
    """What each file may be; nothing where an older guidegen has left the note."""
    token: str = field(default_factory=_token)
    """Which run it is."""


# Even a damaged note says that a run was interrupted, so it is not None; the next run
# takes it over like any other.
_UNREADABLE = Pending(token="")


def write_pending(pending: Pending) -> bytes:
    """Return the note as it is stored."""
    data = {
        "format": _FORMAT,
        "token": pending.token,
        # Older versions of guidegen know no more than the names.
        "names": sorted(pending.files),
        "files": {
            name: sorted([record.digest, record.size] for record in records)
            for name, records in sorted(pending.files.items())
        },
    }
    return (json.dumps(data) + "\n").encode()


def read_pending(content: bytes | None, address: str) -> Pending | None:
    """Return the note that was found, None if there is none.

    Nothing in a damaged note is believed.

    Raises:
        PublishError: It names files elsewhere: somebody has prepared it.
    """
    if content is None:
        return None
    try:
        data = json.loads(content)
        if data["format"] != _FORMAT:
            return _UNREADABLE
        names = [str(name) for name in data["names"]]
        told = data.get("files", {})
        files = {name: _records(told.get(name, ())) for name in names}
        found = Pending(files=files, token=str(data["token"])[:_TOKEN])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return _UNREADABLE
    # One at a time: two runs may have left names that are one file on some systems.
    for name in names:
        if problem := problem_with_names([name]):
            raise PublishError("error-publish-pending", address=address, reason=problem)
    return found


def _records(data: Iterable[Any]) -> frozenset[FileRecord]:
    return frozenset(
        FileRecord(str(digest), size)
        for digest, size in data
        if type(size) is int and size >= 0
    )


class KeptPublications:
    """The publications that are kept for a rollback.

    Args:
        store: The server.
        entries: All files there with their sizes; kept up to date.
    """

    def __init__(self, store: RetryingStore, entries: dict[str, int]) -> None:
        self._store = store
        self._entries = entries

    def _names(self) -> list[str]:
        return sorted(
            # Names begin with the time, so the newest one comes first.
            (name for name in self._entries if _PUBLICATION.fullmatch(name)),
            reverse=True,
        )

    def expired(self, live: Manifest | None, keep: int) -> tuple[str, ...]:
        """Return the files of publications beyond the number to keep."""
        names = set(self._names())
        if live:
            newest = publication_name(live.id)
            # One from the future is somebody else's, and must not crowd out the others.
            names = {name for name in names if name < newest} | {newest}
        newest_first = sorted(names, reverse=True)
        return tuple(
            name
            for name in newest_first[keep:]
            # What is no publication was put there by somebody else.
            if name in self._entries and self._manifest(name)
        )

    def manifests(self, live: Manifest, keep: int) -> tuple[Manifest, ...]:
        """Return them, the live one first; what cannot be trusted is left out."""
        others = (
            manifest
            for name in self._names()
            if name != publication_name(live.id)
            and (manifest := self._manifest(name))
            and manifest.id < live.id
        )
        return (live, *islice(others, keep - 1))

    def _manifest(self, name: str) -> Manifest | None:
        """Return a kept publication, None if it cannot be trusted."""
        with suppress(PublishError):
            content = self._store.read(name)
            if content is not None:
                manifest = read_manifest(content, self._store.address)
                if publication_name(manifest.id) == name:
                    return manifest
        return None

    def add(self, live: Manifest) -> None:
        """Keep the live publication, unless it is kept already."""
        name = publication_name(live.id)
        if name in self._entries:
            return
        if not self._store.copy(MANIFEST, name):
            self._store.write_bytes(name, write_manifest(live))
        # Any size will do: only the name is looked at.
        self._entries[name] = 1

    def prune(self, live: Manifest, keep: int) -> None:
        """Remove what is beyond the number to keep, and content nobody needs."""
        gone = self.expired(live, keep)
        # Publications go before their content, so a run that is killed here never
        # leaves one that cannot be restored.
        self._store.each(self._store.remove, gone)
        for name in gone:
            del self._entries[name]
        # Publications share content, which has to outlive the last one that needs it.
        needed = {
            object_name(record.digest)
            for manifest in self.manifests(live, keep)
            for record in manifest.files.values()
        }
        unneeded = [
            name
            for name in self._entries
            if _OBJECT.fullmatch(name) and name not in needed
        ]
        self._store.each(self._remove_object, unneeded)

    def _remove_object(self, name: str) -> None:
        """Remove content nobody needs, if it is what its name says."""
        size = self._entries[name]
        found = self._store.present(name, size)
        if found and found.record == FileRecord(name.rpartition("/")[2], size):
            self._store.remove(name)


class KeptFiles:
    """The content of a publication that is kept."""

    def __init__(self, store: RetryingStore, manifest: Manifest) -> None:
        self._store = store
        self._manifest = manifest

    def open(self, name: str) -> BinaryIO:
        """Fetch a file's content from the server."""
        record = self._manifest.files[name]
        # The file is closed here only if fetching fails.
        with ExitStack() as stack:
            spool = stack.enter_context(tempfile.SpooledTemporaryFile(IN_MEMORY))
            content = cast("BinaryIO", spool)
            source = object_name(record.digest)
            if not self._store.fetch(source, content, most=record.size):
                raise FileNotFoundError(name)
            content.seek(0)
            stack.pop_all()  # whoever opened it closes it
            return content
