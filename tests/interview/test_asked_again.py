"""Whoever is asked again and takes every suggestion changes nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.interview.scripted import ScriptedPrompter
from tests.test_released_before import COMPANIES, released_project

from guidegen.answers.read import read_plain
from guidegen.interview import (
    Interview,
    InterviewContext,
    Messages,
    begin,
    changed_answers,
)
from guidegen.pack.find import builtin_packs

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("pack", [None, builtin_packs() / "dell"], ids=["old", "new"])
@pytest.mark.parametrize("company", COMPANIES)
@pytest.mark.usefixtures("own_cache")
def test_nothing_changes(company: str, pack: Path | None, tmp_path: Path) -> None:
    # Their own pack is the kept one, with questions of its own.
    folder = released_project(company, tmp_path / "project")
    read = read_plain(folder / "guideline.yml", pack=pack)
    assert (read.pack.names is None) is (pack is None)
    context = InterviewContext(
        pack=read.pack,
        messages=Messages(texts=read.pack.messages, language="de"),
        today=dt.date(2027, 5, 3),
        folder=folder,
    )
    state = begin(read.pack, read.data)
    interview = Interview(
        context=context, prompter=ScriptedPrompter(), state=state, every=True
    )

    interview.hold()

    assert dict(changed_answers(read.pack, interview.state)) == {}
