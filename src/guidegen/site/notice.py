"""The notice above every page's title: a draft, or when the version applies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape

from guidegen.model.document import Document
from guidegen.model.labels import long_date
from guidegen.model.release import Release, ReleasedDocument
from guidegen.site.archive import Archive
from guidegen.site.urls import (
    CHANGES,
    current_folders,
    page_url,
    release_folders,
    to_root,
    version_folders,
)
from guidegen.site.validity import Sentence, root_sentences, validity_sentences

_DRAFT = "draft"
_VALIDITY = "validity"


def root_notice(
    document: Document, documents: Sequence[Document], archive: Archive, root: str
) -> dict[str, object] | None:
    """Return the notice of the pages at the root; None if there is nothing to say.

    Args:
        document: The language.
        documents: What is at the root.
        archive: The releases.
        root: Where the site's root is, seen from the pages.
    """
    if "draft" in document.running_texts:
        return _draft_notice(document, archive, root)
    if archive.shown is None:
        return None
    sentences = root_sentences(
        archive.validity(archive.shown), archive.withdrawn, document.labels
    )
    if not sentences:
        return None
    address = _addresses(archive, documents, document.language, "", root)
    name = document.labels.html("version_name", version=archive.shown)
    return _notice(name, sentences, address)


def version_notice(
    release: Release,
    page: str,
    archive: Archive,
    documents: Sequence[Document],
    document: ReleasedDocument,
) -> dict[str, object]:
    """Return the notice of a page under `versions/`.

    Args:
        release: The version.
        page: The page's id; links lead to the page of the same id where there is one.
        archive: The releases.
        documents: What is at the root.
        document: The version's language.
    """
    labels, language = archive.labels_of(document), document.language
    root = to_root(version_folders(release)[language].folder)
    sentences = validity_sentences(
        archive.validity(release.version),
        labels,
        archive.reason(release.version, document.variant),
    )
    address = _addresses(archive, documents, language, page, root)
    name = labels.html("version_name", version=release.version)
    here = current_folders(documents)
    link = None
    if archive.shown is None and release is archive.current:
        sentences = (*sentences, Sentence(text=labels.word("draft_next")))
        link = (page_url(here, language, page), "draft_link")
    elif archive.has_changes(language) and language in here:
        link = (f"{here[language].folder}{CHANGES}.html", "versions_all")
    notice = _notice(name, sentences, address)
    if link:
        href, text = escape(root + link[0]), labels.html(link[1])
        notice["link"] = {"href": href, "text": text}
    return notice


def running_texts(
    release: Release, document: ReleasedDocument, archive: Archive
) -> dict[str, str]:
    """Return a version's running texts as they are true today.

    Nobody reviews an old version again; what never applied is not valid from a day, and
    nothing is valid before it was released.
    """
    texts = {**document.running_texts}
    if release is not archive.current:
        texts.pop("next_review", None)
    begins = archive.validity(release.version).begins
    if begins is None:
        texts.pop("valid_from", None)
    elif "valid_from" in texts and begins != release.valid_from:
        texts["valid_from"] = long_date(begins, archive.labels_of(document))
    return texts


def _draft_notice(document: Document, archive: Archive, root: str) -> dict[str, object]:
    labels, link = document.labels, None
    # Nothing is in force before the first release, so there is nothing to lead to.
    if archive.current:
        version = archive.current.version
        folders = version_folders(archive.current)
        href = root + page_url(folders, document.language, document.pages[0].id)
        name = labels.html("version_name", version=version)
        link = {"href": escape(href), "text": name}
    return {
        "kind": _DRAFT,
        "name": labels.html("draft_title"),
        "text": labels.html("draft_bar", version=document.edition.version),
        "pieces": [],
        "plain": labels.html("draft_bar", version=document.edition.version),
        "link": link,
    }


def _notice(
    name: str, sentences: Iterable[Sentence], address: Callable[[str], str]
) -> dict[str, object]:
    first, *others = sentences
    pieces = list(first.pieces(address))
    # Its first sentence stands out, unless it leads somewhere.
    text = pieces.pop(0)["text"] if len(pieces) == 1 else None
    for sentence in others:
        pieces += [{"text": " ", "href": None}, *sentence.pieces(address)]
    return {
        "kind": _VALIDITY,
        "name": name,
        "text": text,
        "pieces": pieces,
        # It stands in an attribute, where a quotation mark would end it.
        "plain": escape(" ".join(sentence.plain for sentence in (first, *others))),
        "link": None,
    }


def _addresses(
    archive: Archive,
    documents: Sequence[Document],
    language: str,
    page: str,
    root: str,
) -> Callable[[str], str]:
    def address(version: str) -> str:
        release = archive.release(version)
        folders = release_folders(release, archive, documents)
        return root + page_url(folders, language, page)

    return address
