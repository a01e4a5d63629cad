"""A target on a server: SFTP, S3, WebDAV or SMB; readers see its root.

All new content is sent to guidegen's own folder (see `remote_layout.py`) before
anything that readers see changes. From there the server itself copies or links it into
the site, file by file: what pages need, the pages, the front page. The manifest
follows, and finally what is no longer needed is removed. A rollback finds its content
on the server and transfers none.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from guidegen.errors import PublishError
from guidegen.files import translate_os_errors
from guidegen.model.publication import (
    FileRecord,
    Manifest,
    Plan,
    TargetContent,
    TargetSettings,
    is_page,
)
from guidegen.publish.manifest import OWN, read_manifest, write_manifest
from guidegen.publish.publication_files import Files, checked, is_ignored
from guidegen.publish.remote_layout import (
    IN_MEMORY,
    MANIFEST,
    PENDING,
    KeptFiles,
    KeptPublications,
    Pending,
    is_new_file,
    is_own,
    object_name,
    read_pending,
    write_pending,
)
from guidegen.publish.remote_store import Readers, RetryingStore, Store
from guidegen.publish.removal import Present, expected_records
from guidegen.publish.target import Earlier, Overtaken

NOTICE_WITHIN = 1.0
"""Seconds within which a run notices that another one has begun."""

# It must be longer than NOTICE_WITHIN, or the other run could still be writing.
TAKE_OVER_AFTER = 2.0
"""Seconds that another run is given to notice that this one takes over."""


@contextmanager
def open_remote(settings: TargetSettings, store: Store) -> Iterator[RemoteTarget]:
    """Open a target on a server; the connection is closed at the end."""
    retrying = RetryingStore(store)
    try:
        yield RemoteTarget(settings, retrying)
    finally:
        retrying.close()


class RemoteTarget:
    """A target on a server."""

    def __init__(self, settings: TargetSettings, store: RetryingStore) -> None:
        self._settings = settings
        self._store = store

    @property
    def address(self) -> str:
        """The address, without the user's secret."""
        return self._store.address

    def additions(self) -> dict[str, bytes]:
        """Return nothing: these servers need no files of their own."""
        return {}

    def look(self) -> TargetContent:
        """Return what is there; files are judged by their sizes."""
        # Judged by sizes alone: reading everything back would cost as much as sending
        # it. `guidegen publish --verify` compares the content that readers get.
        entries = self._store.entries()
        live = self._live(entries)
        note = self._store.read(PENDING) if PENDING in entries else None
        pending = read_pending(note, self.address)
        # What an interrupted run may have written can have the right size by chance.
        unfinished = pending.files if pending else {}
        uncertain = frozenset(unfinished)
        records = live.everything if live else {}
        damaged = {
            name
            for name, record in records.items()
            if name in uncertain or entries.get(name) != record.size
        }
        unmanaged = (
            name
            for name in sorted(entries.keys() - records.keys() - uncertain)
            if not is_own(name) and not is_ignored(name)
        )
        return TargetContent(
            live=live,
            damaged=frozenset(damaged),
            unmanaged=tuple(unmanaged),
            orphans=self._orphans(entries, live),
            expiring=self._expiring(entries, live),
            unfinished=unfinished,
            revision=pending.token if pending else None,
            inventory=entries,
        )

    def _live(self, entries: dict[str, int]) -> Manifest | None:
        content = self._store.read(MANIFEST) if MANIFEST in entries else None
        return read_manifest(content, self.address) if content is not None else None

    def _orphans(
        self, entries: dict[str, int], live: Manifest | None
    ) -> tuple[str, ...]:
        left = [name for name in entries if name == PENDING or is_new_file(name)]
        kept = KeptPublications(self._store, entries)
        return _own_names((*left, *kept.expired(live, self._settings.keep)))

    def _expiring(
        self, entries: dict[str, int], live: Manifest | None
    ) -> tuple[str, ...]:
        kept = KeptPublications(self._store, entries)
        return _own_names(kept.expired(live, self._settings.keep - 1))

    def shown(self) -> Manifest | None:
        """Return what readers see, None if nothing was published yet; read no more."""
        content = self._store.read(MANIFEST)
        return read_manifest(content, self.address) if content is not None else None

    def present(
        self, seen: TargetContent, sizes: Mapping[str, int]
    ) -> Mapping[str, Present]:
        """Return files as they are now; only those of the right size are fetched."""
        found: dict[str, Present] = {}

        def measure(name: str) -> None:
            present = self._store.present(name, sizes[name])
            if present:
                found[name] = present

        there = [name for name in sizes if name in seen.inventory]
        for name in there:
            # No plain file, or another one: its content does not matter.
            if not 0 <= seen.inventory[name] <= sizes[name]:
                found[name] = Present(record=None)
        self._store.each(measure, [name for name in there if name not in found])
        return found

    def publish(self, plan: Plan, files: Files) -> None:
        """Send the content, then change what readers see file by file."""
        run = _Run(self._store, plan, files, self._settings.keep)
        run.begin()
        run.carry_out()

    def earlier(self) -> tuple[Earlier, ...]:
        """Return the publications that are kept, newest and live one first."""
        entries = self._store.entries()
        live = self._live(entries)
        if live is None:
            return ()
        kept = KeptPublications(self._store, entries)
        return tuple(
            Earlier(manifest, KeptFiles(self._store, manifest))
            for manifest in kept.manifests(live, self._settings.keep)
        )


