"""What is said about the company: fetched, decided about, added by hand."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from guidegen.answers.read import parse_text, read_answers, read_text
from guidegen.errors import GuidegenError, InsideError, Problem
from guidegen.files import project_lock
from guidegen.inside.addresses import address_digest, article_address, item_id
from guidegen.inside.gather import FeedCount, gather
from guidegen.inside.store import (
    LONGEST_SOURCE,
    MOST_TURNS,
    read_feed_states,
    read_items,
    write_feed_states,
    write_items,
)
from guidegen.inside.titles import plain_line
from guidegen.model.inside import (
    Feed,
    FeedState,
    InsideAnswers,
    Item,
    Items,
    ItemState,
)
from guidegen.model.note import Note
from guidegen.model.project import Project
from guidegen.schema.yaml_tree import Map, find_node
from guidegen.value import Value

if TYPE_CHECKING:  # most verbs go nowhere
    from guidegen.inside.fetch import Answer
    from guidegen.inside.parse import ParsedFeed
    from guidegen.inside.reach import Reach

ALL: Final = "all"
"""Stands for all items that wait."""

DEAD_AFTER: Final = dt.timedelta(days=7)
"""After how long `status` names a feed that cannot be read."""

_SHORTEST_ID: Final = 4


class FetchJob(Value):
    """What to fetch."""

    project: Project
    now: dt.datetime
    """In UTC."""
    reach: Reach | None = None
    """What may be connected to; None for what anybody may."""
    progress: Callable[[str], None] = lambda message: None  # noqa: ARG005
    """Told the message id of each step as it begins."""


class FetchedFeed(Value):
    """How the fetch of a feed went."""

    feed: Feed
    line: int | None
    """Of its address in `guideline.yml`."""
    count: FeedCount | None = None
    """What became of its entries; None if there was nothing new, or nothing at all."""
    problem: Problem | None = None
    """Why it could not be read."""
    moved: str | None = None
    """Where it has moved for good."""
    failing: dt.date | None = None
    """The day since which it cannot be read."""


class FetchReport(Value):
    """What a fetch has brought."""

    feeds: tuple[FetchedFeed, ...]
    items: Items
    """All items after it."""
    approve: bool
    """Whether what came waits for somebody."""
    aged: int = 0
    dropped: int = 0

    @property
    def new(self) -> int:
        """How many items have come."""
        return sum(each.count.new for each in self.feeds if each.count)


def fetch_inside(job: FetchJob) -> FetchReport:
    """Fetch all feeds of a project, and keep what is new.

    Raises:
        GuidegenError: The answers or the project's items cannot be read. That a feed
            cannot is said in the report.
    """
    from guidegen.inside.fetch import fetch_feeds  # noqa: PLC0415  # imports ssl

    project = job.project
    inside = inside_of(project)
    asked = _states_to_send(project, inside)
    due = {
        url: state
        for url, state in asked.items()
        if state.wait is None or state.wait <= job.now
    }
    job.progress("inside-fetching")
    # Without the lock: nobody should wait for a server to build.
    answers = fetch_feeds(due, job.now, job.reach)
    parsed = _parsed(answers)
    legible = {url: each for url, each in parsed.items() if each.problem is None}
    after = {
        url: _state_after(state, answers.get(url), parsed.get(url), job.now)
        for url, state in asked.items()
    }
    with project_lock(project.work):
        items = read_items(project)
        gathered = gather(items, inside, legible, job.now.date())
        write_items(project, gathered.items)
        write_feed_states(project, after)
    lines = _lines(project)
    return FetchReport(
        feeds=tuple(
            FetchedFeed(
                feed=feed,
                line=lines.get(url),
                count=gathered.feeds.get(url),
                problem=_problem(answers.get(url), parsed.get(url), after[url]),
                moved=after[url].moved,
                failing=after[url].failing,
            )
            for feed in inside.feeds
            for url in (feed.url,)
        ),
        items=gathered.items,
        approve=inside.approve,
        aged=gathered.aged,
        dropped=gathered.dropped,
    )


def inside_of(project: Project) -> InsideAnswers:
    """Return what the answers say of it.

    Raises:
        InsideError: They say nothing.
        GuidegenError: They cannot be read.
    """
    answers, _ = read_answers(project.answers)
    if answers.inside is None:
        raise InsideError("error-inside-none", path=project.answers)
    return answers.inside


def _states_to_send(project: Project, inside: InsideAnswers) -> dict[str, FeedState]:
    """Return what is known of each feed, without what would keep its content away.

    A feed whose words have changed has to be read as a whole, although it has nothing
    new, and so have all if the items are lost.

    Raises:
        InsideError: The items cannot be read: nothing is to be fetched for nothing.
    """
    is_first = not read_items(project).items
    states = read_feed_states(project)
    found = {}
    for feed in inside.feeds:
        state, wanted = states.get(feed.url, FeedState()), _wanted(feed, inside)
        if is_first or state.wanted != wanted:
            state = replace(state, etag=None, modified=None, wanted=wanted)
        found[feed.url] = state
    return found


def _wanted(feed: Feed, inside: InsideAnswers) -> str:
    text = repr((inside.days, feed.keep, feed.block))
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _parsed(answers: Mapping[str, Answer]) -> dict[str, ParsedFeed]:
    from guidegen.inside.parse import Unparsed, parse_feeds  # noqa: PLC0415  # as above

    came = {
        url: Unparsed(content=answer.content, kind=answer.kind)
        for url, answer in answers.items()
        if answer.content is not None
    }
    return dict(zip(came, parse_feeds(tuple(came.values())), strict=True))


def _state_after(
    state: FeedState,
    answer: Answer | None,
    parsed: ParsedFeed | None,
    now: dt.datetime,
) -> FeedState:
    """Return what is remembered of a feed after it was asked for."""
    if answer is None:  # its server wants to be left alone
        return state
    if answer.problem or (parsed and parsed.problem):
        return replace(
            state,
            failing=state.failing or now.date(),
            gone=answer.gone,
            wait=answer.wait,
        )
    new = answer.content is not None
    return FeedState(
        etag=answer.etag if new else state.etag,
        modified=answer.modified if new else state.modified,
        moved=answer.moved,
        wanted=state.wanted,
    )


def _problem(
    answer: Answer | None, parsed: ParsedFeed | None, state: FeedState
) -> Problem | None:
    if answer is None:
        until = state.wait
        return Problem(message="inside-waits", values={"until": until})
    return answer.problem or (parsed.problem if parsed else None)


def _lines(project: Project) -> dict[str, int]:
    """Return the lines of the feeds' addresses in `guideline.yml`."""
    found: dict[str, int] = {}
    with suppress(GuidegenError):
        tree = parse_text(read_text(project.answers), project.answers)
        number = 0
        while isinstance(tree, Map):
            node = find_node(tree, ["inside", "feeds", str(number), "url"])
            if node is None:
                break
            found[str(getattr(node, "text", ""))] = node.line
            number += 1
    return found


