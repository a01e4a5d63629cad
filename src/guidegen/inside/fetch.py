"""Fetches feeds: the one module that goes to the net for what is said about a company.

Servers are not trusted: an answer has a limited size, also once it is unpacked, a
limited time and a limited number of redirections, each of which is checked like the
feed's own address. Nothing is sent but the address, who is asking, and what the server
itself said last time.
"""

from __future__ import annotations

import base64
import datetime as dt
import http.client
import socket
import threading
import time
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import quote, unquote, urljoin, urlsplit

from guidegen import __version__
from guidegen.errors import Problem
from guidegen.inside.addresses import is_public_name
from guidegen.inside.reach import Reach, UnreachableError
from guidegen.model.inside import FeedState
from guidegen.uri.mistake import AddressError
from guidegen.uri.web import web_address
from guidegen.value import Value

SECONDS: Final = 10.0
"""So long may a feed take, from the first look at its name to its last byte."""
LARGEST: Final = 2_000_000
"""How many bytes a feed may have, unpacked."""
REDIRECTIONS: Final = 5

_CONNECT: Final = 3.0
"""How many seconds an address of a host may take to answer, if there is another."""
_CHUNK: Final = 1 << 16
_LONGEST_WAIT: Final = dt.timedelta(days=7)
"""However long a server wants to be left alone."""
_LONGEST_HEADER: Final = 300
_MOVED_FOR_GOOD: Final = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}
_MOVED: Final = _MOVED_FOR_GOOD | {
    HTTPStatus.FOUND,
    HTTPStatus.SEE_OTHER,
    HTTPStatus.TEMPORARY_REDIRECT,
}
_BUSY: Final = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
_PORTS: Final = {"http": 80, "https": 443}


class Answer(Value):
    """What came of asking for a feed: content, nothing new, or a problem."""

    content: bytes | None = None
    """The feed itself; None if there is nothing new, or something is wrong."""
    kind: str = ""
    """What the server calls it: its `Content-Type`."""
    address: str = ""
    """Where it was found in the end."""
    etag: str | None = None
    modified: str | None = None
    moved: str | None = None
    """Where it has moved for good, if the server says so."""
    gone: bool = False
    """Whether the server says that it is gone for good."""
    wait: dt.datetime | None = None
    """Until when the server wants to be left alone, in UTC."""
    problem: Problem | None = None


