"""Reads feeds in a process apart, with little time and memory: the door of feedparser.

What a feed says may be made to keep a reader busy. The process knows nothing of the
user's environment, and one feed that ends it costs the others nothing: they are read by
the next one.
"""

from __future__ import annotations

import base64
import datetime as dt
import importlib.util
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from guidegen.errors import Problem, ProcessError
from guidegen.model.json_records import parsed_json
from guidegen.process import run_program
from guidegen.value import Value

SECONDS: Final = 4.0
"""So long may one feed compute; ten thousand entries take about two seconds."""

_PATIENCE: Final = 3
"""How many times as long it may take on a computer with other things to do."""
_MEMORY: Final = 2**30
_AT_ONCE: Final = 8_000_000
"""How many bytes of feeds a process is given, unless it is one feed."""
_PROGRAM: Final = Path(__file__).with_name("parse_program.py")
_TAKEN_ALONG: Final = ("LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP")


class Entry(Value):
    """An entry of a feed, as the feed has it."""

    title: str
    link: str
    guid: str
    day: dt.date | None
    """Of its publication, in UTC."""


class ParsedFeed(Value):
    """What a feed says."""

    entries: tuple[Entry, ...] = ()
    count: int = 0
    """How many entries it has, also if not all of them were read."""
    language: str = ""
    problem: Problem | None = None
    """Why there is nothing to read in it."""


class Unparsed(Value):
    """A feed as it came."""

    content: bytes
    kind: str
    """What the server calls it: its `Content-Type`."""


def parse_feeds(feeds: Sequence[Unparsed]) -> tuple[ParsedFeed, ...]:
    """Return what feeds say, in their order."""
    read: list[ParsedFeed] = []
    at_once = len(feeds)
    while len(read) < len(feeds):
        some = _first(feeds[len(read) :][:at_once])
        lines = _run(some)
        if lines is None and len(some) > 1:
            # Which one takes so long is not known: each is read by itself from now on.
            at_once = 1
            continue
        read += map(_parsed, lines or ())
        if len(lines or ()) < len(some):
            # The process ended with the one that it was reading.
            read.append(ParsedFeed(problem=Problem(message="inside-unreadable")))
    return tuple(read)


def _first(feeds: Sequence[Unparsed]) -> Sequence[Unparsed]:
    """Return the first feeds, as many as a process has the memory for."""
    size = count = 0
    for each in feeds:
        size += len(each.content)
        if count and size > _AT_ONCE:
            break
        count += 1
    return feeds[:count]


def _run(feeds: Sequence[Unparsed]) -> list[Mapping[str, Any]] | None:
    """Return what a process has read until it ended; None if it had to be ended."""
    asked = {
        "memory": _MEMORY,
        "seconds": SECONDS,
        "feeds": [
            {"content": base64.b64encode(each.content).decode(), "kind": each.kind}
            for each in feeds
        ],
    }
    with tempfile.TemporaryDirectory(prefix="guidegen-feeds-") as folder:
        try:
            finished = run_program(
                # Without -P, a file of the folder could pass for a module.
                [sys.executable, "-P", "-s", str(_PROGRAM)],
                environment=_environment(),
                folder=Path(folder),
                stdin=[json.dumps(asked).encode()],
                timeout=_PATIENCE * (SECONDS * len(feeds) + SECONDS),
            )
        except ProcessError:
            return None
    lines = []
    for line in finished.out.splitlines()[: len(feeds)]:
        with suppress(ValueError):
            lines.append(parsed_json(line))
    return lines


def _environment() -> dict[str, str]:
    taken = {name: os.environ[name] for name in _TAKEN_ALONG if name in os.environ}
    # The library may lie where only this process looks for it.
    spec = importlib.util.find_spec("feedparser")
    packages = str(Path(spec.origin).parents[1]) if spec and spec.origin else ""
    return taken | {"PYTHONPATH": packages}


def _parsed(data: Mapping[str, Any]) -> ParsedFeed:
    wrong = data.get("wrong")
    if wrong:
        return ParsedFeed(problem=Problem(message=str(wrong)))
    return ParsedFeed(
        entries=tuple(
            Entry(
                title=each["title"],
                link=each["link"],
                guid=each["guid"],
                day=_day(each["day"]),
            )
            for each in data["entries"]
        ),
        count=data["count"],
        language=data["language"],
    )


def _day(text: str | None) -> dt.date | None:
    with suppress(ValueError):
        return dt.date.fromisoformat(text) if text else None
    return None
