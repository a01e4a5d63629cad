"""`guidegen interview`: asks again and changes only what is different."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.answers.conftest import ANSWERS
from tests.cli.conftest import Result
from tests.interview.scripted import DEFAULT, STOP, ScriptedPrompter

Guidegen = Callable[..., Result]


@pytest.fixture
def answers(here: Path) -> Path:
    """Return a project's answers."""
    path = here / "guideline.yml"
    path.write_text(ANSWERS, encoding="utf-8")
    return path


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> ScriptedPrompter:
    """Have somebody in front of a terminal who answers from a script."""
    prompter = ScriptedPrompter()
    monkeypatch.setattr("guidegen.cli.interview.is_terminal", lambda: True)
    monkeypatch.setattr(
        "guidegen.cli.interview.make_prompter",
        lambda words, plain: prompter,  # noqa: ARG005
    )
    return prompter


def test_taking_every_suggestion_changes_nothing(
    guidegen: Guidegen, answers: Path, somebody: ScriptedPrompter
) -> None:
    result = guidegen("interview", "--all")

    assert result.code == 0, result.err
    assert result.out == "Nothing changed: that is already there.\n"
    assert answers.read_text(encoding="utf-8") == ANSWERS
    assert somebody.prompts[2].default == "Nordlicht Technik GmbH"


def test_only_what_is_different_is_changed(
    guidegen: Guidegen, answers: Path, somebody: ScriptedPrompter
) -> None:
    somebody.script = [["financial-figures", "strategy", "mergers"]]

    result = guidegen("interview", "--only", "taboo_topics")

    assert result.out.startswith("Changed: taboo_topics.")
    assert answers.read_text(encoding="utf-8") == ANSWERS.replace(
        "    speakers: [management]\n", "    speakers: [management]\n  - mergers\n"
    )


def test_a_part_of_a_contact_is_changed_alone(
    guidegen: Guidegen, answers: Path, somebody: ScriptedPrompter
) -> None:
    somebody.script = [DEFAULT, DEFAULT, DEFAULT, "", "040 99"]

    result = guidegen("interview", "--only", "contact")

    assert "contacts.0.email, contacts.0.phone" in result.out
    text = answers.read_text(encoding="utf-8")
    assert text == ANSWERS.replace("    email: social@nordlicht.example\n", "").replace(
        "+49 40 1234567", "040 99"
    )


@pytest.mark.slow
def test_stopping_and_going_on(
    guidegen: Guidegen, answers: Path, somebody: ScriptedPrompter
) -> None:
    somebody.script = [DEFAULT, DEFAULT, "Südlicht", STOP]

    stopped = guidegen("interview", "--all")
    somebody.script = ["yes"]
    resumed = guidegen("interview", "--all")

    assert stopped.code == 130
    assert stopped.out.endswith("To continue:\n  guidegen interview --all\n")
    assert resumed.out.startswith("Changed: company.name.")
    assert "  name:   Südlicht\n" in answers.read_text(encoding="utf-8")
    assert not (answers.parent / ".guidegen" / "interview.jsonl").exists()


def test_answers_that_do_not_fit_together_can_be_changed(
    guidegen: Guidegen, answers: Path, somebody: ScriptedPrompter
) -> None:
    somebody.script = [DEFAULT, True, "Business figures", "Business figures"]
    somebody.script += [DEFAULT, DEFAULT, *"ABCDEF", True, "x", "y"]
    somebody.script += [DEFAULT, DEFAULT, *"ABCDEF", False, "done"]
    somebody.script += ["change", "own-topics", False, "done"]

    result = guidegen("interview", "--only", "taboo_topics")

    assert result.code == 0, result.err
    assert any("is already on line" in said for said in somebody.said)
    assert "Windpark" not in answers.read_text(encoding="utf-8")


def test_an_unknown_question_is_named_with_the_known_ones(
    guidegen: Guidegen,
    answers: Path,  # noqa: ARG001
) -> None:
    result = guidegen("interview", "--only", "tabu")

    assert result.code == 1
    assert "there is no question “tabu”; choose from: languages, address," in result.err


def test_without_a_terminal_it_never_asks(
    guidegen: Guidegen,
    answers: Path,  # noqa: ARG001
) -> None:
    result = guidegen("interview")

    assert result.code == 1
    assert (
        "guidegen cannot ask questions here; change answers with “guidegen set"
        in result.err
    )


@pytest.mark.slow
def test_stopping_a_single_question_keeps_it_and_a_long_interview_too(
    guidegen: Guidegen, answers: Path, somebody: ScriptedPrompter
) -> None:
    somebody.script = [DEFAULT, DEFAULT, "Südlicht", STOP]
    guidegen("interview")
    somebody.script = ["Al Jansen", STOP]
    stopped = guidegen("interview", "--only", "contact")
    somebody.script = ["yes"]
    single = guidegen("interview", "--only", "contact")
    somebody.script = ["yes"]
    whole = guidegen("interview")

    assert stopped.out.endswith("To continue:\n  guidegen interview --only contact\n")
    assert single.out.startswith("Changed: contacts.0.name.")
    assert whole.out.startswith("Changed: company.name.")
    text = answers.read_text(encoding="utf-8")
    assert "name: Al Jansen\n" in text
    assert "name:   Südlicht\n" in text
    assert not [*(answers.parent / ".guidegen").glob("*.jsonl")]
