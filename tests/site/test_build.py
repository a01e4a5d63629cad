from __future__ import annotations

import hashlib
import logging
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from mkdocs.theme import Theme
from mkdocs.utils.templates import TemplateContext
from tests.wording import raises

from guidegen.errors import RenderError, SiteError
from guidegen.model.document import Asset, Document, Page, RenderedSection
from guidegen.model.note import Note
from guidegen.site import Look, build_site
from guidegen.site.foreign import Foreign
from guidegen.site.theme_cache import is_needed

pytestmark = pytest.mark.slow

HOSTILE = 'A&B "Söhne" <script>alert(1)</script> {{7*7}} *GmbH*'


def _bytes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


class _Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_each_language_has_all_pages(
    german: Document, english: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    build_site((german, english), look=Look(folders=theme), into=tmp_path)

    for folder in (tmp_path, tmp_path / "en"):
        names = {path.name for path in folder.glob("*.html")}
        assert names == {"index.html", "taboo-topics.html", "contact.html"}


def test_a_language_needs_little_room(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    build_site((german,), look=Look(folders=theme), into=tmp_path)

    size = sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file())
    assert size <= 600_000


def test_what_nobody_needs_is_left_out(
    german: Document, english: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    build_site((german, english), look=Look(folders=theme), into=tmp_path)

    files = set(_bytes(tmp_path))
    assert not any(name.endswith(".map") for name in files)
    assert not any("sitemap" in name or "404" in name for name in files)
    assert {Path(name).name for name in files if "/lunr/" in name} == {
        "lunr.de.min.js",
        "lunr.stemmer.support.min.js",
    }
    assert not any(name.startswith("en/") and "/lunr" in name for name in files)


def test_a_build_is_the_same_in_any_folder_on_any_day(
    german: Document,
    theme: tuple[Path, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    build_site((german,), look=Look(folders=theme), into=tmp_path / "one")
    monkeypatch.setattr("time.time", lambda: 2e9)
    build_site((german,), look=Look(folders=theme), into=tmp_path / "deep" / "er")

    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "deep" / "er")


class _PlainTheme(Theme):
    """The theme as MkDocs makes it, and as MkDocs lists its files."""

    def __init__(self, settings: Mapping[str, Any], foreign: Foreign) -> None:
        super().__init__(**settings)
        self.dirs[:0] = [str(folder) for folder in foreign.look.folders]
        self.static_templates = set()

    def files(self) -> tuple[tuple[str, str], ...]:
        return ()

    def show(self, settings: Mapping[str, Any]) -> None:
        """Do nothing: the templates see MkDocs' own objects."""

    def searched(self) -> str:
        """Return the language of the search."""
        return "de"


class _Everything:
    """What templates see if nobody takes MkDocs' objects away from them."""

    def __init__(self, config: None) -> None:
        pass

    def context(self, context: TemplateContext, *_: object) -> TemplateContext:
        # The names by which Material asks for the plugins that it need not have here.
        for name in ("search", "offline"):
            plugins: dict[str, object] = context["config"].plugins
            plugins.setdefault(f"material/{name}", None)
        return context


@pytest.mark.slow
def test_the_cached_theme_gives_the_same_bytes_as_the_plain_one(
    german: Document,
    theme: tuple[Path, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cache = tmp_path / "cache"
    build_site(
        (german,), look=Look(folders=theme, cache=cache), into=tmp_path / "first"
    )
    build_site(
        (german,), look=Look(folders=theme, cache=cache), into=tmp_path / "again"
    )
    monkeypatch.setattr("guidegen.site.engine.CachedTheme", _PlainTheme)
    monkeypatch.setattr("guidegen.site.engine.Shown", _Everything)
    build_site(
        (german,), look=Look(folders=theme, cache=cache), into=tmp_path / "plain"
    )

    plain = {
        name: digest
        for name, digest in _bytes(tmp_path / "plain").items()
        if is_needed(name, "de")
    }
    assert any(cache.iterdir())
    assert _bytes(tmp_path / "first") == plain
    assert _bytes(tmp_path / "again") == plain


def test_a_broken_cache_does_no_harm(
    german: Document,
    theme: tuple[Path, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cache = tmp_path / "cache"
    build_site((german,), look=Look(folders=theme, cache=cache), into=tmp_path / "one")
    for path in cache.iterdir():
        path.write_bytes(path.read_bytes()[:-20] + b"\x00garbage")
    monkeypatch.setattr(
        "guidegen.files.compiled_templates.CompiledTemplates._memory", {}
    )

    build_site((german,), look=Look(folders=theme, cache=cache), into=tmp_path / "two")

    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")


def test_a_cache_that_cannot_be_written_does_no_harm(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    cache.write_text("a file where the folder should be")

    build_site((german,), look=Look(folders=theme, cache=cache), into=tmp_path / "site")

    assert (tmp_path / "site" / "index.html").is_file()


def test_a_companys_own_theme_wins(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    own = tmp_path / "own"
    (own / "partials").mkdir(parents=True)
    (own / "partials" / "footer.html").write_text("<footer>Our own</footer>")

    build_site((german,), look=Look(folders=(own, *theme)), into=tmp_path / "site")

    page = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "<footer>Our own</footer>" in page


def test_a_hostile_company_name_is_text_everywhere(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    name = HOSTILE
    # As many words: the header cuts a name between them only.
    tame = replace(german, company=re.sub(r"[^\w\s]", "x", name))
    pages = tuple(replace(page, title=f"{page.id} {name}") for page in german.pages)
    contact = replace(german.contacts[0], name=name, role=name)
    build_site((tame,), look=Look(folders=theme), into=tmp_path / "plain")

    build_site(
        (
            replace(
                german,
                company=name,
                title=name,
                pages=pages,
                contacts=(contact,),
                running_texts={**german.running_texts, "owner": name},
            ),
        ),
        look=Look(folders=theme),
        into=tmp_path / "hostile",
    )

    for plain in (tmp_path / "plain").glob("*.html"):
        text = (tmp_path / "hostile" / plain.name).read_text("utf-8")
        elements = _Elements(text).found
        expected = _Elements(plain.read_text("utf-8")).found
        assert [(tag, set(attributes)) for tag, attributes in elements] == [
            (tag, set(attributes)) for tag, attributes in expected
        ]
        title = text.partition("<title>")[2].partition("</title>")[0]
        assert name in unescape(title)
        header = text.partition("<header")[2].partition("</header>")[0]
        footer = text.partition("<footer")[2].partition("</footer>")[0]
        assert unescape(re.sub(r"<[^>]*>", "", header)).count(name) >= 2
        assert unescape(footer).count(name) >= 3
        assert "&amp;amp;" not in text


def test_no_page_has_a_script_style_or_handler_in_it(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    build_site((german,), look=Look(folders=theme), into=tmp_path)

    for path in tmp_path.glob("*.html"):
        for tag, attributes in _Elements(path.read_text("utf-8")).found:
            assert not any(name.startswith("on") for name in attributes), path
            assert "style" not in attributes, path
            assert tag != "style", path
            if tag == "script":
                assert "src" in attributes or attributes["type"] == "application/json"


def test_no_page_names_another_host_but_in_links(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    build_site((german,), look=Look(folders=theme), into=tmp_path)

    for path in tmp_path.glob("*.html"):
        for tag, attributes in _Elements(path.read_text("utf-8")).found:
            if tag == "a":
                continue
            for name in ("src", "href", "data"):
                assert not re.match(r"(\w+:)?//", attributes.get(name) or ""), path
    styles = [path.read_text("utf-8") for path in tmp_path.rglob("*.css")]
    assert not any(re.search(r"url\([\"']?(https?:)?//", text) for text in styles)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntitle: x\n---\n# A\n", "title: x"),
        ("Hinweis: wichtig\n\n# A\n", "Hinweis: wichtig"),
    ],
)
def test_a_page_that_looks_like_front_matter_stays_text(
    german: Document, theme: tuple[Path, ...], tmp_path: Path, text: str, expected: str
) -> None:
    page = Page(id="index", title="Start", markdown=text)
    document = replace(german, pages=(page,))

    build_site((document,), look=Look(folders=theme), into=tmp_path)

    assert expected in (tmp_path / "index.html").read_text("utf-8")


def test_a_pdf_that_is_there_already_stays(
    german: Document, english: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    (tmp_path / "guideline-de.pdf").write_bytes(b"%PDF-")

    build_site((german, english), look=Look(folders=theme), into=tmp_path)

    assert (tmp_path / "guideline-de.pdf").read_bytes() == b"%PDF-"
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith(".")]


def test_a_broken_template_is_named_with_its_line(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    own = tmp_path / "own"
    (own / "partials").mkdir(parents=True)
    footer = own / "partials" / "footer.html"
    footer.write_text("<footer>\n{{ nothing( }}\n</footer>")

    with pytest.raises(SiteError) as caught:
        build_site((german,), look=Look(folders=(own, *theme)), into=tmp_path / "site")

    assert caught.value.path == footer
    assert caught.value.line == 2


def test_an_unknown_extension_of_markdown_is_an_error(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    document = replace(german, markdown_extensions=("nonsense",))

    with raises(RenderError, match="nonsense"):
        build_site((document,), look=Look(folders=theme), into=tmp_path)


def test_a_link_to_nowhere_is_an_error_that_names_page_and_link(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    page = Page(id="index", title="Start", markdown="# A\n\n[x](nowhere.md)\n")

    with raises(RenderError, match=r"Start.*nowhere\.md"):
        build_site(
            (replace(german, pages=(page,)),), look=Look(folders=theme), into=tmp_path
        )


def test_nothing_is_printed_and_nothing_is_left_behind(
    german: Document,
    theme: tuple[Path, ...],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Material sets it once, as Python imports it.
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "true")
    logger = logging.getLogger("mkdocs")
    before = (dict(os.environ), list(logger.handlers), logger.propagate)

    build_site((german,), look=Look(folders=theme), into=tmp_path)

    assert capfd.readouterr() == ("", "")
    after = (dict(os.environ), list(logger.handlers), logger.propagate)
    assert after == before


@pytest.mark.parametrize("value", ["abc", "", "99999999999999999999"])
def test_a_time_in_the_environment_that_is_none_is_said(
    value: str,
    german: Document,
    theme: tuple[Path, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)

    with raises(SiteError, match=rf"“{value}” in .* SOURCE_DATE_EPOCH is no time"):
        build_site((german,), look=Look(folders=theme), into=tmp_path)


def test_the_author_hears_of_a_corrected_colour(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    built = build_site(
        (replace(german, brand_color="#ffd400"),),
        look=Look(folders=theme),
        into=tmp_path,
    )

    assert built.notes == (
        Note(
            message="site-color-corrected",
            values={"old": "#ffd400", "new": "#806a00"},
        ),
    )


def test_a_logo_stands_in_the_header(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    logo = Asset(path="images/logo.svg", content=b"<svg/>")

    build_site((replace(german, logo=logo),), look=Look(folders=theme), into=tmp_path)

    page = (tmp_path / "contact.html").read_text("utf-8")
    assert '<img class="gg-logo" src="images/logo.svg" alt="Nordlicht' in page
    assert (tmp_path / "images" / "logo.svg").read_bytes() == b"<svg/>"


def test_a_second_build_does_not_remember_the_first(
    german: Document, english: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    build_site((german,), look=Look(folders=theme), into=tmp_path / "de")
    build_site((english,), look=Look(folders=theme), into=tmp_path / "en")
    shutil.rmtree(tmp_path / "de")
    build_site((german,), look=Look(folders=theme), into=tmp_path / "de")

    assert "Suche" not in (tmp_path / "en" / "index.html").read_text("utf-8")
    assert "Suche" in (tmp_path / "de" / "index.html").read_text("utf-8")


def test_the_clock_of_templates_is_the_guidelines(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    footer = tmp_path / "own" / "partials" / "footer.html"
    footer.parent.mkdir(parents=True)
    footer.write_text("<footer>{{ build_date_utc }} {{ page.update_date }}</footer>")
    look = Look(folders=(tmp_path / "own", *theme))

    build_site((german,), look=look, into=tmp_path / "site")

    page = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "<footer>2026-12-01 00:00:00+00:00 2026-12-01</footer>" in page


def test_a_mistake_in_a_template_that_shows_when_it_runs_is_named_with_its_line(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    footer = tmp_path / "own" / "partials" / "footer.html"
    footer.parent.mkdir(parents=True)
    footer.write_text("<footer>\n{{ 1 / 0 }}\n</footer>")
    look = Look(folders=(tmp_path / "own", *theme))

    with raises(SiteError, match="division by zero") as caught:
        build_site((german,), look=look, into=tmp_path / "site")

    assert (caught.value.path, caught.value.line) == (footer, 2)


def test_a_link_to_nowhere_is_found_in_the_authors_file(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    source = "## A\n\n[x](nowhere.md)\n"
    own = tmp_path / "sections" / "de" / "nice.md"
    section = RenderedSection(path=own, source=source, markdown=source)
    page = Page(id="index", title="Start", markdown=source, sections=(section,))

    with raises(RenderError, match=r"nowhere\.md") as caught:
        build_site(
            (replace(german, pages=(page,)),),
            look=Look(folders=theme),
            into=tmp_path / "site",
        )

    assert (caught.value.path, caught.value.line) == (own, 3)
