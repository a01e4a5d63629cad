"""Writes a release: complete in a folder of its own, then put in its place at once."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from guidegen import __version__
from guidegen.errors import ReleaseError
from guidegen.files import explained
from guidegen.model.document import Document
from guidegen.model.release import (
    Change,
    Data,
    Json,
    PackRecord,
    Release,
    ReleasedDocument,
    ReleasedPage,
    Step,
)
from guidegen.model.text import LocalText
from guidegen.page.tree import PageParser, rewritten_html
from guidegen.release.manifest import (
    MANIFEST,
    canonical,
    manifest_data,
    release_digest,
    sha256,
)

REDLINE: Final = "redline.json"
"""In each language's folder: what changed since the release before."""

_AS_THEY_ARE: Final = (".gitattributes", b"* -text\n")
"""In `releases/`: git must not change the ends of lines, or no digest would fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be released."""

    version: str
    step: Step
    released: dt.datetime
    valid_from: dt.date
    review_months: int
    owner: str
    approved_by: str | None
    notes: LocalText | None
    answers: Data
    documents: tuple[Document, ...]
    """In the edition that they become with this release."""
    changes: tuple[Change, ...] = ()
    stale: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pack: PackRecord
    previous: Release | None
    files: Mapping[str, bytes]
    """What else it keeps, by name in its folder: the company's own files, the PDFs."""
    redlines: Mapping[str, list[Json]] = field(default_factory=dict)
    """By language, as data."""
    parser: PageParser
    """The parser of this run; it may have parsed the pages already."""


def write_release(plan: Plan, into: Path) -> Release:
    """Write a release completely into a new folder that is not its place yet.

    Args:
        plan: What is to be released.
        into: A folder that does not exist, on the file system of the releases.

    Raises:
        RenderError: A page holds an element that the outputs do not know.
        ReleaseError: Two files would have the same name.
        FilesError: The system refuses.
    """
    contents: dict[str, bytes] = {}
    for name, content in _contents(plan):
        if contents.setdefault(name, content) != content:
            raise ReleaseError("error-release-name", name=name)
    release = Release(
        folder=into,
        version=plan.version,
        step=plan.step,
        released=plan.released,
        valid_from=plan.valid_from,
        review_months=plan.review_months,
        owner=plan.owner,
        approved_by=plan.approved_by,
        notes=plan.notes,
        documents={each.language: _released(each) for each in plan.documents},
        answers=plan.answers,
        changes=plan.changes,
        stale=plan.stale,
        pack=plan.pack,
        guidegen=__version__,
        files={name: sha256(content) for name, content in contents.items()},
        previous=(
            (plan.previous.version, plan.previous.digest) if plan.previous else None
        ),
        digest="",
    )
    data = manifest_data(release)
    digest = release_digest(data)
    contents[MANIFEST] = canonical({**data, "digest": digest})
    with explained(into):
        _write(into, contents)
    return replace(release, digest=digest)


def freeze(release: Release, releases: Path) -> Release:
    """Move a complete release to its place; from then on it is released.

    Args:
        release: What `write_release` has returned.
        releases: The project's folder of releases.

    Raises:
        ReleaseError: The version exists already.
        FilesError: The system refuses; then nothing is released.
    """
    place = releases / release.version
    with explained(place):
        releases.mkdir(exist_ok=True)
        name, content = _AS_THEY_ARE
        if not (releases / name).exists():
            (releases / name).write_bytes(content)
        if place.exists():
            raise ReleaseError("error-release-there", path=place)
        release.folder.rename(place)
        _flush_folder(releases)
    return replace(release, folder=place)


def _contents(plan: Plan) -> Iterator[tuple[str, bytes]]:
    for document in plan.documents:
        folder = document.language
        for page in document.pages:
            yield f"{folder}/{page.id}.md", page.markdown.encode()
            html = rewritten_html(plan.parser.parse(page).html, _to_page)
            yield f"{folder}/{page.id}.html", html.encode()
        assets = (*document.assets, *([document.logo] if document.logo else []))
        for asset in assets:
            yield f"{folder}/{asset.path}", asset.content
        if document.language in plan.redlines:
            redline = plan.redlines[document.language]
            yield f"{folder}/{REDLINE}", canonical(redline)
    yield from plan.files.items()


def _to_page(link: str) -> str:
    """Return a link to a page's Markdown as one to its HTML."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path.endswith(".md"):
        return link
    return parts._replace(path=f"{parts.path[:-3]}.html").geturl()


def _released(document: Document) -> ReleasedDocument:
    return ReleasedDocument(
        language=document.language,
        variant=document.variant,
        title=document.title,
        company=document.company,
        digest=document.digest,
        pages=tuple(
            ReleasedPage(id=page.id, title=page.title, stamped=page.stamped)
            for page in document.pages
        ),
        running_texts=document.running_texts,
        logo=document.logo.path if document.logo else None,
    )


def _write(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files and have them on the disk: a release cannot be made again."""
    folders = {folder}
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        folders.add(path.parent)
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    for each in folders:
        _flush_folder(each)


def _flush_folder(folder: Path) -> None:
    with suppress(OSError):  # Windows knows no such thing
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
