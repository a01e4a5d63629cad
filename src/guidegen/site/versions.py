"""The releases that are not at the root: frozen articles in today's frame.

What a version's pages are made from hardly ever changes, so files of the last build's
site that are still right are carried over as hard links.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from guidegen.files import write_atomic
from guidegen.files.digest import sha256
from guidegen.model.document import Document, pdf_name
from guidegen.model.release import Release, ReleasedDocument
from guidegen.schema.picture_files import safe_picture
from guidegen.site.archive import Archive
from guidegen.site.articles import FrozenArticles
from guidegen.site.carried_over import LastBuild, Made, Reuse
from guidegen.site.configuration import (
    LABELS,
    classification,
    company_words,
    footer_facts,
    title_language,
)
from guidegen.site.foreign import Foreign
from guidegen.site.notice import running_texts, version_notice
from guidegen.site.todays_contacts import Place
from guidegen.site.urls import (
    VERSIONS,
    current_folders,
    release_pdf,
    to_root,
    version_folders,
)

if TYPE_CHECKING:  # slow to import
    from jinja2 import Template

FILES = f"{VERSIONS}/files/"
"""Where all versions' pictures are, named after their content."""

_FRAME = "version.html"
"""The template of the frame around an old page."""

_STYLES = ("assets/stylesheets/main.*.css", "assets/brand.css", "assets/guidegen/*.css")
"""The styles at the root that old pages use too."""


_ROWS = ("site", "arrange", "page")
"""The code that writes old versions' pages."""


def write_versions(
    archive: Archive,
    documents: Sequence[Document],
    foreign: Foreign,
    articles: FrozenArticles,
    *,
    into: Path,
    last: LastBuild | None = None,
) -> dict[str, str]:
    """Write the releases that are not at the root.

    Args:
        archive: The releases.
        documents: What is at the root.
        foreign: What the pages look like, and what of that gets into the site.
        articles: Arranges old pages.
        into: The site; the pages at the root and their styles are there already.
        last: The build before, if there was one; its record becomes this one's.

    Returns:
        SHA-256 of each file of an old version, by its name in the site.

    Raises:
        ReleaseError: A frozen file is not what was released.
        PackError: The pack lacks a word.
        jinja2.TemplateError: A template of the frame is wrong.
    """
    if not archive.under_versions:
        return {}
    (into / FILES).mkdir(parents=True)
    frames = _Frames(archive, documents, foreign, into, articles)
    reuse = Reuse(last, into)
    made: dict[str, Made] = {}
    for release in archive.under_versions:
        key = frames.key(release)
        files = reuse.take_back(release.version, key)
        if files is None:
            # Hard links need the folders as much as new files do.
            for folder in version_folders(release).values():
                (into / folder.folder).mkdir(parents=True, exist_ok=True)
            files = reuse.carry_over(release.version, key)
        if files is None:
            files = _write(dict(frames.contents(release)), into)
        made[release.version] = (key, files)
    if last:
        _keep(made, last.record)
    return {
        name: digest for _, files in made.values() for name, digest in files.items()
    }


def _keep(made: Mapping[str, Made], record: Path) -> None:
    """Write the record of what was made, for the next build."""
    within = record.parents[1]  # the project's work folder
    write_atomic(record, json.dumps(made).encode(), within=within, lasting=False)


def _write(contents: Mapping[str, bytes], into: Path) -> dict[str, str]:
    """Write the files of a version and return their digests."""
    for name, content in contents.items():
        # Never through a link into the site before.
        (into / name).unlink(missing_ok=True)
        (into / name).write_bytes(content)
    return {name: sha256(content) for name, content in contents.items()}


