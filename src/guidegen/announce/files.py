"""The files that are texts: mail, chat, intranet, answers for managers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from guidegen.announce.kit import Kit
from guidegen.announce.letter import letter
from guidegen.announce.managers import managers_html, managers_markdown
from guidegen.announce.slack import slack_message
from guidegen.announce.teams import teams_card
from guidegen.announce.teaser import teaser_html, teaser_text
from guidegen.mail.file import mail_file
from guidegen.mail.html import html_mail
from guidegen.mail.text import text_mail
from guidegen.steering import json_escaped


def kit_files(kit: Kit, folders: Sequence[Path]) -> Mapping[str, bytes]:
    """Return the files of a language that are texts, by name.

    Args:
        kit: What there is to tell.
        folders: The packs' folders, the most specific first.

    Raises:
        PackError: The pack lacks a text, or its template of mails is wrong.
    """
    mail = letter(kit)
    texts = {
        "mail.html": html_mail(mail, folders),
        "mail.txt": text_mail(mail),
        "teams.json": _json(teams_card(kit)),
        "slack.json": _json(slack_message(kit)),
        "teaser.html": teaser_html(kit),
        "teaser.txt": teaser_text(kit),
        "faq.md": managers_markdown(kit),
        "faq.html": managers_html(kit, folders),
    }
    files = {name: text.encode() for name, text in texts.items()}
    return files | {"mail.eml": mail_file(mail, folders)}


def _json(data: object) -> str:
    return json_escaped(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"
