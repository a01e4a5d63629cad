"""The fonts that the PDF is set in: installed packages, never the system's."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from guidegen.errors import PdfError

if TYPE_CHECKING:
    import typst

TEXT_FAMILY: Final = "Source Sans 3"
_TEXT_PACKAGE: Final = "fontpkg_source_sans_3"
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
            f"the PDF's font {TEXT_FAMILY} is missing",
            hint="install guidegen again",
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
    import typst  # noqa: PLC0415  # only a build needs it

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in font_folders()],
    )


@lru_cache(maxsize=1)
def font_families() -> tuple[str, ...]:
    """Return the names of the fonts in the order in which they are tried."""
    others = [name for name in load_fonts().families() if name != TEXT_FAMILY]
    return (TEXT_FAMILY, *sorted(others, key=_rank))


def _rank(family: str) -> tuple[bool, bool, str]:
    """Plain text fonts come before the symbols and the emoji."""
    return ("Emoji" in family, "Symbols" in family, family)


def drawn_characters() -> frozenset[int]:
    """Return the code points that the fonts have a glyph for; slow, seldom needed."""
    from fontTools.ttLib import TTCollection, TTFont  # noqa: PLC0415  # as said

    drawn: set[int] = set()
    for folder in font_folders():
        for path in sorted(folder.rglob("*.[to]t[fc]")):
            fonts = (
                TTCollection(path, lazy=True).fonts
                if path.suffix == ".ttc"
                else [TTFont(path, lazy=True)]
            )
            for font in fonts:
                drawn.update(font.getBestCmap() or {})
    return frozenset(drawn)
