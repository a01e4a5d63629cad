"""What becomes of a project's items when feeds have been read: a pure step.

Items that are too old go, what waits is held against the words of its feed once more,
and what is new and fits comes in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from guidegen.inside.addresses import (
    address_digest,
    article_address,
    guid_digest,
    item_id,
)
from guidegen.inside.parse import Entry, ParsedFeed
from guidegen.inside.store import LANGUAGE, LONGEST_SOURCE
from guidegen.inside.titles import headline, plain_line
from guidegen.inside.words import passes
from guidegen.model.inside import (
    Feed,
    InsideAnswers,
    Item,
    Items,
    ItemState,
    newest_first,
)
from guidegen.value import Value

NEWEST: Final = 20
"""How many entries of a feed are looked at: one that moves offers its old ones anew."""
MOST_WAITING: Final = 1_000
"""How many may wait for a decision; beyond that, the oldest are let go."""


class FeedCount(Value):
    """What became of the entries of a feed."""

    new: int = 0
    known: int = 0
    """Those that were here already, or once."""
    unwanted: int = 0
    """Those that the feed's words keep out."""
    old: int = 0
    """Those that are older than the company wants."""
    passed: int = 0
    """Those that come after the newest twenty, or were not read at all."""
    unusable: int = 0
    """Those without a headline, or without an address that readers can be sent to."""


class Gathered(Value):
    """The items after a fetch, and what happened to them."""

    items: Items
    feeds: Mapping[str, FeedCount]
    aged: int = 0
    """How many were removed because they are too old."""
    dropped: int = 0
    """How many no longer wait, since their feed or its words have changed."""


def gather(
    items: Items,
    inside: InsideAnswers,
    parsed: Mapping[str, ParsedFeed],
    today: dt.date,
) -> Gathered:
    """Return the items of a project after its feeds have been read.

    Args:
        items: Those before.
        inside: What the answers say.
        parsed: What has been read, by the feed's address; a feed that had nothing new,
            or could not be read, is missing.
        today: The day of the fetch.
    """
    oldest = today - dt.timedelta(days=inside.days)
    kept, gone = _without_old(items, oldest, today)
    feeds = {feed.url: feed for feed in inside.feeds}
    wanted = tuple(each for each in kept if _is_wanted(each, feeds))
    entering = _Entering(tuple(_labelled(wanted, feeds)), gone, today, oldest)
    counts = {
        feed.url: entering.take(feed, parsed[feed.url], inside)
        for feed in inside.feeds
        if feed.url in parsed
    }
    new, passed = _at_most(entering.items, MOST_WAITING)
    return Gathered(
        items=Items(items=new, gone=gone),
        feeds=counts,
        aged=len(items.items) - len(kept),
        dropped=len(kept) - len(wanted) + passed,
    )


def _without_old(
    items: Items, oldest: dt.date, today: dt.date
) -> tuple[tuple[Item, ...], Mapping[str, dt.date]]:
    """Return the items that are young enough, and all that went until today."""
    kept = tuple(each for each in items.items if each.date >= oldest)
    gone = dict(items.gone)
    for each in items.items:
        if each.date < oldest:
            gone |= dict.fromkeys(_digests(each), today)
    return kept, gone


def _digests(item: Item) -> tuple[str, ...]:
    """Return what an item is known by, if it comes again."""
    address = address_digest(item.url)
    return (address, item.guid) if item.guid else (address,)


def _is_wanted(item: Item, feeds: Mapping[str, Feed]) -> bool:
    """Return whether an item may stay: what somebody has decided about may."""
    if item.state is not ItemState.WAITING or item.feed is None:
        return True
    feed = feeds.get(item.feed)
    return feed is not None and passes(item.title, feed)


def _labelled(items: tuple[Item, ...], feeds: Mapping[str, Feed]) -> Iterator[Item]:
    """Yield items under the present names of their feeds."""
    for each in items:
        feed = feeds.get(each.feed or "")
        yield replace(each, source=source_of(feed)) if feed else each


