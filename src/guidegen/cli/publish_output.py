"""What `publish` and `rollback` print: the plan, the question, the result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from guidegen.cli.dialogs import confirm_typed, is_terminal
from guidegen.cli.localize import localized
from guidegen.cli.terminal import notes_data
from guidegen.errors import PublishError
from guidegen.model.document import State
from guidegen.publish.manifest import OWN
from guidegen.publish.precedence import who
from guidegen.redact import printable

if TYPE_CHECKING:
    from guidegen.model.publication import Manifest, Plan
    from guidegen.pipeline.publish import Published
    from guidegen.publish.verify import Mismatch

# kB and MB are decimal (IEC 80000-13); with 1024 they would be KiB and MiB.
_KILO = 1_000


def need_consent(*, yes: bool) -> None:
    """Refuse to go on if there is nobody to ask and no consent beforehand.

    Raises:
        PublishError: There is no terminal, and no `--yes`.
    """
    if not yes and not is_terminal():
        raise PublishError("error-publish-consent")


def asking(*, yes: bool, dry_run: bool, quiet: bool) -> Callable[[Plan], bool]:
    """Return a function that shows a plan and returns whether to go on.

    Args:
        yes: Do not ask.
        dry_run: Show every file, and do not go on.
        quiet: Show nothing, unless there is something to ask.
    """

    def agree(plan: Plan) -> bool:
        # Only the first one can go to a wrong target: from then on its manifest is
        # there.
        asks = plan.needed and plan.first and not yes and not dry_run
        if asks or not quiet:
            _show(plan, names=dry_run, removals=dry_run or asks)
        return not dry_run and (not asks or confirm_typed(localized("publish-ask")))

    return agree


def _show(plan: Plan, *, names: bool, removals: bool) -> None:
    click.echo(f"{plan.target}: {printable(plan.address)}")
    if not plan.needed:
        return
    if plan.changes:
        _show_changes(plan)
    numbers = {"publish-leftover": plan.leftover, "publish-cleared": plan.cleared}
    for message, group in numbers.items():
        if group:
            click.echo(f"  {localized(message, number=len(group))}")
    groups = [("+", plan.new), ("~", plan.changed)] if names else []
    if removals:
        # Every one of them, whoever wanted it: it does not come back.
        own = tuple(f"{OWN}/{name}" for name in plan.cleared)
        groups += [("-", plan.removals), ("-", own)]
    for sign, group in groups:
        for name in group:
            click.echo(f"    {sign} {printable(name)}")


def _show_changes(plan: Plan) -> None:
    text = localized(
        "publish-plan",
        new=len(plan.new),
        changed=len(plan.changed),
        removed=len(plan.removed),
        unchanged=len(plan.unchanged),
        size=_size(plan.bytes),
    )
    click.echo(f"  {version_text(plan.manifest.version, plan.manifest.state)}")
    live, seen = plan.seen.live, plan.seen
    if live:
        there = localized(
            "publish-there",
            version=version_text(live.version, live.state),
            who=who_text(live),
        )
        click.echo(f"  {there}")
    click.echo(f"  {text}")
    if seen.damaged:
        click.echo(f"  {localized('publish-damaged', number=len(seen.damaged))}")
    if seen.unmanaged:
        click.echo(f"  {localized('publish-unmanaged', number=len(seen.unmanaged))}")


def who_text(live: Manifest) -> str:
    """Return who published what readers see, and when, as far as it is known."""
    problem = who(live)
    return printable(localized(problem.message, **problem.values))


def version_text(version: str, state: State) -> str:
    """Return a version as it is shown to people."""
    message = "publish-draft" if state is State.DRAFT else "publish-version"
    return localized(message, version=printable(version))


def _size(size: int) -> str:
    if size < _KILO:
        return f"{size} B"
    if size < _KILO**2:
        return f"{size / _KILO:.0f} kB"
    return f"{size / _KILO**2:.1f} MB".replace(".", localized("decimal-mark"))


def origin_data(live: Manifest | None) -> dict[str, object] | None:
    """Return what readers see, who published it and when, as data for JSON."""
    if live is None:
        return None
    origin = live.origin
    return {
        "version": live.version,
        "state": live.state.value,
        "digest": origin.digest or None if origin else None,
        "by": origin.by or None if origin else None,
        "when": live.when.isoformat(),
        "restored": live.restored,
    }


def as_data(
    published: Published, differences: Sequence[Mismatch] | None = None
) -> dict[str, object]:
    """Return what was done, or would be done, as data for JSON."""
    plan, manifest = published.plan, published.manifest
    data: dict[str, object] = {
        "target": published.settings.name,
        "kind": published.settings.kind,
        # JSON keys stay as they are, since scripts read them; so does "foreign" below.
        "place": plan.address,
        "version": manifest.version,
        "state": manifest.state.value,
        "when": manifest.when.isoformat(),
        "restored": manifest.restored,
        "published": published.done,
        "first": plan.first,
        "new": list(plan.new),
        "changed": list(plan.changed),
        "removed": list(plan.removals),
        "cleared": list(plan.cleared),
        "unchanged": len(plan.unchanged),
        "bytes": plan.bytes,
        "notes": notes_data(published.notes),
        "there": origin_data(plan.seen.live),
        "foreign": list(plan.seen.unmanaged),
        "damaged": sorted(plan.seen.damaged),
    }
    if differences is not None:
        data["verified"] = not differences
        data["differences"] = [
            {"name": each.name, "url": each.url, "reason": each.reason}
            for each in differences
        ]
    return data
