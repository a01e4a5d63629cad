"""Texts that are hostile, or in scripts and signs that fonts may lack."""

from __future__ import annotations

import dataclasses
import re
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.pdf.conftest import TEMPLATE, Build, sample, with_markdown
from tests.pdf.reading import broken_rules, read_pdf
from tests.soak import counts

from guidegen.model.document import Document
from guidegen.pdf.build import build_pdf

pytestmark = pytest.mark.slow

HOSTILE = (
    '#import "evil.typ": x',
    '#read("/etc/passwd")',
    "$x^2$ @ref <label> _unter_ *stern* = Titel",
    r"\u{41} \\ // Kommentar /* noch einer */",
    "```typ #panic() ```",
    '<script>alert("x")</script><b>fett</b>&amp;&#65;',
    "[Verweis](javascript:alert(1)) ![Bild](x.png)",
    "{{ 7 * 7 }} {% raw %} {: .lead #id }",
    "https://example.org www.example.org mail@example.org",
    "1. eins\n- zwei\n# drei\n> vier | fünf",
    "]] ) } #[ #( #{ ~ -- --- ... \"'",
)


def escaped(text: str) -> str:
    """Return a text as Markdown and HTML that mean just this text."""
    return re.sub(r"[!-/:-@\[-`{-~]", lambda c: f"&#{ord(c[0])};", text)


def everywhere(document: Document, text: str) -> Document:
    """Put a text wherever an answer can stand."""
    answer = escaped(" ".join(text.split()))
    markdown = f"""\
# {answer}

x {answer} x

> {answer}
> {{: .magic-sentence }}

- {answer}

<div class="topics" markdown>

| Thema | Nicht so | Sondern so |
|---|---|---|
| **{answer}**<br>{answer} | {answer} | {answer} |

</div>

[x {answer} x](https://example.org/)

## x {answer} x
"""
    return dataclasses.replace(
        with_markdown(document, markdown),
        title=f"x {text} x",
        company=text,
        running_texts=dict.fromkeys(document.running_texts, text),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_of_any_language_stays_text(
    text: str, german: Document, build: Build
) -> None:
    pdf, notes = build(everywhere(german, text))

    line = " ".join(text.split())
    lines = pdf.text.split("\n")
    assert lines.count(f"x {line} x") == 2  # both headings
    assert lines.count(f"x {line} x (example.org)") == 1
    assert lines.count(f"x {line} x · Verantwortlich: {line}") == 1
    assert set(pdf.links) == {"https://example.org/"}
    assert notes == ()


@pytest.mark.parametrize(
    "text",
    [
        "Grüße aus Łódź, Αθήνα und Київ: ß ẞ ﬁ æ œ € – „“ … ½ ™ № ‰",
        "Հայերեն ქართული አማርኛ",
        "→ ← ≠ ≤ ∞ √ ★ ☆ ♥ ♫ ✓ ✗ ☐ ■ ▲",
        "🚀 😂 🫡 👍🏽 👩‍👩‍👧 🏳️‍🌈 👨🏿‍💻 🇩🇪 ❤️ ☎ ✅",
        "e\u0301 o\u0308 x\u030c",
    ],
)
def test_scripts_signs_and_emoji_are_drawn(
    text: str, german: Document, build: Build
) -> None:
    pdf, notes = build(with_markdown(german, f"# x\n\n{text}\n"))

    assert notes == ()
    assert plain(text) in plain(pdf.text)


def test_words_from_right_to_left_keep_their_order(
    german: Document, build: Build
) -> None:
    pdf, notes = build(with_markdown(german, "# x\n\nSag שלום עולם dazu.\n"))

    # On the page the glyphs stand from left to right, the first letter last.
    assert f"Sag {'שלום עולם'[::-1]} dazu." in pdf.text
    assert notes == ()


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("de", "Vorher [Emoji: gesicht mit augenringen] nachher [Zeichen U+E000]"),
        ("en", "Vorher [Emoji: face with bags under eyes] nachher [character U+E000]"),
    ],
)
def test_what_no_font_draws_is_named_in_the_readers_language(
    language: str, named: str, german: Document, english: Document, build: Build
) -> None:
    document = {"de": german, "en": english}[language]
    text = "Vorher \U0001fae9 nachher \ue000"

    pdf, notes = build(with_markdown(document, f"# x\n\n{text}\n", "# Zwei\n"))

    assert named in pdf.text
    [note] = notes
    assert note.message == "pdf-characters-named"
    assert note.values["page"] == "Die Guideline"
    assert "\ue000 → [" in str(note.values["characters"])


