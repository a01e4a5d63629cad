"""What becomes of an own text when the pack's text that it is based on changes.

The changes of both sides are merged line by line, exactly as S. Khanna, K. Kunal and
B. C. Pierce describe in "A Formal Investigation of Diff3" (FSTTCS 2007): lines that all
three texts share are anchors; what lies between two of them was changed by one side, by
both in the same way, or is a conflict. So edits in adjacent lines conflict, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TypeAlias

from guidegen.merge.sections import OwnText, read_section
from guidegen.merge.writes import Write, plan_write
from guidegen.value import Value

Say: TypeAlias = Callable[..., str]
"""Returns the message with an id in the author's language."""

_RULE = "─" * 60


class Outcome(StrEnum):
    """What an upgrade does with an own text."""

    TAKEN = "taken"
    """It takes the pack's new wording: the company had changed nothing in it."""
    MERGED = "merged"
    """It has the changes of both, the pack and the company."""
    CONFLICT = "conflict"
    """It stays as it is; a proposal shows both versions."""
    GONE = "gone"
    """The new pack has no such section: no page uses the text any more."""
    KEPT = "kept"
    """It stays as it is, as somebody has decided."""
    REPLACED = "replaced"
    """It takes the pack's new wording, as somebody has decided."""


class Choice(StrEnum):
    """What somebody wants to become of an own text."""

    OWN = "own"
    """It stays as it is."""
    NEW = "new"
    """The pack's new wording takes its place."""
    MERGED = "merged"
    """Both: the pack's changes wherever the company has changed nothing."""
    LATER = "later"
    """A proposal shows both versions, and somebody decides later."""


class Upgraded(Value):
    """An own text that an upgrade concerns, and the files to be written for it."""

    own: OwnText
    outcome: Outcome
    writes: tuple[Write, ...] = ()
    choices: tuple[Choice, ...] = ()
    """What somebody can decide, the usual first; empty if there is nothing to."""


def upgrade_text(
    own: OwnText,
    old: str | None,
    new: str | None,
    say: Say,
    choice: Choice | None = None,
) -> Upgraded | None:
    """Return what becomes of an own text, None if the pack's text has not changed.

    Args:
        own: The company's text.
        old: The text in the pack that the project has used so far, if it has one.
        new: The text in the pack that it is to use, if it has one.
        say: Returns a message in the author's language.
        choice: What somebody has decided; None for what can be done without them.

    Raises:
        PackError: The company's text cannot be read.
    """
    # A text that was not made by `customize` has no recorded base; what the pack said
    # so far is the best guess.
    remembered = own.base()
    base = old if remembered is None else remembered
    if base is None or base == new:
        return None
    if new is None:
        return Upgraded(own=own, outcome=Outcome.GONE)
    text, newline = read_section(own.path)
    merged = merge_texts(base, text, new)
    # The new base is written last: a run that was killed before and forgotten merges
    # once more, instead of taking the pack's changes for the company's.
    after = () if remembered is None else (plan_write(own.project, own.base_name, new),)
    chosen = choice or (Choice.LATER if merged.conflicts else Choice.MERGED)
    if chosen is Choice.LATER and merged.conflicts:
        proposal = _proposal(own, text, merged.text, merged.conflicts, say)
        writes = (plan_write(own.project, own.proposal_name, proposal), *after)
        outcome = Outcome.CONFLICT
    else:
        result = {Choice.OWN: text, Choice.NEW: new}.get(chosen, merged.text)
        ended = result.replace("\n", newline)
        writes = (plan_write(own.project, own.name, ended), *after)
        writes = after if result == text else writes
        outcome = _outcome(choice, is_unchanged=text == base)
    # The company's text is the same already.
    if not writes and choice is None:
        return None
    choices = () if text in (base, new) else _choices(text, merged)
    return Upgraded(own=own, outcome=outcome, writes=writes, choices=choices)


