"""Reviews and withdrawals as lists: each is tied to the one before by a digest of both.

None can be changed, put in or taken out unnoticed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from guidegen.errors import ReleaseError
from guidegen.files import translate_os_errors, write_atomic
from guidegen.files.digest import sha256
from guidegen.model.json_records import canonical, entries, read_record, to_json
from guidegen.model.release import Review, Withdrawal

Record = TypeVar("Record", Review, Withdrawal)


def tied(record: Record, before: str, *, name: str) -> Record:
    """Return a record tied to the one before by a digest of both.

    Args:
        record: The record.
        before: The digest of the one before, empty for the first.
        name: What the digest calls such a record.
    """
    data = {key: value for key, value in entries(record).items() if key != "chain"}
    link = sha256(canonical({"before": before, name: data}))
    return replace(record, chain=link)


def last_digest(records: Sequence[Record]) -> str:
    """Return the digest that the next record is tied to."""
    return records[-1].chain if records else ""


def write_records(path: Path, records: Sequence[Record]) -> None:
    """Write a list of records in the folder of releases.

    Raises:
        FilesError: It cannot be written.
    """
    text = canonical(to_json(tuple(records)))
    write_atomic(path, text, within=path.parent.parent)


def read_records(
    path: Path, parse: Callable[[bytes], tuple[Record, ...]], *, refusal: str
) -> tuple[Record, ...]:
    """Read a list of records; it may be missing.

    Args:
        path: Where it is.
        parse: Reads its text.
        refusal: The message if there is no list in the file.

    Raises:
        ReleaseError: It cannot be read.
    """
    try:
        return parse(read_record(path))
    except FileNotFoundError:
        return ()
    except OSError:
        with translate_os_errors(path):
            raise
    except ValueError as error:
        raise ReleaseError(refusal, path=path, hint="error-releases-restore") from error
