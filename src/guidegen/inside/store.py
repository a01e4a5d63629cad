"""`inside/items.json` and `inside/feeds.json`: what is kept between two commands.

Both may have come with a stranger's project: what does not fit is refused, and nothing
gets from them to readers that a feed could not have brought.

Items are ordered by their ids, each in lines of its own: what two people have added or
decided on two computers is merged by git without a conflict.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from guidegen.errors import InsideError
from guidegen.files import translate_os_errors, write_atomic
from guidegen.inside.addresses import article_address, item_id
from guidegen.inside.titles import plain_line
from guidegen.model.inside import FeedState, Item, Items
from guidegen.model.json_records import entries, from_json, parsed_json
from guidegen.model.project import Project

LONGEST_SOURCE: Final = 80
MOST_ITEMS: Final = 3_000
"""Fifty feeds with an item every other day, and nobody decides for a month."""
MOST_TURNS: Final = 1_000
MOST_GONE: Final = 20_000
"""How many digests of what went are kept; then the oldest are forgotten."""

_FORMAT: Final = 1
_LARGEST: Final = 5_000_000
_DIGEST: Final = re.compile("[0-9a-f]{16}")
LANGUAGE: Final = re.compile("[a-z]{2,3}(-[A-Z]{2})?")
"""A language as items have it (BCP 47)."""
_CONFLICT: Final = re.compile("^(<<<<<<<|=======|>>>>>>>)", re.MULTILINE)
# What may be sent to a server as it once came from there.
_SENT: Final = re.compile("[\x20-\x7e]{1,300}")


def read_items(project: Project) -> Items:
    """Return the items of a project; none if nothing was ever fetched.

    Raises:
        InsideError: The file is not what guidegen wrote, or says what no item may.
        FilesError: It cannot be read.
    """
    path = project.inside_items
    text = _read(project)
    if text is None:
        return Items()
    if conflict := _CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        raise InsideError("error-inside-conflict", path=path, line=line)
    try:
        data = parsed_json(text)
    except ValueError as error:
        at: int | None = getattr(error, "lineno", None)
        raise InsideError("error-inside-broken", path=path, line=at) from error
    try:
        if data["format"] != _FORMAT:
            raise ValueError("format")  # noqa: TRY301  # as the rest
        items = from_json(Items, data)
    except (ValueError, KeyError, TypeError) as error:
        raise InsideError(
            "error-inside-broken", path=path, detail=str(error)[:60]
        ) from error
    _check(items, project)
    return items


def _read(project: Project) -> str | None:
    path = project.inside_items
    with translate_os_errors(path):
        if not path.is_file():
            return None
        if path.stat().st_size > _LARGEST:
            raise InsideError("error-inside-large", path=path, limit=_LARGEST)
        try:
            return path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            raise InsideError("error-inside-broken", path=path) from error


def _check(items: Items, project: Project) -> None:
    """Refuse what no item of ours says.

    Raises:
        InsideError: The first one that does.
    """
    path = project.inside_items
    if len(items.items) > MOST_ITEMS:
        raise InsideError(
            "error-inside-many", path=path, count=len(items.items), limit=MOST_ITEMS
        )
    seen: set[str] = set()
    for number, item in enumerate(items.items, 1):
        wrong = _wrong_in(item)
        if item.id in seen:
            wrong = "id"
        seen.add(item.id)
        if wrong:
            raise InsideError(
                "error-inside-item", path=path, number=number, entry=wrong
            )
    if not all(_DIGEST.fullmatch(each) for each in items.gone):
        raise InsideError("error-inside-broken", path=path, detail="gone")


def _wrong_in(item: Item) -> str | None:
    """Return the entry of an item that guidegen would not have written, if any."""
    is_right = {
        "url": article_address(item.url) == item.url,
        "id": item.id == item_id(item.url),
        "title": bool(item.title) and plain_line(item.title) == item.title,
        "source": bool(item.source)
        and plain_line(item.source, LONGEST_SOURCE) == item.source,
        "language": item.language is None or bool(LANGUAGE.fullmatch(item.language)),
        "turns": 0 <= item.turns <= MOST_TURNS,
        "guid": item.guid is None or bool(_DIGEST.fullmatch(item.guid)),
    }
    return next((entry for entry, right in is_right.items() if not right), None)


def write_items(project: Project, items: Items) -> None:
    """Write the items of a project; the same ones, the same bytes.

    Raises:
        FilesError: The file cannot be written; the old one is still there.
    """
    newest = sorted(items.gone, key=lambda each: (items.gone[each], each))[-MOST_GONE:]
    data = {
        "format": _FORMAT,
        "items": [
            entries(item) for item in sorted(items.items, key=lambda item: item.id)
        ],
        "gone": {each: items.gone[each].isoformat() for each in sorted(newest)},
    }
    content = _text(data)
    path = project.inside_items
    with translate_os_errors(path):
        if path.is_file() and path.read_bytes() == content:
            return
    write_atomic(path, content, within=project.folder)


def read_feed_states(project: Project) -> Mapping[str, FeedState]:
    """Return what is remembered of each feed, by its address.

    What cannot be read is as good as not there: the feeds are fetched as for the first
    time.
    """
    try:
        content = project.inside_feeds.read_bytes()
        if len(content) > _LARGEST:
            return {}
        data = parsed_json(content)
        if data["format"] != _FORMAT:
            return {}
        states = {
            str(url): from_json(FeedState, state)
            for url, state in data["feeds"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return {url: state for url, state in states.items() if _is_sendable(state)}


def _is_sendable(state: FeedState) -> bool:
    each = (state.etag, state.modified)
    in_utc = state.wait is None or state.wait.utcoffset() is not None
    return in_utc and all(text is None or _SENT.fullmatch(text) for text in each)


def write_feed_states(project: Project, states: Mapping[str, FeedState]) -> None:
    """Write what is remembered of each feed.

    Raises:
        FilesError: The file cannot be written.
    """
    feeds = {url: shown for url in sorted(states) if (shown := entries(states[url]))}
    content = _text({"format": _FORMAT, "feeds": feeds})
    path = project.inside_feeds
    with translate_os_errors(path):
        if path.is_file() and path.read_bytes() == content:
            return
    write_atomic(path, content, within=project.folder)


def _text(data: Mapping[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
