"""A contact as a vCard and as a QR code."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from guidegen.errors import FilesError
from guidegen.files import write_atomic
from guidegen.files.digest import sha256
from guidegen.model.document import Asset
from guidegen.model.guideline import GuidelineContact
from guidegen.render.escape import CONTROL
from guidegen.uri.phone import for_card

_LONGEST = 60
"""Characters of a name that go into the QR code: a small code scans from paper."""
_LONGEST_ADDRESS = 200
"""Bytes that an address in the QR code has at most; a cut one would lead nowhere."""
_UTF_8 = ";CHARSET=UTF-8"
_ADDRESSES = ("EMAIL", "TEL", "URL")
_END = b"</svg>"


def contact_assets(
    contact: GuidelineContact,
    company: str,
    number: int,
    *,
    cache: Path | None = None,
) -> tuple[Asset, Asset]:
    """Return the QR code (SVG) and the vCard of a contact.

    The code leaves out the role and the number for evenings, so that it is small enough
    to scan from paper and the same in every language.

    Args:
        contact: The person or office.
        company: Its organisation, in plain text.
        number: Its number among the contacts, from 1: part of the file names.
        cache: Where to keep codes between runs, if anywhere.
    """
    card = {
        "FN": _line(contact.name),
        "ORG": _line(company),
        "TITLE": _line(contact.role),
        "EMAIL": _line(contact.email),
        "TEL": for_card(_line(contact.phone)),
        # For evenings and weekends: the vCard has no word for that, so the usual number
        # is the first.
        "TEL;TYPE=voice": for_card(_line(contact.out_of_hours)),
        "URL": quote(_line(contact.chat), safe="/:?#[]@!$&'()*+,;=%~-._"),
    }
    picture = _picture(_vcard(_short(card)), cache)
    return (
        Asset(path=f"images/contact-{number}.svg", content=picture),
        Asset(
            path=f"images/contact-{number}.vcf",
            content=_vcard(card, outlook=True).encode(),
        ),
    )


def _picture(text: str, cache: Path | None) -> bytes:
    # Contacts seldom change, so a build need not draw their codes anew.
    cached = cache / f"{sha256(text.encode())}.svg" if cache else None
    if cached:
        with suppress(OSError):
            kept = cached.read_bytes()
            # A power failure can leave an empty file.
            if kept.endswith(_END):
                return kept
    picture = _draw(text)
    if cached:
        with suppress(FilesError):  # a code that cannot be kept is drawn again
            write_atomic(cached, picture, lasting=False)
    return picture


# All languages share a contact's code, because the role is not in it.
@lru_cache(maxsize=64)
def _draw(text: str) -> bytes:
    import segno  # noqa: PLC0415  # only a new contact needs it

    picture = io.BytesIO()
    # Phones do not read Micro QR codes.
    code = segno.make(text, error="m", micro=False, encoding="utf-8")
    code.save(picture, kind="svg", scale=4, border=2, xmldecl=False, nl=False)
    return picture.getvalue()


def _short(card: dict[str, str]) -> dict[str, str]:
    """Return what goes into the QR code."""
    short = {"FN": card["FN"][:_LONGEST], "ORG": card["ORG"][:_LONGEST]}
    for key in _ADDRESSES:
        if len(card[key].encode()) <= _LONGEST_ADDRESS:
            short[key] = card[key]
    return short


def _vcard(values: dict[str, str], *, outlook: bool = False) -> str:
    """Return a vCard 3.0 (RFC 2426).

    First and last names cannot be told apart, so the whole is the family name.

    Args:
        values: Texts by property.
        outlook: Whether to name the encoding, which only Outlook needs to be told:
            others take UTF-8, and ignore what vCard 2.1 called it.
    """
    escaped = {
        # RFC 2426 section 4 escapes texts; an address in the web is none.
        key: value if key == "URL" else re.sub(r"([\\;,])", r"\\\1", value)
        for key, value in values.items()
        if value
    }
    # N and FN are mandatory even if empty (RFC 2426, 3.1), and lines end with CRLF.
    lines = {"N": f"{escaped.get('FN', '')};;;;"} | escaped
    return "\r\n".join(
        (
            *("BEGIN:VCARD", "VERSION:3.0"),
            *(
                f"{key}{'' if value.isascii() or not outlook else _UTF_8}:{value}"
                for key, value in lines.items()
            ),
            *("END:VCARD", ""),
        )
    )


def _line(text: str | None) -> str:
    """Return a text on one line, without characters that no program can show."""
    return re.sub(r"\s+", " ", CONTROL.sub("", text or "")).strip()
