"""The pages as plain CommonMark, for a wiki, a handbook or another tool.

CommonMark has no tables and no attributes: a row of a table becomes an entry of a list,
and a link leads to a page, not to a heading on it.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote

import yaml

from guidegen.export.chapters import without_illegal
from guidegen.model.document import Document
from guidegen.page.links import Target
from guidegen.page.normalise import LINES, NormalPage, normalise
from guidegen.page.tree import HEADINGS, Content, Element

_SPACES: Final = re.compile(r"[ \t\n\r\f\v]+")
# CommonMark needs fewer; `|`, `~`, `$` and `^` mean something to extensions of it.
_SPECIAL: Final = re.compile(r"[\\`*_{}\[\]<>#|~$^]|&(?=#?\w+;)")
# A list's number has up to nine digits (CommonMark 0.31, 5.2).
_START: Final = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))|^(?=[-+=:])", re.MULTILINE)

_STRONG: Final = ("\ufdd0", "\ufdd1")
_EMPHASIS: Final = ("\ufdd2", "\ufdd3")
"""Placeholders for asterisks, until their neighbours are known; no text has them."""
_PAIRS: Final = {_STRONG: "**", _EMPHASIS: "*"}
_MARKS: Final = "".join((*_STRONG, *_EMPHASIS))
_MARKS_OF: Final = {"strong": _STRONG, "em": _EMPHASIS}
_BREAK: Final = "\\\n"


def markdown_files(document: Document) -> Mapping[str, bytes]:
    """Return a document's pages as CommonMark with front matter, and their files.

    Args:
        document: The pages of one language.

    Returns:
        The files' contents by their path.

    Raises:
        RenderError: A page holds what no output shows, or a link leads nowhere.
    """
    files = {asset.path: asset.content for asset in document.assets}
    for number, page in enumerate(normalise(document)):
        blocks = _Blocks(page, document).of(page.blocks)
        text = "\n\n".join(_with_notices(blocks, document, first=number == 0))
        files[f"{page.id}.md"] = f"{_front_matter(page, document)}\n{text}\n".encode()
    return files


def _front_matter(page: NormalPage, document: Document) -> str:
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
    if document.undated:
        del facts["valid_from"]
    facts |= {
        key: document.running_texts[key]
        for key in ("document_number", "classification", "approved_by")
        if key in document.running_texts
    }
    text = yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{text}---\n"


def _with_notices(
    blocks: list[str], document: Document, *, first: bool
) -> Iterator[str]:
    """Yield a page's blocks, with the draft's mark and the news below its heading."""
    notices = []
    if draft := document.running_texts.get("draft"):
        notices.append(_strong(draft))
    if first and (news := document.running_texts.get("news")):
        title = _strong(f"{document.labels.word('news_title')}:")
        notices.append(f"{title} {_escape_text(news)}")
    # The page's own heading stays first: readers take it for the title.
    head = 1 if blocks and blocks[0].startswith("#") else 0
    yield from blocks[:head]
    yield from (f"> {_set_marks(notice)}" for notice in notices)
    yield from blocks[head:]


def _strong(text: str) -> str:
    return f"{_STRONG[0]}{_escape_text(text).strip()}{_STRONG[1]}"


class _Blocks:
    """Turns one page's blocks into those of Markdown."""

    def __init__(self, page: NormalPage, document: Document) -> None:
        self._page = page
        self._files = {asset.path for asset in document.assets}
        self._card = _escape_text(document.labels.get("save_contact", ""))

    def of(self, elements: Iterable[Element]) -> list[str]:
        """Return some blocks as Markdown; empty ones are left out."""
        blocks: list[str] = []
        last = ""
        for element in elements:
            made = self._block(element, after=last)
            blocks += made
            last = element.tag if made else last
        return blocks

    def _block(self, element: Element, *, after: str) -> list[str]:
        if element.tag in LINES:
            return [text] if (text := self._text(element)) else []
        if element.tag in {"ul", "ol", "table"}:
            return self._entries(element, after=after)
        if element.tag == "blockquote":
            text = "\n\n".join(self.of(element.elements))
            return [_prefixed(text, "> ", "> ")] if text else []
        if element.tag == "hr":
            # `---` below a line of text would make it a heading (CommonMark 0.31, 4.3).
            return ["***"]
        inner = self.of(element.elements)
        if element.tag == "dt" and len(inner) == 1:
            return [_set_marks(f"{_STRONG[0]}{inner[0]}{_STRONG[1]}")]
        return inner

    def _entries(self, element: Element, *, after: str) -> list[str]:
        """Return a list; right after one of its kind, it uses another marker."""
        if element.tag == "ol":
            # Only another marker begins another list (CommonMark 0.31, 5.3).
            return self._list(element, other=after == "ol")
        other = after in {"ul", "table"}
        if element.tag == "table":
            return self._table(element, other=other)
        return self._list(element, other=other)

    def _text(self, element: Element) -> str:
        line = self._line(element.children)
        if element.tag in HEADINGS and line:
            # A heading is one line (CommonMark 0.31, 4.2).
            return f"{'#' * int(element.tag[1])} {line.replace(_BREAK, ' ')}"
        return _escape_starts(line)

    def _list(self, element: Element, *, other: bool) -> list[str]:
        items = [self.of(item.elements) for item in element.elements]
        if element.tag == "ul":
            return _joined(items, lambda _: "* " if other else "- ")
        first = 1 if element.start is None else element.start
        dot = ")" if other else "."
        return _joined(items, lambda index: f"{first + index}{dot} ")

    def _table(self, element: Element, *, other: bool) -> list[str]:
        """Return a table's rows as entries, each cell but the first with its header."""
        head, *rows = element.elements
        names = [self._cell(cell) for cell in head.elements]
        items = []
        for row in rows:
            first, *others = row.elements
            below = [
                [self._named(name, cell)]
                for name, cell in zip(names[1:], others, strict=True)
            ]
            entry = "\n".join(_joined(below, lambda _: "- "))
            said = _escape_starts(_set_marks(_squeezed(self._cell(first))))
            items.append([f"{said}\n{entry}"])
        return _joined(items, lambda _: "* " if other else "- ")

    def _named(self, name: str, cell: Element) -> str:
        named = (f"{name}: " if name else "") + self._cell(cell)
        return _escape_starts(_set_marks(_squeezed(named)))

    def _cell(self, cell: Element) -> str:
        """Return what a cell says, in one line."""
        return " ".join(self._inline(block.children) for block in cell.elements)

    def _line(self, content: Iterable[Content]) -> str:
        return _set_marks(_squeezed(self._inline(content)))

    def _inline(self, content: Iterable[Content]) -> str:
        line = ""
        for item in content:
            if isinstance(item, str):
                line += _escape_text(item)
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
        if element.href is not None:
            return self._link(text, self._page.targets[element.href])
        if element.tag in _MARKS_OF:
            opening, closing = _MARKS_OF[element.tag]
            inner = text.strip(" ")
            lead = " " if text.startswith(" ") else ""
            trail = " " if text.endswith(" ") and inner else ""
            return f"{lead}{opening}{inner}{closing}{trail}" if inner else lead
        return text

    def _link(self, text: str, target: Target) -> str:
        if target.file:
            to = quote(target.file)
        elif target.page:
            to = f"{quote(target.page)}.md"
        else:
            # `&copy=` in an address would be an entity (CommonMark 0.31, 2.5).
            to = target.url.replace("&", "&amp;")
        # CommonMark has no ids: a link to a heading of this page would lead nowhere.
        if not text.strip() or target.page == self._page.id:
            return text
        # A bracket would end the address.
        to = f"<{to}>" if "(" in to or ")" in to else to
        return f"[{_set_marks(text)}]({to})"

    def _picture(self, element: Element) -> str:
        asset = self._page.pictures[element.src]
        alt = _escape_text(element.alt or "").strip()
        picture = f"![{alt}]({quote(asset.path)})"
        card = str(PurePosixPath(asset.path).with_suffix(".vcf"))
        if card in self._files and self._card:
            picture += f"{_BREAK}[{self._card}]({quote(card)})"
        return picture


