"""The step: what changed between two states, how far that goes, how it is shown."""

from guidegen.compare.comparison import Comparison, Snapshot
from guidegen.compare.fragment import LABELS, redline_html
from guidegen.compare.lines import Line, redline_lines
from guidegen.compare.redline import redline
from guidegen.compare.wording import date_words, in_language, sentence

__all__ = [
    "LABELS",
    "Comparison",
    "Line",
    "Snapshot",
    "date_words",
    "in_language",
    "redline",
    "redline_html",
    "redline_lines",
    "sentence",
]
