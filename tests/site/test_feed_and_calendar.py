from __future__ import annotations

import string
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import feedparser  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]
from tests.archives import archive_of, draft, released

from guidegen.model.document import Document
from guidegen.model.text import LocalText
from guidegen.site import Archive
from guidegen.site.feed_and_calendar import atom_feed

VERSIONS = ["1.0.0", "1.0.1", "1.1.0", "2.0.0"]
ATOM = "{http://www.w3.org/2005/Atom}"
GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
ANYTHING = st.text() | st.text(alphabet=string.printable)


def _with_note(archive: Archive, note: str | None) -> Archive:
    notes = LocalText.of({"de": note, "en": note}) if note else None
    return replace(
        archive,
        releases=tuple(replace(release, notes=notes) for release in archive.releases),
    )


def assert_valid(text: str) -> etree._Element:
    """Hold a feed against RFC 4287, and against a feed reader."""
    root = etree.fromstring(text.encode())
    assert GRAMMAR.validate(root), GRAMMAR.error_log
    ids = [element.text for element in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    for container in (root, *root.iter(f"{ATOM}entry")):
        links = [
            (link.get("rel"), link.get("type"))
            for link in container.findall(f"{ATOM}link")
        ]
        assert len(set(links)) == len(links)
        assert any(rel == "alternate" for rel, _ in links)
    moments = [entry.findtext(f"{ATOM}updated") for entry in root.iter(f"{ATOM}entry")]
    assert moments == sorted(moments, reverse=True)
    assert root.findtext(f"{ATOM}updated") == moments[0]
    assert not feedparser.parse(text.encode())["bozo"]
    return root


@pytest.fixture(scope="module")
def documents(german: Document, english: Document) -> tuple[Document, ...]:
    return (released(german, "2.0.0"), released(english, "2.0.0"))


@pytest.fixture(scope="module")
def archive(
    tmp_path_factory: pytest.TempPathFactory, documents: tuple[Document, ...]
) -> Archive:
    folder = tmp_path_factory.mktemp("releases")
    return archive_of(folder, documents, VERSIONS, shown="2.0.0")


def test_a_feed_is_valid_and_says_what_changed(
    documents: tuple[Document, ...], archive: Archive
) -> None:
    for document in documents:
        assert_valid(atom_feed(document, documents, archive))

    read = feedparser.parse(atom_feed(documents[0], documents, archive))
    assert read.version == "atom10"
    assert read.feed.title == "Was ist neu? – Social-Media-Guideline"
    assert read.feed.language == "de"
    newest = read.entries[0]
    assert newest.title == (
        "Fassung 2.0.0: Neue oder strengere Regel – bitte neu lesen"
    )
    assert newest.updated == "2027-03-04T09:30:00Z"
    assert newest.content[0].value == (
        "Zum Windpark spricht nur noch die Pressestelle.\n\nGilt ab 4. März 2027."
    )
    assert (
        read.entries[-1]
        .content[0]
        .value.endswith(
            "\n\nGilt bis 31. Dezember 2026. Ab 1. Januar 2027: Fassung 1.0.1."
        )
    )
    assert [entry.tags[0].term for entry in read.entries] == [
        "major",
        "minor",
        "patch",
        "first",
    ]


def test_all_addresses_are_relative_so_that_the_site_can_lie_anywhere(
    documents: tuple[Document, ...], archive: Archive
) -> None:
    root = assert_valid(atom_feed(documents[1], documents, archive))

    addresses = [link.get("href") for link in root.iter(f"{ATOM}link")]
    assert addresses == [
        "changes.xml",
        "index.html",
        "changes.html#v-2-0-0",
        "changes.html#v-1-1-0",
        "changes.html#v-1-0-1",
        "changes.html#v-1-0-0",
    ]
    assert not any(urlsplit(address).scheme for address in addresses)


def test_after_the_first_release_the_feed_leads_to_it(
    tmp_path: Path, german: Document, english: Document
) -> None:
    documents = (released(german, "1.0.0"), released(english, "1.0.0"))
    drafts = (draft(german, "1.0.1"), draft(english, "1.0.1"))
    shown = archive_of(tmp_path / "r", documents, ["1.0.0"], shown="1.0.0")
    kept = archive_of(tmp_path / "r", documents, ["1.0.0"])

    at_the_root = assert_valid(atom_feed(documents[1], documents, shown))
    beside_a_draft = assert_valid(atom_feed(drafts[1], drafts, kept))

    def address(root: etree._Element) -> str:
        return str(root.find(f"{ATOM}entry/{ATOM}link").get("href"))

    assert address(at_the_root) == "../en/index.html"
    assert address(beside_a_draft) == "../versions/1.0.0/en/index.html"


def test_ids_stay_and_differ_by_language_and_company(
    tmp_path: Path, documents: tuple[Document, ...], archive: Archive
) -> None:
    def ids(text: str) -> list[str | None]:
        return [
            element.text
            for element in etree.fromstring(text.encode()).iter(f"{ATOM}id")
        ]

    more = archive_of(tmp_path / "m", documents, [*VERSIONS, "2.1.0"], shown="2.1.0")
    first = archive.releases[0]
    other = replace(
        archive, releases=(replace(first, digest="0" * 64), *archive.releases[1:])
    )

    now = ids(atom_feed(documents[0], documents, archive))
    later = ids(atom_feed(documents[0], documents, _with_note(more, "Anders")))

    assert [each for each in later if each in now] == now
    assert not set(now) & set(ids(atom_feed(documents[1], documents, archive)))
    assert now[0] != ids(atom_feed(documents[0], documents, other))[0]


def test_a_release_without_a_note_says_how_far_it_went(
    documents: tuple[Document, ...], archive: Archive
) -> None:
    root = assert_valid(atom_feed(documents[0], documents, _with_note(archive, None)))

    assert [entry.findtext(f"{ATOM}content") for entry in root.iter(f"{ATOM}entry")][
        1
    ] == (
        "Ergänzt oder angepasst – keine neue Regel\n\n"
        "Gilt bis 3. März 2027. Ab 4. März 2027: Fassung 2.0.0."
    )


@pytest.mark.slow
@given(text=ANYTHING)
def test_whatever_somebody_wrote_a_feed_is_valid(
    text: str, documents: tuple[Document, ...], archive: Archive
) -> None:
    named = tuple(
        replace(document, company=f"GmbH {text}", title=f"G {text}")
        for document in documents
    )

    root = assert_valid(atom_feed(named[0], named, _with_note(archive, f"N {text}")))

    said = root.findtext(f"{ATOM}entry/{ATOM}content") or ""
    said, validity, nothing = said.rpartition("Gilt ab 4. März 2027.")
    assert (bool(validity), nothing) == (True, "")
    seen = string.ascii_letters + "<>&\"'äöüß€🚀"
    assert [sign for sign in f"N{text}" if sign in seen] == [
        sign for sign in said if sign in seen
    ]