def _outcome(choice: Choice | None, *, is_unchanged: bool) -> Outcome:
    if choice is Choice.OWN:
        return Outcome.KEPT
    if choice is Choice.NEW:
        return Outcome.REPLACED
    return Outcome.TAKEN if is_unchanged else Outcome.MERGED


def _choices(text: str, merged: Merged) -> tuple[Choice, ...]:
    if not merged.conflicts:
        return (Choice.MERGED, Choice.OWN, Choice.NEW)
    joined = () if merged.text == text else (Choice.MERGED,)
    return (Choice.OWN, Choice.NEW, *joined, Choice.LATER)


def _proposal(
    own: OwnText, text: str, merged: str, conflicts: tuple[Conflict, ...], say: Say
) -> str:
    parts = [
        say("proposal-title", file=own.name),
        say("proposal-why", file=own.name),
        say("proposal-what-to-do", file=own.name),
    ]
    for number, conflict in enumerate(conflicts, start=1):
        parts += _both_versions(number, conflict, own, say)
    if merged != text:
        parts += [_RULE, say("proposal-rest", file=own.name), _RULE, merged.strip("\n")]
    return "\n\n".join(parts) + "\n"


def _both_versions(
    number: int, conflict: Conflict, own: OwnText, say: Say
) -> Iterator[str]:
    yield _RULE
    yield say("proposal-place", number=number, line=conflict.line, file=own.name)
    for message, version in (
        ("proposal-own", conflict.own),
        ("proposal-new", conflict.new),
        ("proposal-old", conflict.base),
    ):
        yield say(message)
        yield version.strip("\n") or say("proposal-nothing")


class Conflict(Value):
    """Lines that both sides have changed, each in its own way."""

    line: int
    """The first of them in the company's text, counted from 1."""
    base: str
    own: str
    new: str


class Merged(Value):
    """The text with the changes of both; where they conflict, the company's."""

    text: str
    conflicts: tuple[Conflict, ...] = ()


class _Stretch(Value):
    """The lines between two anchors, in each of the three texts."""

    line: int
    base: Sequence[str]
    own: Sequence[str]
    new: Sequence[str]


def merge_texts(base: str, own: str, new: str) -> Merged:
    """Merge the company's changes of a text with the pack's.

    Args:
        base: The text that both are based on.
        own: The company's text.
        new: The pack's new text.
    """
    lines: list[str] = []
    conflicts: list[Conflict] = []
    # Not `splitlines`, which also breaks at form feeds and Unicode's line separators.
    texts = [text.split("\n") for text in (base, own, new)]
    for stretch in _stretches(*texts):
        if stretch.own == stretch.base:
            lines += stretch.new
            continue
        lines += stretch.own
        if stretch.new not in (stretch.base, stretch.own):
            conflicts.append(
                Conflict(
                    line=stretch.line,
                    base="\n".join(stretch.base),
                    own="\n".join(stretch.own),
                    new="\n".join(stretch.new),
                )
            )
    return Merged(text="\n".join(lines), conflicts=tuple(conflicts))


def _stretches(
    base: Sequence[str], own: Sequence[str], new: Sequence[str]
) -> Iterator[_Stretch]:
    """Cut the three texts before and after each line that all of them share."""
    in_own, in_new = _matching_lines(base, own), _matching_lines(base, new)
    shared = [index for index in in_own if index in in_new]
    a = b = c = 0
    for index in [*shared, len(base)]:
        to_own, to_new = in_own.get(index, len(own)), in_new.get(index, len(new))
        yield _Stretch(
            line=b + 1, base=base[a:index], own=own[b:to_own], new=new[c:to_new]
        )
        line = base[index : index + 1]
        yield _Stretch(line=to_own + 1, base=line, own=line, new=line)
        a, b, c = index + 1, to_own + 1, to_new + 1


def _matching_lines(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Return the index in another text of each line of the base that is still there."""
    # The autojunk heuristic would ignore frequent lines, such as empty ones, in long
    # texts.
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    return {
        block.a + step: block.b + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }
