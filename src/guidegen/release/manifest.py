"""`release.json` and `reviews.json`: from values to canonical bytes and back."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypeVar

from guidegen.model.release import (
    Change,
    Data,
    Json,
    PackRecord,
    Release,
    ReleasedDocument,
    ReleasedPage,
    Review,
    Step,
    version_key,
)
from guidegen.model.text import LocalText

T = TypeVar("T")

MANIFEST: Final = "release.json"
"""In each release's folder: what was released, and a digest of each of its files."""

_STEPS: Final[Mapping[object, Step]] = {
    "major": "major",
    "minor": "minor",
    "patch": "patch",
}


def canonical(data: object) -> bytes:
    """Return data as the one JSON text that stands for it."""
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def sha256(content: bytes) -> str:
    """Return the SHA-256 of some bytes, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def manifest_data(release: Release) -> dict[str, Json]:
    """Return what `release.json` says, without its own digest."""
    notes = dict(release.notes.texts) if release.notes else None
    return {
        "format": 1,
        "version": release.version,
        "step": release.step,
        "released": release.released.isoformat(),
        "valid_from": release.valid_from.isoformat(),
        "review_months": release.review_months,
        "owner": release.owner,
        "approved_by": release.approved_by,
        "notes": dict(notes) if notes else None,
        "documents": [_document_data(each) for each in release.documents.values()],
        "answers": dict(release.answers),
        "changes": [
            {
                "message": each.message,
                "values": {
                    name: dict(value.texts) if isinstance(value, LocalText) else value
                    for name, value in each.values.items()
                },
            }
            for each in release.changes
        ],
        "stale": {place: list(where) for place, where in release.stale.items()},
        "pack": {
            "name": release.pack.name,
            "version": release.pack.version,
            "digest": release.pack.digest,
            "folder": release.pack.folder,
        },
        "guidegen": release.guidegen,
        "files": dict(release.files),
        "previous": (
            {"version": release.previous[0], "digest": release.previous[1]}
            if release.previous
            else None
        ),
    }


def _document_data(document: ReleasedDocument) -> Json:
    return {
        "language": document.language,
        "variant": document.variant,
        "title": document.title,
        "company": document.company,
        "digest": document.digest,
        "pages": [
            {"id": page.id, "title": page.title, "stamped": page.stamped}
            for page in document.pages
        ],
        "furniture": dict(document.running_texts),
        "logo": document.logo,
    }


def release_digest(data: Mapping[str, Json]) -> str:
    """Return the digest of what a `release.json` says."""
    return sha256(canonical({k: v for k, v in data.items() if k != "digest"}))


def text_digest(text: bytes, digest: str) -> str:
    """Return the digest of a `release.json` from its text, without writing it anew.

    Args:
        text: The whole file.
        digest: What it says about itself. Its line is left out, the only one of that
            name that is indented by one space.
    """
    return sha256(text.replace(f'\n "digest": "{digest}",'.encode(), b"", 1))


def parse_release(text: bytes, folder: Path) -> Release:
    """Return the release that a `release.json` describes.

    Raises:
        ValueError: It is not one; the text says which entry.
    """
    data = _map(json.loads(text))
    version = _get(data, "version", str)
    if version != folder.name:
        raise ValueError("version")
    documents = [_document(_map(each)) for each in _get(data, "documents", list)]
    if not documents:
        raise ValueError("documents")
    notes, previous = data["notes"], data["previous"]
    pack = _get(data, "pack", dict)
    return Release(
        folder=folder,
        version=version,
        step=_STEPS[data["step"]],
        released=dt.datetime.fromisoformat(_get(data, "released", str)),
        valid_from=dt.date.fromisoformat(_get(data, "valid_from", str)),
        review_months=_get(data, "review_months", int),
        owner=_get(data, "owner", str),
        approved_by=_maybe(data, "approved_by"),
        notes=None if notes is None else LocalText.of(_texts(notes)),
        documents={each.language: each for each in documents},
        answers=_get(data, "answers", dict),
        changes=tuple(_change(_map(each)) for each in _get(data, "changes", list)),
        stale={
            place: tuple(map(str, where))
            for place, where in _get(data, "stale", dict).items()
        },
        pack=PackRecord(
            name=_get(pack, "name", str),
            version=_get(pack, "version", str),
            digest=_get(pack, "digest", str),
            folder=_inside(_get(pack, "folder", str)),
        ),
        guidegen=_get(data, "guidegen", str),
        files=_files(data["files"]),
        previous=None if previous is None else _previous(_map(previous)),
        digest=_get(data, "digest", str),
    )


def _document(data: Mapping[str, object]) -> ReleasedDocument:
    return ReleasedDocument(
        language=_inside(_get(data, "language", str)),
        variant=_get(data, "variant", str),
        title=_get(data, "title", str),
        company=_get(data, "company", str),
        digest=_get(data, "digest", str),
        pages=tuple(
            ReleasedPage(
                id=_inside(_get(page, "id", str)),
                title=_get(page, "title", str),
                stamped=_get(page, "stamped", bool),
            )
            for page in map(_map, _get(data, "pages", list))
        ),
        running_texts=_texts(data["furniture"]),
        logo=_maybe(data, "logo"),
    )


def _change(data: Mapping[str, object]) -> Change:
    values = {
        name: value if isinstance(value, str) else LocalText.of(_texts(value))
        for name, value in _get(data, "values", dict).items()
    }
    return Change(message=_get(data, "message", str), values=values)


def _previous(data: Mapping[str, object]) -> tuple[str, str]:
    version = _get(data, "version", str)
    version_key(version)
    return version, _get(data, "digest", str)


def _files(value: object) -> dict[str, str]:
    files = _texts(value)
    for name in files:
        _inside(name)
    return files


def _inside(name: str) -> str:
    """Return a file's name if it cannot lead out of the folder it counts from."""
    leaves = name.startswith("/") or "\\" in name or name[1:2] == ":"
    if leaves or (".." in name and ".." in name.split("/")) or not name:
        raise ValueError(name)
    return name


