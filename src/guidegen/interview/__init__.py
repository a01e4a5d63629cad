"""Asks the company the pack's questions.

What is asked, and what an answer changes, is decided by functions of an
`InterviewState`; a terminal's loop or a form puts the prompts to somebody.
"""

from guidegen.interview.ask import Interview
from guidegen.interview.choices import InterviewContext
from guidegen.interview.fields import fields, is_meant, progress
from guidegen.interview.journal import Journal
from guidegen.interview.plain_prompter import PlainPrompter
from guidegen.interview.prefill import (
    answered_beforehand,
    fill_in,
    replay,
    stand_in,
)
from guidegen.interview.prompter import (
    Back,
    Messages,
    Option,
    Prompt,
    Prompter,
    RawAnswer,
    choose,
    insist,
)
from guidegen.interview.prompts import (
    check_answer,
    prompt_for,
)
from guidegen.interview.results import changed_answers, finished
from guidegen.interview.state import Field, InterviewState, begin

__all__ = [
    "Back",
    "Field",
    "Interview",
    "InterviewContext",
    "InterviewState",
    "Journal",
    "Messages",
    "Option",
    "PlainPrompter",
    "Prompt",
    "Prompter",
    "RawAnswer",
    "answered_beforehand",
    "begin",
    "changed_answers",
    "check_answer",
    "choose",
    "fields",
    "fill_in",
    "finished",
    "insist",
    "is_meant",
    "progress",
    "prompt_for",
    "replay",
    "stand_in",
]
