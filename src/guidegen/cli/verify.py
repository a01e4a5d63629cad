"""`guidegen verify`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from guidegen.cli.localize import say
from guidegen.cli.options import folder_argument, quiet_option
from guidegen.cli.terminal import problem_text, styled, tell
from guidegen.pipeline import find_project
from guidegen.release import examine

_DIFFERS = 1
"""The exit code if something is not what was released."""


@click.command("verify")
@folder_argument
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@quiet_option
def command(*, folder: Path, as_json: bool, quiet: bool) -> int:
    """Check that all releases of the guideline in FOLDER (default: here) are unchanged.

    Recomputes every digest, and names each file that differs, is missing or was added.
    Ends with exit code 1 if there is one.
    """
    releases = find_project(folder).releases
    history, problems = examine(releases)
    if as_json:
        found = [
            {
                "id": each.message,
                "path": str(each.path),
                "text": say(each.message, **each.values),
            }
            for each in problems
        ]
        data = {"unchanged": not problems, "differences": found}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return _DIFFERS if problems else 0
    for problem in problems:
        tell(f"{styled('✗', fg='red', bold=True)} {problem_text(problem)}")
    if problems:
        tell(say("verify-bad", number=len(problems)), err=True)
        return _DIFFERS
    if history and not quiet:
        numbers = {
            "releases": len(history.releases),
            "reviews": len(history.reviews),
        }
        tell(say("verify-good" if history.releases else "verify-none", **numbers))
    return 0
