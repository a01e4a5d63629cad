"""The help of the command line, in the author's language.

The `help` and `metavar` of an option are ids of messages, like every other text.
`--help` leaves out the options that are rarely needed; `--help-all` shows all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NoReturn

import click

from guidegen.cli.localize import LANG_OPTION, LANGUAGES, known_messages, localized
from guidegen.cli.usage import Choice, WrongUsage, misspelt
from guidegen.errors import Problem

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_WORD = "help-word-"
"""The prefix of the ids of metavars."""

_WRONG_USAGE = 2


class Option(click.Option):
    """An option; a rare one is left to `--help-all`."""

    def __init__(
        self,
        param_decls: Sequence[str] | None = None,
        *,
        help: str | None = None,  # noqa: A002  # click calls it so
        rare: bool = False,
        is_flag: bool = False,
        **attrs: object,
    ) -> None:
        # Click tells “not given” from False, which would forbid it to recognise a flag
        # itself.
        flag = {"is_flag": True} if is_flag else {}
        super().__init__(param_decls, help=help, **flag, **attrs)  # type: ignore[arg-type]
        self.rare = rare

    def make_metavar(self, ctx: click.Context) -> str:
        """Return the placeholder for the value, in the author's language."""
        return _word(super().make_metavar(ctx))

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the row of the help: the option and what it does."""
        record = super().get_help_record(ctx)
        if record is None or self.help is None:
            return record
        return record[0], localized(self.help, default=self.default)


class Argument(click.Argument):
    """A positional argument."""

    def make_metavar(self, ctx: click.Context) -> str:
        """Return the placeholder for it in the usage line."""
        if self.metavar is None:
            return super().make_metavar(ctx)
        word = _word(self.metavar) if self.required else f"[{_word(self.metavar)}]"
        return word if self.nargs == 1 else f"{word}..."


class OlderFolder(Argument):
    """The project's folder as a positional argument; help shows only `-C`."""

    def get_usage_pieces(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Leave it out of the usage line."""
        return []


class _Explained(click.Command):
    """A command whose help and usage errors are in the author's language."""

    allow_extra_args = True  # Verb refuses them, in the author's language

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        # Click translates its own texts by gettext, but has no German catalogue.
        formatter.write_usage(ctx.command_path, pieces, f"{localized('help-usage')} ")

    def format_help_text(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write what the command does."""
        del ctx
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(localized(f"help-{self.name}"))

    def write_options(
        self, ctx: click.Context, formatter: click.HelpFormatter, *, rare: bool
    ) -> None:
        """Write the options; the rare ones only if they are wanted."""
        records = [
            option.get_help_record(ctx)
            for option in self.get_params(ctx)
            if isinstance(option, Option) and (rare or not option.rare)
        ]
        with formatter.section(localized("help-options")):
            formatter.write_dl([record for record in records if record])

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the words of the usage line."""
        # Set here and not at import, since the language is known only when a command
        # runs.
        self.options_metavar = localized("help-word-options")
        return super().collect_usage_pieces(ctx)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments, so that every error knows its command."""
        try:
            return super().parse_args(ctx, args)
        # Not every error comes with its context, which the hint needs to name the
        # command.
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[CompletionItem]:
        """Return completions, with explanations in the author's language."""
        items = super().shell_complete(ctx, incomplete)
        for item in items:
            # Verbs have already put their own line into words; only options still have
            # an id.
            if item.help is not None and item.help in known_messages():
                item.help = localized(item.help)
        return items


class Verb(_Explained):
    """A subcommand, such as `guidegen build`."""

    def __init__(self, name: str, **attrs: object) -> None:
        # Click's own --help would come in English, beside ours.
        super().__init__(name, add_help_option=False, **attrs)  # type: ignore[arg-type]
        everything = Option(
            ["--help-all"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=lambda ctx, _, value: _show_help(ctx, value, everything=True),
            hidden=True,
        )
        self.params += [*_common_options(), everything]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments; refuse those that are left over."""
        rest = super().parse_args(ctx, args)
        # While a line is being completed it may be anything.
        if rest and not ctx.resilient_parsing:
            problem = Problem(
                message="error-usage-extra", values={"value": " ".join(rest)}
            )
            raise WrongUsage(problem, ctx=ctx)
        return rest

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return what the verb does, in one line."""
        del limit
        return localized(f"help-line-{self.name}")

    def format_options(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the options, and how to see the rare ones."""
        everything = ctx.meta.get(_ALL) is True
        self.write_options(ctx, formatter, rare=everything)
        if not everything:
            formatter.write_paragraph()
            formatter.write_text(localized("help-more", command=ctx.command_path))


class Verbs(_Explained, click.Group):
    """The group of all verbs; each is imported when it is called."""

    def __init__(
        self, name: str, groups: Mapping[str, Sequence[str]], **attrs: object
    ) -> None:
        super().__init__(name, add_help_option=False, **attrs)  # type: ignore[arg-type]
        self._groups = groups
        self.params += _common_options()

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all verbs, in the order of the help."""
        del ctx
        return [verb for verbs in self._groups.values() for verb in verbs]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a verb."""
        # Only names from the list are imported, never whatever was typed.
        if cmd_name not in self.list_commands(ctx):
            return None
        import importlib  # noqa: PLC0415  # `--help` loads no verb

        module = importlib.import_module(f"guidegen.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb that was typed."""
        # Click's own error for an unknown verb is in English and suggests nothing.
        verb = args[0]
        if ctx.resilient_parsing or self.get_command(ctx, verb):
            return super().resolve_command(ctx, args)
        near = misspelt(verb, self.list_commands(ctx))
        problem = Problem(message="error-usage-verb", values={"value": verb})
        raise WrongUsage(problem, ctx=ctx, near=near)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the words of the usage line."""
        self.subcommand_metavar = localized("help-word-verb")
        return super().collect_usage_pieces(ctx)

    def format_options(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the verbs, those that most people need first, then the options."""
        width = max(map(len, self.list_commands(ctx)))
        for group, verbs in self._groups.items():
            with formatter.section(localized(f"help-group-{group}")):
                # One column for all groups: the eye runs down it.
                formatter.write_dl(
                    (f"{verb:<{width}}", localized(f"help-line-{verb}"))
                    for verb in verbs
                )
        self.write_options(ctx, formatter, rare=True)
        formatter.write_paragraph()
        formatter.write_text(localized("help-verbs"))


_ALL = "guidegen.help-all"
"""The key under which a context keeps whether rare options are shown."""


def help_page(ctx: click.Context, *, everything: bool = False) -> str:
    """Return the help of a command, with its rare options if everything is wanted."""
    ctx.meta[_ALL] = everything
    return ctx.get_help()


def _show_help(ctx: click.Context, wanted: object, *, everything: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(help_page(ctx, everything=everything), color=ctx.color)
        ctx.exit()


def show_missing_verb(ctx: click.Context) -> NoReturn:
    """Show the help because no verb was typed, and exit."""
    # It is an error: scripts must find nothing in standard output.
    click.echo(help_page(ctx), err=True)
    ctx.exit(_WRONG_USAGE)


def _word(metavar: str) -> str:
    return localized(metavar) if metavar.startswith(_WORD) else metavar


def _common_options() -> list[Option]:
    """Return the options that `guidegen` and all verbs share."""
    return [
        Option(
            [LANG_OPTION],
            type=Choice(LANGUAGES),
            expose_value=False,  # localize reads it before click does
            rare=True,
            help="help-lang",
        ),
        Option(
            # Eager, so that a missing argument does not keep anybody from the help.
            ["-h", "--help"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=lambda ctx, _, value: _show_help(ctx, value, everything=False),
            help="help-help",
        ),
    ]


def verb(
    name: str,
) -> Callable[[Callable[..., object]], click.Command]:
    """Turn a function into a verb."""
    return click.command(name, cls=Verb)


option = partial(click.option, cls=Option)
"""Adds an option to a verb."""

argument = partial(click.argument, cls=Argument)
"""Adds a positional argument to a verb."""
