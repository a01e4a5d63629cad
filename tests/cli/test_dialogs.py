"""Dialogs with the author, whichever verb begins them."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from tests.interview.conftest import PACK, make_context
from tests.interview.scripted import BACK, DEFAULT, ScriptedPrompter

from guidegen.cli.dialogs import (
    confirm,
    confirm_typed,
    hold_until_written,
    is_terminal,
    read_line,
    resumed_state,
    show_how_to_resume,
)
from guidegen.errors import FilesError, Problem, ProblemsError
from guidegen.interview import Interview, InterviewState, Journal, begin


@pytest.mark.parametrize("suggested", [True, False])
def test_what_is_suggested_comes_first(*, suggested: bool) -> None:
    prompter = ScriptedPrompter([BACK, DEFAULT])

    agreed = confirm(prompter, "Now?", yes="Yes!", no="No!", suggested=suggested)

    assert agreed is suggested
    labels = [option.label for option in prompter.prompts[1].options]
    assert labels == (["Yes!", "No!"] if suggested else ["No!", "Yes!"])


@pytest.mark.parametrize(
    ("typed", "agreed"), [("j", True), ("YES ", True), ("", False), ("nein", False)]
)
def test_consent_is_typed_in_both_languages(
    monkeypatch: pytest.MonkeyPatch, typed: str, *, agreed: bool
) -> None:
    monkeypatch.setattr(click.termui, "visible_prompt_func", lambda _: typed)

    assert confirm_typed("Publish?") is agreed


def test_nobody_sits_at_a_pipe() -> None:
    assert not is_terminal()


def test_what_an_option_says_is_one_line_or_a_problem() -> None:
    problems: list[Problem] = []

    assert read_line(" a\nb ", "--note", problems) == "a b"
    assert read_line(" ", "--by", problems) is None
    assert read_line("\u202e", "--by", problems) is None

    assert [each.message for each in problems] == ["release-empty", "value-bidi"]
    assert {each.values["key"] for each in problems} == {"--by"}


def test_an_interview_goes_on_where_it_stopped_if_that_is_wanted(
    tmp_path: Path,
) -> None:
    context, journal = make_context("en", tmp_path), Journal(tmp_path / "journal.jsonl")
    start = begin(PACK, {})
    journal.write("languages", ["de"])

    yes, no = ScriptedPrompter(["yes"]), ScriptedPrompter(["no"])
    resumed = resumed_state(yes, context, start, journal)
    again = resumed_state(no, context, start, journal)

    assert (resumed.languages, again) == (["de"], start)
    assert (
        yes.prompts[0].text == "You have already answered questions here (1). Continue?"
    )
    assert not journal.path.exists()


def test_a_journal_that_fits_no_question_is_not_spoken_of(tmp_path: Path) -> None:
    context, journal = make_context("en", tmp_path), Journal(tmp_path / "journal.jsonl")
    prompter, start = ScriptedPrompter(), begin(PACK, {})
    journal.write("gone", "x")

    assert resumed_state(prompter, context, start, journal) == start

    assert prompter.prompts == []
    assert not journal.path.exists()


def test_answers_that_do_not_fit_together_are_asked_for_again(tmp_path: Path) -> None:
    context, journal = make_context("en", tmp_path), Journal(tmp_path / "journal.jsonl")
    prompter, start = ScriptedPrompter(), begin(PACK, {"languages": ["en"]})
    interview = Interview(
        context=context,
        prompter=prompter,
        state=start,
        journal=journal,
        only="languages",
    )
    tried: list[InterviewState] = []

    def write(state: InterviewState) -> str:
        tried.append(state)
        if len(tried) == 1:
            problem = Problem(
                message="value-email",
                values={"value": "x"},
                path=tmp_path,
                line=3,
            )
            raise ProblemsError((problem,))
        return "written"

    assert hold_until_written(interview, write) == "written"
    assert [line for line in prompter.said if "“x” is not an email" in line]
    assert not [line for line in prompter.said if str(tmp_path) in line]
    assert not journal.path.exists()


def test_answers_that_cannot_be_written_stay_in_the_journal(tmp_path: Path) -> None:
    context, journal = make_context("en", tmp_path), Journal(tmp_path / "journal.jsonl")
    interview = Interview(
        context=context,
        prompter=ScriptedPrompter(),
        state=begin(PACK, {"languages": ["en"]}),
        journal=journal,
        only="languages",
    )

    def write(_: InterviewState) -> None:
        raise FilesError("error-system", path=tmp_path, detail="disk full")

    with pytest.raises(FilesError):
        hold_until_written(interview, write)

    assert journal.read() == {"languages": ["en"]}


def test_how_to_go_on_is_told_only_if_something_was_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], here: Path
) -> None:
    del here
    journal = Journal(tmp_path / "journal.jsonl")
    show_how_to_resume(journal, "guidegen init")
    journal.write("languages", ["de"])
    show_how_to_resume(journal, "guidegen init")

    told = "\nYour answers are saved. To continue:\n  guidegen init\n"
    assert capsys.readouterr().out == f"\n{told}"
