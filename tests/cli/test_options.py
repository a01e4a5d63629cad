"""Every verb takes the project in the same way."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from tests.cli.conftest import Result

from guidegen.cli import cli

Guidegen = Callable[..., Result]

VERBS = cli.list_commands(click.Context(cli))


@pytest.fixture
def project(guidegen: Guidegen, here: Path) -> Path:
    """Return a project beside the folder that the user is in."""
    enough = ("--set", "company.name=Acme", "--set", "company.short_name=Acme")
    more = ("--set", "version.owner=Jo", "--set", "contacts.0.name=Jo")
    rest = ("--set", "contacts.0.email=jo@acme.example", "--set", "languages=en")
    result = guidegen("init", "-C", "acme", "--no-build", *enough, *more, *rest)
    assert result.code == 0, result.err
    return here / "acme"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_the_option(verb: str) -> None:
    command = cli.get_command(click.Context(cli), verb)

    assert command is not None
    names = [name for option in command.params for name in option.opts]
    assert {"-C", "--project", "--folder", "--lang", "--help-all"} <= set(names)


@pytest.mark.parametrize(
    "ways",
    [("-C", "acme"), ("--project", "acme"), ("--project=acme",), ("--folder", "acme")],
)
def test_a_project_is_named_before_or_after_what_it_is_for(
    ways: tuple[str, ...], project: Path, guidegen: Guidegen
) -> None:
    assert guidegen("set", *ways, "version.owner=A B").code == 0
    assert guidegen("set", "version.owner=C D", *ways).code == 0

    assert "owner: C D" in (project / "guideline.yml").read_text("utf-8")


@pytest.mark.parametrize("ways", [("acme",), ("acme", "-C", "acme"), ("-C", "./acme")])
def test_the_folder_may_still_follow_the_verb(
    ways: tuple[str, ...], project: Path, guidegen: Guidegen
) -> None:
    assert project.is_dir()
    assert guidegen("verify", *ways).code == 0


def test_two_different_folders_are_refused(guidegen: Guidegen) -> None:
    result = guidegen("verify", "acme", "--folder", "other")

    assert result.code == 2
    assert "two different folders are named: other and acme" in result.err


def test_from_within_the_project_it_is_found_and_named(
    project: Path, guidegen: Guidegen, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "notes").mkdir()
    monkeypatch.chdir(project / "notes")

    said = guidegen("verify")
    quiet = guidegen("verify", "--quiet")

    assert (said.code, said.err) == (0, f"note: Using the project in {project}.\n")
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")


def test_where_there_is_none_the_hint_says_how_to_name_one(guidegen: Guidegen) -> None:
    result = guidegen("build")

    assert result.code == 1
    assert result.err == (
        "error: there is no guideline.yml here\n"
        "hint: run “guidegen init” to make one,"
        " or name the folder that has it with -C\n"
    )


@pytest.mark.parametrize(
    "name",
    ["it's", "a b; echo", "$(x) `y`", '"quoted"', "-C", "ü “ü”", "a&b|c>d", "{x}"],
)
def test_a_command_in_a_message_names_a_hostile_folder_as_it_is(
    name: str, project: Path, guidegen: Guidegen
) -> None:
    project.rename(project.parent / name)

    out = guidegen("set", "-C", name, "version.owner=Somebody").out

    command = out.partition("“")[2].rpartition("” builds")[0]
    assert shlex.split(command) == ["guidegen", "build", "-C", name]


def test_commands_in_messages_name_the_project(
    project: Path, guidegen: Guidegen, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_outside = guidegen("status", "acme")
    monkeypatch.chdir(project)
    from_within = guidegen("status")

    assert "“guidegen release -C acme” releases" in from_outside.out
    assert "“guidegen release” releases" in from_within.out
