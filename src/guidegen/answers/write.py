"""All that writes answers; who only reads them need not load it."""

from guidegen.answers.create import IGNORE_FILE, create_answers, write_schema
from guidegen.answers.edit import edit_answers, edited_file, edited_text
from guidegen.answers.new import SCHEMA, new_answers
from guidegen.answers.options import read_options
from guidegen.answers.schema import json_schema

__all__ = [
    "IGNORE_FILE",
    "SCHEMA",
    "create_answers",
    "edit_answers",
    "edited_file",
    "edited_text",
    "json_schema",
    "new_answers",
    "read_options",
    "write_schema",
]
