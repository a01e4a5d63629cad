"""The company's own files, and which of its texts are behind in a language."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from guidegen.answers import answers_data
from guidegen.files import explained
from guidegen.merge import stale_texts
from guidegen.model.answers import Answers
from guidegen.model.project import Project
from guidegen.model.release import Release

_NO_TEXTS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What a system's file manager leaves in a folder."""


def stale_since(
    last: Release | None, answers: Answers, own: Mapping[str, bytes]
) -> dict[str, tuple[str, ...]]:
    """Return the company's own texts that are behind in some languages.

    Args:
        last: The last release; before the first, nothing is behind.
        answers: The present ones.
        own: The company's own files.
    """
    if last is None:
        return {}
    return stale_texts(
        last.answers,
        answers_data(answers),
        old_files=last.files,
        new_files={
            name: hashlib.sha256(content).hexdigest() for name, content in own.items()
        },
        carried=last.stale,
    )


def own_files(project: Project, logo: Path | None) -> dict[str, bytes]:
    """Return the company's own files by their path in the project.

    Raises:
        FilesError: One of them cannot be read.
    """
    with explained(project.folder):
        paths = [project.answers, *([logo] if logo else [])]
        paths += [
            path
            for path in sorted(project.sections.rglob("*"))
            if path.is_file() and path.name not in _NO_TEXTS
        ]
        return {
            path.relative_to(project.folder).as_posix(): path.read_bytes()
            for path in paths
        }
