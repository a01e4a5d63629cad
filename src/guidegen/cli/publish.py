"""`guidegen publish`: uploads the site to where its readers are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidegen.cli.boundary import USER_ERROR
from guidegen.cli.clock import now, today
from guidegen.cli.help import option, verb
from guidegen.cli.localize import localized
from guidegen.cli.options import (
    dry_run_option,
    json_option,
    open_project,
    pack_option,
    project_option_alone,
    quiet_option,
    target_argument,
    trust_scripts_option,
    yes_option,
)
from guidegen.cli.place_dialog import AskInTerminal
from guidegen.cli.publish_output import as_data, asking, need_consent, version_text
from guidegen.cli.terminal import echo, show_json, show_notes, shown_progress
from guidegen.model.document import State
from guidegen.pipeline.named_target import find_target
from guidegen.pipeline.publish import PublishJob, publish_project
from guidegen.pipeline.validity import validity_of
from guidegen.redact import printable

if TYPE_CHECKING:
    from guidegen.model.project import Project
    from guidegen.pipeline.publish import Published
    from guidegen.publish.verify import Mismatch


@verb("publish")
@target_argument
@project_option_alone
@pack_option
@dry_run_option
@yes_option
@option("--draft", is_flag=True, help="help-publish-draft")
@option("--old-pdfs", is_flag=True, rare=True, help="help-build-old-pdfs")
@trust_scripts_option
@option("--adopt", is_flag=True, rare=True, help="help-publish-adopt")
@option("--older", "replace_newer", is_flag=True, rare=True, help="help-publish-older")
@option("--again", is_flag=True, rare=True, help="help-publish-again")
@option("--verify", "url", metavar="URL", help="help-publish-verify")
@json_option
@quiet_option
def command(  # noqa: PLR0913  # the options
    *,
    name: str | None,
    folder: Path | None,
    pack: Path | None,
    dry_run: bool,
    yes: bool,
    draft: bool,
    old_pdfs: bool,
    trust_scripts: bool,
    adopt: bool,
    replace_newer: bool,
    again: bool,
    url: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Publish the guideline to a target from guideline.yml."""
    project = open_project(folder, quiet=quiet)
    # Before the build: a wrong name, or a run without a terminal, should fail at once.
    find_target(project, name)
    need_consent(yes=yes or dry_run)
    # Without --yes there may be a question, and a spinner would write over it.
    with shown_progress(quiet=quiet or as_json or not yes, verbose=False) as progress:
        published = publish_project(
            PublishJob(
                project=project,
                now=now(),
                agree=asking(yes=yes, dry_run=dry_run, quiet=quiet or as_json),
                consent=AskInTerminal(),
                target=name,
                pack=pack,
                adopt=adopt,
                draft=draft,
                older=replace_newer,
                again=again,
                old_pdfs=old_pdfs,
                trust_scripts=trust_scripts,
                progress=progress,
            )
        )
    # Also when nothing was uploaded: a cache may still hold the version before.
    differences = None if dry_run or url is None else _verified(url, published)
    if as_json:
        show_json(as_data(published, differences))
    else:
        _tell(project, published, differences, dry_run=dry_run, quiet=quiet)
    if differences:
        # It is published, but not what readers get; a script has to notice.
        raise click.exceptions.Exit(USER_ERROR)


def _verified(url: str, published: Published) -> tuple[Mismatch, ...]:
    from guidegen.publish.verify import verify  # noqa: PLC0415  # imports http

    return verify(url, published.manifest)


def _tell(
    project: Project,
    published: Published,
    differences: tuple[Mismatch, ...] | None,
    *,
    dry_run: bool,
    quiet: bool,
) -> None:
    if not quiet:
        _tell_done(project, published, dry_run=dry_run)
    if differences is not None:
        _tell_differences(differences, quiet=quiet)


def _tell_done(project: Project, published: Published, *, dry_run: bool) -> None:
    show_notes(published.notes)
    plan = published.plan
    if not plan.changes:
        version = version_text(published.manifest.version, published.manifest.state)
        click.echo(localized("publish-unchanged", version=version))
    elif dry_run:
        click.echo(localized("publish-dry-run"))
    elif published.done:
        click.echo(localized("publish-done", address=printable(plan.address)))
    else:
        click.echo(localized("publish-not-agreed"))
    if published.done:
        _tell_day(project, published)
        _tell_next(published)


def _tell_next(published: Published) -> None:
    """Say how everybody learns of it, if readers find another release than before."""
    new, live = published.manifest, published.plan.seen.live
    before = (live.version, live.state) if live else None
    if new.state is State.RELEASED and before != (new.version, new.state):
        echo(localized("publish-next"))


def _tell_day(project: Project, published: Published) -> None:
    """Say from when the version is valid, if it was released for a later day."""
    version, state = published.manifest.version, published.manifest.state
    validity = validity_of(project, version) if state is State.RELEASED else None
    if validity is None or validity.first is None or validity.first <= today():
        return
    before, day = validity.till_then, validity.first
    message = "publish-later-until" if before else "publish-later"
    echo(localized(message, version=version, day=day, before=before or ""))


def _tell_differences(differences: tuple[Mismatch, ...], *, quiet: bool) -> None:
    if not differences:
        if not quiet:
            click.echo(localized("publish-verified"))
        return
    click.echo(localized("publish-differs", number=len(differences)), err=True)
    for each in differences:
        why = printable(localized(each.message, reason=each.reason))
        click.echo(f"  {printable(each.url)}: {why}", err=True)
    echo(localized("publish-differs-why"), err=True)
