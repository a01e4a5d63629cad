"""Two versions in one Word file: what changed is tracked, to be accepted or rejected.

All changes accepted, the file is the new version's own Word file; all rejected, it says
what the old one says.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, Protocol, TypeAlias, TypeVar

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as _Element

from guidegen.export.word import xml
from guidegen.export.word.atoms import Change, atoms_in, atoms_of, letters, write
from guidegen.export.word.revision import (
    DELETED,
    INSERTED,
    Revision,
    copied,
    marked_as,
    move_mark,
    unmark,
)
from guidegen.value import Value

_Text = TypeVar("_Text")
_Pair: TypeAlias = "tuple[_Element | None, _Element | None]"
"""A block as it was and as it is; None where it is new or gone."""

_SURVIVES: Final = 0.5
"""How much of a paragraph must stay for its change to be shown word by word."""
_TABLE: Final = qn("w:tbl")
_ROW: Final = qn("w:tr")
_CELL: Final = qn("w:tc")
_PARAGRAPH: Final = qn("w:p")
_PARTS: Final = frozenset((_TABLE, _ROW, _CELL, _PARAGRAPH))
_WORD: Final = re.compile(r"\w+")


class Pairs(Protocol):
    """Pairs texts that were edited with what they became, the others with nothing."""

    def __call__(
        self,
        old: Sequence[_Text],
        new: Sequence[_Text],
        alike: Callable[[int, int], float],
        /,
    ) -> Iterator[tuple[_Text | None, _Text | None]]:
        """Yield the pairs in reading order."""


class Aligning(Value):
    """How blocks of two texts are put beside each other."""

    pairs: Pairs
    likeness: Callable[[Counter[str], Counter[str]], float]
    """Returns how alike two texts are, from 0 to 1, by their words."""


def track(
    old: WordDocument,
    new: WordDocument,
    *,
    author: str,
    day: dt.date,
    aligning: Aligning,
) -> None:
    """Put what the old file says and the new one does not into the new one, as deleted.

    Args:
        old: The old version's file; it is read only.
        new: The new version's file; it gets all marks.
        author: Who has changed it.
        day: When.
        aligning: How blocks of both are put beside each other.
    """
    marked = new.element.iter(qn("w:bookmarkStart"), qn("wp:docPr"))
    numbers = [each.get(qn("w:id")) or each.get("id") or "0" for each in marked]
    revision = Revision(author, day, 1 + max(map(int, numbers), default=0))
    _Merge(old, new, revision, aligning).container(old.element.body, new.element.body)
    # Whoever goes on writing in it is tracked, too.
    settings = new.settings.element
    settings.find(qn("w:defaultTabStop")).addprevious(xml.element("trackRevisions"))


class _Merge:
    """Merges the old file's blocks into those of the new one."""

    def __init__(
        self,
        old: WordDocument,
        new: WordDocument,
        revision: Revision,
        aligning: Aligning,
    ) -> None:
        self._old, self._new = old, new
        self._revision = revision
        self._aligning = aligning
        self._numberings: dict[str, str] = {}
        """The numbers of the old file's lists in the new one."""
        self._bookmarks = {
            each.get(qn("w:name")) for each in new.element.iter(qn("w:bookmarkStart"))
        }

    def container(self, old: _Element, new: _Element) -> None:
        """Merge the blocks of a body, or of a cell."""
        before, after = _blocks(old), _blocks(new)
        place = _Place(new)
        # The last paragraph has no end of its own that could come or go.
        last = (before.pop(), after.pop()) if before and after else None
        for was, now in self._aligned(before, after):
            self._block(was, now, place)
        if last:
            self._end(*last, place)
        for table in new.findall(_TABLE):
            self._free(table)

    def _aligned(self, old: list[_Element], new: list[_Element]) -> Iterator[_Pair]:
        before = [self._said(each, self._old) for each in old]
        after = [self._said(each, self._new) for each in new]
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        for tag, start, end, begin, stop in matcher.get_opcodes():
            was, now = old[start:end], new[begin:stop]
            if tag == "equal":
                yield from zip(was, now, strict=True)
            else:
                yield from self._aligning.pairs(was, now, self._alike(was, now))

    def _alike(
        self, old: list[_Element], new: list[_Element]
    ) -> Callable[[int, int], float]:
        # Once for each block: every old one is put beside every new one.
        before = [(_shape(each), _words(each)) for each in old]
        after = [(_shape(each), _words(each)) for each in new]

        def alike(row: int, column: int) -> float:
            shape, words = before[row]
            other, others = after[column]
            # What is set otherwise is another thing: a heading is no paragraph.
            return self._aligning.likeness(words, others) if shape == other else 0.0

        return alike

    def _said(self, block: _Element, word: WordDocument) -> tuple[object, ...]:
        """Return what two blocks are compared by."""
        if block.tag != _PARAGRAPH:
            inner = [each for each in block if each.tag in _PARTS]
            return (block.tag, *(self._said(each, word) for each in inner))
        return (_shape(block), *(each.said for each in atoms_of(block, word.part)))

    def _same(self, old: _Element, new: _Element) -> bool:
        return self._said(old, self._old) == self._said(new, self._new)

    def _block(
        self,
        old: _Element | None,
        new: _Element | None,
        place: _Place,
    ) -> None:
        if old is not None and new is not None:
            if old.tag == _TABLE:
                self._table(old, new)
            elif not self._same(old, new) and not self._edited(old, new):
                place.add(self._gone(old))
                self._come(new)
            place.pass_by(_with_gap(new)[-1])
        elif new is not None:
            for each in _with_gap(new):
                self._come(each)
                place.pass_by(each)
        elif old is not None:
            for each in _with_gap(old):
                place.add(self._gone(each))

    def _edited(self, old: _Element, new: _Element) -> bool:
        """Mark what changed in a paragraph; return whether enough of it has stayed."""
        brought = self._brought(old)
        before = atoms_of(brought, self._new.part)
        after = atoms_of(new, self._new.part)
        change = Change.of(before, after)
        least = min(letters(before), letters(after))
        if change.stayed < _SURVIVES * least or not least:
            return False
        write(new, change, self._revision)
        return True

    def _end(self, old: _Element, new: _Element, place: _Place) -> None:
        """Mark what changed in the last block of a body or cell."""
        both = old.tag == new.tag == _PARAGRAPH
        if not both:
            self._block(old, None, place)
            self._block(None, new, place)
        elif not self._same(old, new) and not self._edited(old, new):
            change = Change()
            change.pieces = [
                (how, atoms)
                for how, atoms in (
                    (DELETED, atoms_of(self._brought(old), self._new.part)),
                    (INSERTED, atoms_of(new, self._new.part)),
                )
                if atoms
            ]
            write(new, change, self._revision)

    def _come(self, block: _Element) -> None:
        self._mark(block, INSERTED)

    def _gone(self, block: _Element) -> _Element:
        gone = self._brought(block)
        self._mark(gone, DELETED)
        return gone

    def _mark(self, block: _Element, how: str) -> None:
        if block.tag == _TABLE:
            for row in block.findall(_ROW):
                self._revision.mark_row(row, how)
        else:
            self._revision.mark_text(block, how)
            self._revision.mark_paragraph(block, how)

    # --- tables

    def _table(self, old: _Element, new: _Element) -> None:
        """Merge the rows of a table; rows of another width are other rows."""
        if self._same(old, new):
            return
        before, after = old.findall(_ROW), new.findall(_ROW)
        place = _Place(new, before=after[0])
        for was, now in self._aligned(before, after):
            if was is None and now is not None:
                self._revision.mark_row(now, INSERTED)
            elif was is not None and now is None:
                gone = self._brought(was)
                self._revision.mark_row(gone, DELETED)
                place.add(gone)
            elif was is not None and now is not None:
                cells = zip(was.findall(_CELL), now.findall(_CELL), strict=True)
                for cell, became in cells:
                    self.container(cell, became)
            if now is not None:
                place.pass_by(now)

    # --- paragraphs above tables

    def _free(self, table: _Element) -> None:
        """Move the mark of a paragraph's end away from the table that it precedes.

        LibreOffice cannot join a paragraph with a table, and would leave an empty one.
        So the end before the first of these paragraphs goes instead.
        """
        last = table.getprevious()
        how = marked_as(last) if last is not None else None
        if last is None or how is None:
            return
        first = last.getprevious()
        while first is not None and first.tag == _PARAGRAPH and marked_as(first) == how:
            first = first.getprevious()
        if first is None or first.tag != _PARAGRAPH:
            return
        if _shape(first) != _shape(last):
            self._revision.mark_look(last, first, how)
        if marked_as(first):
            # What comes and what goes share a paragraph.
            following = first.getnext()
            properties = following.get_or_add_pPr()
            for each in reversed(list(first)):
                if each.tag != properties.tag:
                    properties.addnext(each)
            unmark(last, how)
            first.getparent().remove(first)
        else:
            move_mark(last, first, how)

    # --- what the old file's blocks refer to

    def _brought(self, block: _Element) -> _Element:
        """Return a copy of an old block that refers to things in the new file."""
        new = copied(block)
        for name in ("w:bookmarkStart", "w:bookmarkEnd"):
            for mark in list(new.iter(qn(name))):
                mark.getparent().remove(mark)
        for link in list(new.iter(qn("w:hyperlink"))):
            self._bring_link(link)
        for picture in new.iter(qn("a:blip")):
            self._bring_picture(picture)
        for named in new.iter(qn("wp:docPr"), qn("pic:cNvPr")):
            named.set("id", str(self._revision.number()))
        for number in new.iter(qn("w:numId")):
            number.set(qn("w:val"), self._numbering(number.get(qn("w:val"))))
        return new

    def _bring_link(self, link: _Element) -> None:
        number, anchor = link.get(qn("r:id")), link.get(qn("w:anchor"))
        if number is not None:
            address = self._old.part.rels[number].target_ref
            related = self._new.part.relate_to(
                address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
            link.set(qn("r:id"), related)
        elif anchor not in self._bookmarks:
            # Where it led to is gone, too: only its words stay.
            for run in list(link):
                link.addprevious(run)
            link.getparent().remove(link)

    def _bring_picture(self, picture: _Element) -> None:
        old = self._old.part.related_parts[picture.get(qn("r:embed"))]
        related, _ = self._new.part.get_or_add_image(io.BytesIO(old.blob))
        picture.set(qn("r:embed"), related)

    def _numbering(self, number: str) -> str:
        """Return the number of an old list in the new file."""
        if number not in self._numberings:
            old, new = (
                word.part.numbering_part.element for word in (self._old, self._new)
            )
            found = next(each for each in old.num_lst if str(each.numId) == number)
            made = new.add_num(found.abstractNumId.val)
            for override in found.findall(qn("w:lvlOverride")):
                made.append(copied(override))
            self._numberings[number] = str(made.numId)
        return self._numberings[number]


class _Place:
    """Where the next old block goes: behind the last new one that was passed."""

    def __init__(self, parent: _Element, *, before: _Element | None = None) -> None:
        self._parent = parent
        blocks = _blocks(parent)
        self._next = before if before is not None else (blocks[0] if blocks else None)

    def add(self, block: _Element) -> None:
        """Add a block here."""
        if self._next is None:
            end = self._parent.find(qn("w:sectPr"))
            if end is None:
                self._parent.append(block)
            else:
                end.addprevious(block)
        else:
            self._next.addprevious(block)

    def pass_by(self, block: _Element) -> None:
        """Go behind a block of the new file."""
        following = block.getnext()
        is_block = following is not None and following.tag in {_PARAGRAPH, _TABLE, _ROW}
        self._next = following if is_block else None


def _blocks(parent: _Element) -> list[_Element]:
    """Return paragraphs and tables; what keeps a table apart belongs to it."""
    blocks = [each for each in parent if each.tag in {_PARAGRAPH, _TABLE}]
    gaps = {id(_with_gap(each)[1]) for each in blocks if len(_with_gap(each)) > 1}
    return [each for each in blocks if id(each) not in gaps]


def _with_gap(block: _Element) -> tuple[_Element, ...]:
    """Return a block; a table with the empty paragraph below it."""
    following = block.getnext()
    if block.tag != _TABLE or following is None or following.tag != _PARAGRAPH:
        return (block,)
    return (block,) if atoms_in(following) else (block, following)


def _shape(block: _Element) -> tuple[object, ...]:
    """Return what two blocks must have in common for one to have become the other."""
    if block.tag == _PARAGRAPH:
        style = block.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return block.tag, None if style is None else style.get(qn("w:val"))
    row = block if block.tag == _ROW else block.find(_ROW)
    return block.tag, len(row.findall(_CELL))


def _words(block: _Element) -> Counter[str]:
    texts = (text.text or "" for text in block.iter(qn("w:t")))
    return Counter(_WORD.findall(" ".join(texts)))
