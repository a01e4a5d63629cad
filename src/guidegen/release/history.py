"""Reads `releases/`: what was released, and what it looked like."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from guidegen.errors import ReleaseError
from guidegen.files import explained
from guidegen.model.document import Page
from guidegen.model.release import History, version_key
from guidegen.release.manifest import MANIFEST, parse_release, parse_reviews, sha256

if TYPE_CHECKING:
    from pathlib import Path

    from guidegen.model.release import Release, Review

REVIEWS: Final = "reviews.json"
"""In `releases/`: who reviewed which version and when."""

_VERSION = re.compile(r"(0|[1-9][0-9]{0,5})(\.(0|[1-9][0-9]{0,5})){2}")

_RESTORE = "bring the folder “releases” back from your version control or a backup"
_VERIFY = "`guidegen verify` says which files are not as they were released"


def is_version(text: str) -> bool:
    """Return whether a text is a version as releases have it: three numbers."""
    return bool(_VERSION.fullmatch(text))


def read_history(releases: Path) -> History:
    """Read all releases and reviews; nothing but the manifests is read.

    Args:
        releases: The project's folder of releases; it may be missing.

    Raises:
        ReleaseError: A manifest or the list of reviews is missing or cannot be read.
    """
    return History(
        releases=tuple(_read_release(folder) for folder in version_folders(releases)),
        reviews=read_reviews(releases / REVIEWS),
    )


def version_folders(releases: Path) -> list[Path]:
    """Return the folders of the releases, the oldest version's first."""
    with explained(releases):
        if not releases.is_dir():
            return []
        with os.scandir(releases) as entries:
            folders = [
                releases / entry.name
                for entry in entries
                if is_version(entry.name) and entry.is_dir()
            ]
    return sorted(folders, key=lambda path: version_key(path.name))


def _read_release(folder: Path) -> Release:
    manifest = folder / MANIFEST
    try:
        return parse_release(manifest.read_bytes(), folder)
    except FileNotFoundError as error:
        raise ReleaseError(
            "the release has lost its manifest", path=manifest, hint=_RESTORE
        ) from error
    except OSError:
        with explained(manifest):
            raise
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ReleaseError(
            "the release's manifest cannot be read", path=manifest, hint=_RESTORE
        ) from error


def read_reviews(path: Path) -> tuple[Review, ...]:
    """Read the list of reviews; it may be missing.

    Raises:
        ReleaseError: It cannot be read.
    """
    try:
        return tuple(review for review, _ in parse_reviews(path.read_bytes()))
    except FileNotFoundError:
        return ()
    except OSError:
        with explained(path):
            raise
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ReleaseError(
            "the list of reviews cannot be read", path=path, hint=_RESTORE
        ) from error


def frozen_file(release: Release, name: str) -> bytes:
    """Return a file of a release, as it was when it was released.

    Args:
        release: The release.
        name: The file's name in its folder, with `/`, such as `de/index.html`.

    Raises:
        ReleaseError: The release has no such file, or it is not what was released.
    """
    path = release.folder / name
    with explained(path):
        known = name in release.files and path.is_file()
        content = path.read_bytes() if known else None
    if content is None:
        raise ReleaseError("the release has no such file", path=path, hint=_VERIFY)
    if sha256(content) != release.files[name]:
        raise ReleaseError("the file is not what was released", path=path, hint=_VERIFY)
    return content


def released_pages(release: Release, language: str) -> tuple[Page, ...]:
    """Return the pages of a release in a language, none if it was not in that language.

    Raises:
        ReleaseError: A page is not what was released.
    """
    document = release.documents.get(language)
    if document is None:
        return ()
    return tuple(
        Page(
            id=page.id,
            title=page.title,
            markdown=frozen_file(release, f"{language}/{page.id}.md").decode(),
            stamped=page.stamped,
        )
        for page in document.pages
    )
