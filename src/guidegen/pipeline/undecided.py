"""The proposals of an upgrade that nobody has decided on yet."""

from __future__ import annotations

from guidegen.merge.sections import open_conflicts, own_name
from guidegen.model.note import Note
from guidegen.model.project import Project


def undecided_notes(project: Project) -> tuple[Note, ...]:
    """Return a note for each proposal of an upgrade that nobody has decided on."""
    return tuple(
        Note(message="upgrade-open", values={"file": own_name(path)}, path=path)
        for path in open_conflicts(project)
    )
