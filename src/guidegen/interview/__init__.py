"""Asks the company: the questions of the pack, one after the other."""

from guidegen.interview.ask import Interview, applying
from guidegen.interview.assemble import assemble, take_apart
from guidegen.interview.fill import answered_beforehand, fill_in, together
from guidegen.interview.journal import Journal
from guidegen.interview.plain import PlainPrompter
from guidegen.interview.prompter import Back, Option, Prompt, Prompter, Raw, Words
from guidegen.interview.prompts import Setting, logo_source
from guidegen.interview.steps import Step, is_meant, steps

__all__ = [
    "Back",
    "Interview",
    "Journal",
    "Option",
    "PlainPrompter",
    "Prompt",
    "Prompter",
    "Raw",
    "Setting",
    "Step",
    "Words",
    "answered_beforehand",
    "applying",
    "assemble",
    "fill_in",
    "is_meant",
    "logo_source",
    "steps",
    "take_apart",
    "together",
]
