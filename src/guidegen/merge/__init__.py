"""The step: joins the company's own wording with a pack's new texts."""

from guidegen.merge.customize import take_texts
from guidegen.merge.diff3 import Conflict, Merged, merge_texts
from guidegen.merge.sections import (
    SECTIONS,
    OwnText,
    open_conflicts,
    own_name,
    own_texts,
)
from guidegen.merge.stale import stale_notes, stale_texts
from guidegen.merge.upgrade import Outcome, Upgraded, upgrade_text
from guidegen.merge.writes import (
    Write,
    finish_writes,
    planned,
    unfinished,
    write_together,
)

__all__ = [
    "SECTIONS",
    "Conflict",
    "Merged",
    "Outcome",
    "OwnText",
    "Upgraded",
    "Write",
    "finish_writes",
    "merge_texts",
    "open_conflicts",
    "own_name",
    "own_texts",
    "planned",
    "stale_notes",
    "stale_texts",
    "take_texts",
    "unfinished",
    "upgrade_text",
    "write_together",
]
