"""`release.json`: what a release says of itself, and the digest that seals it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from guidegen.files.digest import sha256
from guidegen.model.json_records import Json, canonical, entries, from_json, parsed_json
from guidegen.model.release import Release

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
    # Without its own digest, which no text can contain.
    return sha256(canonical({k: v for k, v in data.items() if k != "digest"}))


def text_digest(text: bytes, digest: str) -> str:
    """Return the digest of a `release.json` from its text, without writing it anew.

    Args:
        text: The whole file.
        digest: What it says about itself. Its line is left out, the only one of that
            name that is indented by one space.
    """
    # Verifying a hundred releases must stay quick, and `canonical` writes all of it
    # anew. The pattern relies on the indent that `canonical` uses.
    return sha256(text.replace(f'\n "digest": "{digest}",'.encode(), b"", 1))


def parse_release(text: bytes, folder: Path) -> Release:
    """Return the release that a `release.json` describes.

    Raises:
        ValueError: It is not one; the text says which entry.
    """
    release = from_json(Release, parsed_json(text), folder=folder)
    # A folder that was renamed or copied must not pass for another version.
    if release.version != folder.name:
        raise ValueError("version")
    if not (release.documents and release.files and release.digest):
        raise ValueError("documents")
    return release
