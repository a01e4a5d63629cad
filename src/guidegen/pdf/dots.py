"""A picture as dots that can be counted: Typst draws it, whatever kind of file it is.

Its readers are safe: they stop at nodes without end, resolve no entities from outside
and open no other file.
"""

from __future__ import annotations

import struct
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeAlias

import typst

from guidegen.model.document import Asset
from guidegen.pdf.fonts import load_fonts

_DRAWING: Final = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#context {
  let picture = read("picture", encoding: none)
  let size = measure(image(picture))
  let scale = calc.sqrt(4000 / (size.width.pt() * size.height.pt()))
  let width = calc.min(size.width * scale, 600pt)
  // Smoothed, white dots beside clear ones would get the grey of black ones.
  image(picture, width: width, scaling: "pixelated")
}
"""
"""Some 4,000 dots, each a point: letters are still told apart, and it takes no time."""
_RESOLUTION: Final = 72.0

_LEFT, _UP, _MEAN = 1, 2, 3
"""Filters of PNG (9.2): what a byte is the difference from."""

Dot: TypeAlias = tuple[int, int, int, int]
"""Red, green, blue and opacity, from 0 to 255."""


def drawn(logo: Asset) -> list[list[Dot]]:
    """Return the dots of a picture on nothing, row by row; none if it is no picture."""
    # Typst reads nothing outside its root, so the root holds nothing but this.
    with tempfile.TemporaryDirectory(prefix="guidegen-logo-") as folder:
        (Path(folder) / "picture").write_bytes(logo.content)
        main = Path(folder) / "main.typ"
        main.write_bytes(_DRAWING)
        compiler = typst.Compiler(str(main), root=folder, font_paths=load_fonts())
        try:
            png = compiler.compile(format="png", ppi=_RESOLUTION)
        except typst.TypstError:
            # Whoever shows the picture says what is wrong with it.
            return []
    return list(_dots(png)) if isinstance(png, bytes) else []


def _dots(png: bytes) -> Iterator[list[Dot]]:
    """Yield the rows of a PNG as Typst writes it: four channels of 8 bits each."""
    width, _, *form = struct.unpack(">IIBBBBB", png[16:29])
    if form != [8, 6, 0, 0, 0]:
        return
    size = 4 * width
    data = zlib.decompress(b"".join(_data(png)))
    above = bytes(size)
    for start in range(0, len(data), size + 1):
        above = _unfiltered(data[start], data[start + 1 : start + 1 + size], above)
        yield [
            (above[at], above[at + 1], above[at + 2], above[at + 3])
            for at in range(0, size, 4)
        ]


def _data(png: bytes) -> Iterator[bytes]:
    """Yield the content of a PNG's chunks of image data (PNG, 5.3)."""
    at = 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"IDAT":
            yield png[at + 8 : at + 8 + length]
        at += length + 12


def _unfiltered(method: int, line: bytes, above: bytes) -> bytes:
    """Return a row as it was before a filter of PNG (9.2) made it easier to pack."""
    if method == 0:
        return line
    if method == _UP:
        return bytes(packed + up & 255 for packed, up in zip(line, above, strict=True))
    row = bytearray(4)  # the dot left of the first one
    lefts = zip(line, above, bytes(4) + above, strict=False)
    for at, (packed, up, before) in enumerate(lefts):
        left = row[at]
        if method == _LEFT:
            guess = left
        elif method == _MEAN:
            guess = (left + up) // 2
        else:
            guess = _paeth(left, up, before)
        row.append(packed + guess & 255)
    return bytes(row[4:])


def _paeth(left: int, up: int, before: int) -> int:
    """Return what is nearest to `left + up - before` (PNG, 9.4)."""
    # What `min` by the distance would give, in a third of the time.
    to_left, to_up = abs(up - before), abs(left - before)
    to_before = abs(left + up - before - before)
    if to_left <= to_up and to_left <= to_before:
        return left
    return up if to_up <= to_before else before
