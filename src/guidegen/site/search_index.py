"""What readers search: the index of a language's pages, for Material's search.

It is written as Material's own plugin writes it, byte for byte, but from the trees of
the pages: the plugin parses their HTML once more, and is slow to import. An exported
MkDocs project is built with the plugin itself.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, Final, cast

from guidegen.page.tree import EMPTY, HEADINGS, Content, Element
from guidegen.value import Value

FOLDER: Final = "search"

_KEPT: Final = frozenset({"li", "ol", "p", "ul"})
"""Elements that a result shows, of those that pages have."""
_EXCLUDED: Final = "data-search-exclude"
_MARK: Final = re.compile(r'\s?data-search-\w+="[^"]+"')
_BOOSTS: Final = {"title": 1e3, "text": 1.0, "tags": 1e6}
"""How much more a word counts in each field of an entry."""


class Section(Value):
    """What is found of a page at one place: a heading with what follows it."""

    id: str | None
    """That of the heading; none at the page's beginning."""
    title: str | None
    """The heading as HTML; none before the first one."""
    text: str
    """What follows as HTML, with only paragraphs and lists as elements."""


class SearchIndex:
    """The index of a language's site, which grows page by page.

    Args:
        settings: What `mkdocs.yml` says of the search.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self._entries: list[dict[str, str]] = []

    def add(self, url: str, title: str, sections: Iterable[Section]) -> None:
        """Add a page.

        Args:
            url: Where it is in the site.
            title: Its title as HTML, for what stands before the first heading.
            sections: What is on it.
        """
        for section in sections:
            heading = title if section.title is None else section.title
            place = f"{url}#{section.id}" if section.id else url
            self._entries.append(
                {"location": place, "title": heading.strip(), "text": section.text}
            )

    def files(self, language: str) -> dict[str, str]:
        """Return the index by the names of its files: as data and as a script.

        A page that is opened from a folder may load a script, but no data.

        Args:
            language: The language that is searched, as lunr names it.
        """
        config = {
            "lang": [language],
            "separator": self._settings["separator"],
            "pipeline": self._settings["pipeline"],
            "fields": {name: {"boost": boost} for name, boost in _BOOSTS.items()},
        }
        index = json.dumps(
            {"config": config, "docs": self._entries}, separators=(",", ":")
        )
        return {
            f"{FOLDER}/search_index.json": index,
            f"{FOLDER}/search_index.js": f"var __index = {index}",
        }


def search_settings(plugins: Iterable[str | Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return what `mkdocs.yml` says of the search, among its plugins."""
    (settings,) = (
        plugin["search"]
        for plugin in plugins
        if isinstance(plugin, Mapping) and "search" in plugin
    )
    return cast("Mapping[str, Any]", settings)


def sections_of(content: Iterable[Content]) -> tuple[Section, ...]:
    """Return what a search finds of a page, as Material's plugin would of its HTML."""
    reader = _Reader()
    reader.read(content)
    return tuple(
        Section(
            id=part.id,
            title="".join(part.title) if part.title else None,
            text="".join(part.text).strip(),
        )
        for part in reader.parts
        if not part.excluded
    )


def without_marks(html: str) -> str:
    """Return a page's HTML without what only the search heeds."""
    return _MARK.sub("", html) if "data-search-" in html else html


class _Part:
    """A section that is being read."""

    __slots__ = ("depth", "excluded", "id", "tag", "text", "title")

    def __init__(
        self,
        *,
        tag: str = "",
        depth: float = 0,
        name: str | None = None,
        excluded: bool = False,
    ) -> None:
        self.tag = tag
        """That of its heading; empty before the first one."""
        self.depth = depth
        """In how many elements its heading stands, itself included."""
        self.id = name
        self.excluded = excluded
        self.title: list[str] = []
        self.text: list[str] = []


class _Reader:
    """Divides a page into sections.

    Where Material's plugin goes by the names of elements rather than by the elements,
    so does this: the index has to be the same.
    """

    def __init__(self) -> None:
        self.parts: list[_Part] = []
        self._current: _Part | None = None
        self._open: list[str] = []
        self._excluded: set[str] = set()
        self._permalinks = 0

    def read(self, content: Iterable[Content]) -> None:
        """Read some content, within what is open."""
        words = ""
        for item in content:
            if isinstance(item, str):
                words += item
                continue
            if words:
                self._read_words(words)
                words = ""
            if item.tag not in EMPTY:
                self._read_element(item)
        if words:
            self._read_words(words)

    def _read_element(self, element: Element) -> None:
        tag = element.tag
        self._open.append(tag)
        if tag in HEADINGS and element.id:
            self._begin(element)
        part = self._part()
        if _is_excluded(element) or element.classes == ("linenodiv",):
            self._excluded.add(tag)
        elif tag in _KEPT and not self._is_left_out():
            self._written(part).append(f"<{tag}>")
        permalink = tag == "a" and element.classes == ("headerlink",)
        self._permalinks += permalink
        self.read(element.children)
        self._permalinks -= permalink
        self._end(tag)

    def _begin(self, heading: Element) -> None:
        """Begin a section."""
        depth = len(self._open)
        if heading.tag != "h1" and not self.parts:
            self.parts.append(_Part(depth=depth))
        name = heading.id if self.parts else None
        excluded = _is_excluded(heading)
        part = _Part(tag=heading.tag, depth=depth, name=name, excluded=excluded)
        self.parts.append(part)
        self._current = part

    def _part(self) -> _Part:
        """Return the section that is being read; a page may begin without heading."""
        if self._current is None:
            self._current = _Part()
            self.parts.append(self._current)
        return self._current

    def _end(self, tag: str) -> None:
        part, depth = self._part(), len(self._open)
        if part.depth > depth:
            # The element around its heading ends: what follows belongs to an earlier
            # section.
            for earlier in reversed(self.parts):
                if earlier.depth <= depth:
                    part.depth = math.inf
                    self._current = part = earlier
                    break
        self._open.pop()
        if tag in self._excluded:
            self._excluded.remove(tag)
        elif tag in _KEPT and not self._is_left_out():
            _close(tag, self._written(part))

    def _read_words(self, words: str) -> None:
        if self._is_left_out():
            return
        blank = words.isspace()
        shown = " " if blank else escape(words.replace("\n", " "), quote=False)
        part = self._part()
        if part.tag in self._open:
            if not self._permalinks:
                part.title.append(shown)
        elif not (blank and part.text and part.text[-1].isspace()):
            part.text.append(shown)

    def _is_left_out(self) -> bool:
        return not self._excluded.isdisjoint(self._open)

    def _written(self, part: _Part) -> list[str]:
        """Return what is being written of a section."""
        return part.title if part.tag in self._open else part.text


def _is_excluded(element: Element) -> bool:
    return any(name == _EXCLUDED for name, _ in element.others)


def _close(tag: str, written: list[str]) -> None:
    """Write the end of an element, or take it back if nothing stands in it."""
    try:
        start = written.index(f"<{tag}>")
    except ValueError:
        return  # it began where nothing was written
    if all(map(str.isspace, written[start + 1 :])):
        del written[start:]
    else:
        written.append(f"</{tag}>")
