"""Help is complete, in both languages, and short where that is enough."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from tests.cli.conftest import Result

import guidegen.cli
from guidegen.cli import cli
from guidegen.cli.help import Option
from guidegen.messages import load_messages

Guidegen = Callable[..., Result]

VERBS = cli.list_commands(click.Context(cli))
ENGLISH = re.compile(
    r"\b(Usage|OPTIONS|Options|Show|show|this|exit|default|the|COMMAND|DIR|FILE)\b"
)


def _options(verb: str) -> list[Option]:
    command = cli.get_command(click.Context(cli), verb)
    assert command is not None
    return [option for option in command.params if isinstance(option, Option)]


def test_each_verb_stands_in_one_group() -> None:
    sources = Path(guidegen.cli.__file__).parent.glob("*.py")
    texts = "\n".join(path.read_text("utf-8") for path in sources)

    assert sorted(VERBS) == sorted(re.findall(r'@verb\(\s*"([a-z]+)"', texts))
    assert len(VERBS) > 20


def test_the_verbs_that_most_people_need_come_first(guidegen: Guidegen) -> None:
    out = guidegen("--help").out

    first = out.index("What most people need:")
    names = ["Make", "Change", "Release", "Publish", "Keep_alive", "Check", "Options"]
    groups = [out.index(f"\n{name.replace('_', ' ')}:\n") for name in names]
    assert groups == sorted(groups)
    shown = re.findall(r"^  ([a-z]+) ", out[first : groups[0]], re.MULTILINE)
    assert shown == ["init", "build", "serve", "release", "publish"]


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_of_a_verb_is_explained(verb: str) -> None:
    for option in _options(verb):
        if option.hidden:
            continue
        assert option.help in load_messages(), option.opts


@pytest.mark.parametrize("verb", [None, *VERBS])
def test_help_is_in_the_authors_language(verb: str | None, guidegen: Guidegen) -> None:
    words = [verb] if verb else []

    german = guidegen("--lang", "de", *words, "--help")
    english = guidegen(*words, "--help", "--lang", "en")

    assert (german.code, german.err) == (english.code, english.err) == (0, "")
    assert german.out.startswith("Aufruf: guidegen ")
    assert "\nOptionen:\n" in german.out
    found = re.sub(r"“[^“]*“|„[^“]*“|--[\w-]+|guidegen \w+", "", german.out)
    assert ENGLISH.findall(found) == []
    assert english.out.startswith("Usage: guidegen ")
    assert not re.search("[äöüÄÖÜß„]", english.out)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--lang", "de", "build", "--help"),
        ("build", "--lang", "de", "--help"),
        ("build", "--help", "--lang", "de"),
        ("build", "--lang=de", "-h"),
        ("--lang", "en", "build", "--lang", "de", "-h"),
    ],
)
def test_the_language_may_be_named_anywhere(
    arguments: tuple[str, ...], guidegen: Guidegen
) -> None:
    assert guidegen(*arguments).out.startswith("Aufruf: guidegen build [OPTIONEN]\n")


def test_after_two_dashes_no_language_is_named(guidegen: Guidegen) -> None:
    result = guidegen("set", "--", "--lang", "de")

    assert result.err.startswith("error: ")


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_rarely_needed_is_shown_on_request(
    verb: str, guidegen: Guidegen
) -> None:
    rare = [option.opts[-1] for option in _options(verb) if option.rare]

    short = guidegen(verb, "--help").out
    long = guidegen(verb, "--help-all").out

    assert "--lang" in rare
    assert [name for name in rare if re.search(rf"{name}\b", short)] == []
    assert [name for name in rare if name not in long] == []
    assert short.endswith(f"\nMore options: guidegen {verb} --help-all\n")
    assert "--help-all" not in long


@pytest.mark.parametrize("verb", VERBS)
def test_the_first_screen_is_no_more_than_a_screen(
    verb: str, guidegen: Guidegen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    assert len(guidegen("--lang", "de", verb, "--help").out.splitlines()) <= 40


def test_a_shell_completes_with_what_things_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GUIDEGEN_LANG", "de")
    shell = ShellComplete(cli, {}, "guidegen", "_GUIDEGEN_COMPLETE")

    verbs = {item.value: item.help for item in shell.get_completions([], "")}
    options = {item.value: item.help for item in shell.get_completions(["build"], "--")}

    assert list(verbs) == VERBS
    assert verbs["build"] == "Baut Website und PDFs."
    assert options["--quiet"] == "Gibt nur Fehler aus."
    assert "--help-all" not in options
