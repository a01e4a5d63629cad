"""What everybody is told by mail."""

from __future__ import annotations

from collections.abc import Iterator

from guidegen.announce.kit import Kit
from guidegen.mail import Block, Button, Mail, Paragraph
from guidegen.mail.contact import contact_block


def letter(kit: Kit) -> Mail:
    """Return the mail that tells of a release."""
    return Mail(
        language=kit.locale,
        company=kit.company,
        subject=kit.text("mail_subject"),
        preheader=kit.text("mail_preheader"),
        title=kit.text("mail_title"),
        blocks=tuple(_blocks(kit)),
        small_print=(kit.text("edition"),),
        brand=kit.brand,
    )


def _blocks(kit: Kit) -> Iterator[Block]:
    yield from (Paragraph(text=point) for point in kit.points("mail_intro"))
    if kit.is_first:
        yield Paragraph(heading=kit.text("sentence_title"), text=kit.text("quoted"))
    if kit.note or kit.links.changes:
        yield Paragraph(
            heading=kit.text("news_title") if kit.note else None,
            text=kit.note or "",
            label=kit.text("see_changes") if kit.links.changes else None,
            href=kit.links.changes,
        )
    yield Button(label=kit.text("mail_button"), href=kit.links.front)
    if kit.links.confirm:
        yield Paragraph(
            text=kit.text("confirm"),
            label=kit.text("confirm_link"),
            href=kit.links.confirm,
        )
    if kit.asks and kit.links.practice:
        yield Paragraph(
            text=kit.text("practise"),
            label=kit.text("practise_link"),
            href=kit.links.practice,
        )
    key = "mail_mistakes" if kit.is_first else "mail_goes_on"
    yield Paragraph(text=kit.text(key))
    yield contact_block(kit.contact, kit.labels, kit.text("questions"))
