"""`guidegen receipts`: counts who has confirmed, from lists that others keep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidegen.cli.clock import today
from guidegen.cli.help import option, verb
from guidegen.cli.localize import localized
from guidegen.cli.options import json_option, open_project, project_option
from guidegen.cli.shell_quoting import typed_path
from guidegen.cli.terminal import echo, show_json, show_notes
from guidegen.cli.usage import ExistingPath, FilePath, WrongUsage, parameter_name
from guidegen.errors import FilesError, Problem
from guidegen.files.atomic import write_atomic
from guidegen.model.note import Note
from guidegen.model.project import Project
from guidegen.receipts.columns import Mapped, Meaning
from guidegen.receipts.count import Standing
from guidegen.receipts.mails import Mails
from guidegen.receipts.report import table_as_csv
from guidegen.redact import printable

if TYPE_CHECKING:
    from guidegen.pipeline.receipts import Receipts
    from guidegen.receipts.count import Count
    from guidegen.receipts.people import Person
    from guidegen.receipts.received import Received, ReceivedTable

_LISTED = (
    Standing.CONFIRMED,
    Standing.EARLIER,
    Standing.MISMATCH,
    Standing.UNCLEAR,
    Standing.MISSING,
)
_TABLES = ("people", "received")


class _ColumnOption(click.ParamType[Mapped]):
    """The type of `--map`: `email=Mail`, or `people.email=Mail` for one table."""

    name = "column"

    def convert(
        self,
        value: str | Mapped,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Mapped:
        """Return what is said of a column.

        Raises:
            WrongUsage: It is not of that form, or means nothing.
        """
        if isinstance(value, Mapped):
            return value
        key, sign, column = value.partition("=")
        table, dot, meaning = key.strip().rpartition(".")
        known = {each.value: each for each in Meaning}
        if not sign or not column.strip() or (dot and table not in _TABLES):
            raise self._wrong("receipts-map-form", value, param, ctx)
        if meaning not in known:
            raise self._wrong("receipts-map-meaning", meaning, param, ctx)
        return Mapped(table=table, meaning=known[meaning], column=column.strip())

    @staticmethod
    def _wrong(
        message: str,
        value: str,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> WrongUsage:
        values = {
            "key": parameter_name(param, ctx),
            "value": value,
            "known": ", ".join(each.value for each in Meaning),
        }
        return WrongUsage(Problem(message=message, values=values), ctx=ctx)


@verb("receipts")
@project_option
@option(
    "--people",
    type=FilePath(exists=True),
    metavar="help-word-file",
    required=True,
    help="help-receipts-people",
)
@option(
    "--received",
    type=ExistingPath(),
    metavar="help-word-file",
    multiple=True,
    required=True,
    help="help-receipts-received",
)
@option(
    "--map",
    "mapped",
    type=_ColumnOption(),
    metavar="help-word-column",
    multiple=True,
    help="help-receipts-map",
)
@option("--names", is_flag=True, help="help-receipts-names")
@option(
    "--report", type=FilePath(), metavar="help-word-file", help="help-receipts-report"
)
@option("--force", is_flag=True, help="help-receipts-force")
@json_option
def command(  # noqa: PLR0913  # one for each option
    *,
    folder: Path | None,
    people: Path,
    received: tuple[Path, ...],
    mapped: tuple[Mapped, ...],
    names: bool,
    report: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Count who has confirmed the guideline; nothing is kept."""
    from guidegen.pipeline.receipts import ReceiptsJob, count_project  # noqa: PLC0415  # reads mails and tables

    project = open_project(folder, quiet=as_json)
    if report:
        _refuse_place(report, project, (people, *received), force=force)
    receipts = count_project(
        ReceiptsJob(
            project=project,
            people=people,
            received=received,
            mapped=mapped,
            on=today(),
        )
    )
    if report:
        rows = _report_rows(receipts.count, names=names)
        # Who has not confirmed is for those who have to know.
        content = table_as_csv(rows, localized("receipts-delimiter"))
        write_atomic(report, content, mode=0o600)
    if as_json:
        show_json(_as_data(receipts, names=names))
        return
    _show_sources(receipts)
    _show_count(receipts.count, names=names)
    if report:
        echo(localized("receipts-reported", path=typed_path(report)))


def _refuse_place(
    report: Path, project: Project, lists: Sequence[Path], *, force: bool
) -> None:
    """Refuse to write over what is worth more than a report, before reading anything.

    Raises:
        FilesError: Something is there, and is not to be replaced or cannot be.
    """
    own = {project.answers.resolve(), project.pack_lock.resolve()}
    if project.keeps(report) or report.resolve() in own:
        raise FilesError("error-receipts-report-own", path=report)
    # Even if told to replace it: the author does not see what a link leads to.
    if report.is_symlink():
        raise FilesError("error-receipts-report-link", path=report)
    if not report.exists():
        return
    if any(report.samefile(each) for each in lists):
        raise FilesError("error-receipts-report-list", path=report)
    # Hours of somebody's work may be in that file.
    if not force:
        raise FilesError("error-receipts-report", path=report)


def _show_sources(receipts: Receipts) -> None:
    """Print what was read, and which column was taken for what."""
    people = receipts.people
    rows = len(people.persons) + people.left + people.twice + len(people.unnamed)
    _show_table(people.columns.table.path, rows, people.columns.names())
    for path, source in receipts.sources:
        if isinstance(source, Mails):
            echo(_mails_text(path, source))
        else:
            _show_table(path, len(source.entries), source.columns.names())
    show_notes(_notes(receipts))


