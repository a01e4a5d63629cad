from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.wording import hint_of, raises, text_of

from guidegen.errors import PublishError
from guidegen.model.publication import TargetSettings
from guidegen.publish.confirmed import confirm, is_confirmed, knows
from guidegen.publish.consent import (
    HostKeyQuestion,
    PlaceQuestion,
    agree_on_place,
)
from guidegen.publish.place import parse_place
from guidegen.publish.target import open_target

PLACE = parse_place("https://anna@cloud.example")


class Person:
    """Somebody at a terminal."""

    def __init__(self, *, says: bool) -> None:
        self.says = says
        self.asked: list[PlaceQuestion] = []

    def place(self, question: PlaceQuestion) -> bool:
        self.asked.append(question)
        return self.says

    def host_key(self, question: HostKeyQuestion) -> bool:
        raise AssertionError(question)


@pytest.fixture(autouse=True)
def _no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PASSWORD", "ACCESS_KEY", "SECRET_KEY"):
        monkeypatch.delenv(f"GUIDEGEN_INTRANET_{name}")


def _target(folder: Path, user: str = "anna", name: str = "intranet") -> TargetSettings:
    return TargetSettings(
        name=name,
        kind="webdav",
        options={"url": "https://cloud.example/x", "user": user},
        folder=folder,
    )


def test_without_anybody_to_ask_nothing_is_sent(tmp_path: Path) -> None:
    with pytest.raises(PublishError) as caught, open_target(_target(tmp_path)):
        pass

    assert text_of(caught.value) == (
        "nobody has agreed on this computer that guidegen may send anything to"
        " https://anna@cloud.example (target “intranet”)"
    )
    assert "GUIDEGEN_PLACE=https://anna@cloud.example" in (hint_of(caught.value) or "")


def test_a_place_is_asked_about_once(tmp_path: Path, own_settings: Path) -> None:
    no, yes = Person(says=False), Person(says=True)

    with raises(PublishError, match="nothing was sent"):
        agree_on_place(_target(tmp_path), no)
    agree_on_place(_target(tmp_path), yes)
    agree_on_place(_target(tmp_path), yes)

    assert yes.asked == no.asked == [PlaceQuestion(place=PLACE, target="intranet")]
    kept = own_settings / "places.json"
    assert json.loads(kept.read_text("utf-8"))["places"] == {PLACE.text: ["intranet"]}
    assert kept.stat().st_mode & 0o777 == 0o600
    assert own_settings.stat().st_mode & 0o777 == 0o700


def test_another_user_is_another_place(tmp_path: Path) -> None:
    person = Person(says=True)
    agree_on_place(_target(tmp_path), person)

    agree_on_place(_target(tmp_path, "bob"), person)

    assert [each.place.user for each in person.asked] == ["anna", "bob"]


def test_the_secrets_of_another_name_are_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A project can give its target the name that a variable belongs to."""
    confirm(PLACE, "intranet")
    person = Person(says=True)
    agree_on_place(_target(tmp_path, name="other"), person)
    assert person.asked == []

    monkeypatch.setenv("GUIDEGEN_OTHER_PASSWORD", "x")
    agree_on_place(_target(tmp_path, name="other"), person)

    assert person.asked == [
        PlaceQuestion(
            place=PLACE, target="other", variables=("GUIDEGEN_OTHER_PASSWORD",)
        )
    ]


def test_a_build_machine_agrees_by_a_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_settings: Path
) -> None:
    monkeypatch.setenv(
        "GUIDEGEN_PLACE",
        "ssh://git@forge.example:2222  https://anna@CLOUD.example:443/",
    )

    assert agree_on_place(_target(tmp_path), Person(says=False)) == PLACE
    assert knows(parse_place("ssh://git@forge.example:2222"))
    assert not knows(parse_place("ssh://git@forge.example"))
    assert not knows(parse_place("https://cloud.example"))
    assert not own_settings.exists()


def test_a_variable_that_names_no_place_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDEGEN_PLACE", "cloud.example")

    with raises(PublishError, match="does not name a place: cloud.example"):
        agree_on_place(_target(tmp_path), Person(says=True))


@pytest.mark.parametrize(
    "content",
    [
        "[",
        "[]",
        '{"format": 2, "places": {}}',
        '{"format": 1}',
        '{"format": 1, "places": ["https://anna@cloud.example"]}',
        '{"format": 1, "places": {"https://anna@cloud.example": null}}',
        "[" * 100_000,
    ],
)
def test_a_damaged_record_agrees_to_nothing(own_settings: Path, content: str) -> None:
    own_settings.mkdir(parents=True, mode=0o700)
    (own_settings / "places.json").write_text(content, "utf-8")

    with raises(PublishError, match="not certainly yours"):
        is_confirmed(PLACE, "intranet")


@pytest.mark.parametrize("open_to_others", ["places.json", ""])
def test_a_record_that_others_may_write_counts_for_nothing(
    own_settings: Path, open_to_others: str
) -> None:
    confirm(PLACE, "intranet")
    (own_settings / open_to_others).chmod(0o777)

    with raises(PublishError, match="not certainly yours"):
        is_confirmed(PLACE, "intranet")


def test_a_record_of_another_user_s_counts_for_nothing(
    own_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirm(PLACE, "intranet")
    owner = (own_settings / "places.json").stat().st_uid
    monkeypatch.setattr("os.geteuid", lambda: owner + 1)

    with raises(PublishError, match="not certainly yours"):
        is_confirmed(PLACE, "intranet")


def test_settings_that_lie_in_the_project_agree_to_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A home that is the project's folder, as in some containers."""
    project = tmp_path / "project"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(project / ".config"))
    confirm(PLACE, "intranet")

    with raises(PublishError, match="your own settings lie in the project"):
        agree_on_place(_target(project), Person(says=True))

    monkeypatch.setenv("GUIDEGEN_PLACE", PLACE.text)
    assert agree_on_place(_target(project), Person(says=False)) == PLACE


def test_the_user_beside_a_token_need_not_be_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GUIDEGEN_PLACE", "https://guidegen@forge.example")

    assert knows(parse_place("https://forge.example"))
    assert not knows(parse_place("https://anna@forge.example"))
