"""The contract between the interview and whoever can be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeAlias

from guidegen.model.question import Kind
from guidegen.model.text import LocalText
from guidegen.value import Value

RawAnswer: TypeAlias = str | bool | list[str] | None
"""An answer as it was given; None (or an empty text) where somebody had none."""


class Back(Exception):  # noqa: N818  # a wish, not an error
    """Somebody wants to return to the question before."""


class Option(Value):
    """Something to choose; `hint` explains it."""

    value: str
    label: str
    hint: str | None = None
    checked: bool = False


class Prompt(Value):
    """One question in one language, ready to be put to somebody.

    `check` returns what is wrong with an answer, None if nothing is; `complete` turns
    what was typed, such as `www.company.example`, into what was meant, and `show` that
    into what people read. `known` says that the default is an earlier answer, not a
    suggestion.
    """

    head: str
    text: str
    kind: Kind
    check: Callable[[RawAnswer], str | None]
    help: str | None = None
    example: str | None = None
    options: tuple[Option, ...] = ()
    other: str | None = None
    """What offers to type something that is not among the options."""
    default: RawAnswer = None
    known: bool = False
    optional: bool = False
    complete: Callable[[str], str] = str
    show: Callable[[str], str] = str

    def meant(self, raw: RawAnswer) -> RawAnswer:
        """Return what was meant by an answer."""
        if isinstance(raw, list):
            return list(dict.fromkeys(map(self.complete, raw)))
        return self.complete(raw) if isinstance(raw, str) else raw


class Prompter(Protocol):
    """Whoever can be asked: a terminal, plain lines, a test's script."""

    def say(self, text: str) -> None:
        """Show a text."""
        ...

    def ask(self, prompt: Prompt) -> RawAnswer:
        """Return an answer that passed the prompt's check.

        Raises:
            Back: The question before is wanted.
            KeyboardInterrupt: Somebody stopped the interview.
        """
        ...


def insist(
    prompter: Prompter, prompt: Prompt, *, no_back: str | None = None
) -> RawAnswer:
    """Return the answer to a question that has none before it to go back to.

    Args:
        prompter: Who is asked.
        prompt: The question.
        no_back: What to say to somebody who tries.

    Raises:
        KeyboardInterrupt: Somebody stopped.
    """
    while True:
        try:
            return prompter.ask(prompt)
        except Back:
            if no_back is not None:
                prompter.say(no_back)


def choose(
    prompter: Prompter,
    text: str,
    labels: Mapping[str, str],
    *,
    no_back: str | None = None,
) -> str:
    """Return which of the labelled values was chosen; the first one is suggested.

    Raises:
        KeyboardInterrupt: Somebody stopped.
    """
    options = tuple(Option(value=value, label=label) for value, label in labels.items())
    prompt = Prompt(
        head="",
        text=text,
        kind=Kind.CHOICE,
        options=options,
        default=options[0].value,
        check=lambda raw: None,  # noqa: ARG005  # only what is offered can be chosen
    )
    return str(insist(prompter, prompt, no_back=no_back))


class Messages(Value):
    """A pack's messages in the language of the interview."""

    texts: Mapping[str, LocalText]
    language: str

    def text(self, message: str, /, **values: object) -> str:
        """Return a message with its placeholders filled."""
        return self.texts[message].get(self.language).format(**values)

    def localized(self, text: LocalText | None) -> str | None:
        """Return a text of the pack on one line."""
        found = text.find(self.language) if text else None
        # A text in YAML may run over several lines.
        return " ".join(found.split()) if found else None

    def yes_or_no(self, *, answer: bool) -> str:
        """Return the word for yes or no."""
        return self.text("interview-yes" if answer else "interview-no")

    def back_words(self) -> frozenset[str]:
        """Return what can be typed to return to the question before."""
        return self._words("interview-back-words")

    def help_words(self) -> frozenset[str]:
        """Return what can be typed to be told how to answer."""
        return self._words("interview-help-words")

    def in_all_languages(self, message: str) -> tuple[str, ...]:
        """Return a message in each language that it has."""
        return tuple(text for _, text in self.texts[message].texts)

    def _words(self, message: str) -> frozenset[str]:
        # In both languages: somebody may be used to the word of the other one.
        both = self.in_all_languages(message)
        return frozenset(word for text in both for word in text.split())
