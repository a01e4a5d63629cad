"""The step: MkDocs and Material in this process, quiet, on the guideline's clock."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guidegen.colour import DEFAULT, colours
from guidegen.errors import SiteError
from guidegen.model.archive import Archive
from guidegen.model.document import Document
from guidegen.model.note import Note
from guidegen.site.carry import Carried
from guidegen.site.configuration import configuration
from guidegen.site.feed import feed
from guidegen.site.places import CHANGES, REVIEW, VERSIONS, today, told
from guidegen.site.project import write_pages
from guidegen.site.prune import prune
from guidegen.site.review import review_calendar
from guidegen.site.versions import write_versions

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

OVERRIDES = "custom_dir"
"""MkDocs' name for the folder of a theme's overrides."""


def build_site(
    documents: Sequence[Document],
    *,
    theme: Sequence[Path],
    into: Path,
    cache: Path | None,
    archive: Archive | None = None,
    before: Carried | None = None,
) -> tuple[Note, ...]:
    """Build every language's site: the first at the root, each other in its folder.

    With an archive, what changed and the older versions are part of it.

    Args:
        documents: One document per language.
        theme: The packs' `site/` folders, the most specific first.
        into: The folder to build into, empty but for PDFs, or not there yet.
        cache: Where compiled templates are kept between builds. Python runs what lies
            there, so it has to be a folder of the user's own; None keeps nothing.
        archive: The releases; None before the first.
        before: What can be carried over from the site before, if there is one.

    Returns:
        What the author should know.

    Raises:
        SiteError: The pack lacks something, or MkDocs found something wrong.
    """
    into.mkdir(parents=True, exist_ok=True)
    _refuse_names(documents)
    look = _Look(theme=theme, cache=cache)
    for document in documents:
        front = document is documents[0]
        folder = into if front else into / document.language
        folder.mkdir(exist_ok=True)
        # In the same file system, so that what is built only needs to be moved.
        with tempfile.TemporaryDirectory(prefix=".guidegen-", dir=folder) as project:
            site = _build(document, documents, look, Path(project), archive)
            # MkDocs would empty the folder, in which PDFs may already lie.
            for path in site.iterdir():
                path.rename(folder / path.name)
    if archive:
        _write_releases(archive, documents, look, into, before or Carried(None, None))
    return _notes(documents[0].brand_color)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """The packs' `site/` folders, and where their compiled templates are kept."""

    theme: Sequence[Path]
    cache: Path | None


def _refuse_names(documents: Sequence[Document]) -> None:
    """Refuse pages in whose place the page of changes or old versions will stand."""
    for page in documents[0].pages:
        if page.id in {CHANGES, VERSIONS}:
            raise SiteError("error-page-name", name=page.id)


def _write_releases(
    archive: Archive,
    documents: Sequence[Document],
    look: _Look,
    into: Path,
    before: Carried,
) -> None:
    """Write old versions, feeds and the next review."""
    with _explained_templates():
        write_versions(
            archive,
            documents,
            theme=look.theme,
            into=into,
            cache=look.cache,
            before=before,
        )
    places = today(documents)
    for document in documents:
        if told(archive, document.language):
            path = into / places[document.language].folder / f"{CHANGES}.xml"
            path.write_bytes(feed(document, documents, archive).encode())
    if archive.review:
        calendar = review_calendar(archive, archive.review, documents[0])
        (into / REVIEW).write_bytes(calendar.encode())


def _build(
    document: Document,
    documents: Sequence[Document],
    look: _Look,
    project: Path,
    archive: Archive | None,
) -> Path:
    """Build a language's site within the project's folder and return where."""
    with _environment(document.valid_from), _warnings() as warnings:
        write_pages(document, into=project / "docs", archive=archive)
        settings = configuration(document, documents, archive)
        try:
            _run_mkdocs(project.resolve(), settings, look)
        except SiteError as error:
            raise _site_error(error, warnings) from error
        if warnings:
            raise _site_error(SiteError("error-site"), warnings)
    site = project / "site"
    prune(site, language=document.language)
    return site


