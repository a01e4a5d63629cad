"""Who is no contact any more, and redlines that do not say how to reach them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from guidegen.model.document import Document
from guidegen.model.former_contacts import FormerContacts
from guidegen.model.json_records import Data, Json
from guidegen.model.redline import Block, Op, PageRedline, Run
from guidegen.model.release import Release

_WAYS = ("email", "phone", "out_of_hours", "chat")


def former_contacts(
    releases: Iterable[Release], documents: Sequence[Document]
) -> FormerContacts:
    """Return what releases say of contacts and today's pages do not.

    What a page of today says is no secret, whoever it was about before: a team's name,
    the number of the switchboard.

    Args:
        releases: All releases.
        documents: Today's documents, in all languages.
    """
    known: dict[str, dict[str, None]] = {key: {} for key in (*_WAYS, "name")}
    for contact in _contacts(releases):
        for key in known:
            known[key] |= dict.fromkeys(_texts(contact.get(key)))
    given = _given_today(documents)
    today = "\n".join(text for document in documents for text in _said_today(document))
    kept = {
        # Most stay what they are: looking for them would cost more than all the rest.
        key: tuple(
            value
            for value in values
            if value not in given and not _says(today, key, value)
        )
        for key, values in known.items()
    }
    names = kept.pop("name")
    return FormerContacts(ways=kept, names=names)


def _contacts(releases: Iterable[Release]) -> Iterator[Data]:
    for release in releases:
        contacts = release.answers.get("contacts")
        for contact in contacts if isinstance(contacts, list) else ():
            if isinstance(contact, dict):
                yield contact


def _texts(value: Json) -> Iterator[str]:
    """Yield a text, or that of each language."""
    texts = value.values() if isinstance(value, dict) else (value,)
    yield from (text for text in texts if isinstance(text, str) and text.strip())


def _said_today(document: Document) -> Iterator[str]:
    yield from (page.markdown for page in document.pages)
    for contact in document.contacts:
        yield from (getattr(contact, way) or "" for way in _WAYS)
        yield contact.name


def _given_today(documents: Sequence[Document]) -> frozenset[str]:
    """Return what today's contacts say, as it was typed."""
    keys = ("name", *_WAYS)
    return frozenset(
        value
        for document in documents
        for contact in document.contacts
        for key in keys
        if (value := getattr(contact, key))
    )


def _says(today: str, key: str, value: str) -> bool:
    looked_for = (
        FormerContacts(names=(value,))
        if key == "name"
        else FormerContacts(ways={key: (value,)})
    )
    return any(True for _ in looked_for.places(today))


def without_former(
    pages: Iterable[PageRedline], former: FormerContacts, word: str
) -> tuple[PageRedline, ...]:
    """Return redlines with a word in place of what is to be hidden.

    A number of which only the end has changed is hidden as a whole.

    Args:
        pages: What changed, as it was frozen.
        former: What is to be hidden.
        word: What stands there instead.
    """
    if not former:
        return tuple(pages)
    return tuple(
        replace(
            page,
            blocks=tuple(
                block and replace(block, runs=tuple(_runs(block, former, word)))
                for block in page.blocks
            ),
        )
        for page in pages
    )


def _runs(block: Block, former: FormerContacts, word: str) -> Iterator[Run]:
    """Yield the runs of a block, each hidden stretch as one word."""
    before = _hidden(block.runs, Op.INSERT, former)
    after = _hidden(block.runs, Op.DELETE, former)
    pieces = [
        piece
        for index, run in enumerate(block.runs)
        for piece in _pieces(
            replace(run, link=None) if former.kind_of(run.link or "") else run,
            before.get(index),
            after.get(index),
            word,
        )
    ]
    if not before and not after:
        yield from pieces
        return
    for is_same, group in groupby(pieces, lambda piece: piece.op is Op.SAME):
        stretch = list(group)
        # What is gone comes first; a stretch that was cut may have mixed them.
        ops = (Op.SAME,) if is_same else (Op.DELETE, Op.INSERT)
        for op in ops:
            yield from _joined((each for each in stretch if each.op is op), word)


def _joined(runs: Iterable[Run], word: str) -> Iterator[Run]:
    """Yield runs with one word for all of what is hidden side by side."""
    last = ""
    for run in runs:
        if not run.text == last == word:
            yield run
        last = run.text


def _hidden(
    runs: Sequence[Run], without: Op, former: FormerContacts
) -> Mapping[int, set[int]]:
    """Return which characters of which runs to hide, in the old or the new text.

    Args:
        runs: The runs of a block.
        without: What does not belong to that text.
        former: What is to be hidden.
    """
    where: list[tuple[int, int]] = []
    text = ""
    for index, run in enumerate(runs):
        if run.op is not without:
            where += ((index, at) for at in range(len(run.text)))
            text += run.text
    found: dict[int, set[int]] = {}
    for start, end in former.places(text):
        for index, at in where[start:end]:
            found.setdefault(index, set()).add(at)
    return found


def _pieces(
    run: Run, before: set[int] | None, after: set[int] | None, word: str
) -> Iterator[Run]:
    """Yield a run in pieces, with a word for what is hidden in the old or new text."""
    old, new = before or set(), after or set()
    if not old and not new:
        yield run
        return
    places = groupby(range(len(run.text)), lambda at: (at in old, at in new))
    for (in_old, in_new), group in places:
        at = list(group)
        shown = replace(run, text=run.text[at[0] : at[-1] + 1])
        hidden = replace(run, text=word, link=None)
        if not in_old and not in_new:
            yield shown
        elif run.op is not Op.SAME or in_old == in_new:
            yield hidden
        else:
            # It belongs to both texts, and is hidden in one of them.
            yield replace(hidden if in_old else shown, op=Op.DELETE)
            yield replace(shown if in_old else hidden, op=Op.INSERT)
