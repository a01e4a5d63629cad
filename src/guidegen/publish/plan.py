"""What a publication will change at a target, and whether it may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from guidegen.errors import PublishError
from guidegen.model.publication import (
    GRACE,
    FileRecord,
    Manifest,
    Plan,
    TargetContent,
    is_needed_by_pages,
)
from guidegen.publish.manifest import folded, parents

_SHOWN = 5
"""How many files an error names."""


def make_plan(
    manifest: Manifest,
    seen: TargetContent,
    *,
    target: str,
    address: str,
    adopt: bool = False,
) -> Plan:
    """Return the changes that turn a target's content into a publication.

    Args:
        manifest: The publication to be made, without grace files.
        seen: What is at the target.
        target: Its name in `guideline.yml`.
        address: Its address as shown to people.
        adopt: Whether files that are not guidegen's are accepted, and left alone.

    Raises:
        PublishError: There are such files and nobody agreed, or one is in the way.
    """
    # Consent is given once: the manifest passes it on to the next publication.
    adopted = adopt or (seen.live is not None and seen.live.adopted)
    _refuse_unmanaged(seen, manifest, adopted=adopted, address=address)
    # With grace files: one that comes back need not be sent again.
    before = seen.live.everything if seen.live else {}
    grace_files, since = _grace_files(manifest, seen)
    groups: dict[str, list[str]] = {"new": [], "changed": [], "unchanged": []}
    for name, record in manifest.files.items():
        groups[_group(name, record, before, seen)].append(name)
    kept = manifest.files.keys() | grace_files.keys()
    written = _written_only(seen, before)
    return Plan(
        target=target,
        address=address,
        manifest=replace(
            manifest, grace_files=grace_files, since=since, adopted=adopted
        ),
        seen=seen,
        new=tuple(sorted(groups["new"])),
        changed=tuple(sorted(groups["changed"])),
        unchanged=tuple(sorted(groups["unchanged"])),
        removed=tuple(sorted(before.keys() - kept)),
        leftover=tuple(sorted(written - kept)),
        doubtful=tuple(sorted(written & kept)),
    )


def _refuse_unmanaged(
    seen: TargetContent, manifest: Manifest, *, adopted: bool, address: str
) -> None:
    """Stop if files are at the target that are not guidegen's."""
    if seen.unmanaged and not adopted:
        names = some_names(seen.unmanaged)
        raise PublishError("error-publish-unmanaged", address=address, names=names)
    # Consent to leave files alone is no consent to overwrite them.
    blocked = _in_the_way(seen.unmanaged, manifest.files)
    if blocked:
        names = some_names(blocked)
        raise PublishError("error-publish-blocked", address=address, names=names)


def _written_only(seen: TargetContent, before: Mapping[str, FileRecord]) -> set[str]:
    """Return what a run says that it has written, and is there.

    The manifest knows the rest.
    """
    return {
        name
        for name in seen.unfinished
        if name in seen.inventory and name not in before
    }


def _group(
    name: str, record: FileRecord, before: Mapping[str, FileRecord], seen: TargetContent
) -> str:
    if name not in before:
        return "new"
    same = before[name] == record and name not in seen.damaged
    return "unchanged" if same else "changed"


def _grace_files(
    manifest: Manifest, seen: TargetContent
) -> tuple[dict[str, FileRecord], dict[str, dt.datetime]]:
    """Return what stays for pages that somebody may still have open, and since when."""
    live = seen.live
    if live is None:
        return {}, {}
    # Pages themselves go at once: what was taken back must no longer be readable. Files
    # that are in their grace period already keep the time at which it began.
    dropped = {
        name: manifest.when for name in live.files if is_needed_by_pages(name)
    } | dict(live.since)
    # Where such a file was there may be a folder now, or the same name in capitals.
    blocked = set(_in_the_way(tuple(dropped), manifest.files))
    since = {
        name: when
        for name, when in dropped.items()
        if name not in manifest.files
        and name not in blocked
        # A damaged file helps no page, and the next manifest would vouch for it.
        and name not in seen.damaged
        and manifest.when - when < GRACE
    }
    everything = live.everything
    return {name: everything[name] for name in since}, since


def _in_the_way(unmanaged: Iterable[str], files: Iterable[str]) -> tuple[str, ...]:
    """Return what has the name of one of our files or folders, or lies below a file.

    Names that differ only in case are the same name on many systems.
    """
    ours = {folded(name) for name in files}
    folders = {parent for name in ours for parent in parents(name)}
    return tuple(
        name
        for name in unmanaged
        if (same := folded(name)) in ours
        or same in folders
        or not ours.isdisjoint(parents(same))
    )


def some_names(names: Sequence[str]) -> str:
    """Return some of the names of files at a target, as an error shows them."""
    more = f", … (+ {len(names) - _SHOWN})" if len(names) > _SHOWN else ""
    # Names count from `current` (see `folder.py`), which means nothing to the author.
    shown = sorted(name.removeprefix("../") for name in names)[:_SHOWN]
    return ", ".join(shown) + more
