"""Reads and checks the company's answers: `guideline.yml`; `write` holds the rest."""

from guidegen.answers.data import answers_data
from guidegen.answers.kinds import Refused, check, parse
from guidegen.answers.plain import Plain, look_up, put
from guidegen.answers.read import (
    PlainAnswers,
    check_text,
    read_answers,
    read_pack,
    read_plain,
    read_targets,
)
from guidegen.answers.shape import choice_names

__all__ = [
    "Plain",
    "PlainAnswers",
    "Refused",
    "answers_data",
    "check",
    "check_text",
    "choice_names",
    "look_up",
    "parse",
    "put",
    "read_answers",
    "read_pack",
    "read_plain",
    "read_targets",
]
