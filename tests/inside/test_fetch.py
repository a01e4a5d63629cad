"""Feeds are fetched from whoever they come from: all kinds, good and bad."""

from __future__ import annotations

import datetime as dt
import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.inside.feed_server import (
    FeedServer,
    feed_server,
    here,
    of_tests,
    packed,
    redirected,
    rss,
    rss_item,
    sent,
)

from guidegen.inside import fetch
from guidegen.inside.fetch import Answer, fetch_feeds
from guidegen.inside.reach import Reach, is_public, system_proxy
from guidegen.model.inside import FeedState

NOW = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
FEED = rss(rss_item(1))
NOTHING = FeedState()


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with feed_server() as running:
        yield running


def _fetched(
    server: FeedServer,
    route: Callable[[BaseHTTPRequestHandler], None],
    state: FeedState = NOTHING,
    host: str = "news.example",
) -> Answer:
    """Return what came of fetching a feed that is answered in some way."""
    server.routes["/feed"] = route
    url = server.url("/feed", host)
    return fetch_feeds({url: state}, NOW, of_tests())[url]


def _message(answer: Answer) -> str | None:
    return answer.problem.message if answer.problem else None


def test_a_feed_comes_as_it_is(server: FeedServer) -> None:
    answer = _fetched(server, sent(FEED, ETag='"1"', Last_Modified="Mon, 23 Nov 2026"))

    assert answer.content == FEED.encode()
    assert (answer.etag, answer.modified) == ('"1"', "Mon, 23 Nov 2026")
    assert answer.kind == "application/rss+xml"
    assert answer.problem is None


def test_nothing_is_sent_but_who_asks(server: FeedServer) -> None:
    _fetched(server, sent(FEED, Set_Cookie="a=b"))
    _fetched(server, sent(FEED))

    (_, first), (_, second) = server.asked
    assert first == second
    assert first["User-Agent"].startswith("guidegen/")
    assert first.keys() == {
        *("Host", "User-Agent", "Accept", "Accept-Encoding", "Connection")
    }


def test_what_has_not_changed_is_not_sent_again(server: FeedServer) -> None:
    state = FeedState(etag='W/"1"', modified="Mon, 23 Nov 2026 08:00:00 GMT")
    answer = _fetched(server, sent(b"", status=304), state)

    assert (answer.content, answer.problem) == (None, None)
    ((_, headers),) = server.asked
    assert headers["If-None-Match"] == state.etag
    assert headers["If-Modified-Since"] == state.modified


@pytest.mark.parametrize("status", [301, 308])
def test_who_has_moved_for_good_says_where(server: FeedServer, status: int) -> None:
    new = server.url("/new")
    server.routes["/new"] = sent(FEED)
    answer = _fetched(server, redirected(new, status))

    assert answer.content
    assert answer.moved == new


@pytest.mark.parametrize("status", [302, 303, 307])
def test_who_is_elsewhere_for_now_has_not_moved(
    server: FeedServer, status: int
) -> None:
    server.routes["/new"] = sent(FEED)
    answer = _fetched(server, redirected("/new", status))

    assert answer.content
    assert answer.moved is None


def test_who_moves_to_nothing_has_not_moved(server: FeedServer) -> None:
    answer = _fetched(server, redirected("/nothing", 301))

    assert _message(answer) == "inside-status"
    assert answer.moved is None


def test_a_move_counts_as_far_as_it_is_for_good(server: FeedServer) -> None:
    server.routes["/one"] = redirected("/two", 302)
    server.routes["/two"] = redirected("/three", 301)
    server.routes["/three"] = sent(FEED)
    answer = _fetched(server, redirected("/one", 301))

    assert answer.moved == server.url("/one")


