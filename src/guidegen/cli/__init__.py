"""What the user types: one module for each verb, loaded when it is called."""

from __future__ import annotations

import importlib
from typing import ClassVar

import click

from guidegen import __version__
from guidegen.cli.boundary import run


class _Verbs(click.Group):
    """The verbs, with their one-line help at hand: `--help` loads none of them."""

    verbs: ClassVar[dict[str, str]] = {
        "init": "Interview you and build your guideline.",
        "build": "Build the site and the PDFs.",
        "serve": "Show the site while you edit.",
        "diff": "Show what has changed since the last release.",
        "release": "Freeze a version that readers can rely on.",
        "review": "Record that somebody has reviewed the guideline.",
        "status": "Say what is released and when the next review is due.",
        "verify": "Check that what was released is unchanged.",
        "set": "Change answers in guideline.yml.",
        "interview": "Ask again, with your answers as defaults.",
        "customize": "Take a section's text over, to reword it.",
        "upgrade": "Use the texts of the installed guidegen.",
        "publish": "Put the guideline where its readers are.",
        "rollback": "Let readers see what was published before.",
        "export": "Write it as one web page, for Word or as Markdown.",
        "ci": "Let your code platform build it.",
        "demo": "Build a sample company's guideline.",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.verbs:
            return super().get_command(ctx, cmd_name)
        module = importlib.import_module(f"guidegen.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(self.verbs.items()))


@click.group(
    cls=_Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="guidegen")
def cli() -> None:
    """From a short interview to a clear guideline for employees: website and PDF."""


def main() -> None:
    """Run the command line; the entry point of the installed `guidegen`."""
    run(cli)
