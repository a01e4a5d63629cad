"""A message for Slack: blocks of Block Kit, all texts of them plain.

Source of the limits: docs.slack.dev, reference, Block Kit (blocks and composition
objects); of what is escaped: "Formatting message text", "Escaping text".
"""

from __future__ import annotations

from typing import Final

from guidegen.announce.inert import inert
from guidegen.announce.kit import Kit
from guidegen.model.json_records import Json

_HEADER: Final = 150
_SECTION: Final = 3_000
_CONTEXT: Final = 2_000
_BUTTON: Final = 75
_FALLBACK: Final = 3_000
"""Characters that each may have at most; Slack cuts no text, it refuses the message."""
_ESCAPED: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def slack_message(kit: Kit) -> dict[str, Json]:
    """Return the message, as JSON has it."""
    blocks: list[Json] = [
        {"type": "header", "text": _plain(kit.text("chat_title"), _HEADER)},
        _section(kit.text("chat")),
    ]
    if kit.note:
        blocks += [_section(f"{kit.text('news_title')}: {inert(kit.note)}")]
    if kit.is_first:
        blocks += [_section(kit.text("quoted"))]
    buttons: list[Json] = [_button("rules", kit.text("mail_button"), kit.links.front)]
    if kit.links.confirm:
        buttons += [_button("confirm", kit.text("confirm_link"), kit.links.confirm)]
    elif kit.links.changes:
        buttons += [_button("changes", kit.text("see_changes"), kit.links.changes)]
    blocks += [
        {"type": "actions", "elements": buttons},
        {"type": "context", "elements": [_plain(kit.text("edition"), _CONTEXT)]},
    ]
    # What a notification shows is the one text that Slack reads as markup.
    told = inert(f"{kit.text('chat_title')} {kit.text('chat')}")[:_FALLBACK]
    escaped = "".join(_ESCAPED.get(letter, letter) for letter in told)
    return {"text": escaped, "blocks": blocks}


def _section(text: str) -> dict[str, Json]:
    return {"type": "section", "text": _plain(text, _SECTION)}


def _button(name: str, label: str, url: str) -> dict[str, Json]:
    return {
        "type": "button",
        "action_id": f"guidegen-{name}",
        "text": _plain(label, _BUTTON),
        "url": url,
    }


def _plain(text: str, most: int) -> dict[str, Json]:
    line = inert(text)
    if len(line) > most:
        line = f"{line[: most - 1]}…"
    # Without emoji, `:tada:` stays what it says.
    return {"type": "plain_text", "text": line, "emoji": False}
