"""Another parser reads the question bank as it was meant."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from tests.samples import NAMES, sample_project

from guidegen.model.text import unmarked
from guidegen.pipeline.export import ExportJob, Form, export_project
from guidegen.pipeline.working_copy import load_working_copy

pytestmark = [pytest.mark.slow, pytest.mark.proof]

_PROGRAM = """
const {parse} = require("gift-pegjs");
const text = require("fs").readFileSync(process.argv[1], "utf-8");
console.log(JSON.stringify(parse(text)));
"""


@pytest.mark.parametrize("name", NAMES)
def test_each_card_is_a_question_with_one_right_answer(
    npm: Path, tmp_path: Path, name: str
) -> None:
    project = sample_project(name, tmp_path)
    decks = load_working_copy(project, None).decks
    paths = export_project(ExportJob(project=project, form=Form.GIFT)).paths

    assert len(paths) == len(decks)
    for path, deck in zip(sorted(paths), sorted(decks.items()), strict=True):
        done = subprocess.run(  # noqa: S603  # our own command line
            ("node", "-e", _PROGRAM, path.resolve()),  # noqa: S607
            cwd=npm.parent, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        read = [each for each in json.loads(done.stdout) if each["type"] != "Category"]
        cards = {card.id: card for card in deck[1].cards}
        assert sorted(each["title"] for each in read) == sorted(cards)
        for each in read:
            card = cards[each["title"]]
            said = [
                " ".join(choice["text"]["text"].split()) for choice in each["choices"]
            ]
            assert each["type"] == "MC"
            assert said == [" ".join(unmarked(text).split()) for text in card.choices]
            right = [choice["isCorrect"] for choice in each["choices"]]
            assert [place for place, is_right in enumerate(right) if is_right] == [
                card.right
            ]
