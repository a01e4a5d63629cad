"""What a language's `mkdocs.yml` says.

Material prints the site's name, the navigation's titles and `extra` into HTML as they
are. So the configuration is HTML: every text of the document is escaped here, and
nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from itertools import zip_longest
from typing import Any, Final
from urllib.parse import quote, urlsplit

from guidegen.model.document import Asset, Document, pdf_name
from guidegen.model.guideline import GuidelineContact
from guidegen.model.labels import OF_LANGUAGE, Labels, facts_of
from guidegen.page.extensions import refuse_extensions
from guidegen.site.alive import NOTHING_ALIVE, Alive
from guidegen.site.archive import NO_RELEASES, Archive
from guidegen.site.changes import change_entries, news_box
from guidegen.site.inside import inside_box, inside_page
from guidegen.site.line_breaks import breaking
from guidegen.site.notice import root_notice
from guidegen.site.practice import practice_box, practice_of
from guidegen.site.urls import (
    CHANGES,
    INSIDE,
    PRACTICE,
    REVIEW,
    current_folders,
    to_root,
)
from guidegen.uri.phone import dialled

LABELS = (
    "chat",
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
_OF_LEGAL_FORM = re.compile(r"\(.*\)|\S{1,3}|\S+\.|(?=\S*[A-Z]\S*[A-Z])\S{1,9}")
"""A word at the end of a name that may belong to its legal form: "GmbH", "&", "e."."""

INTERFACES = ("da", "de", "en", "es", "fr", "it", "nl", "pt", "sv")
"""The languages in which Material has both an interface and a search."""

_SEARCH: Final = {
    # Words end at quotation marks, slashes and full stops, too.
    "separator": (
        r"[\s\-,:;!?=()\[\]/.\"'"
        r"\u2013\u2014\u2018-\u201e\u2026\u2039\u203a\u00ab\u00bb]+"
    ),
    # Stems of words, so that "Vertrag" finds "Verträge".
    "pipeline": ["trimmer", "stopWordFilter", "stemmer"],
}
"""How Material's search takes texts apart: lunr, with the stemmers of Snowball."""


def configuration(
    document: Document,
    documents: Sequence[Document],
    archive: Archive = NO_RELEASES,
    alive: Alive = NOTHING_ALIVE,
) -> dict[str, Any]:
    """Return the `mkdocs.yml` of one of the documents; the first is at the root.

    Raises:
        SiteError: The pack lacks a word that the site needs.
        RenderError: It names an extension of Markdown that packs do not have.
    """
    refuse_extensions(document.markdown_extensions)
    return {
        "site_name": escape(f"{document.title} – {document.company}"),
        "docs_dir": "docs",
        "site_dir": "site",
        # Opened from a folder, without a web server, `page/` would show a listing.
        "use_directory_urls": False,
        "theme": {
            "name": "material",
            "custom_dir": "overrides",
            "language": _interface(document.language),
            # Material would load its fonts from Google.
            "font": False,
            "favicon": "assets/favicon.svg",
            "features": ["search.highlight"],
        },
        "plugins": [{"search": _SEARCH}, "offline"],
        "markdown_extensions": list(document.markdown_extensions),
        "extra_css": ["assets/brand.css", "assets/guidegen/site.css"],
        "extra": {
            "generator": False,
            # The offline plugin loads a shim from another host unless it sees one.
            "polyfills": ["assets/guidegen/iframe-worker.js"],
            # A key of its own, so that no option of Material is hit.
            "guidegen": _extra(document, documents, archive, alive),
        },
        "nav": _navigation(document, archive, alive),
        "validation": {
            # By default MkDocs only mentions these. A warning ends the build.
            "links": {"anchors": "warn", "unrecognized_links": "warn"},
        },
    }


def _interface(language: str) -> str:
    return language if language in INTERFACES else "en"


def _navigation(
    document: Document, archive: Archive, alive: Alive
) -> list[dict[str, str]]:
    pages = [{escape(page.title): f"{page.id}.md"} for page in document.pages]
    if alive.has_practice(document.language):
        pages.append({document.labels.html("practice"): f"{PRACTICE}.md"})
    if alive.inside:
        pages.append({document.labels.html("inside"): f"{INSIDE}.md"})
    if archive.has_changes(document.language):
        pages.append({document.labels.html("changes_title"): f"{CHANGES}.md"})
    return pages


def _extra(
    document: Document, documents: Sequence[Document], archive: Archive, alive: Alive
) -> dict[str, object]:
    practice = practice_of(document, documents, alive)
    root = to_root(current_folders(documents)[document.language].folder)
    return {
        "company": escape(document.company),
        "company_words": company_words(document.company),
        "title": escape(document.title),
        "title_lang": title_language(document.running_texts),
        "lang": escape(document.locale),
        "logo": _file(document.logo),
        "logo_dark": _file(document.logo_dark),
        "labels": {key: document.labels.html(key) for key in LABELS},
        "languages": _languages(document, documents, archive, alive, root),
        "pdf": root + pdf_name(document.language),
        "contacts": _contacts(document),
        "contact_page": _contact_page(document),
        "facts": _linked_facts(document, archive, root),
        "classification": classification(document.running_texts, document.labels),
        "state": root_notice(document, documents, archive, root),
        "news": news_box(document, archive),
        "changes": change_entries(document, documents, archive, root),
        "practice": practice,
        "practice_box": practice_box(document.labels) if practice else None,
        "inside": inside_page(document, alive),
        "inside_box": inside_box(document, alive),
        "feed": _feed(document, archive),
    }


