"""The colours of a guideline: roles from the company's one colour, and the levels'.

Contrast is as WCAG 2.2 defines it. What a style sheet, a Typst template or a Word style
says of these colours is checked against this module by the tests.
"""

from __future__ import annotations

import colorsys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Final

from guidegen.value import Value

DEFAULT: Final = "#0b5fa5"
"""The colour of a company that named none, in every output."""

MINIMUM: Final = 4.5
"""WCAG 2.2 AA, 1.4.3: the contrast of text."""

NO_EDGE: Final = "transparent"
"""What CSS calls a line that is not drawn."""

WHITE: Final = "#ffffff"
BLACK: Final = "#000000"
DARK_PAGE: Final = "#12171d"
"""The ground of the dark scheme."""

TEXT: Final = ("#16202b", "#e8ecf1")
QUIET_TEXT: Final = ("#465261", "#b5bfcb")
"""Text beside the company's colour, in the light and in the dark scheme."""

SURFACES: Final = ("#f3f5f8", "#232b34")
"""What stands out from the page, in either scheme."""
_TINT: Final = 0.08
"""How much of the company's colour is in the tint of a large ground."""
_SAME: Final = 6 / 255
"""Up to this difference of red, green and blue, two grounds look the same."""
_GREY: Final = 0.1
"""Up to this difference of its red, green and blue, a colour looks grey."""
_GLARING: Final = 0.75
"""More saturated than that, a dark red that is made lighter becomes a neon pink."""
_EDGE: Final = 0.3
"""How much of the text's colour is in a line around the company's colour."""
_LOST: Final = 1.4
"""Below this contrast, one cannot see where a surface ends."""


class LevelColours(Value):
    """The colours of a level of topics, the same for every company.

    `word` names the level on white, the page and `tint`; `lamp` is a sign's ground and
    `sign` what is drawn on it.
    """

    word: str
    tint: str
    lamp: str
    sign: str
    dark_word: str
    dark_tint: str


LEVELS: Final[Mapping[str, LevelColours]] = {
    "never": LevelColours(
        word="#a01212",
        tint="#fdecea",
        lamp="#d11a1a",
        sign="#ffffff",
        dark_word="#ffb3ab",
        dark_tint="#371a1b",
    ),
    "only": LevelColours(
        word="#8f3f00",
        tint="#fff0e2",
        lamp="#f07d1a",
        sign="#2b1300",
        dark_word="#ffc08a",
        dark_tint="#33210f",
    ),
    "ask": LevelColours(
        word="#6b5000",
        tint="#fff5d6",
        lamp="#ffc400",
        sign="#2b2100",
        dark_word="#f3d36b",
        dark_tint="#2f280e",
    ),
    "go": LevelColours(
        word="#17602f",
        tint="#e9f5ec",
        lamp="#23803a",
        sign="#ffffff",
        dark_word="#9fdcb1",
        dark_tint="#14281b",
    ),
}
"""By level; `go` is what everybody may always do."""


class Colours(Value):
    """The roles of a company's colour; all are `#rrggbb`, an edge may be `NO_EDGE`.

    `brand` is the colour as it is, for surfaces, and `on_brand` text on it; the pair
    may also be used the other way round. `tint_…` is a large, quiet ground. `link_…` is
    the colour as text on each ground of its scheme, and a ground for white text (dark:
    for text in `DARK_PAGE`). `edge_…` is a line around `brand` where it would be lost
    on its ground, such as yellow on white.
    """

    brand: str
    on_brand: str
    tint_light: str
    tint_dark: str
    link_light: str
    link_dark: str
    edge_light: str
    edge_dark: str


