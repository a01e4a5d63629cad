"""Asks the author: to choose, to agree, or to type a line."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from guidegen.answers import Refused, parse
from guidegen.cli.clock import today
from guidegen.cli.localize import interface_language
from guidegen.errors import Problem
from guidegen.interview import (
    Back,
    Option,
    PlainPrompter,
    Prompt,
    Prompter,
    Raw,
    Setting,
    Words,
)
from guidegen.model.pack import Pack
from guidegen.model.question import Kind

_YES = {"y", "yes", "j", "ja"}
"""Consent in both languages; anything else is a no."""


def is_terminal() -> bool:
    """Return whether somebody is there who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def make_setting(pack: Pack, folder: Path) -> Setting:
    """Return the setting of an interview in the author's language."""
    return Setting(pack=pack, words=make_words(pack), today=today(), folder=folder)


def make_words(pack: Pack) -> Words:
    """Return a pack's messages in the author's language."""
    return Words(messages=pack.messages, language=interface_language())


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


def insist(prompter: Prompter, prompt: Prompt) -> Raw:
    """Return the answer to a question that has none before it to go back to.

    Raises:
        KeyboardInterrupt: Somebody stopped.
    """
    while True:
        try:
            return prompter.ask(prompt)
        except Back:
            continue


def choose(
    prompter: Prompter, text: str, labels: Mapping[str, str], *, default: str
) -> str:
    """Return which of the labelled values was chosen.

    Raises:
        KeyboardInterrupt: Somebody stopped.
    """
    options = tuple(Option(value=value, label=label) for value, label in labels.items())
    prompt = Prompt(
        head="",
        text=text,
        kind=Kind.CHOICE,
        options=options,
        default=default,
        check=lambda raw: None,  # noqa: ARG005
    )
    return str(insist(prompter, prompt))


def confirm(
    prompter: Prompter, text: str, *, yes: str, no: str, suggested: bool
) -> bool:
    """Return whether the author agrees; what is suggested comes first.

    Raises:
        KeyboardInterrupt: Somebody stopped.
    """
    labels = {"yes": yes, "no": no} if suggested else {"no": no, "yes": yes}
    return choose(prompter, text, labels, default=next(iter(labels))) == "yes"


def confirm_typed(text: str) -> bool:
    """Return whether the author types that they agree."""
    typed = click.prompt(text, default="", show_default=False, prompt_suffix=" ")
    return str(typed).strip().lower() in _YES


def wants_to_resume(prompter: Prompter, words: Words, number: int) -> bool:
    """Return whether to go on with an interview that was stopped.

    Args:
        prompter: Who asks.
        words: The messages in the author's language.
        number: How many answers were kept.
    """
    return confirm(
        prompter,
        words.say("interview-resume", number=number),
        yes=words.say("interview-resume-yes"),
        no=words.say("interview-resume-no"),
        suggested=True,
    )


def read_line(text: str, option: str, problems: list[Problem]) -> str | None:
    """Return what an option says in a line; None if nothing, and why as a problem."""
    try:
        return str(parse(Kind.TEXT, text))
    except Refused as refused:
        problems.append(refused_option(refused, option))
        return None


def refused_option(refused: Refused, option: str) -> Problem:
    """Return what is wrong with the value of an option."""
    # The message about an empty answer speaks of a line in a file.
    empty = refused.message == "value-empty"
    message = "release-empty" if empty else refused.message
    return Problem(message=message, values={**refused.values, "key": option})
