"""What changed in the pages' sentences, and how far each change goes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from guidegen.compare.duties import duties
from guidegen.compare.explained import Explained
from guidegen.compare.judged import judged
from guidegen.compare.pairing import likeness, pairs
from guidegen.compare.sentences import read_sentences
from guidegen.model.document import Page
from guidegen.model.json_records import Data
from guidegen.model.pack import Pack
from guidegen.model.release import Step

if TYPE_CHECKING:
    from guidegen.compare.judged import Judged
    from guidegen.compare.pairing import Words
    from guidegen.compare.sentences import Sentence

_SHOWN = 160
"""How many characters of a sentence are quoted."""
_STEM = 4
"""How many letters of a word count when sentences are compared: endings change."""
_WORD = re.compile(r"\w+")


def judge_text(
    old: Sequence[Page],
    new: Sequence[Page],
    *,
    duty_words: Sequence[str],
    answers: tuple[Data, Data],
    packs: tuple[Pack, Pack],
) -> list[Judged]:
    """Return what changed from the old pages to the new ones, of one language.

    What a changed answer explains is told by the answer's own sentence.
    """
    before = {page.id: page for page in old}
    after = {page.id: page for page in new}
    text = _Texts(
        duty_words=duty_words,
        explained=Explained.by(answers, packs),
        old=before,
        new=after,
    )
    found: list[Judged] = []
    for page in new:
        was = before.get(page.id)
        if was is None:
            found.append(judged("compare-text-page-new", page=page.title))
            # That it is new says all but its duties; a page that prints the version
            # is about the guideline.
            found += [
                each
                for each in (() if page.stamped else text.judge(page, None))
                if each.step == "major"
            ]
        elif was.markdown != page.markdown:
            found += text.judge(page, was)
    found += [
        judged("compare-text-page-gone", page=page.title)
        for page in old
        if page.id not in after
    ]
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Texts:
    """All pages of a language, before and after, by id."""

    duty_words: Sequence[str]
    explained: Explained
    old: Mapping[str, Page]
    new: Mapping[str, Page]

    def judge(self, page: Page, was: Page | None) -> list[Judged]:
        """Return what changed in a page."""
        before = read_sentences(was.markdown) if was else ()
        after = read_sentences(page.markdown)
        found = _Found(self, page.title)
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        for tag, start, end, begin, stop in matcher.get_opcodes():
            if tag == "equal":
                found.pass_by()
                continue
            for old, new in _paired(before[start:end], after[begin:stop]):
                found.weigh(old, new)
        return found.judged

    def moved(self, sentence: Sentence, where: Mapping[str, Page]) -> bool:
        """Return whether a sentence stands elsewhere, too."""
        return any(sentence in read_sentences(page.markdown) for page in where.values())

    def duties(self, sentence: Sentence) -> frozenset[str]:
        """Return the duties in a sentence; a taboo topic's row has none of its own."""
        if self.explained.is_topic(sentence):
            return frozenset()
        return duties(sentence.text, self.duty_words)


class _Found:
    """What has been found in a page so far."""

    def __init__(self, texts: _Texts, page: str) -> None:
        self.judged: list[Judged] = []
        self._texts = texts
        self._page = page
        self._new_section: str | None = None
        """The heading of the section that is all new here."""
        self._gone_section = False

    def pass_by(self) -> None:
        """Go on after a stretch that has not changed."""
        self._new_section = None
        self._gone_section = False

    def weigh(self, old: Sentence | None, new: Sentence | None) -> None:
        """Add what it means that one sentence became the other."""
        if old and new:
            self.pass_by()
            self._edited(old, new)
        elif new:
            self._added(new)
        elif old:
            self._gone(old)

    def _edited(self, old: Sentence, new: Sentence) -> None:
        before, after = self._texts.duties(old), self._texts.duties(new)
        texts = {"old": _quoted(old), "new": _quoted(new)}
        if after - before:
            self._add("compare-text-stricter", "major", **texts)
        elif before - after:
            self._add("compare-text-looser", "minor", **texts)
        else:
            self._add("compare-text-wording", "patch")

    def _added(self, sentence: Sentence) -> None:
        if sentence.heading:
            self._new_section = _quoted(sentence)
        if self._texts.moved(sentence, self._texts.old):
            self._add("compare-text-wording", "patch")
        elif self._texts.duties(sentence):
            if self._new_section:
                self._add(
                    "compare-text-duty-section", "major", heading=self._new_section
                )
            else:
                self._add("compare-text-duty", "major", text=_quoted(sentence))
        elif self._texts.explained.explains(sentence):
            self._add("compare-text-wording", "patch")
        elif sentence.heading or not self._new_section:
            self._add("compare-text-added", "minor", text=_quoted(sentence))

    def _gone(self, sentence: Sentence) -> None:
        if sentence.heading:
            self._gone_section = True
        texts = self._texts
        if texts.moved(sentence, texts.new) or texts.explained.explains(sentence):
            self._add("compare-text-wording", "patch")
        elif sentence.heading or not self._gone_section:
            self._add("compare-text-gone", "minor", text=_quoted(sentence))

    def _add(self, message: str, step: Step, **values: str) -> None:
        found = judged(message, step, page=self._page, **values)
        if found not in self.judged:
            self.judged.append(found)


def _paired(
    old: Sequence[Sentence], new: Sequence[Sentence]
) -> Iterator[tuple[Sentence | None, Sentence | None]]:
    before, after = [_stems(each) for each in old], [_stems(each) for each in new]

    def alike(row: int, column: int) -> float:
        if old[row].heading != new[column].heading or old[row].row != new[column].row:
            return 0.0
        return likeness(before[row], after[column])

    return pairs(old, new, alike)


def _stems(sentence: Sentence) -> Words:
    """Return how words begin: Du and Sie differ in how they end."""
    return Counter(word[:_STEM] for word in _WORD.findall(sentence.text.casefold()))


def _quoted(sentence: Sentence) -> str:
    text = sentence.text
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()} …"
