"""MkDocs' settings as its own checks would leave them, without what they search for.

MkDocs reads the entry points of every installed package to find the theme, each plugin
and each extension of Markdown. guidegen knows which ones it has, and a build with one
language took a tenth longer for being told.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, cast

from mkdocs.plugins import PluginCollection

if TYPE_CHECKING:  # it searches entry points, too
    from mkdocs.config.defaults import MkDocsConfig

    from guidegen.site.theme_cache import CachedTheme

_LEVELS: Final = {"warn": logging.WARNING, "info": logging.INFO}


class _Settings(dict[str, Any]):
    """Settings that are entries and attributes, as MkDocs asks for both."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name: str, value: object) -> None:
        self[name] = value


def checked_settings(
    settings: Mapping[str, Any],
    *,
    folder: Path,
    theme: CachedTheme,
    extensions: Sequence[object],
) -> MkDocsConfig:
    """Return what MkDocs builds with.

    Args:
        settings: What `mkdocs.yml` would say.
        folder: The folder that it would be in.
        theme: The theme, made already.
        extensions: Those of Markdown, made already.
    """
    places = {key: str(folder / settings[key]) for key in ("docs_dir", "site_dir")}
    made = _Settings(
        {
            **_DEFAULTS,
            **settings,
            **places,
            "theme": theme,
            "markdown_extensions": extensions,
            # What Material's plugins do for other projects, guidegen does itself.
            "plugins": PluginCollection(),
            "validation": _validation(settings["validation"]),
        }
    )
    return cast("MkDocsConfig", made)


_DEFAULTS: Final[Mapping[str, Any]] = {
    **dict.fromkeys(
        (
            *("copyright", "draft_docs", "edit_uri", "edit_uri_template"),
            *("exclude_docs", "not_in_nav", "remote_branch", "remote_name"),
            *("repo_name", "repo_url", "site_author", "site_description", "site_url"),
            "_current_page",
        )
    ),
    "extra_javascript": (),
    "extra_templates": (),
    "mdx_configs": {},
    "strict": False,
}
"""What MkDocs takes for what `mkdocs.yml` does not say."""


def _validation(named: Mapping[str, Mapping[str, str]]) -> SimpleNamespace:
    """Return how seriously MkDocs takes what it finds."""
    nav = {"omitted_files": "info", "not_found": "warn", "absolute_links": "info"}
    links = {"not_found": "warn"} | dict.fromkeys(
        ("absolute_links", "unrecognized_links", "anchors"), "info"
    )
    levels = {
        kind: {**usual, **named.get(kind, {})}
        for kind, usual in {"nav": nav, "links": links}.items()
    }
    return SimpleNamespace(
        **{
            kind: SimpleNamespace(**{key: _LEVELS[each] for key, each in some.items()})
            for kind, some in levels.items()
        }
    )
