"""What the site's templates see of MkDocs: its data, copied out of its objects.

A page of MkDocs has methods that read and write files, and its configuration leads to
everything else. So templates get plain values under the names that the theme knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils.templates import TemplateContext

from guidegen.sandbox import Readable

_NAMES = (
    *("copyright", "edit_uri", "repo_name", "repo_url", "site_author"),
    *("site_description", "site_name", "site_url"),
)
"""What a theme may ask of the settings; guidegen sets only some of it."""


def shown_configuration(
    settings: Mapping[str, Any], theme: Mapping[str, Any]
) -> SimpleNamespace:
    """Return what templates see as `config`.

    Args:
        settings: What `mkdocs.yml` would say.
        theme: The theme's own settings, with those of `mkdocs.yml`.
    """
    plugins: dict[str, object] = {
        name: {}
        for entry in settings["plugins"]
        # One with settings of its own is a map of its name to them.
        for plugin in (entry if isinstance(entry, Mapping) else (entry,))
        # A theme asks for its own plugin under this name, too.
        for name in (plugin, f"{settings['theme']['name']}/{plugin}")
    }
    return SimpleNamespace(
        **{name: settings.get(name) for name in _NAMES},
        extra=_plain(settings["extra"]),
        extra_css=[*settings["extra_css"]],
        extra_javascript=[],
        mdx_configs={},
        plugins=plugins,
        theme=_plain({**theme, "locale": str(theme["locale"])}),
        use_directory_urls=settings["use_directory_urls"],
    )


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Return settings as maps, lists, texts and numbers, whatever they were."""
    # Nearly all of them are.
    if type(value) is str:
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(entry) for entry in value]
    if value is None or isinstance(value, int | float):
        return value
    # Also of texts of other classes, only the text.
    return str(value)


class _Pages(Readable):
    """The navigation: `nav.items`, and `nav` itself, are the pages."""

    def __init__(self, pages: Sequence[SimpleNamespace]) -> None:
        self.items = self.pages = [*pages]
        self.homepage = next((page for page in pages if page.is_homepage), None)

    def __iter__(self) -> Iterator[SimpleNamespace]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


class Shown:
    """What the templates of one language's build see.

    Args:
        config: What they see as `config`.
    """

    def __init__(self, config: SimpleNamespace) -> None:
        self._config = config
        self._pages: dict[str, SimpleNamespace] = {}
        self._nav: _Pages | None = None

    def context(self, context: TemplateContext, page: Page, nav: Navigation) -> Any:  # noqa: ANN401
        """Return the context of a page in which nothing of MkDocs is left.

        Args:
            context: MkDocs' own.
            page: The page.
            nav: All pages.
        """
        if self._nav is None:
            self._nav = self._all(nav)
        for url, shown in self._pages.items():
            shown.active = url == page.url
        shown = self._pages[page.url]
        # Plugins have had their turn by now.
        shown.content, shown.toc = page.content, [*map(_heading, page.toc)]
        shown.meta, shown.title = _plain(page.meta), str(page.title)
        shown.update_date = str(page.update_date)
        return {
            "base_url": context["base_url"],
            "build_date_utc": str(context["build_date_utc"]),
            "config": self._config,
            "extra_css": [*context["extra_css"]],
            "extra_javascript": [],
            "mkdocs_version": context["mkdocs_version"],
            "nav": self._nav,
            "page": shown,
            "pages": [each.file for each in self._pages.values()],
        }

    def _all(self, nav: Navigation) -> _Pages:
        pages = [_page(page) for page in nav.pages]
        self._pages = {page.url: page for page in pages}
        for before, after in pairwise(pages):
            before.next_page, after.previous_page = after, before
        return _Pages(pages)


def _page(page: Page) -> SimpleNamespace:
    shown = SimpleNamespace(
        abs_url=None,
        active=False,
        ancestors=[],
        canonical_url=page.canonical_url,
        children=None,
        content="",
        edit_url=None,
        is_homepage=page.is_homepage,
        is_link=False,
        is_page=True,
        is_section=False,
        is_top_level=True,
        meta={},
        next_page=None,
        parent=None,
        previous_page=None,
        title=str(page.title),
        toc=[],
        update_date="",
        url=page.url,
    )
    shown.file = _file(page.file, shown)
    return shown


def _file(file: File, page: SimpleNamespace) -> SimpleNamespace:
    return SimpleNamespace(
        dest_uri=file.dest_uri,
        name=file.name,
        page=page,
        src_path=file.src_uri,
        src_uri=file.src_uri,
        url=file.url,
    )


def _heading(heading: AnchorLink) -> SimpleNamespace:
    return SimpleNamespace(
        children=[*map(_heading, heading.children)],
        id=heading.id,
        level=heading.level,
        title=heading.title,
        url=heading.url,
    )
