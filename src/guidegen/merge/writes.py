"""Several files are changed together: noted first, so that a killed run is finished."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from guidegen.errors import FilesError
from guidegen.files import explained, write_atomic

JOURNAL = ".guidegen/upgrade.json"
"""What is still to be written; it is there only while it is, or after a kill."""

_PLACES = ("guideline.yml", "pack.lock", "sections")
"""What may be written: a project can come from somebody else, with its journal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """A file's new text; `before` is its old one's SHA-256, None if there was none."""

    name: str
    before: str | None
    text: str

    @property
    def is_done(self) -> bool:
        """Whether the file said this already when the write was planned."""
        return self.before == _sha256(self.text)


def planned(folder: Path, name: str, text: str) -> Write:
    """Return the write that gives a file of the project this text.

    Raises:
        FilesError: The file cannot be read.
    """
    return Write(name=name, before=_digest(folder / name), text=text)


def write_together(folder: Path, writes: Sequence[Write]) -> None:
    """Write files one after the other; call it under the project's lock.

    If it is killed, `finish_writes` does the rest.

    Raises:
        FilesError: A file was changed since the writes were planned, or the system
            refuses.
    """
    for write in writes:
        _check(folder, write)
    content = json.dumps([asdict(write) for write in writes], ensure_ascii=False)
    write_atomic(folder / JOURNAL, content.encode())
    _carry_out(folder, writes)


def unfinished(folder: Path) -> bool:
    """Return whether a run was killed while it wrote several files."""
    return (folder / JOURNAL).is_file()


def finish_writes(folder: Path) -> None:
    """Finish what a killed run began; call it under the project's lock.

    If somebody has changed one of the files since, their text stays, and the rest of
    the plan is dropped: it was made for another text.

    Raises:
        FilesError: The system refuses.
    """
    writes = _read(folder / JOURNAL)
    for write in writes:
        _clear(folder / write.name)
    try:
        for write in writes:
            _check(folder, write)
    except FilesError:
        writes = ()
    _carry_out(folder, writes)


def _carry_out(folder: Path, writes: Sequence[Write]) -> None:
    for write in writes:
        if _digest(folder / write.name) != _sha256(write.text):
            write_atomic(folder / write.name, write.text.encode())
    with explained(folder):
        (folder / JOURNAL).unlink(missing_ok=True)


def _clear(path: Path) -> None:
    """Take away what a killed run had written of a file beside its place."""
    half_done = re.compile(rf"\.{re.escape(path.name)}\.[a-z0-9_]{{8}}")
    with suppress(OSError):
        for each in list(path.parent.iterdir()):
            if half_done.fullmatch(each.name):
                each.unlink()


def _check(folder: Path, write: Write) -> None:
    if _digest(folder / write.name) not in {write.before, _sha256(write.text)}:
        raise FilesError("error-write-changed", path=folder / write.name)


def _read(journal: Path) -> tuple[Write, ...]:
    with suppress(OSError, ValueError, TypeError):
        writes = [Write(**entry) for entry in json.loads(journal.read_bytes())]
        if all(_is_ours(write) for write in writes):
            return tuple(writes)
    return ()


def _is_ours(write: Write) -> bool:
    parts = PurePosixPath(write.name).parts
    return bool(parts) and parts[0] in _PLACES and ".." not in parts


def _digest(path: Path) -> str | None:
    with explained(path):
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