def test_east_asian_text_without_its_fonts_says_what_to_install(
    german: Document, build: Build
) -> None:
    pdf, notes = build(with_markdown(german, "# x\n\n你好\n"))

    assert "[Zeichen U+4F60][Zeichen U+597D]" in pdf.text
    assert [note.message for note in notes] == ["pdf-characters-need-cjk"]


def test_a_character_outside_the_pages_is_named_too(
    german: Document, build: Build
) -> None:
    pdf, notes = build(dataclasses.replace(german, company="\U0001fae9 GmbH"))

    assert "[Emoji: gesicht mit augenringen] GmbH" in pdf.text
    assert [note.values["page"] for note in notes] == [german.title]


def test_a_long_list_of_characters_is_cut_in_the_note(
    german: Document, build: Build
) -> None:
    text = " ".join(map(chr, range(0xE000, 0xE020)))

    _, [note] = build(with_markdown(german, f"# x\n\n{text}\n"))

    assert str(note.values["characters"]).endswith(", …")


def test_control_characters_are_dropped_with_a_note(
    german: Document, build: Build
) -> None:
    pdf, notes = build(
        with_markdown(german, "# x\n\na\x07b\x00c \u202erückwärts\ufeff\n")
    )

    assert "abc rückwärts" in pdf.text
    assert notes[0].message == "pdf-characters-dropped"
    assert "U+202E" in str(notes[0].values["characters"])


def test_a_word_longer_than_a_line_breaks(german: Document, tmp_path: Path) -> None:
    path = tmp_path / "guideline.pdf"
    word = "a" * 10_000

    build_pdf(with_markdown(german, f"# x\n\n{word}\n"), template=TEMPLATE, into=path)

    pdf = read_pdf(path)
    assert word in pdf.text.replace("\u200b", "")
    assert pdf.pages > 1


def plain(text: str) -> str:
    """Return a text without what may differ between page and PDF.

    That is white space, signs that only steer the setting, and how an accent is
    encoded.
    """
    text = unicodedata.normalize("NFKC", text)
    return "".join(
        character
        for character in text
        if unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}
        and not "\ufe00" <= character <= "\ufe0f"
    )


@pytest.mark.long
@pytest.mark.soak
@pytest.mark.no_cover
@settings(
    max_examples=counts(soak=60, sample=20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=st.text(max_size=60))
@example(text="\u0300\u0600\u0e31\u0903")
@example(text="\ud800\udfff")
@example(text="\U000e0041\u200d\ufe0f\U0001f3fd")
@example(text="\u1e94\ufb1d\u2fa1d\ufdfa")
@pytest.mark.slow
def test_no_text_ever_stops_the_pdf(text: str, tmp_path: Path) -> None:
    path = tmp_path / "guideline.pdf"

    notes = build_pdf(everywhere(sample("de"), text), template=TEMPLATE, into=path)

    pdf = read_pdf(path)
    assert set(pdf.links) == {"https://example.org/"}
    assert broken_rules(path, "ua1") == []
    assert broken_rules(path, "2a") == []
    simple = all(unicodedata.bidirectional(c) not in {"R", "AL", "AN"} for c in text)
    if simple and text.isascii():
        assert plain(f"x{text}x") in plain(pdf.text)
        assert {note.message for note in notes} <= {"pdf-characters-dropped"}


@pytest.mark.parametrize(
    "characters",
    [range(0x4E00, 0x4E00 + 900), range(0x13000, 0x13000 + 900), range(0xE000, 0xE384)],
    ids=["chinese", "hieroglyphs", "private"],
)
def test_many_characters_that_no_font_has_cost_seconds(
    characters: range, german: Document, tmp_path: Path
) -> None:
    text = "".join(map(chr, characters))
    document = with_markdown(german, f"# Titel\n\n{text}\n")
    started = time.process_time()

    notes = build_pdf(document, template=TEMPLATE, into=tmp_path / "x.pdf")

    # Typst, asked for each at every place where a line may break: 20 to 60 seconds.
    assert time.process_time() - started < 8
    assert next(note.message for note in notes).startswith("pdf-characters-n")
