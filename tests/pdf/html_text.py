"""The text of a page's HTML as a browser shows it: what the PDF has to say too."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import markdown

from guidegen.model.document import Document

_INLINE = {"a", "b", "em", "i", "img", "span", "strong"}


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self._end_line(tag)

    def handle_endtag(self, tag: str) -> None:
        self._end_line(tag)

    def handle_data(self, data: str) -> None:
        self.text += re.sub(r"[ \t\n\r\f]+", " ", data)

    def _end_line(self, tag: str) -> None:
        if tag not in _INLINE:
            self.text += " " if tag == "br" else "\n"


def html_lines(document: Document) -> list[str]:
    """Return the text of all pages, a line for each block."""
    lines = []
    for page in document.pages:
        reader = _Text()
        reader.feed(
            markdown.markdown(
                page.markdown, extensions=list(document.markdown_extensions)
            )
        )
        reader.close()
        lines += [re.sub(" +", " ", line).strip() for line in reader.text.split("\n")]
    return [line for line in lines if line]


def masthead(document: Document) -> list[str]:
    """Return the lines that the template adds to the pages' text."""
    labels, facts = document.labels, document.running_texts
    return [
        document.title,
        f"{labels['valid_from']} {facts['valid_from']} · {labels['owner']}: "
        + facts["owner"],
        document.company,
    ]
