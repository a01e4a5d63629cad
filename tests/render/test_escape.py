"""Whatever is answered stays text: no example and no search finds a way out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.samples import answers_with
from tests.soak import counts

from guidegen import TEMPLATE_PACKS
from guidegen.compose.guideline import compose
from guidegen.model.pack import Pack
from guidegen.pack.load import load_pack
from guidegen.render.document import render
from guidegen.render.escape import CONTROL, escape_markdown, escape_url

# ruff: noqa: E501  # the examples stand close together

# Every place that an answer can be printed at, at its start, middle and end.
PLACES = """\
## {{ company.name }} {: #nice }

### Zu {{ company.name }} gehört {{ company.name }}

{{ company.name }}

{{ company.name }}
{{ company.name }} steht vorn, dann {{ company.name }}, zuletzt {{ company.name }}

- {{ company.name }}
- Hier {{ company.name }} und
  {{ company.name }}

1. {{ company.name }}
2. **{{ company.name }}** und *{{ company.name }}*.

> {{ company.name }}
> {: .magic-sentence data-copy="{{ company.name }}" }

{{ company.name }}
:   {{ company.name }}

Ein Begriff
:   Er heißt {{ company.name }}.

| {{ company.name }} | Wer {{ company.name }} |
|---|---|
| {{ company.name }} | {{ company.name }} { #x data-label="{{ company.name }}" } |
| [{{ company.name }}](index.md) | {{ links.code_of_conduct | link(company.name) }} |

<div class="contact-card" markdown>

{{ company.name }}

- **{{ company.name }}**<br>{{ company.name }}

![{{ company.name }}](images/contact-1.svg)

</div>

<div markdown="1">{{ company.name }}</div>

{{ company.name ~ " und " ~ company.name }},
{{ [company.name, "x"] | join(", ") }}, {{ [company.name] | listing }},
{{ company.name | default("x") }}, {% set name = company.name %}{{ name }},
{% set block %}{{ company.name }}{% endset %}{{ block }},
{% autoescape false %}{{ company.name }}{% endautoescape %}.
"""

EXAMPLES = (
    "*kursiv*, **fett**, _so_, __so__, `code`, ~~weg~~, ***",
    "# Titel", "## x {: #y .z }", "{: .lead }", "{ #id }", "- Punkt", "* Punkt",
    "+ Punkt", "1. Punkt", "1) Punkt", "12345678901. x", "٣. x", "> Zitat",
    "=====", "-----", "***", "- - -", ": Definition", ":   Definition", "!!! note",
    "??? note", "::: x", "--- x", "|---|", "a | b", "| a | b |", "||", "\\|", "\\",
    "\\\\", "\\*x\\*", "`", "```", "``` python", "~~~", "    code", "\tcode",
    "[a](b)", "[a](javascript:alert(1))", "![a](b)", "[a]: b", "[^1]", "[a][b]", "[x]",
    "[[wiki]]", "](x)", "![", "](", "<b>fett</b>", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "<!-- x -->", "<!--", "-->", "<?php ?>",
    "<![CDATA[x]]>", "</div>", "</td></tr></table>", "<div markdown>", "<", ">", "&",
    "&amp;", "&lt;b&gt;", "&#60;b&#62;", "&#x3c;", "&copy;", "&nbsp;", "&x", "'", '"',
    "\"'", "' onclick='x", '" onclick="x', "</script>", "http://a.b", "<http://a.b>",
    "<a@b.de>", "www.a.de", "mailto:a@b.de", "javascript:alert(1)", "data:text/html,x",
    "{{ company }}", "{% for x in y %}", "{# x #}", "{{", "}}", "{%", "%}", "{{ 7*7 }}",
    "{company}", "%s", "%(a)s", "${x}", "$(x)", "$x$", "$$", '#import "x"', "#x", "@x",
    "<label>", "#let x = 1", "a: b", "- a: b", "'a", "? x", "!!python/object:x", "*alias",
    "&anchor", "--- a", "...", "---\ntitle: x\n---", "*[HTML]: x", "a\n\nb", "a\r\nb",
    "a\u2028b", "a\x85b", "a\x0bb", "a\x1cb", "zwei  Leer", "10\u00a0000\u202f€",
    "\u00a0x\u00a0", "\u200b", "\ufeffx", "a\x00b\x02c\x03d\x7fe", "\x02amp\x03",
    "\x02wzxhzdk:0\x03", "wzxhzdk:0", "klzzwxh:0000", "STXklzzwxh:0000ETX", "שלום", "مرحبا",
    "\u202ereversed\u202c", "\u2067x\u2069", "👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪", "e\u0301", "ﬁ", "ß", "İ",
    "\U0010ffff", "\ufffe", "a\x80b\x9fc", "x" * 10_000, "*" * 200, "[" * 200, "_" * 199,
    "<" * 200, "a " * 300, "…", "“x”", "x.", "x:", "(x)", "C++", "C#", "R&D", "A|B", "0",
)  # fmt: skip


@dataclass
class _Page(HTMLParser):
    """A page's elements with their attributes, and its text."""

    elements: list[tuple[str, tuple[tuple[str, str | None], ...]]] = field(
        default_factory=list
    )
    texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple((name, _plain(x or "")) for name, x in attrs)))
        self.texts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.elements.append((f"/{tag}", ()))
        self.texts.append(" ")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.elements.append((f"comment {data}", ()))

    def handle_decl(self, decl: str) -> None:
        self.elements.append((f"declaration {decl}", ()))

    def handle_pi(self, data: str) -> None:
        self.elements.append((f"instruction {data}", ()))

    def unknown_decl(self, data: str) -> None:
        self.elements.append((f"section {data}", ()))

    @property
    def text(self) -> str:
        return _plain("".join(self.texts))


