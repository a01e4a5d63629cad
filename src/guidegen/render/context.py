"""What a section can print: the guideline's values, with every text marked as such."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import SimpleNamespace
from typing import Self
from urllib.parse import quote, urlencode

from markupsafe import Markup

from guidegen.model.adaptation import LISTED
from guidegen.model.document import Edition, State
from guidegen.model.guideline import Guideline, ItemLaw, SectionLaw
from guidegen.model.labels import PLACEHOLDER, fill_in, long_date
from guidegen.model.text import unmarked
from guidegen.render.escape import Text
from guidegen.render.running_texts import DIGEST_SHORT
from guidegen.sandbox import Readable


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
        "company": _company(guideline),
        "title": _view(guideline.title),
        "document": _view(guideline.document),
        "language": guideline.language,
        "variant": guideline.variant,
        "contacts": people,
        "contact": people[0],
        "topics": _view(guideline.topics),
        "levels": _view(guideline.levels),
        "rules": _rules(guideline),
        "rule": rule(None),
        "parts": _parts(guideline),
        "words": _view(dict(guideline.words)),
        "law": Law(guideline.law),
        "abroad": _view(guideline.abroad),
        "links": _Optional(guideline.links),
        "extra": _extra(guideline),
        "labels": _view(guideline.labels),
    }


def rule(number: int | None) -> SimpleNamespace:
    """Return what a section can print of itself: its number if it is a rule."""
    return SimpleNamespace(number=number)


def _company(guideline: Guideline) -> SimpleNamespace:
    speaker = guideline.speaker
    shown = {
        "name": guideline.company_name,
        "short_name": guideline.company.name,
        "nominative": guideline.company.nominative,
        "accusative": guideline.company.accusative,
        "dative": guideline.company.dative,
        "listed": guideline.listed,
        "countries": guideline.countries,
        "seat": guideline.seat,
        "works_council": guideline.works_council,
        "works_council_name": guideline.works_council_name,
        "speakers": guideline.speakers,
        "speaker": speaker.name,
        "speaker_nominative": speaker.nominative,
        "speaker_accusative": speaker.accusative,
        "speaker_dative": speaker.dative,
    }
    sector = _Sector(guideline.sector, listed=guideline.listed)
    return SimpleNamespace(
        sector=sector, **{name: _view(value) for name, value in shown.items()}
    )


class _Sector(Text):
    """A sector; that of a listed company is `listed`, too, as older texts have it."""

    __slots__ = ("_listed",)
    _listed: bool

    def __new__(cls, sector: str, *, listed: bool) -> Self:
        made = super().__new__(cls, sector)
        made._listed = listed
        return made

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) or (self._listed and other == LISTED)

    def __ne__(self, other: object) -> bool:
        return not self == other

    # Equal values need not have equal hashes here: no section can look it up in a map.
    __hash__ = Text.__hash__


def _rules(guideline: Guideline) -> SimpleNamespace:
    count = sum(
        section.number is not None
        for page in guideline.pages
        for section in page.sections
    )
    words = guideline.labels.get("numbers", "").split()
    word = words[count - 1] if 0 < count <= len(words) else str(count)
    return SimpleNamespace(count=count, word=Text(word))


def _parts(guideline: Guideline) -> SimpleNamespace:
    """Return where the optional sections stand, as the targets of links."""
    return SimpleNamespace(
        **{
            part.replace("-", "_"): Markup(address) if address else None  # noqa: S704  # ids of pages and headings
            for part, address in guideline.parts.items()
        }
    )


class Law(Readable):
    """What the law says of each section; nothing for those it says nothing of."""

    def __init__(self, sections: Mapping[str, SectionLaw]) -> None:
        self._sections = sections

    def __getitem__(self, section: str) -> _SectionLaw:
        return _SectionLaw(self._sections.get(section, _NO_LAW))


class _SectionLaw(Readable):
    def __init__(self, law: SectionLaw) -> None:
        self._items = law.items
        self.abroad = _view(law.abroad)

    def __getitem__(self, item: str) -> object:
        return _view(self._items.get(item, _NO_ITEM))


_NO_LAW = SectionLaw(items={}, abroad=())
_NO_ITEM = ItemLaw()


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


class _Optional(Readable):
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
        "title": unmarked(guideline.title),
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