def _run_mkdocs(project: Path, settings: Mapping[str, Any], look: _Look) -> None:
    from mkdocs.commands.build import build  # noqa: PLC0415  # slow, as what follows
    from mkdocs.config.defaults import MkDocsConfig  # noqa: PLC0415
    from mkdocs.exceptions import MkDocsException  # noqa: PLC0415

    # What the project's mkdocs.yml would say, without writing and reading it. The
    # overrides are read where the packs have them: the cache goes by the files' paths.
    theme = {key: value for key, value in settings["theme"].items() if key != OVERRIDES}
    config = MkDocsConfig(config_file_path=str(project / "mkdocs.yml"))
    config.load_dict({**settings, "theme": theme})
    try:
        problems = [problem for found in config.validate() for problem in found]
        if problems:
            detail = "; ".join(f"{key}: {text}" for key, text in problems)
            raise SiteError("error-site", detail=detail)
        _adapt(config, theme=look.theme, cache=look.cache)
        with _explained_templates():
            build(config)
    except (MkDocsException, SystemExit) as error:
        raise SiteError("error-site", detail=str(error)) from error


@contextmanager
def _explained_templates() -> Iterator[None]:
    """Turn what is wrong with a template into an error that names its file and line."""
    from jinja2 import TemplateError  # noqa: PLC0415  # slow to import

    try:
        yield
    except TemplateError as error:
        file = getattr(error, "filename", None)
        raise SiteError(
            "error-site-template",
            path=Path(file) if file else None,
            line=getattr(error, "lineno", None),
            detail=error.message,
        ) from error


def _adapt(config: MkDocsConfig, *, theme: Sequence[Path], cache: Path | None) -> None:
    """Put the packs' folders before the theme's own; leave out what nobody needs."""
    config.theme.dirs[:0] = [str(folder) for folder in theme]
    config.theme.static_templates = set()  # 404.html and sitemaps know no path prefix
    with suppress(Exception):  # MkDocs has changed inside: then the plain way
        from guidegen.site.quick import quick  # noqa: PLC0415

        if cache is not None:
            cache.mkdir(parents=True, exist_ok=True)
        language = str(config.extra["guidegen"]["lang"])
        config.theme = quick(config.theme, language=language, cache=cache)


def _site_error(error: SiteError, warnings: Sequence[str]) -> SiteError:
    """Return the error with what MkDocs said, unless it already names the file."""
    if error.problem.path:
        return error
    detail = "; ".join(dict.fromkeys(warnings)) or error.problem.detail
    return SiteError("error-site", detail=detail)


def _notes(brand: str | None) -> tuple[Note, ...]:
    color = colours(brand)
    if brand is None or color.brand == DEFAULT:
        return ()
    notes = []
    if color.light != color.brand:
        values = {"old": color.brand, "new": color.light}
        notes.append(Note(message="site-color-corrected", values=values))
    if color.dark != color.brand:
        values = {"old": color.brand, "new": color.dark}
        notes.append(Note(message="site-color-dark", values=values, minor=True))
    return tuple(notes)


@contextmanager
def _environment(clock: int) -> Iterator[None]:
    """Set the build's clock, and keep Material from printing its news."""
    wanted = {"SOURCE_DATE_EPOCH": str(clock), "NO_MKDOCS_2_WARNING": "true"}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


class _Collector(logging.Handler):
    def __init__(self, into: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._into = into

    def emit(self, record: logging.LogRecord) -> None:
        self._into.append(record.getMessage())


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Collect what MkDocs warns of, instead of letting it reach the terminal."""
    collected: list[str] = []
    logger = logging.getLogger("mkdocs")
    handler = _Collector(collected)
    propagated, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield collected
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagated
