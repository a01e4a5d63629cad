"""What `release` asks in a terminal: the notes for readers, and whether to go on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from guidegen.cli.asking import make_prompter
from guidegen.cli.remarks import check_note
from guidegen.cli.show import interface_language, problem_text
from guidegen.errors import Problem
from guidegen.interview import Back, Option, Prompt, Words
from guidegen.model.question import Kind
from guidegen.model.release import Step

if TYPE_CHECKING:
    from guidegen.interview import Prompter, Raw
    from guidegen.pipeline.outlook import Outlook


def make_asker(outlook: Outlook) -> Prompter:
    """Return who asks."""
    return make_prompter(_words(outlook), plain=False, keys="release-keys")


def ask_notes(
    prompter: Prompter, outlook: Outlook, notes: Mapping[str, str], step: Step
) -> dict[str, str]:
    """Return the notes in all languages; those that are missing are asked for.

    Raises:
        KeyboardInterrupt: Somebody stopped.
    """
    documents = outlook.standing.composition.documents
    missing = [each for each in documents if each.language not in notes]
    words = _words(outlook)
    shown = "major" if step == "major" and outlook.last else "minor"
    asked: dict[str, str] = {}
    place = 0
    while place < len(missing):
        language = missing[place].language
        name = missing[place].labels[language]
        prompt = Prompt(
            head="",
            text=words.say("release-note", language=name),
            help=words.say(f"release-note-help-{shown}"),
            example=words.say("release-note-example"),
            kind=Kind.TEXT,
            default=asked.get(language),
            known=language in asked,
            check=_complaint,
        )
        try:
            asked[language] = check_note(str(prompter.ask(prompt)), []) or ""
        except Back:
            place = max(0, place - 1)
        else:
            place += 1
    together = {**notes, **asked}
    return {each.language: together[each.language] for each in documents}


def _complaint(raw: Raw) -> str | None:
    problems: list[Problem] = []
    check_note(str(raw or ""), problems)
    if not problems:
        return None
    problem = problems[0]
    values = {name: text for name, text in problem.values.items() if name != "key"}
    return problem_text(Problem(message=problem.message, values=values))


def consents(prompter: Prompter, outlook: Outlook, version: str) -> bool:
    """Return whether the author wants this version to be released now.

    Raises:
        KeyboardInterrupt: Somebody stopped.
    """
    words = _words(outlook)
    prompt = Prompt(
        head="",
        text=words.say("release-ask", version=version),
        kind=Kind.CHOICE,
        options=(
            Option(value="no", label=words.say("release-ask-no")),
            Option(value="yes", label=words.say("release-ask-yes")),
        ),
        default="no",
        check=lambda raw: None,  # noqa: ARG005
    )
    while True:
        try:
            return prompter.ask(prompt) == "yes"
        except Back:
            continue


def _words(outlook: Outlook) -> Words:
    messages = outlook.reading.pack.messages
    return Words(messages=messages, language=interface_language())
