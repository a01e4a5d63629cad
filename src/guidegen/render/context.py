"""What a section can print: the guideline's values, with every text marked as such."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import SimpleNamespace
from urllib.parse import quote, urlencode

from guidegen.model.document import Edition, State
from guidegen.model.guideline import Guideline
from guidegen.model.labels import PLACEHOLDER, fill_in, long_date
from guidegen.render.escape import Text
from guidegen.render.running_texts import DIGEST_SHORT


def context(
    guideline: Guideline, edition: Edition | None = None, digest: str = ""
) -> dict[str, object]:
    """Return what a section can print (see docs/reference/template-pack.md).

    Args:
        guideline: One language's guideline.
        edition: Which edition it is, once that is known.
        digest: The digest of its text, once it is known.

    Raises:
        PackError: The pack lacks a word.
    """
    version, short = edition.version if edition else "", digest[:DIGEST_SHORT]
    named = {
        "company": {
            "name": guideline.company_name,
            "short_name": guideline.company_short_name,
            "sector": guideline.sector,
            "countries": guideline.countries,
            "works_council": guideline.works_council,
            "speaker": guideline.speaker,
        },
        "version": _dates(guideline),
        "magic": guideline.magic,
        "edition": {
            "version": version,
            "acknowledged_from": edition.acknowledged_from if edition else "",
            "digest": short,
            # Before the edition is known the text counts as released: drafts and
            # releases of one text have the same digest.
            "draft": edition is not None and edition.state is State.DRAFT,
        },
        "acknowledgement": acknowledgement(guideline, version, short),
    }
    values = {name: _view(value) for name, value in named.items()}
    people = _people(guideline)
    return values | {
        "title": _view(guideline.title),
        "language": guideline.language,
        "variant": guideline.variant,
        "contacts": people,
        "contact": people[0],
        "topics": _view(guideline.topics),
        "links": _Optional(guideline.links),
        "extra": _extra(guideline),
        "labels": _view(guideline.labels),
    }


def _dates(guideline: Guideline) -> dict[str, str]:
    version, labels = guideline.version, guideline.labels
    return {
        "owner": version.owner,
        "valid_from": long_date(version.valid_from, labels),
        "next_review": long_date(version.next_review, labels),
    }


def _people(guideline: Guideline) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(**_view_fields(contact), qr=f"images/contact-{number}.svg")
        for number, contact in enumerate(guideline.contacts, start=1)
    ]


def _extra(guideline: Guideline) -> _Optional:
    """Return the answers to the pack's own questions, dates written out."""
    return _Optional(
        {
            key: long_date(value, guideline.labels)
            if isinstance(value, dt.date)
            else value
            for key, value in guideline.extra.items()
        }
    )


class _Optional:
    """Answers any of which may be missing: looking one up gives None then."""

    def __init__(self, answers: Mapping[str, object]) -> None:
        self._answers = {key: _view(value) for key, value in answers.items()}

    # Jinja looks for an item where an object has no attribute of the name.
    def __getitem__(self, key: str) -> object:
        return self._answers.get(key)


def _view(value: object) -> object:
    """Return a value as templates see it, with every text marked as an answer."""
    if isinstance(value, str):
        return Text(value)
    if isinstance(value, dict):
        return SimpleNamespace(**{key: _view(entry) for key, entry in value.items()})
    if isinstance(value, tuple):
        return tuple(_view(entry) for entry in value)
    # A bare namespace, not the object itself: a section must not reach its methods.
    if is_dataclass(value):
        return SimpleNamespace(**_view_fields(value))
    return value


def _view_fields(value: object) -> dict[str, object]:
    return {
        field.name: _view(getattr(value, field.name))
        for field in fields(value)  # type: ignore[arg-type]
    }


def acknowledgement(
    guideline: Guideline, version: str, digest: str
) -> dict[str, object] | None:
    """Return what a section can print of an acknowledgement; None if none is wanted.

    Args:
        guideline: One language's guideline.
        version: The version to be confirmed.
        digest: The first characters of its digest.

    Raises:
        PackError: The pack has no words for the email.
    """
    asked = guideline.acknowledgement
    if asked is None:
        return None
    labels = guideline.labels
    known = {"version": version, "digest": digest, "language": guideline.language}
    named = known | {
        "title": guideline.title,
        "language": labels.get(guideline.language, guideline.language),
    }
    mailto = None
    if asked.email:
        mailto = _mailto(
            asked.email,
            labels.word("acknowledgement_subject", **named),
            labels.word("acknowledgement_body", **named),
        )
    return {
        "form": _prefilled(asked.form, known) if asked.form else None,
        "mailto": mailto,
        "email": asked.email,
        "slip": asked.slip,
    }


def _prefilled(address: str, known: Mapping[str, str]) -> str:
    """Return a form's address with the values in its placeholders or its query."""
    quoted = {name: quote(value, safe="") for name, value in known.items()}
    if PLACEHOLDER.search(address):
        return fill_in(address, quoted)
    # The query stands before the fragment (RFC 3986, 3).
    page, hash_sign, fragment = address.partition("#")
    joint = "&" if "?" in page else "?"
    joint = "" if page.endswith(("?", "&")) else joint  # it is there already
    return f"{page}{joint}{urlencode(known)}{hash_sign}{fragment}"


def _mailto(email: str, subject: str, body: str) -> str:
    """Return the address (RFC 6068) that opens a message ready to be sent."""
    # RFC 6068, section 5: line breaks are %0D%0A, and spaces %20. `urlencode` would
    # write `+`, which mail programs show as a plus.
    lines = body.replace("\n", "\r\n")
    return (
        f"mailto:{quote(email, safe='@')}"
        f"?subject={quote(subject, safe='')}&body={quote(lines, safe='')}"
    )
