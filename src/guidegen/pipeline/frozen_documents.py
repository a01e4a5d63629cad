"""The documents of a released version as they were frozen, in today's frame."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, cast

from guidegen.compose.wording import Wording
from guidegen.model.document import Asset, Document, Edition
from guidegen.model.guideline import GuidelineContact
from guidegen.model.labels import Labels, long_date
from guidegen.model.release import Release, ReleasedDocument
from guidegen.model.text import LocalText
from guidegen.pipeline.versioning import released_edition
from guidegen.pipeline.working_copy import WorkingCopy
from guidegen.release.history import frozen_file, released_pages
from guidegen.schema.picture_files import safe_picture

_WAYS = ("email", "phone", "chat", "answers_within", "out_of_hours")


def frozen_documents(
    release: Release, working_copy: WorkingCopy
) -> tuple[Document, ...]:
    """Return the documents of all languages of a release, the front page's first.

    Pages, pictures, logos, digests and facts are those of the release. Of today are
    the words around them, and when the next review is due; the working files say
    nothing.

    Args:
        release: The release.
        working_copy: The project: its pack and its releases.

    Raises:
        ReleaseError: A file of the release is not what was released.
    """
    edition = released_edition(release, working_copy.history)
    return tuple(
        _document(release, each, working_copy, edition)
        for each in release.documents.values()
    )


def _document(
    release: Release,
    document: ReleasedDocument,
    working_copy: WorkingCopy,
    edition: Edition,
) -> Document:
    language, asked = document.language, release.answers
    wording = _wording(release, language, working_copy)
    labels = _labels(wording, document.variant)
    texts = dict(document.running_texts)
    if edition.next_review:
        texts["next_review"] = long_date(edition.next_review, labels)
    if edition.valid_from and edition.valid_from != release.valid_from:
        texts["valid_from"] = long_date(edition.valid_from, labels)
    brand = cast("Mapping[str, Any]", asked.get("brand") or {})
    return Document(
        language=language,
        variant=document.variant,
        locale=wording.locale,
        title=document.title,
        company=document.company,
        pages=released_pages(release, language),
        assets=_assets(release, document),
        contacts=_contacts(asked.get("contacts"), language, document.variant),
        labels=labels,
        running_texts=texts,
        brand_color=brand.get("color"),
        logo=_asset(release, language, document.logo),
        logo_dark=_asset(release, language, document.logo_dark),
        valid_from=calendar.timegm(
            (edition.valid_from or release.valid_from).timetuple()
        ),
        markdown_extensions=working_copy.pack.markdown_extensions,
        digest=document.digest,
        edition=edition,
    )


def _wording(release: Release, language: str, working_copy: WorkingCopy) -> Wording:
    """Return the pack's words as the release's company had them."""
    asked = cast("Mapping[str, Any]", release.answers["company"])
    countries = tuple(asked.get("countries") or ())
    answers = working_copy.answers
    company = replace(
        answers.company, countries=countries, stated_seat=asked.get("seat")
    )
    return Wording(
        answers=replace(
            answers, company=company, address=str(release.answers.get("address", "du"))
        ),
        pack=working_copy.pack,
        language=language,
    )


def _labels(wording: Wording, variant: str) -> Labels:
    try:
        return wording.labels
    except KeyError:
        # The pack has dropped the language since; other words beat none.
        texts = wording.pack.labels
        return Labels({key: each.find(variant) or key for key, each in texts.items()})


def _assets(release: Release, document: ReleasedDocument) -> tuple[Asset, ...]:
    names = set(release.assets(document.language)) - set(document.logos)
    # Contacts are numbered, and 10 comes after 9.
    ordered = sorted(names, key=lambda name: (len(name), name))
    found = (_asset(release, document.language, name) for name in ordered)
    return tuple(asset for asset in found if asset)


def _asset(release: Release, language: str, path: str | None) -> Asset | None:
    if path is None:
        return None
    content = frozen_file(release, f"{language}/{path}")
    # What was released long ago, or elsewhere, may hold more than a picture.
    return Asset(path=path, content=safe_picture(content, PurePosixPath(path).suffix))


def _contacts(
    asked: object, language: str, variant: str
) -> tuple[GuidelineContact, ...]:
    """Return the contacts in the order of then: those first who answer in it."""
    people = cast("Sequence[Mapping[str, Any]]", asked or ())
    ordered = sorted(
        people,
        key=lambda each: (
            bool(each.get("languages")) and language not in each["languages"]
        ),
    )
    return tuple(
        GuidelineContact(
            name=_text(each.get("name"), variant) or "",
            role=_text(each.get("role"), variant),
            **{way: _text(each.get(way), variant) for way in _WAYS},  # type: ignore[arg-type]  # texts, each of them
        )
        for each in ordered
    )


def _text(asked: str | Mapping[str, str] | None, variant: str) -> str | None:
    return None if asked is None else LocalText.of(asked).find(variant)
