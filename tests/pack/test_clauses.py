"""The words by which a sentence's grammar is known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.wording import raises

from guidegen.errors import PackError
from guidegen.model.pack import Pack
from guidegen.pack.clauses import FILE, ROLES, read_clauses
from guidegen.pack.load import load_pack


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("dell")


def test_both_languages_have_words_for_nearly_everything(pack: Pack) -> None:
    found = read_clauses(pack)

    assert set(found) == {"de", "en"}
    empty = {role for roles in found.values() for role in ROLES if not roles[role]}
    # German clauses begin behind a comma.
    assert empty == {"begins"}


def test_a_pack_of_one_s_own_says_all_of_a_language_s_words(
    pack: Pack, tmp_path: Path
) -> None:
    (tmp_path / FILE).write_text("fr:\n  not: [ne pas]\n", encoding="utf-8")

    found = read_clauses(replace(pack, folders=(tmp_path, *pack.folders)))

    assert found["fr"]["not"] == ("ne pas",)
    assert found["fr"]["only"] == ()
    assert found["de"] == read_clauses(pack)["de"]


def test_a_word_for_what_there_is_not_is_named_with_its_line(
    pack: Pack, tmp_path: Path
) -> None:
    (tmp_path / FILE).write_text("fr:\n  nott: [ne pas]\n", encoding="utf-8")

    with raises(PackError, match=r"clauses\.yml:2.*nott"):
        read_clauses(replace(pack, folders=(tmp_path, *pack.folders)))