@pytest.mark.parametrize(
    ("route", "message"),
    [
        (redirected("/feed"), "inside-redirections"),
        (redirected("ftp://news.example/"), "inside-redirected-open"),
        (redirected("file:///etc/passwd"), "inside-redirected-wrong"),
        (redirected("javascript:alert(1)"), "inside-redirected-wrong"),
        (redirected("http://user:secret@news.example/"), "inside-redirected-wrong"),
        (redirected("http://10.0.0.1/"), "inside-private"),
        (redirected("http://169.254.169.254/latest/"), "inside-private"),
        (redirected("http://[::1]/"), "inside-private"),
        (redirected("http://private.example/"), "inside-private"),
        (sent(b"", status=404), "inside-status"),
        (sent(b"", status=401), "inside-status"),
        (sent(b"", status=500), "inside-status"),
        (sent(b"", status=410), "inside-gone"),
        (sent(b"x" * 2_000_001), "inside-large"),
        (sent(b"x" * 5_000_000), "inside-large"),
        (packed(b" " * 50_000_000), "inside-large"),
        (sent(gzip.compress(b"x")[:-9], Content_Encoding="gzip"), "inside-cut"),
        (sent(b"no gzip", Content_Encoding="gzip"), "inside-no-answer"),
        (sent(FEED, Content_Encoding="br"), "inside-packed"),
    ],
    ids=[
        *("loop", "ftp", "file", "script", "password", "private", "metadata", "ip6"),
        *("private-name", "404", "401", "500", "410", "large", "5-mb", "gzip-bomb"),
        *("cut", "no-gzip", "brotli"),
    ],
)
def test_what_is_not_taken(
    server: FeedServer,
    route: Callable[[BaseHTTPRequestHandler], None],
    message: str,
) -> None:
    answer = _fetched(server, route)

    assert _message(answer) == message
    assert answer.content is None


def test_who_is_gone_for_good_is_remembered(server: FeedServer) -> None:
    assert _fetched(server, sent(b"", status=410)).gone


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("120", NOW + dt.timedelta(minutes=2)),
        ("Mon, 30 Nov 2026 13:00:00 GMT", NOW + dt.timedelta(hours=1)),
        ("99999999999999", NOW + dt.timedelta(days=7)),
        ("Mon, 30 Nov 2126 13:00:00 GMT", NOW + dt.timedelta(days=7)),
        ("Mon, 30 Nov 2020 13:00:00 GMT", NOW),
        ("-5", None),
        ("soon", None),
    ],
)
def test_who_wants_to_be_left_alone_says_how_long(
    server: FeedServer, status: int, text: str, until: dt.datetime | None
) -> None:
    answer = _fetched(server, sent(b"", status=status, Retry_After=text))

    assert (_message(answer), answer.wait) == ("inside-status", until)


@pytest.mark.parametrize(
    ("host", "message"),
    [
        ("private.example", "inside-private"),
        ("mixed.example", "inside-private"),
        ("v6.example", "inside-private"),
        ("unknown.example", "inside-no-host"),
        ("10.0.0.1", "inside-private"),
        ("100.64.0.1", "inside-private"),
    ],
)
def test_nobody_connects_to_a_network_of_one_s_own(
    server: FeedServer, host: str, message: str
) -> None:
    answer = _fetched(server, sent(FEED), host=host)

    assert _message(answer) == message
    assert server.asked == []


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "0.0.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1"),
        *("::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1"),
        *("2002:a00:1::", "2001:db8::1", "localhost", "", "1"),
    ],
)
def test_addresses_that_nobody_else_can_reach(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "64:ff9b::101:101"]
)
def test_addresses_that_everybody_can_reach(address: str) -> None:
    assert is_public(address)


def test_only_encrypted_addresses_are_asked_for(server: FeedServer) -> None:
    server.routes["/feed"] = sent(FEED)
    url = server.url("/feed")
    answers = fetch_feeds({url: NOTHING}, NOW, Reach(look_up=here))

    assert _message(answers[url]) == "inside-redirected-open"
    assert server.asked == []