class _GivenUpError(Exception):
    """A feed was not fetched; the problem says why."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.problem = Problem(message=message, values=values)


def fetch_feeds(
    feeds: Mapping[str, FeedState], now: dt.datetime, reach: Reach | None = None
) -> dict[str, Answer]:
    """Fetch feeds at the same time; what is wrong with one costs the others nothing.

    Args:
        feeds: What is known of each, by its address.
        now: The present time in UTC.
        reach: What may be connected to.
    """
    visits = [_Visit(url, state, now, reach or Reach()) for url, state in feeds.items()]
    until = time.monotonic() + SECONDS
    threads = [
        # Not a pool's: a name that nobody answers for would hold up the process's end.
        threading.Thread(target=visit.run, args=(until,), daemon=True)
        for visit in visits
    ]
    for thread in threads:
        thread.start()
    for thread, visit in zip(threads, visits, strict=True):
        thread.join(max(0.0, until - time.monotonic()))
        if thread.is_alive():
            visit.end()
    return {visit.url: visit.result() for visit in visits}


class _Visit:
    """One feed that is being fetched.

    Args:
        url: Its address.
        state: What is known of it.
        now: The present time in UTC.
        reach: What may be connected to.
    """

    def __init__(
        self, url: str, state: FeedState, now: dt.datetime, reach: Reach
    ) -> None:
        self.url = url
        self._state = state
        self._now = now
        self._reach = reach
        self._answer: Answer | None = None
        self._socket: socket.socket | None = None
        self._response: http.client.HTTPResponse | None = None
        self._until = 0.0

    def run(self, until: float) -> None:
        """Fetch the feed, whatever happens."""
        self._until = until
        try:
            answer = self._follow()
            # A connection that `end` has cut looks like one that has come to its end.
            self._answer = answer if time.monotonic() < until else None
        except _GivenUpError as error:
            self._answer = Answer(problem=error.problem)
        except UnreachableError as error:
            self._answer = Answer(problem=Problem(message=error.message))
        except TimeoutError:
            self._answer = None  # too late, as `result` says
        # A server can send anything, and the library may stumble over it, or over a
        # connection that was cut: another feed is not to suffer from it.
        except Exception as error:  # noqa: BLE001
            if time.monotonic() < until:
                self._answer = Answer(problem=_no_answer(error))
        finally:
            self._close()

    def end(self) -> None:
        """Cut the connection: its thread then ends by itself."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def result(self) -> Answer:
        """Return what has come by now."""
        late = Problem(message="inside-late", values={"seconds": int(SECONDS)})
        return self._answer or Answer(problem=late)

    def _follow(self) -> Answer:
        """Ask, and follow where the server sends us."""
        address, moved, for_good = self.url, None, True
        for _ in range(REDIRECTIONS + 1):
            response = self._ask(address)
            if response.status not in _MOVED:
                answer = self._read(response, address)
                # Where it would be found next time counts only if it is found there.
                is_there = moved is not None and answer.problem is None
                return replace(answer, moved=moved if is_there else None)
            to = response.headers.get("Location", "")
            self._close()
            address = self._checked(urljoin(address, to.strip()))
            for_good = for_good and response.status in _MOVED_FOR_GOOD
            moved = address if for_good else moved
        raise _GivenUpError("inside-redirections", number=REDIRECTIONS)

    def _checked(self, address: str) -> str:
        """Return where a server sends us, if we may go there.

        Raises:
            _GivenUpError: We may not.
        """
        try:
            web_address(address)
        except AddressError as error:
            raise _GivenUpError("inside-redirected-wrong") from error
        if urlsplit(address).scheme not in self._reach.schemes:
            raise _GivenUpError("inside-redirected-open")
        return address

    def _ask(self, address: str) -> http.client.HTTPResponse:
        """Send the request; return the answer's head."""
        parts = urlsplit(address)
        if parts.scheme not in self._reach.schemes or parts.username is not None:
            raise _GivenUpError("inside-redirected-open")
        host = parts.hostname or ""
        with suppress(UnicodeError):
            host = host.encode("idna").decode("ascii") if not host.isascii() else host
        port = parts.port or _PORTS[parts.scheme]
        connection = self._connect(parts.scheme, host, port)
        target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        if parts.query:
            target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
        connection.request("GET", target, headers=self._headers(address))
        self._response = connection.getresponse()
        return self._response

    def _headers(self, address: str) -> dict[str, str]:
        headers = {
            "User-Agent": f"guidegen/{__version__} (reads RSS and Atom feeds)",
            "Accept": "application/atom+xml, application/rss+xml, */*;q=0.5",
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        # What one server said is no other server's business.
        if urlsplit(address).netloc == urlsplit(self.url).netloc:
            if self._state.etag:
                headers["If-None-Match"] = self._state.etag
            if self._state.modified:
                headers["If-Modified-Since"] = self._state.modified
        return headers

    def _connect(self, scheme: str, host: str, port: int) -> http.client.HTTPConnection:
        """Connect to one of the addresses that were checked, and to no other."""
        proxy = self._reach.proxy(host) if scheme == "https" else None
        if proxy:
            self._socket = self._through(proxy, host, port)
        else:
            self._socket = self._directly(self._reach.addresses(host, port), port)
        connection: http.client.HTTPConnection
        if scheme == "https":
            context = self._reach.context()
            self._socket = context.wrap_socket(self._socket, server_hostname=host)
            connection = http.client.HTTPSConnection(host, port, context=context)
        else:
            connection = http.client.HTTPConnection(host, port)
        self._socket.settimeout(self._left())
        connection.sock = self._socket
        return connection

    def _directly(self, addresses: Sequence[str], port: int) -> socket.socket:
        failed: OSError | None = None
        for each in addresses:
            try:
                # Another address may answer where one does not: many a network has
                # no way to those of IPv6.
                left = self._left()
                seconds = left if each == addresses[-1] else min(left, _CONNECT)
                return socket.create_connection((each, port), seconds)
            except OSError as error:
                failed = error
        raise failed or OSError

    def _through(self, proxy: str, host: str, port: int) -> socket.socket:
        """Connect to a host through a proxy (RFC 9110, 9.3.6)."""
        if not is_public_name(host):
            raise UnreachableError("inside-private")
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        if parts.scheme != "http" or not parts.hostname:
            raise _GivenUpError("inside-proxy-kind")
        place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        lines = [f"CONNECT {place} HTTP/1.1", f"Host: {place}"]
        if parts.username:
            user = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            code = base64.b64encode(user.encode()).decode()
            lines.append(f"Proxy-Authorization: Basic {code}")
        at = (parts.hostname, parts.port or _PORTS["http"])
        self._socket = socket.create_connection(at, self._left())
        self._socket.sendall("\r\n".join((*lines, "", "")).encode("ascii"))
        with http.client.HTTPResponse(self._socket, method="CONNECT") as response:
            response.begin()
            if response.status != HTTPStatus.OK:
                raise _GivenUpError("inside-proxy", status=response.status)
        return self._socket

    def _left(self) -> float:
        """Return how many seconds are left.

        Raises:
            TimeoutError: None are.
        """
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def _read(self, response: http.client.HTTPResponse, address: str) -> Answer:
        status = response.status
        if status == HTTPStatus.NOT_MODIFIED:
            return Answer(address=address)
        if status == HTTPStatus.GONE:
            return Answer(gone=True, problem=Problem(message="inside-gone"))
        if status in _BUSY:
            return self._busy(response)
        if status != HTTPStatus.OK:
            values = {"status": status}
            return Answer(problem=Problem(message="inside-status", values=values))
        return Answer(
            content=self._body(response),
            kind=_header(response, "Content-Type") or "",
            address=address,
            etag=_header(response, "ETag"),
            modified=_header(response, "Last-Modified"),
        )

    def _busy(self, response: http.client.HTTPResponse) -> Answer:
        """Return how long a server wants to be left alone (RFC 9110, 10.2.3)."""
        text = _header(response, "Retry-After") or ""
        until = None
        if text.isascii() and text.isdigit():
            seconds = min(int(text[:9]), int(_LONGEST_WAIT.total_seconds()))
            until = self._now + dt.timedelta(seconds=seconds)
        elif text:
            with suppress(ValueError, TypeError):
                until = parsedate_to_datetime(text).astimezone(dt.UTC)
        if until is not None:
            until = min(max(until, self._now), self._now + _LONGEST_WAIT)
            until = until.replace(microsecond=0)
        values = {"status": response.status}
        problem = Problem(message="inside-status", values=values)
        return Answer(wait=until, problem=problem)

    def _body(self, response: http.client.HTTPResponse) -> bytes:
        """Return the content, unpacked.

        Raises:
            _GivenUpError: It is too large, or packed in a way that was not asked for.
        """
        packed = (_header(response, "Content-Encoding") or "identity").strip().lower()
        if packed not in {"identity", "gzip", "x-gzip"}:
            raise _GivenUpError("inside-packed")
        # 31: with the head and the checksum of gzip.
        unpack = zlib.decompressobj(31) if packed != "identity" else None
        pieces: list[bytes] = []
        size = read = 0
        while piece := self._next_piece(response):
            read += len(piece)
            # One byte more than is allowed tells that there is more.
            part = unpack.decompress(piece, LARGEST + 1 - size) if unpack else piece
            size += len(part)
            pieces.append(part)
            if size > LARGEST or read > LARGEST:
                raise _GivenUpError("inside-large", limit=LARGEST)
        # A connection that ends early looks like an end.
        if response.length or (unpack and not unpack.eof):
            raise _GivenUpError("inside-cut")
        return b"".join(pieces)

    def _next_piece(self, response: http.client.HTTPResponse) -> bytes:
        if self._socket is not None:
            with suppress(OSError):
                self._socket.settimeout(self._left())
        self._left()
        return response.read1(_CHUNK)

    def _close(self) -> None:
        # A connection lasts as long as there is an answer that might be read.
        if self._response is not None:
            self._response.close()
        self._response = None
        if self._socket is not None:
            with suppress(OSError):
                self._socket.close()
        self._socket = None


def _header(response: http.client.HTTPResponse, name: str) -> str | None:
    """Return a header that can be kept and sent again, None if there is no such."""
    text = str(response.headers.get(name) or "")
    is_kept = 0 < len(text) <= _LONGEST_HEADER and text.isascii() and text.isprintable()
    return text if is_kept else None


def _no_answer(error: Exception) -> Problem:
    reason = str(getattr(error, "strerror", None) or error) or type(error).__name__
    return Problem(message="inside-no-answer", values={"reason": reason[:120]})
