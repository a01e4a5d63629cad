"""The company's colour, made readable: contrast as WCAG 2.2 defines it."""

from __future__ import annotations

import colorsys

from guidegen.value import Value

DEFAULT = "#1f4e79"
"""The colour of a company that named none."""

LIGHT_SURFACE = "#f1f4f7"
"""The darkest surface of the light scheme that carries links (see `site.css`)."""

DARK_SURFACE = "#222a33"
"""The lightest surface of the dark scheme that carries links (see `site.css`)."""

MINIMUM = 4.5
"""WCAG 2.2 AA, 1.4.3: text."""


class Colours(Value):
    """One colour in its roles: as it is, as text in either scheme, and text on it."""

    brand: str
    on_brand: str
    light: str
    dark: str


def colours(brand: str | None) -> Colours:
    """Return the colours of a site for the company's colour (`#rrggbb` or `#rgb`)."""
    color = _long(brand or DEFAULT)
    white = contrast(color, "#ffffff") >= MINIMUM
    return Colours(
        brand=color,
        on_brand="#ffffff" if white else "#000000",
        light=_readable(color, on=LIGHT_SURFACE, step=-1),
        dark=_readable(color, on=DARK_SURFACE, step=1),
    )


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    # WCAG 2.2, "contrast ratio": 0.05 stands for stray light on the screen.
    return (lighter + 0.05) / (darker + 0.05)


def _readable(color: str, *, on: str, step: int) -> str:
    # Only the lightness changes, so that it is still recognised as the company's
    # colour.
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(color))
    percent = round(lightness * 100)
    candidate = color
    while contrast(candidate, on) < MINIMUM and 0 < percent + step < 100:  # noqa: PLR2004
        percent += step
        channels = colorsys.hls_to_rgb(hue, percent / 100, saturation)
        candidate = "#" + "".join(f"{round(part * 255):02x}" for part in channels)
    return candidate


def _luminance(color: str) -> float:
    # WCAG 2.2, "relative luminance": sRGB made linear (IEC 61966-2-1), weighted as in
    # ITU-R BT.709.
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for part in _channels(color)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _long(color: str) -> str:
    digits = color.lower().removeprefix("#")
    if len(digits) == 3:  # noqa: PLR2004
        digits = "".join(digit * 2 for digit in digits)
    return f"#{digits}"
