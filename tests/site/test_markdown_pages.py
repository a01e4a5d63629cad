"""The exported project's pages: Markdown that is read as the site's articles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.arrange.arranged import builtin_arrangement
from tests.arrange.test_properties import PAGES
from tests.samples import COMPANIES, SCENARIOS

from guidegen.answers.read import read_answers
from guidegen.errors import RenderError
from guidegen.model.document import Document, Page
from guidegen.page.tree import PageParser
from guidegen.pipeline.working_copy import compose_documents
from guidegen.site.articles import articles
from guidegen.site.markdown_pages import markdown_pages, meaning


class ReadBack(NamedTuple):
    """The pages of the project, and what they are read as."""

    written: Mapping[str, str]
    read: Mapping[str, str]
    shown: Mapping[str, str]
    """What they are on the site."""


def _read_back(document: Document) -> ReadBack:
    arrangement = builtin_arrangement()
    parser = PageParser(document.markdown_extensions)
    written = markdown_pages(document, arrangement, parser)
    ours = articles(document, arrangement, parser)
    return ReadBack(
        written=written,
        read={
            page: meaning(parser.html(f"\n{text}\n")) for page, text in written.items()
        },
        # Where an address may break is the site's alone, and no word of it.
        shown={page: meaning(ours[page].html.replace("<wbr>", "")) for page in written},
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", COMPANIES)
def test_a_sample_company_s_texts_stay_markdown(name: str) -> None:
    answers, pack = read_answers(SCENARIOS / name / "guideline.yml")
    for document in compose_documents(answers, pack):
        found = _read_back(document)
        pages = found.written

        assert found.read == found.shown
        index = pages["index"]
        assert '<div class="gg-rules" markdown="1">' in index
        for page in document.pages:
            if page.id == "contact":
                continue
            # Paragraphs that are just as they were written: nearly all of them.
            plain = [
                each
                for each in page.markdown.split("\n\n")
                if re.match(r"[A-ZÄÖÜ]", each) and "\n:" not in each
            ]
            kept = [each for each in plain if each.split("\n{:")[0] in pages[page.id]]
            assert len(kept) > 0.8 * len(plain)


@pytest.mark.slow
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.fixed_dictionaries(dict.fromkeys(("index", "taboo-topics", "contact"), PAGES))
)
def test_any_text_is_read_as_what_the_site_shows(
    german: Document, pages: dict[str, str]
) -> None:
    document = replace(
        german,
        pages=tuple(
            Page(id=name, title=name, markdown=text) for name, text in pages.items()
        ),
    )
    try:
        found = _read_back(document)
    except RenderError:  # unknown elements
        return

    assert found.read == found.shown
