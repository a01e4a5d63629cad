"""The step: joins the company's own wording with a pack's new texts."""

from guidegen.merge.sections import (
    OwnText,
    customize_texts,
    open_conflicts,
    own_name,
    own_texts,
)
from guidegen.merge.stale import stale_notes, stale_texts
from guidegen.merge.upgrade import (
    Conflict,
    Merged,
    Outcome,
    Upgraded,
    merge_texts,
    upgrade_text,
)
from guidegen.merge.writes import (
    Write,
    finish_writes,
    is_unfinished,
    plan_write,
    write_together,
)

__all__ = [
    "Conflict",
    "Merged",
    "Outcome",
    "OwnText",
    "Upgraded",
    "Write",
    "customize_texts",
    "finish_writes",
    "is_unfinished",
    "merge_texts",
    "open_conflicts",
    "own_name",
    "own_texts",
    "plan_write",
    "stale_notes",
    "stale_texts",
    "upgrade_text",
    "write_together",
]
