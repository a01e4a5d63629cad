"""What somebody says about a release or a review: read from options, checked, asked."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping, Sequence

from guidegen.answers import Refused, parse
from guidegen.errors import Problem
from guidegen.model.question import Kind

MAX_NOTE = 500
"""Characters of a note: readers see it at the top of the page."""

_OF_LANGUAGE = re.compile(r"([a-z]{2}(?:-[a-z]+)?)\s*=(.*)", re.DOTALL)


def read_line(text: str, option: str, problems: list[Problem]) -> str | None:
    """Return a text on one line; None if it is none, and why among the problems."""
    try:
        return str(parse(Kind.TEXT, text))
    except Refused as refused:
        values = {**refused.values, "key": option}
        empty = refused.message == "answers-empty"  # which speaks of a line in a file
        message = "release-empty" if empty else refused.message
        problems.append(Problem(message=message, values=values))
        return None


def read_notes(
    given: Iterable[str], languages: Sequence[str], problems: list[Problem]
) -> dict[str, str]:
    """Return the notes by language that the options `--note` give.

    Args:
        given: Each as TEXT or LANGUAGE=TEXT.
        languages: Those of the guideline, the front page's first.
        problems: What is wrong is added here.
    """
    notes: dict[str, str] = {}
    for text in given:
        match = _OF_LANGUAGE.fullmatch(text)
        if match is None and len(languages) > 1:
            values = {"language": languages[0], "key": "--note"}
            problems.append(Problem(message="release-note-which", values=values))
            continue
        language, note = match.groups() if match else (languages[0], text)
        values = {"language": language, "key": "--note"}
        if language not in languages:
            values |= {"known": ", ".join(languages)}
            problems.append(Problem(message="release-note-language", values=values))
        elif language in notes:
            problems.append(Problem(message="release-note-twice", values=values))
        else:
            notes[language] = check_note(note, problems) or ""
    return notes


def check_note(text: str, problems: list[Problem]) -> str | None:
    """Return a note on one line; None if it is none, and why among the problems."""
    note = read_line(text, "--note", problems)
    if note is not None and len(note) > MAX_NOTE:
        values = {"length": len(note), "limit": MAX_NOTE, "key": "--note"}
        problems.append(Problem(message="release-note-long", values=values))
        return None
    return note


def missing_notes(
    notes: Mapping[str, str], languages: Sequence[str]
) -> tuple[Problem, ...]:
    """Return a problem for each language that has no note."""
    return tuple(
        Problem(
            message="release-note-missing",
            values={
                "language": language,
                "example": shlex.quote("…" if len(languages) == 1 else f"{language}=…"),
                "key": "--note",
            },
        )
        for language in languages
        if language not in notes
    )