def test_this_computer_is_not_asked(server: FeedServer) -> None:
    url = server.url("/feed", "localhost", "https")

    assert _message(fetch_feeds({url: NOTHING}, NOW)[url]) == "inside-private"


# --- time


def _slow_head(server: FeedServer) -> Callable[[BaseHTTPRequestHandler], None]:
    def route(request: BaseHTTPRequestHandler) -> None:
        for byte in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 10_000:
            request.wfile.write(bytes((byte,)))
            if server.stopped.wait(0.05):
                return

    return route


def _slow_body(server: FeedServer) -> Callable[[BaseHTTPRequestHandler], None]:
    def route(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while not server.stopped.wait(0.05):
            request.wfile.write(b" ")

    return route


def _endless(server: FeedServer) -> Callable[[BaseHTTPRequestHandler], None]:
    def route(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while not server.stopped.is_set():
            request.wfile.write(b"x" * 65_536)

    return route


def _silent(server: FeedServer) -> Callable[[BaseHTTPRequestHandler], None]:
    def route(request: BaseHTTPRequestHandler) -> None:
        del request
        server.stopped.wait(30)

    return route


@pytest.mark.slow
def test_who_takes_for_ever_costs_nobody_else_anything(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "SECONDS", 1.0)
    slow = {
        "/head": _slow_head(server),
        "/body": _slow_body(server),
        "/silent": _silent(server),
    }
    server.routes |= slow | {"/endless": _endless(server), "/good": sent(FEED)}
    urls = {path: server.url(path) for path in server.routes}
    begin = time.monotonic()
    answers = fetch_feeds(dict.fromkeys(urls.values(), NOTHING), NOW, of_tests())

    assert time.monotonic() - begin < 3
    assert answers[urls["/good"]].content == FEED.encode()
    assert {_message(answers[urls[path]]) for path in slow} == {"inside-late"}
    assert _message(answers[urls["/endless"]]) == "inside-large"


@pytest.mark.slow
def test_a_name_that_nobody_answers_for_holds_nobody_up(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "SECONDS", 0.2)

    def waiting(host: str, port: int) -> tuple[str, ...]:
        server.stopped.wait(5)
        return here(host, port)

    url = server.url("/feed")
    reach = Reach(schemes=("http",), allows=lambda _: True, look_up=waiting)
    begin = time.monotonic()
    answers = fetch_feeds({url: NOTHING}, NOW, reach)

    assert time.monotonic() - begin < 2
    assert _message(answers[url]) == "inside-late"


@pytest.mark.slow
def test_many_feeds_are_fetched_at_once(server: FeedServer) -> None:
    def late(request: BaseHTTPRequestHandler) -> None:
        server.stopped.wait(0.1)
        sent(FEED)(request)

    server.routes |= {f"/{number}": late for number in range(50)}
    urls = [server.url(path) for path in server.routes]
    begin = time.monotonic()
    answers = fetch_feeds(dict.fromkeys(urls, NOTHING), NOW, of_tests())

    assert all(answer.content for answer in answers.values())
    # One after the other they would take five seconds.
    assert time.monotonic() - begin < 4


# --- encryption


def _certificate(folder: Path, name: str) -> Path:
    """Return a file with a certificate for a host, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    day = dt.timedelta(days=1)
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


@pytest.mark.parametrize(
    ("host", "known", "message"),
    [
        ("news.example", "news.example", None),
        ("other.example", "news.example", "inside-no-answer"),
        ("news.example", "other.example", "inside-no-answer"),
    ],
    ids=["proved", "another-name", "unknown"],
)
def test_a_server_has_to_prove_its_name(
    server: FeedServer,
    tmp_path: Path,
    host: str,
    known: str,
    message: str | None,
) -> None:
    path = _certificate(tmp_path, "news.example")
    trusted = path if path.stem == known else _certificate(tmp_path, known)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    server.serve_over_tls(context)
    server.routes["/feed"] = sent(FEED)

    def trusting() -> ssl.SSLContext:
        return ssl.create_default_context(cafile=trusted)

    reach = Reach(
        allows=lambda address: address == "127.0.0.1",
        look_up=here,
        proxy=lambda _: None,
        context=trusting,
    )
    url = server.url("/feed", host, "https")
    answer = fetch_feeds({url: NOTHING}, NOW, reach)[url]

    assert _message(answer) == message
    assert (answer.content is None) is bool(message)


def test_another_address_of_a_host_is_tried(server: FeedServer) -> None:
    server.routes["/feed"] = sent(FEED)
    url = server.url("/feed")
    # Nobody listens at the first one.
    reach = Reach(
        schemes=("http",),
        allows=lambda _: True,
        look_up=lambda _host, _port: ("127.0.0.2", "127.0.0.1"),
    )

    assert fetch_feeds({url: NOTHING}, NOW, reach)[url].content == FEED.encode()


# --- a company's proxy


class _Proxy:
    """A proxy that leads everybody to one server, and notes what it is asked."""

    def __init__(self, port: int, answer: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> None:
        self.asked: list[bytes] = []
        self._port = port
        self._answer = answer
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://us%40er:pass@127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._socket.accept()
                with client:
                    self.asked.append(client.recv(65_536))
                    client.sendall(self._answer)
                    if b" 200 " in self._answer:
                        self._pass_on(client)

    def _pass_on(self, client: socket.socket) -> None:
        with socket.create_connection(("127.0.0.1", self._port)) as server:
            server.sendall(client.recv(65_536))
            while piece := server.recv(65_536):
                client.sendall(piece)

    def close(self) -> None:
        self._socket.close()


def _through(proxy: str) -> Reach:
    return replace(of_tests(), proxy=lambda _: proxy)


def test_a_feed_comes_through_a_proxy(server: FeedServer) -> None:
    server.routes["/feed"] = sent(FEED)
    url = server.url("/feed", "nobody-knows.example", "https")
    proxy = _Proxy(server.port)
    answer = fetch_feeds({url: NOTHING}, NOW, _through(proxy.url))[url]
    proxy.close()

    assert answer.content == FEED.encode()
    (asked,) = proxy.asked
    place = f"nobody-knows.example:{server.port}"
    assert asked.startswith(f"CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n".encode())
    assert b"Proxy-Authorization: Basic dXNAZXI6cGFzcw==" in asked
    # The password is for the proxy alone.
    assert "Proxy-Authorization" not in server.asked[0][1]


@pytest.mark.parametrize(
    "host", ["localhost", "10.0.0.1", "intranet", "wiki.local", "127.0.0.1"]
)
def test_a_proxy_is_not_asked_for_a_network_of_one_s_own(
    server: FeedServer, host: str
) -> None:
    proxy = _Proxy(server.port)
    url = server.url("/feed", host, "https")
    answer = fetch_feeds({url: NOTHING}, NOW, _through(proxy.url))[url]
    proxy.close()

    assert (_message(answer), proxy.asked) == ("inside-private", [])


def test_a_proxy_that_refuses_says_so(server: FeedServer) -> None:
    url = server.url("/feed", scheme="https")
    proxy = _Proxy(server.port, b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
    refused = fetch_feeds({url: NOTHING}, NOW, _through(proxy.url))[url]
    proxy.close()
    other = fetch_feeds({url: NOTHING}, NOW, _through("socks5://127.0.0.1:1"))[url]

    assert (_message(refused), _message(other)) == ("inside-proxy", "inside-proxy-kind")
    assert refused.problem
    assert refused.problem.values["status"] == 407


def test_the_proxy_is_the_user_s(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "ALL_PROXY", "all_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("https_proxy", "http://proxy.example:8080")
    monkeypatch.setenv("no_proxy", "direct.example")

    assert system_proxy("news.example") == "http://proxy.example:8080"
    assert system_proxy("direct.example") is None
