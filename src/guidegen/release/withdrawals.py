"""`withdrawals.json`: which released versions were withdrawn, by whom and why.

Nothing of a withdrawn version is deleted. Each withdrawal is tied to the one before by
a digest of both, as reviews are.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Final

from guidegen.errors import ReleaseError
from guidegen.files import translate_os_errors, write_atomic
from guidegen.files.digest import sha256
from guidegen.model.json_records import canonical, entries, from_json, to_json
from guidegen.model.release import History, Release, Withdrawal
from guidegen.model.text import LocalText

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
        history.withdrawals[-1].chain if history.withdrawals else "",
    )
    text = canonical(to_json((*history.withdrawals, withdrawal)))
    write_atomic(releases / WITHDRAWALS, text, within=releases.parent)
    return withdrawal


def chained(withdrawal: Withdrawal, before: str) -> Withdrawal:
    """Return a withdrawal tied to the one before by a digest of both.

    Args:
        withdrawal: The withdrawal.
        before: The digest of the one before, empty for the first.
    """
    data = {key: value for key, value in entries(withdrawal).items() if key != "chain"}
    link = sha256(canonical({"before": before, "withdrawal": data}))
    return replace(withdrawal, chain=link)


def read_withdrawals(path: Path) -> tuple[Withdrawal, ...]:
    """Read the list of withdrawals; it may be missing.

    Raises:
        ReleaseError: It cannot be read.
    """
    try:
        return parse_withdrawals(path.read_bytes())
    except FileNotFoundError:
        return ()
    except OSError:
        with translate_os_errors(path):
            raise
    except (ValueError, RecursionError) as error:
        raise ReleaseError(
            "error-releases-withdrawals", path=path, hint="error-releases-restore"
        ) from error


def has_withdrawals(releases: Path) -> bool:
    """Return whether anything was ever withdrawn, without reading what."""
    return (releases / WITHDRAWALS).is_file()


def parse_withdrawals(text: bytes) -> tuple[Withdrawal, ...]:
    """Return the withdrawals of a `withdrawals.json`.

    Raises:
        ValueError: It is not a list of withdrawals.
    """
    withdrawals = from_json(tuple[Withdrawal, ...], json.loads(text))
    if not all(each.chain and each.reason.texts for each in withdrawals):
        raise ValueError("chain")
    return withdrawals
