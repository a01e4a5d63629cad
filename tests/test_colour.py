from __future__ import annotations

import colorsys
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guidegen.colour import (
    DARK_PAGE,
    LEVELS,
    MINIMUM,
    NO_EDGE,
    QUIET_TEXT,
    TEXT,
    WHITE,
    Colours,
    LevelColours,
    brand_css,
    colours,
    contrast,
    grounds_of,
)

ANY = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_what_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_readable_colour_stays_as_it_is() -> None:
    assert colours("#0b5fa5").link_light == "#0b5fa5"


def test_a_pale_colour_is_darkened_for_links_and_a_dark_one_lightened() -> None:
    pale, dark = colours("#ffd400"), colours("#7a0019")

    assert pale.brand == "#ffd400"
    assert contrast(pale.link_light, WHITE) >= 4.5 > contrast("#ffd400", WHITE)
    assert dark.link_light == "#7a0019"
    assert contrast(dark.link_dark, DARK_PAGE) >= 4.5 > contrast("#7a0019", DARK_PAGE)


def test_white_and_black_have_a_ground_and_links_that_can_be_told_from_others() -> None:
    white, black = colours("#ffffff"), colours("#000000")

    assert white.tint_light != WHITE
    assert black.tint_dark != DARK_PAGE
    # Grey links would look like text that matters less.
    assert (white.link_light, black.link_dark) == TEXT
    assert (black.link_light, white.link_dark) == ("#000000", "#ffffff")


def test_a_short_colour_is_understood() -> None:
    assert colours("#FA0").brand == "#ffaa00"


@pytest.mark.parametrize(
    ("brand", "on_brand"),
    [
        ("#0b5fa5", "#ffffff"),
        ("#7a0019", "#ffffff"),
        ("#000000", "#ffffff"),
        # White would have 3.9:1, and dark grey less than black.
        ("#0088cc", "#000000"),
        ("#ffe600", "#000000"),
        ("#ffffff", "#000000"),
    ],
)
def test_text_on_the_colour_is_white_or_black(brand: str, on_brand: str) -> None:
    assert colours(brand).on_brand == on_brand


@pytest.mark.parametrize(
    ("brand", "schemes"),
    [
        ("#0b5fa5", set()),
        ("#ffe600", {"light"}),
        ("#ffffff", {"light"}),
        ("#000000", {"dark"}),
        ("#12171d", {"dark"}),
    ],
)
def test_a_colour_that_its_ground_would_swallow_has_an_edge(
    brand: str, schemes: set[str]
) -> None:
    color = colours(brand)
    edges = {"light": color.edge_light, "dark": color.edge_dark}

    assert {scheme for scheme, edge in edges.items() if edge != NO_EDGE} == schemes


def test_style_sheets_read_every_role() -> None:
    assert brand_css("#ffe600") == (
        ":root {\n"
        "  --gg-brand: #ffe600;\n"
        "  --gg-on-brand: #000000;\n"
        "  --gg-tint-light: #fffdeb;\n"
        "  --gg-tint-dark: #25281b;\n"
        "  --gg-link-light: #7a6e00;\n"
        "  --gg-link-dark: #ffe600;\n"
        "  --gg-edge-light: #b2a100;\n"
        "  --gg-edge-dark: transparent;\n"
        "}\n"
    )


def least_contrast(color: Colours) -> float:
    """Return the lowest contrast of text in all roles of a colour."""
    light = grounds_of(color.tint_light, dark=False)
    dark = grounds_of(color.tint_dark, dark=True)
    return min(
        contrast(color.on_brand, color.brand),
        *(contrast(color.link_light, ground) for ground in light),
        *(contrast(color.link_dark, ground) for ground in dark),
        # Other text on the tints.
        *(contrast(each[0], color.tint_light) for each in (TEXT, QUIET_TEXT)),
        *(contrast(each[1], color.tint_dark) for each in (TEXT, QUIET_TEXT)),
    )


def all_round() -> Iterator[str]:
    """Yield colours of all hues, saturations and lightnesses."""
    hues, saturations = range(0, 360, 10), (0, 20, 45, 70, 100)
    for hue, saturation, light in product(hues, saturations, range(0, 101, 5)):
        parts = colorsys.hls_to_rgb(hue / 360, light / 100, saturation / 100)
        yield "#" + "".join(f"{round(part * 255):02x}" for part in parts)


@pytest.mark.long
@pytest.mark.slow
def test_thousands_of_colours_are_readable_in_all_roles() -> None:
    measured = [(least_contrast(colours(brand)), brand) for brand in all_round()]
    least, brand = min(measured)
    print(f"{len(measured)} colours, lowest {least:.3f} ({brand})")  # noqa: T201

    assert len(measured) >= 3000
    assert least >= MINIMUM


@given(ANY)
@example("#000000")
@example("#ffffff")
@example("#12171d")
def test_every_colour_is_readable_in_all_roles(brand: str) -> None:
    assert least_contrast(colours(brand)) >= MINIMUM


@pytest.mark.slow
@given(ANY)
def test_every_colour_can_be_told_from_the_page_or_has_an_edge(brand: str) -> None:
    color = colours(brand)

    for page, tint, edge in (
        (WHITE, color.tint_light, color.edge_light),
        (DARK_PAGE, color.tint_dark, color.edge_dark),
    ):
        line = color.brand if edge == NO_EDGE else edge
        assert min(contrast(line, page), contrast(line, tint)) >= 1.4


@pytest.mark.slow
@given(ANY)
def test_a_link_that_is_readable_everywhere_is_not_changed(brand: str) -> None:
    color = colours(brand)

    for link, tint, dark in (
        (color.link_light, color.tint_light, False),
        (color.link_dark, color.tint_dark, True),
    ):
        grounds = grounds_of(tint, dark=dark)
        readable = all(contrast(brand, ground) >= MINIMUM for ground in grounds)
        assert (link == brand) is readable


@pytest.mark.parametrize("level", LEVELS.values(), ids=LEVELS)
def test_a_level_is_readable_by_word_and_sign(level: LevelColours) -> None:
    assert contrast(level.word, WHITE) >= 6.5
    assert contrast(level.word, level.tint) >= 6.5
    assert contrast(level.dark_word, DARK_PAGE) >= 6.5
    assert contrast(level.dark_word, level.dark_tint) >= 6.5
    assert contrast(level.sign, level.lamp) >= 4.9
    for text, tint in ((0, level.tint), (1, level.dark_tint)):
        assert contrast(TEXT[text], tint) >= 7
        assert contrast(QUIET_TEXT[text], tint) >= MINIMUM
