"""What changed in the pages' sentences, and how far each change goes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from guidegen.compare.alignment import Words, likeness, pairs
from guidegen.compare.answer_names import Finding, finding
from guidegen.compare.answer_texts import AnswerTexts
from guidegen.compare.judge import Judge
from guidegen.compare.kinds import Binding
from guidegen.compare.sentences import Sentence, read_sentences
from guidegen.compare.weight import Weight
from guidegen.model.document import Page
from guidegen.model.json_records import Data
from guidegen.model.pack import Pack
from guidegen.model.release import Step
from guidegen.value import Value

_SHOWN = 160
"""How many characters of a sentence are quoted."""
_STEM = 4
"""How many letters of a word count when sentences are compared: endings change."""
_WORD = re.compile(r"\w+")
_SAID: Mapping[Weight, tuple[str, Step]] = {
    Weight.DUTY: ("compare-text-stricter", "major"),
    Weight.CHANGED: ("compare-text-changed", "major"),
    Weight.CONDITION: ("compare-text-condition", "major"),
    Weight.PERMISSION: ("compare-text-permission", "major"),
    Weight.LOOSER: ("compare-text-looser", "minor"),
    Weight.MORE: ("compare-text-more", "minor"),
    Weight.WORDING: ("compare-text-wording", "patch"),
}
_OF_ANSWERS = {Weight.CHANGED, Weight.PERMISSION, Weight.MORE}
"""What may be said of a sentence only because an answer in it is another."""


def compare_text(
    old: Sequence[Page],
    new: Sequence[Page],
    *,
    judge: Judge,
    answers: tuple[Data, Data],
    packs: tuple[Pack, Pack],
) -> list[Finding]:
    """Return what changed from the old pages to the new ones, of one language.

    What a changed answer explains is left to the answer's own sentence.
    """
    before = {page.id: page for page in old}
    after = {page.id: page for page in new}
    texts = _Texts(
        judge=judge,
        answers=AnswerTexts.of(answers, packs),
        old=before,
        new=after,
    )
    found: list[Finding] = []
    for page in new:
        was = before.get(page.id)
        if was is None:
            found.append(finding("compare-text-page-new", page=page.title))
            # A page that prints the version is about the guideline itself.
            if not page.stamped:
                changes = texts.page_changes(page, None)
                # That the page is new says all but its duties.
                found += [each for each in changes if each.step == "major"]
        elif was.markdown != page.markdown:
            found += texts.page_changes(page, was)
    found += [
        finding("compare-text-page-gone", page=page.title)
        for page in old
        if page.id not in after
    ]
    return found


class _Texts(Value):
    """All pages of a language, before and after, by id."""

    judge: Judge
    answers: AnswerTexts
    old: Mapping[str, Page]
    new: Mapping[str, Page]

    def page_changes(self, page: Page, was: Page | None) -> list[Finding]:
        """Return what changed in a page."""
        before = read_sentences(was.markdown) if was else ()
        after = read_sentences(page.markdown)
        bindings = (
            self.judge.bindings(before, was or page),
            self.judge.bindings(after, page),
        )
        changes = _PageChanges(self, page.title, bindings)
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        for tag, start, end, begin, stop in matcher.get_opcodes():
            if tag == "equal":
                changes.reset()
                continue
            gone, come = before[start:end], after[begin:stop]
            if len(gone) == len(come) == 1 and changes.is_limited(gone[0], come[0]):
                # However little they share, one stands in the other's place.
                changes.classify(gone[0], come[0])
                continue
            for old, new in _paired(gone, come):
                changes.classify(old, new)
        return changes.found

    def is_moved(self, sentence: Sentence, where: Mapping[str, Page]) -> bool:
        """Return whether a sentence stands elsewhere, too."""
        return any(sentence in read_sentences(page.markdown) for page in where.values())


class _PageChanges:
    """What has changed in a page, sentence by sentence."""

    def __init__(
        self,
        texts: _Texts,
        page: str,
        bindings: tuple[Sequence[Binding], Sequence[Binding]],
    ) -> None:
        self.found: list[Finding] = []
        self._texts = texts
        self._page = page
        self._before, self._after = bindings
        """How much each section binds."""
        self._new_section: str | None = None
        """The heading of the section that is all new here."""
        self._gone_section = False

    def reset(self) -> None:
        """Begin anew after a stretch that has not changed."""
        self._new_section = None
        self._gone_section = False

    def classify(self, old: Sentence | None, new: Sentence | None) -> None:
        """Add what it means that one sentence became the other."""
        if old and new:
            self.reset()
            self._edited(old, new)
        elif new:
            self._added(new)
        elif old:
            self._gone(old)

    def _binding(self, sentence: Sentence, bindings: Sequence[Binding]) -> Binding:
        return self._texts.judge.within(sentence, bindings[sentence.section])

    def is_limited(self, old: Sentence, new: Sentence) -> bool:
        """Return whether a sentence holds under a condition that the other had not."""
        binding = self._binding(new, self._after)
        weight = self._texts.judge.weigh(old.text, new.text, binding)
        return weight is Weight.CONDITION and not new.heading

    def _edited(self, old: Sentence, new: Sentence) -> None:
        answers = self._texts.answers
        # A taboo topic's row has no duty of its own.
        if answers.have_as_topic(new):
            self._add("compare-text-wording", "patch")
            return
        judge = self._texts.judge
        weight = judge.weigh(old.text, new.text, self._binding(new, self._after))
        if weight in _OF_ANSWERS and answers.explain_change(old, new, judge.is_little):
            weight = Weight.WORDING
        message, step = _SAID[weight]
        if weight is Weight.WORDING:
            self._add(message, step)
        else:
            self._add(message, step, old=_quoted(old), new=_quoted(new))

    def _added(self, sentence: Sentence) -> None:
        moved = self._texts.is_moved(sentence, self._texts.old)
        if sentence.heading:
            # A section that has only moved is no new one.
            self._new_section = None if moved else _quoted(sentence)
        # Looked at first: a duty that has only moved is no new one.
        if moved:
            self._add("compare-text-wording", "patch")
        # Before what answers explain: a sentence about an answer may bring a duty, too.
        elif self._has_duty(sentence):
            # A new section is one reason, not one for each of its sentences.
            if self._new_section:
                heading = self._new_section
                self._add("compare-text-duty-section", "major", heading=heading)
            else:
                self._add("compare-text-duty", "major", text=_quoted(sentence))
        elif self._texts.answers.explain(sentence):
            self._add("compare-text-wording", "patch")
        elif sentence.heading or not self._new_section:
            self._add("compare-text-added", "minor", text=_quoted(sentence))

    def _has_duty(self, sentence: Sentence) -> bool:
        """Return whether a new sentence asks something of readers."""
        if self._texts.answers.have_as_topic(sentence):
            return False  # a taboo topic's row has no duty of its own
        binding = self._binding(sentence, self._after)
        return self._texts.judge.asks(sentence.text, binding)

    def _gone(self, sentence: Sentence) -> None:
        texts = self._texts
        binding = self._binding(sentence, self._before)
        moved = texts.is_moved(sentence, texts.new)
        if moved or texts.answers.explain(sentence):
            self._add("compare-text-wording", "patch")
        elif not self._gone_section and texts.judge.allows(sentence.text, binding):
            self._add("compare-text-permission-gone", "major", text=_quoted(sentence))
        elif sentence.heading or not self._gone_section:
            self._add("compare-text-gone", "minor", text=_quoted(sentence))
        if sentence.heading:
            self._gone_section = not moved

    def _add(self, message: str, step: Step, **values: str) -> None:
        found = finding(message, step, page=self._page, **values)
        # Changes of wording quote nothing, so that a page has one line for all of them.
        if found not in self.found:
            self.found.append(found)


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
    text = sentence.number + sentence.text
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()} …"