def _file(asset: Asset | None) -> str | None:
    return escape(quote(asset.path)) if asset else None


def company_words(name: str) -> list[str]:
    """Return the pieces of a company's name between which the header may cut it.

    A legal form ("GmbH & Co. KG", "e. V.", "plc") is one piece, and so is what only
    looks like one: a name that is cut elsewhere is cut all the same.
    """
    words = name.split()
    last = len(words)
    while last > 1 and _OF_LEGAL_FORM.fullmatch(words[last - 1]):
        last -= 1
    pieces = [*words[:last], " ".join(words[last:])]
    return [escape(piece) for piece in pieces if piece]


def footer_facts(
    running_texts: Mapping[str, str], labels: Labels
) -> list[dict[str, str | None]]:
    """Return what the footer says: who is responsible, since when, which version."""
    return [
        {
            "key": fact.key,
            "label": escape(fact.label),
            "value": escape(fact.value),
            "lang": fact.lang and escape(fact.lang),
            "href": None,
            "hint": None,
        }
        for fact in facts_of(running_texts, labels)
    ]


def title_language(running_texts: Mapping[str, str]) -> str:
    """Return the language of the title, "" if it is the guideline's own."""
    return escape(running_texts.get(f"title{OF_LANGUAGE}", ""))


def classification(
    running_texts: Mapping[str, str], labels: Labels
) -> dict[str, str] | None:
    """Return who may read it, which stands above every page; None if all may."""
    if "classification" not in running_texts:
        return None
    shown = {
        "label": labels.html("classification"),
        "text": escape(running_texts["classification"]),
    }
    language = running_texts.get(f"classification{OF_LANGUAGE}")
    return {**shown, "lang": escape(language)} if language else shown


def _linked_facts(
    document: Document, archive: Archive, root: str
) -> list[dict[str, str | None]]:
    """Return the facts of a page at the root; review and version lead to more."""
    facts = footer_facts(document.running_texts, document.labels)
    for fact in facts:
        if fact["key"] == "version" and archive.has_changes(document.language):
            fact["href"] = f"{CHANGES}.html"
        if fact["key"] == "next_review" and archive.review:
            fact["href"] = root + REVIEW
            fact["hint"] = document.labels.html("review_save")
    return facts


def _feed(document: Document, archive: Archive) -> dict[str, str] | None:
    if not archive.releases_for(document.language):
        return None
    title = document.labels.html("changes_title")
    return {"href": f"{CHANGES}.xml", "title": title}


def _languages(
    document: Document,
    documents: Sequence[Document],
    archive: Archive,
    alive: Alive,
    root: str,
) -> list[dict[str, object]]:
    """Return where each language's pages are, seen from this document's folder."""
    folders = current_folders(documents)
    return [
        {
            "code": escape(other.language),
            "name": other.labels.html(other.language),
            "current": other.language == document.language,
            "base": root + folders[other.language].folder,
            # The switch of languages stays on the page where the other language has it.
            "pages": [
                *(f"{page.id}.html" for page in other.pages),
                *([f"{CHANGES}.html"] if archive.has_changes(other.language) else []),
                *([f"{PRACTICE}.html"] if alive.has_practice(other.language) else []),
                *([f"{INSIDE}.html"] if alive.inside else []),
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
    word = document.labels.html
    ways = (
        ("email", "email", "mailto:", contact.email),
        ("phone", "phone", "tel:", contact.phone),
        ("out_of_hours", "out_of_hours", "tel:", contact.out_of_hours),
        ("chat", "chat_open", "", contact.chat),
    )

    def said(name: str) -> str:
        text, language = getattr(contact, name), contact.said_in.get(name)
        if not (text and language):
            return escape(text or "")
        return f'<span lang="{escape(language)}">{escape(text)}</span>'

    answers = said("answers_within")
    return {
        "name": said("name"),
        "role": said("role") or None,
        "answers": f"{word('answers_within')}: {answers}" if answers else None,
        "ways": [
            {
                "kind": kind,
                "label": word(kind),
                # The address of a chat says nothing to readers.
                "text": _shown(kind, value) if scheme else word(words),
                "href": escape(_address(scheme, value)),
            }
            for kind, words, scheme, value in ways
            if value
        ],
    }


def _shown(kind: str, value: str) -> str:
    return breaking(escape(value)) if kind == "email" else escape(value)


def _address(scheme: str, value: str) -> str:
    """Return a link of a scheme that cannot run anything."""
    if scheme == "tel:":
        return scheme + dialled(value)
    if scheme == "mailto:":
        return scheme + quote(value, safe="@+")
    return value if urlsplit(value).scheme in {"http", "https"} else "#"
