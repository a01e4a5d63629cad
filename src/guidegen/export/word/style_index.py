"""The styles of a Word file by name, each looked for once.

For each paragraph that it gives a style, python-docx goes through all styles to see
which of them is the default: that took most of the time in which a file was written.
"""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from guidegen.export.word import xml


class StyleIndex:
    """Finds the styles of a file that gets no others any more."""

    def __init__(self, word: WordDocument) -> None:
        self._word = word
        self._found: dict[str, BaseOxmlElement | None] = {}
        self._of_paragraphs: dict[str, str | None] = {}
        self._of_runs: dict[str, str | None] = {}

    def find(self, name: str) -> BaseOxmlElement | None:
        """Return a style's element, None if the file has no such style."""
        if name not in self._found:
            styles = self._word.styles
            self._found[name] = styles[name].element if name in styles else None
        return self._found[name]

    def put_on_paragraph(self, paragraph: Paragraph, name: str) -> None:
        """Give a paragraph a style; that of all paragraphs is left unsaid."""
        element = xml.element_of(paragraph)
        if name in self._of_paragraphs:
            element.style = self._of_paragraphs[name]
        else:
            paragraph.style = self._word.styles[name]
            self._of_paragraphs[name] = element.style

    def put_on_run(self, run: Run, name: str) -> None:
        """Give a run a style; that of all runs is left unsaid."""
        if name in self._of_runs:
            run.element.style = self._of_runs[name]
        else:
            run.style = self._word.styles[name]
            self._of_runs[name] = run.element.style
