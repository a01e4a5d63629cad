"""Where the fonts come from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.wording import hint_of, raises

from guidegen.errors import PdfError
from guidegen.pdf import fonts


@pytest.fixture
def without_text_font(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(fonts, "_TEXT_PACKAGE", "no_such_font")
    fonts.font_folders.cache_clear()
    yield
    fonts.font_folders.cache_clear()


@pytest.mark.usefixtures("without_text_font")
def test_a_missing_text_font_says_what_to_do() -> None:
    with raises(PdfError, match="Source Sans 3 is missing") as caught:
        fonts.font_folders()

    assert hint_of(caught.value) == "install guidegen again"


def test_the_text_font_comes_first_and_emoji_after_the_scripts() -> None:
    families = fonts.font_families()

    assert families[0] == "Source Sans 3"
    assert families.index("Noto Sans") < families.index("Noto Sans Symbols")
    assert families.index("Noto Sans Symbols") < families.index("Noto Emoji")


def test_no_font_of_the_system_is_used() -> None:
    folders = tuple(map(str, fonts.font_folders()))

    for font in fonts.load_fonts().fonts():
        assert font.path is None or font.path.startswith(folders)
