"""Write docs/reference/cli.md from the commands themselves; `--check` only compares."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from guidegen.cli import cli
from guidegen.cli.help import help_page
from guidegen.cli.localize import speaking

PAGE = Path(__file__).parents[1] / "docs/reference/cli.md"

HEAD = """\
# Commands

<!-- Written by `make reference` from messages.yml; changes made here are lost. -->

Every command explains itself, with `--help` what is needed every week, with `--help-all` all that is on this page.

## The project

A command works on the project that you are in: the `guideline.yml` of this folder, or of the nearest folder above.
The search stays within a repository, and below your home folder.
`-C DIR` names another one, with every command; `init` and `demo` make the project there.

Until version 0.1 the folder stood after the verb (`guidegen build acme`), with `set`, `publish` and `rollback` after `--folder`.
Both still work.

## The language

guidegen speaks German or English with you, as your system does.
`--lang de` or `--lang en` decides otherwise, before the verb or after it, for help and mistakes, too.

| environment variable | what it says |
|---|---|
| `GUIDEGEN_LANG` | guidegen speaks `de` or `en` with you; without it, your system's |
| `NO_COLOR` | any value: no colours |
| `GUIDEGEN_PLACE` | [places](../how-to/publish.md#is-it-the-right-place) that may be sent to: `scheme://user@host:port`, blanks between them |
| `GUIDEGEN_KNOWN_HOSTS` | a file with the keys of SFTP servers, as SSH keeps them |
| `GUIDEGEN_<NAME>_PASSWORD` and the like | [the secrets](../how-to/publish.md#passwords) of the place of that name |
"""  # noqa: E501  # a sentence a line


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
    with speaking(["--lang", "en"]):
        parts = [
            f"## {context.command_path}\n\n```text\n"
            f"{help_page(context, everything=True)}\n```\n"
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
