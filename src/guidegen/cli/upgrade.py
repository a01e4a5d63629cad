"""`guidegen upgrade`: moves a project to the texts of the installed pack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidegen.cli.boundary import INTERRUPTED, USER_ERROR
from guidegen.cli.dialogs import (
    author_messages,
    confirm,
    confirm_typed,
    is_terminal,
    make_prompter,
)
from guidegen.cli.help import option, verb
from guidegen.cli.localize import interface_language, localized
from guidegen.cli.new_questions import NewAnswers, new_answers
from guidegen.cli.options import (
    dry_run_option,
    json_option,
    open_project,
    plain_option,
    project_option,
)
from guidegen.cli.own_wording import decide_wording
from guidegen.cli.redline_output import show_heading, show_list, show_redline
from guidegen.cli.terminal import echo, show_error, show_json
from guidegen.compare.wording import sentence
from guidegen.errors import Problem, ProblemsError
from guidegen.interview import (
    Prompter,
)
from guidegen.merge.sections import open_conflicts, own_name
from guidegen.merge.writes import drop_writes, is_unfinished, planned_names
from guidegen.model.json_records import to_json
from guidegen.model.question import Question
from guidegen.pipeline.upgrade import (
    carry_out,
    find_upgrade,
    finish_upgrade,
    own_wording,
    plan_upgrade,
)
from guidegen.redact import printable

if TYPE_CHECKING:
    from guidegen.merge.upgrade import Upgraded
    from guidegen.model.project import Project
    from guidegen.pipeline.upgrade import Upgrade, UpgradePlan

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
    _take_up(project, dry_run=dry_run, yes=yes)
    upgrade = find_upgrade(project)
    asks = is_terminal() and not (yes or dry_run or as_json)
    # Making a prompter prints what its keys do, so there is none until there is
    # something to ask.
    prompter = _prompter(upgrade, plain=plain) if asks and upgrade.is_newer else None
    try:
        answered = _answered(upgrade, settings, prompter, dry_run=dry_run)
        texts = own_wording(upgrade, answered.changes, localized) if asks else ()
        if any(each.choices for each in texts):
            prompter = prompter or _prompter(upgrade, plain=plain)
        plan = _planned(upgrade, answered, texts, prompter, plain=plain)
        if not as_json:
            _show(plan, answered)
        if asks and plan.is_needed:
            prompter = prompter or _prompter(upgrade, plain=plain)
        done = plan.is_needed and not dry_run and _consents(prompter, yes=yes)
    except KeyboardInterrupt:
        click.echo()
        echo(localized("upgrade-stopped"), err=True)
        raise click.exceptions.Exit(INTERRUPTED) from None
    if done:
        carry_out(plan)
    if as_json:
        show_json(_as_data(plan, answered, done=done))
    else:
        _conclude(plan, done=done, dry_run=dry_run)
        if answered.assumed:
            echo(localized("upgrade-missing-hint"))
    return _exit_code(plan)


def _prompter(upgrade: Upgrade, *, plain: bool) -> Prompter:
    return make_prompter(author_messages(upgrade.pack), plain=plain, keys=_KEYS)


def _take_up(project: Project, *, dry_run: bool, yes: bool) -> None:
    """Finish an upgrade that was interrupted, if the author wants to."""
    if not is_unfinished(project):
        return
    # Half upgraded, the project has no state that a plan could start from, and a dry
    # run may not finish it.
    if dry_run:
        problem = Problem(message="upgrade-interrupted", path=project.folder)
        raise ProblemsError((problem,))
    # The note of what is left to write may have come with a stranger's project.
    names = planned_names(project)
    if names is None:
        drop_writes(project)
        echo(localized("upgrade-left-foreign"), err=True)
        return
    if names:
        echo(localized("upgrade-left"), err=True)
        for name in names:
            echo(f"- {printable(name)}", err=True)
        if not yes and not is_terminal():
            raise ProblemsError((Problem(message="upgrade-left-nobody"),))
        if not yes and not confirm_typed(localized("upgrade-left-ask")):
            echo(localized("upgrade-left-kept"), err=True)
            raise click.exceptions.Exit(USER_ERROR)
    finish_upgrade(project)
    echo(localized("upgrade-finished"), err=True)


def _answered(
    upgrade: Upgrade,
    settings: tuple[str, ...],
    prompter: Prompter | None,
    *,
    dry_run: bool,
) -> NewAnswers:
    try:
        return new_answers(upgrade, settings, prompter, pretend=dry_run)
    except ProblemsError as error:
        show_error(error)
        echo(localized("upgrade-missing-hint"), err=True)
        raise click.exceptions.Exit(USER_ERROR) from error


def _planned(
    upgrade: Upgrade,
    answered: NewAnswers,
    texts: Sequence[Upgraded],
    prompter: Prompter | None,
    *,
    plain: bool,
) -> UpgradePlan:
    changes = answered.changes
    plan = plan_upgrade(upgrade, changes, localized, assumed=answered.assumed)
    _refuse_undecided(plan)
    if prompter is None or not any(each.choices for each in texts):
        return plan
    choices = decide_wording(prompter, upgrade, changes, texts, plain=plain)
    return plan_upgrade(upgrade, changes, localized, choices, edition=plan.edition)


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


def _show(plan: UpgradePlan, answered: NewAnswers) -> None:
    """Print what will change, for readers and in the company's own texts."""
    if not plan.is_needed:
        return
    upgrade = plan.upgrade
    if upgrade.is_newer:
        versions = {"old": upgrade.old.version, "new": upgrade.pack.version}
        echo(localized("upgrade-versions", name=upgrade.pack.name, **versions))
    answers = [key for key in plan.answers if not _is_assumed(key, answered)]
    if answers:
        echo(localized("upgrade-answers", keys=printable(", ".join(answers))))
    for language, pages in plan.redlines.items():
        show_heading(localized("diff-text", language=plan.labels[language]))
        for page in pages:
            show_redline(page)
    if not plan.redlines:
        echo(localized("upgrade-nothing-to-see"))
    if plan.changes:
        show_heading(localized("upgrade-changes"))
        show_list(_sentences(plan))
    _show_questions(answered)
    if plan.texts:
        show_heading(localized("upgrade-texts"))
    show_list(
        localized(f"upgrade-text-{each.outcome}", file=each.own.name)
        for each in plan.texts
    )
    click.echo()


