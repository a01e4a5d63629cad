"""Material's theme without its detours; what comes out stays the same, byte for byte.

Most of the time of a warm build would go into compiling the theme's templates, listing
its fourteen thousand icons and copying what is not needed. So compiled templates are
kept, on disk and in memory, and only the files that a site needs are listed.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.theme import Theme

from guidegen.files.compiled_templates import CompiledTemplates
from guidegen.site.look import Look

_LUNR = "assets/javascripts/lunr/"
"""Material's splitting of words and stemmers; English is built in."""


class CachedTheme(Theme):
    """A theme that keeps its compiled templates and lists what a site needs.

    Args:
        settings: What `mkdocs.yml` says about the theme.
        look: The packs' folders, which win over the theme's own.
    """

    def __init__(self, settings: Mapping[str, Any], look: Look) -> None:
        # Not MkDocs' own way: each time, it reads the entry points of all packages.
        # A copy, for what one language sets must not reach the next.
        vars(self).update(deepcopy(vars(_installed(settings["name"]))))
        self.update(settings)
        self.dirs[:0] = [str(folder) for folder in look.folders]
        self.static_templates = set()  # 404.html and sitemaps know no path prefix
        self._look = look
        self._environment: jinja2.Environment | None = None

    def get_env(self) -> jinja2.Environment:
        """Return the environment; MkDocs and its search ask for it several times."""
        if self._environment is None:
            self._environment = super().get_env()
            installed = _installed(str(self.name)).dirs
            folders = [str(folder) for folder in self._look.folders]
            self._environment.loader = _ShortListing(
                folders, installed, self["language"]
            )
            self._environment.bytecode_cache = CompiledTemplates(
                self._look.cache, kind="site", installed=installed
            )
        return self._environment


@lru_cache(maxsize=1)
def _installed(name: str) -> Theme:
    """Return a theme as it was installed."""
    return Theme(name)


class _ShortListing(jinja2.FileSystemLoader):
    """Lists the files that MkDocs copies into a language's site."""

    def __init__(
        self, folders: Sequence[str], installed: Sequence[str], language: str
    ) -> None:
        super().__init__([*folders, *installed])
        self._folders = folders
        self._installed = installed
        self._language = language

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for folder in self._folders:
            found.update(_copied(folder))
        for folder in self._installed:
            found.update(_copied_of_installed(folder))
        return sorted(path for path in found if is_needed(path, self._language))


@lru_cache(maxsize=4)
def _copied_of_installed(root: str) -> tuple[str, ...]:
    """Return what `_copied` does, of a folder that does not change meanwhile."""
    return _copied(root)


def _copied(root: str) -> tuple[str, ...]:
    """Return the files that MkDocs would copy: templates and dot-folders stay out."""
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = Path(folder).relative_to(root)
        found += [
            (below / name).as_posix()
            for name in names
            if not name.endswith((".html", ".py", ".pyc"))
        ]
    return tuple(found)


def is_needed(path: str, language: str) -> bool:
    """Return whether a file of the theme belongs to a site in the language.

    Args:
        path: Where the file is in the site, with `/`.
        language: The document's language.
    """
    if path.startswith(_LUNR):
        # Without the support file, Material cannot load any stemmer.
        stemmer = path.endswith(
            (f"/lunr.{language}.min.js", "/lunr.stemmer.support.min.js")
        )
        return stemmer and language != "en"
    # Source maps help developers only; the site has an SVG icon of its own, and
    # `brand.css` has the colours.
    return not (
        path.endswith(".map")
        or path in {"sitemap.xml", "assets/images/favicon.png"}
        or path.startswith("assets/stylesheets/palette.")
    )


def environment_like_pages(look: Look, kind: str) -> jinja2.Environment:
    """Return an environment with today's partials and icons, for another template.

    Args:
        look: The packs' folders.
        kind: Distinguishes this environment from others in the cache.
    """
    return jinja2.Environment(  # noqa: S701  # all texts are HTML already
        loader=jinja2.FileSystemLoader([*look.folders, *_installed("material").dirs]),
        bytecode_cache=CompiledTemplates(
            look.cache, kind=kind, installed=_installed("material").dirs
        ),
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
