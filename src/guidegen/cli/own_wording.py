"""Lets an author decide between their own wording and a pack's new text."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from guidegen.cli.localize import localized
from guidegen.cli.redline_output import show_heading
from guidegen.cli.terminal import styled
from guidegen.interview import Prompter, choose
from guidegen.merge.upgrade import Choice, Upgraded
from guidegen.pipeline.wording_versions import WordingVersions, wording_versions
from guidegen.redact import printable
from guidegen.wrap import wrapped

if TYPE_CHECKING:
    from guidegen.pipeline.upgrade import Upgrade
    from guidegen.schema.scalars import Plain

_SHOW = "show"
"""The answer of somebody who wants to see the texts once more, one below the other."""

_GAP = "  "
_NARROW, _WIDE = 24, 46
"""How wide a column may be: shorter lines are hard to read, longer ones, too."""


def decide_wording(
    prompter: Prompter,
    upgrade: Upgrade,
    changes: Mapping[str, Plain | None],
    texts: Sequence[Upgraded],
    *,
    plain: bool,
) -> dict[str, Choice]:
    """Ask what is to become of each own text, and return it by the text's name.

    Args:
        prompter: Who is asked.
        upgrade: The project and the new pack.
        changes: Answers to be set, by dotted key.
        texts: The own texts that the upgrade concerns.
        plain: Whether nothing is to stand side by side, for a screen reader.

    Raises:
        KeyboardInterrupt: Somebody stopped.
    """
    open_texts = [each for each in texts if each.choices]
    decided: dict[str, Choice] = {}
    for number, each in enumerate(open_texts, start=1):
        values = {"number": number, "total": len(open_texts), "file": each.own.name}
        show_heading(localized("wording-title", **values))
        versions = wording_versions(upgrade, changes, each.own)
        _show(versions, plain=plain)
        decided[each.own.name] = _decided(prompter, each, versions)
    return decided


def _decided(prompter: Prompter, text: Upgraded, versions: WordingVersions) -> Choice:
    labels = {choice.value: localized(f"wording-{choice}") for choice in text.choices}
    labels[_SHOW] = localized("wording-show")
    question = localized("wording-ask", file=text.own.name)
    while (answer := choose(prompter, question, labels)) == _SHOW:
        _show(versions, plain=True)
    return Choice(answer)


def _show(versions: WordingVersions, *, plain: bool) -> None:
    titled = [
        (localized("wording-old-title"), versions.old),
        (localized("wording-own-title"), versions.own),
        (localized("wording-new-title"), versions.new),
    ]
    show_titled(titled, plain=plain)


def show_titled(titled: Sequence[tuple[str, str]], *, plain: bool) -> None:
    """Print texts in columns under their titles, or one below the other.

    Args:
        titled: The title and the text of each.
        plain: Whether nothing is to stand side by side, for a screen reader.
    """
    gaps = (len(titled) - 1) * len(_GAP)
    width = (shutil.get_terminal_size().columns - gaps) // len(titled)
    click.echo()
    if plain or width < _NARROW:
        for title, text in titled:
            click.echo(styled(title, bold=True))
            click.echo(wrapped(printable(text)))
            click.echo()
        return
    for line in side_by_side(titled, min(width, _WIDE)):
        click.echo(printable(line))


def side_by_side(titled: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """Yield the lines of texts in columns, each under its title.

    Args:
        titled: The title and the text of each column.
        width: Of a column, in characters.
    """
    titles = [_broken(title, width) for title, _ in titled]
    height = max(len(title) for title in titles)
    columns = [
        [
            # The shorter titles leave room, so that all rules are in one line.
            *title,
            *([""] * (height - len(title))),
            "─" * width,
            *(part for line in text.split("\n") for part in _broken(line, width)),
        ]
        for title, (_, text) in zip(titles, titled, strict=True)
    ]
    for cells in zip_longest(*columns, fillvalue=""):
        yield _GAP.join(f"{cell:<{width}}" for cell in cells).rstrip()


def _broken(text: str, width: int) -> list[str]:
    # An empty line stays one: it divides the paragraphs.
    lines = (wrap(line, width, break_on_hyphens=False) for line in text.split("\n"))
    return [part for line in lines for part in line or [""]]
