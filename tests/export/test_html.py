from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from tests.export.pages import ANSWERS, NEWS, in_force, with_page, with_text
from tests.export.reading import shape_of, squeezed
from tests.test_hostile import MARKUP
from tests.wording import raises

from guidegen.arrange import read_arrangement
from guidegen.errors import ExportError, RenderError
from guidegen.export.html import html_file
from guidegen.model.document import Asset, Document, Page
from guidegen.pack.find import builtin_packs
from guidegen.pack.style import page_style

ALLOWED = ("https:", "http:", "mailto:", "tel:", "data:image/", "#")


STYLE = page_style([builtin_packs() / "dell"], "#0b5fa5")
ARRANGEMENT = read_arrangement([builtin_packs() / "dell" / "site"])


def _html(document: Document, look: list[Path]) -> str:
    return html_file(document, look=look, style=STYLE, arrangement=ARRANGEMENT).decode()


@pytest.mark.slow
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_file_needs_nothing_beside_it_and_runs_nothing(
    documents: dict[str, Document], look: list[Path], language: str
) -> None:
    html = _html(documents[language], look)
    shape = shape_of(html)

    tags = {tag for tag, _ in shape.elements}
    assert not tags & {"script", "link", "iframe", "object", "base", "form"}
    assert "@import" not in html
    assert set(re.findall(r"url\(.{6}", html)) == {"url('data:"}
    assert f'<html lang="{documents[language].locale}">' in html
    assert len(html.encode()) < 300_000
    assert all(address.startswith(ALLOWED) for address in shape.addresses)
    names = {name for _, attributes in shape.elements for name in attributes}
    assert not [name for name in names if name.startswith("on") or name == "style"]


def test_the_policy_allows_this_style_and_nothing_else(
    documents: dict[str, Document], look: list[Path]
) -> None:
    html = _html(documents["de"], look)

    style = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    policy = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    assert len(style) == 1
    assert [entry.replace("&#39;", "'") for entry in policy] == [
        (
            f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;"
            " base-uri 'none'; form-action 'none'"
        )
    ]


def test_all_pages_are_in_it_and_its_links_lead_somewhere(
    documents: dict[str, Document], look: list[Path]
) -> None:
    document = documents["de"]
    shape = shape_of(_html(document, look))

    inner = {address[1:] for address in shape.addresses if address.startswith("#")}
    assert inner <= set(shape.ids)
    assert len(shape.ids) == len(set(shape.ids))
    assert {page.id for page in document.pages} <= set(shape.ids)
    assert {"taboo-topics", "contact", "details.abroad"} <= inner
    topics = {f"{page}.topic-financial-figures" for page in ("index", "taboo-topics")}
    assert topics <= set(shape.ids)
    headings = [tag for tag, _ in shape.elements if re.fullmatch(r"h\d", tag)]
    assert headings.count("h1") == 1
    assert headings[0] == "h1"


def test_it_is_arranged_as_the_site_is(
    documents: dict[str, Document], look: list[Path]
) -> None:
    html = _html(documents["de"], look)
    body = html.partition("<body")[2]

    assert body.index('<header class="gg-hero">') < body.index('class="gg-news"')
    assert body.index('class="gg-news"') < body.index("<h1")
    assert body.index("<h1") < body.index('<figure class="gg-magic">')
    assert len(re.findall(r'<section class="gg-card', body)) == 5
    assert body.count('<section class="gg-contact"') == 1
    assert "<details open" not in body
    topic = re.search(
        r'<details class="gg-topic" id="index.topic-\w.*?</details>', body, re.DOTALL
    )
    assert "<summary>" in (topic[0] if topic else "")
    named = re.findall(r'aria-labelledby="([^"]*)"', body)
    assert set(named) <= set(shape_of(html).ids)
    assert len(named) == len(set(named))


def test_a_logo_of_its_own_stands_on_dark_ground(
    documents: dict[str, Document], look: list[Path]
) -> None:
    logo = Asset(path="images/logo.svg", content=b"<svg id='light'/>")
    dark = Asset(path="images/logo-dark.svg", content=b"<svg id='dark'/>")
    html = _html(replace(documents["de"], logo=logo, logo_dark=dark), look)

    for asset, name in ((logo, "light"), (dark, "dark")):
        data = base64.b64encode(asset.content).decode()
        assert f'gg-logo--{name}" src="data:image/svg+xml;base64,{data}"' in html


