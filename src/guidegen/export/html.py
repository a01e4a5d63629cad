"""The guideline as one self-contained HTML file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any, Final, TypeVar

from jinja2 import FileSystemLoader, StrictUndefined
from markupsafe import Markup

from guidegen.arrange import Arrangement, Frame, arrange_pages
from guidegen.errors import ExportError
from guidegen.export.chapters import (
    Chapter,
    anchor_of,
    chapters_of,
    contents_of,
    without_illegal,
)
from guidegen.model.document import Asset, Document
from guidegen.model.labels import OF_LANGUAGE, facts_of
from guidegen.pack.find import is_installed
from guidegen.page.links import Target
from guidegen.page.tree import EMPTY, HEADINGS, Content, Element
from guidegen.sandbox import Sandbox, translate_mistakes
from guidegen.sandbox.sealed import seal

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
_WORDS: Final = ("contents", "news_title", "pages", "skip_link")
_REGISTER: Final = ("document_number", "classification")
"""What the company's register says, which stands at the head."""
_NAMED: Final = ("aria-hidden", "aria-labelledby")
"""What arranging adds to elements; all else that a page says is left behind."""


def html_file(
    document: Document,
    *,
    look: Sequence[Path],
    style: str,
    arrangement: Arrangement,
    back: tuple[str, str] | None = None,
) -> bytes:
    """Return a document as one HTML file: styles and pictures inside, no scripts.

    Args:
        document: The pages of one language.
        look: The packs' `export/` folders, the most specific first.
        style: The look of a page that stands alone (see `pack/style.py`).
        arrangement: Which section is what, as on the site.
        back: A page that belongs to the file, and the words of the link to it.

    Raises:
        RenderError: A page holds what no output shows, or a link leads nowhere.
        ExportError: A picture is of an unknown kind, or the template is wrong.
    """
    # Packs may bring this template, too, so it runs in the sandbox as sections do.
    environment = Sandbox(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FileSystemLoader([str(folder) for folder in look]),
    )
    names = {"template": TEMPLATE, "style": STYLE}
    with translate_mistakes(look, ExportError, "error-export-template", names):
        # Found as templates are: a company's own style wins over the built-in pack's.
        source = environment.loader.get_source(environment, STYLE)[0]  # type: ignore[union-attr]
        context = _context(document, f"\n{style}\n{source}", arrangement)
        context["back"] = back and {"href": back[0], "label": back[1]}
        text = environment.get_template(TEMPLATE).render(context)
        if any(not is_installed(folder) for folder in look):
            text = seal(text, TEMPLATE, policy=context["policy"]).html
    return without_illegal(text).encode()


def _context(
    document: Document, style: str, arrangement: Arrangement
) -> dict[str, Any]:
    chapters = chapters_of(document)
    writer = _Writer(document, chapters, arrangement)
    # The policy allows this very style, so that nothing else in the file is obeyed.
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    facts = document.running_texts
    # As plain data: templates see no objects of ours.
    known = [asdict(fact) for fact in facts_of(facts, document.labels)]
    return {
        "chapters": [writer.chapter(chapter) for chapter in chapters],
        "company": document.company,
        "contents": [asdict(entry) for entry in contents_of(chapters)],
        "draft": facts.get("draft"),
        "facts": known,
        "labels": {key: document.labels.word(key) for key in _WORDS},
        "language": document.locale,
        "logo": _data(document.logo) if document.logo else None,
        "logo_dark": _data(document.logo_dark) if document.logo_dark else None,
        "news": facts.get("news"),
        "policy": f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;"
        " base-uri 'none'; form-action 'none'",
        "register": [each for each in known if each["key"] in _REGISTER],
        "style": Markup(style),  # noqa: S704  # the pack's own files and some colours
        "title": document.title,
        "title_lang": facts.get(f"title{OF_LANGUAGE}"),
    }


