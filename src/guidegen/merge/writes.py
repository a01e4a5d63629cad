"""Writes several files together: a journal lets the next run finish a killed one."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from guidegen.errors import FilesError
from guidegen.files import translate_os_errors, write_atomic
from guidegen.files.digest import file_sha256, sha256
from guidegen.model.json_records import parsed_json, read_record
from guidegen.model.project import ANSWERS, PACK_LOCK, SECTIONS, Project
from guidegen.value import Value

_PATH = re.compile(rf"{SECTIONS}/(\.base/)?\w[\w-]*/\w[\w .+-]*\.md")
"""An own text, its base or a proposal: with the answers and the pin, all that may be
written. A project, with its journal, may come from a stranger.
"""
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Write(Value):
    """The new text of a file; `before` is the SHA-256 of the old one, if any."""

    name: str
    before: str | None
    text: str

    @property
    def is_done(self) -> bool:
        """Whether the file had this text already when the write was planned."""
        return self.before == sha256(self.text.encode())


def plan_write(project: Project, name: str, text: str) -> Write:
    """Return the write that gives this text to a file of the project.

    Raises:
        FilesError: The file cannot be read.
    """
    return Write(name=name, before=_digest(project.folder / name), text=text)


def write_together(project: Project, writes: Sequence[Write]) -> None:
    """Write files one after the other; call it under the project's lock.

    If the run is killed, `finish_writes` does the rest.

    Raises:
        FilesError: A file has changed since the writes were planned, or the system
            refuses.
    """
    # Checked before the first one is written: a run that is refused changes nothing.
    for write in writes:
        _check(project, write)
    content = json.dumps([asdict(write) for write in writes], ensure_ascii=False)
    write_atomic(project.upgrade_journal, content.encode(), within=project.folder)
    _carry_out(project, writes)


def is_unfinished(project: Project) -> bool:
    """Return whether a run was killed while it wrote several files."""
    return project.upgrade_journal.is_file()


def planned_names(project: Project) -> tuple[str, ...] | None:
    """Return the files that a killed run was to write; None if no run of ours planned.

    What is there may be broken, or a stranger's.
    """
    writes = _read(project.upgrade_journal)
    return tuple(each.name for each in writes if not each.is_done) if writes else None


def finish_writes(project: Project) -> None:
    """Finish what a killed run began; call it under the project's lock.

    If somebody has changed one of the files since, that text stays and the plan, which
    was made for another one, is dropped.

    Raises:
        FilesError: The system refuses.
    """
    writes = _read(project.upgrade_journal)
    for write in writes:
        # As `write_atomic` would have done if it had not been killed.
        _remove_half_done(project.folder / write.name)
    try:
        for write in writes:
            _check(project, write)
    except FilesError:
        # Somebody's edit wins over the plan.
        writes = ()
    _carry_out(project, writes)


def drop_writes(project: Project) -> None:
    """Forget what a killed run has left to be written.

    Raises:
        FilesError: The system refuses.
    """
    with translate_os_errors(project.folder):
        project.upgrade_journal.unlink(missing_ok=True)


def _carry_out(project: Project, writes: Sequence[Write]) -> None:
    for write in writes:
        # A finished file is not touched again.
        if _digest(project.folder / write.name) != sha256(write.text.encode()):
            path, text = project.folder / write.name, write.text.encode()
            write_atomic(path, text, within=project.folder)
    drop_writes(project)


def _remove_half_done(path: Path) -> None:
    """Remove the incomplete file that a killed run has left beside another."""
    # The name that `write_atomic` makes up.
    half_done = re.compile(rf"\.{re.escape(path.name)}\.[a-z0-9_]{{8}}")
    with suppress(OSError):
        for each in list(path.parent.iterdir()):
            if half_done.fullmatch(each.name):
                each.unlink()


def _check(project: Project, write: Write) -> None:
    if _digest(project.folder / write.name) not in {
        write.before,
        sha256(write.text.encode()),
    }:
        raise FilesError("error-write-changed", path=project.folder / write.name)


def _read(journal: Path) -> tuple[Write, ...]:
    # A journal that cannot be read plans nothing, and is removed by `_carry_out`.
    with suppress(OSError, ValueError, TypeError):
        entries = parsed_json(read_record(journal))
        if all(_is_ours(**entry) for entry in entries):
            return tuple(Write(**entry) for entry in entries)
    return ()


def _is_ours(name: object, before: object, text: object) -> bool:
    return (
        isinstance(name, str)
        and (name in {ANSWERS, PACK_LOCK} or bool(_PATH.fullmatch(name)))
        and (before is None or bool(_DIGEST.fullmatch(str(before))))
        and isinstance(text, str)
    )


def _digest(path: Path) -> str | None:
    with translate_os_errors(path):
        return file_sha256(path) if path.exists() else None