# --- deciding


class Decided(Value):
    """What was decided."""

    changed: tuple[Item, ...]
    waiting: int
    """How many still wait."""
    is_seen: bool
    """Whether readers see something else than before."""


def decide(
    project: Project,
    ids: Iterable[str],
    state: ItemState,
    *,
    title: str | None = None,
) -> Decided:
    """Approve or hide items.

    Args:
        project: The project.
        ids: Their ids, or the beginnings of them; `all` for all that wait.
        state: What becomes of them.
        title: The moderator's own line in place of the headline of the only one.

    Raises:
        InsideError: There is no such item, or an own line is for more than one.
    """
    inside_of(project)
    with project_lock(project.work):
        items = read_items(project)
        found = find_items(items, ids, project)
        if title is not None and len(found) != 1:
            raise InsideError("error-inside-title-one", count=len(found))
        new = {each.id: _decided(each, state, title) for each in found}
        after = tuple(new.get(each.id, each) for each in items.items)
        write_items(project, replace(items, items=after))
    waiting = sum(each.state is ItemState.WAITING for each in after)
    before = {each.id for each in items.of(ItemState.APPROVED)}
    is_seen = state is ItemState.APPROVED or not before.isdisjoint(new)
    return Decided(changed=tuple(new.values()), waiting=waiting, is_seen=is_seen)


