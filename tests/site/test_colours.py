from __future__ import annotations

import re

import pytest

from guidegen.colour import DARK_PAGE, LEVELS, QUIET_TEXT, SURFACES, TEXT, WHITE
from guidegen.pack.find import builtin_packs

CSS = (builtin_packs() / "dell/site/assets/guidegen/site.css").read_text("utf-8")
SCHEMES = {
    ":root": 0,
    ':root:not([data-scheme="light"])': 1,
    ':root[data-scheme="dark"]': 1,
}


def long(color: str) -> str:
    """Return `#rrggbb` for `#rgb`, too."""
    return re.sub(r"^#(.)(.)(.)$", r"#\1\1\2\2\3\3", color)


@pytest.mark.parametrize(("selector", "dark"), SCHEMES.items(), ids=[*SCHEMES])
def test_the_site_has_the_colours_whose_contrast_is_kept(
    selector: str, dark: int
) -> None:
    block = re.search(rf"(?ms)^ *{re.escape(selector)} {{(.*?)}}", CSS)
    assert block
    found = re.findall(r"--gg-([a-z-]+): (#[0-9a-f]+);", block[1])
    colors = {name: long(color) for name, color in found}

    assert colors["page"] == (DARK_PAGE if dark else WHITE)
    assert colors["surface"] == SURFACES[dark]
    assert colors["text"] == TEXT[dark]
    assert colors["muted"] == QUIET_TEXT[dark]
    for name, level in LEVELS.items():
        assert colors[name] == (level.dark_word if dark else level.word)
        assert colors[f"{name}-tint"] == (level.dark_tint if dark else level.tint)


@pytest.mark.parametrize("name", LEVELS)
def test_the_lamps_of_the_site_have_their_colours_and_signs(name: str) -> None:
    rule = re.search(rf"--gg-level: var\(--gg-{name}\);(.*?)}}", CSS, re.DOTALL)
    assert rule
    lamp = re.search(r"--gg-lamp: (.*);", rule[1])
    assert lamp

    fills = [long(f"#{color}") for color in re.findall(r'fill="%23(\w+)"', lamp[1])]
    assert fills == [LEVELS[name].lamp, LEVELS[name].sign]
