"""What was published where, and what publishing would change."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from guidegen.model.document import State
from guidegen.model.json_records import NOT_IN_FILE, named
from guidegen.value import Value

Option: TypeAlias = str | int | bool

KEEP = 5
"""How many publications a target keeps unless `keep:` says another number."""

GRACE = dt.timedelta(hours=1)
"""How long files that an earlier page needs stay reachable after a newer publication.

Somebody may have that page open, or be loading it while the new one appears.
"""

_NEEDED_BY_PAGES = {
    *(".css", ".js", ".map", ".wasm", ".woff", ".woff2", ".ttf"),
    *(".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico"),
}
_PAGES = {".html", ".htm"}


class TargetSettings(Value):
    """An entry of `publish:` in `guideline.yml`."""

    name: str
    kind: str
    options: Mapping[str, Option] = field(default_factory=dict)
    """As `model.target_kinds` lists them; those that are not set are left out."""
    folder: Path
    """The project's folder, which paths are counted from."""
    line: int | None = None
    """Where the entry stands in `guideline.yml`."""

    @property
    def keep(self) -> int:
        """How many publications are kept, the one that readers see included."""
        return int(self.options.get("keep", KEEP))

    def text(self, option: str, default: str = "") -> str:
        """Return an option whose value is a text."""
        return str(self.options.get(option, default))

    def number(self, option: str, default: int) -> int:
        """Return an option whose value is a number."""
        return int(self.options.get(option, default))

    def flag(self, option: str, *, default: bool) -> bool:
        """Return an option whose value is `true` or `false`."""
        return bool(self.options.get(option, default))


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A published file's SHA-256 and size in bytes."""

    digest: str
    size: int


class NewsRecord(Value):
    """What a publication knows of what is said about the company, by the items' ids."""

    shown: Mapping[str, int] = field(default_factory=dict)
    """The items that readers see, with how often somebody has decided otherwise."""
    hidden: Mapping[str, int] = field(default_factory=dict)
    """Those that somebody has hidden, in the same way."""
    gone: tuple[str, ...] = ()
    """Those that have become too old."""


class Origin(Value):
    """What a publication was made from, and by whom: releases are named by digests."""

    version: str
    """Of the release that was current in the project; empty before the first one."""
    digest: str
    """Its digest; empty before the first one."""
    chain: tuple[str, ...] = ()
    """The releases that the project knew, oldest first."""
    withdrawn: tuple[str, ...] = ()
    """Those of them that the project knew to be withdrawn."""
    reviews: str = ""
    """The chain's digest of the last review that the project knew, if any."""
    news: NewsRecord | None = None
    """What is said about the company; None if nothing is, or guidegen was older."""
    taken_back: tuple[str, ...] = ()
    """What readers saw here and were shown no longer on purpose (`shown_id`)."""
    by: str = ""
    """Who published, as far as the computer knew."""
    at: dt.datetime | None = None
    """When, by the publisher's clock, in UTC."""

    @property
    def facts(self) -> tuple[object, ...]:
        """What two publications of the same project at the same moment share."""
        return (
            self.version,
            self.digest,
            self.chain,
            self.withdrawn,
            self.reviews,
            self.news,
            self.taken_back,
        )


class Manifest(Value):
    """A publication: its files, its version, when and by which guidegen it was made.

    File names are relative and have `/`.
    """

    files: Mapping[str, FileRecord]
    when: dt.datetime
    """In UTC; at one target, every publication's is later than the one before."""
    version: str
    state: State
    guidegen: str
    grace_files: Mapping[str, FileRecord] = field(default_factory=dict)
    """What pages of earlier publications still need, and nothing here does."""
    since: Mapping[str, dt.datetime] = field(default_factory=dict)
    """Since when each of `grace_files` is no longer needed here."""
    # A rollback is a new publication, so that caches and the history notice it.
    restored: str | None = None
    """The id of the publication whose files these are again, after a rollback."""
    adopted: bool = False
    """Whether somebody agreed to files at the target that are not guidegen's."""
    origin: Origin | None = None
    """None in what older versions of guidegen have published."""

    @property
    def id(self) -> str:
        """A name for it that sorts by time and may be a file's."""
        # Without the colons of ISO 8601, which Windows does not allow in file names.
        return self.when.strftime("%Y%m%dT%H%M%S%fZ")

    @property
    def everything(self) -> dict[str, FileRecord]:
        """All files that guidegen has at the target."""
        return {**self.grace_files, **self.files}

    @property
    def shown_id(self) -> str:
        """A digest of what readers see: of the release or, of a draft, of its files."""
        if self.state is State.RELEASED and self.origin and self.origin.digest:
            return self.origin.digest
        digests = (
            f"{name}\0{self.files[name].digest}\n" for name in sorted(self.files)
        )
        return hashlib.sha256("".join(digests).encode()).hexdigest()

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(record.size for record in self.files.values())


