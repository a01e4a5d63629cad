from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from guidegen.schema.picture_files import check_file, safe_picture
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


# --- what nobody sees


def _chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + bytes(4)


def _segment(kind: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, kind, len(data) + 2) + data


EXIF = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 2)
GPS = struct.pack(">HHII", 0x8825, 4, 1, 99)
TURNED = struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0)


def test_a_png_keeps_what_is_drawn_and_nothing_else() -> None:
    drawn = (
        *(_chunk(b"IHDR", bytes(13)), _chunk(b"PLTE", b"abc"), _chunk(b"tRNS", b"a")),
        *(_chunk(b"iCCP", b"p\0\0" + zlib.compress(b"profile")), _chunk(b"IDAT", b"x")),
    )
    hidden = (
        *(_chunk(b"tEXt", b"Author\0Mira"), _chunk(b"zTXt", b"k\0\0"), _chunk(b"acTL")),
        *(_chunk(b"eXIf", EXIF + GPS), _chunk(b"iTXt", b"x"), _chunk(b"tIME", b"now")),
        *(_chunk(b"fcTL", b"x"), _chunk(b"fdAT", b"frame"), _chunk(b"prVt", b"x")),
        _chunk(b"iCCP", b"bomb\0\0" + zlib.compress(bytes(20_000_000))),
    )
    begin, end = b"\x89PNG\r\n\x1a\n", _chunk(b"IEND")
    plain = begin + b"".join(drawn) + end

    mixed = begin + drawn[0] + b"".join((*hidden, *drawn[1:])) + end + b"PK\x03\x04"

    assert safe_picture(mixed, ".PNG") == plain
    assert safe_picture(plain, ".png") == plain


def test_a_jpeg_keeps_what_is_drawn_and_which_side_is_up() -> None:
    drawn = (
        *(_segment(0xE0, b"JFIF\0\1\1"), _segment(0xE2, b"ICC_PROFILE\0\1\1x")),
        *(_segment(0xEE, b"Adobe\0d"), _segment(0xDB, bytes(65))),
        *(_segment(0xC0, b"\x08\0\x09\0\x09\x03"), _segment(0xC4, b"x")),
        _segment(0xDA, b"scan") + b"data\xff\x00data\xff\xd0data\xff\xff",
        _segment(0xDA, b"scan") + b"more",
    )
    gps = _segment(0xE1, EXIF + TURNED + GPS + bytes(4) + b"53.5 N")
    hidden = (
        *(_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>"), _segment(0xFE, b"me")),
        *(_segment(0xED, b"Photoshop 3.0\0"), _segment(0xE2, b"MPF\0x"), gps),
    )
    begin, end = b"\xff\xd8", b"\xff\xd9"
    upright = _segment(0xE1, EXIF[:-2] + b"\0\1" + TURNED + bytes(4))

    mixed = begin + b"".join((*hidden, *drawn)) + end + b"<script>"

    assert safe_picture(mixed, ".jpg") == begin + upright + b"".join(drawn) + end
    plain = begin + b"".join(drawn) + end
    assert safe_picture(plain, ".jpeg") == plain


@pytest.mark.parametrize("content", [png(9, 9), jpeg(9, 9), b"\xff\xd8\xff", b"GIF89a"])
def test_what_is_cut_off_is_no_fault_of_ours(content: bytes) -> None:
    for suffix in (".png", ".jpg", ".gif"):
        assert isinstance(safe_picture(content, suffix), bytes)


def test_dots_of_sixteen_bits_count_twice(tmp_path: Path) -> None:
    deep = png(5_000, 2_501) + b"\x10\x06\0\0\0"

    assert refusal(tmp_path, "a.png", deep) == "value-file-dots"
    assert refusal(tmp_path, "a.png", png(5_000, 2_501) + b"\x08\x06\0\0\1") is None


def test_print_colours_are_named(tmp_path: Path) -> None:
    colours = jpeg(9, 9) + b"\x04"

    assert refusal(tmp_path, "a.jpg", colours) == "value-file-cmyk"
    assert refusal(tmp_path, "a.jpg", jpeg(9, 9) + b"\x03") is None


def test_a_jpeg_of_endless_passes_is_refused(tmp_path: Path) -> None:
    passes = jpeg(9, 9) + b"\x03" + bytes(9) + _segment(0xDA, b"s") * 200

    assert refusal(tmp_path, "a.jpg", passes) == "value-file-dots"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><g></svg>', "value-file-svg-broken"),
        (b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 999 + b"</g>" * 999
         + b"</svg>", "value-file-svg-heavy"),
    ],
)  # fmt: skip
def test_an_svg_that_cannot_be_rebuilt_says_why(
    content: bytes, message: str, tmp_path: Path
) -> None:
    assert refusal(tmp_path, "a.svg", content) == message


@pytest.mark.parametrize("name", ["logo.png", "bilder/logo.png"])
def test_a_picture_behind_a_link_is_refused(name: str, tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    (real / "logo.png").write_bytes(png(9, 9))
    link = tmp_path / name.partition("/")[0]
    link.symlink_to(real if "/" in name else real / "logo.png")

    with pytest.raises(Refused, match="value-file-link"):
        check_file(name, tmp_path, TYPES)
