from __future__ import annotations

import http.client
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.wording import hint_of, raises

from guidegen.errors import PreviewError
from guidegen.preview import Preview, serve
from guidegen.preview.server import HOST, POLICY

pytestmark = pytest.mark.slow

PAGE = (
    "<!doctype html><html lang=de><head><title>x</title></head><body>{}</body></html>"
)


@dataclass
class Workshop:
    """A source that becomes a site, unless it says that it is wrong."""

    source: Path
    site: Path
    builds: list[str] = field(default_factory=list)

    def write(self, text: str) -> None:
        # In one step: the preview would build what is there while it is written.
        new = self.source.with_suffix(".new")
        new.write_text(text, encoding="utf-8")
        new.replace(self.source)

    def build(self) -> str | None:
        text = self.source.read_text("utf-8")
        self.builds.append(text)
        if text.startswith("error"):
            return f"guideline.yml:1: {text} <b>"
        self.site.mkdir(exist_ok=True)
        (self.site / "index.html").write_text(PAGE.format(text), encoding="utf-8")
        return None

    def preview(self, port: int = 0) -> Preview:
        return Preview(
            site=self.site,
            build=self.build,
            watched=lambda: (self.source, self.source.parent / "sections"),
            port=port,
            interval=0.02,
        )


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str


class Browser:
    """Asks the preview; says what it wants about itself."""

    def __init__(self, address: str) -> None:
        self.port = int(address.rstrip("/").rpartition(":")[2])

    def get(self, path: str, host: str | None = None, method: str = "GET") -> Answer:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=10)
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host or f"{HOST}:{self.port}")
        connection.endheaders()
        response = connection.getresponse()
        answer = Answer(
            response.status, dict(response.getheaders()), response.read().decode()
        )
        connection.close()
        return answer

    def state(self) -> dict[str, object]:
        state: dict[str, object] = json.loads(self.get("/__guidegen__/state").text)
        return state

    def until(self, ready: Callable[[dict[str, object]], bool]) -> dict[str, object]:
        """Ask for the state until it is as it should be."""
        end = time.monotonic() + 10
        while not ready(state := self.state()):
            assert time.monotonic() < end, state
            time.sleep(0.01)
        return state


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    workshop = Workshop(tmp_path / "guideline.yml", tmp_path / "site")
    workshop.write("eins")
    return workshop


@contextmanager
def _open(workshop: Workshop) -> Iterator[Browser]:
    with serve(workshop.preview()) as address:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        yield Browser(address)


@pytest.fixture
def browser(workshop: Workshop) -> Iterator[Browser]:
    with _open(workshop) as browser:
        yield browser


# --- serving


def test_a_page_is_served_with_the_preview_s_script_and_style(browser: Browser) -> None:
    page = browser.get("/")

    assert page.status == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.text == (
        '<!doctype html><html data-revision="1" lang=de><head><title>x</title>'
        '<link rel="stylesheet" href="/__guidegen__/preview.css">'
        '<script defer src="/__guidegen__/preview.js"></script>'
        "</head><body>eins</body></html>"
    )
    assert browser.get("/index.html?x=1").text == page.text


@pytest.mark.parametrize(
    ("name", "kind"), [("preview.js", "text/javascript"), ("preview.css", "text/css")]
)
def test_the_preview_s_own_files_are_served(
    name: str, kind: str, browser: Browser
) -> None:
    answer = browser.get(f"/__guidegen__/{name}")

    assert (answer.status, answer.headers["Content-Type"]) == (200, kind)
    assert "guidegen-preview-error" in answer.text


def test_other_files_are_served_as_they_are(
    workshop: Workshop, browser: Browser
) -> None:
    (workshop.site / "assets").mkdir()
    (workshop.site / "assets" / "a.css").write_text("a {}", encoding="utf-8")
    (workshop.site / "en").mkdir()
    (workshop.site / "en" / "index.html").write_text(PAGE.format("one"), "utf-8")

    assert browser.get("/assets/a.css").text == "a {}"
    assert browser.get("/assets/a.css").headers["Cache-Control"] == "no-store"
    assert "one" in browser.get("/en/").text
    assert browser.get("/en").headers["Location"] == "/en/"
    assert browser.get("/no-such-page.html").status == 404
    assert browser.get("/", method="HEAD").status == 200
    assert browser.get("/", method="POST").status == 501


# --- safety


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "[::1]:1"],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_foreign_site_cannot_read_the_preview(
    host: str, method: str, browser: Browser
) -> None:
    answer = browser.get("/", host=host or " ", method=method)

    assert answer.status == 403
    assert "eins" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1"])
def test_this_computer_is_not_foreign(host: str, browser: Browser) -> None:
    assert browser.get("/", host=host).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../guideline.yml",
        "/..%2fguideline.yml",
        "/%2e%2e/guideline.yml",
        "/assets/../../guideline.yml",
        "//etc/passwd",
        "/..\\guideline.yml",
        "/%00",
        "/index.html%00.png",
        "/__guidegen__/../serve.py",
        "/__guidegen__/serve.py",
        "/__guidegen__/%2e%2e/serve.py",
        "/__guidegen__/../../../../guideline.yml",
        "/__guidegen__//etc/passwd",
        "/__guidegen__/",
    ],
)
def test_nothing_but_the_site_is_served(path: str, browser: Browser) -> None:
    assert browser.get(path).status == 404


