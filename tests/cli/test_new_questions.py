"""What an upgrade asks of companies that were released with the texts of 1.0.0."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tests.interview.scripted import DEFAULT, ScriptedPrompter
from tests.test_released_before import COMPANIES, released_project

from guidegen.cli.new_questions import NewAnswers, new_answers
from guidegen.model.project import Project
from guidegen.pipeline.upgrade import find_upgrade

pytestmark = pytest.mark.slow

Answered = tuple[NewAnswers, list[str]]
Ask = Callable[[str, Sequence[object]], Answered]


@pytest.fixture
def ask(tmp_path: Path, own_cache: None) -> Ask:
    """Return a function that asks a company; it gives the keys that were asked for."""
    del own_cache

    def asked(company: str, script: Sequence[object]) -> Answered:
        folder = released_project(company, tmp_path / "project")
        upgrade = find_upgrade(Project(folder))
        prompter = ScriptedPrompter(script=[*script])
        answered = new_answers(upgrade, (), prompter)
        texts = [prompt.text for prompt in prompter.prompts]
        keys = {
            question.text.get("en"): question.key for question in upgrade.pack.questions
        }
        return answered, [keys[text] for text in texts]

    return asked


@pytest.mark.parametrize(
    ("company", "keys"),
    [
        ("bank", ["company.sector", "company.listed", "links.about_us"]),
        ("manufacturer", ["company.sector", "company.seat", "links.about_us"]),
        ("retailer", ["company.sector", "company.speaker", "links.about_us"]),
        ("town", ["company.sector", "links.about_us"]),
    ],
)
def test_only_what_is_new_and_open_is_asked(
    company: str, keys: list[str], ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDEGEN_LANG", "en")

    answered, asked = ask(company, [])

    assert asked == keys
    # A suggestion that is merely accepted changes nothing.
    assert answered.changes == {}
    assert answered.open == ()


def test_a_listed_company_says_what_it_does_and_stays_listed(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDEGEN_LANG", "en")

    answered, _ = ask("manufacturer", ["manufacturing", "US", DEFAULT])

    assert answered.changes == {
        "company.sector": "manufacturing",
        "company.seat": "US",
        "company.listed": True,
    }


@pytest.mark.parametrize("company", COMPANIES)
def test_where_nobody_is_asked_what_is_open_is_named(
    company: str, tmp_path: Path, own_cache: None
) -> None:
    del own_cache
    folder = released_project(company, tmp_path / "project")
    upgrade = find_upgrade(Project(folder))

    answered = new_answers(upgrade, (), None)

    keys = [question.key for question in answered.open]
    assert answered.changes == {}
    assert keys[0] == "company.sector"
    assert keys[-1] == "links.about_us"
