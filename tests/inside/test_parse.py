"""Feeds are read whoever wrote them, and in whatever way."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from tests.inside.feed_server import rss, rss_item

from guidegen.inside import parse
from guidegen.inside.parse import Entry, ParsedFeed, Unparsed, parse_feeds

DAY = dt.date(2026, 11, 23)
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">
<id>urn:x</id><title>N</title><updated>2026-11-23T01:30:00+02:00</updated>
<entry><id>tag:n.example,2026:1</id><title type="{kind}">{title}</title>
<link rel="self" href="https://n.example/self"/><link href="https://n.example/1"/>
<published>2026-11-24T01:30:00+02:00</published>
<updated>2026-11-25T00:00:00Z</updated></entry></feed>"""
RSS_091 = """<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>N</title><language>en</language>
<item><title>Nordlicht</title><link>https://n.example/1</link></item></channel></rss>"""
RSS_10 = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://n.example/"><title>N</title></channel>
<item rdf:about="https://n.example/1"><title>Nordlicht</title>
<link>https://n.example/1</link><dc:date>2026-11-23T08:00:00Z</dc:date></item></rdf:RDF>"""


def _parsed(content: bytes | str, kind: str = "application/xml") -> ParsedFeed:
    data = content.encode() if isinstance(content, str) else content
    (found,) = parse_feeds((Unparsed(content=data, kind=kind),))
    return found


def _one(content: bytes | str, kind: str = "application/xml") -> Entry:
    (entry,) = _parsed(content, kind).entries
    return entry


def _message(parsed: ParsedFeed) -> str | None:
    return parsed.problem.message if parsed.problem else None


@pytest.mark.parametrize(
    ("content", "day"),
    [(RSS_091, None), (RSS_10, DAY), (rss(rss_item(1, title="Nordlicht")), DAY)],
    ids=["0.91", "1.0", "2.0"],
)
def test_every_rss_is_read(content: str, day: dt.date | None) -> None:
    entry = _one(content)

    assert (entry.title, entry.link) == ("Nordlicht", "https://n.example/1")
    assert entry.day == day


def test_atom_is_read() -> None:
    parsed = _parsed(ATOM.format(kind="text", title="Nordlicht"))

    (entry,) = parsed.entries
    # The day of publication, in UTC.
    assert entry == Entry(
        title="Nordlicht",
        link="https://n.example/1",
        guid="tag:n.example,2026:1",
        day=DAY,
    )
    assert parsed.language == "de"


UMLAUT = rss(rss_item(1, title="Größe – „Nordlicht“"))


def test_letters_are_read_in_any_encoding() -> None:
    feeds = [
        (UMLAUT.encode(), "application/xml"),
        (b"\xef\xbb\xbf" + UMLAUT.encode(), "text/xml"),
        (UMLAUT.replace("utf-8", "utf-16").encode("utf-16"), "application/xml"),
        (UMLAUT.replace("utf-8", "windows-1252").encode("cp1252"), "application/xml"),
        # Whatever they say they are: what the bytes can be is what counts.
        (UMLAUT.encode("cp1252"), "application/rss+xml"),
        (UMLAUT.encode(), "text/html; charset=utf-8"),
    ]
    found = parse_feeds([Unparsed(content=text, kind=kind) for text, kind in feeds])

    titles = [entry.title for each in found for entry in each.entries]
    assert titles == ["Größe – „Nordlicht“"] * len(feeds)


