"""Two states of a guideline compared: what changed, how far that goes, the redlines.

How far the next release goes: major if a taboo topic is new, fewer may speak, or a rule
asks something new or something else, or allows less; minor if topics' examples,
contacts or links differ, or other sentences come or go; patch for wording, dates,
looks. The pack's `duty_words` and `clauses.yml` say by which words that is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from guidegen.compare.answer_names import Finding, finding, localized
from guidegen.compare.answers import compare_answers
from guidegen.model.document import Page
from guidegen.model.json_records import Data, Json
from guidegen.model.pack import Pack
from guidegen.model.release import Change, Proposal, Step
from guidegen.model.text import LocalText
from guidegen.value import Value

if TYPE_CHECKING:  # only redlines need it; builds and `status` make none
    from guidegen.compare.judge import Judge
    from guidegen.model.redline import PageRedline
    from guidegen.page.tree import PageParser

_ADDRESSING = "de"
"""The language with one text for Du and another for Sie."""
_STEPS: tuple[Step, ...] = ("major", "minor", "patch")
_OTHER_PICTURE = {"logo": "compare-logo", "logo_dark": "compare-logo-dark"}


class Snapshot(Value):
    """A guideline at one time: a release, or what is being worked on."""

    answers: Data
    pack: Pack
    pages: Mapping[str, Sequence[Page]]
    """By language. Where new pages print version and digest, it is those of the old
    ones: that both become others is no change of the text."""
    logos: Mapping[str, str] = field(default_factory=dict)
    """The digest of each logo file's content, by its name in `brand`."""

    @property
    def address(self) -> Json:
        """How readers are addressed in German: with Du or Sie."""
        return self.answers.get("address")


class Comparison(Value):
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
        found = [*self._answers, *_compare_texts(self.old, self.new)]
        # Only the gravest changes are reasons: lesser ones do not explain the number.
        for step in _STEPS:
            reasons = tuple(each.change for each in found if each.step == step)
            if reasons:
                return Proposal(step=step, reasons=reasons)
        # A difference without a finding is one that readers cannot see, such as lines
        # of Markdown broken elsewhere.
        return Proposal(step="patch")

    @cached_property
    def _answers(self) -> tuple[Finding, ...]:
        old, new = self.old, self.new
        changed = compare_answers(
            old.answers, new.answers, old_pack=old.pack, new_pack=new.pack
        )
        return (
            *changed,
            *(
                finding(message, "patch")
                for name, message in _OTHER_PICTURE.items()
                # One that is new or gone has its sentence as an answer.
                if name in old.logos
                and name in new.logos
                and old.logos[name] != new.logos[name]
            ),
        )

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

        Languages that only one side has are left out, as are those without a change.

        Args:
            parser: The parser of this run; it may have parsed the pages already.
            released: Pages as they will be released, if any is new that prints the
                version: it is that of its own release, not of the old one.

        Raises:
            RenderError: A page holds an element that the outputs do not know.
        """
        from guidegen.compare.redline import redlines  # noqa: PLC0415  # builds: none

        new = {}
        for language, pages in self.new.pages.items():
            known = {page.id for page in self.old.pages.get(language, ())}
            coming = {
                page.id: page
                for page in (released or {}).get(language, ())
                if page.stamped and page.id not in known
            }
            new[language] = [coming.get(page.id, page) for page in pages]
        return redlines(self.old.pages, new, parser)


def _compare_texts(old: Snapshot, new: Snapshot) -> list[Finding]:
    """Return what changed in the texts, as the languages with the gravest changes say.

    All languages say the same thing; its translation is no other change.
    """
    found = {
        language: _compare_language(language, old, new)
        for language, pages in new.pages.items()
        if language in old.pages and tuple(old.pages[language]) != tuple(pages)
    }
    gravest = min(map(_gravity, found.values()), default=0)
    return _in_unison(
        {
            language: changes
            for language, changes in found.items()
            if _gravity(changes) == gravest
        }
    )


def _compare_language(language: str, old: Snapshot, new: Snapshot) -> list[Finding]:
    # Imported only now: most builds find every text as it was.
    from guidegen.compare.changed_sentences import compare_text  # noqa: PLC0415

    other_address = language == _ADDRESSING and old.address != new.address
    found = compare_text(
        old.pages[language],
        new.pages[language],
        judge=_judge(language, new.pack, by_words=other_address),
        answers=(old.answers, new.answers),
        packs=(old.pack, new.pack),
    )
    if other_address:
        # Every sentence is another one, and the answer's own sentence says so.
        return [each for each in found if each.step == "major"]
    return found


def _judge(language: str, pack: Pack, *, by_words: bool) -> Judge:
    """Return what judges the sentences of a language.

    Args:
        language: The language.
        pack: The new pack. One list for both texts: with the old pack's for the old
            text, a word added to the list would make old duties look new.
        by_words: Whether only words of duty count, because every sentence is another.
    """
    from guidegen.arrange.arrangement import read_arrangement  # noqa: PLC0415
    from guidegen.compare.judge import Judge  # noqa: PLC0415
    from guidegen.pack.clauses import read_clauses  # noqa: PLC0415

    words = pack.duty_words.get(language, ())
    clauses = None if by_words else read_clauses(pack).get(language)
    if clauses is None:
        return Judge(language=language, duty_words=words)
    theme = [folder / "site" for folder in pack.folders]
    return Judge(
        language=language,
        duty_words=words,
        clauses=clauses,
        arrangement=read_arrangement(theme),
    )


def _in_unison(found: Mapping[str, list[Finding]]) -> list[Finding]:
    """Return what the languages say alike, each change in the author's language.

    Where they do not, the first one speaks for all.
    """
    first = next(iter(found.values()), [])
    # Translations may divide sentences differently; changes belong together only where
    # a language tells the same kinds in the same order.
    kinds = [(each.change.message, each.step) for each in first]
    alike = {
        language: changes
        for language, changes in found.items()
        if [(each.change.message, each.step) for each in changes] == kinds
    }
    return [
        finding(
            each.change.message,
            each.step,
            **{
                name: localized(
                    LocalText.of(
                        {
                            language: str(changes[index].change.values[name])
                            for language, changes in alike.items()
                        }
                    )
                )
                for name in each.change.values
            },
        )
        for index, each in enumerate(first)
    ]


def _gravity(found: Sequence[Finding]) -> int:
    return min((_STEPS.index(each.step) for each in found), default=len(_STEPS))
