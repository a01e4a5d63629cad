from __future__ import annotations

import datetime as dt
import re
import string
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event
from tests.archives import archive_of, released

from guidegen.model.document import Document
from guidegen.site import Archive, NextReview
from guidegen.site.feed_and_calendar import review_calendar

REVIEW = NextReview(
    due=dt.date(2027, 12, 31),
    changed=dt.datetime(2026, 12, 1, 9, 30, tzinfo=dt.UTC),
    sequence=3,
)
ANYTHING = st.text() | st.text(alphabet=string.printable)
ONCE = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "SEQUENCE")


def assert_valid(text: str) -> Event:
    """Hold a calendar against RFC 5545, and read it as a calendar program would."""
    assert text.endswith("END:VCALENDAR\r\n")
    lines = text.removesuffix("\r\n").split("\r\n")
    assert not any(re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line) for line in lines)
    assert all(len(line.encode()) <= 75 for line in lines)
    logical = text.replace("\r\n ", "").split("\r\n")
    assert logical[0] == "BEGIN:VCALENDAR"
    names = [re.split("[:;]", line)[0] for line in logical]
    for name in ("VERSION", "PRODID", *ONCE):
        assert names.count(name) == 1, name
    for line in logical:
        if line.startswith(("SUMMARY", "DESCRIPTION")):
            value = line.partition(":")[2]
            assert not re.search(r"[;,]", re.sub(r"\\[\\;,nN]", "", value)), line
            assert "\\" not in re.sub(r"\\[\\;,nN]", "", value), line
    calendar = Calendar.from_ical(text)
    assert not calendar.errors
    (event,) = calendar.walk("VEVENT")
    assert isinstance(event, Event)
    assert not event.errors
    return event


@pytest.fixture(scope="module")
def document(german: Document) -> Document:
    return released(german, "1.0.0")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, document: Document) -> Archive:
    return archive_of(tmp_path_factory.mktemp("r"), (document,), ["1.0.0"])


def test_the_next_review_is_an_event_of_a_whole_day(
    archive: Archive, document: Document
) -> None:
    event = assert_valid(review_calendar(archive, REVIEW, document))

    assert event["SUMMARY"] == (
        "Durchsicht: Social-Media-Guideline, Nordlicht Technik GmbH"
    )
    assert event["DESCRIPTION"] == "Stimmt alles noch? Verantwortlich: Jana Petersen"
    assert event.start == dt.date(2027, 12, 31)
    assert event.end == dt.date(2028, 1, 1)
    assert event.stamp == REVIEW.changed
    assert event.sequence == 3


def test_the_event_stays_the_same_when_its_date_moves(
    tmp_path: Path, archive: Archive, document: Document
) -> None:
    later = replace(REVIEW, due=dt.date(2028, 5, 1), sequence=4)
    more = archive_of(tmp_path, (document,), ["1.0.0", "1.1.0"])

    now = assert_valid(review_calendar(archive, REVIEW, document))
    moved = assert_valid(review_calendar(more, later, document))

    assert now["UID"] == moved["UID"]
    assert (str(now["SEQUENCE"]), str(moved["SEQUENCE"])) == ("3", "4")


@pytest.mark.slow
@given(text=ANYTHING)
def test_whatever_somebody_wrote_a_calendar_is_valid(
    text: str, archive: Archive, document: Document
) -> None:
    named = replace(
        document,
        company=text,
        running_texts={**document.running_texts, "owner": f"O{text}"},
    )

    event = assert_valid(review_calendar(archive, REVIEW, named))

    seen = string.ascii_letters + "\\;,:\"'äöüß€🚀"
    said = str(event["DESCRIPTION"]).partition(": ")[2]
    assert [sign for sign in f"O{text}" if sign in seen] == [
        sign for sign in said if sign in seen
    ]