class _Frames:
    """All old versions: their pages in the frame, and what they are made from."""

    def __init__(
        self,
        archive: Archive,
        documents: Sequence[Document],
        foreign: Foreign,
        site: Path,
        articles: FrozenArticles,
    ) -> None:
        self._archive = archive
        self._documents = documents
        self._foreign = foreign
        self._look = foreign.look
        self._articles = articles
        self._styles = tuple(
            path.relative_to(site).as_posix()
            for pattern in _STYLES
            for path in sorted(site.glob(pattern))
        )
        self._common = self._digest_of_all()

    @cached_property
    def _template(self) -> Template:
        """The frame; it can use today's partials and icons."""
        # Slow to import, and often all versions can be carried over.
        from guidegen.site.theme_cache import environment_like_pages  # noqa: PLC0415

        return environment_like_pages(self._look, kind=_FRAME).get_template(_FRAME)

    def key(self, release: Release) -> str:
        """Return a digest of what a version's pages are made from."""
        # The notice says when it applies, and what comes before and after it.
        validity = repr(
            (
                self._archive.validity(release.version),
                self._archive.withdrawals.get(release.version),
            )
        )
        return sha256(f"{self._common}\x00{release.digest}\x00{validity}".encode())

    def contents(self, release: Release) -> Iterator[tuple[str, bytes]]:
        """Return the files of a release by their names in the site."""
        # Often all versions are carried over, and nothing is looked through again.
        from guidegen.sandbox.sealed import refuse_active  # noqa: PLC0415

        archive = self._archive
        for language, document in release.documents.items():
            frozen = {
                page.id: archive.read(release, f"{language}/{page.id}.html").decode()
                for page in document.pages
            }
            for page, html in frozen.items():
                refuse_active(html, f"{release.version}/{language}/{page}.html")
            pdf = release_pdf(release, archive, language)
            if pdf:
                yield pdf, archive.read(release, pdf_name(language))
            place = Place(
                release=release,
                document=document,
                labels=archive.labels_of(document),
                root=to_root(version_folders(release)[language].folder),
            )
            articles = self._articles.arranged(frozen, place)
            assets = {}
            for name in _shown_assets(release, document, articles):
                kept = f"{language}/{name}"
                digest = release.files[kept]
                # Versions mostly share their pictures; 128 bits of the digest tell them
                # apart.
                assets[name] = f"{FILES}{digest[:32]}{Path(name).suffix}"
                picture = archive.read(release, kept)
                # What was released long ago may hold more than a picture.
                yield assets[name], safe_picture(picture, Path(name).suffix)
            yield from self._pages(release, document, articles, assets)

    def _pages(
        self,
        release: Release,
        document: ReleasedDocument,
        articles: Mapping[str, str],
        assets: Mapping[str, str],
    ) -> Iterator[tuple[str, bytes]]:
        """Return the pages of one language by their names in the site.

        Args:
            release: The release.
            document: The language.
            articles: The arranged HTML by the page's id.
            assets: Where the site has the pages' files, by their frozen names.
        """
        folder = version_folders(release)[document.language].folder
        root = to_root(folder)
        assets = {name: root + to for name, to in assets.items()}
        context = self._context(release, document, root)
        context["g"]["logo"] = assets.get(document.logo or "")
        context["g"]["logo_dark"] = assets.get(document.logo_dark or "")
        pages = [
            SimpleNamespace(
                title=escape(page.title),
                url=f"{page.id}.html",
                is_homepage=page is document.pages[0],
                content=_with_assets(articles[page.id], assets),
            )
            for page in document.pages
        ]
        context["nav"] = SimpleNamespace(items=pages, homepage=pages[0])
        for page, source in zip(pages, document.pages, strict=True):
            context["g"]["state"] = version_notice(
                release, source.id, self._archive, self._documents, document
            )
            html = self._template.render(context, page=page)
            name = folder + page.url
            yield name, self._foreign.page(html, name).encode()

    def _context(
        self, release: Release, document: ReleasedDocument, root: str
    ) -> dict[str, Any]:
        here = current_folders(self._documents).get(document.language)
        labels = self._archive.labels_of(document)
        texts = running_texts(release, document, self._archive)
        pdf = release_pdf(release, self._archive, document.language)
        return {
            "shared": root,
            "base": root + (here.folder if here else ""),
            "styles": [root + style for style in self._styles],
            "site_name": escape(f"{document.title} – {document.company}"),
            "version": labels.html("version_name", version=release.version),
            # The header's partial offers a search only if MkDocs has the plugin.
            "config": {"plugins": ()},
            "g": {
                "company": escape(document.company),
                "company_words": company_words(document.company),
                "title": escape(document.title),
                "title_lang": title_language(document.running_texts),
                "lang": escape(document.language),
                "labels": {key: labels.html(key) for key in (*LABELS, "skip_link")},
                "languages": self._languages(release, document, root),
                "pdf": root + pdf if pdf else None,
                "facts": footer_facts(texts, labels),
                "classification": classification(texts, labels),
            },
        }

    def _languages(
        self, release: Release, document: ReleasedDocument, root: str
    ) -> list[dict[str, object]]:
        folders = version_folders(release)
        return [
            {
                "code": escape(other.language),
                "name": self._archive.labels_of(other).html(other.language),
                "current": other is document,
                "base": root + folders[other.language].folder,
                "pages": [f"{page.id}.html" for page in other.pages],
                "front": f"{other.pages[0].id}.html",
            }
            for other in release.documents.values()
        ]

    def _digest_of_all(self) -> str:
        """Return a digest of what all versions' pages have in common."""
        archive = self._archive
        current = archive.current
        data = {
            "shown": archive.shown,
            "foreign": [len(self._look.foreign), self._look.trust_scripts],
            "current": current and current.version,
            "languages": [
                [release.version, list(release.documents)]
                for release in archive.releases
            ],
            "today": [
                [document.language, [page.id for page in document.pages]]
                for document in self._documents
            ],
            "styles": list(self._styles),
            "contacts": self._articles.seal,
            "old_pdfs": archive.old_pdfs,
            "labels": [[*key, labels] for key, labels in archive.labels.items()],
        }
        digest = hashlib.sha256(json.dumps(data, sort_keys=True).encode())
        # The code and templates that write the frame count, too: an update of guidegen
        # or of the pack must reach old versions' frames.
        own = Path(__file__).parent
        for folder in (own, *self._look.folders):
            for path in sorted((*folder.rglob("*.py"), *folder.rglob("*.html"))):
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
                digest.update(path.read_bytes())
        return digest.hexdigest()


def _shown_assets(
    release: Release, document: ReleasedDocument, articles: Mapping[str, str]
) -> list[str]:
    """Return the assets that an old version shows: no cards for the address book."""
    text = "".join(articles.values())
    return [
        name
        for name in release.assets(document.language)
        if name in document.logos or f'="{name}"' in text
    ]


def _with_assets(article: str, assets: Mapping[str, str]) -> str:
    """Return a frozen article with the addresses that its pictures have in the site."""
    for name, to in assets.items():
        article = article.replace(f'="{name}"', f'="{to}"')
    return article
