"""The guideline as one self-contained HTML file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path, PurePosixPath
from typing import Final

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from guidegen.colour import colours
from guidegen.errors import ExportError
from guidegen.export.chapters import (
    Chapter,
    anchor_of,
    chapters_of,
    contents_of,
    without_illegal,
)
from guidegen.model.document import Asset, Document
from guidegen.model.labels import facts_of
from guidegen.page.tree import EMPTY, HEADINGS, Content, Element

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
        RenderError: A page holds what no output shows, or a link leads nowhere.
        ExportError: A picture is of an unknown kind, or the template is wrong.
    """
    # Packs may bring this template, too, so it runs in the sandbox as sections do.
    environment = ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FileSystemLoader([str(folder) for folder in look]),
    )
    try:
        # Found as templates are: a company's own style wins over the built-in pack's.
        source = environment.loader.get_source(environment, STYLE)[0]  # type: ignore[union-attr]
        text = environment.get_template(TEMPLATE).render(_context(document, source))
    except TemplateError as error:
        raise ExportError(
            "error-export-template",
            template=TEMPLATE,
            style=STYLE,
            detail=error.message,
        ) from error
    return without_illegal(text).encode()


def _context(document: Document, style: str) -> dict[str, object]:
    chapters = chapters_of(document)
    style = f"\n{_brand(document)}{style}"
    # The policy allows this very style, so that nothing else in the file is obeyed.
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return {
        "chapters": [_chapter(chapter) for chapter in chapters],
        "company": document.company,
        "contents": contents_of(chapters),
        "draft": document.running_texts.get("draft"),
        "facts": facts_of(document.running_texts, document.labels),
        "labels": {key: document.labels.word(key) for key in _WORDS},
        "language": document.locale,
        "logo": _data(document.logo) if document.logo else None,
        "news": document.running_texts.get("news"),
        "register": [
            document.running_texts[key]
            for key in ("document_number", "classification")
            if key in document.running_texts
        ],
        "policy": f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;"
        " base-uri 'none'; form-action 'none'",
        "style": Markup(style),  # noqa: S704  # the pack's own file and two colours
        "title": document.title,
    }


def _chapter(chapter: Chapter) -> dict[str, object]:
    """Return a chapter's HTML in two parts: up to its second heading, and the rest."""
    content = chapter.page.content
    headings = [
        index
        for index, item in enumerate(content)
        if isinstance(item, Element) and item.tag in HEADINGS
    ]
    # The template puts the news and the table of contents in between.
    cut = headings[1] if len(headings) > 1 else len(content)
    return {
        "anchor": chapter.anchor,
        # `_html` escapes every text of the elements.
        "opening": Markup(_html(content[:cut], chapter)),  # noqa: S704
        "rest": Markup(_html(content[cut:], chapter)),  # noqa: S704
    }


def _html(content: Iterable[Content], chapter: Chapter) -> str:
    """Return content as HTML; browsers collapse its white space themselves."""
    return "".join(
        escape(item, quote=False) if isinstance(item, str) else _element(item, chapter)
        for item in content
    )


def _element(element: Element, chapter: Chapter) -> str:
    given = {name: value for name, value in _attributes(element, chapter) if value}
    tag = element.tag
    if tag in HEADINGS:
        tag = f"h{chapter.level(tag)}"
    elif tag == "a" and "href" not in given:
        tag = "span"  # a file is not taken along, its text stays
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in given.items())
    if tag == "img":
        attributes += f' alt="{escape(element.alt or "")}"'
    if tag in EMPTY:
        return f"<{tag}{attributes}>"
    return f"<{tag}{attributes}>{_html(element.children, chapter)}</{tag}>"


def _attributes(element: Element, chapter: Chapter) -> Iterator[tuple[str, str]]:
    """Yield an element's attributes; those that it does not have are empty."""
    page, tag = chapter.page, element.tag
    classes = element.classes
    # The policy blocks `style` attributes, so alignment has to be a class.
    if element.align in {"center", "right"}:
        classes = (*classes, element.align)
    yield "id", anchor_of(page.id, element.id) if element.id else ""
    yield "class", " ".join(classes)
    yield "lang", element.lang
    # Screen readers go by it to read a cell with its header (WCAG 1.3.1, H63).
    yield "scope", "col" if tag == "th" else ""
    yield "data-label", element.label
    yield "start", "" if element.start is None else str(element.start)
    if element.href is not None:
        target = page.targets[element.href]
        inner = f"#{anchor_of(target.page, target.id)}" if target.page else ""
        yield "href", target.url or inner
    if tag == "img":
        yield "src", _data(page.pictures[element.src])


def _brand(document: Document) -> str:
    color = colours(document.brand_color)
    return (
        f":root {{ --brand: {color.brand}; --link-light: {color.link_light};"
        f" --link-dark: {color.link_dark}; }}\n"
    )


def _data(asset: Asset) -> str:
    """Return a picture as a `data:` URL."""
    kind = _TYPES.get(PurePosixPath(asset.path).suffix.lower())
    if kind is None:
        raise ExportError("error-export-format", picture=asset.path)
    return f"data:{kind};base64,{base64.b64encode(asset.content).decode()}"
