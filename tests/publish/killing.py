"""Publishing in a process of its own, which can be killed at any moment."""

from __future__ import annotations

import hashlib
import multiprocessing as mp
import random
import time
from typing import TYPE_CHECKING, NamedTuple

from tests.publish.samples import NOW, make_site, publish

from guidegen.publish import folder_switch

if TYPE_CHECKING:
    import datetime as dt
    from multiprocessing.connection import Connection
    from pathlib import Path

    from guidegen.model.publication import Manifest, TargetSettings

_CONTEXT = mp.get_context("forkserver")
_CONTEXT.set_forkserver_preload([__name__])


class Killed(NamedTuple):
    """How a publication that was to be killed ended."""

    alive: bool
    """Whether it was still at work."""


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


def kill(way: Way, site: Path, version: str, after: float) -> Killed:
    """Begin to publish, and kill the publisher some seconds after it has begun."""
    reading, writing = _CONTEXT.Pipe(duplex=False)
    arguments = (way, site, version, NOW, writing)
    process = _CONTEXT.Process(target=_publish, args=arguments)
    process.start()
    writing.close()
    reading.recv()
    time.sleep(after)
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


def moments(number: int, duration: float, seed: int) -> list[float]:
    """Return when to kill: anywhere in a publication, somewhat beyond its end, too."""
    chance = random.Random(seed)  # noqa: S311  # moments, no secrets
    return [chance.uniform(0, duration * 1.1) for _ in range(number)]


def prepare(folder: Path, version: str) -> Path:
    """Return a site of a version, with some more files to be interrupted at."""
    return make_site(folder, version, pages=10)


def whole(folder: Path, manifest: Manifest) -> bool:
    """Return whether a folder has exactly what a manifest says."""
    return all(
        hashlib.sha256((folder / name).read_bytes()).hexdigest() == record.digest
        for name, record in manifest.everything.items()
    )
