"""Files of the site before that can be carried over as they are."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from guidegen.files import write_atomic

_BLOCK = 1 << 20

_Entry: TypeAlias = "tuple[str, dict[str, str]]"
"""What a version was made from, and its files: name in the site → SHA-256."""


class Carried:
    """What the site before holds of old versions, and what the new one will.

    The record only says where to look: each file is read, and one that is not what the
    record says is written anew, with all of its version.

    Args:
        site: The site before; None if there is nothing to be carried over.
        record: The file that remembers what its old versions were made from.
    """

    def __init__(self, site: Path | None, record: Path | None) -> None:
        self._site = site
        self._record = record
        self._before = _read(record) if site and record else {}
        self._now: dict[str, _Entry] = {}
        # Pictures belong to several versions.
        self._checked: dict[str, str] = {}
        self._linked: set[str] = set()

    def carry(self, version: str, key: str, into: Path) -> bool:
        """Return whether a version's files could be carried over into the new site.

        Args:
            version: The version.
            key: A digest of what its files are made from.
            into: The new site; the version's folders are there.
        """
        known, files = self._before.get(version, ("", {}))
        if self._site is None or known != key:
            return False
        try:
            if not all(self._unchanged(*file) for file in files.items()):
                return False
            for name in files.keys() - self._linked:
                os.link(f"{self._site}/{name}", f"{into}/{name}")
                self._linked.add(name)
        except OSError:  # gone, or a file system without hard links
            return False
        self._now[version] = (key, files)
        return True

    def note(self, version: str, key: str, contents: Mapping[str, bytes]) -> None:
        """Note what has been written of a version."""
        self._now[version] = (
            key,
            {
                name: hashlib.sha256(content).hexdigest()
                for name, content in contents.items()
            },
        )

    @property
    def digests(self) -> dict[str, str]:
        """SHA-256 of each file of an old version in the new site, by its name."""
        return {
            name: digest
            for _, files in self._now.values()
            for name, digest in files.items()
        }

    def remember(self) -> None:
        """Keep the record for the next build."""
        if self._record:
            write_atomic(self._record, json.dumps(self._now).encode())

    def _unchanged(self, name: str, digest: str) -> bool:
        if name not in self._checked:
            self._checked[name] = _digest(f"{self._site}/{name}")
        return self._checked[name] == digest


def _digest(path: str) -> str:
    """Return a file's SHA-256; there are thousands, so without Python's buffers."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        digest = hashlib.sha256()
        while block := os.read(handle, _BLOCK):
            digest.update(block)
    finally:
        os.close(handle)
    return digest.hexdigest()


def _read(record: Path) -> dict[str, _Entry]:
    try:
        content = json.loads(record.read_bytes())
        return {
            str(version): (str(key), {str(name): str(to) for name, to in files.items()})
            for version, (key, files) in content.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
