"""What becomes of items when feeds have been read."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.inside.test_store import item

from guidegen.inside.gather import NEWEST, Gathered, gather
from guidegen.inside.parse import Entry, ParsedFeed
from guidegen.model.inside import Feed, InsideAnswers, Items, ItemState

TODAY = dt.date(2026, 11, 30)
FEED = Feed(url="https://n.example/rss", label="The News")
OTHER = Feed(url="https://o.example/rss", label="Others")


def entry(number: int = 1, **values: Any) -> Entry:  # noqa: ANN401  # any field
    known = {
        "title": f"Nordlicht opens plant {number}",
        "link": f"https://n.example/{number}",
        "guid": f"tag:n.example,2026:{number}",
        "day": dt.date(2026, 11, 23),
    }
    return Entry(**{**known, **values})


def feed_of(*entries: Entry, language: str = "") -> ParsedFeed:
    return ParsedFeed(entries=entries, count=len(entries), language=language)


def _gathered(
    *entries: Entry,
    items: Items | None = None,
    feed: Feed = FEED,
    **inside: Any,  # noqa: ANN401
) -> Gathered:
    return gather(
        items or Items(),
        InsideAnswers(feeds=(feed,), **inside),
        {feed.url: feed_of(*entries)},
        TODAY,
    )


def test_a_headline_its_source_its_day_and_its_address_are_kept() -> None:
    gathered = _gathered(entry(1, title="<b>Nordlicht</b> &amp; Co"))

    (found,) = gathered.items.items
    assert (found.title, found.source) == ("Nordlicht & Co", "The News")
    assert (found.date, found.url) == (dt.date(2026, 11, 23), "https://n.example/1")
    assert found.state is ItemState.WAITING
    assert gathered.feeds[FEED.url].new == 1


def test_without_approval_readers_see_it_at_once() -> None:
    (found,) = _gathered(entry(1), approve=False).items.items

    assert found.state is ItemState.APPROVED


@pytest.mark.parametrize(
    "day", [None, dt.date(2031, 1, 1), dt.date(2026, 12, 1)], ids=str
)
def test_a_day_that_is_missing_or_to_come_is_that_of_the_fetch(
    day: dt.date | None,
) -> None:
    (found,) = _gathered(entry(1, day=day)).items.items

    assert found.date == TODAY


@pytest.mark.parametrize(
    "values",
    [
        {"title": ""},
        {"title": "<img src=x>"},
        {"link": ""},
        {"link": "javascript:alert(1)"},
        {"link": "data:text/html,x"},
        {"link": "http://10.0.0.1/"},
    ],
)
def test_what_nobody_can_use_is_counted(values: dict[str, str]) -> None:
    gathered = _gathered(entry(1, **values), entry(2))

    assert len(gathered.items.items) == 1
    assert gathered.feeds[FEED.url].unusable == 1


def test_nothing_comes_twice() -> None:
    first = _gathered(entry(1), entry(1)).items
    again = _gathered(
        entry(1),
        entry(1, link="https://n.example/moved"),
        entry(1, guid="other", link="https://www.n.example/1?utm_source=x"),
        items=first,
    )

    assert len(first.items) == 1
    assert again.items == first
    assert again.feeds[FEED.url].known == 3


def test_a_corrected_headline_counts_until_somebody_decides() -> None:
    first = _gathered(entry(1, title="Nordlicht bankrupt")).items
    corrected = entry(1, title="Nordlicht not bankrupt")
    waiting = _gathered(corrected, items=first).items
    approved = Items(items=(replace(first.items[0], state=ItemState.APPROVED),))

    assert waiting.items[0].title == "Nordlicht not bankrupt"
    assert _gathered(corrected, items=approved).items == approved


def test_one_article_in_two_feeds_comes_once() -> None:
    inside = InsideAnswers(feeds=(FEED, OTHER))
    gathered = gather(
        Items(),
        inside,
        {
            FEED.url: feed_of(entry(1)),
            OTHER.url: feed_of(
                entry(1, guid="17", link="http://n.example/1/?utm_medium=rss")
            ),
        },
        TODAY,
    )

    (found,) = gathered.items.items
    assert found.source == "The News"


def test_numbers_of_two_feeds_are_two_things() -> None:
    gathered = gather(
        Items(),
        InsideAnswers(feeds=(FEED, OTHER)),
        {
            FEED.url: feed_of(entry(1, guid="17")),
            OTHER.url: feed_of(entry(2, guid="17")),
        },
        TODAY,
    )

    assert len(gathered.items.items) == 2


def test_a_flood_brings_the_newest_only() -> None:
    days = [TODAY - dt.timedelta(days=number % 80) for number in range(200)]
    entries = [entry(number, day=day) for number, day in enumerate(days)]
    gathered = _gathered(*entries)

    assert gathered.feeds[FEED.url].new == NEWEST
    assert gathered.feeds[FEED.url].passed == 200 - NEWEST
    assert {each.date for each in gathered.items.items} == set(
        sorted(days, reverse=True)[:NEWEST]
    )
    # Nor does the rest come the next time.
    again = _gathered(*entries, items=gathered.items)
    assert again.items == gathered.items


def test_old_entries_do_not_come() -> None:
    gathered = _gathered(entry(1, day=dt.date(2026, 8, 1)))

    assert gathered.items.items == ()
    assert gathered.feeds[FEED.url].old == 1


@pytest.mark.parametrize("state", ItemState)
def test_items_go_when_they_are_too_old_and_do_not_come_again(
    state: ItemState,
) -> None:
    there = replace(item(1, state=state), date=dt.date(2026, 8, 31))
    gathered = _gathered(
        entry(1, link=there.url, day=None), items=Items(items=(there,))
    )

    assert gathered.items.items == ()
    assert gathered.aged == 1
    assert len(gathered.items.gone) == 1


def test_an_item_of_the_last_day_stays() -> None:
    there = replace(item(1), date=TODAY - dt.timedelta(days=90))

    assert _gathered(items=Items(items=(there,))).items.items == (there,)


def test_what_is_hidden_stays_hidden() -> None:
    hidden = item(1, state=ItemState.HIDDEN)
    gathered = _gathered(entry(1, link=hidden.url), items=Items(items=(hidden,)))

    assert gathered.items.items == (hidden,)


@pytest.mark.parametrize(
    ("keep", "block", "titles"),
    [
        (("nordlicht",), (), ["Nordlicht opens", "NORDLICHTS Werk"]),
        (("eon",), (), []),
        ((), ("nordlicht",), ["Napoleon"]),
        (("nordlicht", "napo"), ("werk",), ["Nordlicht opens", "Napoleon"]),
        (("(.*)+$",), (), []),
    ],
)
def test_words_keep_and_block(
    keep: tuple[str, ...], block: tuple[str, ...], titles: list[str]
) -> None:
    feed = replace(FEED, keep=keep, block=block)
    all_titles = ("Nordlicht opens", "NORDLICHTS Werk", "Napoleon")
    entries = [entry(n, title=title) for n, title in enumerate(all_titles)]
    gathered = _gathered(*entries, feed=feed)

    assert sorted(each.title for each in gathered.items.items) == sorted(titles)
    assert gathered.feeds[FEED.url].unwanted == 3 - len(titles)


def test_new_words_count_for_what_waits() -> None:
    first = _gathered(entry(1), entry(2, title="Football")).items
    approved = replace(first.items[1], state=ItemState.APPROVED)
    waiting = _gathered(entry(3, title="Football, too")).items.items
    there = Items(items=(first.items[0], approved, *waiting))
    gathered = _gathered(items=there, feed=replace(FEED, block=("football",)))

    assert {*gathered.items.items} == {first.items[0], approved}
    assert gathered.dropped == 1


def test_what_waits_goes_with_its_feed() -> None:
    there = _gathered(entry(1)).items
    gathered = gather(there, InsideAnswers(feeds=(OTHER,)), {}, TODAY)

    assert gathered.items.items == ()


def test_a_feed_that_is_called_something_else_is_so_everywhere() -> None:
    there = _gathered(entry(1)).items
    gathered = _gathered(items=there, feed=replace(FEED, label="Daily News"))

    assert gathered.items.items[0].source == "Daily News"


@pytest.mark.parametrize(
    ("own", "said", "language"),
    [
        (None, "de-de", "de-DE"),
        (None, "EN", "en"),
        (None, "zh-Hans-CN", "zh"),
        (None, 'de" onload="x', None),
        (None, "<b>", None),
        (None, "", None),
        ("fr", "de", "fr"),
    ],
)
def test_the_language_is_the_feed_s(
    own: str | None, said: str, language: str | None
) -> None:
    feed = replace(FEED, language=own)
    gathered = gather(
        Items(),
        InsideAnswers(feeds=(feed,)),
        {feed.url: feed_of(entry(1), language=said)},
        TODAY,
    )

    assert gathered.items.items[0].language == language


ENTRIES = st.builds(
    Entry,
    title=st.text(max_size=40),
    link=st.sampled_from(
        ("https://n.example/1", "https://n.example/2?utm_x=1", "javascript:x", "", "/a")
    )
    | st.text(max_size=20),
    guid=st.text(max_size=5),
    day=st.none() | st.dates(dt.date(2026, 6, 1), dt.date(2027, 6, 1)),
)


@pytest.mark.slow
@settings(max_examples=40)
@given(st.lists(ENTRIES, max_size=30))
def test_whatever_comes_nothing_changes_the_second_time(entries: list[Entry]) -> None:
    first = _gathered(*entries)
    second = _gathered(*entries, items=first.items)

    assert second.items == first.items
    assert len({each.id for each in first.items.items}) == len(first.items.items)
    for each in first.items.items:
        assert TODAY - dt.timedelta(days=90) <= each.date <= TODAY
