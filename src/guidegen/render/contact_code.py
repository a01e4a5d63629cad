"""A contact as a vCard and as a QR code."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from guidegen.model.document import Asset

if TYPE_CHECKING:
    from guidegen.model.guideline import GuidelineContact

_LONGEST = 60
"""Characters of a field that go into the QR code: a small code scans from paper."""


def contact_assets(
    contact: GuidelineContact, company: str, place: int
) -> tuple[Asset, Asset]:
    """Return the QR code (SVG) and the vCard of a contact.

    The code leaves out the role: it stays small enough to scan from paper, and is the
    same in every language.

    Args:
        contact: Who.
        company: Its organisation, in plain text.
        place: Its number among the contacts, from 1: part of the file names.
    """
    short = {
        key: _value(value, _LONGEST)
        for key, value in _fields(contact, company).items()
        if key != "TITLE"
    }
    card = {key: _value(value) for key, value in _fields(contact, company).items()}
    return (
        Asset(path=f"images/contact-{place}.svg", content=_picture(_vcard(short))),
        Asset(path=f"images/contact-{place}.vcf", content=_vcard(card).encode()),
    )


@lru_cache(maxsize=64)
def _picture(text: str) -> bytes:
    import segno  # noqa: PLC0415  # only a build needs it

    picture = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(picture, kind="svg", scale=4, border=2, xmldecl=False, nl=False)
    return picture.getvalue()


def _fields(contact: GuidelineContact, company: str) -> dict[str, str | None]:
    return {
        "FN": contact.name,
        "ORG": company,
        "TITLE": contact.role,
        "EMAIL": contact.email,
        "TEL": contact.phone,
        "URL": contact.chat,
    }


def _vcard(values: dict[str, str]) -> str:
    """Return a vCard 3.0 (RFC 2426); without a first and a last name to tell apart,
    the whole name stands as the family name."""
    lines = [f"{key}:{value}" for key, value in values.items() if value]
    return "\r\n".join(
        ("BEGIN:VCARD", "VERSION:3.0", f"N:{values['FN']};;;;", *lines, "END:VCARD", "")
    )


def _value(text: str | None, longest: int | None = None) -> str:
    """Return a text value escaped as RFC 2426 section 4 asks."""
    line = re.sub(r"\s+", " ", text or "")[:longest]
    return re.sub(r"([\\;,])", r"\\\1", line)
