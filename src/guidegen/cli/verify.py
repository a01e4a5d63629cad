"""`guidegen verify`: checks the releases against their digests."""

from __future__ import annotations

from pathlib import Path

from guidegen.cli.help import verb
from guidegen.cli.localize import localized
from guidegen.cli.options import json_option, open_project, project_option, quiet_option
from guidegen.cli.terminal import echo, problem_text, show_json, styled
from guidegen.release.verify import examine

_DIFFERS = 1
"""The exit code if a file differs from what was released."""


@verb("verify")
@project_option
@json_option
@quiet_option
def command(*, folder: Path | None, as_json: bool, quiet: bool) -> int:
    """Check that all releases are unchanged."""
    releases = open_project(folder, quiet=quiet).releases
    # No answers are read: old releases can be checked even if the draft is broken.
    history, problems = examine(releases)
    if as_json:
        found = [
            {
                "id": each.message,
                "path": str(each.path),
                "text": localized(each.message, **each.values),
            }
            for each in problems
        ]
        data = {"unchanged": not problems, "differences": found}
        show_json(data)
        return _DIFFERS if problems else 0
    for problem in problems:
        echo(f"{styled('✗', fg='red', bold=True)} {problem_text(problem)}")
    if problems:
        echo(localized("verify-bad", number=len(problems)), err=True)
        return _DIFFERS
    if history and not quiet:
        numbers = {
            "releases": len(history.releases),
            "reviews": len(history.reviews),
        }
        echo(localized("verify-good" if history.releases else "verify-none", **numbers))
    return 0
