"""Exports take their places all together, and over nothing but earlier exports."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from guidegen.errors import ExportError
from guidegen.files import explained, write_atomic

_STAGING: Final = ".guidegen-export-"
_NOT_COUNTED: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What a system's file manager leaves in a folder."""


class Places:
    """Knows what guidegen wrote where, by digests.

    Args:
        record: The file that says so, in the project's `.guidegen` folder.
    """

    def __init__(self, record: Path) -> None:
        self._record = record
        self._staging, self._known = self._read()

    def refuse_foreign(self, places: Sequence[Path]) -> None:
        """Refuse to take the place of what guidegen did not write, or not like that.

        Raises:
            ExportError: Something else is there; in a Word file, perhaps comments.
        """
        for place in places:
            with explained(place):
                here = _digests(place)
            ours = self._known.get(str(place.resolve()), [])
            if here and not ours:
                raise ExportError("error-export-foreign", path=place)
            if here and here not in ours:
                changed = next(
                    (name for name in here if here[name] != ours[-1].get(name)), ""
                )
                raise ExportError(
                    "error-export-changed", path=place / changed if changed else place
                )

    @contextmanager
    def staging(self, into: Path) -> Iterator[Path]:
        """Give a folder on the file system of `into` that is gone afterwards.

        What a killed run left behind is removed first.

        Raises:
            FilesError: The system refuses.
        """
        left = Path(self._staging)
        if left.name.startswith(_STAGING):
            shutil.rmtree(left, ignore_errors=True)
        missing = [path for path in (into, *into.parents) if not path.exists()]
        folder = into / f"{_STAGING}{secrets.token_hex(8)}"
        # Noted before it is there: no run, wherever it is killed, leaves it for ever.
        self._staging = str(folder.resolve())
        self._write()
        try:
            with explained(into):
                into.mkdir(parents=True, exist_ok=True)
                folder.mkdir()
            with explained(folder):
                yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            with suppress(OSError):  # it is not empty: so it stays
                for path in missing:
                    path.rmdir()

    def take(self, staging: Path, into: Path) -> tuple[Path, ...]:
        """Move all that lies in the staging folder to its place, or nothing of it.

        Raises:
            ExportError: A file is open in another program.
            FilesError: The system refuses.
        """
        made = {into / new.name: new for new in sorted(staging.iterdir())}
        aside = staging / ".aside"
        aside.mkdir()
        coming = {str(place.resolve()): _digests(new) for place, new in made.items()}
        # Until all is done, both what was there and what comes are ours.
        for key, digests in coming.items():
            self._known[key] = [*self._known.get(key, [])[-1:], digests]
        self._write()
        begun: list[Path] = []
        try:
            for place, new in made.items():
                begun.append(place)
                _swap(new, place, aside / new.name)
        except BaseException as error:
            for place in reversed(begun):
                _swap_back(place, aside / place.name, made[place])
            if isinstance(error, PermissionError):
                raise ExportError("error-export-open", path=begun[-1]) from error
            raise
        self._known |= {key: [digests] for key, digests in coming.items()}
        self._staging = ""
        self._write()
        return tuple(made)

    def _read(self) -> tuple[str, dict[str, list[dict[str, str]]]]:
        try:
            content = json.loads(self._record.read_text(encoding="utf-8"))
            known = {
                place: [dict(digests) for digests in states]
                for place, states in content["places"].items()
            }
            return str(content["staging"]), known
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return "", {}

    def _write(self) -> None:
        content = {"staging": self._staging, "places": self._known}
        text = json.dumps(content, indent=1, sort_keys=True)
        write_atomic(self._record, f"{text}\n".encode())


def _swap(new: Path, place: Path, old: Path) -> None:
    """Put something new in its place and keep what was there."""
    if new.is_file() and place.is_file() and not place.is_symlink():
        shutil.copy2(place, old)
    elif place.exists() or place.is_symlink():
        place.rename(old)
    os.replace(new, place)  # noqa: PTH105  # the atomic one on every system


def _swap_back(place: Path, old: Path, new: Path) -> None:
    """Bring back what was there; `new` is where the new one still lies, if it does."""
    with suppress(OSError):
        if not new.exists():
            os.replace(place, new)  # noqa: PTH105
        if old.exists() or old.is_symlink():
            os.replace(old, place)  # noqa: PTH105


def _digests(place: Path) -> dict[str, str]:
    """Return the SHA-256 of each file by its path in the folder; a file's own is ""."""
    if place.is_symlink() or place.is_file():
        return {"": _digest(place)}
    return {
        path.relative_to(place).as_posix(): _digest(path)
        for path in sorted(place.rglob("*"))
        if (path.is_symlink() or path.is_file()) and path.name not in _NOT_COUNTED
    }


def _digest(path: Path) -> str:
    if path.is_symlink():
        return "link"
    return hashlib.sha256(path.read_bytes()).hexdigest()
