"""Prints a redline in the terminal: headings, sentences, the text word by word."""

from __future__ import annotations

from collections.abc import Iterable

import click

from guidegen.cli.localize import localized
from guidegen.cli.terminal import in_colour, styled
from guidegen.compare.redline_as_lines import Line, redline_lines
from guidegen.model.redline import Op, PageRedline, Run
from guidegen.redact import printable
from guidegen.wrap import BULLET, columns, wrapped

_COLOURS = {Op.INSERT: "green", Op.DELETE: "red", Op.SAME: None}


def show_heading(text: str) -> None:
    """Print a heading."""
    click.echo()
    click.echo(styled(wrapped(printable(text)), bold=True))


def show_list(texts: Iterable[str]) -> None:
    """Print sentences as a list."""
    for text in texts:
        click.echo(wrapped(printable(f"  {BULLET}{text}")))


def show_redline(page: PageRedline) -> None:
    """Print what changed in a page, word by word."""
    words = {
        Op.SAME: page.title,
        Op.INSERT: localized("diff-page-new", page=page.title),
        Op.DELETE: localized("diff-page-gone", page=page.title),
    }
    click.echo()
    click.echo(styled(printable(f"── {words[page.op]} ──"), bold=True))
    # Without colour, marks say what is new and what is gone.
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
        # Never by colour alone: some people cannot tell red from green (WCAG 1.4.1).
        underline=run.op is Op.INSERT,
        strikethrough=run.op is Op.DELETE,
    )
