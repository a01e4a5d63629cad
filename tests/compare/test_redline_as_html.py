from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.compare.conftest import page

from guidegen.compare.redline import redline
from guidegen.compare.redline_as_html import (
    Report,
    StepReport,
    TextReport,
    redline_html,
    report_html,
)
from guidegen.model.labels import Labels
from guidegen.model.redline import Block, Op, PageRedline, Run
from guidegen.pack.find import builtin_packs
from guidegen.pack.load import load_pack
from guidegen.pack.style import page_style
from guidegen.page.tree import PageParser

PACK = load_pack("dell")
PARSER = PageParser(PACK.markdown_extensions)
LABELS = Labels({name: text.get("en") for name, text in PACK.labels.items()})
TEMPLATE = builtin_packs() / "dell" / "site" / "diff.html"


def changed(old: str, new: str) -> tuple[PageRedline, ...]:
    return redline((page(old),), (page(new),), PARSER)


def html(old: str, new: str, *, level: int = 3) -> str:
    return redline_html(changed(old, new), LABELS, level=level)


def of_text(value: str, op: Op = Op.INSERT, kind: str = "p") -> PageRedline:
    """Return the redline of a page with one block."""
    block = Block(kind=kind, op=op, runs=(Run(op=op, text=value),))
    return PageRedline(page="index", title=value, op=Op.SAME, blocks=(block, None))


class Tags(HTMLParser):
    """Notes the elements and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.append(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_new_and_gone_words_are_named_for_those_who_hear_them() -> None:
    found = html("Ask the press office first.", "Ask the legal team first.")

    assert (
        '<p class="gg-same">Ask the '
        '<del><span class="gg-spoken">Deleted: </span>press office</del>'
        '<ins><span class="gg-spoken">New: </span>legal team</ins> first.</p>'
    ) in found


def test_headings_lie_below_the_pages_title() -> None:
    found = html("# A\n\n## B\n\n### C\n\nx", "# A\n\n## B\n\n### C\n\ny", level=2)

    assert re.findall(r"<(h\d)", found) == ["h2", "h4"]
    assert re.findall(r"<(h\d)", html("# A", "# B", level=6)) == ["h6", "h6", "h6"]


def test_items_stand_in_lists_and_terms_in_theirs() -> None:
    found = html("- A\n- B\n\nT\n\n:   M", "- A\n- B\n- C\n\nT\n\n:   N")

    assert "<ul><li" in found
    assert "<dl><dt" in found
    assert "</dd></dl>" in found


def test_what_a_term_means_is_told_with_its_term_or_as_a_paragraph() -> None:
    posts = "Not like this\n:   {}\n\nTry this\n:   {}\n"
    topic = f"# Topics\n\n### One\n\nWhy.\n\n{posts}\n\n### Two\n\nWhy.\n\n{posts}"
    old = topic.format("Bad one.", "Good one.", "Bad two.", "Good two.")

    first = html(old, old.replace("Bad one", "Worse one"))
    second = html(old, old.replace("Good one", "Better one"))

    for found in (first, second):
        for whole in re.findall("<dl>(.*?)</dl>", found):
            assert re.fullmatch("(<dt.*?</dt>(<dd.*?</dd>)+)+", whole)
    assert "Try this" not in first
    assert "<dt" in first
    assert "<dt" in second


def test_a_table_keeps_its_columns_over_what_is_left_out() -> None:
    rows = "".join(f"| Topic {number} | press |\n" for number in range(4))
    table = f"| Topic | Who |\n|---|---|\n{rows}"

    found = html(table, table.replace("Topic 3 | press", "Topic 3 | legal"))

    assert found.count("<table>") == 1
    assert '<th scope="col"><strong>Topic</strong></th>' in found
    assert '<tr class="gg-left-out"><td colspan="2">… unchanged …</td></tr>' in found
    assert '<td data-label="Topic">Topic 3</td>' in found


def test_a_page_that_is_new_says_so() -> None:
    (new,) = redline((), (page("# A"),), PARSER)
    (gone,) = redline((page("# A"),), (), PARSER)

    assert '<span class="gg-tag gg-tag-insert">new</span>' in redline_html(
        (new,), LABELS, level=3
    )
    assert '<span class="gg-tag gg-tag-delete">removed</span>' in redline_html(
        (gone,), LABELS, level=3
    )


def test_links_lead_on_but_to_safe_addresses_only() -> None:
    def linked(link: str) -> str:
        run = Run(op=Op.INSERT, text="go", link=link, strong=True, emphasis=True)
        block = Block(kind="p", op=Op.INSERT, runs=(run,))
        redlined = PageRedline(page="a", title="A", op=Op.SAME, blocks=(block,))
        return redline_html((redlined,), LABELS, level=3)

    assert '<a href="https://a.example/?b&amp;c"><em><strong>go' in linked(
        "https://a.example/?b&c"
    )
    assert "<a" not in linked("javascript:alert(1)")


@given(value=st.text(max_size=60), kind=st.sampled_from(["p", "tr", "li", "h2", "x"]))
@settings(max_examples=100, deadline=None)
def test_hostile_text_never_becomes_markup(value: str, kind: str) -> None:
    hostile = f"<script>{value}</p><!-- &lt; "

    tags = Tags()
    tags.feed(redline_html((of_text(hostile, kind=kind),), LABELS, level=3))
    tags.close()

    assert "script" not in tags.tags
    assert tags.open == []
    assert "<script>" in tags.text


def report(**texts: object) -> str:
    words = ("answers", "gone", "legend", "made_with", "new", "skip", "text", "why")
    known: dict[str, object] = {
        "language": "en",
        "company": "Nordlicht <b>",
        "guideline": "Guideline",
        "title": "What has changed",
        "words": {word: word for word in words},
    }
    return report_html(
        Report(**(known | texts)),  # type: ignore[arg-type]
        TEMPLATE,
        page_style([builtin_packs() / "dell"], "#0b5fa5"),
    )


def test_the_page_says_everything_and_needs_no_other_file() -> None:
    found = report(
        step=StepReport(
            step="major", title="Version 2", means="Again", reasons=("A <i> topic",)
        ),
        changes=("Contact: <Tom>",),
        facts="Compared with 1.0.0",
        texts=(
            TextReport(
                language="de",
                name="Deutsch",
                pages=changed("Alt.", "Neu."),
                labels=LABELS,
            ),
        ),
    )

    assert "Nordlicht &lt;b&gt;" in found
    assert "A &lt;i&gt; topic" in found
    assert "Contact: &lt;Tom&gt;" in found
    assert 'aria-labelledby="text-de" lang="de">' in found
    assert "--gg-brand: #0b5fa5;" in found
    assert "gg-step--major" in found
    assert "<ins>" in found
    assert not re.search(r"<(script|link|img|iframe)|@import|url\((?!'data:)", found)


def test_a_policy_allows_the_page_its_own_styles_alone() -> None:
    found = report()
    (style,) = re.findall(r"<style>(.*?)</style>", found, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()

    head = found[found.index("<head>") :].splitlines()[1]
    assert head.startswith('<meta http-equiv="Content-Security-Policy" content="')
    assert f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;" in head


def test_the_page_says_that_nothing_has_changed() -> None:
    found = report(nothing="Nothing has changed.")

    assert "Nothing has changed." in found
    assert "<h2" not in found
