"""Styles in an SVG: only properties that draw, and no address out of the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from guidegen.schema.svg_lists import FUNCTIONS, PROPERTIES

_CALL: Final = re.compile(r"([\w-]*)\s*\(")
_URL: Final = re.compile(r"url\(\s*(['\"]?)#([^\s'\"()\\<>]+)\1\s*\)", re.IGNORECASE)
# Escapes and comments can hide one word in another.
_HIDING: Final = re.compile(r"\\|/\*|\*/|[{}@<>\x00-\x08]")
_COMMENT: Final = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_SELECTOR: Final = re.compile(r"[\w\s.#,*>+~:()\[\]=\"^$|-]+")
_SIMPLE: Final = re.compile(r"[.#]?[\w-]+")
_SILENT: Final = frozenset({"@charset", "@namespace"})


def checked_value(value: str) -> str | None:
    """Return a value that calls nothing out of the file, None if it does."""
    if _HIDING.search(value):
        return None
    calls = [name.lower() for name in _CALL.findall(value)]
    if calls.count("url") != len(_URL.findall(value)):
        return None
    return value if {*calls} <= FUNCTIONS else None


def references(value: str) -> list[str]:
    """Return the ids of what a value takes from elsewhere in the file."""
    return [name for _, name in _URL.findall(value)]


def checked_style(style: str) -> str:
    """Return declarations without those that are not known to be harmless."""
    given = [each for each in style.split(";") if each.strip()]
    kept = [each for each in given if _is_harmless(each)]
    return style if kept == given else ";".join(each.strip() for each in kept)


def _is_harmless(declaration: str) -> bool:
    name, colon, value = declaration.partition(":")
    return (
        bool(colon)
        and name.strip().lower() in PROPERTIES
        and checked_value(value) is not None
    )


class Sheet:
    """A style sheet as far as it is harmless."""

    __slots__ = ("is_whole", "missed", "references", "text")

    def __init__(self) -> None:
        self.text = ""
        self.is_whole = True
        """Whether nothing was left out of it."""
        self.missed: list[str] = []
        """Rules such as `@import` that were left out."""
        self.references: dict[str, list[str]] = {}
        """By a selector (`.a`, `#a`, `rect`), the ids that it takes from the file."""

    def add(self, other: Sheet) -> None:
        """Add what another sheet of the same file refers to."""
        for selector, ids in other.references.items():
            self.references.setdefault(selector, []).extend(ids)


def style_sheet(text: str) -> Sheet:
    """Return a style sheet rebuilt from rules that are harmless."""
    sheet, rules = Sheet(), list[str]()
    rest = _COMMENT.sub(" ", text).lstrip()
    sheet.is_whole = _COMMENT.search(text) is None
    while rest:
        if rest.startswith("@"):
            word = rest.split(None, 1)[0].split("{", 1)[0].rstrip(";")
            if word not in _SILENT:
                sheet.missed.append(word)
            sheet.is_whole = False
            rest = _after_at_rule(rest)
            continue
        selector, _, rest = rest.partition("{")
        body, _, rest = rest.partition("}")
        rest = rest.lstrip()
        rule = _rule(selector.strip(), body, sheet)
        if rule is None:
            sheet.is_whole = False
        else:
            rules.append(rule)
    sheet.text = text if sheet.is_whole else "".join(rules)
    return sheet


def _rule(selector: str, body: str, sheet: Sheet) -> str | None:
    if not selector or not _SELECTOR.fullmatch(selector):
        return None
    kept, ids = checked_style(body), references(body)
    parts = [part.strip() for part in selector.split(",")]
    if ids and not all(_SIMPLE.fullmatch(part) for part in parts):
        # Nobody could tell how often it is drawn.
        return None
    for part in parts:
        if ids:
            sheet.references.setdefault(part, []).extend(ids)
    if kept != body:
        sheet.is_whole = False
    return f"{selector}{{{kept}}}"


def _after_at_rule(text: str) -> str:
    """Return what follows a rule that begins with @, with all that is in it."""
    semicolon, brace = text.find(";"), text.find("{")
    if brace < 0 or 0 <= semicolon < brace:
        return text[semicolon + 1 :].lstrip() if semicolon >= 0 else ""
    depth = 0
    for at in range(brace, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return text[at + 1 :].lstrip()
    return ""


def selectors_of(element: str, attributes: Mapping[str, str]) -> list[str]:
    """Return the simple selectors that an element answers to."""
    names = [element, "#" + attributes.get("id", "")]
    return names + ["." + name for name in attributes.get("class", "").split()]
