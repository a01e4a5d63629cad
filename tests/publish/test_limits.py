"""Servers that list and send without end, deep or slowly: guidegen gives them up."""

from __future__ import annotations

import gzip
import importlib
import io
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import asyncssh
import pytest
from tests.publish.remote_servers import SftpServer
from tests.publish.samples import NOW, make_site, publish, refusal, settings
from tests.wording import raises, text_of

from guidegen.errors import PublishError
from guidegen.files.digest import sha256
from guidegen.model.document import State
from guidegen.model.publication import FileRecord, Option
from guidegen.publish import limits, remote_store
from guidegen.publish.limits import Limited, Listing, TooLateError, bounded, in_time
from guidegen.publish.manifest import make_manifest
from guidegen.publish.verify import Mismatch, verify


def test_a_listing_has_a_limit_of_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_FILES", 100)
    listing = Listing("there")

    with raises(PublishError, match="more than 100 files and folders"):
        for number in range(200):
            listing[str(number)] = 1


def test_a_listing_has_a_limit_of_folders_and_of_depth() -> None:
    listing = Listing("there")
    with raises(PublishError, match="more than 30 levels deep"):
        for number in range(100):
            listing.enter("a/" * number)


def test_a_listing_has_a_limit_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LIST_WITHIN", -1)

    with raises(PublishError, match="took longer"):
        Listing("there").enter("")


def test_no_more_is_taken_than_a_file_may_have() -> None:
    into = io.BytesIO()
    taken = Limited(into, 5, "there", start=3)
    taken.write(b"12345")
    assert (taken.size, taken.start, taken.digest) == (5, b"123", sha256(b"12345"))

    with raises(PublishError, match="more than 5 bytes"):
        taken.write(b"6")
    assert into.getvalue() == b"12345"
    assert Limited(None, 10**30, "there").seconds < 10**5


def test_what_takes_too_long_is_given_up() -> None:
    begun = time.monotonic()
    with pytest.raises(TooLateError):
        in_time(lambda: time.sleep(5), 0.1)
    assert time.monotonic() - begun < 2
    assert in_time(lambda: 7, 5) == 7
    with pytest.raises(ZeroDivisionError):
        in_time(lambda: 1 // 0, 5)


def test_an_answer_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_OF_ANSWER", 10)

    with raises(PublishError, match="more than 10 bytes"):
        list(bounded(iter([b"12345"] * 3), "there"))


Answer = Callable[[BaseHTTPRequestHandler], None]


class Hostile(ThreadingHTTPServer):
    """A web server that answers every request in the same way."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer: Answer = lambda _: None
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_: object) -> None:
        """Say nothing: clients hang up."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"
    server: Hostile

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65537)
        if self.raw_requestline and self.parse_request():
            self.server.asked.append(self.path)
            with suppress(OSError):
                self.server.answer(self)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    server = Hostile()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def _begin(handler: BaseHTTPRequestHandler, status: int = 207, **headers: str) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", "application/xml")
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()


def _endless(handler: BaseHTTPRequestHandler) -> None:
    _begin(handler, 200 if handler.command == "GET" else 207)
    while True:
        handler.wfile.write(b"<!-- -->" * 10_000)


def _slow(handler: BaseHTTPRequestHandler) -> None:
    _begin(handler, 200 if handler.command == "GET" else 207)
    while True:
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def _slow_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
    while True:
        handler.wfile.write(b"a")
        handler.wfile.flush()
        time.sleep(0.05)


def _packed(handler: BaseHTTPRequestHandler) -> None:
    body = gzip.compress(b" " * 30_000_000)
    _begin(handler, Content_Encoding="gzip", Content_Length=str(len(body)))
    handler.wfile.write(body)


