"""The mail and the day in the calendar of each wave."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence

from guidegen.icalendar import Event
from guidegen.mail import Block, Button, Choices, Contact, Mail, Paragraph
from guidegen.model.document import Document
from guidegen.model.text import unmarked
from guidegen.practice.plan import Wave


def letters(
    document: Document, waves: Sequence[Wave], address: str, contact: Contact
) -> tuple[Mail, ...]:
    """Return the mail of each wave.

    Args:
        document: The guideline in their language.
        waves: The waves.
        address: Where the practice page is published.
        contact: Whom to ask.

    Raises:
        PackError: The pack lacks a word.
    """
    word = document.labels.word
    return tuple(
        Mail(
            language=document.locale,
            company=document.company,
            subject=word("plan_subject", **_numbered(document, wave, waves)),
            preheader=word("plan_preheader"),
            title=word(f"plan_title_{wave.number}"),
            blocks=tuple(_blocks(document, wave, address, contact)),
            small_print=(word("plan_privacy"),),
            brand=document.brand_color,
        )
        for wave in waves
    )


def _blocks(
    document: Document, wave: Wave, address: str, contact: Contact
) -> Iterator[Block]:
    word = document.labels.word
    yield Paragraph(text=word(f"plan_intro_{wave.number}"))
    for number, card in enumerate(wave.cards, 1):
        yield Choices(
            heading=word("plan_question", number=str(number)),
            question=unmarked(card.question),
            choices=tuple(map(unmarked, card.choices)),
            label=word("plan_solution"),
            href=f"{address}#card-{card.id}",
        )
    yield Button(label=word("plan_button"), href=address)
    yield contact


def events(
    document: Document, waves: Sequence[Wave], address: str, guideline: str
) -> tuple[Event, ...]:
    """Return the day of each wave.

    Its id stays the same in a plan with another start, so that calendars move it, as
    far as they compare: a later start counts as the newer plan.

    Args:
        document: The guideline in their language.
        waves: The waves.
        address: Where the practice page is published.
        guideline: What tells this guideline from others.
    """
    word = document.labels.word
    start = waves[0].day
    # The plan has no clock: its first day stands for when it was made.
    moment = dt.datetime.combine(start, dt.time(), dt.UTC)
    return tuple(
        Event(
            uid=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{guideline}/{wave.number}")),
            moment=moment,
            sequence=start.toordinal(),
            day=wave.day,
            language=document.language,
            title=word("plan_event", **_numbered(document, wave, waves)),
            text=word("plan_event_text", address=address),
            address=address,
        )
        for wave in waves
    )


def _numbered(document: Document, wave: Wave, waves: Sequence[Wave]) -> dict[str, str]:
    return {
        "number": str(wave.number),
        "count": str(len(waves)),
        "title": unmarked(document.title),
    }
