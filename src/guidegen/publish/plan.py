"""What a publication will change at a target, and whether it may."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from guidegen.errors import PublishError
from guidegen.model.publication import LINGER, Plan, is_needed_by_pages

if TYPE_CHECKING:
    from guidegen.model.publication import FileRecord, Manifest, Seen

_SHOWN = 5
"""How many foreign files an error names."""


def make_plan(
    manifest: Manifest, seen: Seen, *, target: str, place: str, adopt: bool = False
) -> Plan:
    """Return what has to be done to get from what is there to a publication.

    Args:
        manifest: The publication that there is to be, without what lingers.
        seen: What is at the target.
        target: Its name in `guideline.yml`.
        place: Where it is, as it is shown to people.
        adopt: Whether files that are not guidegen's may be there, to be left alone.

    Raises:
        PublishError: There are such files and nobody agreed, or one is in the way.
    """
    adopted = adopt or (seen.live is not None and seen.live.adopted)
    if seen.foreign and not adopted:
        raise PublishError(
            "error-publish-foreign", place=place, names=_some(seen.foreign)
        )
    blocked = _in_the_way(seen.foreign, manifest.files)
    if blocked:
        raise PublishError("error-publish-blocked", place=place, names=_some(blocked))
    before = seen.live.everything if seen.live else {}
    lingering, since = _lingering(manifest, seen)
    groups: dict[str, list[str]] = {"new": [], "changed": [], "unchanged": []}
    for name, record in manifest.files.items():
        groups[_group(name, record, before, seen)].append(name)
    kept = manifest.files.keys() | lingering.keys()
    return Plan(
        target=target,
        place=place,
        manifest=replace(manifest, lingering=lingering, since=since, adopted=adopted),
        seen=seen,
        new=tuple(sorted(groups["new"])),
        changed=tuple(sorted(groups["changed"])),
        unchanged=tuple(sorted(groups["unchanged"])),
        removed=tuple(sorted(before.keys() - kept)),
    )


def _group(
    name: str, record: FileRecord, before: Mapping[str, FileRecord], seen: Seen
) -> str:
    if name not in before:
        return "new"
    same = before[name] == record and name not in seen.damaged
    return "unchanged" if same else "changed"


def _lingering(
    manifest: Manifest, seen: Seen
) -> tuple[dict[str, FileRecord], dict[str, dt.datetime]]:
    """Return what stays for the sake of pages that are open somewhere."""
    live = seen.live
    if live is None:
        return {}, {}
    dropped = {
        name: manifest.when for name in live.files if is_needed_by_pages(name)
    } | dict(live.since)
    since = {
        name: when
        for name, when in dropped.items()
        if name not in manifest.files
        and name not in seen.damaged
        and manifest.when - when < LINGER
    }
    everything = live.everything
    return {name: everything[name] for name in since}, since


def _in_the_way(foreign: Iterable[str], files: Iterable[str]) -> tuple[str, ...]:
    """Return what has the name of a file of ours, of its folder, or lies below it.

    Names that differ by case only are one name on many systems.
    """
    ours = {_same(name) for name in files}
    folders = {parent for name in ours for parent in _parents(name)}
    return tuple(
        name
        for name in foreign
        if (same := _same(name)) in ours
        or same in folders
        or not ours.isdisjoint(_parents(same))
    )


def _same(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _parents(name: str) -> list[str]:
    parts = name.split("/")[:-1]
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]


def _some(names: tuple[str, ...]) -> str:
    more = f", … (+ {len(names) - _SHOWN})" if len(names) > _SHOWN else ""
    shown = sorted(name.removeprefix("../") for name in names)[:_SHOWN]
    return ", ".join(shown) + more
