"""The pages as plain CommonMark, for a wiki, a handbook or another tool.

CommonMark has no tables and no attributes: a row of a table becomes an entry of a list,
and a link leads to a page, not to a heading on it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from guidegen.export.links import Links
from guidegen.export.marks import (
    EMPHASIS,
    STRONG,
    escape_starts,
    escape_text,
    set_marks,
)
from guidegen.model.document import Document, Page
from guidegen.page.tree import BLOCKS, HEADINGS, Element, markdown_parser, parse_page

if TYPE_CHECKING:
    from guidegen.page.tree import Content

_EMPHASIS: Final = {"strong": STRONG, "b": STRONG, "em": EMPHASIS, "i": EMPHASIS}
_BREAK: Final = "\\\n"
_DEEPEST: Final = 6


def markdown_files(document: Document) -> Mapping[str, bytes]:
    """Return a document's pages as CommonMark with front matter, and their files.

    Args:
        document: The pages of one language.

    Returns:
        The files' contents by their path.

    Raises:
        ExportError: A link leads nowhere, or a picture is missing.
        RenderError: A page holds an element that no output knows.
    """
    parser = markdown_parser(document.markdown_extensions)
    parsed = [(page, parse_page(page, parser)) for page in document.pages]
    links = Links.of(document, parsed)
    files = {asset.path: asset.content for asset in document.assets}
    for page, content in parsed:
        blocks = _Blocks(page, links, document).of(content)
        text = "\n\n".join(_with_notices(blocks, page, document))
        files[f"{page.id}.md"] = f"{_front_matter(page, document)}\n{text}\n".encode()
    return files


def _front_matter(page: Page, document: Document) -> str:
    import yaml  # noqa: PLC0415  # only an export needs it

    valid_from = dt.datetime.fromtimestamp(document.valid_from, tz=dt.UTC).date()
    facts = {
        "title": page.title,
        "guideline": document.title,
        "company": document.company,
        "language": document.language,
        "version": document.edition.version,
        "state": document.edition.state.value,
        "valid_from": valid_from,
        "owner": document.running_texts["owner"],
        "digest": document.digest,
    }
    text = yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{text}---\n"


def _with_notices(blocks: list[str], page: Page, document: Document) -> Iterator[str]:
    """Yield a page's blocks, below its heading the draft's mark and the news."""
    notices = []
    if draft := document.running_texts.get("draft"):
        notices.append(_strong(draft))
    if page is document.pages[0] and (news := document.running_texts.get("news")):
        title = _strong(f"{document.labels.word('news_title')}:")
        notices.append(f"{title} {escape_text(news)}")
    head = 1 if blocks and blocks[0].startswith("#") else 0
    yield from blocks[:head]
    yield from (f"> {set_marks(notice)}" for notice in notices)
    yield from blocks[head:]


def _strong(text: str) -> str:
    return f"{STRONG[0]}{escape_text(text).strip()}{STRONG[1]}"


class _Blocks:
    """Turns one page's elements into blocks of Markdown."""

    def __init__(self, page: Page, links: Links, document: Document) -> None:
        self._page = page
        self._links = links
        self._card = escape_text(document.labels.get("save_contact", ""))

    def of(self, content: Iterable[Content]) -> list[str]:
        """Return the blocks of block content; loose text is a paragraph."""
        blocks: list[str] = []
        run: list[Content] = []
        last = ""
        for item in (*content, None):
            if isinstance(item, str) or (item and item.tag not in BLOCKS):
                run.append(item)
                continue
            if loose := self._paragraph(run):
                blocks.append(loose)
                last = ""
            run = []
            if item is not None:
                made = self._block(item, after=last)
                blocks += made
                last = item.tag if made else last
        return blocks

    def _block(self, element: Element, *, after: str) -> list[str]:
        if element.tag in HEADINGS:
            text = self._line(element.children).replace(_BREAK, " ")
            marks = "#" * min(int(element.tag[1]), _DEEPEST)
            return [f"{marks} {text}"] if text else []
        if element.tag in {"ul", "ol", "table"}:
            return self._entries(element, after=after)
        if element.tag == "blockquote":
            text = "\n\n".join(self.of(element.children))
            return [_prefixed(text, "> ", "> ")] if text else []
        if element.tag == "hr":
            return ["***"]
        if element.tag in {"p", "dt", "dd"} and not _has_blocks(element):
            paragraph = self._paragraph(element.children)
            if element.tag == "dt" and paragraph:
                paragraph = set_marks(f"{STRONG[0]}{paragraph}{STRONG[1]}")
            return [paragraph] if paragraph else []
        return self.of(element.children)

    def _entries(self, element: Element, *, after: str) -> list[str]:
        """Return a list; it begins otherwise than one of its kind right before it."""
        if element.tag == "ol":
            return self._list(element, other=after == "ol")
        other = after in {"ul", "table"}
        if element.tag == "table":
            return self._table(element, other=other)
        return self._list(element, other=other)

    def _paragraph(self, content: Iterable[Content]) -> str:
        return escape_starts(self._line(content))

    def _list(self, element: Element, *, other: bool) -> list[str]:
        items = [
            self.of(item.children)
            for item in element.children
            if isinstance(item, Element)
        ]
        if element.tag == "ul":
            return _joined(items, lambda _: "* " if other else "- ")
        start = element.attributes.get("start", "1")
        first = int(start) if start.isdecimal() else 1
        dot = ")" if other else "."
        return _joined(items, lambda place: f"{first + place}{dot} ")

    def _table(self, element: Element, *, other: bool) -> list[str]:
        """Return a table's rows as entries, each cell but the first with its header."""
        rows = [
            [cell for cell in row.children if isinstance(cell, Element)]
            for row in _rows(element)
        ]
        head = rows[0] if rows else []
        names = [self._inline(cell.children).strip() for cell in head]
        items = []
        for row in rows[1:]:
            first, *others = row
            below = [
                [self._named(name, cell)]
                for name, cell in zip(names[1:], others, strict=False)
            ]
            entry = "\n".join(_joined(below, lambda _: "- "))
            items.append(["\n".join((self._paragraph(first.children), entry))])
        return _joined(items, lambda _: "* " if other else "- ")

    def _named(self, name: str, cell: Element) -> str:
        named = (f"{name}: " if name else "") + self._inline(cell.children)
        return escape_starts(set_marks(_squeezed(named)))

    def _line(self, content: Iterable[Content]) -> str:
        return set_marks(_squeezed(self._inline(content)))

    def _inline(self, content: Iterable[Content]) -> str:
        line = ""
        for item in content:
            if isinstance(item, str):
                line += escape_text(item)
                continue
            text = self._element(item)
            if line.endswith("!") and text.startswith("["):
                line = line[:-1] + "\\!"  # else it would be a picture
            line += text
        return line

    def _element(self, element: Element) -> str:
        if element.tag == "br":
            return _BREAK
        if element.tag == "img":
            return self._picture(element)
        text = self._inline(element.children)
        if element.tag == "a" and "href" in element.attributes:
            return self._link(text, element.attributes["href"])
        if element.tag in _EMPHASIS:
            opening, closing = _EMPHASIS[element.tag]
            inner = text.strip(" ")
            lead = " " if text.startswith(" ") else ""
            trail = " " if text.endswith(" ") and inner else ""
            return f"{lead}{opening}{inner}{closing}{trail}" if inner else lead
        return text

    def _link(self, text: str, href: str) -> str:
        target = self._links.resolve(href, self._page)
        if target.file:
            to = quote(target.file)
        elif target.page:
            to = f"{quote(target.page)}.md"
        else:
            to = target.url.replace("&", "&amp;")
        if not text.strip() or target.page == self._page.id:
            return text
        to = f"<{to}>" if "(" in to or ")" in to else to
        return f"[{set_marks(text)}]({to})"

    def _picture(self, element: Element) -> str:
        asset = self._links.picture(element.attributes.get("src", ""), self._page)
        alt = escape_text(element.attributes.get("alt", "")).strip()
        picture = f"![{alt}]({quote(asset.path)})"
        card = str(PurePosixPath(asset.path).with_suffix(".vcf"))
        if card in self._links.assets and self._card:
            picture += f"{_BREAK}[{self._card}]({quote(card)})"
        return picture


