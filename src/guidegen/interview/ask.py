"""Holds an interview with a prompter: asks in order, goes back, sums up, changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from guidegen.interview.choices import InterviewContext
from guidegen.interview.facts import is_outdated
from guidegen.interview.fields import fields, progress
from guidegen.interview.journal import Journal
from guidegen.interview.prompter import Back, Prompter, RawAnswer, choose
from guidegen.interview.prompts import (
    answer_texts,
    check_answer,
    prompt_for,
)
from guidegen.interview.state import Field, InterviewState
from guidegen.interview.summary import summary_lines
from guidegen.interview.topics import renewed


@dataclass(slots=True, kw_only=True)
class Interview:
    """An interview under way.

    Args:
        context: Pack, messages and what else stays the same.
        prompter: Who is asked.
        state: The answers so far; they become defaults.
        journal: Where each answer is kept at once; None to keep nothing.
        every: Whether the questions that are not asked by default are, too.
        only: The key or id of the only question to ask.
        settled: The questions (by id) that were answered beforehand and are not asked.
        done: The message that says what happens when all is right.
    """

    context: InterviewContext
    prompter: Prompter
    state: InterviewState
    journal: Journal | None = None
    every: bool = False
    only: str | None = None
    settled: Collection[str] = ()
    done: str = "interview-write"

    def hold(self) -> None:
        """Ask all that is still open, then show the answers until they are confirmed.

        Raises:
            KeyboardInterrupt: Somebody stopped it; the journal has all answers.
        """
        self.ask_open_fields()
        while (question := self._summed_up()) is not None:
            self.state = self.state.reopen(question)
            self.ask_open_fields()

    def ask_open_fields(self) -> None:
        """Ask all that is still open.

        Raises:
            KeyboardInterrupt: Somebody stopped it; the journal has all answers.
        """
        while True:
            asked = [
                each for each in self._fields() if each.question.id not in self.settled
            ]
            # Worked out anew each time, because an answer can add and remove later
            # fields.
            field = next((each for each in asked if not self._is_answered(each)), None)
            if field is None:
                return
            number, total = progress(asked, field)
            head = self.context.messages.text(
                "interview-head", number=number, total=total
            )
            prompt = prompt_for(self.context, self.state, field, head=head)
            try:
                raw = self.prompter.ask(prompt)
            except Back:
                self._go_back(field, asked)
            else:
                self._take(field, prompt.meant(raw))

    def _fields(self) -> list[Field]:
        pack = self.context.pack
        return fields(pack, self.state, every=self.every, only=self.only)

    def _is_answered(self, field: Field) -> bool:
        """Return whether a field has an answer that still fits the other ones."""
        if field.path not in self.state.answered:
            return False
        value = self.state.value(field)
        return check_answer(self.context, self.state, field, value) is None

    def _take(self, field: Field, raw: RawAnswer) -> None:
        # On disk first: whatever counts as answered survives a crash.
        if self.journal is not None:
            self.journal.write(field.path, raw)
        before, self.state = self.state, self.state.answer(field, raw)
        for each in self._fields():
            if each.question.id in {field.question.id, *self.settled}:
                continue
            if each.part.choices_from == "topics":
                self._suggest_anew(each, before)
            elif is_outdated(self.context.pack, each, before, self.state):
                self.state = self.state.without(each)
                if each.path in before.answered and self.journal is not None:
                    self.journal.write(each.path, "")

    def _suggest_anew(self, topics: Field, before: InterviewState) -> None:
        """Ask for the topics again if another sector has others."""
        self.state = renewed(self.context.pack, topics, before, self.state)
        was_answered = topics.path in before.answered
        if was_answered and topics.path not in self.state.answered and self.journal:
            # Not an answer, so that they are asked for after a stop, too.
            self.journal.write(topics.path, [])

    def _go_back(self, field: Field, asked: Sequence[Field]) -> None:
        before = asked.index(field) - 1
        if before < 0:
            self.prompter.say(self.context.messages.text("interview-first"))
        else:
            # Only its mark goes; the answer itself stays as the default.
            answered = self.state.answered - {asked[before].path}
            self.state = replace(self.state, answered=answered)

    def _summed_up(self) -> str | None:
        """Show all answers; return the question to ask again, None if all is right."""
        text = self.context.messages.text
        answers = self._answers_by_question()
        lines = summary_lines(
            answers.values(), text("interview-nothing"), text("interview-left-out")
        )
        self.prompter.say("\n".join(["", text("interview-summary"), *lines]))
        right, change = text(self.done), text("interview-change")
        labels = {"done": right, "change": change}
        if self._choose("interview-all-right", labels) != "change":
            return None
        questions = {question: label for question, (label, _) in answers.items()}
        return self._choose("interview-which", questions)

    def _answers_by_question(self) -> Mapping[str, tuple[str, list[str]]]:
        """Return what each answer is called, and its parts."""
        found: dict[str, tuple[str, list[str]]] = {}
        for field in self._fields():
            question = field.question
            name = question.summary or question.text
            label = self.context.messages.localized(name) or question.id
            # A question of several fields, such as a contact, is one answer.
            _, parts = found.get(question.id, ("", []))
            texts = answer_texts(self.context, self.state, field)
            if field.language is not None:
                # What is the same in several languages is shown once.
                texts = [text for text in texts if text not in parts]
            found[question.id] = (label, [*parts, *texts])
        return found

    def _choose(self, message: str, labels: Mapping[str, str]) -> str:
        text = self.context.messages.text
        no_back = text("interview-no-back")
        return choose(self.prompter, text(message), labels, no_back=no_back)
