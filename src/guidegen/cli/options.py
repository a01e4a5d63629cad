"""Options that more than one verb has."""

from __future__ import annotations

from pathlib import Path

import click

folder_argument = click.argument(
    "folder", type=click.Path(path_type=Path, file_okay=False), default=Path()
)
"""FOLDER, the project's, by default the one the user is in."""

pack_option = click.option(
    "--pack",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Use this template pack instead of the one the answers name.",
)
every_option = click.option(
    "--all", "every", is_flag=True, help="Ask all questions, not only ten."
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
lang_option = click.option(
    "--lang",
    type=click.Choice(["de", "en"]),
    help="The language guidegen talks to you in (default: your system's).",
)
plain_option = click.option(
    "--plain",
    is_flag=True,
    help="Ask in plain lines, for screen readers and simple terminals.",
)
name_argument = click.argument("name", required=False)
"""NAME, the target's; needed if there is more than one."""

project_option = click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The folder of the guideline (default: here).",
)
yes_option = click.option("-y", "--yes", is_flag=True, help="Do not ask.")
