"""Who has confirmed the guideline: the project's releases, held against two lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from guidegen.errors import ReceiptsError
from guidegen.model.project import Project
from guidegen.model.release import History
from guidegen.pipeline.status import sound_history
from guidegen.pipeline.versioning import confirmed_from
from guidegen.receipts.columns import Mapped
from guidegen.receipts.count import Count, Texts, count_receipts
from guidegen.receipts.mails import Mails, is_mail, read_mails
from guidegen.receipts.people import People, read_people
from guidegen.receipts.received import Received, ReceivedTable, read_received
from guidegen.receipts.table import read_table
from guidegen.release.head import texts_of
from guidegen.value import Value


class ReceiptsJob(Value):
    """What to count."""

    project: Project
    people: Path
    """The list of HR."""
    received: tuple[Path, ...]
    """Tables of forms, folders of mails, mbox files."""
    mapped: tuple[Mapped, ...]
    on: dt.date


class Receipts(Value):
    """What was counted, and from what."""

    people: People
    sources: tuple[tuple[Path, ReceivedTable | Mails], ...]
    count: Count


def count_project(job: ReceiptsJob) -> Receipts:
    """Count who has confirmed; nothing is written anywhere.

    Raises:
        ReceiptsError: A list cannot be read, or nothing has been released.
        ProblemsError: The releases are not what was released.
    """
    texts = _texts(sound_history(job.project), job.project)
    told = {"people", "received"}
    of = {
        name: [each for each in job.mapped if each.table in {name, ""}] for name in told
    }
    people = read_people(read_table(job.people), of["people"], job.on)
    sources = tuple((path, _read(path, of["received"])) for path in job.received)
    entries: list[Received] = []
    for _, source in sources:
        entries.extend(source.entries)
    return Receipts(
        people=people, sources=sources, count=count_receipts(people, entries, texts)
    )


def _read(path: Path, mapped: Sequence[Mapped]) -> ReceivedTable | Mails:
    return (
        read_mails(path) if is_mail(path) else read_received(read_table(path), mapped)
    )


def _texts(history: History, project: Project) -> Texts:
    current = history.current
    if current is None:
        message = "error-receipts-withdrawn" if history.last else "error-receipts-none"
        raise ReceiptsError(message, path=project.releases)
    return Texts(
        digests={
            release.version: frozenset(texts_of(release).values())
            for release in history.releases
        },
        current=current.version,
        holds_from=confirmed_from(current, history),
        withdrawn=frozenset(each.version for each in history.withdrawals),
    )
