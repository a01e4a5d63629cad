"""Material's theme without its detours; what comes out stays the same, byte for byte.

Most of the time of a warm build would go into compiling the theme's templates, listing
its fourteen thousand icons and copying what is not needed. So compiled templates are
kept, on disk and in memory, and only the files that a site needs are listed.
"""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import jinja2
import material  # type: ignore[import-untyped]
import mkdocs
import yaml
from jinja2.runtime import Context
from markupsafe import Markup
from mkdocs.utils import markdown_extensions, normalize_url

from guidegen.arrange.arrangement import FILE as ARRANGEMENT
from guidegen.files.compiled_templates import CompiledTemplates
from guidegen.sandbox import COMPILED, Sandbox, text_of
from guidegen.site.foreign import Foreign
from guidegen.site.look import Look
from guidegen.site.shown import shown_configuration

_LUNR = "assets/javascripts/lunr/"
"""Material's splitting of words and stemmers; English is built in."""

# libyaml reads in a tenth of the time, but not every installation has it.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_INSTALLED: Final = tuple(
    str(Path(package.__path__[0], "templates")) for package in (material, mkdocs)
)
"""The folders of the theme as it was installed, which does not change meanwhile."""

_STAYS: Final = re.compile(
    "|".join(
        fnmatch.translate(pattern)
        for pattern in (
            *(".*", "*/.*", "*.html", "*.py", "*.pyc", "*readme*"),
            *("mkdocs_theme.yml", "locales/*"),
            *(f"*{end}" for end in markdown_extensions),
        )
    )
)
"""What MkDocs does not copy of a theme."""


class CachedTheme:
    """A theme that keeps its compiled templates, and knows which files a site needs.

    It is what MkDocs asks of a theme, but no `Theme` of MkDocs: that one imports Babel
    to translate templates, which Material does itself.

    Args:
        settings: What `mkdocs.yml` says about the theme.
        foreign: The packs' folders, which win over the theme's own, and what of them
            gets into a site.
    """

    def __init__(self, settings: Mapping[str, Any], foreign: Foreign) -> None:
        self._settings = {**_settings(), **settings}
        self._look = foreign.look
        self._foreign = foreign
        self.dirs = [*(str(folder) for folder in self._look.folders), *_INSTALLED]
        # 404.html and sitemaps know no path prefix.
        self.static_templates: set[str] = set()

    def get_env(self) -> Sandbox:
        """Return the environment that all builds of a language with this look share."""
        folders = tuple(str(folder) for folder in self._look.folders)
        return _environment(self._settings["language"], folders, self._look.cache)

    def show(self, settings: Mapping[str, Any]) -> SimpleNamespace:
        """Let templates see a build's settings as `config`, and return that."""
        config = shown_configuration(settings, self._settings)
        environment = self.get_env()
        environment.globals["config"] = config
        # `serve` builds with the same environment again and again.
        environment.budget.begin()
        return config

    def searched(self) -> str:
        """Return the language in which its search finds words, as lunr names it."""
        words = self.get_env().get_template("partials/language.html").module
        # A pack may have a file of its own there, with anything in it.
        word = getattr(words, "t", None)
        said = word("search.config.lang") if word else self._settings["language"]
        return str(said)

    def files(self) -> Iterator[tuple[str, str]]:
        """Return the files that a site needs: where they are, and in which folder."""
        found: set[str] = set()
        for folder in self.dirs:
            installed = folder in _INSTALLED
            names = _copied_of_installed(folder) if installed else _copied(folder)
            for name in names:
                if (
                    name not in found
                    and is_needed(name, self._settings["language"])
                    and self._foreign.takes(folder, name)
                ):
                    found.add(name)
                    yield name, folder


@lru_cache(maxsize=1)
def _settings() -> Mapping[str, Any]:
    """Return what Material says of itself, with what MkDocs adds."""
    with Path(_INSTALLED[0], "mkdocs_theme.yml").open("rb") as file:
        said = yaml.load(file, Loader=_Loader)  # noqa: S506  # a safe one
    return {"locale": "en", **said, "name": "material"}


class _Unlisted(jinja2.FileSystemLoader):
    """Finds templates, but leaves it to us to list what is copied."""

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text, where it is, and what says whether that is so."""
        text, found, is_same = super().get_source(environment, template)
        paths = [os.path.join(each, template) for each in self.searchpath]  # noqa: PTH118  # quicker
        # A pack may get a template of this name while its site is previewed.
        before = [*takewhile(lambda path: path != found, paths)]

        def is_current() -> bool:
            return is_same() and not any(map(os.path.exists, before))

        return text, found, is_current

    def list_templates(self) -> list[str]:
        return []


@lru_cache(maxsize=4)
def _environment(
    language: str, folders: tuple[str, ...], cache: Path | None
) -> Sandbox:
    """Return an environment as the theme itself would make it, but a sandbox.

    Templates are loaded anew when their files have changed: `serve` builds again. Each
    language has its own, for a template keeps the words that it exports.
    """
    del language
    return Sandbox(
        loader=_Unlisted([*folders, *_INSTALLED]),
        auto_reload=True,
        bytecode_cache=_compiled(cache, "site"),
        more_filters={"url": _url, "script_tag": _script_tag},
    )


def _compiled(cache: Path | None, kind: str) -> CompiledTemplates:
    """Return where compiled templates of guidegen and of the theme are kept."""
    return CompiledTemplates(cache, kind=f"{kind}{COMPILED}", installed=_INSTALLED)


@jinja2.pass_context
def _url(context: Context, value: object) -> str:
    """Return an address as it is on the page: MkDocs' filter."""
    page, base = context.get("page"), context.get("base_url")
    # Of a page, MkDocs needs the address only.
    given: Any = page if isinstance(page, SimpleNamespace) else None
    return normalize_url(text_of(value), page=given, base=text_of(base))


@jinja2.pass_context
def _script_tag(context: Context, script: object) -> Markup:
    """Return the element of a script: MkDocs' filter, for plain addresses."""
    return Markup('<script src="{}"></script>').format(_url(context, script))


@lru_cache(maxsize=4)
def _copied_of_installed(root: str) -> tuple[str, ...]:
    """Return what `_copied` does, of a folder that does not change meanwhile."""
    return _copied(root)


def _copied(root: str) -> tuple[str, ...]:
    """Return the files that MkDocs would copy."""
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = folder[len(root) :].replace(os.sep, "/").strip("/")
        found += [f"{below}/{name}" if below else name for name in names]
    return tuple(sorted(name for name in found if not _STAYS.match(name.lower())))


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
    # `brand.css` has the colours. What is what on a page is for us alone.
    return not (
        path.endswith(".map")
        or path in {ARRANGEMENT, "sitemap.xml", "assets/images/favicon.png"}
        or path.startswith("assets/stylesheets/palette.")
    )


def environment_like_pages(look: Look, kind: str) -> Sandbox:
    """Return a sandbox with today's partials and icons, for another template.

    All pages of a language lie together there: an address is right as it is.

    Args:
        look: The packs' folders.
        kind: Distinguishes this environment from others in the cache.
    """
    return Sandbox(
        loader=jinja2.FileSystemLoader([*look.folders, *_INSTALLED]),
        bytecode_cache=_compiled(look.cache, kind),
        more_filters={"url": text_of},
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
