"""`guidegen upgrade`: moves a project to the texts of the installed pack."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidegen.answers.data import put_in
from guidegen.answers.options import read_options
from guidegen.cli.boundary import INTERRUPTED, USER_ERROR
from guidegen.cli.dialogs import (
    author_messages,
    confirm,
    interview_context,
    is_terminal,
    make_prompter,
)
from guidegen.cli.help import option, verb
from guidegen.cli.localize import localized
from guidegen.cli.new_project import missing_problems
from guidegen.cli.options import (
    dry_run_option,
    json_option,
    open_project,
    plain_option,
    project_option,
)
from guidegen.cli.redline_output import show_heading, show_list, show_redline
from guidegen.cli.terminal import echo, show_error, show_json
from guidegen.errors import Problem, ProblemsError
from guidegen.interview import (
    Interview,
    InterviewContext,
    InterviewState,
    Prompter,
    answered_beforehand,
    begin,
    changed_answers,
    fill_in,
)
from guidegen.merge.sections import open_conflicts, own_name
from guidegen.merge.writes import is_unfinished
from guidegen.model.json_records import to_json
from guidegen.pipeline.upgrade import (
    carry_out,
    find_upgrade,
    finish_upgrade,
    plan_upgrade,
)
from guidegen.redact import printable

if TYPE_CHECKING:
    from guidegen.model.project import Project
    from guidegen.pipeline.upgrade import Upgrade, UpgradePlan
    from guidegen.schema.scalars import Plain

_KEYS = "upgrade-keys"


@verb("upgrade")
@project_option
@dry_run_option
@option("-y", "--yes", is_flag=True, help="help-upgrade-yes")
@option(
    "--set",
    "settings",
    metavar="help-word-setting",
    multiple=True,
    help="help-upgrade-set",
)
@json_option
@plain_option
def command(
    *,
    folder: Path | None,
    dry_run: bool,
    yes: bool,
    settings: tuple[str, ...],
    as_json: bool,
    plain: bool,
) -> int:
    """Use the installed guidegen's texts for the draft; what is released stays."""
    project = open_project(folder)
    _take_up(project, dry_run=dry_run)
    upgrade = find_upgrade(project)
    asks = is_terminal() and not (yes or dry_run or as_json)
    # Making a prompter prints what its keys do, so there is none until there is
    # something to ask.
    prompter = _prompter(upgrade, plain=plain) if asks and upgrade.is_newer else None
    try:
        plan = _planned(upgrade, settings, prompter)
        _refuse_undecided(plan)
        if not as_json:
            _show(plan)
        if asks and plan.is_needed:
            prompter = prompter or _prompter(upgrade, plain=plain)
        done = plan.is_needed and not dry_run and _consents(prompter, yes=yes)
    except KeyboardInterrupt:
        click.echo()
        echo(localized("upgrade-stopped"), err=True)
        raise click.exceptions.Exit(INTERRUPTED) from None
    if done:
        carry_out(plan)
    return _report(plan, done=done, as_json=as_json, dry_run=dry_run)


def _prompter(upgrade: Upgrade, *, plain: bool) -> Prompter:
    return make_prompter(author_messages(upgrade.pack), plain=plain, keys=_KEYS)


def _take_up(project: Project, *, dry_run: bool) -> None:
    """Finish an upgrade that was interrupted."""
    if not is_unfinished(project):
        return
    # Half upgraded, the project has no state that a plan could start from, and a dry
    # run may not finish it.
    if dry_run:
        problem = Problem(message="upgrade-interrupted", path=project.folder)
        raise ProblemsError((problem,))
    finish_upgrade(project)
    echo(localized("upgrade-finished"), err=True)


def _planned(
    upgrade: Upgrade, settings: tuple[str, ...], prompter: Prompter | None
) -> UpgradePlan:
    try:
        changes = _new_answers(upgrade, settings, prompter)
    except ProblemsError as error:
        show_error(error)
        echo(localized("upgrade-missing-hint"), err=True)
        raise click.exceptions.Exit(USER_ERROR) from error
    return plan_upgrade(upgrade, changes, localized)


