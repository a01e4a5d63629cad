"""The program that reads feeds, whoever wrote them: see `parse.py`.

It is started as a file of its own, and imports nothing of guidegen.
"""

import base64
import io
import json
import re
import sys
import time
from contextlib import suppress
from typing import Any

MOST_ENTRIES = 1_000
LONGEST = 4_000


def main() -> None:
    """Read the feeds that standard input holds; print each as a line of JSON."""
    asked = json.load(sys.stdin)
    _limit(asked["memory"])
    for feed in asked["feeds"]:
        _alarm(asked["seconds"])
        content = base64.b64decode(feed["content"])
        sys.stdout.write(json.dumps(_read(content, feed["kind"])) + "\n")
        sys.stdout.flush()


def _read(content: bytes, kind: str) -> dict[str, object]:
    """Return what a feed says, or the id of a message about what it is instead."""
    if wrong := _wrong(content):
        return {"wrong": wrong}
    import feedparser  # type: ignore[import-untyped]  # noqa: PLC0415  # within the limit

    try:
        found = feedparser.parse(
            # A stream: a text could be taken for an address, and fetched.
            io.BytesIO(content),
            response_headers={"content-type": kind},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except RecursionError:
        return {"wrong": "inside-no-feed"}
    if not found.entries and not found.version:
        return {"wrong": "inside-no-feed"}
    return {
        "language": _text(found.feed.get("language")),
        "count": len(found.entries),
        "entries": [_entry(each) for each in found.entries[:MOST_ENTRIES]],
    }


def _wrong(content: bytes) -> str | None:
    """Return the id of a message about what is no feed, going by its first bytes."""
    # UTF-16 has a NUL beside each letter of ASCII.
    start = content[:2_000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n")
    if not start:
        return "inside-empty"
    if start[:1] in {b"{", b"["}:
        return "inside-json-feed"
    if re.match(rb"(?i)<!doctype\s+html|<html[\s>]", start):
        return "inside-html"
    # No feed needs entities of its own, and they can be made to fill a memory.
    if re.search(rb"(?i)<!ENTITY", content.replace(b"\0", b"")):
        return "inside-entities"
    return None


def _entry(entry: Any) -> dict[str, object]:  # noqa: ANN401  # as the library makes it
    day = None
    for moment in (entry.get("published_parsed"), entry.get("updated_parsed")):
        # Years that the library could not have read come as errors of time.
        with suppress(ValueError, OverflowError, TypeError):
            day = time.strftime("%Y-%m-%d", moment)
            break
    return {
        "title": _text(entry.get("title")),
        "link": _text(entry.get("link")),
        "guid": _text(entry.get("id")),
        "day": day,
    }


def _text(value: object) -> str:
    text = value if isinstance(value, str) else ""
    # What no encoding can write.
    return text[:LONGEST].encode("utf-8", "ignore").decode()


def _limit(memory: int) -> None:
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:
        return
    with suppress(ValueError, OSError):  # macOS knows no such limit
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _alarm(seconds: float) -> None:
    """Have the system end this process, whatever it is at, unless it comes back."""
    try:
        from signal import ITIMER_PROF, setitimer  # noqa: PLC0415  # not on Windows
    except ImportError:
        return
    # Seconds of computing: a computer that is busy with other things is no reason.
    setitimer(ITIMER_PROF, seconds)


if __name__ == "__main__":
    main()