class _Writer:
    """Writes a document's pages as chapters of one file, arranged as the site is."""

    def __init__(
        self,
        document: Document,
        chapters: Sequence[Chapter],
        arrangement: Arrangement,
    ) -> None:
        # No files are taken along, so there are none that pages could link to.
        frame = Frame(labels=document.labels, language=document.language)
        pages = {each.page.id: each.page.content for each in chapters}
        self._arranged = arrange_pages(pages, arrangement, frame)
        self._targets = dict[str, Target]()
        self._pictures = dict[str, Asset]()
        for page in (each.page for each in chapters):
            # The guide shows topics of another page, with the links in them.
            for href, target in page.targets.items():
                name = f"{page.id}.md{href}" if href.startswith("#") else href
                self._targets.setdefault(name, target)
            for source, picture in page.pictures.items():
                self._pictures.setdefault(source, picture)

    def chapter(self, chapter: Chapter) -> dict[str, object]:
        """Return a chapter for the template: whom to ask stands apart from the rest."""
        content = self._arranged[chapter.page.id]
        contact = next((each for each in content if _asks(each)), None)
        rest = [each for each in content if each is not contact]
        return {
            "anchor": chapter.anchor,
            "title": chapter.page.title,
            # `_html` escapes every text of the elements.
            "content": Markup(self._html(rest, chapter)),  # noqa: S704
            "contact": Markup(  # noqa: S704
                self._html([contact] if contact else [], chapter)
            ),
        }

    def _html(self, content: Iterable[Content], chapter: Chapter) -> str:
        """Return content as HTML; browsers collapse its white space themselves."""
        return "".join(
            escape(item, quote=False)
            if isinstance(item, str)
            else self._element(item, chapter)
            for item in content
        )

    def _element(self, element: Element, chapter: Chapter) -> str:
        attributes = self._attributes(element, chapter)
        given = {name: value for name, value in attributes if value}
        tag = element.tag
        if tag in HEADINGS:
            tag = f"h{chapter.level(tag)}"
        elif tag == "a" and "href" not in given:
            tag = "span"  # a file is not taken along, its text stays
        written = "".join(f' {name}="{escape(given[name])}"' for name in given)
        if tag == "img":
            written += f' alt="{escape(element.alt or "")}"'
        if tag in EMPTY:
            return f"<{tag}{written}>"
        return f"<{tag}{written}>{self._html(element.children, chapter)}</{tag}>"

    def _attributes(
        self, element: Element, chapter: Chapter
    ) -> Iterator[tuple[str, str]]:
        """Yield an element's attributes; those that it does not have are empty."""
        page, tag = chapter.page, element.tag
        classes = element.classes
        # The policy blocks `style` attributes, so alignment has to be a class.
        if element.align in {"center", "right"}:
            classes = (*classes, element.align)
        yield "class", " ".join(classes)
        yield "id", anchor_of(page.id, element.id) if element.id else ""
        others = dict(element.others)
        for name in _NAMED:
            value = others.get(name, "")
            if value and name == "aria-labelledby":
                # Levels have the same names in later chapters: two landmarks could
                # not be told apart.
                value = anchor_of(page.id, value) if chapter.first else ""
            yield name, value
        yield "lang", element.lang
        # Screen readers go by it to read a cell with its header (WCAG 1.3.1, H63).
        yield "scope", "col" if tag == "th" else ""
        yield "data-label", element.label
        yield "start", "" if element.start is None else str(element.start)
        if element.href is not None:
            target = _found(element.href, page.targets, self._targets)
            inner = f"#{anchor_of(target.page, target.id)}" if target.page else ""
            yield "href", target.url or inner
        if tag == "img":
            yield "src", _data(_found(element.src, page.pictures, self._pictures))


_Given = TypeVar("_Given")


def _found(
    address: str, own: Mapping[str, _Given], others: Mapping[str, _Given]
) -> _Given:
    """Return what an address means on its page, else on the page that it is from."""
    return own[address] if address in own else others[address]


def _asks(item: Content) -> bool:
    """Return whether a piece of a page is the one that says whom to ask."""
    return isinstance(item, Element) and "gg-contact" in item.classes


def _data(asset: Asset) -> str:
    """Return a picture as a `data:` URL."""
    kind = _TYPES.get(PurePosixPath(asset.path).suffix.lower())
    if kind is None:
        raise ExportError("error-export-format", picture=asset.path)
    return f"data:{kind};base64,{base64.b64encode(asset.content).decode()}"
