"""Options that several verbs share, above all the project that a verb works on."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from guidegen.cli.help import OlderFolder, argument, option
from guidegen.cli.localize import name_project
from guidegen.cli.terminal import show_notes
from guidegen.cli.usage import FolderPath, WrongUsage
from guidegen.errors import Problem
from guidegen.model.note import Note
from guidegen.model.project import Project, find_project

T = TypeVar("T")

_FOLDER = FolderPath()

_project = functools.partial(
    option, "-C", "--project", "project", type=_FOLDER, metavar="help-word-folder"
)
# Hidden, not removed: scripts and workflows still use it.
_older_option = option("--folder", "older", type=_FOLDER, hidden=True)


def project_option(function: Callable[..., T]) -> Callable[..., T]:
    """Add `-C DIR` to a verb, and the older ways to name the project.

    The verb gets `folder`: what was named, or None. `open_project` makes it a project.
    """
    older = argument(
        "folder",
        cls=OlderFolder,
        type=_FOLDER,
        required=False,
        metavar="help-word-folder",
    )
    return project_option_alone(older(function))


def project_option_alone(function: Callable[..., T]) -> Callable[..., T]:
    """Add `-C DIR` to a verb whose positional arguments are something else."""
    project = _project(help="help-project")
    return project(_older_option(_with_one_folder(function)))


def new_folder_argument(function: Callable[..., T]) -> Callable[..., T]:
    """Add the folder to make a project in, as an argument or with `-C`."""
    folder = argument(
        "folder", type=_FOLDER, required=False, metavar="help-word-folder"
    )
    project = _project(rare=True, help="help-new-project")
    return folder(project(_older_option(_with_one_folder(function))))


def _with_one_folder(function: Callable[..., T]) -> Callable[..., T]:
    """Pass on the folder that was named, whichever way it was named."""

    @functools.wraps(function)
    def with_one_folder(
        *,
        project: Path | None,
        older: Path | None,
        folder: Path | None = None,
        **options: object,
    ) -> T:
        named = [each for each in (project, older, folder) if each is not None]
        # The same folder named twice is no mistake; two folders have no order to choose
        # by.
        if len({each.resolve() for each in named}) > 1:
            values = {"value": named[0], "other": named[1]}
            raise WrongUsage(Problem(message="error-usage-folders", values=values))
        # Before the verb runs, so that its errors name the project, too.
        name_project(named[0] if named else None)
        return function(folder=named[0] if named else None, **options)

    return with_one_folder


def open_project(folder: Path | None, *, quiet: bool = False) -> Project:
    """Return the project that was named, or the one that the author is in.

    Raises:
        AnswersError: There is no project.
        FilesError: There is a link in it, which may lead anywhere.
    """
    project = find_project(folder)
    project.refuse_links()
    # A project found further up may not be the one that is meant, so it is named.
    if folder is None and project.folder != Path() and not quiet:
        show_notes([Note(message="project-above", values={"folder": project.folder})])
    return project


pack_option = option(
    "--pack",
    type=FolderPath(exists=True),
    metavar="help-word-folder",
    rare=True,
    help="help-pack",
)
trust_scripts_option = option(
    "--trust-scripts", is_flag=True, rare=True, help="help-trust-scripts"
)
every_option = option("--all", "every", is_flag=True, help="help-all")
quiet_option = option("-q", "--quiet", is_flag=True, help="help-quiet")
plain_option = option("--plain", is_flag=True, rare=True, help="help-plain")
yes_option = option("-y", "--yes", is_flag=True, help="help-yes")
json_option = option("--json", "as_json", is_flag=True, help="help-json")
dry_run_option = option("--dry-run", is_flag=True, help="help-dry-run")

target_argument = argument("name", metavar="help-word-target", required=False)
"""The name of a target; required if there are several."""
