from __future__ import annotations

import json
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from icalendar import Calendar
from tests.cli.conftest import Result
from tests.samples import sample_project

from guidegen.model.project import Project

Guidegen = Callable[..., Result]

pytestmark = pytest.mark.slow

URL = "https://intranet.agency.example/social/"
PLAN = ("training", "plan", "--start", "2027-01-04", "--url", URL)


@pytest.fixture
def project(here: Path, own_cache: None) -> Project:  # noqa: ARG001
    return sample_project("listed", here)


def files(folder: Path) -> dict[str, bytes]:
    """Return the content of each file in a folder, by its path."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_six_waves_are_written_for_each_language_and_again_the_same(
    guidegen: Guidegen, project: Project
) -> None:
    ended = guidegen(*PLAN)
    before = files(project.training_plan)
    again = guidegen(*PLAN)

    assert (ended.code, ended.err) == (0, "")
    assert "Wave 4: 4 May 2027\n" in ended.out
    assert (again.code, files(project.training_plan)) == (0, before)
    languages = {name.partition("/")[0] for name in before}
    assert languages == {"de", "en"}
    assert len(before) == len(languages) * (1 + 6 * 3)
    calendar = before["de/practice.ics"].decode()
    assert calendar.count("BEGIN:VEVENT\r\n") == 6
    assert "URL:https://intranet.agency.example/social/practice.html\r\n" in calendar
    assert "/social/en/practice.html" in before["en/practice.ics"].decode()


def test_each_mail_asks_two_questions_and_loads_nothing(
    guidegen: Guidegen, project: Project
) -> None:
    guidegen(*PLAN, "--language", "en")

    folder = project.training_plan / "en"
    assert not (project.training_plan / "de").exists()
    for path in sorted(folder.glob("*.eml")):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert message["X-Unsent"] == "1"
        assert message["To"] is None
        text, html = (part.get_content() for part in message.iter_parts())
        assert text.count(f"{URL}en/practice.html#card-") == 2
        assert "src=" not in html
        assert "Voluntary, and not a test" in text


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("training",), 2, "something is missing: "),
        (("training", "paln", "--start", "2027-01-04"), 2, "did you mean “plan”?"),
        (("training", "plan"), 2, "something is missing: --start"),
        (("training", "plan", "--start", "soon"), 2, "“soon” is not a date"),
        (
            ("training", "plan", "--start", "2027-01-04"),
            1,
            "give the address with --url",
        ),
        ((*PLAN[:5], "ftp://x.example/"), 1, "ftp://x.example/"),
        ((*PLAN[:5], "https://x.example/rules.aspx"), 1, "is a single page"),
        ((*PLAN, "--language", "fr"), 1, "fr"),
        ((*PLAN, "--into", "site"), 1, "site"),
    ],
)
def test_wrong_input_is_named_and_nothing_is_written(
    guidegen: Guidegen,
    project: Project,
    arguments: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    (project.folder / "site").mkdir(exist_ok=True)
    ended = guidegen(*arguments)

    assert ended.code == code
    assert said in ended.err
    assert not project.training_plan.exists()


def test_calendars_get_an_address_they_can_read_and_a_past_start_is_named(
    guidegen: Guidegen, project: Project
) -> None:
    ended = guidegen(
        "training", "plan", "--start", "2020-01-06", "--language", "en",
        "--url", "https://münchen.example/für alle/",
    )  # fmt: skip

    assert ended.code == 0
    assert "the first day, 6 January 2020, is in the past" in ended.out + ended.err
    content = (project.training_plan / "en/practice.ics").read_bytes()
    (event, *_) = Calendar.from_ical(content).walk("VEVENT")
    assert (
        str(event["URL"])
        == "https://xn--mnchen-3ya.example/f%C3%BCr%20alle/en/practice.html"
    )


@pytest.mark.usefixtures("project")
def test_without_cards_there_is_no_plan(guidegen: Guidegen) -> None:
    guidegen("set", "training.practice=false")
    ended = guidegen(*PLAN)

    assert ended.code == 1
    assert "there are no practice cards" in ended.err


def test_what_somebody_changed_is_not_replaced(
    guidegen: Guidegen, project: Project
) -> None:
    guidegen(*PLAN)
    mail = project.training_plan / "de/wave-1.txt"
    mail.write_text("Unsere eigenen Worte.\n")
    refused = guidegen(*PLAN)
    kept = mail.read_text()
    forced = guidegen(*PLAN, "--force", "--json")

    assert (refused.code, kept) == (1, "Unsere eigenen Worte.\n")
    assert json.loads(forced.out)["days"][0] == "2027-01-04"
    assert "Unsere eigenen Worte" not in mail.read_text()
