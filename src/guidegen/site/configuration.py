"""What a language's `mkdocs.yml` says.

Material prints the site's name, the navigation's titles and `extra` into HTML as they
are. So the configuration is HTML: every text of the document is escaped here, and
nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import zip_longest
from typing import Any
from urllib.parse import quote, urlsplit

from guidegen.model.archive import Archive
from guidegen.model.document import Document
from guidegen.model.guideline import GuidelineContact
from guidegen.site.changes import changes, news, state
from guidegen.site.footer import linked_facts
from guidegen.site.label import label
from guidegen.site.places import CHANGES, has_changes, today, told, up

LABELS = (
    "copied",
    "copy",
    "dark_mode",
    "language",
    "light_mode",
    "made_with",
    "on_this_page",
    "pages",
    "pdf_download",
    "questions",
    "save_contact",
    "search_results",
)
"""The words of `labels.yml` that the site's templates print."""

CONTACT_PAGE = "contact"
INTERFACES = ("da", "de", "en", "es", "fr", "it", "nl", "pt", "sv")
"""The languages in which Material has both an interface and a search."""


def configuration(
    document: Document, documents: Sequence[Document], archive: Archive | None = None
) -> dict[str, Any]:
    """Return the `mkdocs.yml` of one of the documents; the first is at the root.

    Raises:
        SiteError: The pack lacks a word that the site needs.
    """
    return {
        "site_name": escape(f"{document.title} – {document.company}"),
        "docs_dir": "docs",
        "site_dir": "site",
        "use_directory_urls": False,
        "theme": {
            "name": "material",
            "custom_dir": "overrides",
            "language": _interface(document.language),
            "font": False,
            "favicon": "assets/favicon.svg",
            "features": ["search.highlight"],
        },
        "plugins": ["search", "offline"],
        "markdown_extensions": list(document.markdown_extensions),
        "extra_css": ["assets/brand.css", "assets/guidegen/site.css"],
        "extra": {
            "generator": False,
            # The offline plugin loads a shim from another host unless it sees one.
            "polyfills": ["assets/guidegen/iframe-worker.js"],
            "guidegen": _extra(document, documents, archive),
        },
        "nav": _navigation(document, archive),
        "validation": {
            "links": {"anchors": "warn", "unrecognized_links": "warn"},
        },
    }


def _interface(language: str) -> str:
    return language if language in INTERFACES else "en"


def _navigation(document: Document, archive: Archive | None) -> list[dict[str, str]]:
    pages = [{escape(page.title): f"{page.id}.md"} for page in document.pages]
    if has_changes(archive, document.language):
        pages.append({label(document.labels, "changes_title"): f"{CHANGES}.md"})
    return pages


def _extra(
    document: Document, documents: Sequence[Document], archive: Archive | None
) -> dict[str, object]:
    root = up(today(documents)[document.language].folder)
    return {
        "company": escape(document.company),
        "title": escape(document.title),
        "lang": escape(document.language),
        "logo": escape(quote(document.logo.path)) if document.logo else None,
        "labels": {key: label(document.labels, key) for key in LABELS},
        "languages": _languages(document, documents, archive, root),
        "pdf": f"{root}guideline-{document.language}.pdf",
        "contacts": _contacts(document),
        "contact_page": _contact_page(document),
        "facts": linked_facts(document, archive, root),
        "state": state(document, archive, root),
        "news": news(document, archive),
        "changes": changes(document, documents, archive, root),
        "feed": _feed(document, archive),
    }


def _feed(document: Document, archive: Archive | None) -> dict[str, str] | None:
    if not told(archive, document.language):
        return None
    title = label(document.labels, "changes_title")
    return {"href": f"{CHANGES}.xml", "title": title}


def _languages(
    document: Document,
    documents: Sequence[Document],
    archive: Archive | None,
    root: str,
) -> list[dict[str, object]]:
    """Return where each language's pages are, seen from this document's folder."""
    places = today(documents)
    return [
        {
            "code": escape(other.language),
            "name": label(other.labels, other.language),
            "current": other.language == document.language,
            "base": root + places[other.language].folder,
            "pages": [
                *(f"{page.id}.html" for page in other.pages),
                *([f"{CHANGES}.html"] if has_changes(archive, other.language) else []),
            ],
            "front": f"{other.pages[0].id}.html",
        }
        for other in documents
    ]


def _contact_page(document: Document) -> str | None:
    known = any(page.id == CONTACT_PAGE for page in document.pages)
    return f"{CONTACT_PAGE}.html" if known else None


def _contacts(document: Document) -> list[dict[str, object]]:
    """Return the people to ask; their cards are the vCard assets, in the same order."""
    cards = [asset.path for asset in document.assets if asset.path.endswith(".vcf")]
    people = zip_longest(document.contacts, cards[: len(document.contacts)])
    return [
        _contact(contact, document) | {"card": escape(quote(card)) if card else None}
        for contact, card in people
    ]


def _contact(contact: GuidelineContact, document: Document) -> dict[str, object]:
    ways = (
        ("email", "mailto:", contact.email),
        ("phone", "tel:", contact.phone),
        ("chat_open", "", contact.chat),
    )
    return {
        "name": escape(contact.name),
        "role": escape(contact.role) if contact.role else None,
        "ways": [
            {
                "kind": kind,
                "label": label(document.labels, kind),
                "href": escape(_address(scheme, value)),
            }
            for kind, scheme, value in ways
            if value
        ],
    }


def _address(scheme: str, value: str) -> str:
    """Return a link of a scheme that cannot run anything."""
    if scheme == "tel:":
        return scheme + "".join(sign for sign in value if sign in "+0123456789")
    if scheme == "mailto:":
        return scheme + quote(value, safe="@+")
    return value if urlsplit(value).scheme in {"http", "https"} else "#"