def test_a_draft_says_so_and_a_release_does_not(
    documents: dict[str, Document], look: list[Path]
) -> None:
    document = documents["de"]
    draft = shape_of(_html(document, look)).text
    released = shape_of(_html(in_force(document), look)).text

    assert document.running_texts["draft"] in draft
    assert NEWS in draft
    assert document.running_texts["draft"] not in released
    assert "Neu in dieser Fassung" not in released
    for key in ("owner", "valid_from", "next_review", "version", "digest_short"):
        assert document.running_texts[key] in released


def test_number_and_classification_stand_at_the_top_and_all_in_the_facts(
    documents: dict[str, Document], look: list[Path]
) -> None:
    told = {
        "document_number": "DA <3.5>",
        "classification": "<b>",
        "approved_by": "&amp;",
    }
    document = documents["de"]
    facts = {**document.running_texts, **told}
    text = _html(replace(document, running_texts=facts), look)

    head = "Dokument: <strong>DA &lt;3.5&gt;</strong> · Einstufung: <strong>&lt;b&gt;<"
    assert head in text.partition("<main")[0]
    for value in ("DA &lt;3.5&gt;", "&lt;b&gt;", "&amp;amp;"):
        assert f"<dd>{value}</dd>" in text


def test_the_same_answers_give_the_same_bytes(
    documents: dict[str, Document], look: list[Path]
) -> None:
    assert _html(documents["en"], look) == _html(documents["en"], look)


def test_a_company_changes_the_look_in_its_own_pack(
    documents: dict[str, Document], look: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "guideline.css").write_text("body { color: #123456; }", "utf-8")

    html = _html(documents["de"], [tmp_path, *look])

    assert "color: #123456" in html
    assert "p.gg-brand" not in html
    assert html.index("--gg-page:") < html.index("color: #123456")


def test_a_broken_template_is_named(
    documents: dict[str, Document], look: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "guideline.html").write_text("{% if %}", "utf-8")

    with raises(ExportError, match=r"guideline\.html"):
        _html(documents["de"], [tmp_path, *look])


@pytest.mark.parametrize(
    ("markdown", "what"),
    [
        ("[a](javascript:alert(1))", "is not allowed"),
        ("[a](//evil.example/x)", "is not allowed"),
        ("[a](java&#10;script:alert(1))", "is not allowed"),
        ("[a](nowhere.md)", "leads nowhere"),
        ("[a](#nowhere)", "leads nowhere"),
        ("![a](nothing.png)", "is missing"),
    ],
)
def test_what_leads_nowhere_or_elsewhere_is_refused(
    documents: dict[str, Document], look: list[Path], markdown: str, what: str
) -> None:
    page = with_page(documents["de"], f"# A\n\n{markdown}\n")

    with raises(RenderError, match=what):
        _html(page, look)


def test_only_pictures_that_browsers_show_are_taken(
    documents: dict[str, Document], look: list[Path]
) -> None:
    page = with_page(documents["de"], "# A\n\n![a](a.tiff)\n")
    page = replace(page, assets=(Asset(path="a.tiff", content=b"II*"),))

    with raises(ExportError, match="format"):
        _html(page, look)


def test_two_pages_may_have_headings_of_the_same_name(
    documents: dict[str, Document], look: list[Path]
) -> None:
    text = "# A\n\n## Fragen {: #questions }\n\n[oben](#questions)\n"
    pages = tuple(Page(id=name, title=name, markdown=text) for name in ("a", "b"))

    shape = shape_of(_html(replace(documents["de"], pages=pages), look))

    assert {"a.questions", "b.questions"} <= set(shape.ids)
    assert {"#a.questions", "#b.questions"} <= set(shape.addresses)


def test_attributes_of_the_pages_stay_behind(
    documents: dict[str, Document], look: list[Path]
) -> None:
    text = '# A\n\nText\n{: onclick="x()" style="color:red" class="lead x&y" }\n'

    html = _html(with_page(documents["de"], text), look)

    assert "onclick" not in html
    assert "color:red" not in html
    assert '<p class="lead">Text</p>' in html


@pytest.mark.no_cover
@pytest.mark.slow
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(text=" ".join(MARKUP))
@given(text=ANSWERS)
def test_any_text_stays_text(look: list[Path], tmp_path: Path, text: str) -> None:
    plain = shape_of(_html(with_text(tmp_path, "Wort"), look))
    shape = shape_of(_html(with_text(tmp_path, text), look))

    assert Counter(shape.elements) == Counter(plain.elements)
    assert Counter(shape.addresses) - Counter(plain.addresses) == Counter(
        address for address in shape.addresses if address.startswith("data:")
    ) - Counter(address for address in plain.addresses if address.startswith("data:"))
    assert squeezed(text) in squeezed(shape.text)
