"""`guidegen docs`: shows a page of the manual that ships with the package."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

import click

from guidegen.cli.help import argument, option, verb
from guidegen.cli.localize import interface_language, localized
from guidegen.cli.manual import GROUPS, Page, pages, write_for_browser
from guidegen.cli.options import project_option_alone
from guidegen.cli.terminal import echo
from guidegen.cli.usage import WrongUsage, misspelt
from guidegen.errors import Problem
from guidegen.files import cache_folder


@verb("docs")
@project_option_alone
@argument("topic", metavar="help-word-page", required=False)
@option("--open", "in_browser", is_flag=True, help="help-docs-open")
def command(*, folder: Path | None, topic: str | None, in_browser: bool) -> None:
    """Print a page of the manual, or open it in the browser; without one, list all."""
    # The manual is the same for all projects; commands in messages name theirs, though.
    del folder
    found = pages()
    if topic is None:
        _list(found.values())
    elif topic not in found:
        problem = Problem(message="error-usage-page", values={"value": topic})
        raise WrongUsage(problem, near=misspelt(topic, list(found)))
    elif in_browser:
        folder = cache_folder("docs") or Path(tempfile.mkdtemp(prefix="guidegen-"))
        page = write_for_browser(topic, folder)
        echo(localized("docs-open", file=page))
        click.launch(page.as_uri())
    else:
        _say_the_language()
        click.echo(found[topic].text, nl=False)


def _list(found: Iterable[Page]) -> None:
    shown = list(found)
    width = max(len(page.topic) for page in shown)
    for group in GROUPS:
        echo(localized(f"docs-group-{group.replace('-', '')}"))
        for page in shown:
            if page.group == group:
                click.echo(f"  {page.topic:<{width}}  {page.title}")
    echo(localized("docs-how"))
    _say_the_language()


def _say_the_language() -> None:
    # To standard error: the page itself may go into a file or a pager.
    if interface_language() != "en":
        click.echo(localized("docs-english"), err=True)
