from __future__ import annotations

from pathlib import Path

import pytest
from tests.wording import hint_of, raises

from guidegen.errors import PackError
from guidegen.pack.find import builtin_packs
from guidegen.pack.load import load_pack


@pytest.mark.parametrize(
    "name", ["no-such-pack", "~nobody-of-that-name/x", "a" * 5000, "with\0null", ""]
)
def test_a_pack_that_is_not_there_is_named_with_the_built_in_ones(
    name: str, tmp_path: Path
) -> None:
    with raises(PackError, match="there is no template pack") as caught:
        load_pack(name, beside=tmp_path)

    assert "dell" in (hint_of(caught.value) or "")


def test_an_installation_without_packs_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("guidegen.TEMPLATE_PACKS", (tmp_path / "packs",))

    with raises(PackError, match="built-in template packs are missing") as caught:
        builtin_packs()

    assert hint_of(caught.value) == "install guidegen again"