def _plain(text: str) -> str:
    """Return a text with its white space made even."""
    return " ".join(CONTROL.sub("", text).split())


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("dell")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a project whose wording of a section prints an answer everywhere.

    What is compiled of it is kept, as of a built-in pack: it is the same all the time.
    Contacts' codes are not drawn, which takes as long as all else: what is in them is
    tested in `test_contact_code.py`.
    """
    folder = tmp_path_factory.mktemp("project")
    for language in ("de", "en"):
        section = folder / "sections" / language / "nice.md"
        section.parent.mkdir(parents=True)
        section.write_text(PLACES, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        installed = (*TEMPLATE_PACKS, str(folder))
        patch.setattr("guidegen.files.compiled_templates.TEMPLATE_PACKS", installed)
        patch.setattr("guidegen.render.contact_code._draw", lambda _: b"<svg></svg>")
        yield folder


@pytest.fixture(scope="module")
def everywhere(pack: Pack) -> Pack:
    """Return the pack with just the section that prints an answer everywhere."""
    front = pack.pages[0]
    nice = tuple(section for section in front.sections if section.id == "nice")
    return replace(pack, pages=(replace(front, sections=nice),))


def _pages(text: str, pack: Pack, folder: Path, language: str) -> list[_Page]:
    guideline = compose(answers_with(folder, text), pack, language)
    document = render(guideline, cache=folder)
    pages = []
    for page in document.pages:
        parsed = _Page()
        parsed.feed(
            markdown.markdown(
                page.markdown, extensions=list(document.markdown_extensions)
            )
        )
        parsed.close()
        pages.append(parsed)
    return pages


def _assert_stays_text(text: str, pack: Pack, folder: Path, language: str) -> None:
    """Compare with the same pages that say something harmless in its place."""
    # Answers are read without the white space around them.
    answer = re.sub(rf"^(\s|{CONTROL.pattern})+|(\s|{CONTROL.pattern})+$", "", text)
    shown = _plain(answer)
    harmless = "Harmlos" if len(answer.split()) == 1 else "Harmlos Wort"

    pages = _pages(answer, pack, folder, language)
    key = (harmless, len(pack.pages), folder, language)
    if key not in _EXPECTED:
        _EXPECTED[key] = _pages(harmless, pack, folder, language)

    for page, good in zip(pages, _EXPECTED[key], strict=True):
        said = [
            (tag, tuple((name, _stops(x or "")) for name, x in attrs))
            for tag, attrs in page.elements
        ]
        assert said == [
            (
                tag,
                tuple(
                    (name, _stops((x or "").replace(harmless, shown)))
                    for name, x in attrs
                ),
            )
            for tag, attrs in good.elements
        ]
        assert _stops(page.text) == _stops(good.text.replace(harmless, shown))


_EXPECTED: dict[tuple[object, ...], list[_Page]] = {}
"""The pages that say something harmless, which are the same for every answer."""


def _stops(text: str) -> str:
    # Of an answer's full stop and the sentence's, one is written (tests/model).
    return re.sub(r"\.(\s*\.)+", ".", text)


@pytest.mark.slow
@pytest.mark.parametrize("text", EXAMPLES, ids=lambda text: ascii(text[:20]))
def test_markup_of_any_kind_stays_text(
    text: str, everywhere: Pack, folder: Path
) -> None:
    _assert_stays_text(text, everywhere, folder, "de")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["de", "en"])
def test_markup_of_any_kind_stays_text_in_the_built_in_pack(
    language: str, pack: Pack, folder: Path
) -> None:
    for text in EXAMPLES[::3]:
        _assert_stays_text(text, pack, folder, language)


FRAGMENTS = st.sampled_from(
    [each for each in EXAMPLES if len(each) < 40]
    + list("*_`[](){}<>&#|!\\\"'~^$=+-:.%@ \n\t0123456789")
)
SLOW = [HealthCheck.too_slow]
# The three signs by which guidegen itself marks words of another language are no text.
SIGNS = "\ue010\ue011\ue012"
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters=SIGNS)
TEXTS = (
    st.lists(FRAGMENTS | st.text(LETTERS, max_size=12), min_size=1, max_size=8)
    .map("".join)
    .filter(lambda text: _plain(text) != "")
)


@pytest.mark.long
@pytest.mark.soak
@pytest.mark.no_cover
@pytest.mark.slow
@settings(
    max_examples=counts(soak=250, sample=80), deadline=None, suppress_health_check=SLOW
)
@given(text=TEXTS)
def test_no_text_at_all_becomes_markup(
    text: str, everywhere: Pack, folder: Path
) -> None:
    _assert_stays_text(text, everywhere, folder, "de")


@pytest.mark.soak
@pytest.mark.no_cover
@pytest.mark.slow
@settings(
    max_examples=counts(soak=60, sample=20), deadline=None, suppress_health_check=SLOW
)
@given(text=TEXTS, language=st.sampled_from(["de", "en"]))
def test_no_text_at_all_becomes_markup_in_the_built_in_pack(
    text: str, language: str, pack: Pack, folder: Path
) -> None:
    _assert_stays_text(text, pack, folder, language)


@pytest.mark.slow
@given(text=TEXTS)
@settings(max_examples=150, deadline=None)
def test_a_text_alone_is_one_paragraph_that_says_it(text: str) -> None:
    page = _Page()

    page.feed(
        markdown.markdown(
            escape_markdown(text),
            extensions=["attr_list", "md_in_html", "tables", "def_list"],
        )
    )
    page.close()

    assert page.elements == [("p", ()), ("/p", ())]
    assert page.text == _plain(text)


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_of_guidegen_s_own_among_an_answer_s_characters_is_not_shown(
    sign: str,
) -> None:
    assert escape_markdown(f"a{sign}b") == "ab"


def test_spaces_that_do_not_break_are_kept_and_others_are_made_even() -> None:
    assert escape_markdown(" 10\u00a0000\u202f€ \n und\t mehr ") == (
        "10\u00a0000\u202f€ und mehr"
    )


@pytest.mark.parametrize(
    ("url", "escaped"),
    [
        ("https://a.example/b?c=d&e=f#g", "https://a.example/b?c=d&amp;e=f#g"),
        ("https://a.example/(x)[y]*z*", "https://a.example/%28x%29%5By%5D%2Az%2A"),
        ("https://a.example/%20x", "https://a.example/%20x"),
        ('https://a.example/"><script>', "https://a.example/%22%3E%3Cscript%3E"),
        ("https://a.example/ä b\\", "https://a.example/%C3%A4%20b%5C"),
        ("HTTPS://a.example/", "HTTPS://a.example/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("tel:+4940123", "tel:+4940123"),
    ],
)
def test_an_address_can_stand_in_a_link(url: str, escaped: str) -> None:
    assert escape_url(url) == escaped
    page = _Page()
    page.feed(markdown.markdown(f"[x]({escaped})"))
    assert page.elements[1] == ("a", (("href", html.unescape(escaped)),))


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//a.example",
        "a.example",
        "https",
        "",
        "https://[",
    ],
)
def test_no_other_scheme_can_be_linked_to(url: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        escape_url(url)
