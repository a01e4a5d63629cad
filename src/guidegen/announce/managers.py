"""Answers for everybody who leads a team, as Markdown and as a web page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from guidegen.announce.inert import inert
from guidegen.announce.kit import Kit
from guidegen.mail import Button, Mail, Paragraph
from guidegen.mail.characters import line_of
from guidegen.mail.contact import contact_block
from guidegen.mail.html import html_mail

_QUESTIONS: Final = (
    *("changes", "allowed", "forced", "may", "mistake", "breach", "media", "self"),
    *("confirm", "tell"),
)
# CommonMark, 2.4: any ASCII punctuation may be escaped. What means something within a
# line, in CommonMark and the usual extensions of it …
_WITHIN: Final = re.compile(r"[\\`*_{\[\]<>&~|$]")
# … and what begins a heading, a list, a quotation or a rule.
_AT_START: Final = re.compile(r"^(?:([-+=#:])|(\d+)([.)]))")


def questions_and_answers(kit: Kit) -> tuple[tuple[str, str], ...]:
    """Return the questions of managers with their answers."""
    asked = [key for key in _QUESTIONS if key != "confirm" or kit.links.confirm]
    return tuple(
        (kit.text(f"faq_{key}_question"), _answer(kit, f"faq_{key}")) for key in asked
    )


def _answer(kit: Kit, key: str) -> str:
    answer = kit.text(key)
    if key == "faq_changes" and kit.note:
        return f"{answer}\n{kit.text('news_title')}: {line_of(kit.note)}"
    return answer


def managers_markdown(kit: Kit) -> str:
    """Return the answers as CommonMark that can become nothing but text."""
    parts = [f"# {_markdown(kit.text('faq_title'))}", _markdown(kit.text("faq_lead"))]
    for question, answer in questions_and_answers(kit):
        parts += [f"## {_markdown(question)}", *map(_markdown, answer.split("\n"))]
    ways = "".join(
        f"\n- {_markdown(f'{each.label}: {each.text}')}" for each in kit.ways
    )
    parts += [
        f"## {_markdown(kit.text('questions'))}",
        f"{_markdown(_named(kit))}\n{ways}" if ways else _markdown(_named(kit)),
        f"<{kit.links.front}>",
        _markdown(kit.text("edition")),
    ]
    return "\n\n".join(parts) + "\n"


def managers_html(kit: Kit, folders: Sequence[Path]) -> str:
    """Return the answers as a web page that loads nothing, in the look of the mail.

    Args:
        kit: What there is to tell.
        folders: The packs' folders, the most specific first.

    Raises:
        PackError: The pack lacks a text, or its template of mails is wrong.
    """
    answers = (
        Paragraph(heading=question, text=answer)
        for question, answer in questions_and_answers(kit)
    )
    page = Mail(
        language=kit.locale,
        company=kit.company,
        subject=kit.text("faq_title"),
        preheader=kit.text("faq_lead"),
        title=kit.text("faq_title"),
        blocks=(
            Paragraph(text=kit.text("faq_lead")),
            *answers,
            Button(label=kit.text("read_all"), href=kit.links.front),
            contact_block(kit.contact, kit.labels, kit.text("questions")),
        ),
        small_print=(kit.text("edition"),),
        brand=kit.brand,
    )
    return html_mail(page, folders)


def _named(kit: Kit) -> str:
    return ", ".join(filter(None, (kit.contact.name, kit.contact.role)))


def _markdown(text: str) -> str:
    """Return a text on one line that is nothing but text in Markdown."""
    escaped = _WITHIN.sub(r"\\\g<0>", inert(text))
    return _AT_START.sub(
        lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}",
        escaped,
    )
