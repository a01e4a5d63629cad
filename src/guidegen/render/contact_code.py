"""A contact as a vCard and as a QR code."""

from __future__ import annotations

import io
import re
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

    Args:
        contact: Who.
        company: Its organisation, in plain text.
        place: Its number among the contacts, from 1: part of the file names.
    """
    import segno  # noqa: PLC0415  # only a build needs it

    code = segno.make(
        _vcard(contact, company, longest=_LONGEST), error="m", micro=False
    )
    picture = io.BytesIO()
    code.save(picture, kind="svg", scale=4, border=2, xmldecl=False, nl=False)
    return (
        Asset(path=f"images/contact-{place}.svg", content=picture.getvalue()),
        Asset(
            path=f"images/contact-{place}.vcf",
            content=_vcard(contact, company).encode(),
        ),
    )


def _vcard(
    contact: GuidelineContact, company: str, *, longest: int | None = None
) -> str:
    """Return a vCard 3.0 (RFC 2426).

    First and last name are not told apart: the whole name is the family name.
    """
    fields = {
        "N": f"{_value(contact.name, longest)};;;;",
        "FN": _value(contact.name, longest),
        "ORG": _value(company, longest),
        "TITLE": _value(contact.role, longest),
        "EMAIL": _value(contact.email),
        "TEL": _value(contact.phone),
        "URL": _value(contact.chat),
    }
    lines = [f"{key}:{value}" for key, value in fields.items() if value.strip(";")]
    return "\r\n".join(("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""))


def _value(text: str | None, longest: int | None = None) -> str:
    """Return a text value escaped as RFC 2426 section 4 asks."""
    line = re.sub(r"\s+", " ", text or "")[:longest]
    return re.sub(r"([\\;,])", r"\\\1", line)
