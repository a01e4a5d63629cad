"""A real nginx and a real Apache, with the very configuration in the manual."""

from __future__ import annotations

import contextlib
import gzip
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = [pytest.mark.slow, pytest.mark.proof]

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
NGINX = """\
daemon off;
{user}
pid {work}/pid;
error_log {work}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
    include guideline.conf;
}}
"""
# With the modules that the manual says, and those that Debian has switched on.
APACHE = """\
{modules}
{user}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {work}/pid
ErrorLog {work}/error.log
TypesConfig {work}/mime.types
DocumentRoot {work}/nothing
<Directory "/">
    Require all denied
</Directory>
Include {work}/guideline.conf
"""
MODULES = (
    *("alias", "deflate", "headers", "mime", "dir"),
    *("mpm_event", "authz_core", "filter"),
)
TYPES = """\
application/javascript js
application/json json
application/pdf pdf
application/xml xml
image/png png
image/svg+xml svg
text/css css
text/html html
text/plain txt
"""
PATIENCE = 10


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    headers: dict[str, str]
    body: bytes


def _configuration(server: str) -> str:
    """Return what the manual says to put into a server's configuration."""
    manual = HOW_TO / f"hosting-{server}.md"
    found = re.search(
        rf"^    ```{server}\n(.*?)^    ```",
        manual.read_text("utf-8"),
        re.DOTALL | re.MULTILINE,
    )
    assert found
    return re.sub(r"^    ", "", found[1], flags=re.MULTILINE)


def _find(program: str) -> str:
    path = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
    found = shutil.which(program, path=path)
    if found is None:
        pytest.fail(
            f"this test needs {program}: scripts/servers.sh installs it;"
            " `make fast` runs the tests that need none"
        )
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture(scope="module", params=["nginx", "apache"])
def server(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    """The address of the guideline, served by a real server as the manual says."""
    with tempfile.TemporaryDirectory(prefix="guidegen-hosting-") as folder:
        work, port = Path(folder), _free_port()
        # Started by root, Apache's workers are somebody who may not read other folders.
        work.chmod(0o755)
        shutil.copytree(site, work / "site")
        (work / "site" / ".git").mkdir()
        (work / "site" / ".git" / "config").write_text("private", encoding="utf-8")
        (work / "current").symlink_to("site")
        begin = _nginx if request.param == "nginx" else _apache
        with subprocess.Popen(begin(work, port), stderr=subprocess.PIPE) as process:  # noqa: S603  # a server of our own
            try:
                _wait(port, process)
                yield f"http://127.0.0.1:{port}/social-media/"
            finally:
                process.terminate()


def _nginx(work: Path, port: int) -> list[str]:
    """Write the configuration; return the command that begins to serve."""
    shutil.copy("/etc/nginx/mime.types", work)
    text = _configuration("nginx")
    assert "listen 80;" in text
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};")
    _write_configuration(work, text)
    # Started by root, its workers would else be somebody who may not read this folder.
    user = "user root;" if os.geteuid() == 0 else ""
    (work / "nginx.conf").write_text(NGINX.format(user=user, work=work), "utf-8")
    command = [_find("nginx"), "-p", str(work), "-c", str(work / "nginx.conf")]
    return [*command, "-e", str(work / "error.log")]


def _apache(work: Path, port: int) -> list[str]:
    """Write the configuration; return the command that begins to serve."""
    _write_configuration(work, _configuration("apache"))
    (work / "nothing").mkdir()
    program = _find("apache2")
    where = "/usr/lib/apache2/modules"
    modules = [f"LoadModule {each}_module {where}/mod_{each}.so" for each in MODULES]
    user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
    main = APACHE.format(modules="\n".join(modules), user=user, work=work, port=port)
    (work / "apache.conf").write_text(main, "utf-8")
    (work / "mime.types").write_text(TYPES, "utf-8")
    return [program, "-d", str(work), "-f", str(work / "apache.conf"), "-DFOREGROUND"]


def _write_configuration(work: Path, text: str) -> None:
    assert "/srv/guideline/current" in text
    text = text.replace("/srv/guideline/current", f"{work}/current")
    (work / "guideline.conf").write_text(text, "utf-8")


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            assert server.stderr
            pytest.fail(server.stderr.read().decode())
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", port), timeout=1),
        ):
            return
        time.sleep(0.05)
    pytest.fail("the server did not begin to listen")


def _get(address: str, **headers: str) -> Answer:
    asked = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address, headers=asked)  # noqa: S310  # ours
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            return Answer(answer.status, _lower(answer.headers), answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, _lower(error.headers), error.read())


def _lower(headers: object) -> dict[str, str]:
    return {str(name).lower(): str(value) for name, value in dict(headers).items()}  # type: ignore[call-overload]


def test_every_answer_has_the_headers(server: str, site: Path) -> None:
    for path in sorted(site.rglob("*")):
        if path.is_dir() or path.name.startswith("."):
            continue
        name = path.relative_to(site).as_posix()
        answer = _get(server + name)

        assert (answer.status, answer.body) == (200, path.read_bytes()), name
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "camera=()" in answer.headers["permissions-policy"]
        hashed = re.search(r"\.[0-9a-f]{8}\.min\.(css|js)$", name)
        cache = "public, max-age=31536000, immutable" if hashed else "no-cache"
        assert answer.headers["cache-control"] == cache, name


def test_the_policy_is_the_pages_own_and_says_who_may_frame_them(server: str) -> None:
    answer = _get(server)
    own = re.search(r'Content-Security-Policy" content="([^"]*)"', answer.body.decode())

    assert own
    # `file:` is for pages opened by double-click; a server has none.
    assert answer.headers["content-security-policy"] == (
        own[1].replace(" file:", "") + "; frame-ancestors 'self'"
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("", "text/html; charset=utf-8"),
        ("en/", "text/html; charset=utf-8"),
        ("images/contact-1.vcf", "text/vcard; charset=utf-8"),
        ("images/logo.svg", "image/svg+xml"),
        ("guideline-de.pdf", "application/pdf"),
    ],
)
def test_each_file_is_called_what_it_is(server: str, name: str, kind: str) -> None:
    answer = _get(server + name)

    assert answer.status == 200
    assert answer.headers["content-type"] in {kind, kind.partition(";")[0]}
    if kind.startswith("text/html"):
        assert answer.headers["content-type"] == kind


def test_text_is_compressed(server: str, site: Path) -> None:
    for name in ("index.html", "assets/guidegen/site.css", "search/search_index.js"):
        answer = _get(server + name, Accept_Encoding="gzip")

        assert answer.headers["content-encoding"] == "gzip", name
        assert answer.headers["vary"] == "Accept-Encoding"
        whole = (site / name).read_bytes()
        assert gzip.decompress(answer.body) == whole
        assert len(answer.body) < len(whole) / 2


def test_what_has_not_changed_is_not_sent_again(server: str) -> None:
    first = _get(server)
    second = _get(server, If_None_Match=first.headers["etag"])

    assert (second.status, second.body) == (304, b"")


def test_what_guidegen_notes_for_itself_is_not_served(server: str) -> None:
    for name in (".guidegen.json", ".git/config", ".git/", ".git", "en/.hidden"):
        answer = _get(server + name)
        assert (answer.status, b"private" in answer.body) == (404, False), name
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert _get(server.removesuffix("/")).status == 200  # sent on to the front page


def test_readers_can_read_search_and_copy(
    server: str, context: BrowserContext, page: Page
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(server)
    page.get_by_role("textbox", name="Suche").focus()
    page.keyboard.type("Tabu")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Kopieren").click()

    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Nordlicht" in copied