def review_data(review: Review) -> dict[str, Json]:
    """Return what `reviews.json` says of a review, without its place in the chain."""
    return {
        "by": review.by,
        "on": review.on.isoformat(),
        "note": review.note,
        "version": review.version,
        "digest": review.digest,
    }


def chain_link(review: Review, before: str) -> str:
    """Return the digest that ties a review to the one before."""
    return sha256(canonical({"before": before, "review": review_data(review)}))


def parse_reviews(text: bytes) -> list[tuple[Review, str]]:
    """Return the reviews of a `reviews.json`, each with the chain's digest it has.

    Raises:
        ValueError: It is not a list of reviews.
    """
    entries = json.loads(text)
    if not isinstance(entries, list):
        raise ValueError("reviews")  # noqa: TRY004  # the one thing that is caught
    return [_review(_map(each)) for each in entries]


def _review(data: Mapping[str, object]) -> tuple[Review, str]:
    review = Review(
        by=_get(data, "by", str),
        on=dt.date.fromisoformat(_get(data, "on", str)),
        note=_maybe(data, "note"),
        version=_get(data, "version", str),
        digest=_get(data, "digest", str),
    )
    return review, _get(data, "chain", str)


def _get(data: Mapping[str, object], key: str, kind: type[T]) -> T:
    value = data[key]
    if not isinstance(value, kind):
        raise ValueError(key)  # noqa: TRY004  # the one thing that is caught
    return value


def _maybe(data: Mapping[str, object], key: str) -> str | None:
    return None if data[key] is None else _get(data, key, str)


def _map(value: object) -> Data:
    if not isinstance(value, dict):
        raise ValueError(str(value))  # noqa: TRY004  # the one thing that is caught
    return value


def _texts(value: object) -> dict[str, str]:
    texts = dict(_map(value))
    for key, text in texts.items():
        if not isinstance(text, str):
            raise ValueError(key)  # noqa: TRY004  # the one thing that is caught
    return texts  # type: ignore[return-value]  # each has just been looked at
