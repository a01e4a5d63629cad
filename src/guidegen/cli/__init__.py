"""The command line: one module for each verb, which is imported when it is called."""

from __future__ import annotations

import gc

# A command makes many small values and is soon over: looking for unused ones after
# every few hundred takes a twelfth of a build's time, a part of it during the imports.
gc.set_threshold(500_000)

import click  # noqa: E402

from guidegen import __version__  # noqa: E402
from guidegen.cli.boundary import run  # noqa: E402
from guidegen.cli.help import Option, Verbs, show_missing_verb  # noqa: E402

_GROUPS = {
    "first": ("init", "build", "serve", "release", "publish"),
    "make": ("demo", "topics"),
    "change": ("set", "interview", "add", "customize", "explain", "upgrade"),
    "release": ("diff", "review"),
    "publish": ("rollback", "export", "ci"),
    "alive": ("announce", "inside", "training", "receipts"),
    "check": ("status", "verify", "docs"),
}
"""All verbs, in the groups of the help: those that most people need come first."""


@click.pass_context
def _guidegen(ctx: click.Context) -> None:
    """From a short interview to a clear guideline for employees: website and PDF."""
    # A bare `guidegen` is wrong usage, but click's own message for it would be in
    # English.
    if ctx.invoked_subcommand is None:
        show_missing_verb(ctx)


def _show_version(ctx: click.Context, _: click.Parameter, wanted: object) -> None:
    # Shell completion parses half-typed lines, and must print nothing but completions.
    if wanted and not ctx.resilient_parsing:
        click.echo(f"guidegen, version {__version__}")
        ctx.exit()


_version_option = Option(
    ["--version"],
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="help-version",
)

cli = Verbs(
    "guidegen",
    _GROUPS,
    callback=_guidegen,
    params=[_version_option],
    # Click stops at 80 columns even in a wider terminal.
    context_settings={"max_content_width": 100},
    invoke_without_command=True,
)


def main() -> None:
    """Run the command line; the entry point of the installed `guidegen`."""
    try:
        run(cli)
    finally:
        # The process ends now: Python need not look for unused values once more.
        gc.freeze()
