"""`withdrawals.json`: which released versions were withdrawn, by whom and why.

Nothing of a withdrawn version is deleted. Each withdrawal is tied to the one before by
a digest of both, as reviews are.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from guidegen.model.json_records import from_json, parsed_json
from guidegen.model.release import History, Release, Withdrawal
from guidegen.model.text import LocalText
from guidegen.release.tied_records import (
    last_digest,
    read_records,
    tied,
    write_records,
)

WITHDRAWALS: Final = "withdrawals.json"
"""In `releases/`."""


def record_withdrawal(
    releases: Path,
    history: History,
    release: Release,
    *,
    by: str,
    on: dt.date,
    reason: LocalText,
) -> Withdrawal:
    """Record that a release is withdrawn.

    Call it under the project's lock, and only if `examine` finds nothing wrong.

    Args:
        releases: The project's folder of releases.
        history: What is in it.
        release: One of them that is not withdrawn.
        by: Who withdraws it.
        on: The day.
        reason: Why, in each language of the release.

    Raises:
        FilesError: The withdrawal cannot be written.
    """
    withdrawal = chained(
        Withdrawal(
            version=release.version, digest=release.digest, by=by, on=on, reason=reason
        ),
        last_digest(history.withdrawals),
    )
    write_records(releases / WITHDRAWALS, (*history.withdrawals, withdrawal))
    return withdrawal


def chained(withdrawal: Withdrawal, before: str) -> Withdrawal:
    """Return a withdrawal tied to the one before, or to "" if it is the first."""
    return tied(withdrawal, before, name="withdrawal")


def read_withdrawals(path: Path) -> tuple[Withdrawal, ...]:
    """Read the list of withdrawals; it may be missing.

    Raises:
        ReleaseError: It cannot be read.
    """
    return read_records(path, parse_withdrawals, refusal="error-releases-withdrawals")


def has_withdrawals(releases: Path) -> bool:
    """Return whether anything was ever withdrawn, without reading what."""
    return (releases / WITHDRAWALS).is_file()


def parse_withdrawals(text: bytes) -> tuple[Withdrawal, ...]:
    """Return the withdrawals of a `withdrawals.json`.

    Raises:
        ValueError: It is not a list of withdrawals.
    """
    withdrawals = from_json(tuple[Withdrawal, ...], parsed_json(text))
    if not all(each.chain and each.reason.texts for each in withdrawals):
        raise ValueError("chain")
    return withdrawals
