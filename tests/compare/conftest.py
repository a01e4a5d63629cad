"""The sample company's answers as data, and ways to change them."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.samples import answers_with, fitting_pack

from guidegen.answers.data import answers_data
from guidegen.compare.comparison import Comparison, Snapshot
from guidegen.compare.wording import sentence
from guidegen.model.document import Page
from guidegen.model.json_records import Data
from guidegen.model.pack import Pack
from guidegen.model.release import Change
from guidegen.pack.load import load_pack

Edit = Callable[[dict[str, Any]], object]
Sentences = Callable[..., list[str]]


@pytest.fixture(scope="session")
def pack() -> Pack:
    """Return the built-in pack."""
    return load_pack("dell")


@pytest.fixture(scope="session")
def fitting(pack: Pack) -> Pack:
    """Return a pack whose texts fit a company."""
    return fitting_pack(pack)


@pytest.fixture
def answers(tmp_path: Path) -> dict[str, Any]:
    """Return the answers of a sample company as plain data."""
    data: dict[str, Any] = json.loads(json.dumps(answers_data(answers_with(tmp_path))))
    return data


def changes_of(
    old: Data, new: Data, *, old_pack: Pack, new_pack: Pack
) -> tuple[Change, ...]:
    """Return what changed in the answers."""
    comparison = Comparison(
        old=Snapshot(answers=old, pack=old_pack, pages={}),
        new=Snapshot(answers=new, pack=new_pack, pages={}),
    )
    return comparison.changes


@pytest.fixture
def sentences(answers: dict[str, Any], pack: Pack) -> Sentences:
    """Return a function that edits the answers and says what has changed."""

    def say(edit: Edit, *, before: Edit = len, language: str = "en") -> list[str]:
        old = copy.deepcopy(answers)
        before(old)
        new = copy.deepcopy(old)
        edit(new)
        changes = changes_of(old, new, old_pack=pack, new_pack=pack)
        return [sentence(change, pack.messages, language) for change in changes]

    return say


def page(markdown: str, name: str = "index") -> Page:
    """Return a page of this text."""
    return Page(id=name, title="The guideline", markdown=markdown)


def state(data: Data, pack: Pack, **markdown: str) -> Snapshot:
    """Return a guideline with one page for each language."""
    pages = {language: (page(text),) for language, text in markdown.items()}
    return Snapshot(answers=data, pack=pack, pages=pages)