# A build asks for them seven times, and finding each takes hundreds of contrasts.
@lru_cache(maxsize=16)
def colours(brand: str | None) -> Colours:
    """Return the roles of a company's colour (`#rrggbb` or `#rgb`; None: `DEFAULT`)."""
    color = _long(brand or DEFAULT)
    on_brand = WHITE if contrast(color, WHITE) >= MINIMUM else BLACK
    light, dark = _tint(color, dark=False), _tint(color, dark=True)
    return Colours(
        brand=color,
        on_brand=on_brand,
        tint_light=light,
        tint_dark=dark,
        link_light=_link(color, light, dark=False),
        link_dark=_link(color, dark, dark=True),
        edge_light=_edge(color, on_brand, (WHITE, light)),
        edge_dark=_edge(color, on_brand, (DARK_PAGE, dark)),
    )


def brand_css(brand: str | None) -> str:
    """Return the roles of a company's colour as the style sheets read them."""
    roles = asdict(colours(brand))
    lines = (f"  --gg-{role.replace('_', '-')}: {roles[role]};\n" for role in roles)
    return f":root {{\n{''.join(lines)}}}\n"


def grounds_of(tint: str, *, dark: bool) -> tuple[str, ...]:
    """Return every ground that text in the company's colour may stand on.

    Args:
        tint: The tint of the company's colour.
        dark: Whether the grounds of the dark scheme are asked for.
    """
    page = DARK_PAGE if dark else WHITE
    levels = (each.dark_tint if dark else each.tint for each in LEVELS.values())
    return (page, SURFACES[dark], tint, *levels)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (`#rrggbb`), from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    # WCAG 2.2, "contrast ratio": 0.05 stands for stray light on the screen.
    return (lighter + 0.05) / (darker + 0.05)


def relative_luminance(red: float, green: float, blue: float) -> float:
    """Return how light a colour of sRGB is; all numbers are from 0 to 1."""
    # WCAG 2.2, "relative luminance": sRGB made linear (IEC 61966-2-1), weighted as in
    # ITU-R BT.709.
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for part in (red, green, blue)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _tint(color: str, *, dark: bool) -> str:
    page = DARK_PAGE if dark else WHITE
    tint = _mixed(color, page, _TINT)
    pairs = zip(_channels(tint), _channels(page), strict=True)
    # White on white, black on black: the ground is still to be told from the page.
    is_same = max(abs(one - other) for one, other in pairs) <= _SAME
    return SURFACES[dark] if is_same else tint


def _link(color: str, tint: str, *, dark: bool) -> str:
    link = _readable(color, on=grounds_of(tint, dark=dark), step=1 if dark else -1)
    channels = _channels(color)
    # A grey that is just readable would look like text that matters less.
    is_grey = max(channels) - min(channels) <= _GREY
    return TEXT[dark] if link != color and is_grey else link


def _readable(color: str, *, on: Sequence[str], step: int) -> str:
    # The hue stays, so that it is still recognised as the company's colour.
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(color))
    if step > 0:
        saturation = min(saturation, _GLARING)
    percent = round(lightness * 100)
    candidate = color
    while _least(candidate, on) < MINIMUM and 0 < percent + step < 100:  # noqa: PLR2004
        percent += step
        candidate = _hex(colorsys.hls_to_rgb(hue, percent / 100, saturation))
    return candidate


def _edge(color: str, on_brand: str, grounds: Sequence[str]) -> str:
    if _least(color, grounds) >= _LOST:
        return NO_EDGE
    return _mixed(on_brand, color, _EDGE)


def _least(color: str, grounds: Sequence[str]) -> float:
    return min(contrast(color, ground) for ground in grounds)


# A link's colour is found among many, each held against the same few grounds.
@lru_cache(maxsize=32)
def _luminance(color: str) -> float:
    return relative_luminance(*_channels(color))


def _mixed(one: str, other: str, part: float) -> str:
    """Return a colour that is one colour to a part (0 to 1), and else another one."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return _hex(tuple(first * part + second * (1 - part) for first, second in pairs))


def _hex(channels: Sequence[float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in channels)


def _channels(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _long(color: str) -> str:
    digits = color.lower().removeprefix("#")
    if len(digits) == 3:  # noqa: PLR2004
        digits = "".join(digit * 2 for digit in digits)
    return f"#{digits}"
