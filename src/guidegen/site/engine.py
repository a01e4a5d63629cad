"""The one door to MkDocs: pages and settings go in, a language's site comes out.

MkDocs runs in this process, quiet, and on the guideline's clock.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from html import escape, unescape
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from mkdocs.commands.build import build
from mkdocs.config.base import LegacyConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, file_sort_key
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc
from mkdocs.utils.templates import TemplateContext

from guidegen.errors import SiteError
from guidegen.model.document import Document
from guidegen.page.mistakes import page_error
from guidegen.page.tree import extensions_of
from guidegen.sandbox import translate_mistakes
from guidegen.site.articles import Article
from guidegen.site.checked_settings import checked_settings
from guidegen.site.foreign import Foreign
from guidegen.site.search_index import SearchIndex, search_settings, without_marks
from guidegen.site.shown import Shown
from guidegen.site.theme_cache import CachedTheme

if TYPE_CHECKING:  # it searches the entry points of all packages
    from mkdocs.config.defaults import MkDocsConfig

_ADDRESS = re.compile(r'(<a [^>]*?\bhref="|<img [^>]*?\bsrc=")([^"]*)')
_QUOTED = re.compile("'([^']+)'")

_TIME = "SOURCE_DATE_EPOCH"
"""Seconds since 1970 (reproducible-builds.org)."""

_ONE_AT_A_TIME = Lock()
"""What MkDocs warns of goes to a logger that all builds of this process share."""


def run_mkdocs(
    document: Document,
    settings: Mapping[str, Any],
    files: Mapping[str, bytes],
    foreign: Foreign,
    *,
    articles: Callable[[], Mapping[str, Article]],
    within: Path,
) -> Path:
    """Build a language's site within an empty folder, and return where.

    Args:
        document: The language's document.
        settings: What `mkdocs.yml` would say.
        files: What would be in `docs/`.
        foreign: What the pages look like, and what of that gets into the site.
        articles: Makes what stands on the document's pages, by their ids.
        within: The folder.

    Raises:
        SiteError: MkDocs or a template has found something wrong.
    """
    # The overrides are read where the packs have them: the cache goes by files' paths.
    chosen = {
        key: value for key, value in settings["theme"].items() if key != "custom_dir"
    }
    theme = CachedTheme(chosen, foreign)
    shown = Shown(theme.show(settings))
    config = _settings(within, settings, theme, document, files)
    # Added here rather than in the settings, so that an exported project builds with
    # MkDocs alone.
    written = articles()
    config.plugins["search"] = _Search(settings, theme, written)
    config.plugins["guidegen"] = _Feed(document, files, theme, written, shown, foreign)
    _refuse_strange_time()
    with _ONE_AT_A_TIME, _warnings() as warnings:
        try:
            with translate_template_errors(foreign.look.folders):
                build(config)
        # MkDocs ends its builds as a command-line program does.
        except (MkDocsException, SystemExit) as error:
            raise _site_error(warnings or [str(error)], document) from error
        if warnings:
            raise _site_error(warnings, document)
    return Path(config.site_dir)


def _refuse_strange_time() -> None:
    """Refuse a time in the environment that MkDocs would fail on.

    It reads the variable, whatever time the pages show.
    """
    text = os.environ.get(_TIME, "0")
    try:
        dt.datetime.fromtimestamp(int(text), dt.UTC)
    except (ValueError, OverflowError, OSError):
        raise SiteError("error-site-time", name=_TIME, value=text) from None


class _Search(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]
    """Writes what the pages' search reads, as Material's own plugins do."""

    def __init__(
        self,
        settings: Mapping[str, Any],
        theme: CachedTheme,
        articles: Mapping[str, Article],
    ) -> None:
        self._theme = theme
        self._sections = {
            f"{page}.md": each.sections for page, each in articles.items()
        }
        self._index = SearchIndex(search_settings(settings["plugins"]))

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, **_: object
    ) -> TemplateContext:
        """Add what a search finds of a page; the page keeps no marks for it."""
        # What a template prints of the settings is not searched.
        found = self._sections.get(page.file.src_uri, ())
        self._index.add(page.url, str(page.title), found)
        page.content = without_marks(page.content or "")
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the index."""
        for name, content in self._index.files(self._theme.searched()).items():
            path = Path(config.site_dir, name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content.encode())


