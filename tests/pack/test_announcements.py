"""A company's own pack may say of a release what it likes, and the rest stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from guidegen.errors import PackError
from guidegen.pack.announcements import read_announcements
from guidegen.pack.load import load_pack


def _own(folder: Path, texts: str) -> Path:
    (folder / "announce").mkdir()
    (folder / "announce" / "texts.yml").write_text(texts, encoding="utf-8")
    return folder


def test_a_text_of_ones_own_wins_in_the_languages_it_has(tmp_path: Path) -> None:
    pack = load_pack("dell")
    folder = _own(tmp_path, 'statement: {de: "Trau Dich!"}\n')
    texts = read_announcements(replace(pack, folders=(folder, *pack.folders)))
    built_in = read_announcements(pack)

    assert texts["statement"].get("de") == "Trau Dich!"
    assert texts["statement"].get("en") == built_in["statement"].get("en")
    assert {key: texts[key] for key in built_in if key != "statement"} == {
        key: text for key, text in built_in.items() if key != "statement"
    }


def test_what_is_wrong_is_named_with_its_line(tmp_path: Path) -> None:
    pack = load_pack("dell")
    folder = _own(tmp_path, 'statement: {de: "Trau Dich!"}\nlead: [1]\n')
    with pytest.raises(PackError) as raised:
        read_announcements(replace(pack, folders=(folder, *pack.folders)))

    assert raised.value.line == 2
    assert raised.value.path == folder / "announce" / "texts.yml"


def test_every_text_is_there_in_both_languages() -> None:
    for key, text in read_announcements(load_pack("dell")).items():
        assert text.find("de"), key
        assert text.find("en"), key