DEFINED = "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">'
    for before, name in pairwise("abcdefghij")
)
BOMB = (
    f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">{DEFINED}]>'
    "<rss version='2.0'><channel><title>&j;</title></channel></rss>"
)
XXE = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><item><title>&x;</title></item></channel></rss>"""
JSON = '{"version": "https://jsonfeed.org/version/1.1", "items": []}'


@pytest.mark.slow
def test_what_is_no_feed_is_told_apart() -> None:
    expected: dict[bytes, str] = {
        b"": "inside-empty",
        b" \n": "inside-empty",
        JSON.encode(): "inside-json-feed",
        b"<!DOCTYPE html><html><body>Sign in</body></html>": "inside-html",
        "\ufeff <HTML lang='de'>".encode(): "inside-html",
        b"Not found": "inside-no-feed",
        b"<opml version='2.0'><body/></opml>": "inside-no-feed",
        b"\x89PNG\r\n\x1a\n" + bytes(1000): "inside-no-feed",
        BOMB.encode(): "inside-entities",
        XXE.encode(): "inside-entities",
        XXE.encode("utf-16"): "inside-entities",
    }
    found = parse_feeds([Unparsed(content=each, kind="text/html") for each in expected])

    assert [_message(each) for each in found] == [*expected.values()]
    assert not any(each.entries for each in found)


def test_an_entity_that_is_hidden_by_its_encoding_reads_no_file() -> None:
    text = (
        '<?xml version="1.0" encoding="utf-7"?><!DOCTYPE r [<!ENTITY x SYSTEM'
        ' "file:///etc/passwd">]><rss version="2.0"><channel><item><title>a&x;</title>'
        "<link>https://n.example/</link></item></channel></rss>"
    )
    hidden = text.encode("utf-7").replace(b"<!E", b"+ADwAIQ-E")
    parsed = _parsed(hidden)

    assert not any("root" in entry.title for entry in parsed.entries)


@pytest.mark.parametrize(
    "content",
    [
        "<rss version='2.0'><channel>" + "<a>" * 300_000,
        "<rss version='2.0'><channel><item "
        + " ".join(f'a{n}="b"' for n in range(100_000))
        + "/></channel></rss>",
        "<" * 1_900_000,
        "<rss version='2.0'><![CDATA[" + "]" * 1_900_000,
        "<!DOCTYPE rss [" + "<" * 1_900_000,
        "<?xml version='1.0' encoding='" + "x" * 1_900_000,
    ],
    ids=["deep", "attributes", "brackets", "cdata", "doctype", "declaration"],
)
@pytest.mark.slow
def test_no_feed_keeps_anybody_busy(
    content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parse, "SECONDS", 1.0)
    bad, good = parse_feeds(
        (
            Unparsed(content=content.encode(), kind="application/xml"),
            Unparsed(content=rss(rss_item(1)).encode(), kind="application/xml"),
        )
    )

    assert len(good.entries) == 1
    assert len(bad.entries) <= 1


def test_a_process_that_ends_costs_one_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "SECONDS", 0.0001)
    good = Unparsed(content=rss(rss_item(1)).encode(), kind="")
    found = parse_feeds((good, good))

    # No feed can be read in that time, and each of them is said to be unreadable.
    assert {_message(each) for each in found} <= {"inside-unreadable", None}
    assert len(found) == 2


@pytest.mark.slow
def test_ten_thousand_entries_are_too_many_to_look_at() -> None:
    items = "".join(
        f"<item><title>T{n}</title><link>https://n.example/{n}</link></item>"
        for n in range(10_000)
    )
    parsed = _parsed(rss(items))

    assert (len(parsed.entries), parsed.count) == (1_000, 10_000)


def test_what_was_asked_first_is_answered_first() -> None:
    feeds = [
        Unparsed(content=rss(rss_item(number)).encode(), kind="") for number in range(5)
    ]
    feeds.insert(2, Unparsed(content=b"{}", kind=""))
    found = parse_feeds(feeds)

    links = [[entry.link for entry in each.entries] for each in found]
    assert links == [
        *(["https://n.example/0"], ["https://n.example/1"], []),
        *(["https://n.example/2"], ["https://n.example/3"], ["https://n.example/4"]),
    ]


def test_no_entries_are_no_mistake() -> None:
    parsed = _parsed(rss())

    assert (parsed.entries, parsed.problem) == ((), None)


@pytest.mark.slow
def test_fifty_large_feeds_are_read_some_at_a_time() -> None:
    padding = f"<!--{'x' * 1_900_000}-->"
    feeds = [
        Unparsed(content=(rss(rss_item(number)) + padding).encode(), kind="")
        for number in range(12)
    ]
    found = parse_feeds(feeds)

    assert [len(each.entries) for each in found] == [1] * 12
