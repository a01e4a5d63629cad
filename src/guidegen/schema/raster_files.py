"""PNG and JPEG files: how many dots they have, and what is left out of them.

What no reader sees is left out: where a photo was taken, who made it with what, texts
in it, further frames, and whatever stands behind the picture's end. Nothing is
unpacked, so a file of a few kilobytes cannot fill the memory.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Final

PNG: Final = b"\x89PNG\r\n\x1a\n"
JPEG: Final = b"\xff\xd8\xff"
MOST_SCANS: Final = 100
"""A JPEG may be drawn in any number of passes, each over all of its dots."""

# PNG (third edition), 5.6: what changes how the picture looks, or how large it is.
_CHUNKS: Final = frozenset(
    (
        *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB"),
        *(b"sBIT", b"pHYs", b"bKGD", b"iCCP"),
    )
)
_LARGEST_PROFILE: Final = 1_000_000
"""Bytes of an unpacked colour profile; those of printers have some 500,000."""
_PROFILE_NAME: Final = 80
_DEEP: Final = 16
_CMYK: Final = 4
# ITU T.81, B.1.1.3: what begins a frame, and with it says how large the picture is.
_FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_SCAN: Final = 0xDA
_END: Final = 0xD9
_COMMENT: Final = 0xFE
_APPLICATION: Final = range(0xE0, 0xF0)
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers that nothing follows: TEM and those between the parts of a scan."""
# JFIF, a colour profile, and how Adobe has coded the colours.
_KEPT: Final = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_EXIF: Final = b"Exif\0\0"
_ORIENTATION: Final = 0x0112


def dots(content: bytes) -> int:
    """Return how many dots a picture has, those of 16 bits a colour counted twice.

    0 if it does not say.
    """
    try:
        if content.startswith(PNG):
            width, height = struct.unpack_from(">II", content, 16)  # PNG, 11.2.1
            is_deep = content[24:25] == bytes((_DEEP,))
            return int(width * height) * (2 if is_deep else 1)
        at = _frame(content)
        height, width = struct.unpack_from(">HH", content, at + 5)
        return int(width * height)
    except (struct.error, LookupError):  # cut off: whoever draws the picture says so
        return 0


def is_cmyk(content: bytes) -> bool:
    """Return whether a JPEG is in the colours of printing, which no screen shows."""
    try:
        return content.startswith(JPEG) and content[_frame(content) + 9] == _CMYK
    except LookupError:
        return False


def has_endless_scans(content: bytes) -> bool:
    """Return whether a JPEG is drawn in more passes than any program writes."""
    scans = (kind for kind, _ in _segments(content) if kind == _SCAN)
    return content.startswith(JPEG) and sum(1 for _ in scans) > MOST_SCANS


def without_metadata(content: bytes) -> bytes:
    """Return a picture with nothing but what is seen of it.

    One that is cut off or broken stays broken: whoever draws it says so.
    """
    if content.startswith(PNG):
        return PNG + b"".join(_chunks(content))
    if content.startswith(JPEG):
        return content[:2] + b"".join(_kept(content))
    return content


def _chunks(content: bytes) -> Iterator[bytes]:
    at = len(PNG)
    while at + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        chunk = content[at : at + 12 + length]
        at += len(chunk)
        is_kept = kind in _CHUNKS
        if kind == b"iCCP":
            is_kept = _is_bounded(chunk[8:-4])
        if is_kept:
            yield chunk
        if kind == b"IEND":
            return


def _is_bounded(profile: bytes) -> bool:
    """Return whether a packed colour profile unpacks to one (PNG, 11.3.2.3)."""
    end = profile.find(b"\0", 0, _PROFILE_NAME)
    reader = zlib.decompressobj()
    try:
        reader.decompress(profile[end + 2 :], _LARGEST_PROFILE)
    except zlib.error:
        return False
    return end > 0 and reader.eof


def _frame(content: bytes) -> int:
    """Return where the marker of a JPEG's frame stands.

    Raises:
        LookupError: There is none.
    """
    at = 2
    for kind, segment in _segments(content):
        if kind in _FRAMES:
            return at
        at += len(segment)
    raise LookupError


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield a JPEG's segments with their kinds, until its end (ITU T.81, B.1.1.4)."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:  # noqa: PLR2004  # a marker
        kind = content[at + 1]
        if kind == 0xFF or kind in _ALONE:  # noqa: PLR2004  # any number may come before
            end = at + (1 if kind == 0xFF else 2)  # noqa: PLR2004
        elif kind == _END:
            break
        else:
            end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
            if kind == _SCAN:
                end = _after_scan(content, end)
        yield kind, content[at:end]
        at = end
    if content[at : at + 2] == bytes((0xFF, _END)):
        yield _END, content[at : at + 2]


def _after_scan(content: bytes, at: int) -> int:
    """Return where a scan's data ends: at a marker that is none of its own."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            return len(content)
        if content[at + 1] == 0 or content[at + 1] in _ALONE:
            at += 2
        elif content[at + 1] == 0xFF:  # noqa: PLR2004  # filling
            at += 1
        else:
            return at


def _kept(content: bytes) -> Iterator[bytes]:
    for kind, segment in _segments(content):
        if kind in _KEPT:
            if segment[4:].startswith(_KEPT[kind]):
                yield segment
        elif segment[4:].startswith(_EXIF):
            yield _only_orientation(segment)
        elif kind not in _APPLICATION and kind != _COMMENT:
            yield segment


def _only_orientation(segment: bytes) -> bytes:
    """Return an EXIF segment that says which side is up, and nothing else.

    Raises nothing: what cannot be read says nothing.
    """
    data = segment[4 + len(_EXIF) :]
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None:
        return b""
    try:
        (start,) = struct.unpack_from(f"{order}I", data, 4)
        (count,) = struct.unpack_from(f"{order}H", data, start)
        for at in range(start + 2, start + 2 + 12 * count, 12):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", data, at)
            if (tag, kind) == (_ORIENTATION, 3) and value in range(2, 9):
                break
        else:
            return b""
    except struct.error:
        return b""
    entry = struct.pack(">HHIHHI", _ORIENTATION, 3, 1, value, 0, 0)
    exif = _EXIF + b"MM\0*" + struct.pack(">IH", 8, 1) + entry
    return struct.pack(">BBH", 0xFF, 0xE1, len(exif) + 2) + exif
