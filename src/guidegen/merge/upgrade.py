"""What becomes of an own text when the pack's text that it came from changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from guidegen.merge.diff3 import Conflict, merge_texts
from guidegen.merge.sections import read_section
from guidegen.merge.writes import Write, planned

if TYPE_CHECKING:
    from guidegen.merge.sections import OwnText

    Say = Callable[..., str]

_RULE = "─" * 60


class Outcome(StrEnum):
    """What an upgrade does with an own text."""

    TAKEN = "taken"
    """It says what the pack says now: the company had changed nothing in it."""
    MERGED = "merged"
    """The pack's changes are in it now, beside the company's."""
    CONFLICT = "conflict"
    """It stays; a proposal shows both versions."""
    GONE = "gone"
    """The new pack has no such section: nothing takes the text any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgraded:
    """An own text that an upgrade concerns, and what is written for it."""

    own: OwnText
    outcome: Outcome
    writes: tuple[Write, ...] = ()


def upgrade_text(
    own: OwnText, old: str | None, new: str | None, say: Say
) -> Upgraded | None:
    """Return what becomes of an own text, None if the pack's text is as it was.

    Args:
        own: The company's text.
        old: The text of the pack that the project has used, if it has one.
        new: The text of the pack that it is to use, if it has one.
        say: Says a message in the author's language.

    Raises:
        PackError: The company's text cannot be read.
    """
    remembered = own.base()
    base = old if remembered is None else remembered
    if base is None or base == new:
        return None
    if new is None:
        return Upgraded(own=own, outcome=Outcome.GONE)
    text, newline = read_section(own.path)
    merged = merge_texts(base, text, new)
    # What a text came from is written last: a run that is killed and forgotten before
    # merges once more instead of taking the pack's changes for the company's.
    after = () if remembered is None else (planned(own.folder, own.base_name, new),)
    if merged.conflicts:
        proposal = _proposal(own, text, merged.text, merged.conflicts, say)
        writes = (planned(own.folder, own.proposal_name, proposal), *after)
        return Upgraded(own=own, outcome=Outcome.CONFLICT, writes=writes)
    if merged.text != text:
        ended = merged.text.replace("\n", newline)
        after = (planned(own.folder, own.name, ended), *after)
    elif not after:  # the company's text said the same already
        return None
    outcome = Outcome.TAKEN if text == base else Outcome.MERGED
    return Upgraded(own=own, outcome=outcome, writes=after)


def _proposal(
    own: OwnText, text: str, merged: str, conflicts: tuple[Conflict, ...], say: Say
) -> str:
    parts = [
        say("proposal-title", file=own.name),
        say("proposal-why", file=own.name),
        say("proposal-what-to-do", file=own.name),
    ]
    for number, conflict in enumerate(conflicts, start=1):
        parts += _place(number, conflict, own, say)
    if merged != text:
        parts += [_RULE, say("proposal-rest", file=own.name), _RULE, merged.strip("\n")]
    return "\n\n".join(parts) + "\n"


def _place(number: int, conflict: Conflict, own: OwnText, say: Say) -> Iterator[str]:
    yield _RULE
    yield say("proposal-place", number=number, line=conflict.line, file=own.name)
    for message, version in (
        ("proposal-own", conflict.own),
        ("proposal-new", conflict.new),
        ("proposal-old", conflict.base),
    ):
        yield say(message)
        yield version.strip("\n") or say("proposal-nothing")
