"""`guidegen diff`: what has changed since a release; as text, JSON, page, Word file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidegen.cli.clock import today
from guidegen.cli.help import option, verb
from guidegen.cli.localize import interface_language, localized
from guidegen.cli.open_texts import open_texts_data
from guidegen.cli.options import json_option, open_project, pack_option, project_option
from guidegen.cli.redline_output import show_heading, show_list, show_redline
from guidegen.cli.shell_quoting import typed_path
from guidegen.cli.terminal import show_json, show_notes
from guidegen.cli.usage import Day, FilePath
from guidegen.compare.wording import in_language, sentence
from guidegen.errors import Problem, ProblemsError
from guidegen.files import translate_os_errors, write_atomic
from guidegen.model.json_records import to_json
from guidegen.model.project import Project
from guidegen.model.release import Change
from guidegen.pipeline.diff import diff_project, difference_notes
from guidegen.redact import printable
from guidegen.wrap import wrapped

if TYPE_CHECKING:
    from guidegen.compare.redline_as_html import Report, StepReport
    from guidegen.model.pack import Pack
    from guidegen.pipeline.diff import Difference
    from guidegen.pipeline.working_copy import WorkingCopy

_CHANGED = 1
"""The exit code with `--exit-code` if something has changed."""

_TEMPLATE = "site/diff.html"
_PAGE = b"<!doctype html"
"""The first bytes of a page that may be overwritten: an earlier diff, for example."""

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


@verb("diff")
@project_option
@pack_option
@option("--from", "version", metavar="help-word-version", help="help-diff-from")
@option("--html", type=FilePath(), metavar="help-word-file", help="help-diff-html")
@option("--docx", type=FilePath(), metavar="help-word-file", help="help-diff-docx")
@option("--date", "day", type=Day(), metavar="help-word-date", help="help-diff-date")
@json_option
@option("--exit-code", is_flag=True, help="help-diff-exit-code")
def command(  # noqa: PLR0913  # one for each option
    *,
    folder: Path | None,
    pack: Path | None,
    version: str | None,
    html: Path | None,
    docx: Path | None,
    day: dt.date | None,
    as_json: bool,
    exit_code: bool,
) -> int:
    """Show what has changed since a release, and how far the next one should go."""
    project = open_project(folder)
    # At once: composing the guideline takes longer, and would be in vain.
    if html:
        _refuse_taken(html, project, _PAGE)
    if docx:
        _refuse_taken(docx, project, None)
    difference = diff_project(project, version, pack=pack, whole=bool(html or docx))
    if as_json:
        show_json(_as_data(difference))
    else:
        _show(difference)
        show_notes(difference_notes(project, difference))
    if html and difference.working_copy:
        _write_page(difference, difference.working_copy, html)
        if not as_json:
            click.echo(localized("diff-written", file=printable(typed_path(html))))
    if docx:
        _write_word(difference, docx, project, day, quiet=as_json)
    # Before the first release there is nothing that could have changed.
    return _CHANGED if exit_code and difference.old and difference.changed else 0


def _sentences(changes: Iterable[Change], difference: Difference) -> list[str]:
    """Return changes as sentences in the author's language."""
    language = interface_language()
    return [sentence(each, difference.messages, language) for each in changes]


def _nothing_to_show(difference: Difference) -> str | None:
    """Return why there is nothing to show, None if there is something."""
    if difference.old is None:
        return localized("diff-none-yet", version=difference.version)
    if not difference.changed:
        return localized("diff-unchanged", version=difference.old.version)
    return None


def _reasons(difference: Difference) -> list[str]:
    """Return the reasons for the proposed step, as sentences."""
    proposal = difference.proposal
    found = _sentences(proposal.reasons, difference) if proposal else []
    return found or [localized("diff-reason-none")]


def _as_data(difference: Difference) -> dict[str, object]:
    proposal, old = difference.proposal, difference.old
    return {
        "from": old.version if old else None,
        "to": difference.version,
        "changed": difference.changed,
        "step": proposal.step if proposal else None,
        "reasons": _changes_data(proposal.reasons if proposal else (), difference),
        "answers": _changes_data(difference.changes, difference),
        "text": {
            language: to_json(pages) for language, pages in difference.redlines.items()
        },
        **open_texts_data(difference.stale, difference.missing),
    }


def _changes_data(
    changes: Iterable[Change], difference: Difference
) -> list[dict[str, str]]:
    listed = tuple(changes)
    texts = _sentences(listed, difference)
    return [
        {"id": change.message, "text": text}
        for change, text in zip(listed, texts, strict=True)
    ]