@pytest.mark.parametrize(
    "path",
    ["/", "/logo.svg", "/nothing.html", "/__guidegen__/state", "/__guidegen__/x"],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_every_answer_says_what_a_browser_may_do_with_it(
    path: str, method: str, workshop: Workshop, browser: Browser
) -> None:
    (workshop.site / "logo.svg").write_text("<svg/>", encoding="utf-8")

    headers = browser.get(path, method=method).headers

    assert headers["Content-Security-Policy"] == POLICY
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_no_link_leads_out_of_the_site(workshop: Workshop, browser: Browser) -> None:
    (workshop.site / "file.html").symlink_to(workshop.source)
    (workshop.site / "file.txt").symlink_to(workshop.source)
    (workshop.site / "home").symlink_to(workshop.source.parent)

    for path in ("/file.html", "/file.txt", "/home/guideline.yml", "/home/", "/home"):
        answer = browser.get(path)
        assert (answer.status, "eins" in answer.text) == (404, False), path


def test_neither_lists_of_files_nor_notes_are_shown(
    workshop: Workshop, browser: Browser
) -> None:
    (workshop.site / "assets").mkdir()
    (workshop.site / ".guidegen.json").write_text("{}", encoding="utf-8")
    (workshop.site / ".git").mkdir()
    (workshop.site / ".git" / "index.html").write_text("x", encoding="utf-8")

    for path in ("/assets/", "/.guidegen.json", "/.git/index.html", "/.git/"):
        assert browser.get(path).status == 404, path


def test_a_port_that_is_taken_is_named(workshop: Workshop) -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]

        with (
            raises(PreviewError, match=f"the port {port} is already in use") as caught,
            serve(workshop.preview(port)),
        ):
            pass

    assert hint_of(caught.value) == "choose another one: guidegen serve --port 8001"
    assert workshop.builds == []


def test_a_browser_that_leaves_early_is_not_talked_about(
    browser: Browser, capfd: pytest.CaptureFixture[str]
) -> None:
    for _ in range(5):
        with socket.create_connection((HOST, browser.port)) as connection:
            # With no time to linger, closing resets the connection.
            linger = (1).to_bytes(4, "little") + (0).to_bytes(4, "little")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert browser.get("/").status == 200

    assert capfd.readouterr() == ("", "")


# --- following edits


def test_an_edit_is_built_and_shown(workshop: Workshop, browser: Browser) -> None:
    assert browser.state() == {"revision": 1, "error": None}

    workshop.write("zwei")

    assert browser.until(lambda state: state["revision"] == 2)["error"] is None
    page = browser.get("/").text
    assert "zwei" in page
    assert 'data-revision="2"' in page


def test_a_new_file_in_a_watched_folder_is_an_edit(
    workshop: Workshop, browser: Browser
) -> None:
    section = workshop.source.parent / "sections" / "de" / "nice.md"
    section.parent.mkdir(parents=True)
    section.touch()

    browser.until(lambda state: state["revision"] != 1)
    revision = browser.state()["revision"]
    section.unlink()

    browser.until(lambda state: state["revision"] != revision)


def test_while_an_edit_is_wrong_the_last_good_page_stays_and_says_so(
    workshop: Workshop, browser: Browser
) -> None:
    workshop.write("error: nein")

    state = browser.until(lambda state: state["error"] is not None)
    assert state == {"revision": 1, "error": "guideline.yml:1: error: nein <b>"}
    assert "eins" in browser.get("/").text

    workshop.write("drei")

    assert browser.until(lambda state: state["revision"] == 2)["error"] is None
    assert "drei" in browser.get("/").text


def test_before_any_build_has_worked_the_error_is_the_page(workshop: Workshop) -> None:
    workshop.write("error: nein")

    with _open(workshop) as browser:
        page = browser.get("/")
        assert page.status == 200
        assert ">guideline.yml:1: error: nein &lt;b&gt;</pre>" in page.text
        assert '<pre class="guidegen-preview-error">' in page.text
        assert "/__guidegen__/preview.js" in page.text

        workshop.write("gut")

        browser.until(lambda state: state["revision"] == 1)
        assert "gut" in browser.get("/").text


def test_nothing_changed_is_nothing_built(workshop: Workshop, browser: Browser) -> None:
    time.sleep(0.2)

    assert browser.state()["revision"] == 1
    assert workshop.builds == ["eins"]


def test_a_file_that_vanishes_while_it_is_looked_at_does_no_harm(
    workshop: Workshop,
) -> None:
    with _open(workshop) as browser:
        good = workshop.source.read_text("utf-8")
        workshop.write("error: weg")
        browser.until(lambda state: state["error"] is not None)
        workshop.write(good)
        browser.until(lambda state: state["error"] is None)


def test_when_the_preview_ends_nothing_is_left_running(workshop: Workshop) -> None:
    before = threading.active_count()

    with _open(workshop) as browser:
        assert browser.get("/").status == 200

    # The thread of an answered request ends by itself, a moment after the answer.
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() == before
    with pytest.raises(ConnectionError):
        browser.get("/")
