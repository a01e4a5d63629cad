"""`guidegen diff`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidegen.cli.help import option, verb
from guidegen.cli.localize import interface_language, say
from guidegen.cli.options import json_option, open_project, pack_option, project_option
from guidegen.cli.shell_quoting import typed_path
from guidegen.cli.terminal import in_colour, show_notes, styled
from guidegen.cli.usage import FilePath
from guidegen.compare import redline_lines, sentence
from guidegen.model.json_records import to_json
from guidegen.model.redline import Op, PageRedline, Run
from guidegen.model.release import Change
from guidegen.pipeline.diff import diff_project
from guidegen.redact import printable
from guidegen.wrap import BULLET, columns, wrapped

if TYPE_CHECKING:
    from guidegen.compare import Line
    from guidegen.pipeline.diff import Difference

_COLOURS = {Op.INSERT: "green", Op.DELETE: "red", Op.SAME: None}
_CHANGED = 1
"""The exit code with `--exit-code` if something has changed."""


@verb("diff")
@project_option
@pack_option
@option("--from", "version", metavar="help-word-version", help="help-diff-from")
@option("--html", type=FilePath(), metavar="help-word-file", help="help-diff-html")
@json_option
@option("--exit-code", is_flag=True, help="help-diff-exit-code")
def command(
    *,
    folder: Path | None,
    pack: Path | None,
    version: str | None,
    html: Path | None,
    as_json: bool,
    exit_code: bool,
) -> int:
    """Show what has changed since a release, and how far the next one should go."""
    project = open_project(folder)
    if html:
        from guidegen.cli.diff_page import check_place  # noqa: PLC0415  # Jinja2

        check_place(html, project)
    difference = diff_project(project, version, pack=pack)
    if as_json:
        text = json.dumps(_as_data(difference), ensure_ascii=False, indent=2)
        click.echo(text)
    else:
        _show(difference)
        if difference.stale:
            from guidegen.merge import stale_notes  # noqa: PLC0415  # rarely any

            show_notes(stale_notes(difference.stale))
    if html:
        from guidegen.cli.diff_page import write_page  # noqa: PLC0415  # Jinja2

        write_page(difference, html)
        if not as_json:
            click.echo(say("diff-written", file=printable(typed_path(html))))
    return _CHANGED if exit_code and difference.old and difference.changed else 0


def said(changes: Iterable[Change], difference: Difference) -> list[str]:
    """Return changes as sentences in the author's language."""
    messages = difference.pack.messages
    return [sentence(each, messages, interface_language()) for each in changes]


def standing(difference: Difference) -> str | None:
    """Return the sentence that says that there is nothing to show, if there is not."""
    if difference.old is None:
        return say("diff-none-yet", version=difference.version)
    if not difference.changed:
        return say("diff-unchanged", version=difference.old.version)
    return None


def reasons(difference: Difference) -> list[str]:
    """Return why the step is proposed."""
    proposal = difference.proposal
    found = said(proposal.reasons, difference) if proposal else []
    return found or [say("diff-reason-none")]


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
        "stale": {
            place: list(languages) for place, languages in difference.stale.items()
        },
    }


def _changes_data(
    changes: Iterable[Change], difference: Difference
) -> list[dict[str, str]]:
    listed = tuple(changes)
    texts = said(listed, difference)
    return [
        {"id": change.message, "text": text}
        for change, text in zip(listed, texts, strict=True)
    ]


def _show(difference: Difference) -> None:
    nothing = standing(difference)
    if nothing or difference.old is None:
        click.echo(nothing)
        return
    show_title(say("diff-title", version=difference.old.version))
    if difference.changes:
        show_title(say("diff-answers"))
        show_list(said(difference.changes, difference))
    for language, pages in difference.redlines.items():
        name = difference.documents[language].labels[language]
        show_title(say("diff-text", language=name))
        for page in pages:
            show_page(page)
    if not difference.changes and not difference.redlines:
        click.echo(say("diff-form-only"))
    if difference.proposal:
        step = difference.proposal.step
        show_title(say(f"diff-proposed-{step}", version=difference.version))
        click.echo(wrapped(printable(say(f"diff-means-{step}"))))
        show_list(reasons(difference))
        click.echo()
        click.echo(wrapped(printable(say("diff-next"))))


def show_title(text: str) -> None:
    """Print a heading."""
    click.echo()
    click.echo(styled(wrapped(printable(text)), bold=True))


def show_list(texts: Iterable[str]) -> None:
    """Print sentences, one under the other."""
    for text in texts:
        click.echo(wrapped(printable(f"  {BULLET}{text}")))


def show_page(page: PageRedline) -> None:
    """Print what changed in a page, word by word."""
    words = {
        Op.SAME: page.title,
        Op.INSERT: say("diff-page-new", page=page.title),
        Op.DELETE: say("diff-page-gone", page=page.title),
    }
    click.echo()
    click.echo(styled(printable(f"── {words[page.op]} ──"), bold=True))
    for line in redline_lines(page, width=columns(), marks=not in_colour()):
        click.echo(_line(line))


def _line(line: Line) -> str:
    margin = styled(line.margin, fg=_COLOURS[line.op])
    return margin + "".join(_run(run, bold=line.heading) for run in line.runs)


def _run(run: Run, *, bold: bool) -> str:
    return styled(
        printable(run.text),
        fg=_COLOURS[run.op],
        bold=bold or run.strong,
        underline=run.op is Op.INSERT,
        strikethrough=run.op is Op.DELETE,
    )
