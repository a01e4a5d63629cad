"""Whether a logo can be seen where it stands: a white one on white cannot.

Typst draws it, as it does in the PDF: so every kind of file is judged by what it looks
like, with its gradients, masks and style sheets, and by the same safe readers.
"""

from __future__ import annotations

import math
from contextlib import suppress
from functools import lru_cache
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Final

from guidegen.colour import DARK_PAGE, WHITE, relative_luminance
from guidegen.errors import FilesError, PdfError
from guidegen.files import cache_folder, write_atomic
from guidegen.files.digest import file_sha256, sha256
from guidegen.model.document import Asset, Document
from guidegen.model.note import Note
from guidegen.pdf import dots
from guidegen.pdf.dots import Dot, drawn

_CODE: Final = file_sha256(__file__) + file_sha256(dots.__file__)
_LOST: Final = b"lost"
_VISIBLE: Final = b"seen"
_PLAIN: Final = 2.0
"""From this contrast on, an outline is seen well."""
_SEEN: Final = 1 / 3
"""Below this share of what can be seen of it elsewhere, a logo is lost on a ground.

So is one of a single colour below some 1.5:1, and a white name beside a coloured sign.
"""


def logo_notes(document: Document) -> tuple[Note, ...]:
    """Return a note for each logo of a document that is lost on its ground.

    The logo stands on white: on paper, on light pages, and on dark ones on a white
    field, unless there is one for dark backgrounds.

    Raises:
        PdfError: Nobody can draw one of them: it is broken, or of a rare kind.
    """
    logo, logo_dark = document.logo, document.logo_dark
    is_light = logo is not None and is_lost(logo, WHITE)
    is_dark = logo_dark is not None and is_lost(logo_dark, DARK_PAGE)
    if is_light and is_dark:
        return (Note(message="logo-swapped"),)
    if is_light:
        return (Note(message="logo-lost"),)
    return (Note(message="logo-dark-lost"),) if is_dark else ()


# A preview builds again and again, with the same logo.
@lru_cache(maxsize=8)
def is_lost(logo: Asset, ground: str) -> bool:
    """Return whether a logo can hardly be seen on a ground.

    Args:
        logo: The picture.
        ground: A colour (`#rrggbb`).

    Raises:
        PdfError: Nobody can draw it.
    """
    folder = cache_folder("logos")
    # By the code, too: another version of it may judge otherwise.
    known = (_CODE, PurePosixPath(logo.path).suffix, ground, sha256(logo.content))
    path = folder / sha256("\0".join(known).encode()) if folder else None
    if path and (kept := _kept(path)):
        return kept == _LOST
    found = _judged(logo, ground)
    if path:
        # A cache that cannot be written costs time, and nothing else.
        with suppress(FilesError):
            write_atomic(path, _LOST if found else _VISIBLE, lasting=False)
    return found


def _kept(path: Path) -> bytes | None:
    """Return what a logo was found to be; a power failure can leave an empty file."""
    with suppress(OSError):
        kept = path.read_bytes()
        return kept if kept in {_LOST, _VISIBLE} else None
    return None


def _judged(logo: Asset, ground: str) -> bool:
    rows = drawn(logo)
    if not rows:
        is_dark = "logo-dark" in logo.path
        key = "brand.logo_dark" if is_dark else "brand.logo"
        raise PdfError("error-logo-undrawn", key=key)
    other = DARK_PAGE if ground == WHITE else WHITE
    seen, elsewhere = (_outlines(rows, each) for each in (ground, other))
    if max(seen, elsewhere) > 0:
        return seen < _SEEN * max(seen, elsewhere)
    # All of one colour, from edge to edge, or nothing at all.
    dots = {dot for row in rows for dot in row if dot[3]}
    nothing = _light_over((0, 0, 0, 0), ground)
    differences = [abs(_light_over(dot, ground) - nothing) for dot in dots]
    return bool(dots) and max(differences) < _SEEN * math.log(_PLAIN)


def _outlines(rows: list[list[Dot]], ground: str) -> float:
    """Return how much of a picture's outlines can be seen on a ground, in dots."""
    known: dict[Dot, float] = {}
    lights = [
        [
            known[dot]
            if dot in known
            else known.setdefault(dot, _light_over(dot, ground))
            for dot in row
        ]
        for row in rows
    ]
    pairs = (
        abs(one - other)
        for line in (*lights, *zip(*lights, strict=True))
        for one, other in pairwise(line)
        if one != other
    )
    plain = math.log(_PLAIN)
    return math.fsum(min(1.0, difference / plain) for difference in pairs)


def _light_over(dot: Dot, ground: str) -> float:
    """Return a logarithm whose differences are those of contrast ratios."""
    *color, opacity = dot
    below = bytes.fromhex(ground.removeprefix("#"))
    part = opacity / 255
    mixed = [
        (one * part + other * (1 - part)) / 255
        for one, other in zip(color, below, strict=True)
    ]
    return math.log(relative_luminance(*mixed) + 0.05)
