"""The step: sections are rendered and joined into the pages of a document."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import replace
from pathlib import Path

from guidegen.declension import contracted
from guidegen.errors import RenderError
from guidegen.files.digest import sha256
from guidegen.model.document import (
    Asset,
    Document,
    Edition,
    Page,
    RenderedSection,
)
from guidegen.model.guideline import (
    Guideline,
    GuidelineContact,
    PageRef,
    SectionRef,
)
from guidegen.model.text import language_of_mark, one_full_stop, unmarked
from guidegen.render.contact_code import contact_assets
from guidegen.render.context import context, rule
from guidegen.render.environment import SectionEnvironment, make_environment
from guidegen.render.escape import escape_markdown
from guidegen.render.in_language import marked_section, plain_alternatives
from guidegen.render.mistakes import place_of, problem_of
from guidegen.render.running_texts import running_texts
from guidegen.sandbox import MISTAKES
from guidegen.schema.picture_files import safe_picture


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
    """Renders one language's guideline, and renders it again once its edition is known.

    The edition follows from the text, so it is known only after the first time.

    Args:
        guideline: One language's guideline.
        cache: Where compiled section templates are kept between runs, if anywhere.

    Attributes:
        document: The pages without version and digest, which is what the digest is
            made from: two editions of one text have the same digest.

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
        self.guideline = guideline
        # Before these, a preposition may swallow the article.
        named = (guideline.company, *guideline.speakers)
        self._datives = tuple(dict.fromkeys(each.dative for each in named))
        self._stamped = any(page.stamped for page in guideline.pages)
        values = context(guideline)
        contacts = tuple(map(_unmarked, guideline.contacts))
        pages = tuple(self._page(page, values) for page in guideline.pages)
        # The digest is taken before the pages print it: a text cannot hold its own
        # digest.
        digest = _digest(pages)
        self.document = Document(
            language=guideline.language,
            variant=guideline.variant,
            locale=guideline.locale,
            title=unmarked(guideline.title),
            company=unmarked(guideline.company_name),
            pages=pages,
            assets=_assets(contacts, guideline.company_name, cache),
            contacts=contacts,
            labels=guideline.labels,
            running_texts={},
            brand_color=guideline.brand_color,
            logo=_logo(guideline.logo, "logo"),
            logo_dark=_logo(guideline.logo_dark, "logo_dark"),
            valid_from=_midnight(guideline.version.valid_from),
            markdown_extensions=guideline.markdown_extensions,
            digest=digest,
        )

    def as_edition(self, edition: Edition, *, digest: str | None = None) -> Document:
        """Return the document as an edition; only pages that print it change.

        Args:
            edition: Version and state.
            digest: What the pages print as their digest; None for their own.

        Raises:
            RenderError: A section's template is wrong (with file and line).
        """
        guideline, pages = self.guideline, self.document.pages
        digest = digest or self.document.digest
        if self._stamped:
            values = context(guideline, edition, digest)
            pages = tuple(
                self._page(page, values) if page.stamped else rendered
                for page, rendered in zip(guideline.pages, pages, strict=True)
            )
        return replace(
            self.document,
            pages=pages,
            running_texts=running_texts(guideline, digest, edition),
            digest=digest,
            edition=edition,
            valid_from=_midnight(edition.valid_from or guideline.version.valid_from),
        )

    def _page(self, page: PageRef, values: dict[str, object]) -> Page:
        sections = tuple(
            RenderedSection(
                path=section.path,
                source=section.source,
                markdown=marked_section(
                    one_full_stop(
                        contracted(
                            plain_alternatives(
                                _section(self._environment, section, values)
                            ),
                            *map(escape_markdown, self._datives),
                        )
                    ),
                    section.lang,
                ),
            )
            for section in page.sections
        )
        title = (f"# {escape_markdown(page.title)}",) if page.titled else ()
        return Page(
            id=page.id,
            title=page.title,
            # The empty line keeps a section's last block apart from the next one's
            # first.
            markdown="\n\n".join((*title, *(section.markdown for section in sections)))
            + "\n",
            stamped=page.stamped,
            sections=sections,
        )


def _section(
    environment: SectionEnvironment, section: SectionRef, values: dict[str, object]
) -> str:
    try:
        own = values | {"rule": rule(section.number)}
        return environment.get_template(section.id).render(own).strip("\n")
    except MISTAKES as error:
        path, line = place_of(error, environment.files)
        problem = replace(problem_of(error), path=path or section.path, line=line)
        raise RenderError.of(problem) from error


def _unmarked(contact: GuidelineContact) -> GuidelineContact:
    """Return a contact as its card has it: in plain text."""

    def plain(text: str | None) -> str | None:
        return text and unmarked(text)

    return replace(
        contact,
        name=unmarked(contact.name),
        role=plain(contact.role),
        answers_within=plain(contact.answers_within),
        said_in={
            name: language
            for name in ("name", "role", "answers_within")
            if (language := language_of_mark(getattr(contact, name) or ""))
        },
    )


def _assets(
    contacts: tuple[GuidelineContact, ...], company: str, cache: Path | None
) -> tuple[Asset, ...]:
    return tuple(
        asset
        for number, contact in enumerate(contacts, start=1)
        for asset in contact_assets(contact, company, number, cache=cache)
    )


def _logo(path: Path | None, name: str) -> Asset | None:
    """Read a logo, which the answers name as `name` of `brand`."""
    if path is None:
        return None
    try:
        content = path.read_bytes()
    except OSError as error:
        key, detail = f"brand.{name}", error.strerror
        raise RenderError("error-logo", path=path, key=key, detail=detail) from error
    # Named after its role: people may call their file anything.
    stem = name.replace("_", "-")
    suffix = path.suffix.lower()
    # Nothing but what is seen of it: an SVG may hold scripts, a photo where it was
    # taken.
    safe = safe_picture(content, suffix)
    return Asset(path=f"images/{stem}{suffix}", content=safe)


def _midnight(day: dt.date) -> int:
    """Return the clock of all outputs, in seconds since 1970."""
    # UTC on any computer: they are the same bytes in every time zone.
    return calendar.timegm(day.timetuple())


def _digest(pages: tuple[Page, ...]) -> str:
    # A separator that no text has: words that move from the end of one page to the
    # start of the next must change the digest.
    text = "\0".join(f"{page.id}\0{page.title}\0{page.markdown}" for page in pages)
    return sha256(text.encode())
