"""`guidegen inside`: what is said about the company, fetched, approved, added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from guidegen.answers.inside_contract import LANGUAGE
from guidegen.cli.clock import now, today
from guidegen.cli.dialogs import is_terminal
from guidegen.cli.help import argument, option, verb
from guidegen.cli.localize import localized
from guidegen.cli.options import (
    json_option,
    open_project,
    plain_option,
    project_option_alone,
    quiet_option,
)
from guidegen.cli.terminal import echo, problem_text, show_json, shown_progress, styled
from guidegen.cli.usage import Choice, Day, WrongUsage
from guidegen.errors import InsideError, Problem
from guidegen.model.inside import Item, Items, ItemState
from guidegen.pipeline.inside import (
    Added,
    FetchJob,
    add_item,
    decide,
    fetch_inside,
    listed_items,
)
from guidegen.redact import printable

if TYPE_CHECKING:
    from guidegen.model.project import Project
    from guidegen.pipeline.inside import Decided, FetchedFeed, FetchReport

_FETCH, _LIST, _APPROVE, _HIDE, _ADD = "fetch", "list", "approve", "hide", "add"
_ACTIONS: Final = (_FETCH, _LIST, _APPROVE, _HIDE, _ADD)
_OF: Final = {
    "approve": (_FETCH,),
    "title": (_APPROVE, _ADD),
    "source": (_ADD,),
    "date": (_ADD,),
    "language": (_ADD,),
    "plain": (_FETCH, _APPROVE),
}
"""Which options are for which action only."""


@verb("inside")
@argument("action", metavar="help-word-action", type=Choice(_ACTIONS))
@argument("words", metavar="help-word-item", nargs=-1)
@project_option_alone
@option("--approve", is_flag=True, help="help-inside-approve")
@option("--title", metavar="help-word-text", help="help-inside-title")
@option("--source", metavar="help-word-text", help="help-inside-source")
@option("--date", type=Day(), metavar="help-word-date", help="help-inside-date")
@option("--language", metavar="de|en|…", help="help-inside-language")
@json_option
@plain_option
@quiet_option
def command(  # noqa: PLR0913  # one for each option
    *,
    action: str,
    words: tuple[str, ...],
    folder: Path | None,
    approve: bool,
    title: str | None,
    source: str | None,
    date: dt.date | None,
    language: str | None,
    as_json: bool,
    plain: bool,
    quiet: bool,
) -> None:
    """Bring what is said about the company to its people."""
    given = {"approve": approve, "title": title, "source": source, "date": date}
    _refuse_options(action, given | {"language": language, "plain": plain})
    if action in {_FETCH, _LIST} and words:
        raise _extra(words)
    project = open_project(folder, quiet=quiet or as_json)
    match action:
        case "fetch":
            _fetch(project, as_json=as_json, quiet=quiet, ask=approve, plain=plain)
        case "list":
            _list(project, as_json=as_json)
        case "add":
            wish = _wish(words, title, source, date, language)
            _added(add_item(project, wish, today()), as_json=as_json, quiet=quiet)
        case _ if words:
            state = ItemState.APPROVED if action == _APPROVE else ItemState.HIDDEN
            decided = decide(project, words, state, title=title)
            _tell(decided, state, as_json=as_json, quiet=quiet)
        case _:
            _ask(project, action, title, as_json=as_json, plain=plain)


def _refuse_options(action: str, given: Mapping[str, object]) -> None:
    for name, value in given.items():
        if value and action not in _OF[name]:
            values = {"key": f"--{name}", "known": ", ".join(_OF[name])}
            raise WrongUsage(Problem(message="inside-option", values=values))


def _extra(words: tuple[str, ...]) -> WrongUsage:
    values = {"value": " ".join(words)}
    return WrongUsage(Problem(message="error-usage-extra", values=values))


def _wish(
    words: tuple[str, ...],
    title: str | None,
    source: str | None,
    date: dt.date | None,
    language: str | None,
) -> Added:
    if not words or title is None:
        name = "URL" if not words else "--title"
        problem = Problem(message="error-usage-missing", values={"name": name})
        raise WrongUsage(problem)
    if words[1:]:
        raise _extra(words[1:])
    if language is not None and not LANGUAGE.fullmatch(language):
        values = {"key": "--language", "value": language}
        raise WrongUsage(Problem(message="inside-language", values=values))
    return Added(url=words[0], title=title, source=source, date=date, language=language)


# --- fetch


def _fetch(
    project: Project, *, as_json: bool, quiet: bool, ask: bool, plain: bool
) -> None:
    if ask:
        _need_terminal(as_json=as_json)
    with shown_progress(quiet=quiet or as_json, verbose=False) as progress:
        report = fetch_inside(FetchJob(project=project, now=now(), progress=progress))
    if as_json:
        show_json(_report_data(report))
    elif not quiet:
        _show_report(report)
    if ask:
        _decide_in_terminal(project, plain=plain)


def _show_report(report: FetchReport) -> None:
    if not report.feeds:
        echo(localized("inside-no-feeds"))
    for each in report.feeds:
        mark = styled("✗", fg="red", bold=True) if each.problem else "✓"
        echo(f"{mark} {printable(each.feed.label)}: {_came_of(each)}")
        if each.moved:
            values = {"url": each.moved, "line": each.line}
            echo(f"  {printable(localized('inside-moved', **values))}")
    if report.aged:
        echo(localized("inside-aged", number=report.aged))
    if report.dropped:
        echo(localized("inside-dropped", number=report.dropped))
    waiting = len(report.items.of(ItemState.WAITING))
    if waiting:
        echo(localized("inside-waiting", number=waiting))
    elif report.new:
        echo(localized("inside-build"))


def _came_of(each: FetchedFeed) -> str:
    if each.problem:
        text = problem_text(each.problem)
        if each.failing and each.failing < today():
            return f"{text} {localized('inside-since', day=each.failing)}"
        return text
    count = each.count
    if count is None or not (count.new or count.passed):
        return localized("inside-nothing-new")
    if count.passed and count.new:
        return localized("inside-new-of", number=count.new, passed=count.passed)
    return localized(
        "inside-new" if count.new else "inside-nothing-new", number=count.new
    )


def _report_data(report: FetchReport) -> dict[str, object]:
    return {
        "feeds": [
            {
                "url": each.feed.url,
                "label": each.feed.label,
                "line": each.line,
                "new": each.count.new if each.count else 0,
                "known": each.count.known if each.count else 0,
                "unwanted": each.count.unwanted if each.count else 0,
                "old": each.count.old if each.count else 0,
                "passed": each.count.passed if each.count else 0,
                "unusable": each.count.unusable if each.count else 0,
                "moved": each.moved,
                "failing": each.failing.isoformat() if each.failing else None,
                "problem": {
                    "id": each.problem.message,
                    "text": problem_text(each.problem),
                }
                if each.problem
                else None,
            }
            for each in report.feeds
        ],
        "new": report.new,
        "aged": report.aged,
        "dropped": report.dropped,
        "waiting": len(report.items.of(ItemState.WAITING)),
        "approved": len(report.items.of(ItemState.APPROVED)),
    }


# --- list, add


def _list(project: Project, *, as_json: bool) -> None:
    items = listed_items(project)
    if as_json:
        show_json(_items_data(items))
        return
    for state in ItemState:
        found = items.of(state)
        if not found:
            continue
        echo(
            styled(
                localized(f"inside-list-{state.value}", number=len(found)), bold=True
            )
        )
        for each in found:
            click.echo(printable(_line(each)))
    if not items.items:
        echo(localized("inside-list-none"))


def _line(item: Item) -> str:
    language = f" [{item.language}]" if item.language else ""
    return f"  {item.id}  {item.date}  {item.source}: {item.title}{language}"


def _items_data(items: Items) -> dict[str, object]:
    return {
        state.value: [_item_data(each) for each in items.of(state)]
        for state in ItemState
    }


def _item_data(item: Item) -> dict[str, object]:
    return {
        "id": item.id,
        "title": item.title,
        "own": item.own,
        "source": item.source,
        "date": item.date.isoformat(),
        "language": item.language,
        "url": item.url,
        "feed": item.feed,
    }


def _added(item: Item, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        show_json(_item_data(item))
    elif not quiet:
        echo(printable(localized("inside-added", title=item.title, id=item.id)))
        echo(localized("inside-build"))


# --- approve, hide


def _tell(decided: Decided, state: ItemState, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        changed = [_item_data(each) for each in decided.changed]
        show_json({state.value: changed, "waiting": decided.waiting})
    elif not quiet:
        number = len(decided.changed)
        echo(localized(f"inside-{state.value}", number=number))
        if decided.waiting:
            echo(localized("inside-waiting", number=decided.waiting))
        if number and decided.is_seen:
            echo(localized("inside-build"))


def _ask(
    project: Project, action: str, title: str | None, *, as_json: bool, plain: bool
) -> None:
    if action == _HIDE or title is not None:
        problem = Problem(message="error-usage-missing", values={"name": "ID"})
        raise WrongUsage(problem)
    _need_terminal(as_json=as_json)
    _decide_in_terminal(project, plain=plain)


def _need_terminal(*, as_json: bool) -> None:
    """Refuse to ask where nobody is.

    Raises:
        InsideError: There is no terminal, or a program reads the output.
    """
    if as_json or not is_terminal():
        raise InsideError("error-inside-terminal")


def _decide_in_terminal(project: Project, *, plain: bool) -> None:
    from guidegen.cli.inside_dialog import (  # noqa: PLC0415  # seldom needed
        decide_in_terminal,
    )

    decide_in_terminal(project, plain=plain)