def _joined(items: list[list[str]], marker: Callable[[int], str]) -> list[str]:
    """Return a list's entries as one block, tight if each is one block."""
    if not items:
        return []
    tight = all(len(blocks) <= 1 for blocks in items)
    entries = [
        _prefixed("\n\n".join(blocks), marker(place), " " * len(marker(place)))
        for place, blocks in enumerate(items)
    ]
    return [("\n" if tight else "\n\n").join(entries)]


def _prefixed(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    marked = [(others if place else first) + line for place, line in enumerate(lines)]
    return "\n".join(line.rstrip(" ") for line in marked)


def _squeezed(line: str) -> str:
    """Return a line without the white space around its breaks, and none at its ends."""
    parts = [part.strip(" ") for part in line.split(_BREAK)]
    while parts and not parts[-1]:
        parts.pop()
    while parts and not parts[0]:
        parts.pop(0)
    # Two breaks in a row would end the paragraph.
    return _BREAK.join(part for part in parts if part)


def _has_blocks(element: Element) -> bool:
    return any(
        isinstance(child, Element) and child.tag in BLOCKS for child in element.children
    )


def _rows(element: Element) -> Iterator[Element]:
    for child in element.children:
        if isinstance(child, Element):
            if child.tag == "tr":
                yield child
            else:
                yield from _rows(child)
