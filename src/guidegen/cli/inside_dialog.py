"""Decides about headlines in a terminal: a list to tick, some at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from guidegen.answers.read import read_pack
from guidegen.cli.boundary import INTERRUPTED
from guidegen.cli.dialogs import author_messages, make_prompter
from guidegen.cli.localize import localized
from guidegen.cli.terminal import echo
from guidegen.interview import Back, Prompt, choose
from guidegen.interview.prompter import Option
from guidegen.model.inside import Item, ItemState
from guidegen.model.question import Kind
from guidegen.pipeline.inside import decide, listed_items
from guidegen.redact import printable
from guidegen.wrap import columns

if TYPE_CHECKING:
    from guidegen.interview import Prompter
    from guidegen.model.project import Project

_AT_ONCE: Final = 15
"""How many headlines are shown at a time: as many as a screen holds."""

_BESIDE: Final = 6
"""How many columns a menu needs beside its entries."""

_KEEP, _HIDE = "keep", "hide"


def decide_in_terminal(project: Project, *, plain: bool) -> None:
    """Let somebody decide about all that waits; what was decided is kept at once."""
    waiting = listed_items(project).of(ItemState.WAITING)
    if not waiting:
        echo(localized("inside-none-waiting"))
        return
    messages = author_messages(read_pack(project.answers))
    prompter = make_prompter(messages, plain=plain, keys="inside-keys")
    prompter.say(localized("inside-persons"))
    approved = hidden = 0
    try:
        for start in range(0, len(waiting), _AT_ONCE):
            some = waiting[start : start + _AT_ONCE]
            head = f"{start + 1}–{start + len(some)}/{len(waiting)}"
            shown, away = _decided(prompter, some, head)
            if shown:
                decide(project, shown, ItemState.APPROVED)
            if away:
                decide(project, away, ItemState.HIDDEN)
            approved, hidden = approved + len(shown), hidden + len(away)
    except Back:  # enough for now
        _tell(approved, hidden)
    except KeyboardInterrupt:
        click.echo()
        _tell(approved, hidden)
        raise click.exceptions.Exit(INTERRUPTED) from None
    else:
        _tell(approved, hidden)


def _decided(
    prompter: Prompter, items: tuple[Item, ...], head: str
) -> tuple[list[str], list[str]]:
    """Return the ids of what readers are to see, and of what they are not."""
    prompt = Prompt(
        head=head,
        text=localized("inside-which"),
        kind=Kind.CHOICES,
        # Nobody has to want any of them.
        check=lambda raw: None,  # noqa: ARG005
        optional=True,
        options=tuple(map(_option, items)),
    )
    picked = prompter.ask(prompt)
    shown = [str(each) for each in picked] if isinstance(picked, list) else []
    others = [each.id for each in items if each.id not in shown]
    if not others:
        return shown, []
    text = localized("inside-others", number=len(others))
    labels = {
        _HIDE: localized("inside-others-hide"),
        _KEEP: localized("inside-others-keep"),
    }
    # Whoever ticks nothing may only have pressed Enter too often.
    if not shown:
        labels = dict(reversed(labels.items()))
    away = choose(prompter, printable(text), labels) == _HIDE
    return shown, others if away else []


def _option(item: Item) -> Option:
    label = f"{item.date:%d.%m.} {item.source}: {item.title}"
    # A menu cuts what is wider than the terminal.
    is_cut = len(label) + _BESIDE > columns()
    hint = f"{item.title} · {item.url}" if is_cut else item.url
    return Option(value=item.id, label=label, hint=hint)


def _tell(approved: int, hidden: int) -> None:
    echo(localized("inside-decided", approved=approved, hidden=hidden))
    if approved or hidden:
        echo(localized("inside-build"))
