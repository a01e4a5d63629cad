"""`guidegen add`: takes a section into the guideline, of the pack or of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from guidegen.answers.contract import PLACEMENTS
from guidegen.answers.read import read_answers
from guidegen.cli.boundary import INTERRUPTED
from guidegen.cli.dialogs import (
    author_messages,
    by_language,
    is_terminal,
    make_prompter,
    read_line,
)
from guidegen.cli.help import argument, option, verb
from guidegen.cli.localize import interface_language, known_messages, localized
from guidegen.cli.options import (
    json_option,
    open_project,
    plain_option,
    project_option_alone,
)
from guidegen.cli.shell_quoting import typed_path
from guidegen.cli.terminal import echo, problem_text, show_json
from guidegen.cli.usage import Choice
from guidegen.errors import Problem, ProblemsError
from guidegen.interview import Prompt, Prompter, insist
from guidegen.model.project import nearest_folder
from guidegen.model.question import Kind
from guidegen.pipeline.add import (
    Wish,
    add_sections,
    list_offers,
    unwritten_sections,
)
from guidegen.redact import printable
from guidegen.wrap import wrapped

if TYPE_CHECKING:
    from guidegen.interview import RawAnswer
    from guidegen.model.answers import Placement
    from guidegen.model.project import Project
    from guidegen.pipeline.add import Added, Offer

_TITLE = "--title"
_THERE, _NOT_THERE = "✓", " "
_INDENT = "      "


@verb("add")
@argument("sections", metavar="help-word-section", nargs=-1)
@project_option_alone
@option("--after", metavar="help-word-section", help="help-add-after")
@option("--as", "placement", type=Choice(PLACEMENTS), help="help-add-as")
@option(
    _TITLE, "titles", metavar="help-word-title", multiple=True, help="help-add-title"
)
@json_option
@plain_option
def command(  # noqa: PLR0913  # the options
    *,
    sections: tuple[str, ...],
    folder: Path | None,
    after: str | None,
    placement: str | None,
    titles: tuple[str, ...],
    as_json: bool,
    plain: bool,
) -> None:
    """Add sections to the guideline; without any, list those that there are."""
    if not sections:
        # Whoever is still choosing has no project yet, and can look around all the
        # same.
        alone = folder is None and nearest_folder() is None
        _list(None if alone else open_project(folder), as_json=as_json)
        return
    project = open_project(folder)
    wish = Wish(
        sections=tuple(dict.fromkeys(sections)),
        after=after,
        placement=cast("Placement | None", placement),
    )
    unwritten = unwritten_sections(project, wish, titled=bool(titles))
    try:
        texts = _titles(project, unwritten, titles, ask=not as_json, plain=plain)
    except KeyboardInterrupt:
        click.echo()
        echo(localized("upgrade-stopped"), err=True)
        raise click.exceptions.Exit(INTERRUPTED) from None
    added = add_sections(project, wish, texts)
    if as_json:
        show_json(_as_data(added))
    else:
        _report(added)


def _list(project: Project | None, *, as_json: bool) -> None:
    offers = list_offers(project, interface_language())
    if as_json:
        show_json(
            [
                {
                    "id": offer.id,
                    "title": offer.title,
                    "help": offer.help,
                    "as": offer.placement,
                    "chosen": offer.chosen,
                    "own": offer.own,
                }
                for offer in offers
            ]
        )
        return
    echo(localized("add-title", mark=_THERE))
    width = max(len(offer.id) for offer in offers)
    for offer in offers:
        click.echo(_described(offer, width))
    echo(localized("add-how"))


def _described(offer: Offer, width: int) -> str:
    mark = _THERE if offer.chosen else _NOT_THERE
    title = f"{offer.title} ({localized('add-own')})" if offer.own else offer.title
    lines = [f"{mark} {offer.id:<{width}}  {title}"]
    if offer.help:
        lines += _indented(offer.help)
    return "\n".join(map(printable, lines))


def _indented(text: str) -> list[str]:
    lines = wrapped(text, reserved=len(_INDENT)).splitlines()
    return [_INDENT + line for line in lines]


def _titles(
    project: Project,
    unwritten: Mapping[str, Sequence[str]],
    given: Sequence[str],
    *,
    ask: bool,
    plain: bool,
) -> dict[str, dict[str, str]]:
    """Return the title of each new section by language: as given, else as asked for.

    Raises:
        ProblemsError: A title is wrong, or is missing where nobody can be asked.
        KeyboardInterrupt: Somebody stopped.
    """
    answers, pack = read_answers(project.answers)
    problems: list[Problem] = []
    if given and len(unwritten) != 1:
        # Sections of the pack bring their titles along.
        problems.append(Problem(message="add-title-which", values={"key": _TITLE}))
    titles = _given(given, answers.languages, problems)
    if problems:
        raise ProblemsError(tuple(problems))
    found = {section: dict(titles) for section in unwritten}
    missing = [
        (section, language)
        for section, languages in unwritten.items()
        for language in languages
        if language not in titles
    ]
    if not missing:
        return found
    if not (ask and is_terminal()):
        raise ProblemsError(tuple(_untitled(missing, [*pack.parts])))
    prompter = make_prompter(author_messages(pack), plain=plain, keys="upgrade-keys")
    for section, language in missing:
        found[section][language] = _asked(prompter, section, language)
    return found


def _given(
    titles: Sequence[str], languages: Sequence[str], problems: list[Problem]
) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in titles:
        language, title = by_language(text)
        values = {"key": _TITLE, "language": language or languages[0]}
        if language is None and len(languages) > 1:
            problems.append(Problem(message="add-title-language", values=values))
        elif language not in (None, *languages):
            known = ", ".join(languages)
            values |= {"value": str(language), "known": known}
            problems.append(Problem(message="customize-language", values=values))
        else:
            found[language or languages[0]] = read_line(title, _TITLE, problems) or ""
    return found


def _untitled(
    missing: Sequence[tuple[str, str]], parts: Sequence[str]
) -> list[Problem]:
    languages: dict[str, list[str]] = {}
    for section, language in missing:
        languages.setdefault(section, []).append(language)
    return [
        Problem(
            message="add-untitled",
            values={
                "value": section,
                "languages": ", ".join(each),
                "known": ", ".join(parts),
            },
        )
        for section, each in languages.items()
    ]


def _asked(prompter: Prompter, section: str, language: str) -> str:
    prompt = Prompt(
        head="",
        text=localized(
            "add-ask-title", section=section, language=_language_name(language)
        ),
        help=localized("add-ask-title-help"),
        kind=Kind.TEXT,
        check=_check_title,
    )
    return str(insist(prompter, prompt)).strip()


def _language_name(language: str) -> str:
    # A company's own pack may have languages that guidegen has no name for.
    message = f"interview-language-{language}"
    return localized(message) if message in known_messages() else language


def _check_title(raw: RawAnswer) -> str | None:
    problems: list[Problem] = []
    read_line(str(raw or ""), _TITLE, problems)
    if not problems:
        return None
    # Whoever is being asked has typed no option to be named.
    values = {key: each for key, each in problems[0].values.items() if key != "key"}
    return problem_text(replace(problems[0], values=values))


def _report(added: Added) -> None:
    for message, sections in (
        ("add-done", added.sections),
        ("add-moved", added.moved),
        ("add-there", added.unchanged),
    ):
        if sections:
            echo(localized(message, sections=", ".join(sections)))
    if added.files:
        echo(localized("add-files"))
        for path in added.files:
            click.echo(f"  {typed_path(path)}")
    if added.sections or added.moved:
        echo(localized("add-next"))


def _as_data(added: Added) -> dict[str, list[str]]:
    return {
        "added": list(added.sections),
        "moved": list(added.moved),
        "unchanged": list(added.unchanged),
        "files": [str(path) for path in added.files],
    }
