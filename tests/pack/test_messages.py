from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import guidegen
from guidegen.model.text import LocalText
from guidegen.pack import load_messages

SOURCE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted(Path(guidegen.__file__).parent.rglob("*.py"))
)


def placeholders(text: LocalText, language: str) -> set[str]:
    """Return the names of the placeholders of a message."""
    return {name for _, name, _, _ in Formatter().parse(text.get(language)) if name}


def is_named(message: str) -> bool:
    """Return whether the code names a message, whole or up to a `-{…}` at its end."""
    start = message.rpartition("-")[0]
    return any(
        re.search(pattern, SOURCE)
        for pattern in (
            rf"""["']{re.escape(message)}["']""",
            rf"""["']{re.escape(start)}-\{{""",
            rf"""\}}{re.escape(message.removeprefix(start))}["']""",
        )
    )


def is_error(message: str, text: LocalText) -> bool:
    """Return whether this is an error's text, and an error that says it is raised."""
    said = text.get("en").replace("guideline.yml", "{ANSWERS}")
    return message.startswith("error-") and (said in SOURCE or text.get("en") in SOURCE)


def test_every_message_is_used_somewhere() -> None:
    unused = [
        message
        for message, text in load_messages().items()
        if not is_named(message) and not is_error(message, text)
    ]

    assert unused == []


def test_every_message_has_the_same_placeholders_in_both_languages() -> None:
    different = [
        message
        for message, text in load_messages().items()
        if placeholders(text, "de") != placeholders(text, "en")
    ]

    assert different == []


def test_every_message_that_is_named_exists() -> None:
    named = set(re.findall(r"""\bmessage=["']([a-z0-9-]+)["']""", SOURCE))
    named |= set(re.findall(r"""\bsay\(\s*["']([a-z0-9-]+)["']""", SOURCE))

    assert sorted(named - set(load_messages())) == []