class _Run:
    """One publication, from leaving the note to removing it."""

    def __init__(
        self, store: RetryingStore, plan: Plan, files: Files, keep: int
    ) -> None:
        self._store = store
        self._plan = plan
        self._files = files
        self._entries = dict(plan.seen.inventory)
        self._keep = keep
        self._before: Mapping[str, frozenset[FileRecord]] = {}
        self._pending = Pending()
        first = plan.seen.live is None
        store.readers = Readers.FIRST if first else Readers.WHOLE
        self._checked = 0.0

    def begin(self) -> None:
        """Leave a note on the server of what will change.

        Raises:
            Overtaken: Somebody else has begun or published since the plan was made.
        """
        seen = self._plan.seen
        found = read_pending(self._store.read(PENDING), self._store.address)
        # The note that `look` saw may be taken over; any other belongs to a run that
        # has begun since.
        if (found and found.token) != seen.revision:
            raise Overtaken
        content = self._store.read(MANIFEST)
        live = read_manifest(content, self._store.address) if content else None
        # All of it: what the plan was judged by must still be there.
        if live != seen.live:
            raise Overtaken
        self._before = found.files if found else {}
        self._pending = Pending(files=self._touched())
        note = write_pending(self._pending)
        if found:
            self._store.write_bytes(PENDING, note)
            # The other run may be alive. It looks for its note every NOTICE_WITHIN
            # seconds, and stops when it finds this one.
            time.sleep(TAKE_OVER_AFTER)
        elif not self._store.create(PENDING, note) and not self._is_alone():
            raise Overtaken

    def _touched(self) -> dict[str, frozenset[FileRecord]]:
        """Return what may be at the target until this run is done, by name.

        What an interrupted run had begun stays on the note until it is dealt with: this
        run may be interrupted, too.
        """
        plan, live = self._plan, self._plan.seen.live
        before = live.everything if live else {}
        return {
            name: self._before.get(name, frozenset())
            | {each[name] for each in (before, plan.manifest.files) if name in each}
            for name in {*self._before, *plan.uploads, *plan.removed}
        }

    def carry_out(self) -> None:
        """Change what is there, in an order that readers survive.

        Raises:
            PublishError: It failed; what readers see is complete.
        """
        live = self._plan.seen.live
        kept = KeptPublications(self._store, self._entries)
        # Half-written files of killed runs; no publication uses them.
        self._remove(name for name in self._entries if is_new_file(name))
        if live:
            kept.add(live)
        if self._plan.changes:
            self._upload_content()
            self._place_all()
            live = self._plan.manifest
            # A run that was overtaken must not claim what readers see.
            self._check_alone()
            self._store.write_bytes(MANIFEST, write_manifest(live))
        if live:
            kept.add(live)
            self._remove_unneeded(live)
            kept.prune(live, self._keep)
        self._check_alone()
        self._store.remove(PENDING)

    def _upload_content(self) -> None:
        """Send content that is not there yet; no reader sees it."""
        missing = {
            # By digest, so the same content is sent once, whatever its names are.
            record.digest: name
            for name, record in self._plan.manifest.files.items()
            if self._entries.get(object_name(record.digest)) != record.size
        }

        def upload(digest: str) -> None:
            self._check_alone_now_and_then()
            self._write(missing[digest], object_name(digest))
            size = self._plan.manifest.files[missing[digest]].size
            self._entries[object_name(digest)] = size

        self._store.each(upload, missing)

    def _place_all(self) -> None:
        """Change what readers see: what pages need, the pages, the front pages."""
        self._check_alone()
        uploads = self._plan.uploads
        self._clear_folders(uploads)
        pages = [name for name in uploads if is_page(name)]
        fronts = [name for name in pages if PurePosixPath(name).stem == "index"]
        self._store.each(self._place, [name for name in uploads if not is_page(name)])
        self._store.each(self._place, [name for name in pages if name not in fronts])
        # The outermost front page is the last one: it leads to all others.
        for name in sorted(fronts, key=lambda name: (-name.count("/"), name)):
            self._place(name)

    def _place(self, name: str) -> None:
        self._check_alone_now_and_then()
        record = self._plan.manifest.files[name]
        # A server that cannot copy gets the content a second time.
        if not self._store.copy(object_name(record.digest), name):
            self._write(name, name)

    def _write(self, name: str, to: str) -> None:
        with self._content(name) as content:
            size = self._plan.manifest.files[name].size
            self._store.write(to, content, size)

    @contextmanager
    def _content(self, name: str) -> Iterator[BinaryIO]:
        """Yield a file's content after comparing all of it with the manifest."""
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as content:
            record = self._plan.manifest.files[name]
            with translate_os_errors(Path(tempfile.gettempdir())):
                content.writelines(checked(self._files, name, record))
            yield cast("BinaryIO", content)

    def _clear_folders(self, uploads: Iterable[str]) -> None:
        """Remove old files where a folder has to be; a server cannot have both."""
        folders = {str(parent) for name in uploads for parent in _parents(name)}
        self._remove_as_planned(
            {name for name in self._plan.removed if name in folders}
        )

    def _remove_unneeded(self, live: Manifest) -> None:
        """Remove what no page needs any longer, and what other runs had begun."""
        # What the plan shows, and no more: its content was compared (`removal.py`).
        names = set(self._plan.removals) - live.everything.keys()
        # Where a file was, there may be a folder now.
        names -= {str(parent) for name in live.everything for parent in _parents(name)}
        self._remove_as_planned(names & self._entries.keys())
        self._replace_lost(names, live)
        parents = {parent for name in names for parent in _parents(name)}
        in_use = {
            parent
            for name in {*live.everything, *self._plan.seen.unmanaged}
            for parent in _parents(name)
        }
        deepest_first = sorted(parents - in_use, key=lambda path: -len(path.parts))
        for folder in deepest_first:
            if str(folder) != ".":
                self._store.remove_folder(str(folder))

    def _replace_lost(self, removed: Iterable[str], live: Manifest) -> None:
        """Restore what was removed along with a name that differs only in case.

        To servers that ignore case it was the same file.
        """
        folded = {name.casefold() for name in removed}
        for name in live.files:
            if name.casefold() in folded:
                self._place(name)

    def _remove_as_planned(self, names: Iterable[str]) -> None:
        """Remove files unless somebody has changed them since the plan was made."""
        expected = expected_records(self._plan)

        def remove(name: str) -> None:
            records = expected[name]
            found = self._store.present(name, max(each.size for each in records))
            if found and found.record in records:
                self._store.remove(name)

        self._store.each(remove, sorted(names))

    def _remove(self, names: Iterable[str]) -> None:
        self._store.each(self._store.remove, sorted(names))

    def _check_alone_now_and_then(self) -> None:
        if time.monotonic() - self._checked > NOTICE_WITHIN:
            self._check_alone()

    def _check_alone(self) -> None:
        """Stop if another run has begun and replaced our note by its own."""
        if not self._is_alone():
            raise PublishError("error-publish-busy")

    def _is_alone(self) -> bool:
        """Return whether the note at the server is this run's."""
        found = read_pending(self._store.read(PENDING), self._store.address)
        # Not the time of day, which may be set while a run lasts.
        self._checked = time.monotonic()
        return found is not None and found.token == self._pending.token


def _own_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return names in guidegen's own folder as they count from there."""
    return tuple(name.removeprefix(f"{OWN}/") for name in sorted(names))


def _parents(name: str) -> list[PurePosixPath]:
    return list(PurePosixPath(name).parents)[:-1]
