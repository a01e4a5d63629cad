"""Notes, day and consent for `release`: from its options or by asking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from guidegen.cli.dialogs import (
    author_messages,
    confirm,
    make_prompter,
    refused_option,
)
from guidegen.cli.localize import interface_language, localized
from guidegen.cli.reader_texts import TextOption
from guidegen.cli.terminal import problem_text
from guidegen.errors import Problem, ProblemsError
from guidegen.interview import Back, Prompt, Prompter, RawAnswer, insist
from guidegen.model.note import Note
from guidegen.model.question import Kind
from guidegen.model.release import Step
from guidegen.pipeline.release_preview import ReleasePreview
from guidegen.schema.scalars import Refused, parse

NOTE = TextOption(option="--note", message="release-note")
_VALID_FROM = "--valid-from"


def release_prompter(preview: ReleasePreview) -> Prompter:
    """Return the prompter for the questions about a release."""
    messages = author_messages(preview.working_copy.pack)
    return make_prompter(messages, plain=False, keys="release-keys")


def ask_notes(
    prompter: Prompter, preview: ReleasePreview, notes: Mapping[str, str], step: Step
) -> dict[str, str]:
    """Return the notes in all languages, after asking for those that are missing.

    Raises:
        KeyboardInterrupt: Somebody stopped.
    """
    documents = preview.working_copy.drafts
    missing = [each for each in documents if each.language not in notes]
    messages = author_messages(preview.working_copy.pack)
    shown = "major" if step == "major" and preview.last else "minor"
    asked: dict[str, str] = {}
    index = 0
    # By index rather than a for loop, since one can go back to the last question.
    while index < len(missing):
        language = missing[index].language
        name = missing[index].labels[language]
        prompt = Prompt(
            head="",
            text=messages.text("release-note", language=name),
            help=messages.text(f"release-note-help-{shown}"),
            example=messages.text("release-note-example"),
            kind=Kind.TEXT,
            default=asked.get(language),
            known=language in asked,
            check=NOTE.check,
        )
        try:
            asked[language] = NOTE.read(str(prompter.ask(prompt)), []) or ""
        except Back:
            index = max(0, index - 1)
        else:
            index += 1
    together = {**notes, **asked}
    # In the guideline's order, whatever was given or asked first.
    return {each.language: together[each.language] for each in documents}


def read_day(text: str) -> dt.date:
    """Return the day that the option `--valid-from` names.

    Raises:
        ProblemsError: It is not a day.
    """
    try:
        return _day(text)
    except Refused as refused:
        raise ProblemsError((refused_option(refused, _VALID_FROM),)) from None


def past_day(day: dt.date, today: dt.date) -> tuple[Note, ...]:
    """Return a note if a release is to be valid from a day that is over.

    It binds nobody before it is there: it is valid from the day of the release.
    """
    if day >= today:
        return ()
    values = {"day": day, "today": today, "option": _VALID_FROM}
    return (Note(message="release-day-past", values=values),)


def ask_day(
    prompter: Prompter, preview: ReleasePreview, version: str, today: dt.date
) -> dt.date:
    """Ask for the day that the release is valid from, and return it.

    Raises:
        KeyboardInterrupt: Somebody stopped.
    """
    prompt = Prompt(
        head="",
        text=localized("release-day", version=version),
        help=localized("release-day-help", day=preview.left_over(today)),
        kind=Kind.TEXT,
        default=_as_typed(today),
        check=lambda raw: _check_day(raw, preview),
    )
    return _day(str(insist(prompter, prompt)))


def _as_typed(day: dt.date) -> str:
    """Return a day as the author would type it."""
    # `parse` takes both forms; the suggestion has the one that its reader would type.
    if interface_language() == "de":
        return f"{day.day}.{day.month}.{day.year}"
    return day.isoformat()


def _check_day(raw: RawAnswer, preview: ReleasePreview) -> str | None:
    try:
        day = _day(str(raw or ""))
    except Refused as refused:
        return localized(refused.message, **refused.values)
    last = preview.last
    # Versions follow one another: a later one cannot have been in force earlier.
    if last is None or day >= last.valid_from:
        return None
    values = {"day": day, "last": last.valid_from, "version": last.version}
    return problem_text(Problem(message="release-earlier", values=values))


def _day(text: str) -> dt.date:
    day: dt.date = parse(Kind.DATE, text)  # type: ignore[assignment]  # for a date
    return day


def jump(preview: ReleasePreview, version: str) -> Problem:
    """Return what is strange about a version that leaves out numbers."""
    newest = preview.working_copy.history.last
    values = {
        "version": version,
        "proposed": preview.version,
        "last": newest.version if newest else "",
    }
    message = "release-jump" if newest else "release-jump-first"
    return Problem(message=message, values=values)


def confirm_jump(prompter: Prompter, preview: ReleasePreview, version: str) -> bool:
    """Return whether the author means a version that leaves out numbers.

    Raises:
        KeyboardInterrupt: Somebody stopped.
    """
    messages = author_messages(preview.working_copy.pack)
    prompter.say(problem_text(jump(preview, version)))
    return confirm(
        prompter,
        messages.text("release-jump-ask", version=version),
        yes=messages.text("release-jump-ask-yes", version=version),
        no=messages.text("release-ask-no"),
        suggested=False,
    )


def confirm_release(prompter: Prompter, preview: ReleasePreview, version: str) -> bool:
    """Return whether the author wants this version to be released now.

    Raises:
        KeyboardInterrupt: Somebody stopped.
    """
    messages = author_messages(preview.working_copy.pack)
    return confirm(
        prompter,
        messages.text("release-ask", version=version),
        yes=messages.text("release-ask-yes"),
        no=messages.text("release-ask-no"),
        # A release cannot be taken back, so pressing Enter is a no.
        suggested=False,
    )
