from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html  # type: ignore[import-untyped]
from tests.archives import archive_of, draft, released
from tests.wording import raises

from guidegen.errors import ReleaseError, SiteError
from guidegen.model.document import Asset, Document
from guidegen.model.release import Release, Withdrawal
from guidegen.model.text import LocalText
from guidegen.release.validity import validities
from guidegen.site import Archive, LastBuild, Look, build_site

pytestmark = pytest.mark.slow

HOSTILE = 'A&B "Söhne" <script>alert(1)</script> {{7*7}} *GmbH*'
VERSIONS = ["1.0.0", "1.1.0", "2.0.0"]


class _Addresses(HTMLParser):
    """What a page links to or loads, and the anchors that it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        for name, value in attrs:
            if name in {"href", "src", "data-base"} and value is not None:
                self.found.append(value)
            if name == "id" and value:
                self.anchors.add(value)


def dead_links(site: Path) -> list[str]:
    """Return the links of all pages that lead nowhere within the site."""
    pages = {path.resolve(): path.read_text("utf-8") for path in site.rglob("*.html")}
    read = {path: _Addresses(text) for path, text in pages.items()}
    dead = []
    for path, page in read.items():
        for address in page.found:
            parts = urlsplit(address)
            made_elsewhere = re.fullmatch(r"(\.\./)*guideline-..\.pdf", parts.path)
            if parts.scheme or parts.netloc or made_elsewhere:
                continue
            target = path.parent / unquote(parts.path) if parts.path else path
            target = target.resolve()
            if not target.exists() or (
                parts.fragment
                and not parts.fragment.startswith("__")
                and target in read
                and parts.fragment not in read[target].anchors
            ):
                dead.append(f"{path.relative_to(site.resolve())}: {address}")
    return dead


def left_out(frozen: str, shown: str) -> list[str]:
    """Return the texts, links and ids of a frozen article that a page does not have."""
    old = html.fromstring(f"<div>{frozen}</div>")
    [new] = html.fromstring(shown).xpath("//article")
    text = " ".join(new.text_content().split())
    texts = (" ".join(each.split()) for each in old.itertext())
    missing = [each for each in texts if each not in text]
    for what in ("//a/@href", "//@id", "//img/@alt"):
        there = new.xpath(f".{what}")
        missing += [each for each in old.xpath(f".{what}") if each not in there]
    # Where the guide led to a topic, it shows the topic itself.
    topics = new.xpath(".//details/@id")
    return [each for each in missing if each.partition("#")[2] not in topics]


def _bytes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _built(
    tmp_path: Path,
    theme: tuple[Path, ...],
    documents: tuple[Document, ...],
    archive: Archive,
    name: str = "site",
) -> Path:
    site = tmp_path / name
    build_site(documents, look=Look(folders=theme), into=site, archive=archive)
    return site


@pytest.fixture
def documents(german: Document, english: Document) -> tuple[Document, ...]:
    return (released(german, "2.0.0"), released(english, "2.0.0"))


@pytest.fixture
def archive(tmp_path: Path, documents: tuple[Document, ...]) -> Archive:
    return archive_of(tmp_path / "releases", documents, VERSIONS, shown="2.0.0")


@pytest.fixture
def one_language(german: Document) -> tuple[Document, ...]:
    return (released(german, "2.0.0"),)


@pytest.fixture
def small_archive(tmp_path: Path, one_language: tuple[Document, ...]) -> Archive:
    """Return what is enough to see whether something old is taken back."""
    versions = ["1.0.0", "2.0.0"]
    return archive_of(tmp_path / "releases", one_language, versions, shown="2.0.0")


def test_each_release_that_is_not_at_the_root_can_still_be_read(
    theme: tuple[Path, ...],
    tmp_path: Path,
    documents: tuple[Document, ...],
    archive: Archive,
) -> None:
    site = _built(tmp_path, theme, documents, archive)

    assert {path.name for path in (site / "versions").iterdir()} == {
        "1.0.0",
        "1.1.0",
        "files",
    }
    assert set(_bytes(site / "versions" / "1.0.0")) == {
        "index.html",
        "taboo-topics.html",
        "contact.html",
        "guideline-de-1.0.0.pdf",
        "guideline-en-1.0.0.pdf",
        "en/index.html",
        "en/taboo-topics.html",
        "en/contact.html",
    }
    for release in archive.under_versions:
        for language, folder in (("de", ""), ("en", "en/")):
            frozen = release.folder / language
            place = site / "versions" / release.version
            for page in release.documents[language].pages:
                shown = (place / folder / f"{page.id}.html").read_text("utf-8")
                article = (frozen / f"{page.id}.html").read_text("utf-8")
                assert left_out(article, shown) == []
            pdf = place / f"guideline-{language}-{release.version}.pdf"
            released_pdf = release.folder / f"guideline-{language}.pdf"
            assert pdf.read_bytes() == released_pdf.read_bytes()


def test_a_released_picture_is_shown_without_what_is_no_picture(
    theme: tuple[Path, ...], tmp_path: Path, german: Document
) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>x</script><rect/></svg>'
    logo = Asset(path="images/logo.svg", content=svg.encode())
    documents = (replace(german, logo=logo),)
    archive = archive_of(tmp_path / "releases", documents, VERSIONS, shown="2.0.0")

    site = _built(tmp_path, theme, documents, archive)

    [shown] = (site / "versions" / "files").glob("*.svg")
    assert "<rect" in shown.read_text("utf-8")
    assert "script" not in shown.read_text("utf-8")
    frozen = archive.releases[0].folder / "de" / "images" / "logo.svg"
    assert frozen.read_text("utf-8") == svg


@pytest.mark.parametrize(
    "name", ["../stolen", "versions/../../stolen", "index.html", "/etc/hostname"]
)
def test_a_record_that_names_other_places_is_not_used(
    name: str,
    theme: tuple[Path, ...],
    tmp_path: Path,
    one_language: tuple[Document, ...],
    small_archive: Archive,
) -> None:
    look, record = Look(folders=theme), tmp_path / "work" / "versions.json"
    last = LastBuild(site=tmp_path / "one", record=record)
    build_site(
        one_language, look=look, into=last.site, archive=small_archive, last=last
    )
    stolen = tmp_path / "stolen"
    stolen.write_text("x", encoding="utf-8")
    made = json.loads(record.read_text("utf-8"))
    digest = hashlib.sha256(b"x").hexdigest()
    record.write_text(
        json.dumps(
            {version: (key, {name: digest}) for version, (key, _) in made.items()}
        ),
        encoding="utf-8",
    )

    into = tmp_path / "deep" / "two"
    build_site(one_language, look=look, into=into, archive=small_archive, last=last)

    assert not (tmp_path / "deep" / "stolen").exists()
    assert _bytes(into) == _bytes(last.site)


def test_each_page_of_an_old_version_says_whom_to_ask_in_the_words_of_then(
    theme: tuple[Path, ...], tmp_path: Path, german: Document
) -> None:
    front, *others = german.pages
    asked = "\n\n## Fragen? {: #questions }\n\nFrag **Mira Jansen**: [Chat](https://c.example)\n"
    pages = (replace(front, markdown=front.markdown + asked), *others)
    documents = (replace(german, pages=pages, contacts=()),)
    archive = archive_of(tmp_path / "releases", documents, VERSIONS, shown="2.0.0")

    site = _built(tmp_path, theme, documents, archive)

    shown = {
        path.stem: path.read_text("utf-8")
        for path in (site / "versions" / "1.0.0").glob("*.html")
    }
    assert {
        page: text.count('<section class="gg-contact"') for page, text in shown.items()
    } == {
        "index": 1,
        "taboo-topics": 1,
        "contact": 0,
    }
    assert "Mira Jansen" in shown["taboo-topics"]


def test_a_notice_says_until_when_a_version_is_valid_and_leads_to_the_same_page(
    theme: tuple[Path, ...],
    tmp_path: Path,
    documents: tuple[Document, ...],
    archive: Archive,
) -> None:
    site = _built(tmp_path, theme, documents, archive)

    folder = site / "versions" / "1.0.0"
    text = (folder / "contact.html").read_text("utf-8")
    bar = text.partition('gg-state--validity"')[2].partition("</aside>")[0]
    assert "<strong>Gilt bis 31. Dezember 2026.</strong> Ab 1. Januar 2027: " in bar
    assert 'href="../../versions/1.1.0/contact.html">Fassung 1.1.0</a>.' in bar
    assert 'href="../../changes.html">Alle Fassungen</a>' in bar
    assert 'content="Gilt bis 31. Dezember 2026. Ab 1. Januar 2027: Fass' in text
    english = (folder / "en" / "contact.html").read_text("utf-8")
    place = "../../../versions/1.1.0/en/contact.html"
    assert f'href="{place}">version 1.1.0</a>.' in english
    last = (site / "versions/1.1.0/contact.html").read_text("utf-8")
    assert 'href="../../contact.html">Fassung 2.0.0</a>.' in last
    assert '<meta name="robots" content="noindex">' in text
    assert "<title>Kontakt – Fassung 1.0.0 – Social-Media-Guideline" in text
    assert "Nächste Durchsicht" not in text
    assert "<dd>1.0.0</dd>" in text


def test_a_page_that_is_gone_leads_to_the_front_page(
    theme: tuple[Path, ...],
    tmp_path: Path,
    documents: tuple[Document, ...],
    archive: Archive,
) -> None:
    german = replace(documents[0], pages=(documents[0].pages[0],))
    front = replace(german.pages[0], markdown="# Neu\n")
    german = replace(german, pages=(front,))

    site = _built(tmp_path, theme, (german,), archive)

    folder = site / "versions" / "1.1.0"
    contact = (folder / "contact.html").read_text("utf-8")
    english = (folder / "en" / "contact.html").read_text("utf-8")
    assert 'href="../../index.html">Fassung 2.0.0</a>' in contact
    assert 'href="../../../index.html">version 2.0.0</a>' in english
    assert dead_links(site) == []


def test_why_a_version_was_withdrawn_is_text_on_its_pages(
    theme: tuple[Path, ...],
    tmp_path: Path,
    documents: tuple[Document, ...],
    archive: Archive,
) -> None:
    day = dt.date(2027, 1, 20)
    withdrawal = Withdrawal(
        version="1.1.0",
        digest="0",
        by="Jana",
        on=day,
        reason=LocalText.of({"de": HOSTILE, "en": HOSTILE}),
    )
    withdrawn = replace(
        archive,
        withdrawals={"1.1.0": withdrawal},
        validities=validities(archive.releases, {"1.1.0": day}),
    )

    site = _built(tmp_path, theme, documents, withdrawn)

    for path in (*site.glob("versions/1.1.0/*.html"), site / "changes.html"):
        text = path.read_text("utf-8")
        assert "<script>alert" not in text, path
        assert 'A&B "' not in text
    page = html.parse(site / "versions/1.1.0/index.html")
    [about] = page.xpath('//meta[@name="description"]/@content')
    assert about == (
        f"Am 20. Januar 2027 zurückgezogen. Grund: {HOSTILE}."
        " Ab 20. Januar 2027: Fassung 1.0.0."
    )
    assert dead_links(site) == []


def test_beside_a_draft_the_last_release_says_from_when_it_is_valid(
    theme: tuple[Path, ...],
    tmp_path: Path,
    german: Document,
    english: Document,
) -> None:
    documents = (draft(german, "2.1.0"), draft(english, "2.1.0"))
    archive = archive_of(tmp_path / "releases", documents, VERSIONS)

    site = _built(tmp_path, theme, documents, archive)

    last = (site / "versions" / "2.0.0" / "contact.html").read_text("utf-8")
    old = (site / "versions" / "1.1.0" / "en" / "contact.html").read_text("utf-8")
    assert "<strong>Gilt ab 1. Februar 2027.</strong> Die nächste Fassung ist" in last
    assert 'href="../../contact.html">Zum Entwurf' in last
    assert "Nächste Durchsicht" in last
    assert 'href="../../../versions/2.0.0/en/contact.html">version 2.0.0' in old
    assert dead_links(site) == []


def test_every_link_of_every_page_leads_somewhere(
    theme: tuple[Path, ...],
    tmp_path: Path,
    documents: tuple[Document, ...],
    archive: Archive,
) -> None:
    logo = Asset(path="images/logo.svg", content=b"<svg/>")
    with_logo = tuple(replace(document, logo=logo) for document in documents)
    old = archive_of(tmp_path / "logo", with_logo, VERSIONS, shown="2.0.0")

    site = _built(tmp_path, theme, documents, archive)
    logos = _built(tmp_path, theme, with_logo, old, "logos")

    assert dead_links(site) == []
    assert dead_links(logos) == []
    text = (logos / "versions/1.0.0/en/index.html").read_text("utf-8")
    assert re.search(r'class="gg-logo" src="../../../versions/files/\w+\.svg"', text)


def test_a_version_adds_its_pages_and_pdfs_and_nothing_else(
    theme: tuple[Path, ...], tmp_path: Path, documents: tuple[Document, ...]
) -> None:
    few = archive_of(tmp_path / "few", documents, VERSIONS, shown="2.0.0")
    many = archive_of(
        tmp_path / "many", documents, [*VERSIONS[:-1], "1.2.0", "2.0.0"], shown="2.0.0"
    )

    before = _bytes(_built(tmp_path, theme, documents, few, "before"))
    after = _bytes(_built(tmp_path, theme, documents, many, "after"))

    added = set(after) - set(before)
    assert len(added) == 8
    assert all(name.startswith("versions/1.2.0/") for name in added)


def test_no_old_page_is_found_by_the_search(
    theme: tuple[Path, ...],
    tmp_path: Path,
    documents: tuple[Document, ...],
    archive: Archive,
) -> None:
    site = _built(tmp_path, theme, documents, archive)

    for path in site.rglob("search_index.json"):
        assert "versions" not in path.read_text("utf-8")


def test_old_pages_have_the_policy_and_neither_scripts_nor_styles_in_them(
    theme: tuple[Path, ...],
    tmp_path: Path,
    documents: tuple[Document, ...],
    archive: Archive,
) -> None:
    site = _built(tmp_path, theme, documents, archive)

    for path in (site / "versions").rglob("*.html"):
        text = path.read_text("utf-8")
        head = text.partition("<head>")[2].lstrip()
        assert head.startswith('<meta http-equiv="Content-Security-Policy"'), path
        assert not re.search(r"<style|\sstyle=|\son\w+=", text), path
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text)), path


def test_a_hostile_release_is_text_everywhere(
    theme: tuple[Path, ...],
    tmp_path: Path,
    documents: tuple[Document, ...],
    archive: Archive,
) -> None:
    first = archive.releases[0]
    hostile = replace(
        first.documents["de"],
        title=HOSTILE,
        company=HOSTILE,
        running_texts={"owner": HOSTILE, "version": HOSTILE},
        pages=tuple(
            replace(page, title=HOSTILE) for page in first.documents["de"].pages
        ),
    )
    releases = (replace(first, documents={"de": hostile}), *archive.releases[1:])

    site = _built(tmp_path, theme, documents, replace(archive, releases=releases))

    for path in (site / "versions" / "1.0.0").glob("*.html"):
        text = path.read_text("utf-8")
        assert "<script>" not in text
        assert "&amp;amp;" not in text
        assert text.count("&lt;script&gt;") >= 8


def test_a_frozen_file_that_was_changed_is_refused(
    theme: tuple[Path, ...],
    tmp_path: Path,
    documents: tuple[Document, ...],
    archive: Archive,
) -> None:
    article = archive.releases[0].folder / "en" / "taboo-topics.html"
    article.write_text("<p>Something else.</p>")

    with raises(ReleaseError, match="not what was released") as caught:
        _built(tmp_path, theme, documents, archive)

    assert caught.value.path == article


def test_a_frozen_file_that_is_gone_is_named(
    theme: tuple[Path, ...],
    tmp_path: Path,
    documents: tuple[Document, ...],
    archive: Archive,
) -> None:
    pdf = archive.releases[0].folder / "guideline-en.pdf"
    pdf.unlink()

    with raises(ReleaseError, match="the release has no such file") as caught:
        _built(tmp_path, theme, documents, archive)

    assert getattr(caught.value, "path", None) == pdf


def test_a_build_with_old_versions_is_the_same_anywhere(
    theme: tuple[Path, ...],
    tmp_path: Path,
    documents: tuple[Document, ...],
    archive: Archive,
) -> None:
    elsewhere = archive_of(tmp_path / "else/where", documents, VERSIONS, shown="2.0.0")

    one = _built(tmp_path, theme, documents, archive, "one")
    two = _built(tmp_path, theme, documents, elsewhere, "deep/er/two")

    assert _bytes(one) == _bytes(two)


class _Builds:
    """Builds again and again, each time from the site before."""

    def __init__(self, theme: tuple[Path, ...], folder: Path) -> None:
        self._theme = theme
        self._folder = folder
        self.site = folder / "site"
        self.left = folder / "left"
        """The site before the last one."""

    def build(
        self,
        documents: tuple[Document, ...],
        archive: Archive,
        *,
        trusted: bool = True,
    ) -> None:
        new = self._folder / "new"
        build_site(
            documents,
            look=Look(folders=self._theme),
            into=new,
            archive=archive,
            last=LastBuild(
                site=self.site,
                record=self._folder / "versions.json",
                left=self.left,
                trusted=trusted,
            ),
        )
        shutil.rmtree(self.left, ignore_errors=True)
        if self.site.exists():
            self.site.rename(self.left)
        new.rename(self.site)

    def number(self, name: str) -> int:
        """Return what tells a file from one that was written anew."""
        return (self.site / name).stat().st_ino


PAGE = "versions/1.0.0/contact.html"


@pytest.fixture
def builds(theme: tuple[Path, ...], tmp_path: Path) -> _Builds:
    return _Builds(theme, tmp_path)


def test_what_has_not_changed_is_carried_over(
    builds: _Builds, documents: tuple[Document, ...], archive: Archive
) -> None:
    builds.build(documents, archive)
    before, numbers = _bytes(builds.site), builds.number(PAGE)
    changed = replace(documents[0].pages[0], markdown="# Anders\n")
    other = replace(documents[0], pages=(changed, *documents[0].pages[1:]))

    builds.build((other, documents[1]), archive)

    after = _bytes(builds.site)
    assert builds.number(PAGE) == numbers
    assert {name: digest for name, digest in after.items() if "versions/" in name} == {
        name: digest for name, digest in before.items() if "versions/" in name
    }


def test_folders_of_old_versions_are_taken_back(
    builds: _Builds, documents: tuple[Document, ...], archive: Archive
) -> None:
    builds.build(documents, archive)
    folder, before = builds.number("versions/1.0.0"), _bytes(builds.site)

    builds.build(documents, archive)
    assert builds.number("versions/1.0.0") != folder
    builds.build(documents, archive)

    assert builds.number("versions/1.0.0") == folder
    assert _bytes(builds.site) == before
    builds.build(documents, archive, trusted=False)
    assert _bytes(builds.site) == before


def _add(folder: Path) -> None:
    (folder / "added.html").write_text("added")


def _add_below(folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "added.html").write_text("added")


def _change(folder: Path) -> None:
    page = folder / "contact.html"
    page.unlink()
    page.write_text("changed")


def _lose(folder: Path) -> None:
    (folder / "contact.html").unlink()


def _link_page(folder: Path) -> None:
    page = folder / "contact.html"
    moved = page.rename(folder.parents[1] / "moved.html")
    page.symlink_to(moved)


def _link_folder(folder: Path) -> None:
    moved = folder.rename(folder.parents[1] / "moved")
    folder.symlink_to(moved)


def _link_all(folder: Path) -> None:
    _link_folder(folder.parent)


@pytest.mark.parametrize(
    "spoil",
    [_add, _add_below, _change, _lose, _link_page, _link_folder, _link_all],
)
def test_a_folder_is_not_taken_back_if_it_is_not_what_it_was(
    spoil: Callable[[Path], None],
    builds: _Builds,
    one_language: tuple[Document, ...],
    small_archive: Archive,
) -> None:
    builds.build(one_language, small_archive)
    folder, before = builds.number("versions/1.0.0"), _bytes(builds.site)
    builds.build(one_language, small_archive)
    spoil(builds.left / "versions" / "1.0.0")

    builds.build(one_language, small_archive)

    assert builds.number("versions/1.0.0") != folder
    assert not [path for path in builds.site.rglob("*") if path.is_symlink()]
    assert _bytes(builds.site) == before


def test_a_page_that_somebody_changed_is_written_anew(
    builds: _Builds, documents: tuple[Document, ...], archive: Archive
) -> None:
    builds.build(documents, archive)
    before = _bytes(builds.site)
    (builds.site / PAGE).write_text("changed")

    builds.build(documents, archive)

    assert _bytes(builds.site) == before


def test_a_site_and_a_record_that_somebody_made_up_are_not_believed(
    builds: _Builds, tmp_path: Path, documents: tuple[Document, ...], archive: Archive
) -> None:
    builds.build(documents, archive)
    before = _bytes(builds.site)
    page, record = builds.site / PAGE, tmp_path / "versions.json"
    old = hashlib.sha256(page.read_bytes()).hexdigest()
    page.write_text("Anybody may say anything.")
    new = hashlib.sha256(page.read_bytes()).hexdigest()
    record.write_text(record.read_text().replace(old, new))

    builds.build(documents, archive, trusted=False)

    assert _bytes(builds.site) == before


@pytest.mark.parametrize("name", ["../a", "versions/../../a", "/etc/a", "index.html"])
def test_a_record_names_nothing_outside_the_old_versions(
    name: str,
    builds: _Builds,
    tmp_path: Path,
    one_language: tuple[Document, ...],
    small_archive: Archive,
) -> None:
    builds.build(one_language, small_archive)
    before = _bytes(builds.site)
    made = json.loads((tmp_path / "versions.json").read_text())
    (tmp_path / "a").write_text("a")
    for _, files in made.values():
        files[name] = hashlib.sha256(b"a").hexdigest()
    (tmp_path / "versions.json").write_text(json.dumps(made))

    builds.build(one_language, small_archive)

    assert _bytes(builds.site) == before
    assert builds.number(PAGE)


def test_a_released_page_that_would_run_something_is_refused(
    theme: tuple[Path, ...],
    tmp_path: Path,
    documents: tuple[Document, ...],
    archive: Archive,
) -> None:
    for active in (
        "<script src='../files/a.js'></script>",
        '<meta http-equiv="refresh" content="0">',
        "<IFRAME></IFRAME>",
        "<style>a{}</style>",
    ):

        def read(release: Release, name: str, text: str = active) -> bytes:
            del release, name
            return text.encode()

        folder = tmp_path / str(len(active))
        with raises(SiteError, match="does not put into the site"):
            _built(folder, theme, documents, replace(archive, read=read))


def test_a_picture_that_is_gone_is_written_anew(
    builds: _Builds, documents: tuple[Document, ...], archive: Archive
) -> None:
    builds.build(documents, archive)
    before = _bytes(builds.site)
    for path in (builds.site / "versions" / "files").iterdir():
        path.unlink()

    builds.build(documents, archive)

    assert _bytes(builds.site) == before


def test_writing_anew_never_reaches_the_site_before(
    theme: tuple[Path, ...],
    builds: _Builds,
    tmp_path: Path,
    documents: tuple[Document, ...],
    archive: Archive,
) -> None:
    builds.build(documents, archive)
    (builds.site / "versions/1.1.0/contact.html").write_text("changed")
    before = _bytes(builds.site)

    build_site(
        documents,
        look=Look(folders=theme),
        into=tmp_path / "new",
        archive=archive,
        last=LastBuild(site=builds.site, record=tmp_path / "versions.json"),
    )

    assert _bytes(builds.site) == before


def test_another_frame_another_neighbour_or_a_draft_is_not_carried_over(
    theme: tuple[Path, ...],
    tmp_path: Path,
    builds: _Builds,
    documents: tuple[Document, ...],
    archive: Archive,
) -> None:
    own = tmp_path / "own" / "partials"
    own.mkdir(parents=True)
    (own / "footer.html").write_text("<footer>Our own</footer>")
    other_look = _Builds((own.parent, *theme), tmp_path)
    more = archive_of(
        tmp_path / "releases",
        documents,
        ["1.0.0", "1.0.1", *VERSIONS[1:]],
        shown="2.0.0",
    )
    drafts = tuple(draft(document, "2.1.0") for document in documents)

    builds.build(documents, archive)
    other_look.build(documents, archive)
    assert "Our own" in (builds.site / PAGE).read_text("utf-8")
    builds.build(documents, more)
    assert "Fassung 1.0.1</a>" in (builds.site / PAGE).read_text("utf-8")
    builds.build(drafts, replace(more, shown=None))
    last = builds.site / PAGE.replace("1.0.0", "1.1.0")
    assert "versions/2.0.0/contact.html" in last.read_text("utf-8")
    assert dead_links(builds.site) == []


@pytest.mark.parametrize(
    "record", ["", "[]", "{", '{"1.0.0": 1}', '{"1.0.0": ["", 1]}']
)
def test_a_broken_record_does_no_harm(
    builds: _Builds,
    tmp_path: Path,
    one_language: tuple[Document, ...],
    small_archive: Archive,
    record: str,
) -> None:
    builds.build(one_language, small_archive)
    before = _bytes(builds.site)
    (tmp_path / "versions.json").write_text(record)

    builds.build(one_language, small_archive)

    assert _bytes(builds.site) == before


def test_a_version_keeps_its_own_languages(
    theme: tuple[Path, ...],
    tmp_path: Path,
    documents: tuple[Document, ...],
    archive: Archive,
) -> None:
    first = archive.releases[0]
    english = {"en": first.documents["en"]}
    releases = (replace(first, documents=english), *archive.releases[1:])

    site = _built(tmp_path, theme, documents, replace(archive, releases=releases))

    text = (site / "versions/1.0.0/contact.html").read_text("utf-8")
    assert '<html lang="en"' in text
    assert 'href="../../versions/1.1.0/en/contact.html">version 1.1.0</a>' in text
    assert "gg-languages" not in text
    assert dead_links(site) == []
