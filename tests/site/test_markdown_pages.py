"""The exported project's pages: Markdown that is read as the site's articles."""

from __future__ import annotations

import re
from dataclasses import replace

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


def _read_back(document: Document) -> dict[str, tuple[str, str]]:
    """Return what each page of the project is read as, and what it is on the site."""
    arrangement = builtin_arrangement()
    parser = PageParser(document.markdown_extensions)
    written = markdown_pages(document, arrangement, parser)
    ours = articles(document, arrangement, parser)
    # Where an address may break is the site's alone, and no word of it.
    shown = {page: ours[page].html.replace("<wbr>", "") for page in written}
    return {
        page: (meaning(parser.html(f"\n{text}\n")), meaning(shown[page]))
        for page, text in written.items()
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", COMPANIES)
def test_a_sample_company_s_texts_stay_markdown(name: str) -> None:
    answers, pack = read_answers(SCENARIOS / name / "guideline.yml")
    for document in compose_documents(answers, pack):
        pages = markdown_pages(
            document, builtin_arrangement(), PageParser(document.markdown_extensions)
        )

        assert all(theirs == ours for theirs, ours in _read_back(document).values())
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

    for theirs, ours in found.values():
        assert theirs == ours
