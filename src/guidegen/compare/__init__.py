"""The step: what changed between two states, how far that goes, how it is shown."""

from guidegen.compare.answers import compare_answers
from guidegen.compare.comparison import Comparison, Snapshot
from guidegen.compare.fragment import LABELS, redline_html
from guidegen.compare.lines import Line, redline_lines
from guidegen.compare.naming import date_words, in_language, sentence
from guidegen.compare.redline import redline

__all__ = [
    "LABELS",
    "Comparison",
    "Line",
    "Snapshot",
    "compare_answers",
    "date_words",
    "in_language",
    "redline",
    "redline_html",
    "redline_lines",
    "sentence",
]
