from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidegen.colour import DARK_SURFACE, LIGHT_SURFACE, colours, contrast


def test_contrast_is_what_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_readable_colour_stays_as_it_is() -> None:
    assert colours("#0b5fa5").light == "#0b5fa5"


def test_a_pale_colour_is_darkened_for_links() -> None:
    color = colours("#ffd400")

    assert color.brand == "#ffd400"
    assert color.light != "#ffd400"
    assert contrast(color.light, LIGHT_SURFACE) >= 4.5


def test_a_short_colour_is_understood() -> None:
    assert colours("#FA0").brand == "#ffaa00"


@given(st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"))
def test_every_colour_becomes_readable_in_both_schemes(brand: str) -> None:
    color = colours(brand)

    assert contrast(color.light, LIGHT_SURFACE) >= 4.5
    assert contrast(color.light, "#ffffff") >= 4.5
    assert contrast(color.dark, DARK_SURFACE) >= 4.5
    assert contrast(color.on_brand, color.brand) >= 4.5