def _show(difference: Difference) -> None:
    nothing = _nothing_to_show(difference)
    if nothing or difference.old is None:
        click.echo(nothing)
        return
    show_heading(localized("diff-title", version=difference.old.version))
    if difference.changes:
        show_heading(localized("diff-answers"))
        show_list(_sentences(difference.changes, difference))
    for language, pages in difference.redlines.items():
        name = difference.names[language]
        show_heading(localized("diff-text", language=name))
        for page in pages:
            show_redline(page)
    if not difference.changes and not difference.redlines:
        click.echo(localized("diff-form-only"))
    if difference.proposal:
        step = difference.proposal.step
        show_heading(localized(f"diff-proposed-{step}", version=difference.version))
        click.echo(wrapped(printable(localized(f"diff-means-{step}"))))
        show_list(_reasons(difference))
        click.echo()
        waits = difference.stale or difference.missing
        message = "diff-next-open" if waits else "diff-next"
        click.echo(wrapped(printable(localized(message))))


def _write_word(
    difference: Difference,
    path: Path,
    project: Project,
    day: dt.date | None,
    *,
    quiet: bool,
) -> None:
    """Write what has changed as Word files, and say where they are.

    Raises:
        GuidegenError: A file cannot be made or written.
    """
    from guidegen.pipeline.tracked import (  # noqa: PLC0415  # imports python-docx
        tracked_paths,
        write_tracked,
    )

    paths = tracked_paths(difference, path)
    write_tracked(difference, paths, project, today=today(), day=day)
    if quiet:
        return
    if not paths:
        click.echo(localized("diff-docx-nothing"))
    for language, each in paths.items():
        name = difference.names[language]
        file = printable(typed_path(each))
        click.echo(localized("diff-docx-written", language=name, file=file))


def _refuse_taken(path: Path, project: Project, begins: bytes | None) -> None:
    """Refuse to overwrite anything but an HTML page, or to write among the releases.

    Args:
        path: The file.
        project: The project.
        begins: How a file begins that may be overwritten; None to leave that open.

    Raises:
        ProblemsError: Something else is already there, or the folder is guidegen's.
    """
    project.refuse_links_to(path)
    with translate_os_errors(path):
        target = path.resolve()
        taken = any(
            target.is_relative_to(folder.resolve())
            # What is added to either would be reported: by `verify`, and by the next
            # build.
            for folder in (project.releases, project.site)
        )
        if begins and not taken and target.exists():
            with target.open("rb") as file:
                taken = file.read(len(begins)).lower() != begins
    if taken:
        raise ProblemsError((Problem(message="diff-taken", path=path),))


def _write_page(difference: Difference, working_copy: WorkingCopy, path: Path) -> None:
    """Write what has changed as a page.

    Raises:
        FilesError: The file cannot be written.
    """
    from guidegen.compare.redline_as_html import report_html  # noqa: PLC0415  # rarely
    from guidegen.pack.style import page_style  # noqa: PLC0415  # as above

    folders = working_copy.pack.folders
    # A company's own pack comes first and may replace the template.
    template = next(
        folder / _TEMPLATE for folder in folders if (folder / _TEMPLATE).is_file()
    )
    with translate_os_errors(template):
        style = page_style(folders, working_copy.drafts[0].brand_color)
        page = report_html(_report(difference, working_copy), template, style)
    write_atomic(path, page.encode())


def _report(difference: Difference, working_copy: WorkingCopy) -> Report:
    from guidegen.compare.redline_as_html import Report, TextReport  # noqa: PLC0415

    documents = {each.language: each for each in working_copy.drafts}
    first = working_copy.drafts[0]
    nothing = _nothing_to_show(difference)
    old = difference.old
    return Report(
        language=interface_language(),
        company=first.company,
        guideline=first.title,
        title=localized("diff-title", version=old.version)
        if old and not nothing
        else localized("diff-nothing-title"),
        facts=_facts(difference, working_copy.pack),
        nothing=nothing,
        step=_step(difference),
        changes=tuple(_sentences(difference.changes, difference)),
        texts=tuple(
            TextReport(
                language=language,
                name=difference.names[language],
                pages=pages,
                labels=documents[language].labels,
            )
            for language, pages in difference.redlines.items()
        ),
        words={name: localized(message) for name, message in _WORDS.items()},
    )


def _facts(difference: Difference, pack: Pack) -> str | None:
    """Return a sentence about the release that the guideline is compared with."""
    old = difference.old
    if old is None:
        return None
    from guidegen.compare.answer_names import date_words  # noqa: PLC0415  # as above

    day = date_words(old.released.date(), pack.labels)
    language = interface_language()
    return localized("diff-facts", version=old.version, day=in_language(day, language))


def _step(difference: Difference) -> StepReport | None:
    if difference.proposal is None:
        return None
    from guidegen.compare.redline_as_html import StepReport  # noqa: PLC0415  # as above

    step = difference.proposal.step
    return StepReport(
        step=step,
        title=localized(f"diff-proposed-{step}", version=difference.version),
        means=localized(f"diff-means-{step}"),
        reasons=tuple(_reasons(difference)),
    )
