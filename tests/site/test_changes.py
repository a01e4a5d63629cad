from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from tests.archives import REDLINE, archive_of, draft, released
from tests.wording import raises

from guidegen.errors import SiteError
from guidegen.model.document import Document, Page
from guidegen.model.text import LocalText
from guidegen.release.validity import validities
from guidegen.site import Look, build_site

pytestmark = pytest.mark.slow

HOSTILE = '<script>alert(1)</script> & "Söhne" {{7*7}} ]]> *GmbH*'


def _pages(site: Path) -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in site.glob("*.html")}


def test_a_draft_says_so_on_every_page_and_stays_out_of_search_engines(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    build_site((draft(german, "1.0.0"),), look=Look(folders=theme), into=tmp_path)

    pages = _pages(tmp_path)
    assert set(pages) == {"index", "taboo-topics", "contact"}
    for text in pages.values():
        bar = text.partition('<aside class="gg-state gg-state--draft"')[2]
        assert "Entwurf für 1.0.0. Diese Fassung gilt noch nicht." in bar
        assert "<title>Entwurf: " in text
        assert '<meta name="robots" content="noindex">' in text
        assert "</a>" not in bar.partition("</aside>")[0]


def test_a_release_has_no_bar_and_no_robots_rule(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    document = released(german, "1.0.0")
    archive = archive_of(tmp_path / "r", (document,), ["1.0.0"], shown="1.0.0")

    build_site(
        (document,), look=Look(folders=theme), into=tmp_path / "s", archive=archive
    )

    for text in _pages(tmp_path / "s").values():
        assert "gg-state" not in text
        assert "noindex" not in text
        assert "Entwurf" not in text


def test_a_version_for_a_later_day_says_so_above_every_title_and_with_the_search(
    german: Document, english: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    documents = (released(german, "2.0.0"), released(english, "2.0.0"))
    plain = archive_of(
        tmp_path / "r", documents, ["1.0.0", "1.1.0", "2.0.0"], shown="2.0.0"
    )
    *others, last = plain.releases
    releases = (*others, replace(last, valid_from=dt.date(2027, 4, 1)))
    archive = replace(plain, releases=releases, validities=validities(releases, {}))

    site = tmp_path / "s"
    build_site(documents, look=Look(folders=theme), into=site, archive=archive)

    said = "Gilt ab 1. April 2027.</strong> Bis dahin gilt <a"
    for name, text in _pages(site).items():
        notice = text.partition('class="gg-state gg-state--validity"')[2]
        found = notice.partition("</aside>")[0]
        assert said in found, name
        assert 'href="versions/1.1.0/index.html">Fassung 1.1.0</a>.' in found
        assert text.index("gg-state--validity") < text.index("<h1"), name
        # Whoever searches sees it, and another search engine may show it.
        results = text.partition('aria-label="Suchergebnisse"')[2]
        assert said in results.partition('data-md-component="search-result"')[0]
        about = "Gilt ab 1. April 2027. Bis dahin gilt Fassung 1.1.0."
        assert f'<meta name="description" content="{about}">' in text
        assert "noindex" not in text
    english_text = (site / "en/contact.html").read_text("utf-8")
    assert "Valid from 1 April 2027.</strong> Until then, <a" in english_text
    assert 'href="../versions/1.1.0/en/index.html">version 1.1.0</a>' in english_text
    old = (site / "versions/1.1.0/index.html").read_text("utf-8")
    assert "Gilt bis 31. März 2027.</strong> Ab 1. April 2027: <a" in old
    assert 'href="../../index.html">Fassung 2.0.0</a>' in old
    assert "Gilt ab 1. April 2027" in (site / "changes.xml").read_text("utf-8")


def test_before_the_second_release_there_is_no_page_of_changes(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    document = released(german, "1.0.0")
    archive = archive_of(tmp_path / "r", (document,), ["1.0.0"], shown="1.0.0")

    build_site(
        (document,), look=Look(folders=theme), into=tmp_path / "s", archive=archive
    )

    assert not (tmp_path / "s" / "changes.html").exists()
    assert not (tmp_path / "s" / "versions").exists()
    assert "Was ist neu?</a>" not in _pages(tmp_path / "s")["index"]
    assert (tmp_path / "s" / "changes.xml").is_file()


def test_the_page_of_changes_tells_each_release_newest_first(
    german: Document, english: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    documents = (released(german, "2.0.0"), released(english, "2.0.0"))
    versions = ["1.0.0", "1.1.0", "1.1.1", "2.0.0"]
    archive = archive_of(tmp_path / "r", documents, versions, shown="2.0.0")

    build_site(
        documents, look=Look(folders=theme), into=tmp_path / "s", archive=archive
    )

    text = (tmp_path / "s" / "changes.html").read_text("utf-8")
    assert re.findall(r'<h2 id="([^"]+)">', text) == [
        "v-2-0-0",
        "v-1-1-1",
        "v-1-1-0",
        "v-1-0-0",
    ]
    assert re.findall(r'gg-step--(\w+)">', text) == ["major", "patch", "minor", "first"]
    assert re.findall(r'<time datetime="([^"]+)">([^<]+)<', text)[0] == (
        "2027-03-04",
        "Gilt ab 4. März 2027",
    )
    assert text.count(REDLINE) == 3
    assert text.count('<details class="gg-text-changes" open>') == 1
    assert text.index("gg-text-changes") == text.index('gg-text-changes" open')
    assert 'href="index.html">Fassung 2.0.0 lesen' in text
    assert 'href="guideline-de.pdf" type="application/pdf">Fassung 2.0.0' in text
    assert 'href="versions/1.0.0/index.html">Fassung 1.0.0 lesen' in text
    assert 'href="versions/1.0.0/guideline-de-1.0.0.pdf"' in text
    assert "Zum Windpark spricht nur noch die Pressestelle." in text
    other = (tmp_path / "s" / "en" / "changes.html").read_text("utf-8")
    assert 'href="../versions/1.0.0/en/index.html">Read version 1.0.0' in other
    assert 'href="../versions/1.0.0/guideline-en-1.0.0.pdf"' in other
    assert 'hreflang="de" href="../changes.html"' in other


def test_the_page_of_changes_is_in_the_navigation_but_not_in_the_search(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    document = released(german, "1.1.0")
    archive = archive_of(tmp_path / "r", (document,), ["1.0.0", "1.1.0"], shown="1.1.0")

    build_site(
        (document,), look=Look(folders=theme), into=tmp_path / "s", archive=archive
    )

    for text in _pages(tmp_path / "s").values():
        assert re.search(r'<a href="changes.html"[^>]*>Was ist neu\?</a>', text)
        assert '<dd><a href="changes.html">1.1.0</a></dd>' in text
    index = json.loads((tmp_path / "s/search/search_index.json").read_text("utf-8"))
    assert {entry["location"].partition("#")[0] for entry in index["docs"]} == {
        "index.html",
        "taboo-topics.html",
        "contact.html",
    }


def test_the_news_stand_on_the_front_page_only(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    document = released(german, "2.0.0", news="Zum Windpark: nur die Pressestelle.")
    archive = archive_of(tmp_path / "r", (document,), ["1.0.0", "2.0.0"], shown="2.0.0")

    build_site(
        (document,), look=Look(folders=theme), into=tmp_path / "s", archive=archive
    )

    pages = _pages(tmp_path / "s")
    box = pages["index"].partition('class="gg-news"')[2].partition("</aside>")[0]
    assert "Neu in dieser Fassung" in box
    assert "Zum Windpark: nur die Pressestelle." in box
    assert 'href="changes.html"' in box
    # On the first screen, before the title.
    assert (
        pages["index"].index("gg-hero")
        < pages["index"].index("gg-news")
        < pages["index"].index("<h1")
    )
    assert [name for name, text in pages.items() if "gg-news" in text] == ["index"]


@pytest.mark.parametrize("applied", [False, True])
def test_who_never_met_a_version_hears_from_the_next_one_what_it_brought(
    german: Document, theme: tuple[Path, ...], tmp_path: Path, *, applied: bool
) -> None:
    document = released(german, "2.1.0")
    plain = archive_of(
        tmp_path / "r", (document,), ["1.0.0", "2.0.0", "2.1.0"], shown="2.1.0"
    )
    first, *later = plain.releases
    days = (dt.date(2027, 4, 1), dt.date(2027, 5 if applied else 4, 1))
    dated = (
        replace(each, valid_from=day) for each, day in zip(later, days, strict=True)
    )
    releases = (first, *dated)
    archive = replace(plain, releases=releases, validities=validities(releases, {}))

    site = tmp_path / "s"
    build_site((document,), look=Look(folders=theme), into=site, archive=archive)

    pages = _pages(site)
    box = pages["index"].partition('class="gg-news"')[2].partition("</aside>")[0]
    assert ("Zum Windpark" in box) is not applied
    entry = pages["changes"].partition('id="v-2-1-0"')[2].partition("</section>")[0]
    step = "keine neue Regel" if applied else "bitte neu lesen"
    assert step in entry
    title = "Fassung 2.1.0: " + (
        "Ergänzt oder angepasst – keine neue Regel"
        if applied
        else "Neue oder strengere Regel – bitte neu lesen"
    )
    assert f"<title>{title}</title>" in (site / "changes.xml").read_text("utf-8")


def test_news_without_a_page_of_changes_link_nowhere(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    document = released(german, "1.0.0", news="Das ist neu.")

    build_site((document,), look=Look(folders=theme), into=tmp_path)

    box = _pages(tmp_path)["index"].partition('class="gg-news"')[2]
    assert "<a" not in box.partition("</aside>")[0]


def test_a_draft_leads_to_the_version_that_is_in_force(
    german: Document, english: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    documents = (draft(german, "1.2.0"), draft(english, "1.2.0"))
    archive = archive_of(tmp_path / "r", documents, ["1.0.0", "1.1.0"])

    build_site(
        documents, look=Look(folders=theme), into=tmp_path / "s", archive=archive
    )

    german_bar = _pages(tmp_path / "s")["contact"].partition("gg-state")[2]
    english_bar = _pages(tmp_path / "s" / "en")["contact"].partition("gg-state")[2]
    assert 'href="versions/1.1.0/index.html">Fassung 1.1.0</a>' in german_bar
    assert 'href="../versions/1.1.0/en/index.html">Version 1.1.0</a>' in english_bar
    changes = _pages(tmp_path / "s")["changes"]
    assert 'href="versions/1.1.0/index.html">Fassung 1.1.0 lesen' in changes


def test_a_language_tells_only_of_releases_that_it_had(
    german: Document, english: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    documents = (released(german, "1.2.0"), released(english, "1.2.0"))
    whole = archive_of(
        tmp_path / "r", documents, ["1.0.0", "1.1.0", "1.2.0"], shown="1.2.0"
    )
    first, second, third = whole.releases
    only_german = {"de": first.documents["de"]}
    archive = replace(
        whole,
        releases=(
            replace(first, documents=only_german),
            replace(second, documents={"de": second.documents["de"]}),
            third,
        ),
    )

    build_site(
        documents, look=Look(folders=theme), into=tmp_path / "s", archive=archive
    )

    assert (tmp_path / "s" / "changes.html").is_file()
    assert not (tmp_path / "s" / "en" / "changes.html").exists()
    switch = _pages(tmp_path / "s")["changes"].partition('hreflang="en"')[2]
    assert switch.startswith(' href="en/index.html"')


def test_notes_and_news_are_text(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    document = released(german, "2.0.0", news=HOSTILE)
    plain = archive_of(tmp_path / "r", (document,), ["1.0.0", "2.0.0"], shown="2.0.0")
    releases = tuple(
        replace(release, notes=LocalText.of({"de": HOSTILE}))
        for release in plain.releases
    )
    archive = replace(plain, releases=releases)

    build_site(
        (document,), look=Look(folders=theme), into=tmp_path / "s", archive=archive
    )

    for name in ("index", "changes"):
        text = _pages(tmp_path / "s")[name]
        assert "<script>" not in text
        assert HOSTILE in unescape(text)


@pytest.mark.parametrize("name", ["changes", "versions"])
def test_a_page_must_not_take_a_name_that_the_site_needs(
    german: Document, theme: tuple[Path, ...], tmp_path: Path, name: str
) -> None:
    page = Page(id=name, title="Eigene", markdown="# Eigene\n")
    document = replace(german, pages=(*german.pages, page))

    with raises(SiteError, match=f"“{name}”"):
        build_site((document,), look=Look(folders=theme), into=tmp_path)


@pytest.mark.slow
def test_a_hundred_releases_stay_a_page_that_opens_at_once(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    versions = [f"1.{minor}.0" for minor in range(100)]
    document = released(german, versions[-1])
    archive = archive_of(tmp_path / "r", (document,), versions, shown=versions[-1])
    bare = archive_of(
        tmp_path / "bare", (document,), versions, shown=versions[-1], redline=""
    )

    build_site(
        (document,), look=Look(folders=theme), into=tmp_path / "s", archive=archive
    )
    build_site((document,), look=Look(folders=theme), into=tmp_path / "t", archive=bare)

    text = (tmp_path / "s" / "changes.html").read_text("utf-8")
    around = (tmp_path / "t" / "changes.html").stat().st_size
    assert text.count("<details") == 99
    assert around < 150_000
