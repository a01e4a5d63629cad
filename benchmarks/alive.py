"""The figures of what keeps a guideline alive; `bench.py` calls this near its end.

Practice and what is said about the company must not make a build slow; packages for
learning platforms, the announcement, fetching and counting have limits of their own.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from bench import GUIDEGEN, Figure, Sample, pairs, run

from guidegen.inside.addresses import item_id
from guidegen.inside.fetch import fetch_feeds
from guidegen.inside.parse import Unparsed, parse_feeds
from guidegen.inside.reach import Reach
from guidegen.inside.store import write_items
from guidegen.model.inside import FeedState, Item, Items, ItemState
from guidegen.model.project import Project
from guidegen.release.history import read_history

ITEMS: Final = 200
FEEDS: Final = 50
PEOPLE: Final = 20_000
URL: Final = "https://intranet.nordlicht.example/guideline/"
NOW: Final = dt.datetime(2026, 11, 30, tzinfo=dt.UTC)
RSS: Final = "".join(
    (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>',
        "<link>https://n.example/</link><description>d</description>",
        *(
            f"<item><title>Headline {number}</title>"
            f"<link>https://n.example/{number}</link></item>"
            for number in range(50)
        ),
        "</channel></rss>",
    )
).encode()


def measure(folder: Path) -> list[Figure]:
    """Measure everything."""
    plain, alive = (Sample(folder / name, ["de", "en"]) for name in ("plain", "alive"))
    plain.add("training: {practice: false}\n")
    feed = "{url: https://n.example/feed, label: News}"
    alive.add(f"inside: {{feeds: [{feed}]}}\n")
    write_items(Project(alive.folder), Items(items=tuple(_items())))
    released = Sample(folder / "released", ["de", "en"])
    run([*GUIDEGEN, "release", "-y", "-q", str(released.folder)])
    at = ["-C", str(released.folder), "--force"]

    def scorm() -> float:
        return run([*GUIDEGEN, "export", "scorm", *at])[0]

    def announce() -> float:
        return run([*GUIDEGEN, "announce", "-q", "--url", URL, *at])[0]

    seconds, megabytes = _receipts(released.folder, folder)
    scorm()
    packages = (released.folder / "export").glob("*.zip")
    package = max(path.stat().st_size for path in packages)
    return [
        _figure(
            "practice-and-200-items-to-without", pairs(alive.cold, plain.cold), 1.25
        ),
        _figure("scorm-to-build", pairs(scorm, alive.cold, runs=5), 1.0),
        _figure("announce-to-build", pairs(announce, alive.cold, runs=5), 1.5),
        _figure("fetch-50-feeds-seconds", _fetch(), 5),
        _figure("receipts-20000-people-seconds", seconds, 2),
        _figure("receipts-20000-people-mb", megabytes, 100),
        _figure("scorm-package-kb", package / 1000, 80),
    ]


def _figure(name: str, value: float, limit: float) -> Figure:
    return Figure(name=name, value=value, limit=limit)


def _items() -> Iterator[Item]:
    for number in range(ITEMS):
        url = f"https://n.example/article/{number}"
        yield Item(
            id=item_id(url),
            state=ItemState.APPROVED,
            title=f"Nordlicht opens another plant, the {number}th of all",
            source="News",
            date=NOW.date() - dt.timedelta(days=number % 80),
            language="en",
            url=url,
        )


class _Feed(BaseHTTPRequestHandler):
    """Answers everything with a feed, after as long as a server far away takes."""

    def do_GET(self) -> None:  # called so by the library
        time.sleep(0.2)
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(RSS)))
        self.end_headers()
        self.wfile.write(RSS)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@contextmanager
def _server() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Feed)
    server.request_queue_size = FEEDS
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def _fetch() -> float:
    """Return the seconds that fetching and reading takes."""
    reach = Reach(
        schemes=("http",),
        allows=lambda address: address == "127.0.0.1",
        look_up=lambda host, port: ("127.0.0.1",),  # noqa: ARG005
    )
    with _server() as port:
        feeds = {
            f"http://n{number}.example:{port}/feed": FeedState()
            for number in range(FEEDS)
        }
        begin = time.perf_counter()
        answers = fetch_feeds(feeds, NOW, reach)
        parsed = parse_feeds(
            [
                Unparsed(content=answer.content or b"", kind=answer.kind)
                for answer in answers.values()
            ]
        )
        seconds = time.perf_counter() - begin
    if any(feed.count != FEEDS for feed in parsed):
        sys.exit("a feed could not be fetched")
    return seconds


def _receipts(project: Path, folder: Path) -> tuple[float, float]:
    """Return the seconds and megabytes that counting takes."""
    [release] = read_history(project / "releases").releases
    digest = next(iter(release.documents.values())).digest[:8]
    hr, form = folder / "hr.csv", folder / "form.csv"
    with hr.open("w", encoding="utf-8") as file:
        file.write("Personalnummer;Name;Vorname;E-Mail\n")
        for number in range(PEOPLE):
            file.write(f"{number:06};Name{number};Ada;p{number}@firma.example\n")
    with form.open("w", encoding="utf-8") as file:
        file.write("Completion time,Email,Name,version,checksum\n")
        for number in range(PEOPLE * 9 // 10):
            file.write(f"2027-02-01,p{number}@firma.example,Ada,1.0.0,{digest}\n")
    count = partial(
        run,
        [
            *(*GUIDEGEN, "receipts", "-C", str(project)),
            *("--people", str(hr), "--received", str(form)),
        ],
    )
    count()
    measured = sorted(count() for _ in range(5))
    return measured[2]


def main() -> None:
    """Print the figures; exit 1 if one is missed."""
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder))
    for figure in figures:
        print(figure.line())
    sys.exit(any(figure.value > figure.limit for figure in figures))


if __name__ == "__main__":
    main()
