"""Carrying out a plan at a server, step by step, in an order that readers survive."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, cast

from guidegen.errors import PublishError
from guidegen.model.publication import is_page
from guidegen.publish.manifest import checked, read_manifest, write_manifest
from guidegen.publish.remote_kept import IN_MEMORY, Kept
from guidegen.publish.remote_names import MANIFEST, PENDING, TMP, object_name
from guidegen.publish.remote_pending import Pending, read_pending, write_pending
from guidegen.publish.target import Overtaken

if TYPE_CHECKING:
    from guidegen.model.publication import Manifest, Plan
    from guidegen.publish.remote_store import PatientStore
    from guidegen.publish.target import Files

NOTICE_WITHIN = 1.0
"""Seconds within which a run notices that another one has begun."""

GRACE = 2.0
"""Seconds that a run gives one which it takes over from to notice that."""


class Run:
    """One publication, from the note that it begins to the removal of that note."""

    def __init__(
        self,
        store: PatientStore,
        plan: Plan,
        files: Files,
        entries: dict[str, int],
        keep: int,
    ) -> None:
        self._store = store
        self._plan = plan
        self._files = files
        self._entries = entries
        self._keep = keep
        self._before = frozenset[str]()
        self._pending = Pending()
        self._asked = 0.0

    def begin(self, known: Pending | None) -> None:
        """Note at the server what will change.

        Args:
            known: The note that was there when the plan was made.

        Raises:
            Overtaken: Somebody else has begun or published since.
        """
        found = read_pending(self._store.read(PENDING))
        if (found and found.token) != (known and known.token):
            raise Overtaken
        content = self._store.read(MANIFEST)
        live = read_manifest(content, self._store.place) if content else None
        planned = self._plan.seen.live
        if (live and live.id) != (planned and planned.id):
            raise Overtaken
        self._before = found.names if found else frozenset()
        names = {*self._before, *self._plan.uploads, *self._plan.removed}
        self._pending = Pending(names=frozenset(names))
        self._store.write_bytes(PENDING, write_pending(self._pending))
        if found:
            time.sleep(GRACE)

    def carry_out(self) -> None:
        """Do it.

        Raises:
            PublishError: It failed; what readers see is complete.
        """
        live = self._plan.seen.live
        self._remove(name for name in self._entries if name.startswith(TMP))
        if live:
            Kept(self._store, self._entries).file(live)
        if self._plan.changes:
            self._bring()
            self._place()
            live = self._plan.manifest
            self._make_sure()
            self._store.write_bytes(MANIFEST, write_manifest(live))
        if live:
            Kept(self._store, self._entries).file(live)
            self._take_away(live)
            Kept(self._store, self._entries).prune(live, self._keep)
        self._make_sure()
        self._store.remove(PENDING)

    def _bring(self) -> None:
        """Bring content that is not there yet, which no reader sees."""
        missing = {
            record.digest: name
            for name, record in self._plan.manifest.files.items()
            if self._entries.get(object_name(record.digest)) != record.size
        }

        def bring(digest: str) -> None:
            self._notice()
            self._write(missing[digest], object_name(digest))
            self._entries[object_name(digest)] = 1

        self._store.each(bring, missing)

    def _place(self) -> None:
        """Change what readers see: what pages need, the pages, the front pages."""
        self._make_sure()
        uploads = self._plan.uploads
        self._make_way(uploads)
        pages = [name for name in uploads if is_page(name)]
        fronts = [name for name in pages if PurePosixPath(name).stem == "index"]
        self._store.each(self._show, [name for name in uploads if not is_page(name)])
        self._store.each(self._show, [name for name in pages if name not in fronts])
        for name in sorted(fronts, key=lambda name: (-name.count("/"), name)):
            self._show(name)

    def _show(self, name: str) -> None:
        self._notice()
        record = self._plan.manifest.files[name]
        if not self._store.copy(object_name(record.digest), name):
            self._write(name, name)

    def _write(self, name: str, place: str) -> None:
        with self._content(name) as content:
            size = self._plan.manifest.files[name].size
            self._store.write(place, content, size)

    @contextmanager
    def _content(self, name: str) -> Iterator[BinaryIO]:
        """Give a file's content, after all of it was compared with the manifest."""
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as content:
            record = self._plan.manifest.files[name]
            content.writelines(checked(self._files, name, record))
            yield cast("BinaryIO", content)

    def _make_way(self, uploads: Iterable[str]) -> None:
        """Remove old files where a folder has to be; a server cannot have both."""
        folders = {str(parent) for name in uploads for parent in _parents(name)}
        self._remove(name for name in self._plan.removed if name in folders)

    def _take_away(self, live: Manifest) -> None:
        """Remove what no page needs any longer, and what other runs had begun with."""
        names = {*self._before, *self._plan.removed} - live.everything.keys()
        # Where a file was, there may be a folder now.
        names -= {str(parent) for name in live.everything for parent in _parents(name)}
        self._remove(names & self._entries.keys())
        self._mend(names, live)
        parents = {parent for name in names for parent in _parents(name)}
        in_use = {
            parent
            for name in {*live.everything, *self._plan.seen.foreign}
            for parent in _parents(name)
        }
        deepest_first = sorted(parents - in_use, key=lambda path: -len(path.parts))
        for folder in deepest_first:
            if str(folder) != ".":
                self._store.remove_folder(str(folder))

    def _mend(self, removed: Iterable[str], live: Manifest) -> None:
        """Place again what went with a name that differs by case only.

        On servers that do not tell such names apart it was the same file.
        """
        folded = {name.casefold() for name in removed}
        for name in live.files:
            if name.casefold() in folded:
                self._show(name)

    def _remove(self, names: Iterable[str]) -> None:
        self._store.each(self._store.remove, sorted(names))

    def _notice(self) -> None:
        """Look from time to time whether somebody else has begun."""
        if time.monotonic() - self._asked > NOTICE_WITHIN:
            self._make_sure()

    def _make_sure(self) -> None:
        found = read_pending(self._store.read(PENDING))
        self._asked = time.monotonic()
        if found is None or found.token != self._pending.token:
            raise PublishError("error-publish-busy")


def _parents(name: str) -> list[PurePosixPath]:
    return list(PurePosixPath(name).parents)[:-1]
