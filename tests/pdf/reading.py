"""Reads a PDF back the way a screen reader does: by its tags, not by its places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import page as validator
import pikepdf

BLOCKS = ("P", "H1", "H2", "H3", "H4", "LI", "TH", "TD", "BlockQuote", "Div")
_OF_TEXT = "BDC BMC EMC Tf Tj TJ"
"""The operators that say what is written, not what is drawn; codes have thousands."""
SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True)
class Tag:
    """An element of the tag tree; a child that is text comes from the page."""

    kind: str
    alt: str
    children: tuple[Tag | str, ...]

    def find(self, kind: str) -> Iterator[Tag]:
        """Yield all elements of a kind within this one."""
        for child in self.children:
            if isinstance(child, Tag):
                if child.kind == kind:
                    yield child
                yield from child.find(kind)

    def text(self) -> str:
        """Return the text: blocks on lines of their own, hyphenation undone."""
        text = re.sub(r"[ \n]*\n[ \n]*", "\n", self.lines())
        return re.sub(" +", " ", text).strip(" \n")

    def lines(self) -> str:
        """Return the text as it is, each block between two line breaks."""
        if self.kind == "Lbl":  # bullets and numbers of lists: the template's, not text
            return ""
        inner = "".join(
            child if isinstance(child, str) else child.lines()
            for child in self.children
        )
        inner = inner.replace(SOFT_HYPHEN, "")
        return f"\n{inner}\n" if self.kind in BLOCKS else inner


@dataclass(frozen=True)
class ReadPdf:
    """What a test wants to know about a PDF."""

    tags: Tag
    pages: int
    title: str
    language: str
    metadata: str
    links: tuple[str, ...]
    """Addresses, and the names or pages of internal targets."""
    bookmarks: tuple[str, ...]
    running_texts: str
    """What stands outside the tags: header and footer."""
    fonts: frozenset[str]

    @property
    def text(self) -> str:
        """The whole text in reading order."""
        return self.tags.text()


def broken_rules(path: Path, profile: str) -> list[str]:
    """Return what a PDF breaks of a standard (`ua1`, `2a`).

    The validator takes a carriage return at the end of a stream's (compressed) data for
    a part of the line end that follows; that chance finding is left out.
    """
    report = validator.validate_pdf(path, profile=profile)
    return [
        failure.message
        for failure in report.failures
        if failure.message != "a stream /Length does not match its raw content length"
    ]


def read_pdf(path: Path) -> ReadPdf:
    """Read a PDF that Typst made."""
    with pikepdf.open(path) as pdf:
        marked = {page.obj.objgen: _marked_text(page) for page in pdf.pages}
        root = pdf.Root
        tree = _tag(root.StructTreeRoot.K, None, marked)
        outline = pdf.open_outline()
        with outline:
            bookmarks = tuple(_titles(outline.root))
        return ReadPdf(
            tags=Tag("Document", "", tree),
            pages=len(pdf.pages),
            title=str(pdf.docinfo["/Title"]),
            language=str(root.Lang),
            metadata=root.Metadata.read_bytes().decode(),
            links=tuple(_links(pdf)),
            bookmarks=bookmarks,
            running_texts="".join(texts[None] for texts in marked.values()),
            fonts=frozenset(
                str(font.BaseFont)
                for page in pdf.pages
                for font in page.Resources.get("/Font", {}).values()
            ),
        )


def _titles(items: list[Any]) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _titles(item.children)


def _links(pdf: pikepdf.Pdf) -> Iterator[str]:
    for page in pdf.pages:
        for annotation in page.get("/Annots", ()):
            if "/A" in annotation and "/URI" in annotation.A:
                yield str(annotation.A.URI)
            else:
                yield "#"


def _tag(
    node: Any,  # noqa: ANN401  # pikepdf's objects have no more precise type
    page: Any,  # noqa: ANN401
    marked: dict[tuple[int, int], dict[int | None, str]],
) -> tuple[Tag | str, ...]:
    """Return a node of the structure tree (PDF 1.7, 14.7) with all below it."""
    if isinstance(node, pikepdf.Array):
        return tuple(part for entry in node for part in _tag(entry, page, marked))
    if isinstance(node, int):
        return (marked[page][node],)
    page = node.Pg.objgen if "/Pg" in node else page
    kind = str(node.get("/Type", ""))
    if kind == "/OBJR":
        return ()
    if kind == "/MCR":
        return (marked[page][int(node.MCID)],)
    children = _tag(node.K, page, marked) if "/K" in node else ()
    name = str(node.S).removeprefix("/")
    if "/ActualText" in node:
        children = (str(node.ActualText),)
    return (Tag(name, str(node.get("/Alt", "")), children),)


def _marked_text(page: pikepdf.Page) -> dict[int | None, str]:
    """Return the text of each marked content; what is not marked is under None."""
    fonts = {
        name: _unicode_map(font.ToUnicode.read_bytes().decode())
        for name, font in page.Resources.get("/Font", {}).items()
    }
    found: dict[int | None, str] = {None: ""}
    stack: list[tuple[int | None, bool]] = []
    current: dict[str, str] = {}
    for instruction in pikepdf.parse_content_stream(page, _OF_TEXT):
        operands, name = instruction.operands, str(instruction.operator)
        if name in {"BDC", "BMC"}:
            properties: Any = operands[1] if len(operands) > 1 else {}
            number, replaced = stack[-1] if stack else (None, False)
            if "/MCID" in properties:
                number = int(properties["/MCID"])
                found.setdefault(number, "")
            if "/ActualText" in properties:
                found[number] += str(properties["/ActualText"])
                replaced = True
            stack.append((number, replaced))
        elif name == "EMC":
            stack.pop()
        elif name == "Tf":
            current = fonts[str(operands[0])]
        elif name in {"Tj", "TJ"}:
            number, replaced = stack[-1] if stack else (None, False)
            if not replaced:
                found[number] += _decode(operands[0], current)
    return found


def _decode(shown: Any, characters: dict[str, str]) -> str:  # noqa: ANN401
    parts = shown if isinstance(shown, pikepdf.Array) else [shown]
    raw = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    glyphs = raw.hex().upper()
    return "".join(
        [characters[glyphs[place : place + 4]] for place in range(0, len(glyphs), 4)]
    )


def _unicode_map(cmap: str) -> dict[str, str]:
    """Return what each glyph of a font stands for (PDF 1.7, 9.10.3)."""
    return {
        glyph: bytes.fromhex(text).decode("utf-16-be")
        for glyph, text in re.findall(r"<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>\n", cmap)
        if (glyph, text) != ("0000", "FFFF")
    }
