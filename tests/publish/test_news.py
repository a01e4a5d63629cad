"""News are no part of a release, and yet no older copy may replace newer ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.inside.samples import SUNDAY, item
from tests.publish.places import Place, edit_manifest, released
from tests.publish.test_precedence import R1, R2, Person
from tests.wording import hint_of, text_of

from guidegen.errors import PublishError
from guidegen.model.inside import Item, Items, ItemState
from guidegen.model.publication import NewsRecord
from guidegen.publish.news import (
    coming_back,
    is_behind,
    news_record,
    record_data,
    record_of,
)

ONE, TWO = item(1), item(2)
HIDDEN, WAITING = ItemState.HIDDEN, ItemState.WAITING


def _record(*items: Item, gone: tuple[Item, ...] = ()) -> NewsRecord | None:
    went = dict.fromkeys((f"{each.id}000000" for each in gone), SUNDAY)
    return news_record(Items(items=items, gone=went))


def _hidden(found: Item, turns: int = 1) -> Item:
    return replace(found, state=HIDDEN, turns=turns)


@pytest.mark.parametrize(
    ("there", "here", "behind"),
    [
        (None, _record(ONE), False),
        (_record(ONE), _record(ONE), False),
        (_record(ONE), _record(ONE, TWO), False),
        # What the target shows and the copy lacks, or has not decided about.
        (_record(ONE, TWO), _record(ONE), True),
        (_record(ONE), None, True),
        (_record(ONE), _record(replace(ONE, state=WAITING), TWO), True),
        # Somebody has hidden it: it does not come back by an old copy.
        (_record(_hidden(ONE)), _record(ONE), True),
        (_record(ONE), _record(_hidden(ONE)), False),
        (_record(_hidden(ONE)), _record(TWO), True),
        # And shown it again, after all.
        (_record(_hidden(ONE)), _record(replace(ONE, turns=2)), False),
        (_record(replace(ONE, turns=2)), _record(_hidden(ONE)), True),
        # Two people have decided otherwise at the same time.
        (_record(replace(ONE, turns=1)), _record(_hidden(ONE)), True),
        # What has become too old.
        (_record(ONE), _record(TWO, gone=(ONE,)), False),
        (_record(gone=(ONE,)), _record(ONE), True),
        (_record(gone=(ONE,)), _record(TWO), False),
    ],
)
def test_what_is_older(
    there: NewsRecord | None,
    here: NewsRecord | None,
    behind: bool,  # noqa: FBT001
) -> None:
    assert is_behind(here, there) is behind


def test_a_record_is_what_it_was() -> None:
    record = _record(ONE, _hidden(TWO), gone=(item(3),))

    assert record
    assert record_of(record_data(record)) == record
    assert _record() is None
    assert _record(replace(ONE, state=WAITING)) is None


@pytest.mark.parametrize(
    "data",
    [
        [],
        {},
        {"shown": [], "hidden": {}, "gone": []},
        {"shown": {}, "hidden": {}, "gone": {}},
        {"shown": {"../x": 0}, "hidden": {}, "gone": []},
        {"shown": {"0123456789": True}, "hidden": {}, "gone": []},
        {"shown": {"0123456789": -1}, "hidden": {}, "gone": []},
        {"shown": {"0123456789": "1"}, "hidden": {}, "gone": []},
        {"shown": {}, "hidden": {}, "gone": ["0123456789"] * 10_001},
        {"shown": {}, "hidden": {}, "gone": [None]},
    ],
)
def test_what_no_guidegen_has_written_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match=r"inside|gone|turns|id"):
        record_of(data)


def test_a_publication_names_the_latest_that_went() -> None:
    gone = {
        f"{number:016x}": SUNDAY - dt.timedelta(days=number) for number in range(3000)
    }
    record = news_record(Items(gone=gone))

    assert record
    assert len(record.gone) <= 2000
    assert f"{0:010x}" in record.gone


def test_what_comes_back_by_a_rollback_is_counted() -> None:
    live = _record(_hidden(ONE), gone=(TWO,))

    assert coming_back(_record(ONE, TWO, item(3)), live) == 2
    assert coming_back(None, live) == coming_back(live, None) == 0


Meets = Callable[[str], Person]


@pytest.fixture
def meets(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Meets:
    return lambda name: Person(name, place, tmp_path, monkeypatch)


def _knows(person: Person, *items: Item, **values: Any) -> None:  # noqa: ANN401
    person.known = replace(person.known, news=_record(*items, **values))


@pytest.mark.slow
@pytest.mark.parametrize("place", ["folder", "git"], indirect=True)
def test_two_people_bring_news_of_one_version(place: Place, meets: Meets) -> None:
    anna, bert = meets("Anna"), meets("Bert")
    anna.has(R1)
    bert.has(R1)
    _knows(anna, ONE)
    anna.publishes()

    # Nothing was released, and nothing is a draft: there are news.
    _knows(bert, ONE, TWO)
    bert.builds_anew()
    assert bert.publishes().done
    assert released(place)["version"] == R1.version

    error = anna.is_refused()
    assert error.problem.message == "error-publish-news"
    assert "newer at" in text_of(error)
    assert "git pull" in (hint_of(error) or "")

    # What Bert hides does not come back by Anna's copy, which has been merged since.
    _knows(anna, ONE, TWO)
    anna.publishes()
    _knows(bert, ONE, _hidden(TWO))
    bert.publishes()
    assert anna.is_refused().problem.message == "error-publish-news"
    anna.publishes(older=True)
    # Nobody has to insist to go on from there.
    _knows(bert, ONE, _hidden(TWO))
    bert.publishes()


@pytest.mark.slow
@pytest.mark.parametrize("place", ["folder"], indirect=True)
def test_a_new_version_of_an_old_copy_waits_for_the_news(
    place: Place, meets: Meets
) -> None:
    anna, bert = meets("Anna"), meets("Bert")
    anna.has(R1)
    bert.has(R1, R2)
    _knows(anna, ONE)
    anna.publishes()

    assert bert.is_refused().problem.message == "error-publish-news"
    _knows(bert, ONE)
    bert.publishes()
    assert released(place)["version"] == R2.version


@pytest.mark.slow
@pytest.mark.parametrize("place", ["folder"], indirect=True)
def test_a_rollback_says_what_comes_back_and_forgets_nothing(
    place: Place, meets: Meets
) -> None:
    anna = meets("Anna")
    anna.has(R1)
    _knows(anna, ONE, TWO)
    anna.publishes()
    _knows(anna, ONE, _hidden(TWO))
    anna.builds_anew()
    anna.publishes()
    back = anna.rolls_back()

    assert [note.message for note in back.notes] == ["rollback-news"]
    assert back.notes[0].values["number"] == 1
    assert released(place)["news"]["hidden"] == {TWO.id: 1}
    # What is known there is known there still.
    anna.has(R1)
    _knows(anna, ONE, TWO)
    assert anna.is_refused().problem.message == "error-publish-news"


@pytest.mark.slow
@pytest.mark.parametrize("place", ["folder"], indirect=True)
def test_a_forged_record_stops_everything(place: Place, meets: Meets) -> None:
    anna = meets("Anna")
    anna.has(R1)
    _knows(anna, ONE)
    anna.publishes()
    edit_manifest(place, release={**released(place), "news": {"shown": {"../x": 0}}})

    with pytest.raises(PublishError) as raised:
        anna.publishes()
    assert raised.value.problem.message == "error-publish-manifest"
