"""A whole interview with a company, from a script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.interview.scripted import DEFAULT, MISSING, ScriptedPrompter

from guidegen.interview import (
    Interview,
    InterviewContext,
    RawAnswer,
    begin,
    finished,
    replay,
)

GOOD: dict[str, object] = {
    "languages": ["de", "en"],
    "address": "sie",
    "name": "Nordlicht Technik GmbH",
    "short_name": "Nordlicht",
    "sector": "manufacturing",
    "countries": ["DE"],
    "works_council": "betriebsrat",
    "speaker": ["press"],
    "contact": "Mira Jansen",
    "role_de": "Beraterin",
    "role_en": "Adviser",
    "email": "social@nordlicht.example",
    "phone": "",
    "chat": "",
    "answers_within_de": "am selben Arbeitstag",
    "answers_within_en": "on the same working day",
    "about_us": "",
    "code_of_conduct": "https://intranet.nordlicht.example/kodex",
    "topics": ["strategy", "premises"],
    "own_topics": False,
    "owner_de": "Jana Petersen",
    "owner_en": "Jana Petersen",
    "valid_from": "1.12.2026",
}
"""An interview's answers, in the order in which it asks without `--all`."""


def script(
    since: str = "languages",
    before: str | None = None,
    **instead: Any,  # noqa: ANN401  # whatever somebody may answer
) -> list[object]:
    """Return good answers, from one question to before another, some in place of them.

    `MISSING` stands for a question that is not asked.
    """
    names = [*GOOD]
    end = len(names) if before is None else names.index(before)
    chosen = names[names.index(since) : end]
    answers = ((GOOD | instead)[name] for name in chosen)
    return [answer for answer in answers if answer is not MISSING]


def only_what_is_needed(**answers: object) -> list[object]:
    """Return some answers in English, and suggestions for the rest."""
    unasked = ("address", "role_en", "works_council", "answers_within_en", "owner_en")
    others: dict[str, Any] = dict.fromkeys(GOOD, DEFAULT)
    return script(**others | answers | dict.fromkeys(unasked, MISSING))


def held(
    context: InterviewContext,
    *script: object,
    given: Mapping[str, Any] | None = None,
    kept: Mapping[str, RawAnswer] | None = None,
    **more: Any,  # noqa: ANN401  # the interview's own
) -> tuple[Interview, ScriptedPrompter]:
    """Hold an interview from a script."""
    prompter = ScriptedPrompter([*script])
    state = replay(context.pack, begin(context.pack, given or {}), kept or {})
    interview = Interview(context=context, prompter=prompter, state=state, **more)
    interview.hold()
    return interview, prompter


def answers(interview: Interview) -> dict[str, Any]:
    """Return the answers that apply."""
    return finished(interview.context.pack, interview.state)
