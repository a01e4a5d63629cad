"""The step: sections are rendered, joined to pages, and completed to a document."""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from jinja2 import TemplateError, TemplateSyntaxError

from guidegen.errors import RenderError
from guidegen.model.document import (
    Asset,
    Document,
    Edition,
    Page,
    RenderedSection,
    State,
)
from guidegen.model.guideline import Guideline, PageRef, SectionRef
from guidegen.model.labels import long_date
from guidegen.render.acknowledgement import acknowledgement
from guidegen.render.contact_code import contact_assets
from guidegen.render.environment import make_environment
from guidegen.render.escape import Text
from guidegen.render.running_texts import DIGEST_SHORT, running_texts

if TYPE_CHECKING:
    from guidegen.render.environment import SectionEnvironment


_TEMPLATE_ERRORS = (
    *(TemplateError, TypeError, ValueError, ArithmeticError, AttributeError),
    *(LookupError, RecursionError, MemoryError),
)
"""What a mistake in a section can end in."""


def render(guideline: Guideline, *, cache: Path | None = None) -> Document:
    """Render the pages of a guideline, as a draft of the first version.

    Args:
        guideline: One language's guideline.
        cache: Where compiled section templates are kept between runs, if anywhere.

    Raises:
        RenderError: A section's template is wrong (with file and line), or the logo
            cannot be read.
    """
    return Renderer(guideline, cache=cache).as_edition(Edition())


class Renderer:
    """Renders the guideline of one language, and again as the edition that it is.

    Which one that is follows from the text, so it can only be said afterwards.

    Args:
        guideline: One language's guideline.
        cache: Where compiled section templates are kept between runs, if anywhere.

    Attributes:
        document: The pages without version and digest. The digest counts them so: two
            editions of one text have the same.

    Raises:
        RenderError: A section's template is wrong (with file and line), or the logo
            cannot be read.
    """

    def __init__(self, guideline: Guideline, *, cache: Path | None = None) -> None:
        sections = {
            section.id: section for page in guideline.pages for section in page.sections
        }
        joining = guideline.labels.word("and")
        self._environment = make_environment(sections, joining, cache)
        self._guideline = guideline
        self._stamped = any(page.stamped for page in guideline.pages)
        context = _context(guideline)
        pages = tuple(self._page(page, context) for page in guideline.pages)
        digest = _digest(pages)
        self.document = Document(
            language=guideline.language,
            variant=guideline.variant,
            title=guideline.title,
            company=guideline.company_name,
            pages=pages,
            assets=_assets(guideline, cache),
            contacts=guideline.contacts,
            labels=guideline.labels,
            running_texts={},
            brand_color=guideline.brand_color,
            logo=_logo(guideline.logo),
            valid_from=calendar.timegm(guideline.version.valid_from.timetuple()),
            markdown_extensions=guideline.markdown_extensions,
            digest=digest,
        )

    def as_edition(self, edition: Edition, *, digest: str | None = None) -> Document:
        """Return the document as an edition; only pages that print it are rendered.

        Args:
            edition: Version and state.
            digest: What the pages print as their digest; None for their own.

        Raises:
            RenderError: A section's template is wrong (with file and line).
        """
        guideline, pages = self._guideline, self.document.pages
        digest = digest or self.document.digest
        if self._stamped:
            context = _context(guideline, edition, digest)
            pages = tuple(
                self._page(page, context) if page.stamped else rendered
                for page, rendered in zip(guideline.pages, pages, strict=True)
            )
        return replace(
            self.document,
            pages=pages,
            running_texts=running_texts(guideline, digest, edition),
            digest=digest,
            edition=edition,
        )

    def _page(self, page: PageRef, context: dict[str, object]) -> Page:
        sections = tuple(
            RenderedSection(
                path=section.path,
                source=section.source,
                markdown=_section(self._environment, section, context),
            )
            for section in page.sections
        )
        return Page(
            id=page.id,
            title=page.title,
            markdown="\n\n".join(section.markdown for section in sections) + "\n",
            stamped=page.stamped,
            sections=sections,
        )