def _folder_in_folder(handler: BaseHTTPRequestHandler) -> None:
    below = f"{handler.path.rstrip('/')}/more/"
    _begin(handler)
    entries = "".join(
        f"<d:response><d:href>{path}</d:href><d:propstat><d:prop><d:resourcetype>"
        "<d:collection/></d:resourcetype></d:prop><d:status>HTTP/1.1 200 OK</d:status>"
        "</d:propstat></d:response>"
        for path in (handler.path, below)
    )
    text = f'<d:multistatus xmlns:d="DAV:">{entries}</d:multistatus>'
    handler.wfile.write(text.encode())


def _next_page(handler: BaseHTTPRequestHandler) -> None:
    _begin(handler, 200)
    handler.wfile.write(
        b"<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>%d"
        b"</NextContinuationToken></ListBucketResult>" % time.monotonic_ns()
    )


@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the limits so that tests are quick."""
    monkeypatch.setattr(limits, "MOST_FILES", 50)
    monkeypatch.setattr(limits, "MOST_OF_ANSWER", 1_000_000)
    monkeypatch.setattr(limits, "AT_LEAST", 0.5)
    for module in (limits, remote_store):
        monkeypatch.setattr(module, "LIST_WITHIN", 1.0)


@pytest.mark.slow
@pytest.mark.usefixtures("little")
@pytest.mark.parametrize(
    ("kind", "answer", "reason"),
    [
        ("webdav", _endless, "more than 1000000 bytes"),
        ("webdav", _slow, "took longer"),
        ("webdav", _slow_headers, "took longer"),
        ("webdav", _packed, "a packed answer"),
        ("webdav", _folder_in_folder, "30 levels deep"),
        ("s3", _endless, "more than 1000000 bytes"),
        ("s3", _slow, "took longer"),
        ("s3", _next_page, "more than 50 files"),
    ],
)
def test_a_server_that_lists_without_end_is_given_up(
    hostile: Hostile,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    answer: Answer,
    reason: str,
) -> None:
    hostile.answer = answer
    if "longer" not in reason:
        # What limits how much is sent has to come before what limits the time.
        for module in (limits, remote_store):
            monkeypatch.setattr(module, "LIST_WITHIN", 4.0)
    options: dict[str, dict[str, Option]] = {
        "webdav": {"url": f"{hostile.url}/dav/"},
        "s3": {"bucket": "b", "endpoint": hostile.url, "region": "us-east-1"},
    }
    # On a busy machine, importing what speaks to a server takes seconds.
    importlib.import_module(f"guidegen.publish.remote_{kind}")
    begun = time.monotonic()

    error = refusal(settings(tmp_path, kind, **options[kind]))

    assert "sends more than guidegen accepts" in text_of(error)
    assert reason in text_of(error)
    assert time.monotonic() - begun < 5
    assert len(hostile.asked) < 60


@pytest.mark.slow
@pytest.mark.usefixtures("little")
@pytest.mark.parametrize(
    ("answer", "reason"), [("many", "more than 50 files"), ("deep", "30 levels deep")]
)
def test_an_sftp_server_that_lists_without_end_is_given_up(
    sftp: SftpServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    reason: str,
) -> None:
    monkeypatch.setattr(limits, "MOST_FILES", 50 if answer == "many" else 5_000)
    sftp.root.mkdir()

    async def scandir(self: Any, path: bytes) -> Any:  # noqa: ANN401  # as there
        del self, path
        folder = asyncssh.SFTPAttrs(permissions=0o040755)
        file = asyncssh.SFTPAttrs(permissions=0o100644, size=1)
        number = 0
        while answer == "many" or number < 1:
            number += 1
            yield asyncssh.SFTPName(
                b"%d" % number, attrs=file if answer == "many" else folder
            )

    monkeypatch.setattr("asyncssh.SFTPServer.scandir", scandir)

    assert reason in text_of(refusal(settings(tmp_path, "sftp", **sftp.options())))


@pytest.mark.slow
@pytest.mark.usefixtures("little")
def test_a_manifest_without_end_is_not_read(
    hostile: Hostile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list is honest, and what it names does not end."""
    monkeypatch.setattr(remote_store, "MAX_BYTES", 1_000_000)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.command == "GET":
            _endless(handler)
            return
        _begin(handler)
        handler.wfile.write(
            b'<d:multistatus xmlns:d="DAV:"><d:response><d:href>/dav/.guidegen/'
            b"manifest.json</d:href><d:propstat><d:prop><d:getcontentlength>5"
            b"</d:getcontentlength></d:prop><d:status>HTTP/1.1 200 OK</d:status>"
            b"</d:propstat></d:response></d:multistatus>"
        )

    hostile.answer = answer

    error = refusal(settings(tmp_path, "webdav", url=f"{hostile.url}/dav/"))

    assert "a file of more than 1000000 bytes" in text_of(error)


