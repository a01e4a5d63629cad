"""Paths that mean the same to every program that reads a workflow file."""

from __future__ import annotations

import unicodedata

_PUNCTUATION = " ._-,&()@/"
"""Characters with no special meaning in YAML, shells, globs and expressions."""


def is_safe(path: str) -> bool:
    """Return whether a path means the same to every program that reads the file."""
    # A combining mark is a part of a letter, as macOS writes ä.
    known = all(
        char.isalnum() or char in _PUNCTUATION or unicodedata.combining(char)
        for char in path
    )
    # A command would take a part that begins with a hyphen for an option.
    parts = path.split("/")
    return known and all(p == p.strip() and not p.startswith("-") for p in parts)
