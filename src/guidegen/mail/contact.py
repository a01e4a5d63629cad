"""Whom to ask, at the end of a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from guidegen.mail.message import Contact, Way
from guidegen.model.guideline import GuidelineContact
from guidegen.model.labels import Labels
from guidegen.uri.phone import dialled


def contact_block(contact: GuidelineContact, labels: Labels, heading: str) -> Contact:
    """Return whom to ask, with all ways to reach that person.

    Args:
        contact: The person or office, as a document has it: in plain text.
        labels: The words of the document.
        heading: What stands above it.

    Raises:
        PackError: The pack lacks a word.
    """
    return Contact(
        heading=heading,
        name=contact.name,
        role=contact.role,
        ways=ways_to(contact, labels),
    )


def ways_to(contact: GuidelineContact, labels: Labels) -> tuple[Way, ...]:
    """Return the ways to reach somebody: mail, phone, chat.

    Raises:
        PackError: The pack lacks a word.
    """
    return tuple(_ways(contact, labels))


def _ways(contact: GuidelineContact, labels: Labels) -> Iterator[Way]:
    if contact.email:
        href = f"mailto:{quote(contact.email, safe='@')}"
        yield Way(label=labels.word("email"), text=contact.email, href=href)
    if contact.phone:
        href = f"tel:{dialled(contact.phone)}"
        yield Way(label=labels.word("phone"), text=contact.phone, href=href)
    if contact.chat:
        # As one would type it.
        text = re.sub(r"^https?://", "", contact.chat).removesuffix("/")
        yield Way(label=labels.word("chat"), text=text, href=contact.chat)
