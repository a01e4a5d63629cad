"""Reads `releases/`: what was released, and what it looked like."""

from __future__ import annotations

import os
import re
from pathlib import Path

from guidegen.errors import ReleaseError
from guidegen.files import translate_os_errors
from guidegen.files.digest import sha256
from guidegen.model.document import Page
from guidegen.model.json_records import read_record
from guidegen.model.release import History, Release, version_key
from guidegen.release.manifest import MANIFEST, parse_release, text_digest
from guidegen.release.reviews import REVIEWS, read_reviews
from guidegen.release.withdrawals import WITHDRAWALS, read_withdrawals

# No leading zeros, as in SemVer: each version has exactly one name.
_VERSION = re.compile(r"(0|[1-9][0-9]{0,5})(\.(0|[1-9][0-9]{0,5})){2}")


def is_version(text: str) -> bool:
    """Return whether a text is a version as releases have it: three numbers."""
    return bool(_VERSION.fullmatch(text))


def read_history(releases: Path) -> History:
    """Read all releases, reviews and withdrawals; no more than the records is read.

    Args:
        releases: The project's folder of releases; it may be missing.

    Raises:
        ReleaseError: A manifest is missing, or a record cannot be read.
    """
    return History(
        releases=tuple(_read_release(folder) for folder in version_folders(releases)),
        reviews=read_reviews(releases / REVIEWS),
        withdrawals=read_withdrawals(releases / WITHDRAWALS),
    )


def version_folders(releases: Path) -> list[Path]:
    """Return the folders of the releases, the oldest version's first."""
    with translate_os_errors(releases):
        if not releases.is_dir():
            return []
        # `scandir` knows which entries are folders without asking the disk for each.
        with os.scandir(releases) as entries:
            folders = [
                releases / entry.name
                for entry in entries
                if is_version(entry.name) and entry.is_dir()
            ]
    # By number: as text, 1.10.0 would come before 1.9.0.
    return sorted(folders, key=lambda path: version_key(path.name))


def _read_release(folder: Path) -> Release:
    manifest = folder / MANIFEST
    try:
        text = read_record(manifest)
        release = parse_release(text, folder)
    except FileNotFoundError as error:
        raise ReleaseError(
            "error-releases-lost", path=manifest, hint="error-releases-restore"
        ) from error
    # Raised again inside, so that the system's reason is said in the author's language.
    except OSError:
        with translate_os_errors(manifest):
            raise
    # Somebody may have edited the file; JSON nested too deeply is a RecursionError.
    except (ValueError, RecursionError) as error:
        raise ReleaseError(
            "error-releases-manifest", path=manifest, hint="error-releases-restore"
        ) from error
    # As with files: notes, names and days stand on the pages, too.
    if text_digest(text, release.digest) != release.digest:
        raise ReleaseError(
            "error-releases-file", path=manifest, hint="error-releases-verify"
        )
    return release


def frozen_file(release: Release, name: str) -> bytes:
    """Return a file of a release, as it was when it was released.

    Args:
        release: The release.
        name: The file's name in its folder, with `/`, such as `de/index.html`.

    Raises:
        ReleaseError: The release has no such file, or it is not what was released.
    """
    path = release.folder / name
    with translate_os_errors(path):
        known = name in release.files and path.is_file()
        content = path.read_bytes() if known else None
    if content is None:
        raise ReleaseError(
            "error-releases-no-file", path=path, hint="error-releases-verify"
        )
    # Checked at every reading: nothing may be shown as released that was not.
    if sha256(content) != release.files[name]:
        raise ReleaseError(
            "error-releases-file", path=path, hint="error-releases-verify"
        )
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
