from __future__ import annotations

import struct
from pathlib import Path

import pytest

from guidegen.schema.picture_files import check_file
from guidegen.schema.scalars import Refused

TYPES = (".svg", ".png", ".jpg")
COMMENT = b"\xff\xfe" + struct.pack(">H", 2 + 9) + b"\xff\xc0 frame?"


def png(width: int, height: int) -> bytes:
    """Return as much of a PNG as says how large it is."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


def jpeg(width: int, height: int, *, before: bytes = b"", frame: int = 0xC0) -> bytes:
    """Return as much of a JPEG as says how large it is."""
    size = struct.pack(">xBHBHH", frame, 17, 8, height, width)
    return b"\xff\xd8" + before + b"\xff" + size[1:]


def refusal(folder: Path, name: str, content: bytes) -> str | None:
    """Return why a file is refused, if it is."""
    (folder / name).write_bytes(content)
    try:
        check_file(name, folder, TYPES)
    except Refused as refused:
        return refused.message
    return None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", png(5_000, 5_000)),
        ("a.jpg", jpeg(5_000, 5_000)),
        ("a.jpg", jpeg(5_000, 5_000, before=COMMENT)),
        ("a.svg", b'<svg width="90000" height="90000"/>'),
        # Cut off, or without a frame: whoever shows it says what is wrong.
        ("a.png", png(9, 9)[:-1]),
        ("a.jpg", b"\xff\xd8\xff"),
        ("a.jpg", b"\xff\xd8" + COMMENT * 3),
        ("a.jpg", b"\xff\xd8" + b"\xff" * 99),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(400)),
    ],
)
def test_a_picture_of_a_size_that_screens_have_is_fine(
    name: str, content: bytes, tmp_path: Path
) -> None:
    assert refusal(tmp_path, name, content) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", png(5_000, 5_001)),
        ("a.png", png(0xFFFFFFFF, 0xFFFFFFFF)),
        ("a.PNG", png(1, 25_000_001)),
        ("a.jpg", jpeg(5_001, 5_000)),
        ("a.jpg", jpeg(65_535, 65_535, frame=0xC2)),
        ("a.jpg", jpeg(65_535, 65_535, before=COMMENT)),
        ("a.jpg", jpeg(65_535, 65_535, before=b"\xff\xff")),
    ],
)
def test_a_small_file_that_unpacks_to_gigabytes_is_refused(
    name: str, content: bytes, tmp_path: Path
) -> None:
    assert refusal(tmp_path, name, content) == "value-file-dots"
