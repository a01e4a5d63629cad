"""Texts of a company's own that are not there in a language or form of address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from guidegen.model.json_records import Data
from guidegen.value import Value


class Missing(Value):
    """A text that readers of a variant need, and that is there for others only."""

    key: str
    """What it is called in `same_text`: `taboo_topics.Bids.why`, `sections/nice`."""
    variant: str
    """What it lacks: `de`, `de-formal`, `en`."""
    other: str
    """The variant that it is there in."""
    text: str
    """What it says there; of a section, the whole file."""
    place: str = ""
    """Where the answers have it, as the file counts them; "" for a section."""
    line: int | None = None
    """The line of the answers that it stands on, once that is known."""
    path: Path | None = None
    """The file of a section."""
    of_pack: bool = False
    """Whether it is a section of the pack."""
    uses_pack: bool = False
    """Whether its readers get the pack's text so far."""

    @property
    def section(self) -> str | None:
        """The id of the section, None for a text among the answers."""
        return self.key.partition("/")[2] if self.path else None


class Basis(Value):
    """What a company's texts were when all of them were right, in all variants.

    None was missing in any, and none was behind.
    """

    data: Data
    """The answers, as `answers_data` returns them."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Digests of the company's own files, by their path from the project."""