def _new_answers(
    upgrade: Upgrade,
    settings: Sequence[str],
    prompter: Prompter | None,
) -> dict[str, Plain | None]:
    """Return the answers to set, by dotted key.

    Args:
        upgrade: The project and the new pack.
        settings: Each as `KEY=VALUE`.
        prompter: Asks the new questions; None if there is nobody to ask.

    Raises:
        ProblemsError: A setting is wrong, or an answer is missing.
        KeyboardInterrupt: Somebody stopped.
    """
    data = upgrade.read.data
    options = read_options(
        settings, upgrade.pack, present=data, folder=upgrade.project.folder
    )
    given: dict[str, Plain] = data
    for key, value in options.items():
        given = put_in(given, key, value)
    context = interview_context(upgrade.pack, upgrade.project.folder)
    new = {question.id for question in upgrade.questions}
    open_questions = new - answered_beforehand(context, given)
    if prompter is None:
        state, missing = fill_in(context, given)
        # What was missing before the upgrade is not its business.
        missing = [each for each in missing if each.question.id in open_questions]
        if missing:
            raise ProblemsError(missing_problems(given, missing))
    else:
        state = _asked(begin(upgrade.pack, given), open_questions, context, prompter)
    return {**options, **dict(changed_answers(upgrade.pack, state, upgrade.questions))}


def _asked(
    state: InterviewState,
    questions: Collection[str],
    context: InterviewContext,
    prompter: Prompter,
) -> InterviewState:
    # All other questions count as answered, so that only new ones are asked.
    others = {each.id for each in context.pack.questions} - set(questions)
    interview = Interview(
        context=context, prompter=prompter, state=state, every=True, settled=others
    )
    interview.ask_open_fields()
    return interview.state


def _refuse_undecided(plan: UpgradePlan) -> None:
    """Refuse to upgrade before the conflicts of the last upgrade are resolved."""
    # A proposal that nobody has decided on would be overwritten by the next one.
    if plan.is_needed and plan.undecided:
        raise ProblemsError(_open(plan.undecided))


def _open(proposals: Iterable[Path]) -> tuple[Problem, ...]:
    return tuple(
        Problem(message="upgrade-open", values={"file": own_name(path)}, path=path)
        for path in proposals
    )


def _consents(prompter: Prompter | None, *, yes: bool) -> bool:
    """Return whether the author wants to upgrade."""
    if yes:
        return True
    if prompter is None:
        raise ProblemsError((Problem(message="upgrade-nobody"),))
    return confirm(
        prompter,
        localized("upgrade-ask"),
        yes=localized("upgrade-ask-yes"),
        no=localized("upgrade-ask-no"),
        suggested=True,
    )


def _show(plan: UpgradePlan) -> None:
    """Print what will change, for readers and in the company's own texts."""
    if not plan.is_needed:
        return
    upgrade = plan.upgrade
    if upgrade.is_newer:
        versions = {"old": upgrade.old.version, "new": upgrade.pack.version}
        echo(localized("upgrade-versions", name=upgrade.pack.name, **versions))
    if plan.answers:
        echo(localized("upgrade-answers", keys=printable(", ".join(plan.answers))))
    for language, pages in plan.redlines.items():
        show_heading(localized("diff-text", language=plan.labels[language]))
        for page in pages:
            show_redline(page)
    if not plan.redlines:
        echo(localized("upgrade-nothing-to-see"))
    if plan.texts:
        show_heading(localized("upgrade-texts"))
    show_list(
        localized(f"upgrade-text-{each.outcome}", file=each.own.name)
        for each in plan.texts
    )
    click.echo()


def _report(plan: UpgradePlan, *, done: bool, as_json: bool, dry_run: bool) -> int:
    """Print the result; return the exit code."""
    proposals = open_conflicts(plan.upgrade.project)
    if as_json:
        data = _as_data(plan, done=done)
        show_json(data)
    elif done:
        echo(localized("upgrade-done-open" if proposals else "upgrade-done"))
    elif not plan.is_needed:
        values = {"name": plan.upgrade.pack.name, "version": plan.upgrade.pack.version}
        echo(localized("upgrade-current", **values))
    else:
        echo(localized("upgrade-dry-run" if dry_run else "upgrade-not-done"))
    if proposals:
        show_error(ProblemsError(_open(proposals)))
    # Open proposals block a release, so a script should notice them.
    return USER_ERROR if proposals else 0


def _as_data(plan: UpgradePlan, *, done: bool) -> dict[str, object]:
    upgrade = plan.upgrade
    return {
        "pack": upgrade.pack.name,
        "from": upgrade.old.version,
        "to": upgrade.pack.version,
        "needed": plan.is_needed,
        "done": done,
        "answers": list(plan.answers),
        "text": {language: to_json(pages) for language, pages in plan.redlines.items()},
        "sections": [
            {
                "file": each.own.name,
                "outcome": str(each.outcome),
                "proposal": each.own.proposal_name if each in plan.conflicts else None,
            }
            for each in plan.texts
        ],
    }
