"""The look of a page that stands alone: the site's style sheet, and what it needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from guidegen.colour import brand_css
from guidegen.errors import PackError
from guidegen.pack.find import COMPLETING, builtin_packs

SHEETS: Final = ("export/ground.css", "site/assets/guidegen/site.css")
"""What stands in for the site's theme, and what the site adds to its theme."""


def page_style(folders: Sequence[Path], brand: str | None) -> str:
    """Return all that a page needs to look like the site, as one style sheet.

    Args:
        folders: The packs' folders, the most specific first.
        brand: The company's colour.

    Raises:
        PackError: A style sheet holds what would end it.
    """
    # A pack need not have a look of its own: the built-in one stands in then.
    places = (*folders, builtin_packs() / COMPLETING)
    sheets = (
        next(path for each in places if (path := each / name).is_file())
        for name in SHEETS
    )
    return "\n".join((brand_css(brand), *map(_text, sheets)))


def _text(sheet: Path) -> str:
    text = sheet.read_text(encoding="utf-8")
    # It stands between `<style>` and this: what follows would be the page's.
    if found := re.search("</style", text, re.IGNORECASE):
        line = text.count("\n", 0, found.start()) + 1
        raise PackError(
            "error-site-unsafe", path=sheet, line=line, page=sheet.name, found=found[0]
        )
    return text
