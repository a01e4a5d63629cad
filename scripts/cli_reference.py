"""Write docs/reference/cli.md from the commands themselves; `--check` only compares."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from guidegen.cli import cli

PAGE = Path(__file__).parents[1] / "docs/reference/cli.md"

HEAD = """\
# Commands

<!-- Written by `make reference` from src/guidegen/cli; changes made here are lost. -->

Every command explains itself with `--help`.

| environment variable | what it says |
|---|---|
| `GUIDEGEN_LANG` | guidegen speaks `de` or `en` with you; without it, your system's |
| `NO_COLOR` | any value: no colours |
"""


def commands(
    command: click.Command, parent: click.Context | None = None
) -> Iterator[click.Context]:
    """Yield the context of a command and of all below it, in the order of the help."""
    context = click.Context(
        command,
        info_name="guidegen" if parent is None else command.name,
        parent=parent,
        **{**command.context_settings, "max_content_width": 80, "terminal_width": 80},
    )
    yield context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child and not child.hidden:
                yield from commands(child, context)


def reference() -> str:
    """Return the page: each command's help, under its name."""
    parts = [
        f"## {context.command_path}\n\n```text\n{context.get_help()}\n```\n"
        for context in commands(cli)
    ]
    return "\n".join([HEAD, *parts])


def main() -> int:
    """Write the page, or say that it is out of date."""
    page = reference()
    if "--check" not in sys.argv:
        PAGE.write_text(page, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page:
        return 0
    print("error: docs/reference/cli.md is not up to date", file=sys.stderr)
    print("hint: run `make reference` and commit the page", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