def _show_table(path: Path, rows: int, columns: dict[str, str]) -> None:
    known = ", ".join(
        f"{meaning} = {printable(column)}" for meaning, column in columns.items()
    )
    echo(localized("receipts-read", path=typed_path(path), rows=rows, columns=known))


def _mails_text(path: Path, mails: Mails) -> str:
    return localized(
        "receipts-read-mails",
        path=typed_path(path),
        mails=len(mails.entries),
        automatic=mails.automatic,
        other=mails.other,
        unreadable=mails.unreadable,
    )


def _notes(receipts: Receipts) -> Iterator[Note]:
    people, path = receipts.people, receipts.people.columns.table.path
    counted = {"left": people.left, "twice": people.twice}
    for name, number in counted.items():
        if number:
            values = {"number": number}
            yield Note(message=f"receipts-{name}", path=path, values=values)
    if people.unnamed:
        yield Note(
            message="receipts-unnamed",
            path=path,
            line=people.unnamed[0],
            values={"number": len(people.unnamed)},
        )
    if people.unclear:
        yield Note(
            message="receipts-left-unclear",
            path=path,
            line=people.unclear[0],
            values={"number": len(people.unclear)},
        )
    for source_path, source in receipts.sources:
        if not isinstance(source, Mails) and source.unsent:
            values = {"number": source.unsent}
            yield Note(message="receipts-unsent", path=source_path, values=values)


def _show_count(count: Count, *, names: bool) -> None:
    texts, everyone = count.texts, len(count.standings)
    echo("")
    head = {"version": texts.current, "oldest": texts.holds_from}
    same = texts.current == texts.holds_from
    echo(localized("receipts-head-same" if same else "receipts-head", **head))
    for standing in _LISTED:
        persons = count.of(standing)
        if persons or standing in {Standing.CONFIRMED, Standing.MISSING}:
            share = f"{100 * len(persons) / everyone:.0f}" if everyone else "0"
            values = {"number": len(persons), "of": everyone, "share": share}
            echo(f"  {localized(f'receipts-{_word(standing)}', **values)}")
        if standing is Standing.CONFIRMED:
            for version, number in count.versions.items():
                values = {"version": version, "number": number}
                echo(f"    {localized('receipts-version', **values)}")
            if count.unchecked:
                unchecked = localized("receipts-unchecked", number=count.unchecked)
                echo(f"    {unchecked}")
        elif names:
            for person in persons:
                click.echo(f"    {printable(_shown(person))}")
    _show_others(count, names=names)


def _show_others(count: Count, *, names: bool) -> None:
    others = {
        "strangers": count.strangers,
        "ambiguous": count.ambiguous,
        "wrong": count.wrong,
    }
    for name, entries in others.items():
        if not entries:
            continue
        echo(localized(f"receipts-{name}", number=len(entries)))
        if names:
            for entry in entries:
                click.echo(f"    {printable(_entry_text(entry))}")


def _word(standing: Standing) -> str:
    return standing.name.lower().replace("_", "-")


def _shown(person: Person) -> str:
    return ", ".join(filter(None, (person.name, person.number, person.email)))


def _entry_text(entry: Received) -> str:
    place = f"{typed_path(entry.path)}{f':{entry.line}' if entry.line else ''}"
    who = ", ".join(filter(None, (entry.name, entry.number, entry.email)))
    what = " ".join(filter(None, (entry.version, entry.checksum[:8])))
    return f"{place}: {who} {f'({what})' if what else ''}".rstrip()


def _report_rows(count: Count, *, names: bool) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the report: the numbers, or a line for each person."""
    if not names:
        yield tuple(
            map(localized, ("receipts-column-standing", "receipts-column-number"))
        )
        for standing in _LISTED:
            number = str(len(count.of(standing)))
            yield localized(f"receipts-standing-{_word(standing)}"), number
        yield localized("receipts-standing-strangers"), str(len(count.strangers))
        return
    heads = ("name", "employee", "email", "standing", "version")
    yield tuple(localized(f"receipts-column-{each}") for each in heads)
    for person, judged in count.standings.items():
        said = localized(f"receipts-standing-{_word(judged.standing)}")
        yield person.name, person.number, person.email, said, judged.version


def _as_data(receipts: Receipts, *, names: bool) -> dict[str, object]:
    count, texts = receipts.count, receipts.count.texts
    persons = {_word(each): count.of(each) for each in _LISTED}
    data: dict[str, object] = {
        "version": texts.current,
        "holds_from": texts.holds_from,
        "people": len(count.standings),
        **{name: len(each) for name, each in persons.items()},
        "versions": dict(count.versions),
        "unchecked": count.unchecked,
        "strangers": len(count.strangers),
        "ambiguous": len(count.ambiguous),
        "wrong": len(count.wrong),
        "columns": {
            str(receipts.people.columns.table.path): receipts.people.columns.names(),
            **{str(path): _columns(source) for path, source in receipts.sources},
        },
    }
    if names:
        data["names"] = {
            name: [_shown(person) for person in each] for name, each in persons.items()
        }
    return data


def _columns(source: ReceivedTable | Mails) -> dict[str, str] | None:
    return None if isinstance(source, Mails) else source.columns.names()
