"""What the pages look like."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from guidegen.value import Value


class Look(Value):
    """The packs' templates, and where what is compiled of them is kept."""

    folders: Sequence[Path]
    """The packs' `site/` folders, the most specific first."""
    cache: Path | None = None
    """A folder of the user's own, since Python runs what is in it; None
    keeps nothing."""
    foreign: Sequence[Path] = ()
    """Those of the folders that are not installed with guidegen: they may have come
    with a project, from somebody else."""
    trust_scripts: bool = False
    """Whether scripts of foreign folders may run on the pages."""