class TargetContent(Value):
    """What is at a target before anything is done there."""

    live: Manifest | None = None
    """The last publication, None before the first one."""
    damaged: frozenset[str] = frozenset()
    """Files of `live` that are missing or not as they were published."""
    unmanaged: tuple[str, ...] = ()
    """What is where our files go, or beside it, and was not put there by guidegen."""
    orphans: tuple[str, ...] = ()
    """What an interrupted run of guidegen left; the next publication cleans it up."""
    expiring: tuple[str, ...] = ()
    """The publications that are no longer kept once another one is there."""
    unfinished: Mapping[str, frozenset[FileRecord]] = field(default_factory=dict)
    """What an interrupted run may have written: what each file may be."""
    revision: str | None = None
    """What must still be the newest when a plan made from this is carried out.

    A branch's commit; at a server, the interrupted run whose note lies there.
    """
    inventory: Mapping[str, int] = field(default_factory=dict)
    """All files at a server with their sizes, those included that readers never see."""


class Plan(Value):
    """What a publication will do; each file is in exactly one of the groups."""

    target: str
    address: str
    """Where, as it is shown to people, without secrets."""
    manifest: Manifest
    """The publication that there will be."""
    seen: TargetContent
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    leftover: tuple[str, ...] = ()
    """What goes because an interrupted run has written it, and nothing needs it."""
    doubtful: tuple[str, ...] = ()
    """What is overwritten because an interrupted run says that it has written it."""

    @property
    def removals(self) -> tuple[str, ...]:
        """All that is removed where readers look."""
        return tuple(sorted((*self.removed, *self.leftover)))

    @property
    def cleared(self) -> tuple[str, ...]:
        """What is removed in guidegen's own folder, named as from there."""
        seen = self.seen
        return tuple(sorted({*seen.orphans, *(seen.expiring if self.changes else ())}))

    @property
    def first(self) -> bool:
        """Whether nothing was published at the target before."""
        return self.seen.live is None

    @property
    def needed(self) -> bool:
        """Whether there is anything to do, if only to clean up."""
        return self.changes or bool(self.seen.orphans)

    @property
    def changes(self) -> bool:
        """Whether readers will find anything different from what they find now."""
        live = self.seen.live
        if live is None or self.new or self.changed:
            return True
        new = self.manifest
        # What the project knows has to be known there as well: the next one who
        # publishes is judged by it.
        if new.origin and new.origin.facts != (live.origin and live.origin.facts):
            return True
        # Whoever agreed to files of others need not agree again.
        if new.adopted and not live.adopted:
            return True
        # Not the time, nor the version of guidegen: readers see no difference in them.
        shown = live.version, live.state, set(live.files)
        return shown != (new.version, new.state, set(new.files))

    @property
    def uploads(self) -> tuple[str, ...]:
        """What has to be written: what pages need first, then the pages.

        So a reader in between gets a page that works, the old one or the new one.
        """
        return tuple(
            sorted((*self.new, *self.changed), key=lambda name: (is_page(name), name))
        )

    @property
    def bytes(self) -> int:
        """How many bytes have to be written."""
        return sum(self.manifest.files[name].size for name in self.uploads)


class Publication(Value):
    """What `guidegen status` says about a target; remembered in the project."""

    target: str = field(metadata=NOT_IN_FILE)
    kind: str
    # The field's former name: notes of older versions stay readable.
    address: str = field(metadata=named("place"))
    version: str
    state: State
    when: dt.datetime
    files: int


def is_page(name: str) -> bool:
    """Return whether a file is a page, which comes after what it needs."""
    return PurePosixPath(name).suffix.lower() in _PAGES


def is_needed_by_pages(name: str) -> bool:
    """Return whether a file is one that a page loads: style, script, font, picture."""
    return PurePosixPath(name).suffix.lower() in _NEEDED_BY_PAGES
