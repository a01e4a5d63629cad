"""What guidegen keeps on a server, in a folder that readers never see.

.guidegen/manifest.json         the publication that readers see
.guidegen/pending.json          what a run is changing, while it does
.guidegen/objects/<SHA-256>     the content of the publications that are kept
.guidegen/publications/         which files each of them has
.guidegen/new/                  files that are being written
"""

from __future__ import annotations

import json
import secrets
import tempfile
from contextlib import ExitStack, suppress
from dataclasses import field
from typing import BinaryIO, cast

from guidegen.errors import PublishError
from guidegen.model.publication import Manifest
from guidegen.publish.manifest import (
    MAX_BYTES,
    OWN,
    problem_with_names,
    read_manifest,
    write_manifest,
)
from guidegen.publish.remote_store import RetryingStore
from guidegen.value import Value

MANIFEST = f"{OWN}/manifest.json"
PENDING = f"{OWN}/pending.json"
OBJECTS = f"{OWN}/objects/"
PUBLICATIONS = f"{OWN}/publications/"

IN_MEMORY = 1 << 20
"""Bytes of one file that are held in memory; a larger one goes to the disk."""

_FORMAT = 1


def object_name(digest: str) -> str:
    """Return the name of the file that holds the content with a digest."""
    return f"{OBJECTS}{digest}"


def publication_name(publication: str) -> str:
    """Return the name of the file that holds a kept publication's manifest."""
    return f"{PUBLICATIONS}{publication}.json"


def is_own(name: str) -> bool:
    """Return whether a file is one of those that readers never see."""
    return name == OWN or name.startswith(f"{OWN}/")


def _token() -> str:
    return secrets.token_hex(8)


class Pending(Value):
    """A note of the files that a run may have written or removed.

    It is written before the run changes anything. So after an interruption the next run
    knows which files are guidegen's and may be of either publication; and a run notices
    when another one has begun.
    """

    names: frozenset[str] = frozenset()
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
        "names": sorted(pending.names),
    }
    return (json.dumps(data, indent=1) + "\n").encode()


def read_pending(content: bytes | None) -> Pending | None:
    """Return the note that was found, None if there is none.

    Nothing in a damaged note is believed. Names that lead elsewhere are left out: what
    they name is not guidegen's.
    """
    if content is None:
        return None
    if len(content) > MAX_BYTES:
        return _UNREADABLE
    try:
        data = json.loads(content)
        if data["format"] != _FORMAT:
            return _UNREADABLE
        names = (str(name) for name in data["names"])
        good = frozenset(name for name in names if not problem_with_names([name]))
        return Pending(names=good, token=str(data["token"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return _UNREADABLE


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
            (name for name in self._entries if name.startswith(PUBLICATIONS)),
            reverse=True,
        )

    def expired(self, live: Manifest | None, keep: int) -> tuple[str, ...]:
        """Return the files of publications beyond the number to keep."""
        names = set(self._names())
        if live:
            names.add(publication_name(live.id))
        newest_first = sorted(names, reverse=True)
        return tuple(name for name in newest_first[keep:] if name in self._entries)

    def manifests(self, live: Manifest) -> tuple[Manifest, ...]:
        """Return them, the live one first; what cannot be trusted is left out."""
        found = [live]
        for name in self._names():
            if name == publication_name(live.id):
                continue
            with suppress(PublishError):
                content = self._store.read(name)
                if content is None:
                    continue
                manifest = read_manifest(content, self._store.address)
                if publication_name(manifest.id) == name and manifest.id < live.id:
                    found.append(manifest)
        return tuple(found)

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
        names = self.expired(live, keep)
        # Publications go before their content, so a run that is killed here never
        # leaves one that cannot be restored.
        self._store.each(self._store.remove, names)
        for name in names:
            del self._entries[name]
        # Publications share content, which has to outlive the last one that needs it.
        needed = {
            object_name(record.digest)
            for manifest in self.manifests(live)
            for record in manifest.files.values()
        }
        unneeded = [
            name
            for name in self._entries
            if name.startswith(OBJECTS) and name not in needed
        ]
        self._store.each(self._store.remove, unneeded)


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
            if not self._store.fetch(object_name(record.digest), content):
                raise FileNotFoundError(name)
            content.seek(0)
            stack.pop_all()  # whoever opened it closes it
            return content
