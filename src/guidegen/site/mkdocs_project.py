"""A document as a plain MkDocs project, for anything that reads `mkdocs.yml`."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from html import escape
from pathlib import Path

from guidegen.arrange import read_arrangement
from guidegen.arrange.arrangement import FILE as ARRANGEMENT
from guidegen.colour import brand_css, colours
from guidegen.model.document import Document
from guidegen.page.tree import PageParser
from guidegen.site.alive import NOTHING_ALIVE, Alive
from guidegen.site.archive import NO_RELEASES, Archive
from guidegen.site.configuration import configuration
from guidegen.site.markdown_pages import markdown_pages
from guidegen.site.urls import CHANGES, INSIDE, PRACTICE

_HEAD = """\
---
template: {template}.html
search:
  exclude: true
---

"""
"""The head of a page whose template prints what the configuration knows of it."""


def write_mkdocs_project(
    document: Document,
    documents: Sequence[Document],
    *,
    theme: Sequence[Path],
    into: Path,
    alive: Alive = NOTHING_ALIVE,
) -> None:
    """Write `mkdocs.yml`, `docs/` and `overrides/` that bare `mkdocs build` builds.

    Args:
        document: The document to write.
        documents: All documents of the guideline; the first is at the site's root.
        theme: The packs' `site/` folders, the most specific first.
        into: The folder to write to; it is created.
        alive: What readers find beside the guideline's own pages.

    Raises:
        RenderError: A page holds an element that the outputs do not know.
        PackError: The pack's arrangement of pages is wrong, or it lacks a word.
        SiteError: The pack lacks a word that the site needs.
    """
    import yaml  # noqa: PLC0415  # only an export needs it

    parser = PageParser(document.markdown_extensions)
    pages = markdown_pages(document, read_arrangement(theme), parser)
    settings = configuration(document, documents, alive=alive)
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
    files = {
        f"docs/{name}": content
        for name, content in docs_files(document, alive=alive).items()
    }
    files |= {f"docs/{page}.md": f"\n{text}\n".encode() for page, text in pages.items()}
    for name, content in {"mkdocs.yml": text.encode(), **files}.items():
        path = into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    overrides = into / "overrides"
    overrides.mkdir(exist_ok=True)
    # MkDocs takes one folder of overrides; the most specific pack writes last.
    for folder in reversed(theme):
        shutil.copytree(
            folder,
            overrides,
            ignore=shutil.ignore_patterns(ARRANGEMENT),
            copy_function=shutil.copyfile,
            dirs_exist_ok=True,
        )


def docs_files(
    document: Document,
    archive: Archive = NO_RELEASES,
    alive: Alive = NOTHING_ALIVE,
) -> dict[str, bytes]:
    """Return the files of the project's `docs/`: the pages and all that they need."""
    files = {
        # After an empty line, what looks like front matter is text.
        f"{page.id}.md": f"\n{page.markdown}\n".encode()
        for page in document.pages
    }
    if alive.has_practice(document.language):
        title = document.labels.word("practice_title")
        files |= _page_of_template(PRACTICE, title)
    if alive.inside:
        files |= _page_of_template(INSIDE, document.labels.word("inside_title"))
    if archive.has_changes(document.language):
        title = document.labels.word("changes_title")
        files |= _page_of_template(CHANGES, title)
    assets = (*document.assets, *document.logos)
    files |= {asset.path: asset.content for asset in assets}
    files["assets/brand.css"] = brand_css(document.brand_color).encode()
    files["assets/favicon.svg"] = _favicon(document).encode()
    return files


def _page_of_template(name: str, title: str) -> dict[str, bytes]:
    head = _HEAD.format(template=name)
    return {f"{name}.md": f"{head}# {title}\n".encode()}


def _favicon(document: Document) -> str:
    """Return the company's initial on its colour."""
    color = colours(document.brand_color)
    # A name may begin with a quotation mark or a bracket.
    initial = next(filter(str.isalnum, document.company), "")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="12" fill="{color.brand}"/>'
        f'<text x="32" y="45" fill="{color.on_brand}" font-family="sans-serif" '
        'font-size="38" font-weight="700" text-anchor="middle">'
        f"{escape(initial.upper())}</text></svg>\n"
    )