def source_of(feed: Feed) -> str:
    """Return what readers see as the source of a feed's items."""
    shown = plain_line(feed.label, LONGEST_SOURCE)
    return shown or str(urlsplit(feed.url).hostname)[:LONGEST_SOURCE]


def _at_most(items: tuple[Item, ...], most: int) -> tuple[tuple[Item, ...], int]:
    waiting = newest_first(each for each in items if each.state is ItemState.WAITING)
    too_many = {each.id for each in waiting[most:]}
    return tuple(each for each in items if each.id not in too_many), len(too_many)


class _Entering:
    """Items, to which those of feeds come.

    Args:
        items: Those that are there.
        gone: What went, by digests.
        today: The day of the fetch.
        oldest: The first day that an item may have.
    """

    def __init__(
        self,
        items: tuple[Item, ...],
        gone: Mapping[str, dt.date],
        today: dt.date,
        oldest: dt.date,
    ) -> None:
        # Ids are shorter than digests, so that two could be the same after all.
        self._items = {each.id: each for each in items}
        self._known = {*gone, *(digest for each in items for digest in _digests(each))}
        self._today = today
        self._oldest = oldest

    @property
    def items(self) -> tuple[Item, ...]:
        """All items by now."""
        return tuple(self._items.values())

    def take(self, feed: Feed, parsed: ParsedFeed, inside: InsideAnswers) -> FeedCount:
        """Take in what is new in a feed; return what became of its entries."""
        state = ItemState.WAITING if inside.approve else ItemState.APPROVED
        made = [self._item(each, feed, parsed, state) for each in parsed.entries]
        usable = [each for each in made if each]
        young = [each for each in usable if each.date >= self._oldest]
        wanted = [each for each in young if passes(each.title, feed)]
        # Not by id where days are equal: a feed has its newest entries first.
        newest = sorted(wanted, key=lambda each: each.date, reverse=True)[:NEWEST]
        new = [each for each in newest if self._enters(each)]
        return FeedCount(
            new=len(new),
            known=len(newest) - len(new),
            unwanted=len(young) - len(wanted),
            old=len(usable) - len(young),
            passed=len(wanted) - len(newest) + parsed.count - len(parsed.entries),
            unusable=len(made) - len(usable),
        )

    def _enters(self, item: Item) -> bool:
        digests = _digests(item)
        if item.id in self._items or not self._known.isdisjoint(digests):
            # The same article may come by two ways, and under both of its names.
            self._known.update(digests)
            self._correct(item)
            return False
        self._known.update(digests)
        self._items[item.id] = item
        return True

    def _correct(self, item: Item) -> None:
        """Take over what a source has corrected, as long as nobody has decided."""
        there = self._items.get(item.id)
        is_same = there is not None and there.feed == item.feed
        if there and is_same and there.state is ItemState.WAITING:
            self._items[item.id] = replace(there, title=item.title)

    def _item(
        self, entry: Entry, feed: Feed, parsed: ParsedFeed, state: ItemState
    ) -> Item | None:
        title = headline(entry.title)
        url = article_address(entry.link, feed.url) if entry.link.strip() else None
        if not title or url is None:
            return None
        return Item(
            id=item_id(url),
            state=state,
            title=title,
            source=source_of(feed),
            # A day that has not come yet would stay at the top until it does.
            date=min(entry.day or self._today, self._today),
            language=feed.language or _language(parsed.language),
            url=url,
            feed=feed.url,
            guid=guid_digest(entry.guid, feed.url) if entry.guid.strip() else None,
        )


def _language(said: str) -> str | None:
    """Return the language that a feed names, if that can be understood."""
    language, _, country = said.strip().replace("_", "-").partition("-")
    for code in (f"{language.lower()}-{country.upper()}", language.lower()):
        if LANGUAGE.fullmatch(code):
            return code
    return None
