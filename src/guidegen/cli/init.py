"""`guidegen init`: makes a new project."""

from __future__ import annotations

import os
from pathlib import Path

import click

from guidegen.answers.assignments import read_options
from guidegen.answers.data import put_in
from guidegen.answers.read import read_plain
from guidegen.cli.boundary import INTERRUPTED
from guidegen.cli.build import run_build
from guidegen.cli.dialogs import (
    interview_context,
    is_terminal,
    make_prompter,
    show_how_to_resume,
)
from guidegen.cli.help import option, verb
from guidegen.cli.localize import lang_words, localized, name_project
from guidegen.cli.new_project import NewProject, ask_and_write, is_complete, take_given
from guidegen.cli.options import every_option, new_folder_argument, plain_option
from guidegen.cli.shell_quoting import guidegen_command, typed_path
from guidegen.cli.terminal import echo, show_error
from guidegen.cli.usage import FilePath
from guidegen.errors import GuidegenError, Problem, ProblemsError
from guidegen.interview import (
    InterviewContext,
    Journal,
    Prompt,
    Prompter,
    RawAnswer,
    insist,
)
from guidegen.model.pack import Pack
from guidegen.model.project import Project
from guidegen.model.question import Kind
from guidegen.pack.find import builtin_packs, find_pack
from guidegen.pack.load import load_pack
from guidegen.pipeline.build import Job
from guidegen.schema.scalars import Plain
from guidegen.value import Value

# A new repository, an interview that was stopped and macOS leave these; the folder
# still counts as empty.
_NO_CONTENT = {".guidegen", ".git", ".gitignore", ".DS_Store"}
_DEFAULT_PACK = "dell"


class _Start(Value):
    """What the user typed."""

    folder: Path | None
    every: bool
    plain: bool
    answers: Path | None
    settings: tuple[str, ...]
    no_input: bool
    no_build: bool
    pack: str | None

    def again(self, folder: Path) -> str:
        """Return the command that resumes this one."""
        words = list(lang_words())
        # The journal keeps answers only; options have to be given again.
        for name, value in (
            ("--pack", self.pack),
            ("--answers", self.answers),
            *(("--set", setting) for setting in self.settings),
        ):
            words += [name, str(value)] if value else []
        flags = {
            "--all": self.every,
            "--plain": self.plain,
            "--no-build": self.no_build,
        }
        words += [name for name, is_set in flags.items() if is_set]
        return guidegen_command("init", *words, folder=folder)


@verb("init")
@new_folder_argument
@every_option
@plain_option
@option(
    "--answers",
    type=FilePath(exists=True),
    metavar="help-word-file",
    help="help-init-answers",
)
@option(
    "--set",
    "settings",
    metavar="help-word-setting",
    multiple=True,
    help="help-init-set",
)
@option("--no-input", is_flag=True, help="help-init-no-input")
@option("--no-build", is_flag=True, rare=True, help="help-init-no-build")
@option("--pack", metavar="help-word-pack", rare=True, help="help-init-pack")
def command(**options: object) -> None:
    """Hold the interview and build a new guideline."""
    start = _Start(**options)  # type: ignore[arg-type]  # click has checked them
    # Before the first question, not after the last.
    _refuse_existing(start.folder or Path())
    pack, given = _given(start)
    # Paths in a file of answers, such as the logo's, count from that file.
    context = interview_context(pack, start.answers.parent if start.answers else Path())
    asks = is_terminal() and not start.no_input
    prompter = make_prompter(context.messages, plain=start.plain) if asks else None
    try:
        folder = _folder(start, context, prompter)
    except KeyboardInterrupt:
        raise click.exceptions.Exit(INTERRUPTED) from None
    # The folder may just have been chosen; messages from here on name it.
    name_project(folder)
    Project(folder).refuse_links()
    new = NewProject(
        project=Project(folder),
        context=context,
        pack=_pack_name(pack, folder),
        given=given,
        every=start.every,
    )
    _collect(start, new, prompter)
    echo(localized("init-written", file=typed_path(new.project.answers)))
    if not start.no_build:
        run_build(Job(project=new.project))
    echo(localized("init-next", file=typed_path(new.project.answers)))


def _collect(start: _Start, new: NewProject, prompter: Prompter | None) -> None:
    # A complete file of answers leaves nothing to ask.
    if prompter is None or (start.answers and is_complete(new)):
        try:
            take_given(new)
        except ProblemsError as error:
            show_error(error)
            raise _Unanswered from error
        return
    journal = Journal(new.project.interview_journal)
    try:
        prompter.say(localized("interview-welcome"))
        ask_and_write(new, prompter, journal)
    except KeyboardInterrupt:
        show_how_to_resume(journal, start.again(new.project.folder))
        raise click.exceptions.Exit(INTERRUPTED) from None


class _Unanswered(click.exceptions.Exit):
    """Ends a command after it has listed the missing and wrong answers."""

    def __init__(self) -> None:
        echo(localized("interview-missing-hint"), err=True)
        super().__init__(1)


def _given(start: _Start) -> tuple[Pack, dict[str, Plain]]:
    """Return the pack, and the answers given on the command line."""
    named = None
    if start.pack is not None:
        named = find_pack(start.pack, beside=Path.cwd())
    given: dict[str, Plain] = {}
    if start.answers is not None:
        # Partial: what is missing can still be asked for.
        read = read_plain(start.answers, pack=named, partial=True)
        pack, given = read.pack, read.data
    else:
        pack = load_pack(named or _DEFAULT_PACK)
    folder = start.answers.parent if start.answers else None
    options = read_options(start.settings, pack, present=given, folder=folder)
    for key, value in options.items():
        given = put_in(given, key, value)
    return pack, given


def _pack_name(pack: Pack, folder: Path) -> str:
    """Return the pack as the answers name it: by name, or by its folder's path."""
    found = pack.folders[0].resolve()
    if found.parent == builtin_packs().resolve():
        return found.name
    try:
        # Relative, so the project can be moved or cloned together with the pack.
        return Path(os.path.relpath(found, folder.resolve())).as_posix()
    except ValueError:  # another drive
        return found.as_posix()


def _refuse_existing(folder: Path) -> None:
    path = Project(folder).answers
    if path.exists():
        raise ProblemsError((Problem(message="init-exists", path=path),))


def _folder(
    start: _Start, context: InterviewContext, prompter: Prompter | None
) -> Path:
    """Return the folder of the new project; ask for one where it is not clear."""
    folder = start.folder or Path()
    if start.folder is not None or _is_free(folder):
        return folder
    if prompter is None:
        raise ProblemsError((Problem(message="init-not-empty"),))
    text = context.messages.text

    def check(raw: RawAnswer) -> str | None:
        name = Path(str(raw or ""))
        if (
            not str(raw or "").strip()
            or name.is_file()
            or Project(name).answers.exists()
        ):
            return text("init-folder-taken")
        return None

    prompt = Prompt(
        head="",
        text=text("init-folder"),
        help=text("init-folder-help"),
        kind=Kind.TEXT,
        default="guideline",
        check=check,
    )
    chosen = insist(prompter, prompt)
    # No shell has expanded a “~” here, as it does in an argument.
    return Path(str(chosen).strip()).expanduser()


def _is_free(folder: Path) -> bool:
    try:
        return {path.name for path in folder.iterdir()} <= _NO_CONTENT
    except OSError as error:
        raise GuidegenError(
            "error-system", path=folder, detail=error.strerror
        ) from error
