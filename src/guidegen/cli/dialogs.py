"""Dialogs with the author: asking for consent, for a line of text, interviewing."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from guidegen.cli.clock import today
from guidegen.cli.localize import interface_language, localized
from guidegen.cli.terminal import echo, problem_text
from guidegen.errors import Problem, ProblemsError
from guidegen.interview import (
    Interview,
    InterviewContext,
    InterviewState,
    Journal,
    Messages,
    PlainPrompter,
    Prompter,
    choose,
    replay,
)
from guidegen.model.pack import Pack
from guidegen.model.question import Kind
from guidegen.redact import printable
from guidegen.schema.scalars import Refused, parse

T = TypeVar("T")

_YES = {"y", "yes", "j", "ja"}
"""Consent in both languages; anything else is a no."""

# Two letters and a variant, such as de-formal; other text before “=” belongs to the
# text.
_OF_LANGUAGE = re.compile(r"([a-z]{2}(?:-[a-z]+)?)\s*=(.*)", re.DOTALL)


def is_terminal() -> bool:
    """Return whether there is somebody to ask."""
    # Both: with either one redirected, a question would wait unseen or be answered by a
    # file.
    return sys.stdin.isatty() and sys.stdout.isatty()


def author_messages(pack: Pack) -> Messages:
    """Return a pack's messages in the author's language."""
    return Messages(texts=pack.messages, language=interface_language())


def interview_context(pack: Pack, folder: Path) -> InterviewContext:
    """Return the context of an interview with the author."""
    messages = author_messages(pack)
    return InterviewContext(pack=pack, messages=messages, today=today(), folder=folder)


def make_prompter(
    messages: Messages, *, plain: bool, keys: str | None = None
) -> Prompter:
    """Return a prompter: with menus, or with plain lines if wanted or unavoidable.

    Args:
        messages: The messages in the author's language.
        plain: Whether plain lines are wanted.
        keys: The message that explains the keys, if not the interview's.
    """
    # Menus move the cursor, which a dumb terminal cannot do.
    if plain or os.environ.get("TERM", "") == "dumb":
        prompter: Prompter = PlainPrompter(messages, read=_read_line, write=_write)
        prompter.say(messages.text(keys or "interview-keys-plain"))
        return prompter
    from guidegen.interview.menu_prompter import (  # noqa: PLC0415  # takes 0.25 s
        MenuPrompter,
    )

    prompter = MenuPrompter(messages)
    prompter.say(messages.text(keys or "interview-keys"))
    return prompter


def _write(text: str) -> None:
    # Questions and their choices may be those of somebody else's pack.
    click.echo(printable(text))


def _read_line(prompt: str) -> str:
    return input(prompt)


def confirm(
    prompter: Prompter, text: str, *, yes: str, no: str, suggested: bool
) -> bool:
    """Return whether the author agrees; what is suggested comes first.

    Raises:
        KeyboardInterrupt: Somebody stopped.
    """
    # Menus begin at the first entry, so Enter takes what is suggested.
    labels = {"yes": yes, "no": no} if suggested else {"no": no, "yes": yes}
    return choose(prompter, text, labels) == "yes"


def confirm_typed(text: str) -> bool:
    """Return whether the author types that they agree."""
    # An empty answer is a no: click would otherwise ask again and again.
    typed = click.prompt(
        printable(text), default="", show_default=False, prompt_suffix=" "
    )
    return str(typed).strip().lower() in _YES


def resumed_state(
    prompter: Prompter,
    context: InterviewContext,
    state: InterviewState,
    journal: Journal,
) -> InterviewState:
    """Return the state to begin with: that of an interrupted interview, if wanted.

    Raises:
        KeyboardInterrupt: Somebody stopped.
    """
    resumed = replay(context.pack, state, journal.read(), folder=context.folder)
    # Counted after the replay: what no longer fits a question is no answer to go on
    # with.
    text, number = context.messages.text, len(resumed.answered)
    if number and confirm(
        prompter,
        text("interview-resume", number=number),
        yes=text("interview-resume-yes"),
        no=text("interview-resume-no"),
        suggested=True,
    ):
        return resumed
    journal.remove()
    return state


def hold_until_written(interview: Interview, write: Callable[[InterviewState], T]) -> T:
    """Ask until the answers fit together and are written; return the result of `write`.

    Raises:
        KeyboardInterrupt: The author stopped; the journal has the answers.
        FilesError: Something cannot be written.
    """
    while True:
        interview.hold()
        try:
            written = write(interview.state)
        except ProblemsError as error:
            for problem in error.problems:
                interview.prompter.say(problem_text(without_line(problem)))
        else:
            # Only now: whatever fails before this must not cost the author their
            # answers.
            if interview.journal is not None:
                interview.journal.remove()
            return written


def without_line(problem: Problem) -> Problem:
    """Return a problem without file and line, since the file is not written yet."""
    return Problem(message=problem.message, values=problem.values)


def show_how_to_resume(journal: Journal, command: str) -> None:
    """Print the command that resumes a stopped interview, if answers were kept."""
    click.echo()
    if journal.path.is_file():
        echo(localized("interview-resume-command"))
        click.echo(f"  {command}")


def read_line(text: str, option: str, problems: list[Problem]) -> str | None:
    """Return an option's one line of text; None if it is wrong, adding the problem."""
    try:
        return str(parse(Kind.TEXT, text))
    except Refused as refused:
        problems.append(refused_option(refused, option))
        return None


def by_language(text: str) -> tuple[str | None, str]:
    """Return the language and the text of `[LANGUAGE=]TEXT`; None if it names none."""
    match = _OF_LANGUAGE.fullmatch(text)
    return (match[1], match[2]) if match else (None, text)


def refused_option(refused: Refused, option: str) -> Problem:
    """Return what is wrong with the value of an option."""
    # The message about an empty answer speaks of a line in a file.
    empty = refused.message == "value-empty"
    message = "release-empty" if empty else refused.message
    return Problem(message=message, values={**refused.values, "key": option})
