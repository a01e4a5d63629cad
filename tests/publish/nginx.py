"""A real nginx that serves a folder, and fetching from it."""

from __future__ import annotations

import http.client
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

_CONFIGURATION = """
daemon off;
{user}
worker_processes 2;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
    types {{ text/html html; text/css css; application/pdf pdf; }}
    sendfile on;
    server {{
        listen 127.0.0.1:{port};
        root {root};
    }}
}}
"""


class Answer(NamedTuple):
    """What the server said."""

    status: int
    body: bytes


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def fetch(port: int, name: str) -> Answer:
    """Fetch a file through a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", f"/{name}", headers={"Connection": "close"})
        answer = connection.getresponse()
        return Answer(answer.status, answer.read())
    finally:
        connection.close()


@contextmanager
def serve(root: Path, work: Path) -> Iterator[int]:
    """Start nginx with a folder as its root, give its port, and stop it afterwards.

    `make proof` installs nginx where it can: scripts/servers.sh.
    """
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    assert program, "nginx is not installed"
    work.mkdir()
    port = free_port()
    # Started by root, its workers would be somebody who may not read the tests' folder.
    user = "user root;" if work.owner() == "root" else ""
    configuration = work / "nginx.conf"
    configuration.write_text(
        _CONFIGURATION.format(work=work, root=root, port=port, user=user), "utf-8"
    )
    command = [program, "-p", str(work), "-e", "error.log", "-c", str(configuration)]
    process = subprocess.Popen(command)  # noqa: S603  # a server of our own
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert process.poll() is None, "nginx did not start"
        try:
            fetch(port, "")
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError
