"""The releases that are not at the root: their frozen articles in a light frame."""

from __future__ import annotations

import shutil
from html import escape
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from guidegen.site.configuration import LABELS
from guidegen.site.footer import facts
from guidegen.site.label import label
from guidegen.site.places import kept, pdf_of, place_of, same_page, today, up

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jinja2 import Environment, Template

    from guidegen.model.archive import (
        Archive,
        ArchivedDocument,
        ArchivedPage,
        ArchivedRelease,
    )
    from guidegen.model.document import Document
    from guidegen.site.places import Place

FRAME = "version.html"
"""The template of the frame."""

_STYLES = ("assets/stylesheets/main.*.css", "assets/brand.css", "assets/guidegen/*.css")
"""The styles at the root that old pages use too."""


def write_versions(
    archive: Archive,
    documents: Sequence[Document],
    *,
    theme: Sequence[Path],
    into: Path,
    cache: Path | None,
) -> None:
    """Write the releases that are not at the root; today's site must be there already.

    Raises:
        jinja2.TemplateError: A template of the frame is wrong.
    """
    if not archive.kept:
        return
    template = _environment(theme, cache).get_template(FRAME)
    styles = [
        path.relative_to(into).as_posix()
        for pattern in _STYLES
        for path in sorted(into.glob(pattern))
    ]
    for release in archive.kept:
        frame = _Frame(
            release=release,
            archive=archive,
            documents=documents,
            template=template,
            styles=styles,
        )
        for language, document in release.documents.items():
            frame.write(document, into)
            shutil.copyfile(document.pdf, into / pdf_of(release, archive, language))


def _environment(theme: Sequence[Path], cache: Path | None) -> Environment:
    """Return what renders the frame, with today's partials and icons."""
    import jinja2  # noqa: PLC0415  # slow to import, as what follows
    from guidegen.site.quick import KeptTemplates  # noqa: PLC0415

    found = find_spec("material")
    icons = (
        [Path(place) / "templates" for place in found.submodule_search_locations or ()]
        if found
        else []
    )
    # Compiled apart from today's pages: their `url` is another filter.
    folder = cache / FRAME if cache else None
    environment = jinja2.Environment(  # noqa: S701  # all texts are HTML already
        loader=jinja2.FileSystemLoader([*theme, *icons]),
        bytecode_cache=KeptTemplates(folder),
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["url"] = _same
    return environment


def _same(address: str) -> str:
    """Return an address that is right already: all pages of a language lie together."""
    return address


class _Frame:
    """What the pages of a release have in common."""

    def __init__(
        self,
        *,
        release: ArchivedRelease,
        archive: Archive,
        documents: Sequence[Document],
        template: Template,
        styles: Sequence[str],
    ) -> None:
        self._release = release
        self._archive = archive
        self._documents = documents
        self._template = template
        self._styles = styles
        self._places = kept(release)
        releases = archive.releases
        self._next = next(iter(releases[releases.index(release) + 1 :]), None)

    def write(self, document: ArchivedDocument, into: Path) -> None:
        """Write the pages of one language and what belongs to them."""
        place = self._places[document.language]
        folder = into / place.folder
        folder.mkdir(parents=True, exist_ok=True)
        for name, asset in document.assets.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(asset, folder / name)
        context = self._context(document, place)
        pages = [
            SimpleNamespace(
                title=escape(page.title),
                url=f"{page.id}.html",
                is_homepage=page is document.pages[0],
            )
            for page in document.pages
        ]
        context["nav"] = SimpleNamespace(items=pages, homepage=pages[0])
        for page, source in zip(pages, document.pages, strict=True):
            page.content = source.article.read_text("utf-8")
            context["g"]["state"] = self._state(document, source, up(place.folder))
            html = self._template.render(context, page=page)
            (folder / page.url).write_bytes(html.encode())

    def _context(self, document: ArchivedDocument, place: Place) -> dict[str, Any]:
        shared = up(place.folder)
        today_here = today(self._documents).get(document.language)
        version = self._release.version
        return {
            "shared": shared,
            "base": shared + (today_here.folder if today_here else "") or ".",
            "styles": [shared + style for style in self._styles],
            "site_name": escape(f"{document.title} – {document.company}"),
            "version": label(document.labels, "version_name", version=version),
            "config": {"plugins": ()},
            "g": {
                "company": escape(document.company),
                "title": escape(document.title),
                "lang": escape(document.language),
                "logo": escape(quote(document.logo)) if document.logo else None,
                "labels": {
                    key: label(document.labels, key) for key in (*LABELS, "skip_link")
                },
                "languages": self._languages(document, shared),
                "pdf": shared + pdf_of(self._release, self._archive, document.language),
                "facts": self._facts(document),
            },
        }

    def _facts(self, document: ArchivedDocument) -> list[dict[str, str | None]]:
        """Return what the footer says; nobody looks through an old version again."""
        texts = {**document.furniture}
        if self._next:
            texts.pop("next_review", None)
        return facts(texts, document.labels)

    def _languages(
        self, document: ArchivedDocument, shared: str
    ) -> list[dict[str, object]]:
        return [
            {
                "code": escape(other.language),
                "name": label(other.labels, other.language),
                "current": other is document,
                "base": shared + self._places[other.language].folder,
                "pages": [f"{page.id}.html" for page in other.pages],
                "front": f"{other.pages[0].id}.html",
            }
            for other in self._release.documents.values()
        ]

    def _state(
        self, document: ArchivedDocument, page: ArchivedPage, shared: str
    ) -> Mapping[str, object]:
        """Return what the banner says: not in force any more, or still."""
        labels, version = document.labels, self._release.version
        after = self._next
        if after is None:
            places = today(self._documents)
            kind, detail = "in_force", None
            link = label(labels, "draft_link")
        else:
            last = self._archive.releases[-1]
            places = place_of(last, self._archive, self._documents)
            kind = "outdated"
            detail = label(
                labels,
                "outdated_since",
                date=document.replaced or "",
                new=after.version,
            )
            link = label(labels, "in_force_link", version=last.version)
        return {
            "kind": kind,
            "name": label(labels, "version_name", version=version),
            "text": label(labels, kind, version=version),
            "detail": detail,
            "link": {
                "href": escape(shared + same_page(places, document.language, page.id)),
                "text": link,
            },
        }
