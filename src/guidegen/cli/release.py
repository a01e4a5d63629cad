"""`guidegen release`: freezes a version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidegen.cli.boundary import INTERRUPTED
from guidegen.cli.chain import chain_data, show_chain
from guidegen.cli.clock import now, today
from guidegen.cli.dialogs import is_terminal, read_line
from guidegen.cli.help import option, verb
from guidegen.cli.localize import interface_language, localized
from guidegen.cli.options import (
    json_option,
    open_project,
    project_option,
    quiet_option,
    yes_option,
)
from guidegen.cli.release_questions import (
    NOTE,
    ask_day,
    ask_notes,
    confirm_jump,
    confirm_release,
    jump,
    past_day,
    read_day,
    release_prompter,
)
from guidegen.cli.release_withdrawal import WithdrawalOptions, withdraw
from guidegen.cli.shell_quoting import guidegen_command, typed_path
from guidegen.cli.terminal import (
    echo,
    notes_data,
    show_json,
    show_notes,
    shown_progress,
    styled,
)
from guidegen.cli.usage import WrongUsage
from guidegen.compare.wording import sentence
from guidegen.errors import Problem, ProblemsError
from guidegen.model.note import Note
from guidegen.model.release import Change, Step
from guidegen.model.text import LocalText
from guidegen.pipeline.build import Job
from guidegen.pipeline.own_texts import behind_problems
from guidegen.pipeline.release import ReleaseRequest, make_release
from guidegen.pipeline.release_preview import preview_release
from guidegen.redact import printable
from guidegen.value import Value

if TYPE_CHECKING:
    from guidegen.model.project import Project
    from guidegen.pipeline.release import Released
    from guidegen.pipeline.release_preview import ReleasePreview


class _Options(Value):
    """What the user typed."""

    folder: Path | None
    given: tuple[str, ...]
    approved_by: str | None
    version: str | None
    valid_from: str | None
    texts_agree: bool
    version_jumps: bool
    withdraw: str | None
    reasons: tuple[str, ...]
    by: str | None
    yes: bool
    as_json: bool
    quiet: bool

    @property
    def asks(self) -> bool:
        """Whether there is somebody who can and wants to be asked."""
        return not self.silent and is_terminal()

    @property
    def is_withdrawal(self) -> bool:
        """Whether a version is to be withdrawn, not released.

        Raises:
            WrongUsage: Options of both are given.
        """
        of_release = {
            "--note": self.given,
            "--approved-by": self.approved_by,
            "--version": self.version,
            "--valid-from": self.valid_from,
            "--texts-agree": self.texts_agree,
            "--version-jumps": self.version_jumps,
        }
        of_withdrawal = {"--reason": self.reasons, "--by": self.by}
        wrong = of_withdrawal if self.withdraw is None else of_release
        given = [name for name, value in wrong.items() if value]
        if given:
            message = "withdraw-only" if self.withdraw is None else "withdraw-not-with"
            values = {"key": given[0]}
            raise WrongUsage(Problem(message=message, values=values))
        return self.withdraw is not None

    @property
    def withdrawal(self) -> WithdrawalOptions:
        """What was typed about a withdrawal."""
        return WithdrawalOptions(
            folder=self.folder,
            version=self.withdraw or "",
            reasons=self.reasons,
            by=self.by,
            yes=self.yes,
            asks=self.asks,
            as_json=self.as_json,
            quiet=self.quiet,
        )

    @property
    def silent(self) -> bool:
        """Whether to print nothing but data."""
        return self.quiet or self.as_json


@verb("release")
@project_option
@option(
    "--note",
    "given",
    metavar="help-word-note",
    multiple=True,
    help="help-release-note",
)
@option("--approved-by", metavar="help-word-name", help="help-release-approved-by")
@option("--version", metavar="X.Y.Z", help="help-release-version")
@option("--valid-from", metavar="help-word-date", help="help-release-valid-from")
@option("--texts-agree", is_flag=True, rare=True, help="help-release-texts-agree")
@option("--version-jumps", is_flag=True, rare=True, help="help-release-version-jumps")
@option("--withdraw", metavar="X.Y.Z", help="help-release-withdraw")
@option(
    "--reason",
    "reasons",
    metavar="help-word-note",
    multiple=True,
    help="help-release-reason",
)
@option("--by", metavar="help-word-name", help="help-release-by")
@yes_option
@json_option
@quiet_option
def command(**options: object) -> None:
    """Freeze the guideline as a new version, and build the site with it."""
    typed = _Options(**options)  # type: ignore[arg-type]  # click has checked them
    if typed.is_withdrawal:
        withdraw(typed.withdrawal)
        return
    # A release has the time at which its command began, however long the questions
    # take.
    moment = now()
    project = open_project(typed.folder, quiet=typed.silent)
    day = None if typed.valid_from is None else read_day(typed.valid_from)
    with shown_progress(quiet=typed.silent, verbose=False) as progress:
        preview = preview_release(
            Job(project=project, progress=progress), valid_from=day
        )
    request, step = _check(typed, preview, moment)
    request = replace(request, valid_from=day)
    if not typed.silent:
        _show(preview, request.version or preview.version, step)
    if typed.asks:
        agreed = _ask(typed, preview, request, step)
        if agreed is None:
            return
        request = agreed
    # A day that is over, answered or left over from the last version, cannot be the
    # first one; a note tells the author (docs/development/decisions.md).
    kept = past_day(request.valid_from or preview.valid_from, moment.date())
    if not typed.silent:
        show_notes(kept)
    with shown_progress(quiet=typed.silent, verbose=False) as progress:
        made = make_release(Job(project=project, progress=progress), preview, request)
    if typed.as_json:
        data = _as_data(made, (*kept, *made.built.notes))
        show_json(data)
    elif not typed.quiet:
        _show_made(made, project, said=preview.working_copy.slips)


def _check(
    typed: _Options, preview: ReleasePreview, moment: dt.datetime
) -> tuple[ReleaseRequest, Step]:
    """Return what the options ask for; notes may be missing if they can be asked for.

    Raises:
        ProblemsError: Everything that prevents this release.
    """
    # Everything is collected, so that one run names all there is to fix.
    problems = list(preview.problems)
    version = typed.version
    if not typed.texts_agree:
        problems += behind_problems(preview.working_copy.stale)
    wrong = preview.version_problem(version) if version is not None else None
    if wrong:
        problems.append(wrong)
    # A version that is wrong says nothing about the step; the proposed one decides
    # then.
    step = preview.step_to(None if wrong else version)
    languages = preview.working_copy.answers.languages
    notes = NOTE.read_all(typed.given, languages, problems)
    # A note in one language only would leave the other readers without one.
    needed = notes or (not typed.given and _needs_notes(preview, step))
    if needed and not typed.asks:
        problems += NOTE.missing(notes, languages)
    approved_by = typed.approved_by
    if approved_by is not None:
        approved_by = read_line(approved_by, "--approved-by", problems)
    if not typed.asks:
        problems += _unasked(typed, preview, None if wrong else version)
    if problems:
        raise ProblemsError(tuple(problems))
    request = ReleaseRequest(
        now=moment,
        version=version,
        notes=LocalText.of(notes) if notes else None,
        approved_by=approved_by,
        texts_agree=typed.texts_agree,
    )
    return request, step


def _unasked(
    typed: _Options, preview: ReleasePreview, version: str | None
) -> Iterator[Problem]:
    """Yield what nobody can be asked, and what cannot be undone."""
    if version and preview.is_jump(version) and not typed.version_jumps:
        problem = jump(preview, version)
        values = {**problem.values, "key": "--version"}
        yield replace(problem, values=values, hint="release-jump-hint")
    if not typed.yes:
        yield Problem(message="release-yes", values={"key": "--yes"})


def _ask(
    typed: _Options, preview: ReleasePreview, request: ReleaseRequest, step: Step
) -> ReleaseRequest | None:
    """Ask for what is missing and for consent; return None without consent."""
    given = dict(request.notes.texts) if request.notes else {}
    needed = bool(given) or _needs_notes(preview, step)
    complete = not needed or set(given) == set(preview.working_copy.answers.languages)
    old = request.valid_from is None and preview.left_over(today()) is not None
    version = request.version or preview.version
    jumps = preview.is_jump(version) and not typed.version_jumps
    if complete and typed.yes and not jumps:
        return request
    prompter = release_prompter(preview)
    try:
        # Before all else: with another number, the answers would be others.
        if jumps and not confirm_jump(prompter, preview, version):
            echo(localized("release-not-now"))
            return None
        # `--yes` gives consent, but it cannot write a note.
        if not complete:
            notes = ask_notes(prompter, preview, given, step)
            request = replace(request, notes=LocalText.of(notes))
        if old and not typed.yes:
            day = ask_day(prompter, preview, version, today())
            request = replace(request, valid_from=day)
        if typed.yes or confirm_release(prompter, preview, version):
            return request
    except KeyboardInterrupt:
        click.echo()
        _show_again(typed, request)
        raise click.exceptions.Exit(INTERRUPTED) from None
    echo(localized("release-not-now"))
    _show_again(typed, request)
    return None


def _show_again(typed: _Options, request: ReleaseRequest) -> None:
    """Print the command that repeats the answers, if there are any."""
    if request.notes is None and request.valid_from is None:
        return
    words = ["--version", request.version] if request.version else []
    words += ["--version-jumps"] if typed.version_jumps else []
    words += ["--approved-by", request.approved_by] if request.approved_by else []
    day = request.valid_from
    words += ["--valid-from", day.isoformat()] if day else []
    for language, note in request.notes.texts if request.notes else ():
        words += ["--note", f"{language}={note}"]
    echo(localized("release-again"))
    click.echo(f"  {guidegen_command('release', *words, folder=typed.folder)}")


def _needs_notes(preview: ReleasePreview, step: Step) -> bool:
    """Return whether the release needs notes on what it means for readers."""
    # A first release changes nothing for readers, and a patch asks nothing of them
    # (docs/explanation/versions.md).
    return preview.last is not None and step != "patch" and preview.is_new


def _show(preview: ReleasePreview, version: str, step: Step) -> None:
    """Print what has changed, how far the release goes and why."""
    last, newest = preview.last, preview.working_copy.history.last
    # Before anything is released: a rule that is not there may be a slip.
    show_notes(preview.working_copy.slips)
    if last is None:
        echo(localized("release-first", version=version))
        return
    if newest and newest is not last:
        values = {"withdrawn": newest.version, "last": last.version}
        echo(localized("release-after-withdrawn", **values))
    if newest and preview.is_as_withdrawn:
        values = {"version": newest.version}
        show_notes((Note(message="release-as-withdrawn", values=values),))
    echo(styled(localized(f"release-step-{step}", version=version), bold=True))
    # Another step is the author's own choice; reasons for the proposed one would argue
    # against it.
    reasons = preview.proposal.reasons if step == preview.proposal.step else ()
    _list(_said(reasons, preview))
    others = [each for each in preview.changes if each not in reasons]
    if others:
        known = localized("release-changes", version=last.version)
        echo(localized("release-also") if reasons else known)
        _list(_said(others, preview))
    echo(localized("release-words"))


def _said(changes: Iterable[Change], preview: ReleasePreview) -> list[str]:
    messages, language = preview.working_copy.pack.messages, interface_language()
    return [sentence(each, messages, language) for each in changes]


def _list(lines: Iterable[str]) -> None:
    for line in lines:
        echo(f"  {printable(line)}")


def _show_made(made: Released, project: Project, said: tuple[Note, ...]) -> None:
    show_notes(each for each in made.built.notes if each not in said)
    echo(localized("release-done", version=made.release.version))
    for path in (made.release.folder, *made.built.pages, *made.built.pdfs):
        click.echo(f"  {printable(typed_path(path))}")
    show_chain(made.history)
    echo(localized("release-next"))
    # Worth saying once: `releases/` is the record, and is lost without a backup.
    if made.release.previous is None:
        echo(localized("release-keep", folder=printable(typed_path(project.releases))))


def _as_data(made: Released, notes: Iterable[Note]) -> dict[str, object]:
    release, built = made.release, made.built
    return {
        "version": release.version,
        "step": release.step,
        "released": release.released.isoformat(),
        "valid_from": release.in_force.isoformat(),
        "digest": release.digest,
        "chain": chain_data(made.history),
        "folder": str(release.folder),
        "site": str(built.site),
        "pages": [str(page) for page in built.pages],
        "pdfs": [str(pdf) for pdf in built.pdfs],
        "notes": notes_data(notes),
    }
