"""Files that guidegen writes for a platform: compared with the disk, and written.

Their first line has a digest of the rest, so that guidegen can tell whether a person
has changed what it wrote.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

from guidegen import __version__
from guidegen.errors import WorkflowError
from guidegen.files import translate_os_errors, write_atomic
from guidegen.files.digest import sha256
from guidegen.files.links import refuse_links_to
from guidegen.value import Value


class WrittenFile(Value):
    """A file: where it belongs and its text."""

    path: Path
    top: Path
    """The folder below which no link is followed: the repository's, or the project."""
    text: str


class FileState(StrEnum):
    """How the file on the disk compares with the one guidegen would write."""

    MISSING = "missing"
    CURRENT = "current"
    OUTDATED = "outdated"
    """guidegen wrote it, and would now write something else."""
    EDITED = "edited"
    """Somebody has changed it; guidegen would still write what it wrote then."""
    EDITED_OUTDATED = "behind"
    """Somebody has changed it, and guidegen would now write something else."""
    UNMANAGED = "unmanaged"
    """guidegen did not write it."""

    @property
    def is_up_to_date(self) -> bool:
        """Whether there is nothing to do."""
        return self in {FileState.CURRENT, FileState.EDITED}

    @property
    def is_somebodys(self) -> bool:
        """Whether a person's work is in it."""
        return self in {
            FileState.EDITED,
            FileState.EDITED_OUTDATED,
            FileState.UNMANAGED,
        }


_HEADER = re.compile(r"# Written by guidegen \S+ \(`guidegen ci[ \w]*`\); (\w{64})\n")


def with_header(command: str, body: str) -> str:
    """Return a file's text with the line in front that says who wrote it."""
    who = f"guidegen {__version__} (`{command}`)"
    return f"# Written by {who}; {sha256(body.encode())}\n{body}"


def read_text(path: Path, top: Path) -> str | None:
    """Return a file's text, None if there is none; git may have changed line ends.

    Raises:
        FilesError: The file cannot be read, or there is a link below the top folder.
    """
    refuse_links_to(path, top)
    with translate_os_errors(path):
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
    # What is not UTF-8 was not written by guidegen; it only has to be recognised as
    # that.
    return content.decode(errors="replace").replace("\r\n", "\n")


def is_edited(text: str) -> bool | None:
    """Return whether somebody has edited a text since; None if guidegen wrote none."""
    head = _HEADER.match(text)
    return None if head is None else head[1] != sha256(text[head.end() :].encode())


def compare_with_disk(file: WrittenFile) -> FileState:
    """Return how the file on the disk compares with one that guidegen would write.

    Raises:
        FilesError: The file cannot be read.
    """
    found = read_text(file.path, file.top)
    if found is None:
        return FileState.MISSING
    if found == file.text:
        return FileState.CURRENT
    edited = is_edited(found)
    if edited is None:
        return FileState.UNMANAGED
    if not edited:
        return FileState.OUTDATED
    # The header has the digest of what guidegen wrote then.
    was, wanted = _HEADER.match(found), _HEADER.match(file.text)
    same = was is not None and wanted is not None and was[1] == wanted[1]
    return FileState.EDITED if same else FileState.EDITED_OUTDATED


def refuse_somebodys(file: WrittenFile) -> None:
    """Refuse to replace what a person has written.

    Raises:
        WorkflowError: A person's work is in the file that is there.
        FilesError: The file cannot be read.
    """
    state = compare_with_disk(file)
    if state.is_somebodys:
        # Whoever wrote the whole file needs other advice than whoever edited ours.
        if state is FileState.UNMANAGED:
            raise WorkflowError("error-ci-unmanaged", path=file.path)
        raise WorkflowError("error-ci-changed", path=file.path)


def write_file(file: WrittenFile, *, force: bool = False) -> FileState:
    """Write a file; return how the one that was there compared with it.

    Args:
        file: The file to write.
        force: Also replace what a person has written or changed.

    Raises:
        WorkflowError: A person's work is in the file that is there.
        FilesError: The system refuses.
    """
    if not force:
        refuse_somebodys(file)
    state = compare_with_disk(file)
    if state is not FileState.CURRENT:
        # The repository may be a stranger's, with a link in place of `.github`.
        write_atomic(file.path, file.text.encode(), within=file.top)
    return state
