"""The step: what changed between two states, how far that goes, how it is shown."""

from guidegen.compare.answers import compare_answers
from guidegen.compare.fragment import LABELS, redline_html
from guidegen.compare.lines import Line, redline_lines
from guidegen.compare.naming import date_words, in_language, sentence
from guidegen.compare.records import redline_data, redline_from_data
from guidegen.compare.redline import redline
from guidegen.compare.step import State, find_changes, propose_step

__all__ = [
    "LABELS",
    "Line",
    "State",
    "compare_answers",
    "date_words",
    "find_changes",
    "in_language",
    "propose_step",
    "redline",
    "redline_data",
    "redline_from_data",
    "redline_html",
    "redline_lines",
    "sentence",
]
