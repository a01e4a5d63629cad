"""The publications that are kept at a server: which there are, and their content."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, BinaryIO, cast

from guidegen.errors import PublishError
from guidegen.publish.manifest import read_manifest, write_manifest
from guidegen.publish.remote_names import (
    MANIFEST,
    OBJECTS,
    PUBLICATIONS,
    object_name,
    publication_name,
)

if TYPE_CHECKING:
    from guidegen.model.publication import Manifest
    from guidegen.publish.remote_store import PatientStore

IN_MEMORY = 1 << 20
"""Bytes of one file that are held in memory; more of it goes to the disk."""


class Kept:
    """The publications that are kept."""

    def __init__(self, store: PatientStore, entries: dict[str, int]) -> None:
        self._store = store
        self._entries = entries

    def _names(self) -> list[str]:
        return sorted(
            (name for name in self._entries if name.startswith(PUBLICATIONS)),
            reverse=True,
        )

    def beyond(self, live: Manifest | None, keep: int) -> tuple[str, ...]:
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
                manifest = read_manifest(content, self._store.place)
                if publication_name(manifest.id) == name and manifest.id < live.id:
                    found.append(manifest)
        return tuple(found)

    def file(self, live: Manifest) -> None:
        """File the live publication away, unless it is there already."""
        name = publication_name(live.id)
        if name in self._entries:
            return
        if not self._store.copy(MANIFEST, name):
            self._store.write_bytes(name, write_manifest(live))
        self._entries[name] = 1

    def prune(self, live: Manifest, keep: int) -> None:
        """Take away what is beyond the number to keep, and content nobody needs."""
        names = self.beyond(live, keep)
        self._store.each(self._store.remove, names)
        for name in names:
            del self._entries[name]
        needed = {
            object_name(record.digest)
            for manifest in self.manifests(live)
            for record in manifest.files.values()
        }
        superfluous = [
            name
            for name in self._entries
            if name.startswith(OBJECTS) and name not in needed
        ]
        self._store.each(self._store.remove, superfluous)


class KeptFiles:
    """The content of a publication that is kept."""

    def __init__(self, store: PatientStore, manifest: Manifest) -> None:
        self._store = store
        self._manifest = manifest

    def open(self, name: str) -> BinaryIO:
        """Fetch a file's content from the server."""
        record = self._manifest.files[name]
        with ExitStack() as stack:
            spool = stack.enter_context(tempfile.SpooledTemporaryFile(IN_MEMORY))
            content = cast("BinaryIO", spool)
            if not self._store.fetch(object_name(record.digest), content):
                raise FileNotFoundError(name)
            content.seek(0)
            stack.pop_all()  # whoever opened it closes it
            return content