def _context(
    guideline: Guideline, edition: Edition | None = None, digest: str = ""
) -> dict[str, object]:
    """Return what a section can print (see docs/reference/template-pack.md)."""
    contacts = [
        {**_view_fields(contact), "qr": f"images/contact-{place}.svg"}
        for place, contact in enumerate(guideline.contacts, start=1)
    ]
    version, short = edition.version if edition else "", digest[:DIGEST_SHORT]
    named = {
        "company": {
            "name": guideline.company_name,
            "short_name": guideline.company_short_name,
            "sector": guideline.sector,
            "countries": guideline.countries,
            "works_council": guideline.works_council,
            "speaker": guideline.speaker,
        },
        "version": {
            "owner": guideline.version.owner,
            "valid_from": long_date(guideline.version.valid_from, guideline.labels),
            "next_review": long_date(guideline.version.next_review, guideline.labels),
        },
        "magic": guideline.magic,
        "edition": {
            "version": version,
            "acknowledged_from": edition.acknowledged_from if edition else "",
            "digest": short,
            "draft": edition is not None and edition.state is State.DRAFT,
        },
        "acknowledgement": acknowledgement(guideline, version, short),
    }
    context = {name: _view(value) for name, value in named.items()}
    people = [SimpleNamespace(**contact) for contact in contacts]
    return context | {
        "title": _view(guideline.title),
        "language": guideline.language,
        "variant": guideline.variant,
        "contacts": people,
        "contact": people[0],
        "topics": _view(guideline.topics),
        "links": _Optional(guideline.links),
        "extra": _extra(guideline),
        "labels": _view(guideline.labels),
    }


def _extra(guideline: Guideline) -> _Optional:
    """Return the answers to the pack's own questions, dates written out."""
    return _Optional(
        {
            key: long_date(value, guideline.labels)
            if isinstance(value, dt.date)
            else value
            for key, value in guideline.extra.items()
        }
    )


class _Optional:
    """Answers of which any may be missing: what was not answered is none."""

    def __init__(self, answers: Mapping[str, object]) -> None:
        self._answers = {key: _view(value) for key, value in answers.items()}

    def __getitem__(self, key: str) -> object:
        return self._answers.get(key)


def _view(value: object) -> object:
    """Return a value for templates: every text in it knows that it is an answer."""
    if isinstance(value, str):
        return Text(value)
    if isinstance(value, dict):
        return SimpleNamespace(**{key: _view(entry) for key, entry in value.items()})
    if isinstance(value, tuple):
        return tuple(_view(entry) for entry in value)
    if is_dataclass(value):
        return SimpleNamespace(**_view_fields(value))
    return value


def _view_fields(value: object) -> dict[str, object]:
    return {
        field.name: _view(getattr(value, field.name))
        for field in fields(value)  # type: ignore[arg-type]
    }


def _section(
    environment: SectionEnvironment, section: SectionRef, context: dict[str, object]
) -> str:
    try:
        return environment.get_template(section.id).render(context).strip("\n")
    except TemplateSyntaxError as error:
        raise RenderError(
            "error-section-template",
            path=section.path,
            line=error.lineno,
            detail=error.message,
        ) from error
    except _TEMPLATE_ERRORS as error:
        raise RenderError(
            "error-section-render",
            path=section.path,
            line=_line(error, str(section.path)),
            detail=_plain(error),
        ) from error


def _plain(error: BaseException) -> str:
    """Return an error's text without the names of Python's types."""
    return re.sub(
        r"'[\w. ]+ object' has no attribute '([^']*)'", r"there is no “\1”", str(error)
    )


def _line(error: BaseException, file: str) -> int | None:
    """Return the template's line: Jinja names the template's file in the traceback."""
    line = None
    traceback = error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == file:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


def _assets(guideline: Guideline, cache: Path | None) -> tuple[Asset, ...]:
    return tuple(
        asset
        for place, contact in enumerate(guideline.contacts, start=1)
        for asset in contact_assets(contact, guideline.company_name, place, cache=cache)
    )


def _logo(path: Path | None) -> Asset | None:
    if path is None:
        return None
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RenderError("error-logo", path=path, detail=error.strerror) from error
    return Asset(path=f"images/logo{path.suffix.lower()}", content=content)


def _digest(pages: tuple[Page, ...]) -> str:
    text = "\0".join(f"{page.id}\0{page.title}\0{page.markdown}" for page in pages)
    return hashlib.sha256(text.encode()).hexdigest()
