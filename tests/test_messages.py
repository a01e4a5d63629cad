from __future__ import annotations

import os
import re
from pathlib import Path
from string import Formatter

import pytest
import yaml
from tests.wording import raises

import guidegen
from guidegen.errors import PackError
from guidegen.messages import load_messages
from guidegen.model.text import LocalText
from guidegen.pack.find import builtin_packs

SOURCE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted(Path(guidegen.__file__).parent.rglob("*.py"))
)


def placeholders(text: LocalText, language: str) -> set[str]:
    """Return the names of the placeholders of a message."""
    return {name for _, name, _, _ in Formatter().parse(text.get(language)) if name}


def is_named(message: str) -> bool:
    """Return whether the code names a message, whole or but for a `{…}` in it."""
    parts = [match.start() for match in re.finditer("-", message)]
    return any(
        part in SOURCE
        for quote in ('"', "'")
        for part in (
            f"{quote}{message}{quote}",
            f"{quote}{message.rpartition('-')[0]}-{{",
            *(f"}}{message[part:]}{quote}" for part in parts),
        )
    )


def is_error(message: str, text: LocalText) -> bool:
    """Return whether this is an error's text, and an error that says it is raised."""
    said = text.get("en").replace("guideline.yml", "{ANSWERS}")
    return message.startswith("error-") and (said in SOURCE or text.get("en") in SOURCE)


@pytest.mark.slow
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
    named |= set(re.findall(r"""\blocalized\(\s*["']([a-z0-9-]+)["']""", SOURCE))

    assert sorted(named - set(load_messages())) == []


@pytest.mark.slow
def test_the_lines_are_read_as_yaml_would_read_them() -> None:
    text = (builtin_packs() / "dell/messages.yml").read_text("utf-8")

    read = {message: dict(text.texts) for message, text in load_messages().items()}

    assert read == yaml.safe_load(text)


def test_every_message_is_there_in_german_and_english() -> None:
    assert all(text.find("de") and text.find("en") for text in load_messages().values())


@pytest.mark.parametrize(
    "line",
    ["hello: 3", 'hello: {de: "Hallo"}', 'a: {de: "", en: ""}', "- hello"],
)
def test_broken_messages_are_named(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dell").mkdir()
    path = tmp_path / "dell/messages.yml"
    path.write_text(f'# first\na: {{de: "x", en: "x"}}\n\n{line}\n', "utf-8")
    monkeypatch.setattr(guidegen, "TEMPLATE_PACKS", (tmp_path,))

    with raises(PackError, match=rf"messages\.yml:4: .*\({re.escape(line)}\)"):
        dict(load_messages())


def test_an_installation_without_messages_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guidegen, "TEMPLATE_PACKS", (tmp_path,))

    with raises(PackError, match="built-in template packs are missing"):
        load_messages()


def test_a_message_that_is_edited_meanwhile_is_read_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "dell" / "messages.yml"
    path.parent.mkdir()
    monkeypatch.setattr(guidegen, "TEMPLATE_PACKS", (tmp_path,))
    for moment, text in ((1, "Eins"), (2, "Zwei")):
        path.write_text(f'one: {{de: "{text}", en: "One"}}\n', encoding="utf-8")
        os.utime(path, (moment, moment))
        assert load_messages()["one"].get("de") == text