def _show_questions(answered: NewAnswers) -> None:
    """Print the new questions without an answer, those that need one first."""
    needed = [each for each in answered.open if each.key in answered.assumed]
    others = [each for each in answered.open if each not in needed]
    for message, questions in (
        ("upgrade-needed-questions", needed),
        ("upgrade-open-questions", others),
    ):
        if questions:
            show_heading(localized(message))
            show_list(map(_question, questions))


def _is_assumed(key: str, answered: NewAnswers) -> bool:
    return any(f"{key}.".startswith(f"{each}.") for each in answered.assumed)


def _sentences(plan: UpgradePlan) -> list[str]:
    messages = plan.upgrade.pack.messages
    return [sentence(each, messages, interface_language()) for each in plan.changes]


def _question(question: Question) -> str:
    text = question.text.find(interface_language()) or question.id
    return f"{' '.join(text.split())} ({question.key})"


def _conclude(plan: UpgradePlan, *, done: bool, dry_run: bool) -> None:
    """Print what has come of it."""
    if done:
        proposals = open_conflicts(plan.upgrade.project)
        if plan.upgrade.pack.parts and not plan.upgrade.old.parts:
            echo(localized("upgrade-parts"))
        echo(localized("upgrade-done-open" if proposals else "upgrade-done"))
    elif not plan.is_needed:
        values = {"name": plan.upgrade.pack.name, "version": plan.upgrade.pack.version}
        echo(localized("upgrade-current", **values))
    else:
        echo(localized("upgrade-dry-run" if dry_run else "upgrade-not-done"))


def _exit_code(plan: UpgradePlan) -> int:
    """Name the proposals that nobody has decided on; return the exit code."""
    proposals = open_conflicts(plan.upgrade.project)
    if proposals:
        show_error(ProblemsError(_open(proposals)))
    # Open proposals block a release, so a script should notice them.
    return USER_ERROR if proposals else 0


def _as_data(
    plan: UpgradePlan, answered: NewAnswers, *, done: bool
) -> dict[str, object]:
    upgrade = plan.upgrade
    return {
        "pack": upgrade.pack.name,
        "from": upgrade.old.version,
        "to": upgrade.pack.version,
        "needed": plan.is_needed,
        "done": done,
        "answers": [each for each in plan.answers if not _is_assumed(each, answered)],
        "needed_answers": list(answered.assumed),
        "questions": [question.key for question in answered.open],
        "changes": _sentences(plan),
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
