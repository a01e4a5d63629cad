"""The files to publish: the built site's, and what a place needs beside them."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from guidegen.errors import PublishError
from guidegen.files import explained
from guidegen.model.publication import FileRecord
from guidegen.publish.manifest import digest_of

if TYPE_CHECKING:
    from guidegen.publish.target import Files

_LEFT_OUT = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What a system's file manager leaves in a folder."""


class SiteFiles:
    """The content of a folder's files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self, name: str) -> BinaryIO:
        """Open a file of the folder."""
        return (self._folder / name).open("rb")


class Additions:
    """Files that a place needs, on top of others."""

    def __init__(self, files: Files, additions: Mapping[str, bytes]) -> None:
        self._files = files
        self._additions = additions

    def open(self, name: str) -> BinaryIO:
        """Open an added file or, if there is none of that name, one of the others."""
        if name in self._additions:
            return io.BytesIO(self._additions[name])
        return self._files.open(name)

    def records(self) -> dict[str, FileRecord]:
        """Return what the manifest says of the added files."""
        return {
            name: FileRecord(hashlib.sha256(content).hexdigest(), len(content))
            for name, content in self._additions.items()
        }


def site_files(site: Path, *, without: str) -> dict[str, FileRecord]:
    """Return what the manifest says of a built site's files.

    Args:
        site: The built site.
        without: The build's own record in the site's root, which no reader needs.

    Raises:
        PublishError: Something in it is no plain file.
        FilesError: It cannot be read.
    """
    with explained(site):
        return {
            name: digest_of(f"{site}/{name}")
            for name in _plain_files(site)
            if name != without
        }


def _plain_files(site: Path, below: str = "") -> Iterator[str]:
    for entry in sorted(os.scandir(site / below), key=lambda entry: entry.name):
        name = below + entry.name
        if entry.is_symlink():
            raise PublishError("error-publish-link", path=site / name)
        if entry.is_dir():
            yield from _plain_files(site, f"{name}/")
        elif entry.name not in _LEFT_OUT:
            yield name
