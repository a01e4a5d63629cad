"""How often a test repeats what only chance can find: kills, faults, random sequences.

`make test` takes a sample of each; `make soak` takes the full counts, prints what came
of them, and is run before a release of guidegen.
"""

from __future__ import annotations

import os
from typing import TypeVar

T = TypeVar("T")

SOAKING = bool(os.environ.get("GUIDEGEN_SOAK"))


def counts(*, soak: T, sample: T) -> T:
    """Return the full count when soaking, else the sample's."""
    return soak if SOAKING else sample
