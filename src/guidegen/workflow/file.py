"""Whether a workflow file is guidegen's own, unchanged and up to date; writes it."""

from __future__ import annotations

import hashlib
import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen import __version__
from guidegen.errors import WorkflowError
from guidegen.files import explained, write_atomic

if TYPE_CHECKING:
    from guidegen.workflow.make import Workflow

_HEADER = re.compile(r"# Written by guidegen \S+ \(`guidegen ci \w+`\); (\w{64})\n")


class State(StrEnum):
    """How a workflow file on the disk relates to the one guidegen would write."""

    MISSING = "missing"
    CURRENT = "current"
    OUTDATED = "outdated"
    """guidegen wrote it, and would now write another."""
    EDITED = "edited"
    """Somebody changed it, and guidegen would still write what it wrote."""
    EDITED_OUTDATED = "behind"
    FOREIGN = "foreign"
    """guidegen did not write it."""

    @property
    def is_up_to_date(self) -> bool:
        """Whether there is nothing to do."""
        return self in {State.CURRENT, State.EDITED}

    @property
    def is_somebodys(self) -> bool:
        """Whether a person's work is in it."""
        return self in {State.EDITED, State.EDITED_OUTDATED, State.FOREIGN}


def header(body: str, platform: str) -> str:
    """Return the first line: who wrote the file, and the digest of all that follows."""
    who = f"guidegen {__version__} (`guidegen ci {platform}`)"
    return f"# Written by {who}; {_digest(body)}\n"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def state_of(workflow: Workflow) -> State:
    """Return how the file on the disk relates to a workflow.

    Raises:
        FilesError: The file cannot be read.
    """
    found = _read(workflow.path)
    if found is None:
        return State.MISSING
    if found == workflow.text:
        return State.CURRENT
    head = _HEADER.match(found)
    if head is None:
        return State.FOREIGN
    if head[1] == _digest(found[head.end() :]):
        return State.OUTDATED
    wanted = _HEADER.match(workflow.text)
    same = wanted is not None and head[1] == wanted[1]
    return State.EDITED if same else State.EDITED_OUTDATED


def write_workflow(workflow: Workflow, *, force: bool = False) -> State:
    """Write a workflow file; return how the one that was there related to it.

    Args:
        workflow: Which.
        force: Replace also what a person has written or changed.

    Raises:
        WorkflowError: A person's work is in the file that is there.
        FilesError: The system refuses.
    """
    state = state_of(workflow)
    if state.is_somebodys and not force:
        if state is State.FOREIGN:
            raise WorkflowError("error-ci-foreign", path=workflow.path)
        raise WorkflowError("error-ci-changed", path=workflow.path)
    if state is not State.CURRENT:
        write_atomic(workflow.path, workflow.text.encode())
    return state


def _read(path: Path) -> str | None:
    """Return a file's text, None if there is none; git may have changed line ends."""
    with explained(path):
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
    return content.decode(errors="replace").replace("\r\n", "\n")
