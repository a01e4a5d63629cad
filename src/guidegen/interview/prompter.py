"""Whoever can be asked: the contract between the interview and a terminal or a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from guidegen.model.question import Kind
from guidegen.model.text import LocalText

Raw: TypeAlias = str | bool | list[str] | None
"""An answer as it was given; None (or an empty text) where somebody had none."""


class Back(Exception):  # noqa: N818  # a wish, not an error
    """Somebody wants to return to the question before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something to choose; `hint` explains it."""

    value: str
    label: str
    hint: str | None = None
    checked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One question in one language, ready to be put to somebody.

    `check` returns what is wrong with an answer, None if nothing is. `known` says that
    the default is an earlier answer, not a suggestion.
    """

    head: str
    text: str
    kind: Kind
    check: Callable[[Raw], str | None]
    help: str | None = None
    example: str | None = None
    options: tuple[Option, ...] = ()
    default: Raw = None
    known: bool = False
    optional: bool = False


class Prompter(Protocol):
    """Whoever can be asked: a terminal, plain lines, a test's script."""

    def say(self, text: str) -> None:
        """Tell something."""
        ...

    def ask(self, prompt: Prompt) -> Raw:
        """Return an answer that passed the prompt's check.

        Raises:
            Back: The question before is wanted.
            KeyboardInterrupt: Somebody stopped the interview.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The pack's messages in the interview's language."""

    messages: Mapping[str, LocalText]
    language: str

    def say(self, message: str, /, **values: object) -> str:
        """Return a message with its placeholders filled."""
        return self.messages[message].get(self.language).format(**values)

    def local(self, text: LocalText | None) -> str | None:
        """Return a text of the pack on one line."""
        found = text.find(self.language) if text else None
        return " ".join(found.split()) if found else None

    def back_words(self) -> frozenset[str]:
        """Return what can be typed to return to the question before."""
        both = self.messages["interview-back-words"].texts
        return frozenset(word for _, text in both for word in text.split())
