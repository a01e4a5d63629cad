"""Reads and checks the company's answers, `guideline.yml`.

A build only reads them; who changes or writes answers imports `edit`, `new`, `options`
or `json_schema`.
"""

from guidegen.answers.contract import LOGO_SUFFIXES, choice_names
from guidegen.answers.data import answers_data, look_up, put_in
from guidegen.answers.read import (
    PlainAnswers,
    check_text,
    read_answers,
    read_pack,
    read_plain,
    read_targets,
)
from guidegen.schema import Plain, Refused, check, parse

__all__ = [
    "LOGO_SUFFIXES",
    "Plain",
    "PlainAnswers",
    "Refused",
    "answers_data",
    "check",
    "check_text",
    "choice_names",
    "look_up",
    "parse",
    "put_in",
    "read_answers",
    "read_pack",
    "read_plain",
    "read_targets",
]
