"""The search's index, beside what Material's own plugins write for the same pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import example, given, reject, settings
from hypothesis import strategies as st
from material.plugins.offline.plugin import (  # type: ignore[import-untyped]
    OfflinePlugin,
)
from material.plugins.search.plugin import (  # type: ignore[import-untyped]
    SearchIndex as TheirIndex,
)
from material.plugins.search.plugin import SearchPlugin
from mkdocs.structure.toc import get_toc
from tests.samples import COMPANIES, NAMES, SCENARIOS

from guidegen.answers.read import read_answers
from guidegen.arrange import read_arrangement
from guidegen.model.document import Page
from guidegen.page.html import html_of
from guidegen.page.tree import PageParser, headings_of, tree_of
from guidegen.pipeline.working_copy import compose_documents
from guidegen.site import Look, build_site
from guidegen.site.articles import Article, articles
from guidegen.site.configuration import configuration
from guidegen.site.foreign import Foreign
from guidegen.site.search_index import (
    SearchIndex,
    search_settings,
    sections_of,
    without_marks,
)
from guidegen.site.theme_cache import CachedTheme
from guidegen.site.urls import current_folders


def _plugin(options: Mapping[str, object]) -> Any:  # noqa: ANN401  # untyped
    """Return Material's own plugin."""
    plugin = SearchPlugin()
    assert plugin.load_config(options) == ([], [])
    return plugin


def _add(plugin: Any, url: str, article: Article, title: str) -> str:  # noqa: ANN401
    """Let the plugin add a page, and return what it leaves of the page's HTML."""
    page = SimpleNamespace(
        content=article.html,
        meta={},
        title=title,
        toc=get_toc(article.headings),
        url=url,
    )
    plugin.on_page_context({}, page=page, config=None, nav=None)
    return str(page.content)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.slow
@pytest.mark.parametrize("name", [*NAMES, *COMPANIES[::3]])
def test_materials_own_plugins_would_write_the_same(name: str, tmp_path: Path) -> None:
    answers, pack = read_answers(SCENARIOS / name / "guideline.yml")
    documents = compose_documents(answers, pack)
    look = Look(folders=tuple(each / "site" for each in pack.folders))
    build_site(documents, look=look, into=tmp_path / "site")

    for document in documents:
        set_up = configuration(document, documents)
        theme = CachedTheme({"language": set_up["theme"]["language"]}, Foreign(look))
        into = tmp_path / document.language
        config = SimpleNamespace(theme=theme, site_dir=str(into))
        plugin, offline = _plugin(search_settings(set_up["plugins"])), OfflinePlugin()
        plugin.on_config(config)
        arrangement = read_arrangement(look.folders)
        parser = PageParser(document.markdown_extensions)
        pages = articles(document, arrangement, parser)
        titles = {page.id: escape(page.title) for page in document.pages}
        # As MkDocs sorts the files of a folder.
        for page in sorted(titles, key=lambda name: (name != "index", name)):
            _add(plugin, f"{page}.html", pages[page], titles[page])
        plugin.on_post_build(config=config)
        assert offline.load_config({}) == ([], [])
        offline.on_post_build(config=config)

        folder = current_folders(documents)[document.language].folder
        expected = _files(into / "search")
        assert expected.keys() == {"search_index.js", "search_index.json"}
        assert _files(tmp_path / "site" / folder / "search") == expected


_NAMES = st.sampled_from(["", *[' id="a"', ' id="b"', ' lang="en"']])
_MARKS = st.sampled_from(
    [
        *("", "", "", "", ' class="linenodiv"', ' class="headerlink"'),
        *(' data-search-exclude=""', ' data-search-exclude="1"'),
    ]
)
_TAGS = st.sampled_from(
    [*("h1", "h2", "h2", "h3", "p", "p", "ul", "li", "div", "div", "a", "strong")]
)
_WORDS = st.sampled_from(
    ["", " ", "\n", "Wort", " zwei\nWorte ", "&lt;p&gt;", "&amp;amp;", "\u00a0", "<br>"]
)
_SOURCES = st.recursive(
    _WORDS,
    lambda inner: st.builds(
        lambda tag, name, mark, parts, after: (
            f"<{tag}{name}{mark}>{''.join(parts)}</{tag}>{after}"
        ),
        _TAGS,
        _NAMES,
        _MARKS,
        st.lists(inner, max_size=4),
        _WORDS,
    ),
    max_leaves=14,
)


@pytest.mark.slow
@given(sources=st.lists(_SOURCES, max_size=5))
@example(sources=["<div><h2 id='a'>A</h2>one</div>two"])
@example(sources=["<h1 id='a'>A</h1><div data-search-exclude><div>x</div>y</div>z"])
@example(sources=['<p>x data-search-boost="2" y</p><ul>\n<li> </li>\n</ul>'])
@example(sources=['<h2 id="a">A<a class="headerlink">B</a></h2>'])
@settings(max_examples=80)
def test_any_page_is_divided_as_materials_plugin_would(sources: list[str]) -> None:
    content = tree_of(Page(id="p", title="P", markdown=""), "".join(sources))
    article = Article(
        html=html_of(content),
        headings=headings_of(content),
        sections=sections_of(content),
    )
    plugin = _plugin({})
    plugin.search_index = TheirIndex()
    try:
        left = _add(plugin, "p.html", article, "P")
    except ValueError:
        reject()  # it fails on some lists in a list that is left out

    ours = SearchIndex({"separator": " ", "pipeline": []})
    ours.add("p.html", "P", article.sections)
    index = json.loads(ours.files("de")["search/search_index.json"])
    assert index["docs"] == plugin.search_index.entries
    assert without_marks(article.html) == left
