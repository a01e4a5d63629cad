"""The page that `guidegen diff --html` writes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.cli.diff import reasons, said, standing
from guidegen.cli.localize import interface_language, say
from guidegen.colour import colours
from guidegen.compare import date_words, in_language
from guidegen.compare.report import Report, StepReport, TextReport, report_html
from guidegen.errors import Problem, ProblemsError
from guidegen.files import explained, write_atomic

if TYPE_CHECKING:
    from guidegen.pipeline import Project
    from guidegen.pipeline.diff import Difference

_TEMPLATE = "site/diff.html"
_PAGE = b"<!doctype html"
"""How a page begins."""

_WORDS = {
    "answers": "diff-answers",
    "gone": "diff-gone",
    "legend": "diff-legend",
    "made_with": "diff-made-with",
    "new": "diff-new",
    "skip": "diff-skip",
    "text": "diff-texts",
    "why": "diff-why",
}


def check_place(path: Path, project: Project) -> None:
    """Refuse to write the page over something that is no page, or among releases.

    Raises:
        ProblemsError: The file's place is taken.
    """
    with explained(path):
        place = path.resolve()
        taken = any(
            place.is_relative_to(folder.resolve())
            for folder in (project.releases, project.site)
        )
        if not taken and place.exists():
            with place.open("rb") as file:
                taken = file.read(len(_PAGE)).lower() != _PAGE
    if taken:
        raise ProblemsError((Problem(message="diff-taken", path=path),))


def write_page(difference: Difference, path: Path) -> None:
    """Write what has changed as a page.

    Raises:
        FilesError: The file cannot be written.
    """
    template = next(
        folder / _TEMPLATE
        for folder in difference.pack.folders
        if (folder / _TEMPLATE).is_file()
    )
    first = next(iter(difference.documents.values()))
    with explained(template):
        page = report_html(_report(difference), template, colours(first.brand_color))
    write_atomic(path, page.encode())


def _report(difference: Difference) -> Report:
    first = next(iter(difference.documents.values()))
    nothing = standing(difference)
    old = difference.old
    return Report(
        language=interface_language(),
        company=difference.company,
        guideline=first.title,
        title=say("diff-title", version=old.version)
        if old and not nothing
        else say("diff-nothing-title"),
        facts=_facts(difference),
        nothing=nothing,
        step=_step(difference),
        changes=tuple(said(difference.changes, difference)),
        texts=tuple(
            TextReport(
                language=language,
                name=difference.documents[language].labels[language],
                pages=pages,
                labels=difference.documents[language].labels,
            )
            for language, pages in difference.redlines.items()
        ),
        words={name: say(message) for name, message in _WORDS.items()},
    )


def _facts(difference: Difference) -> str | None:
    """Return when the release was made that the guideline is compared with."""
    old = difference.old
    if old is None:
        return None
    day = date_words(old.released.date(), difference.pack.labels)
    language = interface_language()
    return say("diff-facts", version=old.version, day=in_language(day, language))


def _step(difference: Difference) -> StepReport | None:
    if difference.proposal is None:
        return None
    step = difference.proposal.step
    return StepReport(
        title=say(f"diff-proposed-{step}", version=difference.version),
        means=say(f"diff-means-{step}"),
        reasons=tuple(reasons(difference)),
    )
