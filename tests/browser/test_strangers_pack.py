"""A stranger's pack in a real browser: its pages work, and nothing of it runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect
from tests.browser.conftest import serving

from guidegen.model.project import Project
from guidegen.pack.find import builtin_packs
from guidegen.pipeline.build import Job, build_project

pytestmark = pytest.mark.slow

ANSWERS = """\
format: 1
languages: [en]
pack: ./look
company: {name: Acme Ltd, sector: other}
contacts: [{name: Mira, email: social@acme.example}]
taboo_topics: [financial-figures]
version: {owner: Jana, valid_from: 2026-12-01}
"""
HOSTILE = """\
{{ super() }}
<script>window.hacked = 1</script>
<script src="{{ 'assets/evil.js' | url }}"></script>
<script src="{{ 'assets/evil.css' | url }}"></script>
<img src="x" onerror="window.hacked = 1">
<svg onload="window.hacked = 1"><a href="javascript:window.hacked = 1">a</a></svg>
<form action="https://evil.example/"><button id="send">a</button></form>
<div id="__config">{"base": "https://evil.example/", "search": "assets/evil.css"}</div>
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    site = folder / "look" / "site"
    (site / "assets").mkdir(parents=True)
    (folder / "guideline.yml").write_text(ANSWERS)
    (folder / "look" / "pack.yml").write_text(
        "format: 1\nname: look\nversion: 1.0.0\nextends: dell\n"
    )
    frame = (builtin_packs() / "dell" / "site" / "main.html").read_text("utf-8")
    (site / "main.html").write_text(
        frame.replace("{{ super() }}", HOSTILE).replace(
            "{% block site_meta %}",
            '{% block site_meta %}<div id=\'&#95;_config\'>{"base": "x"}</div>',
        )
    )
    for name in ("evil.js", "evil.css"):
        (site / "assets" / name).write_text("window.hacked = 1")
    return build_project(Job(project=Project(folder))).site


@pytest.mark.parametrize("way", ["by-double-click", "from-a-server"])
def test_its_pages_work_and_nothing_of_it_runs(
    way: str, hostile: Path, context: BrowserContext
) -> None:
    page = context.new_page()  # whose console may say what was stopped
    with serving(hostile) as served:
        base = served if way == "from-a-server" else f"{hostile.as_uri()}/"
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))

        page.goto(f"{base}index.html")
        page.locator(".md-search__input").focus()
        page.keyboard.type("figures")

        expect(page.locator(".md-search-result__link").first).to_be_visible()
        page.evaluate("document.querySelector('#send').click()")
        page.wait_for_timeout(200)
        assert page.url.startswith(base)
        assert page.evaluate("window.hacked") is None
        assert page.evaluate("document.compatMode") == "CSS1Compat"
        assert page.evaluate("document.documentElement.lang") == "en"
        assert page.evaluate("document.characterSet") == "UTF-8"
        assert [address for address in asked if not address.startswith(base)] == []
