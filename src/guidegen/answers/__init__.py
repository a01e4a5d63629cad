"""Reads, checks, edits and writes the company's answers: `guideline.yml`."""

from guidegen.answers.create import create_answers, write_schema
from guidegen.answers.edit import edit_answers, edited_text, put
from guidegen.answers.kinds import Refused, check, parse
from guidegen.answers.new import SCHEMA, new_answers
from guidegen.answers.options import read_options
from guidegen.answers.read import (
    PlainAnswers,
    check_text,
    read_answers,
    read_pack,
    read_plain,
)
from guidegen.answers.schema import json_schema
from guidegen.answers.shape import choice_names
from guidegen.answers.walk import Plain

__all__ = [
    "SCHEMA",
    "Plain",
    "PlainAnswers",
    "Refused",
    "check",
    "check_text",
    "choice_names",
    "create_answers",
    "edit_answers",
    "edited_text",
    "json_schema",
    "new_answers",
    "parse",
    "put",
    "read_answers",
    "read_options",
    "read_pack",
    "read_plain",
    "write_schema",
]
