"""A paragraph of the Word file as words, and words as a paragraph again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final

from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from guidegen.export.word import xml
from guidegen.export.word.revision import DELETED, INSERTED, Revision, copied

SAME: Final = ""

_TOKEN: Final = re.compile(r"\w+(?:[-'’.,:/@*·+]+\w+)*|.", re.DOTALL)
"""A word, number or address; else a space or a mark."""
_BOOKMARKS: Final = frozenset(map(qn, ("w:bookmarkStart", "w:bookmarkEnd")))
_PROPERTIES: Final = frozenset(map(qn, ("w:pPr", "w:rPr")))


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """A word, a space, a mark, or something else in a run, such as a picture."""

    text: str
    target: str
    """Where it leads, outside the guideline."""
    piece: BaseOxmlElement | None
    """What stands in the run, if it is no text."""
    run: BaseOxmlElement
    link: BaseOxmlElement | None

    @property
    def said(self) -> tuple[str, str]:
        """What two are compared by."""
        return self.text, self.target

    @property
    def is_word(self) -> bool:
        """Whether it says something."""
        return self.piece is None and self.text[0].isalnum()


def atoms_in(paragraph: BaseOxmlElement) -> bool:
    """Return whether there is anything in a paragraph."""
    return next(paragraph.iter(qn("w:r")), None) is not None


def atoms_of(paragraph: BaseOxmlElement, part: Part) -> list[Atom]:
    """Return what is in a paragraph of a part of a Word file, in order."""
    found: list[Atom] = []
    for child in paragraph:
        if child.tag == qn("w:r"):
            found += _of_run(child, None, "", part)
        elif child.tag == qn("w:hyperlink"):
            number = child.get(qn("r:id"))
            target = part.rels[number].target_ref if number else ""
            for run in child.findall(qn("w:r")):
                found += _of_run(run, child, target, part)
    return found


def _of_run(
    run: BaseOxmlElement, link: BaseOxmlElement | None, target: str, part: Part
) -> Iterator[Atom]:
    for piece in run:
        if piece.tag in _PROPERTIES:
            continue
        if piece.tag == qn("w:t"):
            for text in _TOKEN.findall(piece.text or ""):
                yield Atom(text, target, None, run, link)
        else:
            shown = "".join(
                each.get("descr") or "" for each in piece.iter(qn("wp:docPr"))
            )
            # Another picture may have the same description, as the code of a contact.
            files = (each.get(qn("r:embed")) for each in piece.iter(qn("a:blip")))
            digests = [part.related_parts[file].sha1 for file in files if file]
            name = piece.tag.rpartition("}")[2]
            yield Atom(f"<{name}>{shown}{digests}", target, piece, run, link)


@dataclass(slots=True)
class Change:
    """What became of the atoms of a paragraph, piece by piece."""

    stayed: int = 0
    """Letters of the words that are in both."""
    pieces: list[tuple[str, list[Atom]]] = field(default_factory=list)
    """`SAME`, `INSERTED` or `DELETED`, and what this happened to."""

    @classmethod
    def of(cls, old: Sequence[Atom], new: Sequence[Atom]) -> Change:
        """Return what became of a paragraph."""
        before, after = [each.said for each in old], [each.said for each in new]
        # `autojunk` would take no notice of words that occur often, such as "the".
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        found = cls()
        codes = _joined(matcher.get_opcodes(), new)
        for tag, start, end, begin, stop in codes:
            if tag == "equal":
                found.pieces.append((SAME, list(new[begin:stop])))
                found.stayed += letters(new[begin:stop])
                continue
            if end > start:
                found.pieces.append((DELETED, list(old[start:end])))
            if stop > begin:
                found.pieces.append((INSERTED, list(new[begin:stop])))
        return found


_Code = tuple[str, int, int, int, int]


def _joined(codes: Iterable[_Code], new: Sequence[Atom]) -> Iterator[_Code]:
    """Yield the codes; what stayed between two changes, but is no word, joins them."""
    waiting: _Code | None = None
    pending: _Code | None = None
    for code in codes:
        tag, start, end, begin, stop = code
        if tag == "equal":
            if waiting and not any(atom.is_word for atom in new[begin:stop]):
                pending = code
                continue
            if waiting:
                yield waiting
            waiting = None
            yield code
        elif waiting and pending:
            waiting = ("replace", waiting[1], end, waiting[3], stop)
            pending = None
        else:
            waiting = ("replace", start, end, begin, stop)
    if waiting:
        yield waiting
    if pending:
        yield pending


def letters(atoms: Iterable[Atom]) -> int:
    """Return how many letters the words have."""
    return sum(len(each.text) for each in atoms if each.is_word)


def write(paragraph: BaseOxmlElement, change: Change, revision: Revision) -> None:
    """Write a paragraph anew, with marks around what was inserted and deleted."""
    for child in list(paragraph):
        if child.tag not in _PROPERTIES and child.tag not in _BOOKMARKS:
            paragraph.remove(child)
    for how, atoms in change.pieces:
        for link, linked in groupby(atoms, key=lambda atom: atom.link):
            runs = [*_runs(linked)]
            marked = [revision.around(how, runs)] if how else runs
            into = paragraph
            if link is not None:
                into = xml.element("hyperlink")
                into.attrib.update(link.attrib)
                paragraph.append(into)
            into.extend(marked)


def _runs(atoms: Iterable[Atom]) -> Iterator[BaseOxmlElement]:
    """Yield runs with what stood in them, each with the look that it had."""
    for run, pieces in groupby(atoms, key=lambda atom: atom.run):
        new = xml.element("r")
        look = run.find(qn("w:rPr"))
        if look is not None:
            new.append(copied(look))
        for is_text, group in groupby(pieces, key=lambda atom: atom.piece is None):
            if is_text:
                text = xml.element("t")
                text.text = "".join(atom.text for atom in group)
                text.set(qn("xml:space"), "preserve")
                new.append(text)
            else:
                new.extend(
                    copied(atom.piece) for atom in group if atom.piece is not None
                )
        yield new
