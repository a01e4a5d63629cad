"""What the pages look like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The packs' templates, and where what is compiled of them is kept."""

    folders: Sequence[Path]
    """The packs' `site/` folders, the most specific first."""
    cache: Path | None = None
    """A folder of the user's own, for Python runs what lies there; None keeps nothing.
    """