class _Feed(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]
    """Gives MkDocs what this run has made already, and the same time on any day.

    Files need not be written to be read again, nor Markdown parsed twice. The other way
    to set the time, SOURCE_DATE_EPOCH, would change the environment of the whole
    process while other threads typeset.
    """

    def __init__(
        self,
        document: Document,
        files: Mapping[str, bytes],
        theme: CachedTheme,
        articles: Mapping[str, Article],
        shown: Shown,
        foreign: Foreign,
    ) -> None:
        self._pages = {f"{page.id}.md": page for page in document.pages}
        self._files = files
        self._theme = theme
        self._articles = articles
        self._shown = shown
        self._foreign = foreign
        self._now = dt.datetime.fromtimestamp(document.valid_from, dt.UTC)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add what would be in `docs/`, and the theme's files that a site needs."""
        added = [
            File.generated(config, name, content=content)
            for name, content in self._files.items()
        ]
        # The order in which MkDocs reads a folder; the search index is written in it.
        for file in sorted(added, key=file_sort_key):
            if replaced := files.get_file_from_path(file.src_uri):
                files.remove(replaced)
            files.append(file)
        for name, folder in self._theme.files():
            if files.get_file_from_path(name) is None:
                if (content := self._foreign.drawn(folder, name)) is not None:
                    files.append(File.generated(config, name, content=content))
                    continue
                file = File(
                    name,
                    folder,
                    config.site_dir,
                    use_directory_urls=config.use_directory_urls,
                )
                files.append(file)
        return files

    def on_pre_page(self, page: MkDocsPage, **_: object) -> MkDocsPage:
        """Say when the page changed."""
        page.update_date = f"{self._now:%Y-%m-%d}"
        return page

    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, **_: object
    ) -> str | None:
        """Leave MkDocs nothing to parse of a page that has been parsed."""
        return "" if page.file.src_uri in self._pages else markdown

    def on_page_content(
        self, html: str, *, page: MkDocsPage, files: Files, **_: object
    ) -> str | None:
        """Give MkDocs the page's article, with links as they are in the site."""
        source = self._pages.get(page.file.src_uri)
        if source is None:
            return html
        article = self._articles[source.id]
        page.toc = get_toc(article.headings)

        def in_site(found: re.Match[str]) -> str:
            parts = urlsplit(unescape(found[2]))
            if parts.scheme or parts.netloc or not parts.path:
                return found[0]
            target = files.get_file_from_path(posixpath.normpath(unquote(parts.path)))
            if target is None:
                raise page_error(source, "error-link-nowhere", found[2], link=found[2])
            path = target.url_relative_to(page.file)
            return found[1] + escape(parts._replace(path=path).geturl())

        return _ADDRESS.sub(in_site, article.html)

    def on_page_context(
        self,
        context: TemplateContext,
        *,
        page: MkDocsPage,
        nav: Navigation,
        **_: object,
    ) -> Any:  # noqa: ANN401
        """Say what time it is, and take away from templates what is no data."""
        context["build_date_utc"] = self._now
        return self._shown.context(context, page, nav)

    def on_post_page(self, output: str, *, page: MkDocsPage, **_: object) -> str:
        """Make harmless what the templates have made."""
        return self._foreign.page(output, page.url)


def _settings(
    folder: Path,
    settings: Mapping[str, Any],
    theme: CachedTheme,
    document: Document,
    files: Mapping[str, bytes],
) -> MkDocsConfig:
    """Return what MkDocs builds with, in a folder where it may."""
    folder = folder.resolve()
    (folder / settings["docs_dir"]).mkdir()
    # MkDocs makes a parser for each page: in vain where it has nothing to parse.
    own = {f"{page.id}.md" for page in document.pages}
    parses = any(name.endswith(".md") and name not in own for name in files)
    extensions = extensions_of(document.markdown_extensions) if parses else ()
    return checked_settings(settings, folder=folder, theme=theme, extensions=extensions)


def _site_error(messages: Sequence[str], document: Document) -> SiteError:
    """Return MkDocs' messages as an error, with the author's file and line if known.

    MkDocs quotes the page and the words on it that it complains of.
    """
    detail = "; ".join(dict.fromkeys(messages))
    pages = {f"{page.id}.md": page for page in document.pages}
    for message in messages:
        quoted = _QUOTED.findall(message)
        for page in (pages[name] for name in quoted if name in pages):
            path, line = page.source_of(*(text for text in quoted if text not in pages))
            if path:
                return SiteError("error-site", path=path, line=line, detail=detail)
    return SiteError("error-site", detail=detail)


def translate_template_errors(
    folders: Sequence[Path],
) -> AbstractContextManager[None]:
    """Turn what is wrong with a template into an error that names its file and line.

    Args:
        folders: Those of the packs' templates.
    """
    return translate_mistakes(folders, SiteError, "error-site-template")


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Collect what MkDocs warns of, instead of letting it reach the terminal."""
    logger, collector = logging.getLogger("mkdocs"), _Collector()
    # Handlers of the root logger would print the messages.
    propagated, logger.propagate = logger.propagate, False
    logger.addHandler(collector)
    try:
        yield collector.messages
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagated
