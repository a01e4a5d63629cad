"""What the verbs that ask have in common: language, prompter, journal."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidegen.cli.clock import today
from guidegen.cli.show import interface_language
from guidegen.interview import Back, Option, PlainPrompter, Prompt, Setting, Words
from guidegen.model.pack import Pack
from guidegen.model.question import Kind

if TYPE_CHECKING:
    from guidegen.interview import Journal, Prompter

JOURNAL = "interview.jsonl"
"""The file in `.guidegen` that keeps the answers of an interview under way."""


def speak(language: str | None) -> None:
    """Talk to the author in this language from now on."""
    if language is not None:
        os.environ["GUIDEGEN_LANG"] = language
        interface_language.cache_clear()


def is_terminal() -> bool:
    """Return whether somebody is there who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def make_setting(pack: Pack, folder: Path) -> Setting:
    """Return the setting of an interview in the author's language."""
    return Setting(
        pack=pack,
        words=Words(messages=pack.messages, language=interface_language()),
        today=today(),
        folder=folder,
    )


def make_prompter(words: Words, *, plain: bool, keys: str | None = None) -> Prompter:
    """Return who asks: menus, or plain lines where those are wanted or all there is.

    Args:
        words: The messages in the author's language.
        plain: Whether plain lines are wanted.
        keys: The message about keys that fits, in place of the interview's.
    """
    if plain or os.environ.get("TERM", "") == "dumb":
        prompter: Prompter = PlainPrompter(words, read=_read_line, write=click.echo)
        prompter.say(words.say(keys or "interview-keys-plain"))
        return prompter
    from guidegen.interview.terminal import (  # noqa: PLC0415  # a quarter of a second
        TerminalPrompter,
    )

    prompter = TerminalPrompter(words)
    prompter.say(words.say(keys or "interview-keys"))
    return prompter


def _read_line(prompt: str) -> str:
    return input(prompt)


def go_on(prompter: Prompter, words: Words, journal: Journal) -> bool:
    """Return whether to go on with an interview that was stopped, if there is one."""
    number = len(journal.read())
    if not number:
        return False
    prompt = Prompt(
        head="",
        text=words.say("interview-resume", number=number),
        kind=Kind.CHOICE,
        options=(
            Option(value="yes", label=words.say("interview-resume-yes")),
            Option(value="no", label=words.say("interview-resume-no")),
        ),
        default="yes",
        check=lambda raw: None,  # noqa: ARG005
    )
    while True:
        try:
            return prompter.ask(prompt) == "yes"
        except Back:
            continue
