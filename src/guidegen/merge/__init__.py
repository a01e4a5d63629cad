"""The step: joins the company's own wording with a pack's new texts."""

from guidegen.merge.diff3 import Conflict, Merged, merge_texts
from guidegen.merge.sections import open_conflicts
from guidegen.merge.stale import stale_notes, stale_texts

__all__ = [
    "Conflict",
    "Merged",
    "merge_texts",
    "open_conflicts",
    "stale_notes",
    "stale_texts",
]
