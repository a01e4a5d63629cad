"""The fonts that the PDF is set in: from packages and Typst, never the system's."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import typst

from guidegen.errors import PdfError

TEXT_FAMILY: Final = "Source Sans 3"
_TEXT_PACKAGE: Final = "fontpkg_source_sans_3"
# Noto on PyPI comes in these; the second is the extra `guidegen[cjk]`.
_FALLBACK_PACKAGES: Final = ("manimgx_fonts", "manimgx_fonts_cjk")


@lru_cache(maxsize=1)
def font_folders() -> tuple[Path, ...]:
    """Return the folders of the fonts, the text font's first.

    Raises:
        PdfError: The text font's package is missing.
    """
    found = tuple(
        folder
        for package in (_TEXT_PACKAGE, *_FALLBACK_PACKAGES)
        if (folder := _folder(package))
    )
    if not found or found[0].name != _TEXT_PACKAGE:
        raise PdfError(
            "error-pdf-font",
            font=TEXT_FAMILY,
        )
    return found


def _folder(package: str) -> Path | None:
    """Return a package's folder without importing the package."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0])


@lru_cache(maxsize=1)
def load_fonts() -> typst.Fonts:
    """Return the fonts as Typst takes them."""
    return typst.Fonts(
        # The same document must give the same bytes on every computer.
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(folder) for folder in font_folders()],
    )


@lru_cache(maxsize=1)
def drawable() -> frozenset[int]:
    """Return the characters that the packages' fonts have, as code points."""
    # Seldom needed, and slow to import.
    from fontTools.ttLib import (  # type: ignore[import-untyped]  # noqa: PLC0415
        TTFont,
    )

    found: set[int] = set()
    for folder in font_folders():
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in {".otf", ".ttf"}:
                with TTFont(path, lazy=True) as font:
                    found.update(font.getBestCmap() or {})
    return frozenset(found)


@lru_cache(maxsize=1)
def font_families() -> tuple[str, ...]:
    """Return the fonts' names in the order in which Typst tries them."""
    others = [name for name in load_fonts().families() if name != TEXT_FAMILY]
    return (TEXT_FAMILY, *sorted(others, key=_rank))


def _rank(family: str) -> tuple[int, str]:
    """Text fonts come before symbols, emoji, and Typst's own fonts."""
    if not family.startswith("Noto"):
        return (3, family)
    # Emoji fonts have digits too, which they must not lend to other scripts.
    return (2 if "Emoji" in family else 1 if "Symbols" in family else 0, family)
