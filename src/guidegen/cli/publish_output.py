"""What `publish` and `rollback` print: the plan, the question, the result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from guidegen.cli.dialogs import confirm_typed, is_terminal
from guidegen.cli.localize import localized
from guidegen.errors import PublishError
from guidegen.model.document import State
from guidegen.redact import printable

if TYPE_CHECKING:
    from guidegen.model.publication import Plan
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
            _show(plan, names=dry_run)
        return not dry_run and (not asks or confirm_typed(localized("publish-ask")))

    return agree


def _show(plan: Plan, *, names: bool) -> None:
    click.echo(f"{plan.target}: {printable(plan.address)}")
    if not plan.changes:
        return
    text = localized(
        "publish-plan",
        new=len(plan.new),
        changed=len(plan.changed),
        removed=len(plan.removed),
        unchanged=len(plan.unchanged),
        size=_size(plan.bytes),
    )
    click.echo(f"  {version_text(plan.manifest.version, plan.manifest.state)}")
    click.echo(f"  {text}")
    if plan.seen.damaged:
        click.echo(f"  {localized('publish-damaged', number=len(plan.seen.damaged))}")
    if plan.seen.unmanaged:
        click.echo(
            f"  {localized('publish-unmanaged', number=len(plan.seen.unmanaged))}"
        )
    if names:
        for sign, group in (("+", plan.new), ("~", plan.changed), ("-", plan.removed)):
            for name in group:
                click.echo(f"    {sign} {printable(name)}")


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
        "removed": list(plan.removed),
        "unchanged": len(plan.unchanged),
        "bytes": plan.bytes,
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
