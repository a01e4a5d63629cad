"""`guidegen explain`: tells an author why a text is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidegen.cli.help import argument, verb
from guidegen.cli.localize import interface_language, localized
from guidegen.cli.options import json_option, open_project, project_option_alone
from guidegen.cli.shell_quoting import typed_path
from guidegen.cli.terminal import echo, show_json, styled
from guidegen.model.json_records import to_json
from guidegen.model.project import nearest_folder
from guidegen.pipeline.explain import STATEMENT, explain, explain_all
from guidegen.redact import printable
from guidegen.wrap import BULLET

if TYPE_CHECKING:
    from guidegen.pipeline.explain import Explained, LawNote, StatementNote

_INDENT = "  "


@verb("explain")
@argument("name", metavar="help-word-explained", required=False)
@project_option_alone
@json_option
def command(*, name: str | None, folder: Path | None, as_json: bool) -> None:
    """Say why a text is there; without a name, an overview of all sections."""
    # The pack's texts can be explained to those who have no project yet.
    alone = folder is None and nearest_folder() is None
    project = None if alone else open_project(folder)
    language = interface_language()
    if name is None:
        overview = explain_all(project, language)
        if as_json:
            show_json(to_json(overview))
        else:
            _show_all(overview)
        return
    explained = explain(project, name, language)
    if as_json:
        show_json(to_json(explained))
        return
    first, *others = map(printable, _lines(explained))
    echo(styled(first, bold=True))
    for line in others:
        echo(line)


def _show_all(sections: tuple[Explained, ...]) -> None:
    echo(localized("explain-sections"))
    width = max(len(section.id) for section in sections)
    origins = max(len(_origins(section)) for section in sections)
    for section in sections:
        line = f"  {section.id:<{width}}  {_origins(section):<{origins}}  "
        click.echo(printable(f"{line}{section.title}{_count(section)}"))
    echo(localized("explain-how"))


def _origins(explained: Explained) -> str:
    if not explained.origins:
        return localized("explain-yours")
    return ", ".join(localized(f"explain-from-{each}") for each in explained.origins)


def _count(explained: Explained) -> str:
    number = len(explained.statements)
    if not number:
        return ""
    message = "explain-count-one" if number == 1 else "explain-count"
    return f" ({localized(message, number=number)})"


def _lines(explained: Explained) -> Iterator[str]:
    if explained.kind != STATEMENT:
        yield from _head(explained)
    elif explained.there is False:
        yield localized("explain-not-yours", name=explained.id)
    else:
        yield localized("explain-statements")
    if explained.why:
        yield ""
        yield explained.why
    elif not explained.origins and explained.kind != STATEMENT:
        yield ""
        yield localized("explain-own-section")
    yield from _sources(explained)
    for statement in explained.statements:
        yield ""
        yield from _statement(statement)


def _head(explained: Explained) -> Iterator[str]:
    title = f"{explained.id}: {explained.title}"
    remark = localized("explain-absent") if explained.there is False else ""
    yield f"{title} ({remark})" if remark else title
    if explained.level and explained.who:
        values = {"level": explained.level, "who": explained.who}
        yield localized("explain-level-who", **values)
    elif explained.level:
        yield localized("explain-level", level=explained.level)
    if explained.own:
        files = ", ".join(typed_path(path) for path in explained.own)
        yield localized("customize-own", files=files)


def _sources(explained: Explained) -> Iterator[str]:
    if explained.origins or explained.laws:
        yield ""
    if explained.origins:
        yield localized("explain-from", origins=_origins(explained))
    if explained.source:
        status = _status(explained.status or "unverified")
        yield localized("explain-source", source=explained.source, status=status)
    if explained.laws:
        yield localized("explain-laws")
    for law in explained.laws:
        yield f"{BULLET}{_law(law)}"
    if explained.statements and explained.kind != STATEMENT:
        yield ""
        yield localized("explain-statements")
        if explained.own:
            yield localized("explain-statements-own")


def _law(law: LawNote) -> str:
    return f"{law.title}: {law.source} ({_status(law.status)}; {law.id})"


def _statement(statement: StatementNote) -> Iterator[str]:
    how = "explain-instead" if statement.replaces else "explain-also"
    countries = ", ".join(statement.countries)
    head = localized(how, countries=countries, place=statement.place)
    yield f"{BULLET}{statement.id}: {head}{_condition(statement)}"
    yield _INDENT + localized("explain-text", text=statement.text)
    if statement.why:
        yield f"{_INDENT}{statement.why}"
    checked = _day(statement.checked)
    status = _status(statement.status)
    yield _INDENT + localized(
        "explain-checked", source=statement.source, status=status, day=checked
    )
    if statement.url:
        yield f"{_INDENT}{statement.url}"


def _condition(statement: StatementNote) -> str:
    if not statement.when:
        return ""
    named = [f"{key}: {', '.join(each)}" for key, each in statement.when.items()]
    return localized("explain-when", conditions="; ".join(named))


def _day(text: str) -> dt.date | str:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:  # a pack may say it in another way
        return text


def _status(status: str) -> str:
    return localized(f"explain-status-{status}")
