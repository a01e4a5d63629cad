"""The running texts around the pages: who is responsible, since when, which version."""

from __future__ import annotations

from guidegen.model.document import Edition, State
from guidegen.model.guideline import Guideline
from guidegen.model.labels import OF_LANGUAGE, long_date
from guidegen.model.text import language_of_mark, unmarked

DIGEST_SHORT = 8
"""How many characters of a digest readers see."""


def running_texts(
    guideline: Guideline, digest: str, edition: Edition
) -> dict[str, str]:
    """Return the plain texts around the pages.

    `owner`, `valid_from`, `next_review`, `version`, `digest_short` are always there,
    `draft` in a draft only, `news` while the last major release is news,
    `document_number`, `classification` and `approved_by` if the company has them. One
    that is in another language than the guideline has it beside it: `owner_language`;
    so does its title.
    """
    version, labels = guideline.version, guideline.labels
    review = edition.next_review or version.next_review
    draft = edition.state is State.DRAFT
    texts = {
        **_language("title", guideline.title),
        **_text("owner", version.owner),
        "valid_from": long_date(edition.valid_from or version.valid_from, labels),
        "next_review": long_date(review, labels),
        "version": labels.word("draft_version", version=edition.version)
        if draft
        else edition.version,
        "digest_short": digest[:DIGEST_SHORT],
    }
    register = guideline.document
    given = {
        "document_number": register.number,
        "classification": register.classification,
        # Whoever approved this very release, rather than who usually does.
        "approved_by": edition.approved_by or register.approved_by,
    }
    for key, text in given.items():
        texts |= _text(key, text) if text else {}
    if draft:
        texts["draft"] = labels.word("draft_banner")
    news = edition.news.find(guideline.variant) if edition.news else None
    if news:
        texts["news"] = news
    return texts


def _text(key: str, text: str) -> dict[str, str]:
    return {key: unmarked(text), **_language(key, text)}


def _language(key: str, text: str) -> dict[str, str]:
    language = language_of_mark(text)
    return {f"{key}{OF_LANGUAGE}": language} if language else {}
