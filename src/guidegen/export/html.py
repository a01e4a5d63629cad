"""The guideline as one HTML file that needs nothing beside it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from guidegen.colour import colours
from guidegen.errors import ExportError
from guidegen.export.joined import ILLEGAL, join_pages
from guidegen.model.document import Asset, Document
from guidegen.model.labels import facts_of
from guidegen.page.tree import HEADINGS, Element, to_html

if TYPE_CHECKING:
    from guidegen.export.joined import Chapter
    from guidegen.page.tree import Content

TEMPLATE: Final = "guideline.html"
STYLE: Final = "guideline.css"
_TYPES: Final = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
_WORDS: Final = ("contents", "news_title", "skip_link")


def html_file(document: Document, *, look: Sequence[Path]) -> bytes:
    """Return a document as one HTML file: styles and pictures inside, no scripts.

    Args:
        document: The pages of one language.
        look: The packs' `export/` folders, the most specific first.

    Raises:
        ExportError: A link leads nowhere, or a picture is missing or of an unknown
            kind; or the template is wrong.
        RenderError: A page holds an element that no output knows.
    """
    from jinja2 import (  # noqa: PLC0415  # only an export needs it
        FileSystemLoader,
        StrictUndefined,
        TemplateError,
    )
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415

    environment = ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FileSystemLoader([str(folder) for folder in look]),
    )
    try:
        source = environment.loader.get_source(environment, STYLE)[0]  # type: ignore[union-attr]
        text = environment.get_template(TEMPLATE).render(_context(document, source))
    except TemplateError as error:
        raise ExportError(
            "error-export-template",
            template=TEMPLATE,
            style=STYLE,
            detail=error.message,
        ) from error
    return ILLEGAL.sub("", text).encode()


def _context(document: Document, style: str) -> dict[str, object]:
    from markupsafe import Markup  # noqa: PLC0415  # comes with Jinja

    joined = join_pages(document)
    addresses = {path: _data(asset) for path, asset in joined.pictures.items()}
    style = f"\n{_brand(document)}{style}"
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return {
        "chapters": [_chapter(chapter, addresses) for chapter in joined.chapters],
        "company": document.company,
        "contents": joined.contents,
        "draft": document.running_texts.get("draft"),
        "facts": facts_of(document.running_texts, document.labels),
        "labels": {key: document.labels.word(key) for key in _WORDS},
        "language": document.language,
        "logo": _data(document.logo) if document.logo else None,
        "news": document.running_texts.get("news"),
        "policy": f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;"
        " base-uri 'none'; form-action 'none'",
        "style": Markup(style),  # noqa: S704  # the pack's own file and two colours
        "title": document.title,
    }


def _chapter(chapter: Chapter, addresses: Mapping[str, str]) -> dict[str, object]:
    """Return a chapter's HTML, cut after its heading and the lead text."""
    from markupsafe import Markup  # noqa: PLC0415  # comes with Jinja

    opening, rest = _cut(chapter.content)
    return {
        "anchor": chapter.anchor,
        # `to_html` escapes every text of the elements.
        "opening": Markup(to_html(opening, link=lambda to: addresses.get(to, to))),  # noqa: S704
        "rest": Markup(to_html(rest, link=lambda to: addresses.get(to, to))),  # noqa: S704
    }


def _cut(content: tuple[Content, ...]) -> tuple[tuple[Content, ...], ...]:
    """Return what stands before the second heading, and what follows."""
    headings = [
        place
        for place, item in enumerate(content)
        if isinstance(item, Element) and item.tag in HEADINGS
    ]
    place = headings[1] if len(headings) > 1 else len(content)
    return content[:place], content[place:]


def _brand(document: Document) -> str:
    color = colours(document.brand_color)
    return (
        f":root {{ --brand: {color.brand}; --link-light: {color.light};"
        f" --link-dark: {color.dark}; }}\n"
    )


def _data(asset: Asset) -> str:
    """Return a picture as an address that holds it."""
    kind = _TYPES.get(PurePosixPath(asset.path).suffix.lower())
    if kind is None:
        raise ExportError("error-export-format", picture=asset.path)
    return f"data:{kind};base64,{base64.b64encode(asset.content).decode()}"
