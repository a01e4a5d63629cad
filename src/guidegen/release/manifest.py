"""`release.json` and `reviews.json`: from values to canonical bytes and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from guidegen.files.digest import sha256
from guidegen.model.json_records import Json, canonical, entries, from_json
from guidegen.model.release import Release, Review

MANIFEST: Final = "release.json"
"""In each release's folder: what was released, and a digest of each of its files."""

_FORMAT: Final = 1


def manifest_data(release: Release) -> dict[str, Json]:
    """Return what `release.json` says, without its own digest."""
    data = {"format": _FORMAT, **entries(release)}
    del data["digest"]
    return data


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
    release = from_json(Release, json.loads(text), folder=folder)
    if release.version != folder.name:
        raise ValueError("version")
    if not (release.documents and release.files and release.digest):
        raise ValueError("documents")
    return release


def chained(review: Review, before: str) -> Review:
    """Return a review tied to the one before by a digest of both.

    Args:
        review: The review.
        before: The digest of the one before, empty for the first.
    """
    data = {k: v for k, v in entries(review).items() if k != "chain"}
    link = sha256(canonical({"before": before, "review": data}))
    return replace(review, chain=link)


def parse_reviews(text: bytes) -> tuple[Review, ...]:
    """Return the reviews of a `reviews.json`.

    Raises:
        ValueError: It is not a list of reviews.
    """
    reviews = from_json(tuple[Review, ...], json.loads(text))
    if not all(review.chain for review in reviews):
        raise ValueError("chain")
    return reviews
