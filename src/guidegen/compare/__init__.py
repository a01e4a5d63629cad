"""The step: what changed between two states, how far that goes, how it is shown."""

from guidegen.compare.answers import compare_answers
from guidegen.compare.fragment import LABELS, redline_html
from guidegen.compare.naming import sentence
from guidegen.compare.records import redline_data, redline_from_data
from guidegen.compare.redline import redline
from guidegen.compare.step import State, find_changes, propose_step

__all__ = [
    "LABELS",
    "State",
    "compare_answers",
    "find_changes",
    "propose_step",
    "redline",
    "redline_data",
    "redline_from_data",
    "redline_html",
    "sentence",
]
