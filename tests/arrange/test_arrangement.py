"""`arrangement.yml`: what it says, who wins, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.arrange.arranged import arranged, builtin_arrangement, parsed
from tests.wording import located, text_of

from guidegen.arrange import read_arrangement
from guidegen.errors import PackError
from guidegen.model.pack import LEVELS as PACK_LEVELS
from guidegen.pack.find import builtin_packs
from guidegen.pack.load import load_pack

DELL = builtin_packs() / "dell" / "site"


def _site(folder: Path, text: str) -> Path:
    site = folder / "site"
    site.mkdir()
    (site / "arrangement.yml").write_text(text, encoding="utf-8")
    return site


def test_every_section_that_the_built_in_guide_always_has_is_named() -> None:
    arrangement = builtin_arrangement()
    [index, *_] = load_pack("dell").pages
    headings = {"taboo-overview": "taboo", "welcome": None}

    sections = [headings.get(each.id, each.id) for each in index.sections]
    assert [
        each
        for each in sections
        if each is not None and arrangement.look("index", each) is None
    ] == []
    assert [*dict.fromkeys(arrangement.levels.values())] == [*PACK_LEVELS]


def test_what_a_section_is_can_be_asked() -> None:
    arrangement = builtin_arrangement()

    assert arrangement.look("index", "nice") == "rule"
    assert arrangement.look("index", "questions") == "contact"
    assert arrangement.look("index", "own") is None
    assert arrangement.look("details", "nice") is None


def test_a_company_s_pack_can_arrange_its_pages_otherwise(tmp_path: Path) -> None:
    own = "pages:\n  rules:\n    layout: guide\n    sections: {rule: [a], more: [b]}\n"
    site = _site(tmp_path, f"{own}  contact: {{layout: plain}}\nsays: {{no: [bad]}}\n")

    arrangement = read_arrangement([site, DELL])
    text = "# A\n\n## B {: #b }\n\nEins.\n\n## C {: #a }\n\nZwei.\n"
    page = arranged(parsed({"rules": text}), arrangement=arrangement)["rules"]

    assert page.xpath("//section/@class") == ["gg-card gg-card--a", "gg-fold"]
    assert arrangement.page("contact").layout == "plain"
    assert arrangement.look("index", "nice") == "rule"
    assert arrangement.says == {"bad": "no", "do": "yes"}


def test_a_pack_without_an_arrangement_has_plain_pages(tmp_path: Path) -> None:
    arrangement = read_arrangement([tmp_path])
    text = "# A\n\n## 1. B {: #b }\n\nEins.\n"

    page = arranged(parsed({"index": text}), arrangement=arrangement)["index"]

    assert page.xpath("//section/@class") == ["gg-part"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pages:\n  index: {}\n", "2: pages.index.layout: is missing"),
        ("pages:\n  index:\n    layout: gide\n", "3: pages.index.layout: “gide”"),
        ("pages:\n  a:\n    layout: plain\n    sections: {rules: [a]}\n", "4: pages"),
        ("levels: {sometimes: [a]}\n", "1: levels.sometimes: “sometimes”"),
        ("says: {no: bad}\n", "1: says.no: "),
        ("pages: [\n", "2: "),
        ("- a\n", "1: "),
        ("sides: {}\n", "1: sides: “sides”"),
    ],
)
def test_a_mistake_is_said_with_file_and_line(
    tmp_path: Path, text: str, said: str
) -> None:
    site = _site(tmp_path, text)

    with pytest.raises(PackError) as raised:
        read_arrangement([site, DELL])

    [problem] = located(raised.value)
    assert problem.startswith(f"{site / 'arrangement.yml'}:{said}")
    assert text_of(raised.value, "de") != text_of(raised.value)


def test_all_mistakes_are_said_at_once(tmp_path: Path) -> None:
    site = _site(tmp_path, "pages:\n  a: {layout: b}\nlevels: {c: [d]}\n")

    with pytest.raises(PackError) as raised:
        read_arrangement([site, DELL])

    assert len(raised.value.problems) == 2
