"""What `status --remote` prints: what readers see now at each target."""

from __future__ import annotations

from collections.abc import Sequence

from guidegen.cli.localize import localized
from guidegen.cli.publish_output import origin_data, who_text
from guidegen.cli.terminal import echo, error_text, problem_text
from guidegen.model.document import State
from guidegen.model.publication import Manifest
from guidegen.pipeline.remote_status import Shown
from guidegen.publish.precedence import Verdict
from guidegen.redact import printable

_BESIDE = {
    Verdict.NEWER: "publish-now-behind",
    Verdict.UNKNOWN: "publish-now-behind",
    Verdict.RECORDS: "publish-now-behind",
    Verdict.NEWS: "publish-now-news",
    Verdict.OLDER: "publish-now-older",
    Verdict.TAKEN_BACK: "publish-now-again",
    Verdict.UNMARKED: "publish-now-unmarked",
}
"""What is said beside what readers see, if it is not what the project would show."""


def show_targets(targets: Sequence[Shown], *, current: str) -> None:
    """Print what readers see at each target.

    Args:
        targets: What they said.
        current: The project's current version; empty before the first release.
    """
    for each in targets:
        name = each.settings.name
        if each.error:
            echo(localized("publish-now-unasked", target=name))
            echo(error_text(each.error))
            continue
        live, address = each.live, printable(each.address)
        if live is None:
            echo(localized("publish-now-none", target=name, address=address))
        else:
            echo(_seen(name, address, live))
        if message := _BESIDE.get(each.verdict):
            echo(f"  {localized(message, version=current)}")
        elif each.waiting:
            echo(f"  {localized('publish-now-waiting', version=each.waiting)}")


def _seen(target: str, address: str, live: Manifest) -> str:
    draft = live.state is State.DRAFT
    kind = "publish-now-draft" if draft else "publish-now-version"
    return localized(
        "publish-now-restored" if live.restored else "publish-now",
        target=target,
        version=localized(kind, version=printable(live.version)),
        who=who_text(live),
        address=address,
    )


def targets_data(targets: Sequence[Shown]) -> list[dict[str, object]]:
    """Return what the targets said, as data for JSON."""
    return [
        {
            "target": each.settings.name,
            "kind": each.settings.kind,
            "place": each.address or None,
            "shown": origin_data(each.live),
            "verdict": each.verdict.name.lower().replace("_", "-"),
            "waiting": each.waiting,
            "good": each.is_good,
            "error": problem_text(each.error.problem) if each.error else None,
        }
        for each in targets
    ]
