"""What is said about the company: its feeds, and the items that readers may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import field
from enum import Enum

from guidegen.model.json_records import LEFT_OUT
from guidegen.value import Value

DAYS = 90
"""How long an item stays unless the company says otherwise."""


class Feed(Value):
    """A feed that the company follows; an entry of `inside.feeds`."""

    url: str
    label: str
    """What it is called; readers see it as the source."""
    language: str | None = None
    """Of its headlines (BCP 47); None for what the feed says itself."""
    keep: tuple[str, ...] = ()
    """Only headlines with one of these words; empty for all."""
    block: tuple[str, ...] = ()
    """No headline with one of these words."""


class InsideAnswers(Value):
    """What `inside:` of the answers says."""

    feeds: tuple[Feed, ...] = ()
    days: int = DAYS
    """How old an item may be; older ones are removed at the next fetch."""
    approve: bool = True
    """Whether a person has to approve each item before readers see it."""


class ItemState(Enum):
    """Where an item stands; the value is what the file says."""

    WAITING = "waiting"
    """Nobody has decided yet."""
    APPROVED = "approved"
    """Readers see it."""
    HIDDEN = "hidden"
    """Somebody has decided against it."""


class Item(Value):
    """A headline with its source, day and address; there is nothing else of it."""

    id: str
    """Ten hexadecimal digits, made from the address."""
    state: ItemState
    title: str
    """Plain text: the headline, or the moderator's own line."""
    own: bool = field(default=False, metadata=LEFT_OUT)
    """Whether the title is the moderator's own line."""
    turns: int = field(default=0, metadata=LEFT_OUT)
    """How often somebody has decided otherwise than before."""
    source: str
    date: dt.date
    """The day of publication in UTC; of the fetch, if the feed says none."""
    language: str | None = field(default=None, metadata=LEFT_OUT)
    """Of the title, if that is known."""
    url: str
    feed: str | None = field(default=None, metadata=LEFT_OUT)
    """The address of the feed; None for what was added by hand."""
    guid: str | None = field(default=None, metadata=LEFT_OUT)
    """A digest of what the feed calls it, sixteen hexadecimal digits."""


class Items(Value):
    """All items of a project, and what was one once."""

    items: tuple[Item, ...] = ()
    gone: Mapping[str, dt.date] = field(default_factory=dict)
    """When items went, by the digests of their address and of their feed's id: what
    went does not come again."""

    def of(self, state: ItemState) -> tuple[Item, ...]:
        """Return the items of a state, the newest first."""
        return newest_first(each for each in self.items if each.state is state)

    @property
    def shown(self) -> ShownItems | None:
        """What readers see; None as long as nothing was ever approved."""
        items = self.of(ItemState.APPROVED)
        days = (items[0].date,) if items else tuple(self.gone.values())
        return ShownItems(items=items, changed=max(days)) if days else None


class ShownItems(Value):
    """What readers see of what is said about the company, the newest first."""

    items: tuple[Item, ...]
    changed: dt.date
    """The day of the newest one; if all have gone, the day when the last one went."""


class FeedState(Value):
    """What is remembered of a feed between two fetches."""

    etag: str | None = field(default=None, metadata=LEFT_OUT)
    modified: str | None = field(default=None, metadata=LEFT_OUT)
    """The feed's own `Last-Modified`, as it was sent."""
    failing: dt.date | None = field(default=None, metadata=LEFT_OUT)
    """The day since which every fetch has failed."""
    gone: bool = field(default=False, metadata=LEFT_OUT)
    """Whether its server says that it is gone for good."""
    moved: str | None = field(default=None, metadata=LEFT_OUT)
    """Where its server says that it has moved for good."""
    wanted: str | None = field(default=None, metadata=LEFT_OUT)
    """A digest of what was wanted of it: its words, and how old an item may be."""
    wait: dt.datetime | None = field(default=None, metadata=LEFT_OUT)
    """Until when its server wants to be left alone, in UTC."""


def newest_first(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return items in the order of readers, which is the same on any computer."""

    def order(item: Item) -> tuple[int, str, str, str]:
        return -item.date.toordinal(), item.source, item.title, item.id

    return tuple(sorted(items, key=order))
