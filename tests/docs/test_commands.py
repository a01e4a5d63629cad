from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from guidegen.cli import cli

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
)
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")


def _named(page: Path) -> list[str]:
    """Return what follows `guidegen` in each command line and code span of a page."""
    text = page.read_text("utf-8")
    blocks = BLOCK.findall(text)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    spans = SPAN.findall(BLOCK.sub("", text))
    return [
        line.removeprefix("guidegen ")
        for line in lines + spans
        if line.startswith("guidegen ")
    ]


def _command(name: str) -> click.Command | None:
    return cli.get_command(click.Context(cli), name)


def _options(command: click.Command) -> set[str]:
    names = {"--help"}
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            names |= {*parameter.opts, *parameter.secondary_opts}
    return names


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_that_a_page_names_exists_with_its_options(page: Path) -> None:
    for line in _named(page):
        words = line.split()
        command = cli if words[0].startswith("-") else _command(words[0])

        assert command is not None, line
        used = {word.split("=")[0] for word in words if word.startswith("-")}
        assert used <= _options(command), line


def test_the_pages_name_every_command() -> None:
    named = {line.split()[0] for page in PAGES for line in _named(page)}

    assert set(cli.list_commands(click.Context(cli))) <= named
