from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from tests.pdf.conftest import TEMPLATE
from tests.wording import raises

from guidegen.colour import DARK_PAGE, WHITE
from guidegen.errors import PdfError
from guidegen.model.document import Asset, Document
from guidegen.pdf.build import build_pdf
from guidegen.pdf.logo import is_lost, logo_notes

STAR = "M30 4l8 18 19 2-14 13 4 19-17-10-17 10 4-19L3 24l19-2z"


def svg(body: str, *, width: int = 60, height: int = 60, style: str = "") -> Asset:
    """Return a drawing as the file of a logo."""
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    text = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{style}{body}</svg>'
    return Asset(path="images/logo.svg", content=text.encode())


def png(rows: list[bytes], *, side: int, kind: int = 6, bits: int = 8) -> Asset:
    """Return a PNG: rows without a filter, of `kind` (6: red, green, blue, opacity)."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    head = struct.pack(">IIBBBBB", side, len(rows), bits, kind, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", data), chunk(b"IEND", b"")
    content = b"\x89PNG\r\n\x1a\n" + b"".join(parts)
    return Asset(path="images/logo.png", content=content)


def star(color: str) -> Asset:
    return svg(f'<path fill="{color}" d="{STAR}"/>')


def with_entities(entities: str, used: str) -> bytes:
    """Return a drawing with a document type of its own."""
    text = svg(f'<text fill="#fff" y="9">&{used};</text>').content.decode()
    return f"<!DOCTYPE svg [{entities}]>{text}".encode()


LETTERS = "".join(f'<path d="M{x} 10h9v4h-5v26h-4z"/>' for x in range(70, 200, 14))


@pytest.mark.parametrize(
    ("color", "grounds"),
    [
        ("#ffffff", [WHITE]),
        ("#f2f2f2", [WHITE]),
        ("#ffff66", [WHITE]),
        ("#000000", [DARK_PAGE]),
        ("#101c2c", [DARK_PAGE]),
        ("#0b5fa5", []),
        ("#7a0019", []),
        ("#888888", []),
        ("#ff8800", []),
    ],
)
def test_a_colour_is_lost_where_it_is_that_of_the_ground(
    color: str, grounds: list[str]
) -> None:
    lost = [each for each in (WHITE, DARK_PAGE) if is_lost(star(color), each)]

    assert lost == grounds


@pytest.mark.parametrize(
    "logo",
    [
        svg(f'<path class="a" d="{STAR}"/>', style="<style>.a{fill:#FFF}</style>"),
        svg(f'<g fill="#fff" opacity=".5"><path d="{STAR}"/></g>'),
        svg(f'<path fill="none" stroke="#fff" stroke-width=".7" d="{STAR}"/>'),
        svg('<text fill="#fff" font-size="30" x="3" y="40">Nord</text>'),
        svg(
            f'<path fill="url(#a)" d="{STAR}"/>',
            style='<linearGradient id="a"><stop stop-color="#fff"/>'
            '<stop offset="1" stop-color="#f3f3f3"/></linearGradient>',
        ),
        # The sign can be seen, the name beside it cannot.
        svg(
            f'<path fill="#0b5fa5" d="{STAR}"/><g fill="#fff">{LETTERS}</g>', width=210
        ),
        svg('<rect width="60" height="60" fill="#fff"/>'),
        png([bytes((255, 255, 255, 255)) * 8 + bytes(32)] * 16, side=16),
        png([b"\xff" * 16] * 16, side=16, kind=0),
    ],
    ids=["style", "pale", "thin", "text", "gradient", "name", "blank", "dots", "grey"],
)
def test_white_is_noticed_however_it_is_drawn(logo: Asset) -> None:
    assert is_lost(logo, WHITE)


@pytest.mark.parametrize(
    "logo",
    [
        svg(f'<rect width="210" height="60" fill="#fff"/><g>{LETTERS}</g>', width=210),
        svg(f'<rect width="210" height="60" rx="30" fill="#fff"/>{LETTERS}', width=210),
        svg(f'<rect width="60" height="60"/><path fill="#fff" d="{STAR}"/>'),
        svg('<rect width="60" height="60" fill="#0b5fa5"/>'),
        # White, but with a line around it.
        svg(f'<path fill="#fff" stroke="#0b5fa5" stroke-width="2" d="{STAR}"/>'),
        # White in what is never drawn.
        svg(
            f'<path fill="#0b5fa5" d="{STAR}"/>',
            style=f'<defs><path fill="#fff" d="{STAR}"/></defs>',
        ),
        png([b"\xff" * 7 + b"\0" * 2 + b"\xff" * 7] * 16, side=16, kind=0),
    ],
    ids=["plate", "badge", "negative", "blue", "outlined", "unused", "scan"],
)
def test_what_stands_out_by_itself_is_not_lost(logo: Asset) -> None:
    assert not is_lost(logo, WHITE)


# Ten times as many with each step.
STEPS = range(1, 12)
USES = [f'<use href="#g{step - 1}"/>' * 10 for step in STEPS]
BOMB = "".join(f'<g id="g{step}">{USES[step - 1]}</g>' for step in STEPS)
NAMES = [f"&e{step - 1};" * 10 for step in STEPS]
ENTITIES = "".join(f'<!ENTITY e{step} "{NAMES[step - 1]}">' for step in STEPS)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg",
        b"<html/>",
        b'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>',
        svg(f'<defs><path id="g0" d="{STAR}"/>{BOMB}</defs><use href="#g11"/>').content,
        svg('<image href="/etc/hostname" width="60" height="60"/>').content,
        svg('<image href="http://127.0.0.1/a.png" width="9" height="9"/>').content,
        svg("<g>" * 50_000 + "</g>" * 50_000).content,
        with_entities(f'<!ENTITY e0 "x">{ENTITIES}', "e11"),
        with_entities('<!ENTITY e SYSTEM "file:///etc/hostname">', "e"),
    ],
    ids=[
        *("empty", "cut", "html", "flat", "uses", "file", "address"),
        *("deep", "entities", "external"),
    ],
)
def test_what_nobody_can_draw_is_named_by_its_answer(content: bytes) -> None:
    for name, key in (("logo", "brand.logo"), ("logo-dark", "brand.logo_dark")):
        with raises(PdfError, match="this logo cannot be drawn") as caught:
            is_lost(Asset(path=f"images/{name}.svg", content=content), WHITE)

        assert caught.value.problem.values == {"key": key}


def test_what_a_power_failure_left_of_an_opinion_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    is_lost.cache_clear()
    assert is_lost(star("#ffffff"), WHITE)
    (kept,) = (path for path in tmp_path.rglob("logos/*") if path.is_file())
    kept.write_bytes(b"")

    is_lost.cache_clear()
    assert is_lost(star("#ffffff"), WHITE)
    assert kept.read_bytes()


def test_an_empty_picture_can_be_drawn() -> None:
    content = b'<svg xmlns="http://www.w3.org/2000/svg"/>'

    assert not is_lost(Asset(path="images/logo.svg", content=content), WHITE)


@pytest.mark.parametrize(
    ("logo", "logo_dark", "messages"),
    [
        (None, None, []),
        ("#0b5fa5", None, []),
        # On dark pages it stands on a white field.
        ("#000000", None, []),
        ("#ffffff", None, ["logo-lost"]),
        ("#ffffff", "#ffffff", ["logo-lost"]),
        ("#0b5fa5", "#ffffff", []),
        ("#0b5fa5", "#101010", ["logo-dark-lost"]),
        ("#ffffff", "#101010", ["logo-swapped"]),
    ],
)
def test_the_author_hears_of_a_logo_that_is_lost(
    logo: str | None, logo_dark: str | None, messages: list[str], german: Document
) -> None:
    document = replace(
        german,
        logo=star(logo) if logo else None,
        logo_dark=star(logo_dark) if logo_dark else None,
    )

    assert [note.message for note in logo_notes(document)] == messages


def test_a_logo_of_pixels_is_in_the_pdf(german: Document, tmp_path: Path) -> None:
    logo = png([b"\xff\x00\x00\xff" * 8] * 8, side=8)

    build_pdf(
        replace(german, logo=logo), template=TEMPLATE, into=tmp_path / "guideline.pdf"
    )

    assert b"/Subtype/Image" in (tmp_path / "guideline.pdf").read_bytes()
