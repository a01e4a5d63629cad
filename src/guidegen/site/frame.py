"""The frame around the pages of an old version, by the pack's `version.html`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from guidegen.model.archive import (
    Archive,
    ArchivedDocument,
    ArchivedPage,
    ArchivedRelease,
)
from guidegen.model.document import Document
from guidegen.site.configuration import LABELS
from guidegen.site.footer import facts
from guidegen.site.label import label
from guidegen.site.places import kept, pdf_of, place_of, same_page, today, up

if TYPE_CHECKING:
    from jinja2 import Template

FRAME = "version.html"
"""The template of the frame."""


def frame_template(theme: Sequence[Path], cache: Path | None) -> Template:
    """Return the frame's template; it can use today's partials and icons."""
    import jinja2  # noqa: PLC0415  # slow to import, as what follows

    from guidegen.site.quick import KeptTemplates  # noqa: PLC0415

    found = find_spec("material")
    places = (found.submodule_search_locations or ()) if found else ()
    environment = jinja2.Environment(  # noqa: S701  # all texts are HTML already
        loader=jinja2.FileSystemLoader(
            [*theme, *(Path(place) / "templates" for place in places)]
        ),
        # Compiled apart from today's pages: their `url` is another filter.
        bytecode_cache=KeptTemplates(cache, FRAME),
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["url"] = _same
    return environment.get_template(FRAME)


def _same(address: str) -> str:
    """Return an address that is right already: all pages of a language lie together."""
    return address


class Frame:
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

    def pages(
        self,
        document: ArchivedDocument,
        articles: Mapping[str, str],
        assets: Mapping[str, str],
    ) -> Iterator[tuple[str, bytes]]:
        """Return the pages of one language by their names in the site.

        Args:
            document: The language.
            articles: The frozen HTML by the page's id.
            assets: Where the site has the pages' files, by their frozen names.
        """
        place = self._places[document.language]
        shared = up(place.folder)
        assets = {name: shared + to for name, to in assets.items()}
        context = self._context(document, shared)
        context["g"]["logo"] = assets.get(document.logo or "")
        pages = [
            SimpleNamespace(
                title=escape(page.title),
                url=f"{page.id}.html",
                is_homepage=page is document.pages[0],
                content=_moved(articles[page.id], assets),
            )
            for page in document.pages
        ]
        context["nav"] = SimpleNamespace(items=pages, homepage=pages[0])
        for page, source in zip(pages, document.pages, strict=True):
            context["g"]["state"] = self._state(document, source, shared)
            html = self._template.render(context, page=page)
            yield place.folder + page.url, html.encode()

    def _context(self, document: ArchivedDocument, shared: str) -> dict[str, Any]:
        here = today(self._documents).get(document.language)
        version = self._release.version
        return {
            "shared": shared,
            "base": shared + (here.folder if here else ""),
            "styles": [shared + style for style in self._styles],
            "site_name": escape(f"{document.title} – {document.company}"),
            "version": label(document.labels, "version_name", version=version),
            "config": {"plugins": ()},
            "g": {
                "company": escape(document.company),
                "title": escape(document.title),
                "lang": escape(document.language),
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
        texts = {**document.running_texts}
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
    ) -> dict[str, object]:
        """Return what the banner says: not in force any more, or still."""
        labels, version = document.labels, self._release.version
        after = self._next
        if after is None:
            places = today(self._documents)
            kind, detail, link = "in_force", None, "draft_link"
        else:
            last = self._archive.releases[-1]
            places = place_of(last, self._archive, self._documents)
            kind, link = "outdated", "in_force_link"
            day = document.replaced or ""
            detail = label(labels, "outdated_since", date=day, new=after.version)
        address = same_page(places, document.language, page.id)
        return {
            "kind": kind,
            "name": label(labels, "version_name", version=version),
            "text": label(labels, kind, version=version),
            "detail": detail,
            "link": {"href": escape(shared + address), "text": label(labels, link)},
        }


def _moved(article: str, assets: Mapping[str, str]) -> str:
    """Return a frozen article whose pictures lie elsewhere now."""
    for name, to in assets.items():
        article = article.replace(f'="{name}"', f'="{to}"')
    return article
