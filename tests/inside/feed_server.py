"""A server on this computer with feeds of all kinds, good and bad.

Feeds are fetched as from the internet, but for two things that only a test can set:
names lead to this computer, and nothing is encrypted.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeAlias

from guidegen.inside.reach import Reach, is_public

Route: TypeAlias = "Callable[[BaseHTTPRequestHandler], None]"

RSS_ITEM = """<item><title>{title}</title><link>{link}</link>
<guid isPermaLink="false">{guid}</guid><pubDate>{date}</pubDate></item>"""
DATE = "Mon, 23 Nov 2026 08:00:00 +0100"


def rss(*items: str, version: str = "2.0", language: str = "en") -> str:
    """Return an RSS feed of items."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="{version}"><channel>'
        f"<title>News</title><link>https://n.example/</link><description>d</description>"
        f"<language>{language}</language>{''.join(items)}</channel></rss>"
    )


def rss_item(
    number: int = 1,
    *,
    title: str = "Nordlicht opens plant {0}",
    link: str = "https://n.example/{0}",
    guid: str = "tag:n.example,2026:{0}",
    date: str = DATE,
) -> str:
    """Return an item of an RSS feed."""
    values = {"title": title, "link": link, "guid": guid, "date": date}
    return RSS_ITEM.format(**{key: text.format(number) for key, text in values.items()})


def sent(
    body: bytes | str,
    *,
    status: int = 200,
    kind: str = "application/rss+xml",
    **headers: str,
) -> Route:
    """Return what sends an answer."""
    content = body.encode() if isinstance(body, str) else body

    def route(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(content)

    return route


def packed(body: bytes) -> Route:
    """Return what sends an answer that was packed by gzip."""
    return sent(gzip.compress(body), Content_Encoding="gzip")


def redirected(to: str, status: int = 302) -> Route:
    """Return what sends somebody elsewhere."""
    return sent(b"", status=status, Location=to)


class FeedServer:
    """A server whose answers are set by path.

    It counts what was asked, and remembers the headers of each request.
    """

    def __init__(self) -> None:
        self.routes: dict[str, Route] = {}
        self.asked: list[tuple[str, Mapping[str, str]]] = []
        self.stopped = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                server.asked.append((self.path, dict(self.headers)))
                route = server.routes.get(self.path.partition("?")[0])
                # It was left, as it deserves.
                with suppress(OSError):
                    (route or sent(b"", status=404))(self)
                self.close_connection = True

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        class Server(ThreadingHTTPServer):
            # As many as tests ask at once; the others would try again a second later.
            request_queue_size = 64

        self._http = Server(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.port = int(self._http.server_address[1])
        threading.Thread(
            target=self._http.serve_forever, args=(0.002,), daemon=True
        ).start()

    def url(self, path: str, host: str = "news.example", scheme: str = "http") -> str:
        """Return the address of a path."""
        return f"{scheme}://{host}:{self.port}{path}"

    def serve_over_tls(self, context: ssl.SSLContext) -> None:
        """Encrypt all that is answered from now on."""
        self._http.socket = context.wrap_socket(self._http.socket, server_side=True)

    def close(self) -> None:
        """Stop, also in the midst of answers."""
        self.stopped.set()
        self._http.shutdown()
        self._http.server_close()


@contextmanager
def feed_server() -> Iterator[FeedServer]:
    """Run a server."""
    server = FeedServer()
    try:
        yield server
    finally:
        server.close()


def here(host: str, port: int) -> tuple[str, ...]:
    """Look a name up: those of the tests lead to this computer."""
    del port
    names = {
        "private.example": ("10.1.2.3",),
        "mixed.example": ("127.0.0.1", "192.168.0.1"),
        "v6.example": ("fd00::1",),
    }
    if host == "unknown.example":
        raise socket.gaierror
    # An address stands for itself.
    return (
        (host,)
        if host[:1].isdigit() or ":" in host
        else names.get(host, ("127.0.0.1",))
    )


class _Unencrypted:
    """Takes the place of TLS where nothing is encrypted."""

    verify_mode = ssl.CERT_REQUIRED
    check_hostname = True
    post_handshake_auth = None

    def wrap_socket(self, sock: socket.socket, **_: Any) -> socket.socket:  # noqa: ANN401
        return sock


def of_tests() -> Reach:
    """Return what tests may connect to: this computer, unencrypted."""
    return Reach(
        schemes=("http", "https"),
        allows=lambda address: address == "127.0.0.1" or is_public(address),
        look_up=here,
        proxy=lambda _: None,
        context=_Unencrypted,  # type: ignore[arg-type]  # all that is asked of one
    )
