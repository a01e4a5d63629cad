"""SVG files: rebuilt from elements and attributes that are known to be harmless.

An SVG that is opened by itself is a page: it may hold scripts, follow links, show other
pages and ask other hosts. What is not on the lists here is left out, whatever it is; a
file with nothing else in it stays as it is, byte for byte.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Final
from xml.parsers import expat

from guidegen.schema.raster_files import JPEG, PNG, dots, without_metadata
from guidegen.schema.svg_lists import (
    ATTRIBUTES,
    ELEMENTS,
    MISSED,
    PROPERTIES,
    SHOWN_TEXT,
    TEXTS,
)
from guidegen.schema.svg_styles import (
    Sheet,
    checked_style,
    checked_value,
    style_sheet,
)
from guidegen.schema.svg_weight import Node, is_too_heavy
from guidegen.value import Value

_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_DEEPEST: Final = 200
_MOST: Final = 50_000
"""Elements."""
_LONGEST: Final = 8_000_000
"""Characters, with all entities in place, which can be far more than the file has."""
_WITHIN: Final = re.compile(r"#[^\s'\"()\\<>]+")
"""An address within the file."""
_PICTURE: Final = re.compile(r"data:image/(?:png|jpeg|jpg);base64,([\sA-Za-z0-9+/=]+)")
_MOST_DOTS: Final = 25_000_000
_ENCODINGS: Final = frozenset({"utf-8", "us-ascii", "ascii"})


class Svg(Value):
    """An SVG that holds nothing but what is drawn."""

    content: bytes
    left_out: tuple[str, ...]
    """What was left out of it and may be missed: elements, `@import`, `onload`."""
    text: str
    """What it says in letters that are text, not outlines."""


class SvgError(ValueError):
    """An SVG cannot be rebuilt.

    Args:
        reason: What is wrong, by the end of a message's id.
        line: Where, if that is known.
    """

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def read_svg(content: bytes) -> Svg:
    """Return an SVG rebuilt from what is harmless.

    Raises:
        SvgError: It is no SVG ("broken"), or would take too long to draw ("heavy").
    """
    rebuilding = _Rebuilding()
    parser = expat.ParserCreate(namespace_separator=" ")
    # Without a handler for them, entities outside of the file are left out.
    parser.ordered_attributes = False
    parser.buffer_text = True
    parser.StartElementHandler = rebuilding.start
    parser.EndElementHandler = rebuilding.end
    parser.CharacterDataHandler = rebuilding.say
    parser.XmlDeclHandler = rebuilding.declare
    for name in (
        *("StartDoctypeDeclHandler", "ProcessingInstructionHandler"),
        *("CommentHandler", "StartCdataSectionHandler"),
    ):
        setattr(parser, name, rebuilding.leave_out)
    try:
        parser.Parse(content, True)  # noqa: FBT003  # expat takes no keywords
    except expat.ExpatError as error:
        raise SvgError("broken", error.lineno) from error
    if is_too_heavy(rebuilding.nodes, rebuilding.sheet.references):
        raise SvgError("heavy")
    text = " ".join("".join(rebuilding.text).split())
    left_out = tuple(dict.fromkeys(rebuilding.missed))
    if rebuilding.is_whole and _is_utf8(content):
        return Svg(content=content, left_out=left_out, text=text)
    return Svg(
        content="".join(rebuilding.pieces).encode(), left_out=left_out, text=text
    )


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


class _Rebuilding:
    """What has been rebuilt so far."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.is_whole = True
        """Whether nothing has been left out."""
        self.missed: list[str] = []
        self.text: list[str] = []
        self.nodes: list[Node] = []
        self.sheet = Sheet()
        self._open: list[tuple[str, Node]] = []
        self._skipped = 0
        """How deep in an element that is left out."""
        self._style: list[str] = []
        self._size = 0
        self._plain = False
        """Whether the file does not say that it is an SVG, and means it."""

    def declare(self, version: str, encoding: str | None, standalone: int) -> None:
        del version, standalone
        if encoding and encoding.lower() not in _ENCODINGS:
            self.is_whole = False

    def leave_out(self, *_: object) -> None:
        self.is_whole = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipped:
            self._skipped += 1
            return
        namespace, _, local = name.rpartition(" ")
        if not self._open:
            self._begin(namespace, local)
        is_svg = namespace == _SVG or (self._plain and not namespace)
        kept = self._attributes(local, attributes) if is_svg else {}
        if not is_svg or local not in {*ELEMENTS, "a"} or _lacks(local, kept):
            self._leave_out(local)
            self._skipped = 1
            return
        # Readers follow no links out of a picture.
        shown = "g" if local == "a" else local
        self.is_whole &= shown == local
        self._add(shown, kept)

    def _begin(self, namespace: str, local: str) -> None:
        if local != "svg" or namespace not in {_SVG, ""} or self.nodes:
            raise SvgError("broken", 1)
        self._plain = not namespace
        self.is_whole &= not self._plain

    def _add(self, name: str, attributes: Mapping[str, str]) -> None:
        node = Node.of(name, attributes)
        if self._open:
            self._open[-1][1].children.append(node)
        self.nodes.append(node)
        if len(self.nodes) > _MOST or len(self._open) >= _DEEPEST:
            raise SvgError("heavy")
        words = "".join(f' {key}="{_escaped(to)}"' for key, to in attributes.items())
        if not self._open:
            words = f' xmlns="{_SVG}" xmlns:xlink="{_XLINK}"{words}'
        self._write(f"<{name}{words}>")
        self._open.append((name, node))

    def end(self, name: str) -> None:
        del name
        if self._skipped:
            self._skipped -= 1
            return
        shown, _ = self._open.pop()
        if shown == "style":
            sheet = style_sheet("".join(self._style))
            self._style.clear()
            self.sheet.add(sheet)
            self.missed += sheet.missed
            self.is_whole &= sheet.is_whole
            self._write(_escaped(sheet.text))
        self._write(f"</{shown}>")

    def say(self, text: str) -> None:
        if self._skipped or not self._open:
            return
        shown = self._open[-1][0]
        if shown == "style":
            self._style.append(text)
        elif shown in TEXTS:
            self._write(_escaped(text))
            if shown in SHOWN_TEXT:
                self.text.append(text)
        elif text.strip():
            self.is_whole = False
        self._size += len(text)

    def _write(self, text: str) -> None:
        self._size += len(text)
        if self._size > _LONGEST:
            raise SvgError("heavy")
        self.pieces.append(text)

    def _leave_out(self, name: str) -> None:
        self.is_whole = False
        if name in MISSED or name.startswith("on"):
            self.missed.append(name)

    def _attributes(self, element: str, given: Mapping[str, str]) -> dict[str, str]:
        kept = {}
        for name, value in given.items():
            namespace, _, local = name.rpartition(" ")
            key = {_XLINK: "xlink:", _XML: "xml:", "": ""}.get(namespace, "?") + local
            checked = _checked(element, key, value)
            if checked != value:
                self._leave_out(local)
            if checked is not None:
                kept[key] = checked
        return kept


def _checked(element: str, name: str, value: str) -> str | None:
    """Return an attribute's value as far as it is harmless, None if it is not."""
    if name in {"href", "xlink:href"}:
        if element == "image":
            return _picture(value)
        return value if _WITHIN.fullmatch(value.strip()) else None
    if name in {"id", "class", "xml:space", "xml:lang"}:
        return value
    if name == "style":
        return checked_style(value)
    if name in ATTRIBUTES or name in PROPERTIES:
        return checked_value(value)
    return None


def _picture(address: str) -> str | None:
    """Return a picture that lies in the file itself, without what nobody sees of it."""
    from base64 import b64decode, b64encode  # noqa: PLC0415  # few have one

    found = _PICTURE.fullmatch(address)
    if found is None:
        return None
    content = b64decode(found[1])
    if not content.startswith((PNG, JPEG)) or dots(content) > _MOST_DOTS:
        return None
    plain = without_metadata(content)
    if plain == content:
        return address
    return f"data:image/png;base64,{b64encode(plain).decode()}".replace(
        "png", "png" if content.startswith(PNG) else "jpeg", 1
    )


def _escaped(text: str) -> str:
    # A reader would take the ends of lines for blanks.
    return html.escape(text).replace("\r", "&#13;").replace("\n", "&#10;")


def _lacks(element: str, kept: Mapping[str, str]) -> bool:
    """Return whether an element shows nothing without what was left out of it."""
    return element in {"image", "use"} and not {"href", "xlink:href"} & kept.keys()
