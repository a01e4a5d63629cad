"""What is carried over from the sites that were built before: old versions' files.

Records only say where to look: each file is read, and if one is not what the record
says, all of its version is written anew.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TypeAlias

from guidegen.errors import FilesError
from guidegen.files.digest import file_sha256
from guidegen.files.links import refuse_link, refuse_links_to
from guidegen.files.listing import walk_files
from guidegen.model.json_records import parsed_json, read_record
from guidegen.site.urls import VERSIONS
from guidegen.value import Value

Made: TypeAlias = "tuple[str, dict[str, str]]"
"""What a version was made from, and its files: name in the site → SHA-256."""


class LastBuild(Value):
    """Where the last build's site is, and its record of old versions.

    The record only says where to look: each file is read, and if one is not what the
    record says, all of its version is written anew.
    """

    site: Path
    record: Path
    left: Path | None = None
    """The site before that one, if it is still there: what is still right in it can be
    taken back."""
    trusted: bool = True
    """Whether what the record says may be true; if not, nothing is carried over."""


class Reuse:
    """Carries files of the last build's site over into the new one."""

    def __init__(self, last: LastBuild | None, into: Path) -> None:
        self._last = last
        self._into = into
        self._record = _read_record(last.record) if last and last.trusted else {}
        self._left = _plain_folder(last.left, VERSIONS) if last and last.left else None
        # Pictures belong to several versions.
        self._digests: dict[str, str] = {}
        self._linked: set[str] = set()

    def take_back(self, version: str, key: str) -> dict[str, str] | None:
        """Move a version's folder from the site before the last one, if it is right.

        A hundred folders with links are then neither made anew nor removed.

        Args:
            version: The version; its folder in the new site is not there.
            key: A digest of what its files are made from.

        Returns:
            Its files with their digests; None if not all are the same, or others there.
        """
        files = self._known(version, key)
        if files is None or self._left is None:
            return None
        folder, start = self._left / version, f"{VERSIONS}/{version}/"
        own = {name: digest for name, digest in files.items() if name.startswith(start)}
        try:
            refuse_link(folder)
            found = {
                f"{start}{name}": file_sha256(entry.path, follow=False)
                for name, entry in walk_files(folder)
            }
            if found != own or not self._linked_all(files, files.keys() - own.keys()):
                return None
            folder.rename(self._into / VERSIONS / version)
        except (OSError, FilesError):  # gone, or no file
            return None
        return files

    def carry_over(self, version: str, key: str) -> dict[str, str] | None:
        """Return a version's files with their digests, None if not all are the same.

        Args:
            version: The version; its folders in the new site are there.
            key: A digest of what its files are made from.
        """
        files = self._known(version, key)
        try:
            if files is None or not self._linked_all(files, files):
                return None
        except OSError:  # gone, or a file system without hard links
            return None
        return files

    def _known(self, version: str, key: str) -> dict[str, str] | None:
        """Return the files of a version made from the same, with their digests."""
        known, files = self._record.get(version, ("", {}))
        # It may come from a stranger: these are the only places of old versions.
        is_right = known == key and all(_is_in_versions(name) for name in files)
        return files if is_right else None

    def _linked_all(self, files: Mapping[str, str], names: Collection[str]) -> bool:
        """Link files of the last site, unless one is not what it was."""
        if self._last is None:
            return False
        old = self._last.site
        # A record may be right and a file be damaged; nothing unread is carried over.
        if not all(self._digest(old, name) == files[name] for name in names):
            return False
        for name in names:
            if name not in self._linked:
                os.link(f"{old}/{name}", f"{self._into}/{name}", follow_symlinks=False)
                self._linked.add(name)
        return True

    def _digest(self, old: Path, name: str) -> str:
        if name not in self._digests:
            self._digests[name] = file_sha256(f"{old}/{name}", follow=False)
        return self._digests[name]


def _plain_folder(left: Path, name: str) -> Path | None:
    """Return a folder in what was left, None if it is none, or there is a link."""
    folder = left / name
    try:
        refuse_links_to(folder, left.parent)
    except FilesError:
        return None
    return folder if folder.is_dir() else None


def _is_in_versions(name: str) -> bool:
    parts = name.split("/")
    return parts[0] == VERSIONS and len(parts) > 1 and not {"", ".", ".."} & set(parts)


def _read_record(path: Path) -> dict[str, Made]:
    try:
        content = parsed_json(read_record(path))
        return {
            str(version): (
                str(key),
                {_below(name): str(to) for name, to in files.items()},
            )
            for version, (key, files) in content.items()
        }
    # The record only saves time: if it is broken, everything is written anew.
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _below(name: str) -> str:
    """Return a name of the record, which somebody may have put there, if it may be."""
    parts = name.split("/")
    if parts[0] != VERSIONS or {"", ".", ".."} & {*parts} or "\\" in name:
        raise ValueError(name)
    return name
