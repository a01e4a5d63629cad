from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.compare.conftest import page

from guidegen.compare.redline import redline
from guidegen.compare.tokens import token_blocks
from guidegen.model.document import Page
from guidegen.model.json_records import from_json, to_json
from guidegen.model.redline import CELLS, Block, Op, PageRedline
from guidegen.pack.load import load_pack
from guidegen.page.tree import PageParser
from guidegen.render.escape import escape_markdown

PARSER = PageParser(load_pack("dell").markdown_extensions)
MARKS = {Op.SAME: "{}", Op.INSERT: "{{+{}+}}", Op.DELETE: "[-{}-]"}
SCENARIO = Path(__file__).parents[1] / "scenarios" / "listed" / "expected" / "de"


def marked(block: Block | None) -> str:
    """Return a block with its changes in marks."""
    if block is None:
        return "…"
    text = "".join(MARKS[run.op].format(run.text) for run in block.runs)
    return f"{block.kind}: {text}"


def compared(old: str, new: str, *, context: int | None = 1) -> list[str]:
    pages = redline((page(old),), (page(new),), PARSER, context=context)
    return [marked(block) for each in pages for block in each.blocks]


def text_of(side: Op, pages: tuple[PageRedline, ...]) -> list[str]:
    """Return the text of each block, as it was or as it is."""
    texts = [
        "".join(run.text for run in block.runs if run.op in {Op.SAME, side})
        for each in pages
        for block in each.blocks
        if block and any(run.op in {Op.SAME, side} for run in block.runs)
    ]
    return [text for text in texts if text.replace(CELLS, "")]


def plain(source: Page) -> list[str]:
    """Return the text of each block of a page."""
    return [
        text
        for block in token_blocks(PARSER.parse(source))
        for text in [
            CELLS.join("".join(token.text for token in cell) for cell in block.cells)
        ]
        if text.replace(CELLS, "")
    ]


def test_words_that_changed_stand_in_their_sentence() -> None:
    assert compared("Ask the press office first.", "Ask the legal team first.") == [
        "p: Ask the [-press office-]{+legal team+} first."
    ]


def test_equal_pages_have_no_redline() -> None:
    assert compared("# A\n\nSame.", "# A\n\nSame.") == []


def test_lines_broken_elsewhere_are_no_change() -> None:
    assert compared("One two three.", "One two\nthree.") == []


def test_a_sentence_with_little_left_is_shown_gone_and_new() -> None:
    found = compared("We like blue cars very much.", "Nobody knows where she went.")

    assert found == [
        "p: [-We like blue cars very much.-]",
        "p: {+Nobody knows where she went.+}",
    ]


def test_words_that_stayed_by_chance_count_as_changed() -> None:
    found = compared(
        "Keep what you learn at work to yourself: plans are in our files, too.",
        "Keep what you learn at work to yourself: names of our customers, too.",
    )

    assert found == [
        (
            "p: Keep what you learn at work to yourself: "
            "[-plans are in our files-]{+names of our customers+}, too."
        )
    ]


def test_addresses_and_numbers_change_as_a_whole() -> None:
    found = compared(
        "Our phone is 4.2 here: mira@x.example today.",
        "Our phone is 4.3 here: tom@x.example today.",
    )

    assert found == [
        (
            "p: Our phone is [-4.2-]{+4.3+} here: "
            "[-mira@x.example-]{+tom@x.example+} today."
        )
    ]


def test_a_block_around_the_change_and_the_heading_above_are_kept() -> None:
    text = "# Top\n\nA.\n\nB.\n\nC.\n\nD.\n\nE.\n\n## Next\n\nF."

    found = compared(text, text.replace("C.", "C. More of it."))

    assert found == [
        "h1: Top", "…", "p: B.", "p: C.{+ More of it.+}", "p: D.", "…",
    ]  # fmt: skip


def test_a_row_that_changed_stands_with_the_head_of_its_table() -> None:
    table = "| Topic | Who |\n|---|---|\n| Plans | press |\n| Sales | legal |\n"

    found = compared(table, table.replace("legal", "HR"))

    assert found == ["tr: Topic | Who", "…", "tr: Sales | [-legal-]{+HR+}"]


def test_a_row_about_something_else_is_another_row() -> None:
    table = "| Topic | Who |\n|---|---|\n| Plans | only the press office |\n"

    found = compared(table, table.replace("Plans", "Sales"))

    assert found == [
        "tr: Topic | Who",
        "tr: [-Plans-][- | -][-only the press office-]",
        "tr: {+Sales+}{+ | +}{+only the press office+}",
    ]


def test_a_new_item_is_new_as_a_whole() -> None:
    found = compared("- One\n- Two", "- One\n- Two\n- Three")

    assert found == ["…", "li: Two", "li: {+Three+}"]


