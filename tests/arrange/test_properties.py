"""Whatever is written on a page: arranging loses nothing and doubles no id."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.arrange.arranged import FRAME, builtin_arrangement, parsed
from tests.arrange.test_frozen import EXAMPLES, OVERVIEW
from tests.arrange.test_guide import GUIDE, TOPICS
from tests.arrange.test_other_pages import CARD
from tests.test_hostile import MARKUP, OTHER_SCRIPTS

from guidegen.arrange import arrange_pages
from guidegen.arrange.elements import split
from guidegen.errors import RenderError
from guidegen.page.tree import EMPTY, INLINES, Content, elements_of

_LISTED = OVERVIEW[OVERVIEW.index("| Thema") :]
_TABLE = EXAMPLES[EXAMPLES.index("<div") : EXAMPLES.index("## Nie")]
BLOCKS = (
    "> Hallo, ich bin [Name].\n> {: .magic-sentence }",
    "> Ein Zitat [mit Klammern].",
    "| a | b |\n|---|--:|\n| c | d |",
    "- [Kennzahlen](taboo-topics.md#topic-figures): die **Presse**",
    "- [Kennzahlen](taboo-topics.md#topic-figures): [p@x.de](mailto:p@x.de)",
    "- eins\n\n    noch eins\n- zwei\n    1. drei",
    "1. a {: #item }\n2. b",
    "So nicht {: .dont }\n:   Nein\n\nBesser so {: .do }\n:   Ja",
    "Wort\n:   Erklärung\n:   Noch eine",
    '<div class="x" id="box" markdown>\n\n## Kasten\n\nText im Kasten.\n\n</div>',
    "<div><p>roh</p><ul><li>raw</li></ul></div>",
    "![Bild](a.png)",
    "***",
    "Absatz {: .lead }",
    "Text mit <br> Umbruch und <b>fett</b> und <span lang='en'>English</span>.",
    "**Wer spricht:** alle",
    "*Nur betont*",
    CARD,
    _LISTED,
    _TABLE,
)
HEADINGS = (
    "## 1. Schütze {: #protect }",
    "## Tabuthemen {: #taboo }",
    "### Nie {: #level-never .level-never }",
    "### Nur diese {: .level-only }",
    "## Nie {: #never .level-never }",
    "### Kennzahlen {: #topic-figures }",
    "## Das darfst Du immer {: #rights }",
    "## Wenn etwas schiefgeht {: #mistakes }",
    "## Datenschutz {: #data-protection }",
    "## Fragen? {: #questions }",
    "## Fragen? {: #questions }",
    "## Eigenes",
    "## 7. Eigene Regel",
    "## **8. Fett**",
    "# Noch ein Titel",
    "### Drei",
    "#### Vier",
)
TEXTS = st.one_of(
    st.sampled_from((*MARKUP, *OTHER_SCRIPTS)),
    st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=60),
)
PAGES = st.lists(
    st.one_of(
        st.sampled_from(BLOCKS),
        st.sampled_from(BLOCKS),
        st.sampled_from(HEADINGS),
        TEXTS,
    ),
    max_size=14,
).map(lambda blocks: "\n\n".join(("# Titel", *blocks)))


@pytest.mark.slow
@settings(max_examples=150)
@given(
    st.fixed_dictionaries(
        dict.fromkeys(("index", "taboo-topics", "contact", "own"), PAGES)
    )
)
def test_no_word_gets_lost_and_no_id_is_there_twice(pages: dict[str, str]) -> None:
    try:
        trees = parsed(pages)
    except RenderError:  # unknown elements
        return

    found = arrange_pages(trees, builtin_arrangement(), FRAME)

    for page, old in trees.items():
        new = found[page]
        ids = [each.id for each in elements_of(new) if each.id]
        assert sorted(set(ids)) == sorted(ids)
        assert {each.id for each in elements_of(old) if each.id} <= {*ids}
        named = [dict(each.others).get("aria-labelledby") for each in elements_of(new)]
        assert {*named} - {None} <= {*ids}
        # Where the guide led to a topic, it may show the topic itself.
        links = _links(old) - _links(new)
        assert all(each.startswith("taboo-topics.md#topic-") for each in links)
        missing = Counter(_words(old)) - Counter(_words(new))
        assert not {*missing} - _TABLED
        assert {*missing} - {"–"} <= {*_words(new)}


_TABLED = {"Rot", "Gelb", "Thema", "So", "nicht", "Besser", "so", "–"}
"""What rows of a table repeat and headings say once; nothing stands for no example."""


def _links(content: tuple[Content, ...]) -> Counter[str]:
    return Counter(each.href for each in elements_of(content) if each.href)


def _words(content: tuple[Content, ...]) -> list[str]:
    """Return the words of content; a topic's colon and a rule's dot stand alone now."""
    return re.findall(r"[^\s:.]+|[:.]", _text(content))


def _text(content: tuple[Content, ...]) -> str:
    return "".join(
        item
        if isinstance(item, str)
        else _text(item.children)
        if item.tag in INLINES - EMPTY
        else f"\n{_text(item.children)}\n"
        for item in content
    )


@pytest.mark.slow
@settings(max_examples=50)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_a_section_keeps_the_order_of_its_words(texts: list[str]) -> None:
    own = "\n\n".join(texts)
    index = GUIDE.replace("Zum Beispiel Zahlen.", own)
    try:
        trees = parsed({"index": index, "taboo-topics": TOPICS})
    except RenderError:
        return

    found = arrange_pages(trees, builtin_arrangement(), FRAME)["index"]

    _, [section, *_] = split(trees["index"])
    [card] = [each for each in elements_of(found) if "gg-card--protect" in each.classes]
    assert _words((card,)) == _words((section.heading, *section.content))
