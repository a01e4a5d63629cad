"""What has changed as one page of HTML, to be read, printed and passed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.compare.fragment import redline_html
from guidegen.model.labels import Labels
from guidegen.model.redline import PageRedline

if TYPE_CHECKING:
    from guidegen.colour import Colours

_LEVEL = 4
"""The headings of the guideline's pages, below those of the languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReport:
    """How far the next release should go, and why."""

    title: str
    means: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReport:
    """What changed in one language's text; `labels` are that language's own words."""

    language: str
    name: str
    pages: tuple[PageRedline, ...]
    labels: Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that the page says, in the author's language; plain text."""

    language: str
    company: str
    guideline: str
    title: str
    facts: str | None = None
    nothing: str | None = None
    """That there is nothing to show."""
    step: StepReport | None = None
    changes: tuple[str, ...] = ()
    texts: tuple[TextReport, ...] = ()
    words: Mapping[str, str]
    """The page's own words: see the template."""


def report_html(report: Report, template: Path, colors: Colours) -> str:
    """Return a report as a page that needs no other file.

    Args:
        report: What it says.
        template: The pack's `site/diff.html`.
        colors: The company's, made readable.
    """
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415  # rarely needed
    from markupsafe import Markup  # noqa: PLC0415

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    texts = [
        {
            "language": text.language,
            "name": text.name,
            # It is HTML already, every text in it escaped.
            "redline": Markup(  # noqa: S704
                redline_html(text.pages, text.labels, level=_LEVEL)
            ),
        }
        for text in report.texts
    ]
    source = template.read_text(encoding="utf-8")
    values = asdict(report) | {"texts": texts, "colors": colors}
    return environment.from_string(source).render(values)
