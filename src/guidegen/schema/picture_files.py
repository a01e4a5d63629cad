"""Picture files that answers name, such as a logo, and what is refused as one."""

from __future__ import annotations

import struct
from pathlib import Path

from guidegen.schema.scalars import Refused

_MAX_FILE = 1_000_000
_MAX_DOTS = 25_000_000
"""A file of a few kilobytes can unpack to gigabytes in the PDF and in browsers."""
_SVG = b"<svg"
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_SIGNATURES = {
    ".svg": _SVG,
    ".png": _PNG,
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
}
"""How a picture file begins; in an SVG it may come later."""
# ITU T.81, B.1.1.3: what begins a frame, and with it says how large the picture is.
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


def check_file(name: str, folder: Path, suffixes: tuple[str, ...]) -> None:
    """Refuse a file that is missing, outside the project, too large or no picture."""
    path = folder / name
    try:
        # Resolved, because both `..` and a symbolic link can lead out of the project.
        inside = path.resolve().is_relative_to(folder.resolve())
        is_file = inside and path.is_file()
        size = path.stat().st_size if is_file else 0
    except (OSError, ValueError) as error:
        raise Refused("value-file-missing", value=name) from error
    if not inside:
        raise Refused("value-file-outside", value=name)
    if not is_file:
        raise Refused("value-file-missing", value=name)
    if suffixes and path.suffix.lower() not in suffixes:
        raise Refused("value-file-type", value=name, types=", ".join(suffixes))
    if size > _MAX_FILE:
        raise Refused("value-file-size", value=name)
    _check_content(path, name)


def _check_content(path: Path, name: str) -> None:
    """Refuse a file that is not the kind of picture its name says."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refused("yaml-unreadable", reason=error.strerror) from error
    signature = _SIGNATURES.get(path.suffix.lower(), b"")
    matches = content.startswith(signature) or (signature == _SVG and _SVG in content)
    if not matches:
        raise Refused("value-file-content", value=name)
    if _dots(content, signature) > _MAX_DOTS:
        raise Refused("value-file-dots", value=name, limit=_MAX_DOTS // 1_000_000)


def _dots(content: bytes, signature: bytes) -> int:
    """Return how many dots a picture has; 0 if it does not say, or is an SVG."""
    try:
        if signature == _PNG:
            width, height = struct.unpack_from(">II", content, 16)  # PNG, 11.2.1
        elif signature == _JPEG:
            height, width = struct.unpack_from(">HH", content, _frame(content) + 5)
        else:
            return 0
    except struct.error:  # cut off: whoever shows the picture says so
        return 0
    return int(width * height)


def _frame(content: bytes) -> int:
    """Return where the marker of a JPEG's frame stands.

    Raises:
        struct.error: There is none.
    """
    at = len(_JPEG) - 1
    while True:
        # Each segment: 0xFF, its kind, and how long it is (ITU T.81, B.1.1.4).
        kind, length = struct.unpack_from(">xBH", content, at)
        if kind in _FRAMES:
            return at
        # Any number of 0xFF may come before a kind.
        at += 1 if kind == 0xFF else 2 + length  # noqa: PLR2004
