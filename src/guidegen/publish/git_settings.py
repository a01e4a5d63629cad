"""What a git target's settings say, checked before git gets to see it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.errors import ProcessError, PublishError
from guidegen.process import run_program

if TYPE_CHECKING:
    from guidegen.model.publication import TargetSettings

_ADDRESS = re.compile(r"(https?|ssh|file)://[^\s]+|[\w.-]+@[\w.-]+:[^\s:]+")
_BRANCH = re.compile(r"(?!.*(\.\.|//|@\{|\.lock$|[./]$))\w[\w./-]*")
_AUTHOR = re.compile(r"[^<>\n]+ <[^<>\s]+>")
_AUTHOR_UNKNOWN = "guidegen <guidegen@localhost>"


def repository(settings: TargetSettings) -> str:
    """Return the repository's address; a path counts from the project's folder.

    Raises:
        PublishError: It is none, or there is no such folder.
    """
    said = settings.text("repository")
    if _ADDRESS.fullmatch(said):
        return said
    if "::" in said or "://" in said or said.startswith("-"):
        raise refused(settings, "repository")
    path = settings.folder.resolve() / Path(said).expanduser()
    if not path.is_dir():
        raise PublishError("error-git-repository", path=path)
    return str(path)


def refused(settings: TargetSettings, option: str) -> PublishError:
    """Return the error that says that git cannot take what an option says."""
    return PublishError(
        "error-git-settings",
        path=settings.folder / "guideline.yml",
        line=settings.line,
        option=option,
        said=settings.text(option),
    )


def author(settings: TargetSettings) -> str:
    """Return who the commits are by: as set, else as git knows the user.

    Raises:
        PublishError: The setting is no name and address, or git is not installed.
    """
    said = settings.text("author")
    if said:
        if not _AUTHOR.fullmatch(said):
            raise refused(settings, "author")
        return said
    try:
        done = run_program(
            ["git", "var", "GIT_COMMITTER_IDENT"], folder=settings.folder
        )
    except ProcessError as error:
        raise PublishError.of(*error.problems) from error
    known = done.out.decode("utf-8", "replace").rpartition("> ")[0]
    known = f"{known}>" if known else ""
    return known if not done.code and _AUTHOR.fullmatch(known) else _AUTHOR_UNKNOWN


def branch(settings: TargetSettings) -> str:
    """Return the branch, by default the one that GitHub serves pages from.

    Raises:
        PublishError: It cannot be a branch's name.
    """
    said = settings.text("branch", "gh-pages")
    if not _BRANCH.fullmatch(said):
        raise refused(settings, "branch")
    return said


def folder(settings: TargetSettings) -> str:
    """Return the folder on the branch that is published to, by default its root.

    Raises:
        PublishError: It leads out of the branch.
    """
    said = settings.text("folder").strip("/")
    parts = said.split("/") if said else []
    if any(part in {"", ".", "..", ".git"} for part in parts) or "\\" in said:
        raise refused(settings, "folder")
    return said
