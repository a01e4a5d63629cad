"""The releases that are not at the root: their frozen articles in a light frame.

What a version's pages are made from hardly ever changes. So files of the site before
that still are what would be written are carried over as hard links.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.errors import SiteError
from guidegen.files import explained
from guidegen.model.archive import (
    Archive,
    ArchivedDocument,
    ArchivedFile,
    ArchivedRelease,
)
from guidegen.model.document import Document
from guidegen.site.frame import Frame, frame_template
from guidegen.site.places import VERSIONS, kept, pdf_of

if TYPE_CHECKING:
    from guidegen.site.carry import Carried

FILES = f"{VERSIONS}/files/"
"""Where all versions' pictures are, named after their content."""

_STYLES = ("assets/stylesheets/main.*.css", "assets/brand.css", "assets/guidegen/*.css")
"""The styles at the root that old pages use too."""


def write_versions(
    archive: Archive,
    documents: Sequence[Document],
    *,
    theme: Sequence[Path],
    into: Path,
    cache: Path | None,
    before: Carried,
) -> None:
    """Write the releases that are not at the root; today's site must be there already.

    Raises:
        SiteError: A frozen file is not what was released.
        jinja2.TemplateError: A template of the frame is wrong.
    """
    if not archive.kept:
        return
    (into / FILES).mkdir(parents=True)
    styles = tuple(
        path.relative_to(into).as_posix()
        for pattern in _STYLES
        for path in sorted(into.glob(pattern))
    )
    common = _common(archive, documents, theme, styles)
    template = None
    for release in archive.kept:
        for place in kept(release).values():
            (into / place.folder).mkdir(parents=True, exist_ok=True)
        key = _key(release, archive, common)
        if before.carry(release.version, key, into):
            continue
        template = template or frame_template(theme, cache)
        frame = Frame(
            release=release,
            archive=archive,
            documents=documents,
            template=template,
            styles=styles,
        )
        contents = dict(_contents(release, archive, frame))
        for name, content in contents.items():
            # Never through a link into the site before.
            (into / name).unlink(missing_ok=True)
            (into / name).write_bytes(content)
        before.note(release.version, key, contents)
    before.remember()


def _contents(
    release: ArchivedRelease, archive: Archive, frame: Frame
) -> Iterator[tuple[str, bytes]]:
    """Return the files of a release by their names in the site."""
    for language, document in release.documents.items():
        articles = {page.id: _read(page.article).decode() for page in document.pages}
        used = _used(document, articles)
        yield pdf_of(release, archive, language), _read(document.pdf)
        for name in used:
            file = document.assets[name]
            yield _shared(name, file), _read(file)
        shared = {name: _shared(name, document.assets[name]) for name in used}
        yield from frame.pages(document, articles, shared)


def _used(document: ArchivedDocument, articles: Mapping[str, str]) -> list[str]:
    """Return the assets that an old version shows: no cards for the address book."""
    text = "".join(articles.values())
    return [
        name
        for name in document.assets
        if name == document.logo or f'="{name}"' in text
    ]


def _shared(name: str, file: ArchivedFile) -> str:
    return f"{FILES}{file.digest[:32]}{Path(name).suffix}"


def _read(file: ArchivedFile) -> bytes:
    with explained(file.path):
        content = file.path.read_bytes()
    if hashlib.sha256(content).hexdigest() != file.digest:
        raise SiteError(
            "error-releases-file", path=file.path, hint="error-releases-verify"
        )
    return content


def _common(
    archive: Archive,
    documents: Sequence[Document],
    theme: Sequence[Path],
    styles: Sequence[str],
) -> str:
    """Return a digest of what all versions' pages are made from."""
    last = archive.releases[-1]
    words = {
        document.language: dict(document.labels)
        for release in archive.releases
        for document in release.documents.values()
    }
    data = {
        "shown": archive.shown,
        "last": [last.version, list(last.documents)],
        "today": [
            [document.language, [page.id for page in document.pages]]
            for document in documents
        ],
        "styles": list(styles),
        "words": words,
    }
    digest = hashlib.sha256(json.dumps(data, sort_keys=True).encode())
    own = Path(__file__).parent
    for folder in (own, *theme):
        for path in sorted((*folder.rglob("*.py"), *folder.rglob("*.html"))):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _key(release: ArchivedRelease, archive: Archive, common: str) -> str:
    """Return a digest of what a version's pages are made from."""
    place = archive.releases.index(release)
    after = [
        f"{each.version} {each.in_force}"
        for each in archive.releases[place + 1 : place + 2]
    ]
    return hashlib.sha256(
        "\0".join((common, release.digest, *after)).encode()
    ).hexdigest()