def test_what_a_link_leads_to_counts_outside_the_guideline_only() -> None:
    inside = compared("[Topics](a.md#own-1) here", "[Topics](a.md#own-2) here")
    outside = compared(
        "[Code](https://a.example) here", "[Code](https://b.example) here"
    )

    assert inside == []
    assert outside == ["p: [-Code-]{+Code+} here"]


def test_pages_that_are_new_or_gone_are_shown_whole() -> None:
    one, two = page("# A\n\nText."), page("# B\n\nMore.", "more")

    (new,) = redline((one,), (one, two), PARSER)
    (gone,) = redline((one, two), (one,), PARSER)

    assert (new.page, new.op) == ("more", Op.INSERT)
    assert [marked(block) for block in new.blocks] == ["h1: {+B+}", "p: {+More.+}"]
    assert (gone.page, gone.op) == ("more", Op.DELETE)


def test_every_kind_of_block_is_read() -> None:
    markdown = (
        "# One\n\n> Quoted.\n\nTerm\n\n:   Meaning\n\n1. First\n\n    Still first\n\n"
        "![A picture](a.png)\n\nA **bold** *word*<br>below\n"
    )

    (found,) = redline((), (page(markdown),), PARSER)

    kinds = [block.kind for block in found.blocks if block]
    assert kinds == ["h1", "blockquote", "dt", "dd", "li", "li", "img", "p"]
    last = found.blocks[-1]
    assert last
    assert [run.text for run in last.runs if run.strong] == ["bold"]
    assert [run.text for run in last.runs if run.emphasis] == ["word"]
    assert "".join(run.text for run in last.runs).endswith("word\nbelow")


def test_a_very_long_text_is_not_compared_word_by_word() -> None:
    old = " ".join(f"a{number}" for number in range(1200))
    new = " ".join(f"b{number}" for number in range(1200))

    found = compared(f"{old} same", f"{new} same")

    assert len(found) == 2


WORDS = st.sampled_from(
    ["Ask", "first", "never", "| x", "a | b", "**", "<b>", "&", "é"]
)
PARTS = st.one_of(st.lists(WORDS, max_size=8).map(" ".join), st.text(max_size=40)).map(
    lambda text: str(escape_markdown(text))
)
BLOCKS = st.one_of(
    PARTS,
    PARTS.map("## {}".format),
    st.lists(PARTS, min_size=1, max_size=3).map(
        lambda items: "\n".join(f"- {item}" for item in items)
    ),
    st.lists(st.tuples(PARTS, PARTS), min_size=1, max_size=3).map(
        lambda rows: (
            "| A | B |\n|---|---|\n"
            + "\n".join(f"| {left} | {right} |" for left, right in rows)
        )
    ),
)
PAGES = st.lists(BLOCKS, max_size=6).map("\n\n".join)


@pytest.mark.slow
@given(old=PAGES, new=PAGES)
@settings(max_examples=150, deadline=None)
def test_old_and_new_text_can_be_had_back(old: str, new: str) -> None:
    before, after = page(old), page(new)

    pages = redline((before,), (after,), PARSER, context=None)

    if pages:
        assert text_of(Op.DELETE, pages) == plain(before)
        assert text_of(Op.INSERT, pages) == plain(after)
    else:
        assert plain(before) == plain(after)


@pytest.mark.slow
@given(old=PAGES, new=PAGES)
@settings(max_examples=60, deadline=None)
def test_a_redline_survives_as_data(old: str, new: str) -> None:
    pages = redline((page(old),), (page(new),), PARSER)

    assert from_json(tuple[PageRedline, ...], to_json(pages)) == pages


@pytest.mark.slow
@given(text=PAGES)
@settings(max_examples=60, deadline=None)
def test_a_page_has_no_redline_against_itself(text: str) -> None:
    longer = replace(page(text), markdown=f"{text}\n\n")

    assert redline((page(text),), (longer,), PARSER) == ()


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        [1],
        [{"page": "a"}],
        [{"page": 1, "title": "", "op": "same", "blocks": []}],
        [{"page": "a", "title": "", "op": "other", "blocks": []}],
        [{"page": "a", "title": "", "op": "same", "blocks": [{"kind": "p"}]}],
        [{"page": "a", "title": "", "op": "same", "blocks": "none"}],
    ],
)
def test_what_is_no_redline_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match=r"other|title|runs|1|none|None|\{"):
        from_json(tuple[PageRedline, ...], data)


def test_a_real_page_reads_well_after_an_edit() -> None:
    text = (SCENARIO / "index.md").read_text(encoding="utf-8")
    edited = text.replace("fünf kurze Regeln", "sechs Regeln")

    found = compared(text, edited)

    assert "[-fünf kurze-]{+sechs+} Regeln und einige Tabuthemen." in "\n".join(found)
