"""SVG files are rebuilt from what only draws."""

from __future__ import annotations

import base64
import time

import pytest

from guidegen.schema.picture_files import safe_picture
from guidegen.schema.svg_files import SvgError, read_svg
from guidegen.schema.svg_styles import checked_value

BEGIN = (
    '<svg xmlns="http://www.w3.org/2000/svg" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
)
PLAIN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect/></svg>'
PREFIXED = (
    b'<s:svg xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    b'<s:rect/><x xmlns="urn:x">.</x></s:svg>'
)
DECLARED = b'<!DOCTYPE svg [<!ENTITY n "http://www.w3.org/2000/svg">]>'
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


def svg(inside: str) -> bytes:
    return f"{BEGIN}{inside}</svg>".encode()


def inside(text: str) -> str:
    """Return what is left of something in an SVG."""
    content = read_svg(svg(text)).content.decode()
    assert content.startswith(BEGIN)
    return content.removeprefix(BEGIN).removesuffix("</svg>")


@pytest.mark.parametrize(
    "text",
    [
        "<title>Us</title><desc>Our logo</desc>",
        '<g id="a" transform="rotate(45 1 1)"><path d="M0 0L9 9" fill="#c22"/></g>',
        '<linearGradient id="g"><stop stop-color="red"/></linearGradient>',
        '<rect fill="url(#g)" width="9" height="9"/>',
        '<style>.c{fill:url("#g");stroke:rgb(1,2,3)} #a, g > path {opacity:.5}</style>',
        '<symbol id="s"><circle r="4"/></symbol><use xlink:href="#s" x="1"/>',
        "<text font-family=\"'Frutiger LT', Arial\">Us &amp; <tspan>x</tspan></text>",
        f'<image href="data:image/png;base64,{base64.b64encode(DOT).decode()}"/>',
        '<filter id="f"><feGaussianBlur stdDeviation="2"/></filter>',
        '<clipPath id="c"><rect/></clipPath><g clip-path="url(#c)"/>',
    ],
)
def test_what_only_draws_stays_byte_for_byte(text: str) -> None:
    found = read_svg(svg(text))

    assert found.content == svg(text)
    assert found.left_out == ()


@pytest.mark.parametrize(
    ("text", "left", "missed"),
    [
        ("<script>alert(1)</script>", "", ("script",)),
        ('<script href="https://evil.example/x.js"/>', "", ("script",)),
        ("<foreignObject><body>x</body></foreignObject>", "", ("foreignObject",)),
        ('<rect onclick="x" width="1"/>', '<rect width="1"></rect>', ("onclick",)),
        ('<a href="javascript:x"><rect/></a>', "<g><rect></rect></g>", ()),
        ('<use href="https://evil.example/a.svg#b"/>', "", ("use",)),
        ('<use href="other.svg#b"/>', "", ("use",)),
        ('<image href="https://evil.example/pixel.png"/>', "", ("image",)),
        ('<image href="../../.ssh/id_rsa"/>', "", ("image",)),
        ('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>', "", ("image",)),
        ('<image href="data:text/html;base64,PHN2Zy8+"/>', "", ("image",)),
        ('<animate attributeName="href" to="javascript:x"/>', "", ("animate",)),
        ('<set attributeName="onload" to="x"/>', "", ("set",)),
        ('<rect fill="url(https://evil.example/#a)"/>', "<rect></rect>", ()),
        ('<rect fill="url(//evil.example/a)"/>', "<rect></rect>", ()),
        (r'<rect fill="\75rl(//evil.example/a)"/>', "<rect></rect>", ()),
        ('<rect style="fill:red;background:url(//e.example)"/>',
         '<rect style="fill:red"></rect>', ()),
        ('<rect style="fill:url(//e.example)"/>', '<rect style=""></rect>', ()),
        ('<style>@import "//e.example/x.css";.a{fill:red}</style>',
         "<style>.a{fill:red}</style>", ("@import",)),
        ("<style>@font-face{src:url(//e.example)}.a{fill:red}</style>",
         "<style>.a{fill:red}</style>", ("@font-face",)),
        ("<style>@media print{.b{fill:url(//e)}}.a{fill:red}</style>",
         "<style>.a{fill:red}</style>", ("@media",)),
        ("<style>.a{fill:ur/**/l(//e.example)}</style>", "<style>.a{}</style>", ()),
        (r"<style>.a{b\61ckground:red}</style>", "<style>.a{}</style>", ()),
        ('<x:script xmlns:x="http://www.w3.org/1999/xhtml">x</x:script>', "",
         ("script",)),
        ("<metadata>GPS 53.5,10.0</metadata>", "", ()),
        ('<i:pgf xmlns:i="http://ns.adobe.com/AI/">secret</i:pgf>', "", ()),
        ("<!-- made by Mira on C:\\Users\\mira -->", "", ()),
        ("<handler/><listener/><iframe/>", "", ("iframe",)),
        ("<![CDATA[<script>]]>", "", ()),
        ("<?xml-stylesheet href='//evil.example'?>", "", ()),
    ],
)  # fmt: skip
def test_what_does_more_than_draw_is_left_out(
    text: str, left: str, missed: tuple[str, ...]
) -> None:
    assert inside(text) == left
    assert read_svg(svg(text)).left_out == missed
    # What was rebuilt has nothing more to be left out.
    again = read_svg(read_svg(svg(text)).content)
    assert (again.content, again.left_out) == (read_svg(svg(text)).content, ())


