"""Manifests: made for a publication, written at the target, never trusted when read.

Whoever can write at a target can write a manifest there. So if a name in it would lead
anywhere else, the manifest is refused and nothing is done.
"""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from guidegen import __version__
from guidegen.errors import Problem, PublishError
from guidegen.model.document import State
from guidegen.model.publication import FileRecord, Manifest, Origin
from guidegen.publish.news import record_data, record_of

NAME = ".guidegen-manifest.json"
"""The manifest's name at a target; no web server needs to serve it."""

OWN = ".guidegen"
"""The folder at a target for what readers never see."""

MAX_BYTES = 50_000_000
"""Enough for the manifest of a hundred thousand files; a larger one is not read."""

PLANNED = ".guidegen-planned.json"
"""The manifest of a publication that is being made, until all of it is there."""

HALF = ".guidegen-half"
"""The file that is being written to it."""

_OWN_NAMES = {OWN, NAME, PLANNED, HALF}
_FORMAT = 1
# Windows allows none of these in names; a backslash or colon even leads elsewhere.
_NOT_IN_NAMES = frozenset('\\:*?"<>|')
_MAX_NAME = 1_000
_SHOWN_OF_NAME = 80
# A SHA-256 in hexadecimal digits.
_DIGEST = 64
_MOST_DIGESTS = 10_000
"""More releases than a company makes in centuries."""


class _DamagedError(PublishError):
    """A text is not a manifest that can be trusted; the problem says why."""


def write_manifest(manifest: Manifest) -> bytes:
    """Return a manifest as it is stored at a target; the same one, the same bytes."""
    data: dict[str, object] = {
        "format": _FORMAT,
        "when": manifest.when.isoformat(),
        "version": manifest.version,
        "state": manifest.state.value,
        "guidegen": manifest.guidegen,
        "restored": manifest.restored,
        "adopted": manifest.adopted,
        "files": _listed(manifest.files),
        # The key keeps its older name: manifests at targets in use have it.
        "lingering": _listed(manifest.grace_files),
        "since": {name: when.isoformat() for name, when in manifest.since.items()},
    }
    # Older versions of guidegen ignore what they do not know.
    if manifest.origin:
        data["release"] = _origin_data(manifest.origin)
    return (json.dumps(data, sort_keys=True, indent=1) + "\n").encode()


def _origin_data(origin: Origin) -> dict[str, object]:
    news = {"news": record_data(origin.news)} if origin.news else {}
    return news | {
        "version": origin.version,
        "digest": origin.digest,
        "chain": list(origin.chain),
        "withdrawn": list(origin.withdrawn),
        "reviews": origin.reviews,
        "taken_back": list(origin.taken_back),
        "published_by": origin.by,
        "published_at": origin.at.isoformat() if origin.at else None,
    }


def _listed(files: Mapping[str, FileRecord]) -> dict[str, list[str | int]]:
    return {name: [record.digest, record.size] for name, record in files.items()}


def read_manifest(content: bytes, address: str) -> Manifest:
    """Return the manifest that was found at a target.

    Raises:
        PublishError: It is damaged, or names files elsewhere; nothing may be done.
    """
    try:
        return _manifest(_loaded(content))
    except _DamagedError as error:
        reason, cause = error.problem, error.__cause__
    # RecursionError: JSON may be nested deeper than Python's stack.
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        reason, cause = Problem(message="manifest-damaged"), error
    raise PublishError(
        "error-publish-manifest", address=address, reason=reason
    ) from cause


def _loaded(content: bytes) -> dict[str, Any]:
    if len(content) > MAX_BYTES:
        raise _DamagedError("manifest-too-large")
    data = json.loads(content)
    if not isinstance(data, dict) or data.get("format") != _FORMAT:
        raise _DamagedError("manifest-format")
    return data


def _manifest(data: dict[str, Any]) -> Manifest:
    files, grace_files = _files(data["files"]), _files(data["lingering"])
    # Checked together: a grace file must not be the same file as a new one.
    if problem := problem_with_names({**grace_files, **files}):
        raise _DamagedError.of(problem)
    since = {str(name): _moment(when) for name, when in data["since"].items()}
    restored = data["restored"]
    return Manifest(
        files=files,
        when=_moment(data["when"]),
        version=_short(data["version"]),
        state=State(data["state"]),
        guidegen=_short(data["guidegen"]),
        grace_files=grace_files,
        since={name: since[name] for name in grace_files},
        restored=None if restored is None else _short(restored),
        adopted=data["adopted"] is True,
        origin=_origin(data["release"]) if "release" in data else None,
    )


