"""`guidegen release --withdraw`: takes a released version out of force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from guidegen.cli.boundary import INTERRUPTED
from guidegen.cli.chain import chain_data, show_chain
from guidegen.cli.clock import today
from guidegen.cli.dialogs import confirm, make_prompter, read_line
from guidegen.cli.localize import interface_language, known_messages, localized
from guidegen.cli.options import open_project
from guidegen.cli.reader_texts import TextOption, without_option
from guidegen.cli.shell_quoting import typed_path
from guidegen.cli.terminal import (
    echo,
    notes_data,
    show_json,
    show_notes,
    shown_progress,
)
from guidegen.errors import Problem, ProblemsError
from guidegen.interview import Messages, Prompt, Prompter, RawAnswer, insist
from guidegen.model.question import Kind
from guidegen.model.text import LocalText
from guidegen.pipeline.build import Built, Job, build_project
from guidegen.pipeline.withdraw import (
    Withdrawable,
    Withdrawn,
    find_withdrawable,
    withdraw_release,
)
from guidegen.redact import printable
from guidegen.value import Value

_REASON = TextOption(option="--reason", message="withdraw-reason")
_BY = "--by"


class WithdrawalOptions(Value):
    """What the user typed."""

    folder: Path | None
    version: str
    reasons: tuple[str, ...]
    by: str | None
    yes: bool
    asks: bool
    """Whether there is somebody who can and wants to be asked."""
    as_json: bool
    quiet: bool


class _Said(Value):
    """Who withdraws and why."""

    by: str
    reason: LocalText


def withdraw(typed: WithdrawalOptions) -> None:
    """Withdraw a version and build the site without it at its root.

    Raises:
        ProblemsError: It cannot be withdrawn, or something is missing.
    """
    silent = typed.quiet or typed.as_json
    day, project = today(), open_project(typed.folder, quiet=silent)
    wanted = find_withdrawable(project, typed.version)
    languages = tuple(wanted.release.documents)
    problems: list[Problem] = []
    reasons = _REASON.read_all(typed.reasons, languages, problems)
    by = None if typed.by is None else read_line(typed.by, _BY, problems)
    if not typed.asks:
        problems += _missing(typed, reasons, languages)
    if problems:
        raise ProblemsError(tuple(problems))
    if not silent:
        _show(wanted)
    said = _ask(typed, wanted, reasons, by)
    if said is None:
        echo(localized("withdraw-not-now"))
        return
    withdrawn = withdraw_release(
        project, typed.version, by=said.by, on=day, reason=said.reason
    )
    if not silent:
        echo(localized("withdraw-done", version=typed.version))
        show_chain(withdrawn.history)
    # Recorded, whatever becomes of the site: working files that cannot be built are no
    # reason to leave a version in force.
    with shown_progress(quiet=silent, verbose=False) as progress:
        built = build_project(Job(project=project, progress=progress))
    if typed.as_json:
        show_json(_as_data(withdrawn, built))
    elif not typed.quiet:
        _show_built(withdrawn, built)


def _missing(
    typed: WithdrawalOptions, reasons: Mapping[str, str], languages: Sequence[str]
) -> list[Problem]:
    """Return a problem for all that nobody can be asked for."""
    problems: list[Problem] = []
    # One that was refused is not missing as well.
    if not typed.reasons or reasons:
        problems += _REASON.missing(reasons, languages)
    if typed.by is None:
        problems.append(Problem(message="withdraw-by-missing"))
    if not typed.yes:
        problems.append(Problem(message="withdraw-yes", values={"key": "--yes"}))
    return problems


def _ask(
    typed: WithdrawalOptions,
    wanted: Withdrawable,
    reasons: Mapping[str, str],
    by: str | None,
) -> _Said | None:
    """Ask for what is missing and for consent; return None without consent."""
    languages = tuple(wanted.release.documents)
    complete = by is not None and set(reasons) == set(languages)
    if not (complete and typed.yes):
        messages = Messages(texts=known_messages(), language=interface_language())
        prompter = make_prompter(messages, plain=False, keys="withdraw-keys")
        try:
            found = dict(reasons)
            for language in languages:
                if language not in found:
                    found[language] = _ask_reason(prompter, language)
            reasons = found
            by = by or _ask_line(prompter, "withdraw-by", _BY)
            if not typed.yes and not _agrees(prompter, wanted):
                return None
        except KeyboardInterrupt:
            click.echo()
            raise click.exceptions.Exit(INTERRUPTED) from None
    texts = {language: reasons[language] for language in languages}
    return _Said(by=by or "", reason=LocalText.of(texts))


def _ask_reason(prompter: Prompter, language: str) -> str:
    prompt = Prompt(
        head="",
        text=localized("withdraw-reason", language=_named(language)),
        help=localized("withdraw-reason-help"),
        kind=Kind.TEXT,
        check=_REASON.check,
    )
    return _REASON.read(str(insist(prompter, prompt)), []) or ""


def _named(language: str) -> str:
    """Return a language in words, if the interface has some for it."""
    message = f"interview-language-{language}"
    return localized(message) if message in known_messages() else language


def _ask_line(prompter: Prompter, message: str, option: str) -> str:
    def check(raw: RawAnswer) -> str | None:
        problems: list[Problem] = []
        read_line(str(raw or ""), option, problems)
        return without_option(problems)

    prompt = Prompt(head="", text=localized(message), kind=Kind.TEXT, check=check)
    return read_line(str(insist(prompter, prompt)), option, []) or ""


def _agrees(prompter: Prompter, wanted: Withdrawable) -> bool:
    return confirm(
        prompter,
        localized("withdraw-ask", version=wanted.release.version),
        yes=localized("withdraw-ask-yes"),
        no=localized("withdraw-ask-no"),
        # A withdrawal stays in the record, so pressing Enter is a no.
        suggested=False,
    )


def _show(wanted: Withdrawable) -> None:
    """Print what would be in force without the version."""
    version, after = wanted.release.version, wanted.after
    if after is None:
        echo(localized("withdraw-leaves-none", version=version))
    elif after is wanted.before:
        echo(localized("withdraw-old", version=version, current=after.version))
    else:
        echo(localized("withdraw-leaves", version=version, current=after.version))


def _show_built(withdrawn: Withdrawn, built: Built) -> None:
    show_notes(built.notes)
    for path in (*built.pages, *built.pdfs):
        click.echo(f"  {printable(typed_path(path))}")
    shown = withdrawn.history.current
    echo(localized("withdraw-next" if shown else "withdraw-next-draft"))


def _as_data(withdrawn: Withdrawn, built: Built) -> dict[str, object]:
    withdrawal, current = withdrawn.withdrawal, withdrawn.history.current
    return {
        "version": withdrawal.version,
        "by": withdrawal.by,
        "on": withdrawal.on.isoformat(),
        "reason": dict(withdrawal.reason.texts),
        "current": current.version if current else None,
        "chain": chain_data(withdrawn.history),
        "site": str(built.site),
        "pages": [str(page) for page in built.pages],
        "notes": notes_data(built.notes),
    }
