"""Says which links and addresses of mail look like those of somebody else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from guidegen.errors import GuidegenError
from guidegen.model.document import Document, Page
from guidegen.model.note import Note
from guidegen.uri.lookalike import Lookalike, lookalikes

_MOST = 5
"""How many letters a note names: the others are of the same kind."""


def lookalike_notes(data: object, answers: Path | None = None) -> tuple[Note, ...]:
    """Return a note for each host in answers that looks like another one.

    Args:
        data: Answers as plain data, or a part of them.
        answers: Their file, if it has the same data.
    """
    # Nearly always none, and then nothing more is read.
    return tuple(
        _note(found, key=key, path=answers, line=_line(answers, key))
        for key, text in _texts(data)
        for found in lookalikes(text)
    )


def lookalikes_on_pages(
    documents: Iterable[Document], known: Iterable[Note]
) -> tuple[Note, ...]:
    """Return a note for each such host in a section's own text.

    Args:
        documents: All languages.
        known: The notes about answers, whose hosts stand on the pages, too.
    """
    said = {note.values["host"] for note in known}
    notes = []
    for page in (page for each in documents for page in each.pages):
        for found in lookalikes(page.markdown):
            if found.host not in said:
                said.add(found.host)
                notes.append(_on_page(found, page))
    return tuple(notes)


def _on_page(found: Lookalike, page: Page) -> Note:
    path, line = page.source_of(found.host)
    return _note(found, key=None, path=path, line=line)


def _note(
    found: Lookalike, *, key: str | None, path: Path | None, line: int | None
) -> Note:
    letters = [f"{each} (U+{ord(each):04X})" for each in found.letters[:_MOST]]
    values = {
        "key": key,
        "host": found.host,
        "ascii": found.ascii,
        "letters": ", ".join([*letters, *["…"] * (len(found.letters) > _MOST)]),
    }
    message = "lookalike-answer" if key else "lookalike"
    return Note(message=message, values=values, path=path, line=line)


def _texts(data: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield all texts in plain data, each with its dotted key."""
    if isinstance(data, str):
        yield key, data
    elif isinstance(data, Mapping):
        for name, value in data.items():
            yield from _texts(value, f"{key}.{name}" if key else str(name))
    elif isinstance(data, list | tuple):
        for index, value in enumerate(data):
            yield from _texts(value, f"{key}.{index}")


def _line(answers: Path | None, key: str) -> int | None:
    if answers is None:
        return None
    # Imported only now: `status` asks for no line, and needs no YAML.
    from guidegen.answers.read import parse_text, read_text  # noqa: PLC0415
    from guidegen.schema.yaml_tree import find_node  # noqa: PLC0415

    try:
        node = find_node(parse_text(read_text(answers), answers), key.split("."))
    except GuidegenError:  # somebody is editing it at this moment
        return None
    return node.line if node else None
