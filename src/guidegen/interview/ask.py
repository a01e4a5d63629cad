"""Holds the interview: asks in order, goes back, resumes, sums up."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidegen.interview.assemble import assemble
from guidegen.interview.prompter import Back, Option, Prompt
from guidegen.interview.prompts import complaint, options_for, prompt_for
from guidegen.interview.steps import Step, steps
from guidegen.model.pack import Pack
from guidegen.model.question import Kind
from guidegen.wrap import BULLET

if TYPE_CHECKING:
    from guidegen.answers import Plain
    from guidegen.interview.journal import Journal
    from guidegen.interview.prompter import Prompter, Raw, Words
    from guidegen.interview.prompts import Setting


@dataclass(slots=True, kw_only=True)
class Interview:
    """An interview under way.

    Args:
        setting: Pack, words and what else stays the same.
        prompter: Whoever is asked.
        journal: Where each answer is kept at once; None to keep nothing.
        every: Whether the questions that are not asked by default are, too.
        only: The key or id of the only question to ask.
        state: The single answers so far; they become defaults.
        answered: The steps that need not be asked any more.
        fixed: The questions (by id) that were answered beforehand and are not asked.
        done: The message that says what happens when all is right.
    """

    setting: Setting
    prompter: Prompter
    journal: Journal | None = None
    every: bool = False
    only: str | None = None
    state: dict[str, Raw] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)
    fixed: Collection[str] = ()
    done: str = "interview-write"

    def hold(self) -> None:
        """Ask all that is not answered yet, then show the answers until they are right.

        Raises:
            KeyboardInterrupt: Somebody stopped it; the journal has all answers.
        """
        self.ask_open_steps()
        while True:
            self._summarise()
            chosen = self._what_next()
            if chosen is None:
                return
            prefix = tuple(f"{chosen}{mark}" for mark in ("", ".", "@"))
            self.answered = {
                path
                for path in self.answered
                if path != chosen and not path.startswith(prefix[1:])
            }
            self.ask_open_steps()

    def answers(self, present: Mapping[str, Plain] | None = None) -> dict[str, Plain]:
        """Return all answers that apply, nested as in `guideline.yml`."""
        return applying(self.setting.pack, self.state, present)

    def _steps(self) -> list[Step]:
        return steps(self.setting.pack, self.state, every=self.every, only=self.only)

    def _asked(self) -> list[Step]:
        return [step for step in self._steps() if step.top.id not in self.fixed]

    def _is_answered(self, step: Step) -> bool:
        """An answer that does not fit (any more) counts as none."""
        if step.path not in self.answered:
            return False
        return (
            complaint(step, self.state.get(step.path), self.state, self.setting) is None
        )

    def ask_open_steps(self) -> None:
        """Ask all that is not answered yet.

        Raises:
            KeyboardInterrupt: Somebody stopped it; the journal has all answers.
        """
        while True:
            asked = self._asked()
            step = next((step for step in asked if not self._is_answered(step)), None)
            if step is None:
                return
            try:
                raw = self.prompter.ask(
                    prompt_for(step, self.state, self._head(step, asked), self.setting)
                )
            except Back:
                self._go_back(step, asked)
            else:
                self._take(step, raw)

    def _take(self, step: Step, raw: Raw) -> None:
        if self.journal is not None:
            self.journal.write(step.path, raw)
        self.state[step.path] = raw
        self.answered.add(step.path)

    def _go_back(self, step: Step, asked: list[Step]) -> None:
        before = asked.index(step) - 1
        if before < 0:
            self.prompter.say(self.setting.words.say("interview-first"))
        else:
            self.answered.discard(asked[before].path)

    def _head(self, step: Step, asked: list[Step]) -> str:
        tops = list(dict.fromkeys(other.top.id for other in asked))
        number = tops.index(step.top.id) + 1
        return self.setting.words.say("interview-head", number=number, total=len(tops))

    def _summarise(self) -> None:
        words = self.setting.words
        lines = ["", words.say("interview-summary")]
        lines += [
            f"{BULLET}{label}{'' if label.endswith('?') else ':'} {value}"
            for _, label, value in self._lines()
        ]
        self.prompter.say("\n".join(lines))

    def _lines(self) -> list[tuple[str, str, str]]:
        """Return question id, question and answer of all that was asked."""
        found: list[tuple[str, str, str]] = []
        for step in self._steps():
            value = said(step, self.state, self.setting)
            label = self.setting.words.local(step.top.text) or step.top.id
            if found and found[-1][0] == step.top.id:
                joined = ", ".join(filter(None, (found[-1][2], value)))
                found[-1] = (step.top.id, label, joined)
            else:
                found.append((step.top.id, label, value))
        nothing = self.setting.words.say("interview-nothing")
        return [(name, label, value or nothing) for name, label, value in found]

    def _what_next(self) -> str | None:
        """Return the id of the question to ask again, None if all is right."""
        words = self.setting.words
        choice = self._choose(
            words.say("interview-all-right"),
            (
                Option(value="done", label=words.say(self.done)),
                Option(value="change", label=words.say("interview-change")),
            ),
        )
        if choice != "change":
            return None
        lines = self._lines()
        options = tuple(Option(value=name, label=label) for name, label, _ in lines)
        return self._choose(words.say("interview-which"), options)

    def _choose(self, text: str, options: tuple[Option, ...]) -> str:
        prompt = Prompt(
            head="",
            text=text,
            kind=Kind.CHOICE,
            options=options,
            default=options[0].value,
            check=lambda raw: None,  # noqa: ARG005
        )
        while True:
            try:
                return str(self.prompter.ask(prompt))
            except Back:
                self.prompter.say(self.setting.words.say("interview-no-back"))


def applying(
    pack: Pack, state: Mapping[str, Raw], present: Mapping[str, Plain] | None = None
) -> dict[str, Plain]:
    """Return the answers to the questions that apply, nested as in `guideline.yml`.

    Somebody may have gone back and changed what a later question depended on.
    """
    paths = {step.path for step in steps(pack, state, every=True)}
    given = {path: raw for path, raw in state.items() if path in paths}
    return assemble(pack, given, present)


def said(step: Step, state: Mapping[str, Raw], setting: Setting) -> str:
    """Return an answer as people read it, empty where there is none."""
    raw = state.get(step.path)
    if step.more:
        return ""
    if isinstance(raw, bool):
        return yes_or_no(setting.words, answer=raw)
    names = {
        option.value: option.label for option in options_for(step, state, setting, raw)
    }
    values = raw if isinstance(raw, list) else [raw]
    return ", ".join(names.get(str(value), str(value)) for value in values if value)


def yes_or_no(words: Words, *, answer: bool) -> str:
    """Return the word for yes or no."""
    return words.say("interview-yes" if answer else "interview-no")
