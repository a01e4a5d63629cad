"""Writes a release in full beside the others, then moves it among them in one step."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from guidegen import __version__
from guidegen.errors import ReleaseError
from guidegen.files import move_inside, translate_os_errors, write_atomic
from guidegen.files.digest import sha256
from guidegen.model.document import Document
from guidegen.model.json_records import canonical, to_json
from guidegen.model.redline import PageRedline
from guidegen.model.release import REDLINE, Release, ReleasedDocument, ReleasedPage
from guidegen.page.tree import PageParser, rewritten_html
from guidegen.release.manifest import MANIFEST, manifest_data, release_digest

_AS_THEY_ARE: Final = (".gitattributes", b"* -text\n")
"""In `releases/`: git must not change the ends of lines, or no digest would fit."""


def write_release(
    release: Release,
    documents: Sequence[Document],
    files: Mapping[str, bytes],
    redlines: Mapping[str, Sequence[PageRedline]],
    parser: PageParser,
) -> Release:
    """Write a complete release into its folder, which is not among the releases yet.

    Args:
        release: What it says beside its documents, files and digests. Its folder does
            not exist; it is on the file system of the releases.
        documents: The documents of all languages in the edition that they become.
        files: What else it keeps, by name: the company's own files, the PDFs.
        redlines: What changed in each language that the release before has, too.
        parser: The parser of this run; it may have parsed the pages already.

    Raises:
        RenderError: A page holds an element that the outputs do not know.
        ReleaseError: Two files would have the same name.
        FilesError: The system refuses.
    """
    begun = begin_release(release, documents, files, redlines, parser)
    flush_release(begun)
    return complete_release(begun, {})


def begin_release(
    release: Release,
    documents: Sequence[Document],
    files: Mapping[str, bytes],
    redlines: Mapping[str, Sequence[PageRedline]],
    parser: PageParser,
) -> Release:
    """Write a release that lacks some files yet, and so its manifest and digest.

    The arguments and what is raised are those of `write_release`.
    """
    contents: dict[str, bytes] = {}
    for name, content in (
        *_pages(documents, parser),
        *_redlines(redlines),
        *files.items(),
    ):
        # A company's logo may lie in a folder called `de`, where its copy goes, too:
        # equal content is no clash.
        if contents.setdefault(name, content) != content:
            raise ReleaseError("error-release-name", name=name)
    with translate_os_errors(release.folder):
        _write(release.folder, contents)
    return replace(
        release,
        documents={each.language: _released(each) for each in documents},
        guidegen=__version__,
        files={name: sha256(content) for name, content in contents.items()},
    )


def flush_release(release: Release) -> None:
    """Have on the disk what `begin_release` has written; any thread can wait for it.

    Raises:
        FilesError: The system refuses.
    """
    with translate_os_errors(release.folder):
        _flush(release.folder, [*release.files])


def complete_release(release: Release, files: Mapping[str, bytes]) -> Release:
    """Complete a release with what it lacks, and seal it.

    Args:
        release: What `begin_release` has returned, on the disk (`flush_release`).
        files: The rest of what it keeps, by name: the PDFs.

    Raises:
        ReleaseError: Two files would have the same name.
        FilesError: The system refuses.
    """
    for name in files.keys() & release.files.keys():
        raise ReleaseError("error-release-name", name=name)
    digests = {name: sha256(content) for name, content in files.items()}
    release = replace(release, files={**release.files, **digests})
    data = manifest_data(release)
    digest = release_digest(data)
    sealed = {**files, MANIFEST: canonical({**data, "digest": digest})}
    with translate_os_errors(release.folder):
        _write(release.folder, sealed)
        _flush(release.folder, [*sealed])
    return replace(release, digest=digest)


def freeze(release: Release, releases: Path) -> Release:
    """Move a complete release among the others; from then on it is released.

    Args:
        release: What `write_release` has returned.
        releases: The project's folder of releases.

    Raises:
        ReleaseError: The version exists already.
        FilesError: The system refuses; then nothing is released.
    """
    path = releases / release.version
    with translate_os_errors(path):
        name, content = _AS_THEY_ARE
        if not (releases / name).exists():
            write_atomic(releases / name, content, within=releases.parent)
        # On POSIX, `rename` would replace an empty folder without a word.
        if path.exists():
            raise ReleaseError("error-release-there", path=path)
        # A single rename: a run that is killed leaves a whole release or none.
        move_inside(release.folder, releases.parent, path)
        # A new name is only on the disk when its folder is (fsync(2)).
        _flush_folder(releases)
    return replace(release, folder=path)


def _pages(
    documents: Sequence[Document], parser: PageParser
) -> Iterator[tuple[str, bytes]]:
    """Yield what a release keeps of each language: pages and pictures."""
    for document in documents:
        folder = document.language
        for page in document.pages:
            # Markdown for later comparisons; HTML because no later renderer may change
            # what readers see (decisions.md, "What keeps an old version readable").
            yield f"{folder}/{page.id}.md", page.markdown.encode()
            html = rewritten_html(parser.parse(page).html, _to_page)
            yield f"{folder}/{page.id}.html", html.encode()
        for asset in (*document.assets, *document.logos):
            yield f"{folder}/{asset.path}", asset.content


def _redlines(
    redlines: Mapping[str, Sequence[PageRedline]],
) -> Iterator[tuple[str, bytes]]:
    for language, pages in redlines.items():
        yield f"{language}/{REDLINE}", canonical(to_json(pages))


def _to_page(link: str) -> str:
    """Return a link to a page's Markdown as one to its HTML."""
    parts = urlsplit(link)
    # Articles lie beside each other as HTML: a link to Markdown would lead nowhere.
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
        logo_dark=document.logo_dark.path if document.logo_dark else None,
    )


def _write(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write new files; they are not on the disk for sure yet."""
    paths = {folder / name: content for name, content in contents.items()}
    for each in sorted({folder, *(path.parent for path in paths)}):
        each.mkdir(parents=True, exist_ok=True)
    for path, content in paths.items():
        with path.open("xb") as file:
            file.write(content)


def _flush(folder: Path, names: Sequence[str]) -> None:
    """Have files on the disk: a release cannot be made again.

    All are written before the first is waited for: the disk takes them together.
    """
    paths = [folder / name for name in names]
    for path in paths:
        with path.open("r+b") as file:
            os.fsync(file.fileno())
    for each in {folder, *(path.parent for path in paths)}:
        _flush_folder(each)


def _flush_folder(folder: Path) -> None:
    with suppress(OSError):  # Windows knows no such thing
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