def _origin(data: object) -> Origin:
    if not isinstance(data, dict):
        raise _DamagedError("manifest-value")
    at = data.get("published_at")
    return Origin(
        version=_short(data["version"]),
        digest=_digest_or_none(data["digest"]),
        chain=_digests(data["chain"]),
        withdrawn=_digests(data.get("withdrawn", [])),
        reviews=_digest_or_none(data.get("reviews", "")),
        news=record_of(data["news"]) if "news" in data else None,
        taken_back=_digests(data.get("taken_back", [])),
        by=_short(data.get("published_by", "")),
        at=None if at is None else _moment(at),
    )


def _digest_or_none(data: object) -> str:
    return _digest_in(data) if data != "" else ""


def _digests(data: object) -> tuple[str, ...]:
    if not isinstance(data, list) or len(data) > _MOST_DIGESTS:
        raise _DamagedError("manifest-value")
    return tuple(_digest_in(each) for each in data)


def _digest_in(data: object) -> str:
    if not isinstance(data, str) or not is_digest(data):
        raise _DamagedError("manifest-digest")
    return data


def is_digest(text: str) -> bool:
    """Return whether a text is a SHA-256 as manifests have it."""
    return len(text) == _DIGEST and not set(text) - set("0123456789abcdef")


def _moment(text: object) -> dt.datetime:
    when = dt.datetime.fromisoformat(_short(text))
    # Ids are made from these times, and sort by age only if all are in UTC.
    # The next one is a moment later, so it must not be the last one that there is.
    if when.utcoffset() != dt.timedelta() or when.year >= dt.MAXYEAR:
        raise _DamagedError("manifest-time")
    return when


def _short(text: object) -> str:
    # These values are shown to people; nothing in them may steer a terminal.
    if not isinstance(text, str) or len(text) > _DIGEST or not text.isprintable():
        raise _DamagedError("manifest-value")
    return text


def _files(data: object) -> dict[str, FileRecord]:
    if not isinstance(data, dict):
        raise _DamagedError("manifest-files")
    files = {}
    for name, record in data.items():
        digest, size = record
        if (
            not isinstance(digest, str)
            or not is_digest(digest)
            or not isinstance(size, int)
            # To Python, True is the number 1.
            or isinstance(size, bool)
            or size < 0
        ):
            raise _DamagedError("manifest-digest")
        files[name] = FileRecord(digest, size)
    return files


def problem_with_names(names: Iterable[str]) -> Problem | None:
    """Return what is wrong with the names of a publication's files, None if nothing is.

    They have to stay within the target and to be different files on every system.
    """
    seen: dict[str, str] = {}
    folders: set[str] = set()
    for name in names:
        parts = name.split("/")
        if len(name) > _MAX_NAME or not all(_is_good(part) for part in parts):
            return Problem(message="names-elsewhere", values=_shown(name))
        # Also on systems that ignore case, no page may overwrite guidegen's own files.
        if parts[0].casefold() in _OWN_NAMES:
            return Problem(message="names-own", values=_shown(name))
        same = folded(name)
        if seen.setdefault(same, name) != name:
            values = _shown(name) | {"other": _shown(seen[same])["name"]}
            return Problem(message="names-same", values=values)
        folders.update(parents(same))
    # No file system has a file and a folder of the same name.
    if both := folders & seen.keys():
        return Problem(message="names-both", values=_shown(seen[min(both)]))
    return None


def _shown(name: str) -> dict[str, str]:
    return {"name": name[:_SHOWN_OF_NAME]}


def _is_good(part: str) -> bool:
    """Return whether a part of a name is valid on every system and stays in place."""
    return (
        part not in {"", ".", ".."}
        and part.isprintable()
        and _NOT_IN_NAMES.isdisjoint(part)
        # Windows drops these at the end, so two names would become one file.
        and not part.endswith((".", " "))
    )


def folded(name: str) -> str:
    """Return a form that is equal for names that many systems take for one file."""
    # macOS takes ä for the same name whether it is one character or two.
    return unicodedata.normalize("NFC", name).casefold()


def parents(name: str) -> list[str]:
    """Return the folders that a file lies in, the outermost first."""
    parts = name.split("/")[:-1]
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]


def next_moment(now: dt.datetime, live: Manifest | None) -> dt.datetime:
    """Return the time of a publication, which is later than that of the last one."""
    now = now.astimezone(dt.UTC)
    # A clock that was set back must not make the newest publication the older one.
    if live is not None and now <= live.when:
        return live.when + dt.timedelta(microseconds=1)
    return now


def make_manifest(
    files: Mapping[str, FileRecord],
    *,
    when: dt.datetime,
    version: str,
    state: State,
    origin: Origin | None = None,
) -> Manifest:
    """Return the manifest of a new publication.

    Raises:
        PublishError: The files' names cannot be published everywhere.
    """
    if problem := problem_with_names(files):
        raise PublishError("error-publish-names", reason=problem)
    return Manifest(
        files=files,
        when=when,
        version=version,
        state=state,
        guidegen=__version__,
        origin=origin,
    )