@pytest.mark.slow
def test_folders_without_end_are_given_up(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", "1.0.0")
    target = settings(tmp_path, path="www")
    publish(target, site)
    (tmp_path / "www/current" / ("deep/" * 200)).mkdir(parents=True)

    with raises(PublishError, match="30 levels deep"):
        publish(target, site)


def _verified(url: str, *, size: int = 10) -> Mismatch:
    files = {"index.html": FileRecord(sha256(b"x" * size), size)}
    manifest = make_manifest(files, when=NOW, version="1.0.0", state=State.RELEASED)
    (mismatch,) = verify(url, manifest)
    return mismatch


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guidegen.publish.verify._PAUSE", 0)


def test_verify_reads_no_more_than_was_published(hostile: Hostile) -> None:
    hostile.answer = _endless

    assert _verified(hostile.url).message == "publish-other"


@pytest.mark.slow
@pytest.mark.parametrize("answer", [_slow, _slow_headers])
def test_verify_ends_where_a_server_sends_byte_by_byte(
    hostile: Hostile, monkeypatch: pytest.MonkeyPatch, answer: Answer
) -> None:
    monkeypatch.setattr("guidegen.publish.verify._WITHIN", 0.5)
    hostile.answer = answer
    begun = time.monotonic()

    assert _verified(hostile.url, size=10**6).message == "publish-too-long"
    assert time.monotonic() - begun < 3


def _redirect(to: str) -> Answer:
    return lambda handler: _begin(handler, 302, Location=to)


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("http://login.example/?back=x", "http://login.example"),
        ("https://169.254.169.254/latest/meta-data/", "https://169.254.169.254"),
        ("http://127.0.0.1:1/", "http://127.0.0.1"),
        ("http://127.0.0.1:99999999/", "http://127.0.0.1"),
        ("ftp://127.0.0.1/x", "ftp://127.0.0.1"),
    ],
)
def test_verify_is_not_led_elsewhere(hostile: Hostile, to: str, said: str) -> None:
    hostile.answer = _redirect(to)

    found = _verified(hostile.url)

    assert (found.message, found.reason) == ("publish-redirected", said)
    assert len(hostile.asked) == 1


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("to", ["http://[", "//[x]/", "http://[::1/"])
def test_verify_is_not_stopped_by_an_address_that_is_none(
    hostile: Hostile, to: str, code: int
) -> None:
    hostile.answer = lambda handler: _begin(handler, code, Location=to)

    assert _verified(hostile.url).message == "publish-redirected-nowhere"


def test_verify_does_not_run_in_circles(hostile: Hostile) -> None:
    hostile.answer = _redirect("/again")

    assert _verified(hostile.url).message == "publish-redirects"
    assert len(hostile.asked) < 10


def test_verify_follows_a_server_to_itself(hostile: Hostile) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/index.html":
            _begin(handler, 301, Location="/start/index.html")
        else:
            _begin(handler, 200)
            handler.wfile.write(b"x" * 10)

    hostile.answer = answer
    files = {"index.html": FileRecord(sha256(b"x" * 10), 10)}
    manifest = make_manifest(files, when=NOW, version="1.0.0", state=State.RELEASED)

    assert verify(hostile.url, manifest) == ()
