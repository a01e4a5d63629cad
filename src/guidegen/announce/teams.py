"""A card for Teams: an Adaptive Card, as its schema 1.5 has it.

What is told stands in text runs, which know no Markdown, rather than in text blocks:
so no name becomes a link, a picture or a mention.
Source: Adaptive Cards, schema explorer, `RichTextBlock` and `TextRun` (since 1.2).
"""

from __future__ import annotations

from typing import Final

from guidegen.announce.inert import inert
from guidegen.announce.kit import Kit
from guidegen.model.json_records import Json

_SCHEMA: Final = "http://adaptivecards.io/schemas/adaptive-card.json"


def teams_card(kit: Kit) -> dict[str, Json]:
    """Return the card, as JSON has it."""
    body: list[Json] = [
        _text(kit.company, isSubtle=True, size="Small"),
        _text(kit.text("chat_title"), size="Large", weight="Bolder"),
        _text(kit.text("chat")),
    ]
    if kit.note:
        body += [_text(kit.text("news_title"), weight="Bolder"), _text(kit.note)]
    if kit.is_first:
        body += [_text(kit.text("quoted"), weight="Bolder")]
    body += [_text(kit.text("edition"), isSubtle=True, size="Small")]
    actions: list[Json] = [_open(kit.text("mail_button"), kit.links.front)]
    if kit.links.confirm:
        actions += [_open(kit.text("confirm_link"), kit.links.confirm)]
    elif kit.links.changes:
        actions += [_open(kit.text("see_changes"), kit.links.changes)]
    return {
        "$schema": _SCHEMA,
        "type": "AdaptiveCard",
        "version": "1.5",
        "fallbackText": inert(f"{kit.text('chat_title')} {kit.text('chat')}"),
        "body": body,
        "actions": actions,
    }


def _text(text: str, **look: Json) -> dict[str, Json]:
    run: dict[str, Json] = {"type": "TextRun", "text": inert(text), **look}
    return {"type": "RichTextBlock", "inlines": [run]}


def _open(title: str, url: str) -> dict[str, Json]:
    return {"type": "Action.OpenUrl", "title": inert(title), "url": url}
