from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from guidegen.preview import server

FOLDER = Path(__file__).parents[2] / "docs" / "how-to"
PAGES = sorted(FOLDER.glob("hosting-*.md"))
SERVERS = ("nginx", "apache", "iis")
POLICY = re.compile(r"default-src 'none'; [^\"]*")


def _text(page: str) -> str:
    return (FOLDER / f"hosting-{page}.md").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_each_page_says_what_was_tried_and_what_was_not(page: Path) -> None:
    text = page.read_text("utf-8")

    assert text.count("**Tried:**") == 1
    assert text.count("**Not tried:**") == 1


def test_all_servers_are_given_the_preview_s_policy() -> None:
    policies = {POLICY.findall(_text(page))[0] for page in SERVERS}

    assert policies == {server.POLICY}


@pytest.mark.parametrize("page", SERVERS)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
    ],
)
def test_all_servers_are_given_the_same_headers(
    name: str, value: str, page: str
) -> None:
    quoted = rf'{name}"?( value=| )"{re.escape(value)}"'

    assert len(re.findall(quoted, _text(page))) == 1


@pytest.mark.parametrize("page", SERVERS)
def test_no_server_shows_folders_and_files_with_a_dot(page: str) -> None:
    closed = {
        "nginx": r"location ~ /\.",
        "apache": r"RedirectMatch 404 /\.",
        "iis": '<add sequence="/." />',
    }

    assert closed[page] in _text(page)


def test_the_file_for_iis_is_well_formed() -> None:
    found = re.search(r"```xml\n(.*?)```", _text("iis"), re.DOTALL)

    assert found
    lines = re.sub(r"^    ", "", found[1], flags=re.MULTILINE)
    root = ET.fromstring(lines.encode())  # noqa: S314  # our own
    assert root.tag == "configuration"
    assert root.find("location/system.webServer/httpProtocol/customHeaders") is not None
