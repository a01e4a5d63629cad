"""A place at a server: SFTP, S3, WebDAV or SMB; readers see its root.

    <root>/…                               what readers see
    <root>/.guidegen/manifest.json         the publication that they see
    <root>/.guidegen/pending.json          what a run is changing, while it does
    <root>/.guidegen/objects/<SHA-256>     the content of the publications that are kept
    <root>/.guidegen/publications/         which files each of them has
    <root>/.guidegen/new/                  files that are being written

All new content is brought to `objects/` before anything that readers see changes. From
there the server itself copies or links it into place, file by file: what pages need,
the pages, the front page; then comes the manifest, and then what is no longer needed
goes. A rollback finds its content in `objects/` and transfers none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from guidegen.model.publication import Seen
from guidegen.publish.manifest import OWN, read_manifest
from guidegen.publish.remote_kept import Kept, KeptFiles
from guidegen.publish.remote_names import MANIFEST, PENDING, TMP, is_litter, is_own
from guidegen.publish.remote_pending import read_pending
from guidegen.publish.remote_run import Run
from guidegen.publish.remote_store import PatientStore

if TYPE_CHECKING:
    from guidegen.model.publication import Manifest, Plan, TargetSettings
    from guidegen.publish.remote_pending import Pending
    from guidegen.publish.remote_store import Store
    from guidegen.publish.target import Files


@contextmanager
def opened(settings: TargetSettings, store: Store) -> Iterator[RemoteTarget]:
    """Give the target at a server; leaving it closes the connection."""
    patient = PatientStore(store)
    try:
        yield RemoteTarget(settings, patient)
    finally:
        patient.close()


class RemoteTarget:
    """A place at a server that is published to."""

    def __init__(self, settings: TargetSettings, store: PatientStore) -> None:
        self._settings = settings
        self._store = store
        self._entries: dict[str, int] | None = None
        self._pending: Pending | None = None

    @property
    def place(self) -> str:
        """The address, without the user's secret."""
        return self._store.place

    def additions(self) -> dict[str, bytes]:
        """Return nothing: these servers need no files of their own."""
        return {}

    def look(self) -> Seen:
        """Say what is there; whether files are whole, by their sizes."""
        entries = self._list()
        live = self._live(entries)
        self._pending = read_pending(
            self._store.read(PENDING) if PENDING in entries else None
        )
        uncertain = self._pending.names if self._pending else frozenset()
        records = live.everything if live else {}
        damaged = {
            name
            for name, record in records.items()
            if name in uncertain or entries.get(name) != record.size
        }
        foreign = (
            name
            for name in sorted(entries.keys() - records.keys() - uncertain)
            if not is_own(name) and not is_litter(name)
        )
        return Seen(
            live=live,
            damaged=frozenset(damaged),
            foreign=tuple(foreign),
            leftovers=self._leftovers(entries, live),
        )

    def _list(self) -> dict[str, int]:
        self._entries = self._store.entries()
        return self._entries

    def _live(self, entries: dict[str, int]) -> Manifest | None:
        content = self._store.read(MANIFEST) if MANIFEST in entries else None
        return read_manifest(content, self.place) if content is not None else None

    def _leftovers(
        self, entries: dict[str, int], live: Manifest | None
    ) -> tuple[str, ...]:
        names = [name for name in entries if name == PENDING or name.startswith(TMP)]
        beyond = Kept(self._store, entries).beyond(live, self._settings.keep)
        return tuple(name.removeprefix(f"{OWN}/") for name in sorted((*names, *beyond)))

    def publish(self, plan: Plan, files: Files) -> None:
        """Bring the content there, then change file by file what readers see."""
        entries = self._entries if self._entries is not None else self._list()
        self._entries = None
        run = Run(self._store, plan, files, entries, self._settings.keep)
        run.begin(self._pending)
        run.carry_out()

    def earlier(self) -> tuple[Manifest, ...]:
        """Return the publications that are kept, newest and live one first."""
        entries = self._list()
        live = self._live(entries)
        if live is None:
            return ()
        kept = Kept(self._store, entries).manifests(live)
        return kept[: self._settings.keep]

    def kept(self, manifest: Manifest) -> Files:
        """Return the content of a publication that is kept."""
        return KeptFiles(self._store, manifest)
