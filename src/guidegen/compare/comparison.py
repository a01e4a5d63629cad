"""Two states of a guideline compared: what changed, how far that goes, the redlines.

How far the next release goes: major if a taboo topic is new, fewer may speak, or a duty
is new or stricter; minor if topics' examples, contacts or links are others, or other
sentences come or go; patch for wording, dates, looks. What counts as a duty, the pack's
`duty_words` say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from guidegen.compare.answers import judge_answers
from guidegen.compare.judged import Judged, judged
from guidegen.compare.naming import spoken
from guidegen.compare.redline import redline
from guidegen.model.document import Page
from guidegen.model.json_records import Data, Json
from guidegen.model.pack import Pack
from guidegen.model.redline import PageRedline
from guidegen.model.release import Change, Proposal, Step
from guidegen.model.text import LocalText
from guidegen.page.tree import PageParser

_SPOKEN_TO = "de"
"""The language with one text for Du and another for Sie."""
_STEPS: tuple[Step, ...] = ("major", "minor", "patch")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A guideline at one time: a release, or what is being worked on."""

    answers: Data
    pack: Pack
    pages: Mapping[str, Sequence[Page]]
    """By language. Where new pages print version and digest, it is those of the old
    ones: that both become others is no change of the text."""
    logo: str | None = None
    """The digest of the logo file's content."""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What differs between a release and a later guideline; each part is found once.

    Parts are found when they are asked for: a build needs no redlines.
    """

    old: Snapshot
    new: Snapshot

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """A sentence for each thing that changed in answers and logo."""
        return tuple(each.change for each in self._answers)

    @cached_property
    def proposal(self) -> Proposal:
        """How far a release would go, and why; quick enough for every build."""
        found = [*self._answers, *_texts(self.old, self.new)]
        for step in _STEPS:
            reasons = tuple(each.change for each in found if each.step == step)
            if reasons:
                return Proposal(step=step, reasons=reasons)
        return Proposal(step="patch")

    @cached_property
    def _answers(self) -> tuple[Judged, ...]:
        old, new = self.old, self.new
        changed = judge_answers(
            old.answers, new.answers, old_pack=old.pack, new_pack=new.pack
        )
        if old.logo and new.logo and old.logo != new.logo:
            return (*changed, judged("compare-logo", "patch"))
        return changed

    @property
    def has_new_stamped_page(self) -> bool:
        """Whether the new state has a page that is new and prints the version."""
        return any(
            page.stamped
            and page.id not in {each.id for each in self.old.pages[language]}
            for language, pages in self.new.pages.items()
            if language in self.old.pages
            for page in pages
        )

    def redlines(
        self, parser: PageParser, released: Mapping[str, Sequence[Page]] | None = None
    ) -> dict[str, tuple[PageRedline, ...]]:
        """Return what changed in the text by language.

        Languages that only one of both has are left out, and those without a change.

        Args:
            parser: The parser of this run; it may have parsed the pages already.
            released: Pages as they will be released, if any is new that prints the
                version: it is that of its own release, not of the old one.

        Raises:
            RenderError: A page holds an element that the outputs do not know.
        """
        found = {}
        for language, pages in self.new.pages.items():
            old = self.old.pages.get(language)
            if old is None or tuple(old) == tuple(pages):
                continue
            known = {page.id for page in old}
            coming = {
                page.id: page
                for page in (released or {}).get(language, ())
                if page.stamped and page.id not in known
            }
            new = [coming.get(page.id, page) for page in pages]
            if changed := redline(old, new, parser):
                found[language] = changed
        return found


def _texts(old: Snapshot, new: Snapshot) -> list[Judged]:
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


def _address(state: Snapshot) -> Json:
    return state.answers.get("address")


def _weight(found: Sequence[Judged]) -> int:
    return min((_STEPS.index(each.step) for each in found), default=len(_STEPS))
