"""How much a file of answers may say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guidegen.answers.read import read_answers
from guidegen.errors import ProblemsError

BASE = """\
languages: [en]
company: {{name: "{name}", sector: other}}
contacts:
{contacts}taboo_topics:
{topics}version: {{owner: Jana, valid_from: 2026-12-01}}
"""
CONTACT = "  - {{name: M{0}, email: m{0}@x.example}}\n"
TOPIC = '  - {{name: t{0}, speakers: [press], why: "{1}", dont: d, do: e}}\n'


def _text(name: str = "A", contacts: int = 1, topics: int = 1, why: str = "w") -> str:
    return BASE.format(
        name=name,
        contacts="".join(CONTACT.format(i) for i in range(contacts)),
        topics="".join(TOPIC.format(i, why) for i in range(topics)),
    )


@pytest.mark.parametrize(
    ("text", "key", "message"),
    [
        (_text(name="A" * 301), "company.name", "value-too-long"),
        (_text(why="A" * 10_001), "taboo_topics.0.why", "value-too-long"),
        (_text(why="a" + "\u0301" * 9), "taboo_topics.0.why", "value-marks"),
        (_text(contacts=41), "contacts", "entry-too-many"),
        (_text(topics=81), "taboo_topics", "entry-too-many"),
    ],
    ids=["name", "text", "marks", "contacts", "topics"],
)
def test_too_much_is_refused(
    write: Callable[[str | bytes], Path], text: str, key: str, message: str
) -> None:
    with pytest.raises(ProblemsError) as raised:
        read_answers(write(text))

    (problem,) = raised.value.problems
    assert (problem.values["key"], problem.message) == (key, message)


@pytest.mark.parametrize(
    "text",
    [
        _text(name="A" * 300, topics=80, contacts=40),
        _text(why="A" * 10_000),
        _text(why="\u05d1\u05bc\u05b8\u0591 e\u0302\u0301 \u0e01\u0e35\u0e49"),
    ],
    ids=["names", "long", "marks"],
)
def test_much_is_read(write: Callable[[str | bytes], Path], text: str) -> None:
    read_answers(write(text))
