"""The text of a page's HTML as a browser shows it: what the PDF has to say too."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote

import markdown

from guidegen.model.document import Document

_INLINE = {"a", "b", "em", "i", "img", "span", "strong"}
_ON_THE_SHEET = ("taboo", "rights", "mistakes", "questions")


@dataclass
class Section:
    """What stands from one heading (h1 or h2) to the next, a line for each block."""

    id: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def on_the_sheet(self) -> bool:
        """Whether the first page of the PDF shows this part of the front page."""
        return bool(re.match(r"\d+\. ", self.lines[0])) or self.id in _ON_THE_SHEET


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sections = [Section()]
        self._line = ""
        self._quoted = False
        self._link: tuple[str, int] | None = None
        self.magic: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._end_line(tag)
        if tag in {"h1", "h2"}:
            self.sections.append(Section(given.get("id", "")))
        self._quoted |= "magic-sentence" in given.get("class", "")
        if tag == "a":
            self._link = (given["href"], len(self._line))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._link:
            self._line += _printed(self._link[0], self._line[self._link[1] :])
        self._end_line(tag)
        self._quoted &= tag != "blockquote"

    def handle_data(self, data: str) -> None:
        self._line += re.sub(r"[ \t\n\r\f]+", " ", data)

    def close(self) -> None:
        super().close()
        self._end_line("p")

    def _end_line(self, tag: str) -> None:
        if tag in _INLINE:
            return
        if tag == "br":
            self._line += " "
            return
        if line := re.sub(" +", " ", self._line).strip():
            (self.magic if self._quoted else self.sections[-1].lines).append(line)
        self._line = ""


def _printed(url: str, said: str) -> str:
    """Return what paper adds to a link: where it leads, unless the link says so."""
    address = re.sub("^(https?://|mailto:|tel:)", "", url).rstrip("/")
    if address == url:
        return ""
    if not url.startswith("http"):
        address = address.partition("?")[0]
    address = quote(address, safe=string.punctuation)
    same = re.sub(r"[\s()/-]", "", said) == re.sub(r"[\s()/-]", "", address)
    return "" if same else f" ({address})"


def sections(document: Document, page: int) -> tuple[list[Section], list[str]]:
    """Return a page's sections, and the magic sentence if it has one."""
    reader = _Text()
    text = document.pages[page].markdown
    extensions = list(document.markdown_extensions)
    reader.feed(markdown.markdown(text, extensions=extensions))
    reader.close()
    return [each for each in reader.sections if each.lines], reader.magic


def html_lines(document: Document) -> list[str]:
    """Return the text of all pages in their order, a line for each block."""
    return [
        line
        for page in range(len(document.pages))
        for each in sections(document, page)[0]
        for line in each.lines
    ]


def in_order_of_print(document: Document) -> list[str]:
    """Return the words of all pages in the order in which they stand on paper.

    The sheet for the wall comes first, without what the front page has in small print,
    which follows the examples. The first contact is said once, with the questions.
    """
    front, magic = sections(document, 0)
    topics = [line for each in sections(document, 1)[0] for line in each.lines]
    contact, *asking = sections(document, 2)[0]
    # Its heading and first words; what follows is the only contact's card.
    last = contact.lines[:2] + [line for each in asking for line in each.lines]
    welcome, *others = front
    # Its title and first words, what to say, and then what else there is to know.
    kicker = document.labels["nine_words"]
    sheet = [*welcome.lines[:2], kicker, *magic, *welcome.lines[2:]]
    sheet += [line for each in others if each.on_the_sheet for line in each.lines]
    rest = [line for each in others if not each.on_the_sheet for line in each.lines]
    # Who speaks stands below a topic's name, and not behind a colon.
    sheet = [
        re.sub(f"^({'|'.join(map(re.escape, topics))}): ", r"\1 ", x) for x in sheet
    ]
    return " ".join(sheet + topics + rest + last).split()


def lost(document: Document, text: str) -> list[str]:
    """Return the lines of the pages that are not in a PDF's text in one piece.

    Who speaks stands below a topic's name, and ways to reach the first contact beside
    the questions.
    """
    said = " ".join(text.split())
    contact = document.contacts[0]
    card = f"{contact.name} {contact.role}"
    forms = [(line, line.replace(": ", " ", 1)) for line in html_lines(document)]
    return [
        line
        for line, topic in forms
        if line != card and line not in said and topic not in said
    ]


def band(document: Document) -> str:
    """Return the text that the template adds above the pages' text."""
    labels, facts = document.labels, document.running_texts
    return f"{document.title} · {labels['owner']}: {facts['owner']}"