def _joined(items: list[list[str]], marker: Callable[[int], str]) -> list[str]:
    """Return a list as one block, tight if every entry is a single block."""
    if not items:
        return []
    # An empty line anywhere makes a list loose (CommonMark 0.31, 5.3).
    tight = all(len(blocks) <= 1 for blocks in items)
    entries = [
        _prefixed("\n\n".join(blocks), marker(index), " " * len(marker(index)))
        for index, blocks in enumerate(items)
    ]
    return [("\n" if tight else "\n\n").join(entries)]


def _prefixed(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    marked = [(others if index else first) + line for index, line in enumerate(lines)]
    # Two spaces at the end of a line would break it (CommonMark 0.31, 6.7).
    return "\n".join(line.rstrip(" ") for line in marked)


def _squeezed(line: str) -> str:
    """Return a line without white space at its ends or around its breaks."""
    parts = [part.strip(" ") for part in line.split(_BREAK)]
    while parts and not parts[-1]:
        parts.pop()
    while parts and not parts[0]:
        parts.pop(0)
    # Two breaks in a row would end the paragraph.
    return _BREAK.join(part for part in parts if part)


def _escape_text(text: str) -> str:
    """Return a text as Markdown that shows just this text."""
    line = _SPACES.sub(" ", without_illegal(text))
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", line)


def _escape_starts(block: str) -> str:
    """Return a paragraph in which no line begins like a list, a rule or a heading."""
    lines = "\n".join(line.strip(" ") for line in block.split("\n"))
    return _START.sub(lambda found: f"{found[1] or ''}\\", lines)


def _set_marks(line: str) -> str:
    """Return a line with its emphasis as asterisks, where they are unambiguous.

    Beside letters and punctuation they can be ambiguous (CommonMark 0.31, section
    6.2); the emphasis is dropped there.
    """
    opened: list[tuple[int, tuple[str, str]]] = []
    starred: dict[int, str] = {}
    for index, character in enumerate(line):
        for pair, stars in _PAIRS.items():
            if character == pair[0]:
                opened.append((index, pair))
            elif character == pair[1] and opened:
                begin, _ = opened.pop()
                if not opened and _readable(line, begin, index, starred):
                    starred[begin] = starred[index] = stars
    return "".join(
        starred.get(index, "") if character in _MARKS else character
        for index, character in enumerate(line)
    )


def _readable(line: str, begin: int, end: int, starred: dict[int, str]) -> bool:
    """Return whether asterisks at these indexes would open and close emphasis."""
    inside = [each for each in line[begin + 1 : end] if each not in _MARKS]
    if not inside:
        return False
    before = _neighbour(line, begin, -1, starred)
    after = _neighbour(line, end, 1, starred)
    return (
        not inside[0].isspace()
        and not inside[-1].isspace()
        and (not _is_mark(inside[0]) or _is_free(before))
        and (not _is_mark(inside[-1]) or _is_free(after))
        and before != "*"
    )


def _neighbour(line: str, index: int, step: int, starred: dict[int, str]) -> str:
    """Return the character next to a mark; empty at the end of the line."""
    index += step
    while 0 <= index < len(line):
        if line[index] not in _MARKS:
            return line[index]
        if index in starred:
            return "*"
        index += step
    return ""


def _is_mark(character: str) -> bool:
    """Return whether a character may count as punctuation."""
    return unicodedata.category(character)[0] in "PS"


def _is_free(character: str) -> bool:
    """Return whether emphasis may start or end with punctuation next to it."""
    kind = unicodedata.category(character)[0] if character else ""
    # Symbols are not free: parsers before CommonMark 0.31 do not count them as
    # punctuation. `_is_mark`, where counting is the risk, includes them.
    return not character or character.isspace() or kind == "P"
