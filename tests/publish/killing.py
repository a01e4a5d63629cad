"""Publishing in a process of its own, which can be killed at any moment."""

from __future__ import annotations

import datetime as dt
import hashlib
import multiprocessing as mp
import random
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import filelock  # noqa: F401  # loaded once, not by each publisher
from tests.publish.samples import NOW, make_site, publish

from guidegen.model.publication import Manifest, TargetSettings
from guidegen.publish import folder_switch

MANIFEST = ".guidegen-manifest.json"

_CONTEXT = mp.get_context("forkserver")
_CONTEXT.set_forkserver_preload([__name__])


class Killed(NamedTuple):
    """How a publication that was to be killed ended."""

    alive: bool
    """Whether it was still at work."""


class Moment(NamedTuple):
    """When to kill: seconds after the beginning, or after all but the switch."""

    after: float
    around_switch: bool


class Way(NamedTuple):
    """What is published, and how `current` may be switched."""

    target: TargetSettings
    exchanges: bool = True


def _publish(
    way: Way, site: Path, version: str, now: dt.datetime, ready: Connection
) -> None:
    if not way.exchanges:
        vars(folder_switch)["exchange_names"] = lambda *_: False
    ready.send("ready")
    publish(way.target, site, version, now=now)


def kill(way: Way, site: Path, version: str, moment: Moment) -> Killed:
    """Begin to publish, and kill the publisher at a moment."""
    reading, writing = _CONTEXT.Pipe(duplex=False)
    arguments = (way, site, version, NOW, writing)
    process = _CONTEXT.Process(target=_publish, args=arguments)
    process.start()
    writing.close()
    reading.recv()
    if moment.around_switch:
        own = way.target.folder / way.target.text("path") / ".guidegen"
        while process.is_alive() and not any(own.glob(f"staging-*/{MANIFEST}")):
            time.sleep(0.0002)
    time.sleep(moment.after)
    alive = process.is_alive()
    process.kill()
    process.join()
    reading.close()
    return Killed(alive and process.exitcode != 0)


def finish(way: Way, site: Path, version: str) -> float:
    """Publish in a process of its own to the end; return the seconds it worked."""
    reading, writing = _CONTEXT.Pipe(duplex=False)
    arguments = (way, site, version, NOW, writing)
    process = _CONTEXT.Process(target=_publish, args=arguments)
    process.start()
    writing.close()
    reading.recv()
    begun = time.perf_counter()
    process.join(60)
    assert process.exitcode == 0
    reading.close()
    return time.perf_counter() - begun


def moments(number: int, duration: float, seed: int) -> list[Moment]:
    """Return when to kill: half anywhere in a publication, half around the switch."""
    chance = random.Random(seed)  # noqa: S311  # moments, no secrets
    return [
        Moment(chance.uniform(0, 0.004), around_switch=True)
        if place % 2
        else Moment(chance.uniform(0, duration * 1.1), around_switch=False)
        for place in range(number)
    ]


def prepare(folder: Path, version: str) -> Path:
    """Return a site of a version, with some more files to be interrupted at."""
    return make_site(folder, version, pages=10)


def whole(folder: Path, manifest: Manifest) -> bool:
    """Return whether a folder has exactly what a manifest says."""
    return all(
        hashlib.sha256((folder / name).read_bytes()).hexdigest() == record.digest
        for name, record in manifest.everything.items()
    )
