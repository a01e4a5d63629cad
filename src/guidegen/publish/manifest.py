"""Manifests: made from a folder, written at the target, read with distrust.

Whoever can write at a target can write a manifest there. So a name in it that would
lead anywhere else is refused, and nothing is done.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from guidegen import __version__
from guidegen.errors import PublishError
from guidegen.model.document import State
from guidegen.model.publication import FileRecord, Manifest

if TYPE_CHECKING:
    from hashlib import _Hash  # typeshed alone has a class of this name

    from guidegen.publish.target import Files

NAME = ".guidegen-manifest.json"
"""The manifest's name at a target; no web server needs to serve it."""

OWN = ".guidegen"
"""The folder at a target for what readers never see."""

MAX_BYTES = 50_000_000
"""More than a manifest of a hundred thousand files; a larger one is not read."""

_FORMAT = 1
_CHUNK = 1 << 18
_NOT_IN_NAMES = frozenset('\\:*?"<>|')
_MAX_NAME = 1_000
_DIGEST = 64


class Damaged(Exception):  # noqa: N818  # turned into an error that names the place
    """A text is not a manifest that can be trusted; it says why."""


def write_manifest(manifest: Manifest) -> bytes:
    """Return a manifest as it is stored at a target; the same one, the same bytes."""
    data = {
        "format": _FORMAT,
        "when": manifest.when.isoformat(),
        "version": manifest.version,
        "state": manifest.state.value,
        "guidegen": manifest.guidegen,
        "restored": manifest.restored,
        "adopted": manifest.adopted,
        "files": _listed(manifest.files),
        "lingering": _listed(manifest.lingering),
        "since": {name: when.isoformat() for name, when in manifest.since.items()},
    }
    return (json.dumps(data, sort_keys=True, indent=1) + "\n").encode()


def _listed(files: Mapping[str, FileRecord]) -> dict[str, list[str | int]]:
    return {name: [record.digest, record.size] for name, record in files.items()}


def read_manifest(content: bytes, place: str) -> Manifest:
    """Return the manifest that was found at a target.

    Raises:
        PublishError: It is none, or names files elsewhere; nothing may be done.
    """
    try:
        return _manifest(_loaded(content))
    except (Damaged, ValueError, TypeError, KeyError, RecursionError) as error:
        reason = error if isinstance(error, Damaged) else "it is damaged"
        raise PublishError(
            "error-publish-manifest", place=place, reason=reason
        ) from error


def _loaded(content: bytes) -> dict[str, Any]:
    if len(content) > MAX_BYTES:
        raise Damaged("it is too large")
    data = json.loads(content)
    if not isinstance(data, dict) or data.get("format") != _FORMAT:
        raise Damaged("it is of another format; perhaps a newer guidegen wrote it")
    return data


def _manifest(data: dict[str, Any]) -> Manifest:
    files, lingering = _files(data["files"]), _files(data["lingering"])
    check_names({**lingering, **files})
    since = {str(name): _moment(when) for name, when in data["since"].items()}
    restored = data["restored"]
    return Manifest(
        files=files,
        when=_moment(data["when"]),
        version=_short(data["version"]),
        state=State(data["state"]),
        guidegen=_short(data["guidegen"]),
        lingering=lingering,
        since={name: since[name] for name in lingering},
        restored=None if restored is None else _short(restored),
        adopted=data["adopted"] is True,
    )


def _moment(text: object) -> dt.datetime:
    when = dt.datetime.fromisoformat(_short(text))
    if when.utcoffset() != dt.timedelta():
        raise Damaged("it names a moment that is not in UTC")
    return when


def _short(text: object) -> str:
    if not isinstance(text, str) or len(text) > _DIGEST or not text.isprintable():
        raise Damaged("it has a value that is none")
    return text


def _files(data: object) -> dict[str, FileRecord]:
    if not isinstance(data, dict):
        raise Damaged("it lists no files")
    files = {}
    for name, record in data.items():
        digest, size = record
        if (
            not isinstance(digest, str)
            or len(digest) != _DIGEST
            or set(digest) - set("0123456789abcdef")
            or not isinstance(size, int)
            or isinstance(size, bool)
            or size < 0
        ):
            raise Damaged("it has a digest or a size that is none")
        files[name] = FileRecord(digest, size)
    return files


def check_names(names: Iterable[str]) -> None:
    """Check that names stay within a target and are different files on every system.

    Raises:
        Damaged: They do not.
    """
    seen: dict[str, str] = {}
    folders: set[str] = set()
    for name in names:
        parts = name.split("/")
        if len(name) > _MAX_NAME or not all(_is_good(part) for part in parts):
            raise Damaged("it names a file that lies elsewhere or can be nowhere")
        if parts[0].casefold() in {OWN, NAME}:
            raise Damaged("it names a file of guidegen's own as a page")
        same = unicodedata.normalize("NFC", name).casefold()
        if seen.setdefault(same, name) != name:
            raise Damaged(f"“{name}” and “{seen[same]}” are one file on many systems")
        parents = same.split("/")[:-1]
        folders.update("/".join(parents[: n + 1]) for n in range(len(parents)))
    if not folders.isdisjoint(seen):
        raise Damaged("it names something both as a file and as a folder")


def _is_good(part: str) -> bool:
    """Return whether a part of a name is one everywhere, and leads nowhere else."""
    return (
        part not in {"", ".", ".."}
        and part.isprintable()
        and _NOT_IN_NAMES.isdisjoint(part)
        and not part.endswith((".", " "))
    )


def next_moment(now: dt.datetime, live: Manifest | None) -> dt.datetime:
    """Return when a publication takes place: later than the last one."""
    now = now.astimezone(dt.UTC)
    if live is not None and now <= live.when:
        return live.when + dt.timedelta(microseconds=1)
    return now


def make_manifest(
    files: Mapping[str, FileRecord], *, when: dt.datetime, version: str, state: State
) -> Manifest:
    """Return the manifest of a new publication.

    Raises:
        PublishError: The files' names cannot be published everywhere.
    """
    try:
        check_names(files)
    except Damaged as reason:
        raise PublishError("error-publish-names", reason=reason) from reason
    return Manifest(
        files=files, when=when, version=version, state=state, guidegen=__version__
    )


def digest_of(path: str | Path) -> FileRecord:
    """Return a file's SHA-256 and size."""
    digest, size = hashlib.sha256(), 0
    # Without a buffer: of a thousand small files, that is what takes the time.
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        while piece := file.read(_CHUNK):
            digest.update(piece)
            size += len(piece)
    return FileRecord(digest.hexdigest(), size)


def checked(files: Files, name: str, record: FileRecord) -> Iterator[bytes]:
    """Give a file's content in pieces, and notice at the end if it is another one.

    So what it gives must be written beside the file's place, and moved there only when
    the last piece was taken.

    Raises:
        PublishError: It is not what the manifest says: it changed in the meantime.
    """
    digest = hashlib.sha256()
    try:
        with files.open(name) as file:
            yield from _pieces(file, digest)
    except FileNotFoundError as error:
        raise _moved(name) from error
    if digest.hexdigest() != record.digest:
        raise _moved(name)


def _pieces(file: BinaryIO, digest: _Hash) -> Iterator[bytes]:
    while piece := file.read(_CHUNK):
        digest.update(piece)
        yield piece


def _moved(name: str) -> PublishError:
    return PublishError("error-publish-changed", name=name)
