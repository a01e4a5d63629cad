"""The figures of publishing to a folder; `bench.py` calls this at its end.

Each is measured inside a process that has started already, as the work of publishing
compared with what rsync and cp need for the same files. What starting adds is printed
beside it, without a limit. Without rsync, what is compared with it counts as missed.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from guidegen.model.document import State
from guidegen.model.publication import TargetSettings
from guidegen.publish.manifest import make_manifest, next_moment
from guidegen.publish.plan import make_plan
from guidegen.publish.publication_files import FolderFiles, site_files
from guidegen.publish.target import open_target

RUNS = 7
PAGES = 1_000
PAGE = "<!doctype html>\n<h1>{number}, {state}</h1>\n" + "<p>A sentence.</p>\n" * 800
"""A page has 15 kB, as those of the sample company."""

RSYNC = shutil.which("rsync")
"""The program that an unchanged site is compared with, None if it is not installed."""

ASSETS = 10
ASSET = b"p { color: black }\n" * 5_000


def write_site(site: Path, *, changed: int = 0, pages: int = PAGES) -> None:
    """Write a site in which some pages differ from the one before."""
    site.mkdir(exist_ok=True)
    for number in range(pages):
        state = time.time_ns() if number < changed else "first"
        text = PAGE.format(number=number, state=state)
        (site / f"page-{number}.html").write_text(text, encoding="utf-8")
    for number in range(ASSETS):
        (site / f"style-{number}.css").write_bytes(ASSET)


def publish(site: Path, target: Path) -> None:
    """Publish as the pipeline does."""
    settings = TargetSettings(
        name="bench", kind="folder", options={"path": str(target)}, folder=site.parent
    )
    with open_target(settings) as place:
        files, seen = site_files(site, without=".guidegen.json"), place.look()
        when = next_moment(dt.datetime.now(dt.UTC), seen.live)
        manifest = make_manifest(
            files, when=when, version="1.0.0", state=State.RELEASED
        )
        plan = make_plan(manifest, seen, target="bench", address=place.address)
        if plan.needed:
            place.publish(plan, FolderFiles(site))


def child(site: Path, target: Path) -> None:
    """Publish twice, the first time to have everything loaded; print what it took."""
    with tempfile.TemporaryDirectory() as warm:
        write_site(Path(warm) / "site", pages=2)
        publish(Path(warm) / "site", Path(warm) / "target")
    begin, processor = time.perf_counter(), time.process_time()
    publish(site, target)
    seconds, processor = time.perf_counter() - begin, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "processor": processor, "peak": peak}))


def in_process(site: Path, target: Path) -> dict[str, float]:
    """Return seconds, processor time and peak memory (MB) of a publication."""
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, __file__, str(site), str(target)],
        check=True,
        capture_output=True,
    )
    told: dict[str, float] = json.loads(done.stdout)
    return {**told, "start": time.perf_counter() - begin - told["seconds"]}


def program(*command: str | Path) -> float:
    """Return the seconds of another program."""
    begin = time.perf_counter()
    subprocess.run([*map(str, command)], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def measure(folder: Path) -> list[tuple[str, float, float]]:
    """Return name, value and limit of each figure."""
    site, target = folder / "site", folder / "target"
    write_site(site)
    ours, cp, rsync, unchanged = [], [], [], []
    for number in range(RUNS):
        shutil.rmtree(target, ignore_errors=True)
        ours.append(in_process(site, target))
        cp.append(program("cp", "-a", site, folder / f"copy-{number}"))
    for _ in range(2 * RUNS):
        unchanged.append(in_process(site, target)["seconds"])
        if RSYNC:
            rsync.append(
                program(RSYNC, "-a", "--checksum", f"{site}/", f"{folder}/copy-0/")
            )
    starts = [each["start"] for each in ours]
    print(f"publishing: process start {statistics.median(starts):.2f} s beside each")
    first = statistics.median(each["seconds"] for each in ours)
    base = statistics.median(unchanged)
    # Half of the pages against all: far enough from none for the difference to count.
    one, half, many = (changes(site, target, n) for n in (1, PAGES // 2, PAGES))
    linear = (many - one) / (PAGES - 1) / ((half - one) / (PAGES // 2 - 1))
    return [
        (
            "publish-unchanged/rsync-checksum",
            base / statistics.median(rsync) if rsync else math.nan,
            1.5,
        ),
        ("publish-first/cp-a", first / statistics.median(cp), 3),
        ("publish-1000-pages-mb", max(each["peak"] for each in ours), 150),
        ("publish-per-page-1000-changed/500-changed", linear, 1.5),
    ]


def changes(site: Path, target: Path, number: int) -> float:
    """Return the processor's seconds for publishing a number of changed pages."""
    seconds = []
    for _ in range(RUNS // 2):
        write_site(site, changed=number)
        seconds.append(in_process(site, target)["processor"])
    return statistics.median(seconds)


def main() -> None:
    """Print the figures; exit 1 if one is missed."""
    if len(sys.argv) > 1:
        child(Path(sys.argv[1]), Path(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder))
    for name, value, limit in figures:
        print(line(name, value, limit))
    # Written this way round, since a figure that is no number is not below its limit.
    sys.exit(not all(value <= limit for _, value, limit in figures))


def line(name: str, value: float, limit: float) -> str:
    """Return a figure as it is printed."""
    if math.isnan(value):
        return f"bench: {name} not measured (rsync is missing) {limit:g} missed"
    verdict = "ok" if value <= limit else "missed"
    return f"bench: {name} {value:.2f} {limit:g} {verdict}"


if __name__ == "__main__":
    main()
