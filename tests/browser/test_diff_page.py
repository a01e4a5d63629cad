"""The page of `guidegen diff --html`, as its readers see it."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext, Page
from tests.axe import violations
from tests.samples import SCENARIOS

from guidegen.compare.redline import redline
from guidegen.compare.redline_as_html import Report, StepReport, TextReport, report_html
from guidegen.model.document import Page as Text
from guidegen.model.labels import Labels
from guidegen.pack.find import builtin_packs
from guidegen.pack.load import load_pack
from guidegen.pack.style import page_style
from guidegen.page.tree import PageParser

pytestmark = pytest.mark.slow

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WORDS = ("answers", "gone", "legend", "made_with", "new", "skip", "text", "why")


@pytest.fixture(scope="module")
def diff_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a page with changes of every kind in two languages."""
    pack = load_pack("dell")
    texts = []
    for language, words in (("de", ("und", "sowie")), ("en", ("and", "or"))):
        folder = SCENARIOS / "listed" / "expected" / language
        old = [
            Text(id=path.stem, title=path.stem, markdown=path.read_text("utf-8"))
            for path in sorted(folder.glob("*.md"))
        ]
        new = [
            Text(
                id=page.id,
                title=page.title,
                markdown=page.markdown.replace(f" {words[0]} ", f" {words[1]} "),
            )
            for page in old[1:]
        ]
        new.append(Text(id="more", title="More", markdown="# More\n\n- New\n"))
        texts.append(
            TextReport(
                language=language,
                name=language,
                pages=redline(old, new, PageParser(pack.markdown_extensions)),
                labels=Labels(
                    {key: text.get(language) for key, text in pack.labels.items()}
                ),
            )
        )
    report = Report(
        language="en",
        company="Nordlicht Technik AG",
        guideline="Social media guideline",
        title="What has changed since version 1.0.0",
        facts="Compared with version 1.0.0.",
        step=StepReport(
            step="major", title="Version 2.0.0", means="Major", reasons=("A topic",)
        ),
        changes=("Contact: Mira Jansen → Tom Behrens",),
        texts=tuple(texts),
        words=dict(zip(WORDS, WORDS, strict=True)),
    )
    template = builtin_packs() / "dell" / "site" / "diff.html"
    style = page_style(pack.folders, "#ffd400")
    path = tmp_path_factory.mktemp("diff") / "diff.html"
    path.write_text(report_html(report, template, style), "utf-8")
    return path


def test_axe_finds_nothing_and_nothing_sticks_out(tab: Page, diff_page: Path) -> None:
    tab.goto(diff_page.as_uri())
    for scheme, width in product(SCHEMES, (320, 1280)):
        tab.emulate_media(color_scheme=scheme)
        tab.set_viewport_size({"width": width, "height": 800})

        assert violations(tab) == "", (scheme, width)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, scheme


def test_new_and_old_words_are_named_for_those_who_hear_the_page(
    tab: Page, diff_page: Path
) -> None:
    tab.goto(diff_page.as_uri())

    german = tab.locator("section[lang=de] ins").first
    hidden = german.locator(".gg-spoken")

    assert hidden.inner_text() == "Neu:"
    assert (hidden.bounding_box() or {"width": 9})["width"] <= 1


def test_the_page_obeys_its_own_styles_and_runs_no_script(
    context: BrowserContext, diff_page: Path, tmp_path: Path
) -> None:
    # Not the fixture's own page, which fails where something is refused.
    page = context.new_page()
    text = diff_page.read_text("utf-8")
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(diff_page.as_uri())
    own = [*refused]
    color = page.locator("ins").first.evaluate("each => getComputedStyle(each).color")
    # As a template of somebody's own pack might have it.
    added = "<script>document.title = 'ran'</script><style>ins { color: red }</style>"
    other = tmp_path / "diff.html"
    other.write_text(text.replace("<main", f"{added}<main"), "utf-8")
    page.goto(other.as_uri())

    assert own == []
    assert page.title() != "ran"
    styled = "each => getComputedStyle(each).color"
    assert page.locator("ins").first.evaluate(styled) == color
    assert len(refused) == 2
