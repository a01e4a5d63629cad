"""Where people confirm that they have received a version: addresses that name it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from guidegen.model.guideline import Guideline
from guidegen.model.labels import PLACEHOLDER, fill_in


def acknowledgement(
    guideline: Guideline, version: str, digest: str
) -> dict[str, object] | None:
    """Return what a section can print of it, None where nobody asked for it.

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
    """Return a form's address with values in their places, or else in its query."""
    quoted = {name: quote(value, safe="") for name, value in known.items()}
    if PLACEHOLDER.search(address):
        return fill_in(address, quoted)
    page, hash_sign, place = address.partition("#")
    joint = "&" if "?" in page else "?"
    joint = "" if page.endswith(("?", "&")) else joint
    return f"{page}{joint}{urlencode(known)}{hash_sign}{place}"


def _mailto(email: str, subject: str, body: str) -> str:
    """Return the address (RFC 6068) that opens a message ready to be sent."""
    lines = body.replace("\n", "\r\n")
    return (
        f"mailto:{quote(email, safe='@')}"
        f"?subject={quote(subject, safe='')}&body={quote(lines, safe='')}"
    )
