"""Where all templates of packs run: they see data only, and cannot compute for ever."""

from guidegen.sandbox.budget import BudgetError
from guidegen.sandbox.environment import COMPILED, METHODS, READABLE, Readable, Sandbox
from guidegen.sandbox.filters import text_of
from guidegen.sandbox.mistakes import MISTAKES, translate_mistakes

__all__ = [
    "COMPILED",
    "METHODS",
    "MISTAKES",
    "READABLE",
    "BudgetError",
    "Readable",
    "Sandbox",
    "text_of",
    "translate_mistakes",
]
