"""How far the next release should go: the rule, and its reasons.

major: a taboo topic is new, fewer may speak, or a duty is new or stricter; minor:
topics' examples, contacts, links, other sentences that come or go; patch: wording,
dates, looks. What counts as a duty, the pack's `duty_words` say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidegen.compare.answers import judge_answers
from guidegen.compare.judged import judged
from guidegen.compare.naming import spoken
from guidegen.model.document import Page
from guidegen.model.pack import Pack
from guidegen.model.release import Change, Data, Json, Proposal, Step
from guidegen.model.text import LocalText

if TYPE_CHECKING:
    from guidegen.compare.judged import Judged

_SPOKEN_TO = "de"
"""The language with one text for Du and another for Sie."""
_STEPS: tuple[Step, ...] = ("major", "minor", "patch")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A guideline at one time: a release, or what is being worked on."""

    answers: Data
    pack: Pack
    pages: Mapping[str, Sequence[Page]]
    """By language; new pages print version and digest of the old ones, if any."""
    logo: str | None = None
    """The digest of the logo file's content."""


def find_changes(old: State, new: State) -> tuple[Change, ...]:
    """Return a sentence for each thing that changed in answers and logo."""
    return tuple(each.change for each in _answers(old, new))


def propose_step(old: State, new: State) -> Proposal:
    """Return how far a release of the new state would go from the old one, and why.

    Quick enough for every build: it works on lines of text.
    """
    found = [*_answers(old, new), *_texts(old, new)]
    for step in _STEPS:
        reasons = tuple(each.change for each in found if each.step == step)
        if reasons:
            return Proposal(step=step, reasons=reasons)
    return Proposal(step="patch")


def _answers(old: State, new: State) -> tuple[Judged, ...]:
    changed = judge_answers(
        old.answers, new.answers, old_pack=old.pack, new_pack=new.pack
    )
    if old.logo and new.logo and old.logo != new.logo:
        return (*changed, judged("compare-logo", "patch"))
    return changed


def _texts(old: State, new: State) -> list[Judged]:
    """Return what changed in the texts, told by the languages that say most.

    They say the same thing; its translation is no other change.
    """
    told: dict[str, list[Judged]] = {}
    for language, pages in new.pages.items():
        before = old.pages.get(language)
        if before is None or tuple(before) == tuple(pages):
            continue
        from guidegen.compare.text import judge_text  # noqa: PLC0415  # if it differs

        other_text = language == _SPOKEN_TO and _address(old) != _address(new)
        found = judge_text(
            before,
            pages,
            duty_words=new.pack.duty_words.get(language, ()),
            answers=(old.answers, new.answers),
            packs=(old.pack, new.pack),
        )
        if other_text:
            # Each sentence is another one: that, the answer's own sentence says.
            found = [each for each in found if each.step == "major"]
        told[language] = found
    weights = [_weight(found) for found in told.values()]
    return _together(
        {
            language: found
            for language, found in told.items()
            if _weight(found) == min(weights)
        }
    )


def _together(told: Mapping[str, list[Judged]]) -> list[Judged]:
    """Return what the languages say in unison, each change in the author's language.

    Where they do not, the first one speaks for all.
    """
    first = next(iter(told.values()), [])
    kinds = [(each.change.message, each.step) for each in first]
    alike = {
        language: found
        for language, found in told.items()
        if [(each.change.message, each.step) for each in found] == kinds
    }
    return [
        judged(
            each.change.message,
            each.step,
            **{
                name: spoken(
                    LocalText.of(
                        {
                            language: str(found[place].change.values[name])
                            for language, found in alike.items()
                        }
                    )
                )
                for name in each.change.values
            },
        )
        for place, each in enumerate(first)
    ]


def _address(state: State) -> Json:
    return state.answers.get("address")


def _weight(found: Sequence[Judged]) -> int:
    return min((_STEPS.index(each.step) for each in found), default=len(_STEPS))