def _decided(item: Item, state: ItemState, title: str | None) -> Item:
    is_turn = item.state not in {ItemState.WAITING, state}
    turns = min(item.turns + is_turn, MOST_TURNS)
    if title is None:
        return replace(item, state=state, turns=turns)
    return replace(item, state=state, turns=turns, title=own_line(title), own=True)


def own_line(text: str) -> str:
    """Return a line of the moderator's own, as readers get it.

    Raises:
        InsideError: Nothing in it can be read.
    """
    line = plain_line(text)
    if not line:
        raise InsideError("error-inside-title")
    return line


def find_items(items: Items, ids: Iterable[str], project: Project) -> tuple[Item, ...]:
    """Return items by their ids, or by beginnings that are no other item's.

    Raises:
        InsideError: Some are nobody's, or more than one item's.
    """
    found: dict[str, Item] = {}
    problems: list[Problem] = []
    for wanted in ids:
        if wanted == ALL:
            found |= {each.id: each for each in items.of(ItemState.WAITING)}
            continue
        fitting = [each for each in items.items if each.id.startswith(wanted)]
        if len(fitting) == 1 and len(wanted) >= _SHORTEST_ID:
            found[fitting[0].id] = fitting[0]
        else:
            several = len(fitting) > 1 or (fitting and len(wanted) < _SHORTEST_ID)
            message = "error-inside-several" if several else "error-inside-unknown"
            problems.append(
                Problem(
                    message=message, values={"id": wanted}, path=project.inside_items
                )
            )
    if problems:
        raise InsideError.of(*problems)
    return tuple(found.values())


# --- by hand


class Added(Value):
    """What somebody wants to add by hand."""

    url: str
    title: str
    source: str | None = None
    """None for the name of the host."""
    date: dt.date | None = None
    """None for today."""
    language: str | None = None


def add_item(project: Project, wish: Added, today: dt.date) -> Item:
    """Add an item that readers see from the next build on.

    Raises:
        InsideError: The address is none that readers can be sent to, or it is there.
    """
    inside_of(project)
    url = article_address(wish.url)
    if url is None:
        raise InsideError("error-inside-address", address=wish.url)
    host = str(urlsplit(url).hostname).removeprefix("www.")
    source = plain_line(wish.source or "", LONGEST_SOURCE) or host[:LONGEST_SOURCE]
    item = Item(
        id=item_id(url),
        state=ItemState.APPROVED,
        title=own_line(wish.title),
        own=True,
        source=source,
        date=min(wish.date or today, today),
        language=wish.language,
        url=url,
    )
    with project_lock(project.work):
        items = read_items(project)
        there = next((each for each in items.items if each.id == item.id), None)
        if there and there.state is ItemState.APPROVED:
            raise InsideError("error-inside-there", id=there.id, title=there.title)
        if there:
            item = replace(item, turns=_decided(there, item.state, None).turns)
        others = tuple(each for each in items.items if each.id != item.id)
        # Somebody wants it, whatever became of it before.
        digest = address_digest(url)
        gone = {each: day for each, day in items.gone.items() if each != digest}
        write_items(project, Items(items=(*others, item), gone=gone))
    return item


# --- for others


def listed_items(project: Project) -> Items:
    """Return all items of a project.

    Raises:
        InsideError: They cannot be read, or the answers want none.
    """
    inside_of(project)
    return read_items(project)


def dead_feeds(project: Project, on: dt.date) -> tuple[Note, ...]:
    """Return a note for each feed that could not be read for a week, or is gone."""
    states = read_feed_states(project)
    if not states:
        return ()
    notes = []
    lines = _lines(project)
    for url, line in lines.items():
        state = states.get(url)
        if state is None or state.failing is None:
            continue
        if state.gone or on - state.failing >= DEAD_AFTER:
            message = "inside-status-gone" if state.gone else "inside-status-dead"
            values = {"url": url, "day": state.failing}
            notes.append(
                Note(message=message, values=values, path=project.answers, line=line)
            )
    return tuple(notes)