@pytest.mark.parametrize(
    "content",
    [
        b'<svg viewBox="0 0 9 9"><rect/></svg>',
        DECLARED + b'<svg xmlns="&n;" viewBox="0 0 9 9"><rect/></svg>',
        f'<?xml version="1.0" encoding="utf-16"?>{PLAIN}'.encode("utf-16"),
        f'<?xml version="1.0" encoding="iso-8859-1"?>{PLAIN}'.encode(),
        PREFIXED,
    ],
    ids=["no-namespace", "entity", "utf-16", "latin-1", "prefix"],
)
def test_odd_but_honest_files_become_plain_ones(content: bytes) -> None:
    assert read_svg(content).content.decode() == (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
        "<rect></rect></svg>"
    )


def test_nothing_is_read_from_another_file() -> None:
    content = (
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        b'<svg xmlns="http://www.w3.org/2000/svg"><text>a&x;b</text></svg>'
    )

    assert read_svg(content).text in {"ab", "b"}


@pytest.mark.parametrize(
    "content",
    [
        b"<svg",
        b"<html><svg/></html>",
        b'<svg xmlns="http://www.w3.org/1999/xhtml"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg"><g></svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg">&nbsp;</svg>',
        b"",
    ],
)
def test_what_is_no_svg_says_so_and_is_published_as_nothing(content: bytes) -> None:
    with pytest.raises(SvgError, match="broken"):
        read_svg(content)

    assert safe_picture(content, ".svg").endswith(b'width="1" height="1"></svg>')


def _laughing() -> bytes:
    entities = '<!ENTITY a0 "ha ha ha ha ">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 8)
    )
    return f"<!DOCTYPE svg [{entities}]>{BEGIN}<text>&a7;</text></svg>".encode()


def _using(how: str) -> bytes:
    parts = "".join(f'<g id="g{n}">{how.format(n - 1) * 10}</g>' for n in range(1, 12))
    return svg(f'<g id="g0"><rect/></g>{parts}')


def _patterns(rule: str) -> bytes:
    parts = "".join(
        f'<pattern id="p{n}">{f"<rect {rule.format(n - 1)}/>" * 10}</pattern>'
        for n in range(1, 12)
    )
    styles = "".join(f".p{n}{{fill:url(#p{n})}}" for n in range(12))
    return svg(f"<style>{styles}</style>{parts}<rect {rule.format(11)}/>")


@pytest.mark.slow
@pytest.mark.parametrize(
    "content",
    [
        _laughing(),
        _using('<use href="#g{}"/>'),
        _using('<rect mask="url(#g{})"/>'),
        _patterns('fill="url(#p{})"'),
        _patterns('style="fill:url(#p{})"'),
        _patterns('class="p{}"'),
        svg("<g>" * 5_000 + "</g>" * 5_000),
        svg("<rect/>" * 60_000),
    ],
)
def test_a_small_file_that_would_take_for_ever_to_draw_is_refused(
    content: bytes,
) -> None:
    begun = time.process_time()
    with pytest.raises(SvgError, match="heavy"):
        read_svg(content)

    assert time.process_time() - begun < 2


def test_parts_that_use_each_other_are_no_endless_loop() -> None:
    found = read_svg(
        svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>')
    )

    assert found.left_out == ()


def test_text_is_told_from_outlines() -> None:
    found = read_svg(svg("<title>No</title><text> Muster\n <tspan>株</tspan></text>"))

    assert found.text == "Muster 株"


@pytest.mark.parametrize("value", ["none", "url(#a)", "rgb(1 2 3)", "a b c", "calc(1)"])
def test_harmless_values(value: str) -> None:
    assert checked_value(value) == value


@pytest.mark.parametrize(
    "value",
    [
        *("url(x)", "URL(//x)", "url(#a) url(//x)", "image-set('x')", "src(#a)"),
        *("expression(x)", "url(#a", "\\75rl(x)", "a/**/b", "var(--x)", "attr(href)"),
    ],
)
def test_harmful_values(value: str) -> None:
    assert checked_value(value) is None
