"""Builds and serves a site, watches its sources, and rebuilds it on each change."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from guidegen.preview.server import PreviewServer
from guidegen.value import Value

INTERVAL = 0.3
"""Seconds between two looks at the files: fast enough to feel immediate."""

_Snapshot = dict[str, tuple[int, int]]


class Preview(Value):
    """What to serve and how to keep it fresh."""

    site: Path
    build: Callable[[], str | None]
    """Builds the site; returns what is wrong with the sources, None if nothing is."""
    watched: Callable[[], Iterable[Path]]
    """The files and folders that the site is made from."""
    port: int
    interval: float = INTERVAL


@contextmanager
def serve(preview: Preview) -> Iterator[str]:
    """Serve the site on this computer and yield its address, until the context ends.

    Raises:
        PreviewError: The port is taken.
    """
    with PreviewServer(preview.site, preview.port) as server:
        done = threading.Event()
        # Before the build, so an edit made while it runs counts as a change.
        seen = _snapshot(preview.watched())
        _build(preview, server)
        threads = (
            # In seconds, until `shutdown` is noticed; the default is half a second.
            threading.Thread(target=server.serve_forever, args=(0.1,)),
            threading.Thread(target=_watch, args=(preview, server, seen, done)),
        )
        for thread in threads:
            thread.daemon = True
            thread.start()
        try:
            host, port = server.server_address[:2]
            yield f"http://{host!s}:{port}/"
        finally:
            done.set()
            server.shutdown()
            for thread in threads:
                thread.join()


def _build(preview: Preview, server: PreviewServer) -> None:
    server.state = server.state.after_build(preview.build())


def _watch(
    preview: Preview, server: PreviewServer, seen: _Snapshot, done: threading.Event
) -> None:
    while not done.wait(preview.interval):
        now = _snapshot(preview.watched())
        if now != seen:
            # An editor may still be writing: build what has been quiet for a moment.
            time.sleep(preview.interval / 6)
            seen = _snapshot(preview.watched())
            _build(preview, server)


def _snapshot(paths: Iterable[Path]) -> _Snapshot:
    """Return what can change about the files: time and size."""
    found: _Snapshot = {}
    for path in paths:
        # What vanishes while it is looked at is seen to be gone at the next look.
        with suppress(OSError):
            for file in path.rglob("*") if path.is_dir() else (path,):
                with suppress(OSError):
                    # Size as well as time, since some file systems count time in
                    # seconds.
                    status = file.stat()
                    found[str(file)] = (status.st_mtime_ns, status.st_size)
    return found
