"""`guidegen verify`: checks the releases against their digests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.cli.chain import chain_data, show_chain
from guidegen.cli.help import option, verb
from guidegen.cli.localize import localized
from guidegen.cli.options import json_option, open_project, project_option, quiet_option
from guidegen.cli.terminal import (
    echo,
    notes_data,
    problem_text,
    show_json,
    show_notes,
    styled,
)
from guidegen.cli.usage import WHOLE, Digest
from guidegen.model.release import History
from guidegen.release.head import find_digest
from guidegen.release.verify import examine

if TYPE_CHECKING:
    from guidegen.release.head import Found
    from guidegen.release.verify import Examined

_DIFFERS = 1
"""The exit code if a file differs from what was released."""


@verb("verify")
@project_option
@option(
    "--digest", type=Digest(), metavar="help-word-digest", help="help-verify-digest"
)
@json_option
@quiet_option
def command(
    *, folder: Path | None, digest: str | None, as_json: bool, quiet: bool
) -> int:
    """Check that all releases are unchanged."""
    releases = open_project(folder, quiet=quiet).releases
    # No answers are read: old releases can be checked even if the draft is broken.
    examined = examine(releases)
    is_sound = examined.history is not None and not examined.problems
    found = None
    # Where something differs, the records say nothing to hold a digest against.
    if digest and is_sound:
        found = find_digest(examined.history or History(), digest)
    if as_json:
        show_json(_as_data(examined, digest, found))
    else:
        known = bool(found) or not digest
        _show(examined, is_good=known, quiet=quiet)
        if digest and is_sound:
            _show_digest(found, digest, quiet=quiet)
    return 0 if is_sound and (found or not digest) else _DIFFERS


def _show(examined: Examined, *, is_good: bool, quiet: bool) -> None:
    """Print what differs, or that nothing does, unless an unknown digest was given."""
    problems, history = examined.problems, examined.history
    for problem in problems:
        echo(f"{styled('✗', fg='red', bold=True)} {problem_text(problem)}")
    if problems:
        echo(localized("verify-bad", number=len(problems)), err=True)
    elif history and not quiet:
        numbers = {
            "releases": len(history.releases),
            "reviews": len(history.reviews),
            "withdrawn": len(history.withdrawals),
        }
        good = "verify-good-withdrawn" if history.withdrawals else "verify-good"
        if is_good:
            echo(localized(good if history.releases else "verify-none", **numbers))
        show_chain(history, texts=True)
    if not quiet:
        show_notes(examined.notes)


def _show_digest(found: Found | None, given: str, *, quiet: bool) -> None:
    """Print what the digest that was given stands for."""
    if found is None:
        mark = styled("✗", fg="red", bold=True)
        echo(f"{mark} {localized('verify-digest-unknown')}", err=True)
    elif not quiet:
        echo(_meaning(found))
        if len(given) < WHOLE:
            echo(localized("verify-digest-first", number=len(given)))


def _meaning(found: Found) -> str:
    return localized(
        f"verify-digest-{found.meaning.value}",
        version=found.release.version,
        language=found.language,
        reviews=found.reviews,
        withdrawn=found.withdrawals,
    )


def _as_data(
    examined: Examined, digest: str | None, found: Found | None
) -> dict[str, object]:
    problems, history = examined.problems, examined.history
    data: dict[str, object] = {
        "unchanged": not problems,
        "differences": [
            {
                "id": each.message,
                "path": str(each.path),
                "text": localized(each.message, **each.values),
            }
            for each in problems
        ],
        "notes": notes_data(examined.notes),
        "chain": chain_data(history) if history and not problems else None,
    }
    if digest:
        data["digest"] = {
            "given": digest,
            "meaning": found.meaning.value if found else None,
            "version": found.release.version if found else None,
            "language": found.language if found else None,
        }
    return data
