"""Answers for everybody who leads a team, as Markdown and as a web page."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from guidegen.announce.inert import inert
from guidegen.announce.kit import Kit
from guidegen.mail.characters import line_of

_QUESTIONS: Final = (
    *("changes", "allowed", "forced", "may", "mistake", "breach", "media", "self"),
    *("confirm", "tell"),
)
# CommonMark, 2.4: any ASCII punctuation may be escaped. What means something within a
# line, in CommonMark and the usual extensions of it …
_WITHIN: Final = re.compile(r"[\\`*_{\[\]<>&~|$]")
# … and what begins a heading, a list, a quotation or a rule.
_AT_START: Final = re.compile(r"^(?:([-+=#:])|(\d+)([.)]))")
_STYLE: Final = (
    "body{max-width:44rem;margin:2rem auto;padding:0 1.2rem;"
    "font:1.05rem/1.55 'Segoe UI','Source Sans 3',Helvetica,Arial,sans-serif;"
    "color-scheme:light dark;overflow-wrap:anywhere}"
    "h1{font-size:1.7rem;line-height:1.25}h2{font-size:1.15rem;margin:1.6rem 0 .3rem}"
    "p{margin:0 0 .6rem}"
)


def questions_and_answers(kit: Kit) -> tuple[tuple[str, str], ...]:
    """Return the questions of managers with their answers."""
    asked = [key for key in _QUESTIONS if key != "confirm" or kit.links.confirm]
    return tuple(
        (kit.text(f"faq_{key}_question"), _answer(kit, f"faq_{key}")) for key in asked
    )


def _answer(kit: Kit, key: str) -> str:
    answer = kit.text(key)
    if key == "faq_changes" and kit.note:
        return f"{answer}\n{kit.text('news_title')}: {kit.note}"
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


def managers_html(kit: Kit) -> str:
    """Return the answers as a web page that loads nothing."""
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{_html(kit.locale)}">',
        '<head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_html(kit.text('faq_title'))}</title>",
        f"<style>{_STYLE}</style></head>",
        "<body><main>",
        f"<h1>{_html(kit.text('faq_title'))}</h1>",
        f"<p>{_html(kit.text('faq_lead'))}</p>",
    ]
    for question, answer in questions_and_answers(kit):
        parts.append(f"<h2>{_html(question)}</h2>")
        parts += [f"<p>{_html(line)}</p>" for line in answer.split("\n")]
    parts += [
        f"<h2>{_html(kit.text('questions'))}</h2>",
        f"<p>{_html(_named(kit))}</p>",
    ]
    if kit.ways:
        ways = "".join(
            f'<li>{_html(each.label)}: <a href="{_html(each.href or "")}">'
            f"{_html(each.text)}</a></li>"
            for each in kit.ways
        )
        parts.append(f"<ul>{ways}</ul>")
    parts += [
        f'<p><a href="{_html(kit.links.front)}">{_html(kit.text("read_all"))}</a></p>',
        f"<p>{_html(kit.text('edition'))}</p>",
        "</main></body></html>",
    ]
    return "\n".join(parts) + "\n"


def _named(kit: Kit) -> str:
    return ", ".join(filter(None, (kit.contact.name, kit.contact.role)))


def _html(text: str) -> str:
    return escape(line_of(text))


def _markdown(text: str) -> str:
    """Return a text on one line that is nothing but text in Markdown."""
    escaped = _WITHIN.sub(r"\\\g<0>", inert(text))
    return _AT_START.sub(
        lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}",
        escaped,
    )
