"""Tracked changes in Word: accepted, they are the new text; rejected, the old one."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.export.office import decided
from tests.export.pages import with_page

from guidegen.compare import alignment
from guidegen.export.word.document import packed, word_document
from guidegen.export.word.tracked import Aligning, track
from guidegen.export.word.xml import ORDERS
from guidegen.model.document import Document
from guidegen.pack.find import builtin_packs
from guidegen.pdf.compile import picture_png

pytestmark = pytest.mark.slow

LOOK = builtin_packs() / "dell" / "export"
DAY = dt.date(2027, 4, 1)

OLD = """# Rules

Be fair, and *listen* to **everybody**.

## 1. Protect information

Keep figures to yourself. Ask [the press office](https://press.example/a).

- Use only your own pictures.
- Show people who have agreed.
- Label advertising.

1. Stay calm.
2. Tell us early.

| topic | who speaks | since |
|---|---|---|
| Figures | Management | 2024 |
| Strategy | Management and press | 2025 |
| Wind farm | Press office | 2026 |

> A quotation that goes.

## 2. Goes away

All of it.

| one | table |
|---|---|
| that | goes |
"""
NEW = """# Rules

Be fair, and **listen** to everybody and *each other*.

## 1. Protect information and people

Keep unpublished figures to yourself. Ask [the press office](https://press.example/b).

- Use only your own pictures.
- Show people only if they have agreed in writing.
- Name your sources.
- Say it first: [rules](index.md).

1. Take a breath.
2. Stay calm.
3. Tell us early.

| topic | who speaks | since |
|---|---|---|
| Figures | Management, investor relations | 2024 |
| Recalls | Quality management | 2027 |
| Wind farm | Press office | 2026 |

## Another section

| a | new | table | here |
|---|---|---|---|
| with | four | cells | each |

The end.
"""


def word_of(document: Document) -> Any:  # noqa: ANN401  # python-docx has no types
    return word_document(
        document, look=[LOOK], draw=picture_png, look_of=lambda *_: None
    )


def tracked(old: Document, new: Document) -> bytes:
    """Return the Word file with what changed."""
    return joined(word_of(old), word_of(new))


def joined(old: Any, new: Any) -> bytes:  # noqa: ANN401  # as above
    """Return the Word file of two versions, which are spent."""
    aligning = Aligning(pairs=alignment.pairs, likeness=alignment.likeness)
    track(old, new, author="Legal", day=DAY, aligning=aligning)
    return packed(new)


def read(file: bytes) -> Any:  # noqa: ANN401  # as above
    return docx.Document(io.BytesIO(file))


def lines(container: Any, dropped: str = "", kept: str = "") -> Iterator[str]:  # noqa: ANN401
    """Yield a file's lines once `kept` marks are accepted, `dropped` text taken out."""
    line = ""
    for block in container:
        if block.tag == qn("w:tbl"):
            for row in block.findall(qn("w:tr")):
                if (
                    dropped
                    and row.find(f"{qn('w:trPr')}/{qn(f'w:{dropped}')}") is not None
                ):
                    continue
                for cell in row.findall(qn("w:tc")):
                    yield from lines(cell, dropped, kept)
        elif block.tag == qn("w:p"):
            line += _text(block, dropped)
            mark = block.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn(f'w:{dropped}')}")
            if dropped and mark is not None:
                continue
            yield line
            line = ""
    assert not line, "a line that has lost its end"


def _text(paragraph: Any, dropped: str) -> str:  # noqa: ANN401  # as above
    found = ""
    for each in paragraph.iter(qn("w:t"), qn("w:delText"), qn("w:tab"), qn("w:br")):
        around = {parent.tag for parent in each.iterancestors()}
        if each.tag == qn("w:tab") and qn("w:tabs") in around:
            continue
        if not dropped or qn(f"w:{dropped}") not in around:
            found += each.text or ("\n" if each.tag == qn("w:br") else "")
    return found


def _words(text: Any) -> str:  # noqa: ANN401  # as above
    return text.text or ""


def check(old: Document, new: Document) -> bytes:
    """Check that both versions are in the file with what changed, and return it."""
    before, after = word_of(old), word_of(new)
    whole = {
        dropped: list(lines(version.element.body))
        for version, dropped in ((after, "del"), (before, "ins"))
    }
    file = joined(before, after)
    body = read(file).element.body
    for dropped, expected in whole.items():
        assert list(lines(body, dropped)) == expected
    return file


@pytest.fixture
def plain(documents: dict[str, Document]) -> Document:
    """A document in force, to be given pages."""
    return documents["en"]


def test_both_versions_are_in_the_file(plain: Document) -> None:
    file = check(with_page(plain, OLD), with_page(plain, NEW))

    changed = {
        how: [
            "".join(map(_words, each.iter(qn("w:t"), qn("w:delText")))).strip()
            for each in read(file).element.body.iter(qn(f"w:{how}"))
        ]
        for how in ("ins", "del")
    }
    # Word by word, where enough of a paragraph has stayed.
    assert "and people" in changed["ins"]
    assert "unpublished" in changed["ins"]
    assert "only if they" in changed["ins"]
    assert "who" in changed["del"]
    assert "A quotation that goes." in changed["del"]


def test_a_whole_guideline_of_two_languages(documents: dict[str, Document]) -> None:
    german = documents["de"]
    fewer = replace(german, pages=german.pages[:-1])
    changed = replace(
        fewer,
        pages=tuple(
            replace(
                page,
                markdown=page.markdown.replace("Zeigen Sie", "Zeigt").replace(
                    "## Datenschutz", "## Schutz der Daten"
                ),
            )
            for page in fewer.pages
        ),
    )

    check(german, changed)
    check(changed, german)


def test_an_unchanged_text_has_no_marks(plain: Document) -> None:
    body = read(tracked(plain, plain)).element.body

    assert not list(body.iter(qn("w:ins"), qn("w:del")))


def test_marks_say_who_and_when_and_are_numbered(plain: Document) -> None:
    body = read(tracked(with_page(plain, OLD), with_page(plain, NEW))).element.body
    marks = list(body.iter(qn("w:ins"), qn("w:del")))
    numbers = [
        each.get(qn("w:id")) for each in [*marks, *body.iter(qn("w:bookmarkStart"))]
    ]

    assert {each.get(qn("w:author")) for each in marks} == {"Legal"}
    assert {each.get(qn("w:date")) for each in marks} == {"2027-04-01T00:00:00Z"}
    assert len(numbers) == len({*numbers})
    pictures = [each.get("id") for each in body.iter(qn("wp:docPr"))]
    assert len(pictures) == len({*pictures})


def test_the_same_texts_give_the_same_bytes(plain: Document) -> None:
    old, new = with_page(plain, OLD), with_page(plain, NEW)

    assert tracked(old, new) == tracked(old, new)


def test_deleted_text_is_what_word_expects(plain: Document) -> None:
    body = read(tracked(with_page(plain, OLD), with_page(plain, NEW))).element.body

    for gone in body.iter(qn("w:del")):
        assert not list(gone.iter(qn("w:t")))
    for gone in body.iter(qn("w:delText")):
        assert any(each.tag == qn("w:del") for each in gone.iterancestors())
    for name, order in ORDERS.items():
        for properties in body.iter(qn(f"w:{name}")):
            found = [each.tag.rpartition("}")[2] for each in properties]
            ranks = [order.index(each) for each in found if each in order]
            assert ranks == sorted(ranks), found


def test_links_and_pictures_of_the_old_text_come_along(
    documents: dict[str, Document],
) -> None:
    german = documents["de"]
    fewer = replace(
        german,
        pages=tuple(
            replace(page, markdown=re.sub(r"!\[[^\]]*\]\([^)]*\)", "", page.markdown))
            for page in german.pages
        ),
    )
    file = check(german, fewer)
    word = read(file)
    rels = word.part.rels

    for link in word.element.body.iter(qn("w:hyperlink")):
        number, anchor = link.get(qn("r:id")), link.get(qn("w:anchor"))
        assert (number in rels) if number else anchor
    embedded = [
        each.get(qn("r:embed")) for each in word.element.body.iter(qn("a:blip"))
    ]
    assert embedded
    assert all(word.part.related_parts[each].blob for each in embedded)
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        assert len(parts.namelist()) == len({*parts.namelist()})


PIECES = re.split(r"\n\n", f"{OLD}\n\n{NEW}")


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    old=st.lists(st.sampled_from(PIECES), min_size=1, max_size=8),
    new=st.lists(st.sampled_from(PIECES), min_size=1, max_size=8),
)
def test_any_two_texts_are_both_in_the_file(
    old: list[str], new: list[str], plain: Document
) -> None:
    before, after = ("# Rules\n\n" + "\n\n".join(each) for each in (old, new))

    check(with_page(plain, before), with_page(plain, after))


@pytest.mark.proof
def test_libreoffice_accepts_and_rejects_all(
    documents: dict[str, Document], tmp_path: Path
) -> None:
    english, german = documents["en"], documents["de"]
    pairs = {
        "pages": (german, replace(german, pages=german.pages[:-1])),
        "text": (with_page(english, OLD), with_page(english, NEW)),
        "back": (with_page(english, NEW), with_page(english, OLD)),
    }
    asked = list[tuple[str, Path]]()
    for name, (old, new) in pairs.items():
        both = tmp_path / f"{name}.docx"
        both.write_bytes(tracked(old, new))
        for way, document in (("rejected", old), ("accepted", new)):
            alone = tmp_path / f"{name}-{way}.docx"
            alone.write_bytes(packed(word_of(document)))
            asked += [(way, both), ("shown", alone)]

    found = decided(asked, tmp_path / "office")

    for decision, version in zip(asked[::2], asked[1::2], strict=True):
        assert found[decision] == found[version]
    rejected, accepted = found[asked[0]], found[asked[2]]
    assert rejected != accepted
