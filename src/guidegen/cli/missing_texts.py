"""Texts that lack a language or form of address: shown, and asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from guidegen.cli.localize import localized
from guidegen.cli.own_wording import show_titled
from guidegen.cli.redline_output import show_heading
from guidegen.cli.shell_quoting import typed_path
from guidegen.cli.terminal import echo
from guidegen.interview import Back, Prompt, Prompter, choose
from guidegen.merge.sections import read_section
from guidegen.model.own_text import Missing
from guidegen.model.question import Kind
from guidegen.pipeline.missing_texts import (
    Answer,
    declare_right,
    find_missing,
    give_text,
    pack_text,
    take_pack_text,
    wrong_text,
)
from guidegen.pipeline.own_texts import variant_message

if TYPE_CHECKING:
    from guidegen.model.project import Project
    from guidegen.pipeline.customize import Beside

_TYPE, _TAKE, _RIGHT, _LATER = "type", "take", "right", "later"


def show_beside(beside: Beside) -> None:
    """Print a new text of the pack's beside the company's one for other readers."""
    titled = []
    for variant, other, path in (
        (beside.other, beside.variant, beside.other_path),
        (beside.variant, beside.other, beside.path),
    ):
        name = localized(variant_message(variant, other))
        title = f"{name}: {typed_path(path)}"
        titled.append((title, read_section(path)[0].strip()))
    show_titled(titled, plain=False)


def ask_missing(project: Project, prompter: Prompter, *, plain: bool) -> None:
    """Ask for each text that lacks a variant; each answer is written at once.

    Raises:
        KeyboardInterrupt: Somebody stopped; what they have answered is written.
    """
    missing = find_missing(project)
    if not missing:
        echo(localized("missing-none"))
        return
    done = 0
    try:
        for number, each in enumerate(missing, start=1):
            values = {"number": number, "total": len(missing), "text": each.key}
            show_heading(localized("missing-head", **values))
            done += _ask(project, each, prompter, plain=plain)
    finally:
        if done:
            echo(localized("missing-done", number=done))
        if done < len(missing):
            echo(localized("missing-left", number=len(missing) - done))


def _ask(
    project: Project, missing: Missing, prompter: Prompter, *, plain: bool
) -> bool:
    """Ask for one text; return whether it is given, or declared right."""
    other = localized(variant_message(missing.other, missing.variant))
    variant = localized(variant_message(missing.variant, missing.other))
    theirs = pack_text(project, missing)
    titled = [(localized("missing-now", other=other), missing.text.strip())]
    if theirs:
        titled.append((localized("missing-pack", variant=variant), theirs.strip()))
    show_titled(titled, plain=plain)
    question = localized("missing-ask", variant=variant)
    while True:
        chosen = choose(prompter, question, _choices(missing))
        if chosen != _TYPE:
            break
        try:
            text = _typed(project, missing, prompter, variant)
        except Back:  # to what else can become of it
            continue
        give_text(project, Answer(missing=missing, text=text))
        break
    if chosen == _RIGHT:
        declare_right(project, missing)
    elif chosen == _TAKE:
        path = take_pack_text(project, missing)
        click.echo(f"  {typed_path(path)}")
    elif missing.section and not missing.of_pack:
        name = f"sections/{missing.variant}/{missing.section}.md"
        echo(localized("missing-file-wait", variant=variant, file=name))
    return chosen != _LATER


def _choices(missing: Missing) -> Mapping[str, str]:
    """Return what can become of a text, the usual first."""
    right = localized("missing-right-pack" if missing.uses_pack else "missing-right")
    later = localized("missing-later")
    if missing.section is None:
        return {_TYPE: localized("missing-type"), _RIGHT: right, _LATER: later}
    if missing.of_pack:
        return {_TAKE: localized("missing-take"), _RIGHT: right, _LATER: later}
    # A whole text is written in an editor.
    return {_LATER: later, _RIGHT: right}


def _typed(project: Project, missing: Missing, prompter: Prompter, variant: str) -> str:
    prompt = Prompt(
        head="",
        text=localized("missing-ask-text", variant=variant),
        kind=Kind.TEXT,
        check=lambda raw: wrong_text(project, missing, str(raw or ""), localized),
    )
    return str(prompter.ask(prompt))
