"""Where exports go: all or none, and never over anything but earlier exports."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from guidegen.errors import ExportError
from guidegen.files import translate_os_errors, write_atomic
from guidegen.files.digest import file_sha256
from guidegen.files.listing import is_litter
from guidegen.model.json_records import parsed_json, read_record

_STAGING: Final = ".guidegen-export-"


class Destinations:
    """Remembers, by digests, what guidegen has exported where.

    Args:
        record: The file that this is remembered in.
    """

    def __init__(self, record: Path) -> None:
        self._record = record
        self._staging, self._known = self._read()

    def refuse_foreign(self, paths: Sequence[Path]) -> None:
        """Refuse to overwrite what guidegen did not write, or what was changed since.

        Raises:
            ExportError: Something else is there, such as a Word file with comments.
        """
        for path in paths:
            with translate_os_errors(path):
                here = _digests(path)
            ours = self._known.get(str(path.resolve()), [])
            if here and not ours:
                raise ExportError("error-export-foreign", path=path)
            # There are two known states while a run moves files, or after it was
            # killed.
            if here and here not in ours:
                changed = next(
                    (name for name in here if here[name] != ours[-1].get(name)), ""
                )
                raise ExportError(
                    "error-export-changed", path=path / changed if changed else path
                )

    @contextmanager
    def staging(self, into: Path) -> Iterator[Path]:
        """Provide a temporary folder on the file system of `into`.

        One that a killed run left behind is removed first.

        Raises:
            FilesError: The system refuses.
        """
        left = Path(self._staging)
        # The record may have come with the project.
        if re.fullmatch(rf"{re.escape(_STAGING)}[0-9a-f]{{16}}", left.name):
            shutil.rmtree(left, ignore_errors=True)
        missing = [path for path in (into, *into.parents) if not path.exists()]
        folder = into / f"{_STAGING}{secrets.token_hex(8)}"
        # Noted before it is there: no run, wherever it is killed, leaves it for ever.
        self._staging = str(folder.resolve())
        self._write()
        try:
            with translate_os_errors(into):
                into.mkdir(parents=True, exist_ok=True)
                folder.mkdir()
            with translate_os_errors(folder):
                yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            with suppress(OSError):  # it is not empty: so it stays
                for path in missing:
                    path.rmdir()

    def move_in(self, staging: Path, into: Path) -> tuple[Path, ...]:
        """Move everything from the staging folder into `into`, or nothing.

        Raises:
            ExportError: A file is open in another program.
            FilesError: The system refuses.
        """
        moves = {into / new.name: new for new in sorted(staging.iterdir())}
        # Within the staging folder, hence on the same file system: renames suffice.
        aside = staging / ".aside"
        aside.mkdir()
        coming = {str(path.resolve()): _digests(new) for path, new in moves.items()}
        # Until all is done, both what was there and what comes are ours.
        for key, digests in coming.items():
            self._known[key] = [*self._known.get(key, [])[-1:], digests]
        self._write()
        begun: list[Path] = []
        try:
            for path, new in moves.items():
                begun.append(path)
                _swap(new, path, aside / new.name)
        # Ctrl-C, too, must leave all or nothing.
        except BaseException as error:
            for path in reversed(begun):
                _swap_back(path, aside / path.name, moves[path])
            # Windows does not replace a file that another program has open.
            if isinstance(error, PermissionError):
                raise ExportError("error-export-open", path=begun[-1]) from error
            raise
        self._known |= {key: [digests] for key, digests in coming.items()}
        self._staging = ""
        self._write()
        return tuple(moves)

    def _read(self) -> tuple[str, dict[str, list[dict[str, str]]]]:
        try:
            content = parsed_json(read_record(self._record))
            known = {
                path: [dict(digests) for digests in states]
                for path, states in content["places"].items()
            }
            return str(content["staging"]), known
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return "", {}

    def _write(self) -> None:
        content = {"staging": self._staging, "places": self._known}
        text = json.dumps(content, indent=1, sort_keys=True)
        # The record lies in the project's work folder.
        within = self._record.parents[1]
        write_atomic(self._record, f"{text}\n".encode(), within=within)


def _swap(new: Path, path: Path, old: Path) -> None:
    """Replace what is at a path, and set the old content aside."""
    # A file is copied aside, so that it is never missing: replacing it is atomic. A
    # folder cannot be replaced in one step, so it is moved.
    if new.is_file() and path.is_file() and not path.is_symlink():
        shutil.copy2(path, old)
    elif path.exists() or path.is_symlink():
        path.rename(old)
    os.replace(new, path)  # noqa: PTH105  # the atomic one on every system


def _swap_back(path: Path, old: Path, new: Path) -> None:
    """Undo `_swap`, however far it got."""
    with suppress(OSError):
        if not new.exists():
            os.replace(path, new)  # noqa: PTH105
        if old.exists() or old.is_symlink():
            os.replace(old, path)  # noqa: PTH105


def _digests(path: Path) -> dict[str, str]:
    """Return each file's SHA-256 by its path in a folder; "" for a single file."""
    if path.is_symlink() or path.is_file():
        return {"": _digest(path)}
    return {
        each.relative_to(path).as_posix(): _digest(each)
        for each in sorted(path.rglob("*"))
        if (each.is_symlink() or each.is_file())
        and not is_litter(each.relative_to(path).as_posix())
    }


def _digest(path: Path) -> str:
    # guidegen writes no links, so no record can match this one.
    if path.is_symlink():
        return "link"
    return file_sha256(path)
