"""What is open about a company's own texts: missing, behind, or not decided on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from guidegen.answers.read import parse_text, read_text
from guidegen.errors import GuidegenError, Problem
from guidegen.merge.sections import OwnText, read_section
from guidegen.merge.stale import stale_notes
from guidegen.model.note import Note
from guidegen.model.own_text import Missing
from guidegen.model.project import ANSWERS, Project
from guidegen.model.release import Release
from guidegen.pipeline.undecided import undecided_notes
from guidegen.release.history import frozen_file
from guidegen.schema.yaml_tree import find_node

_NAMES = {
    "de": "missing-in-de",
    "de-formal": "missing-in-de",
    "en": "missing-in-en",
    "en-us": "missing-in-en-us",
}
"""The messages that name the variants of packs that guidegen brings along."""


def with_lines(missing: Sequence[Missing], answers: Path) -> tuple[Missing, ...]:
    """Return missing texts with the lines of the answers that they stand on."""
    if not any(each.place for each in missing):
        return tuple(missing)
    try:
        tree = parse_text(read_text(answers), answers)
    except GuidegenError:  # somebody is editing it at this moment
        return tuple(missing)

    def line(place: str) -> int | None:
        node = find_node(tree, place.split(".")) if place else None
        return node.line if node else None

    return tuple(replace(each, line=line(each.place)) for each in missing)


def missing_notes(missing: Sequence[Missing], answers: Path) -> tuple[Note, ...]:
    """Return a note for each missing text, and one that says what to do about them."""
    if not missing:
        return ()
    notes = (
        Note(
            message=_message(each),
            values=_values(each, Note),
            path=each.path or answers,
            line=each.line,
        )
        for each in missing
    )
    return (*notes, Note(message="missing-what-to-do", values={"file": ANSWERS}))


def missing_problems(missing: Sequence[Missing], answers: Path) -> tuple[Problem, ...]:
    """Return why a guideline with missing texts cannot be released."""
    return tuple(
        Problem(
            message=_message(each),
            values=_values(each, Problem),
            path=each.path or answers,
            line=each.line,
            # Once for all of them.
            hint="missing-what-to-do-hint" if each is missing[-1] else None,
        )
        for each in missing
    )


def _values(missing: Missing, kind: type[Note | Problem]) -> dict[str, object]:
    """Return which text it is, and in which words its readers would have it."""
    return {
        "text": missing.section or missing.key,
        "other": kind(message=variant_message(missing.other, missing.variant)),
        "variant": kind(message=variant_message(missing.variant, missing.other)),
    }


def _message(missing: Missing) -> str:
    if missing.section is None:
        return "missing-text"
    return "missing-section-of-pack" if missing.of_pack else "missing-section"


def variant_message(variant: str, other: str) -> str:
    """Return the id of the message that names a variant beside another one."""
    if {variant, other} == {"de", "de-formal"}:
        return "missing-in-de-formal" if variant == "de-formal" else "missing-in-de-du"
    return _NAMES.get(variant, "missing-in-other")


def behind_problems(stale: Mapping[str, Sequence[str]]) -> tuple[Problem, ...]:
    """Return why a guideline is not released with texts that are behind."""
    return tuple(
        Problem(message=note.message, values=note.values) for note in stale_notes(stale)
    )


def open_notes(
    project: Project,
    missing: Sequence[Missing],
    stale: Mapping[str, Sequence[str]],
) -> tuple[Note, ...]:
    """Return all that keeps the texts from being released, as notes."""
    return (
        *undecided_notes(project),
        *missing_notes(missing, project.answers),
        *stale_notes(stale),
    )


def unchanged_texts(own: Iterable[OwnText]) -> frozenset[str]:
    """Return the own texts, by file, that say what the pack's text says."""
    return frozenset(each.name for each in own if _is_unchanged(each))


def _is_unchanged(own: OwnText) -> bool:
    # One that cannot be read is named where a page needs it.
    with suppress(GuidegenError):
        return own.base() == read_section(own.path)[0]
    return False


def merged_texts(own: Iterable[OwnText], last: Release) -> frozenset[str]:
    """Return those that differ from a release by the pack's changes alone."""
    return frozenset(each.name for each in own if _is_merged(each, last))


def _is_merged(own: OwnText, last: Release) -> bool:
    # As above; what is not as it was released is named by `verify`.
    with suppress(GuidegenError, UnicodeDecodeError):
        return _has_only_merged(own, last)
    return False


def _has_only_merged(own: OwnText, last: Release) -> bool:
    base = own.base()
    if base is None or not {own.name, own.base_name} <= last.files.keys():
        return False
    old_base, old = (
        frozen_file(last, name).decode("utf-8-sig").replace("\r\n", "\n")
        for name in (own.base_name, own.name)
    )
    if old_base == base:
        return False
    # A millisecond and a half, and few sections are merged between two releases.
    from guidegen.merge.upgrade import merge_texts  # noqa: PLC0415

    joined = merge_texts(old_base, old, base)
    return joined.text == read_section(own.path)[0]
