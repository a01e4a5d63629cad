"""Who publishes, for the manifest: so that a colleague knows whom to ask."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

from guidegen.errors import ProcessError
from guidegen.process import run_program

_BY_PLATFORM = ("GITLAB_USER_NAME", "GITHUB_ACTOR")
"""Who has started a run on a code platform, where the computer's user is nobody."""

_LONGEST = 60


def publisher() -> str:
    """Return the name of who publishes, empty if the computer does not know."""
    names = (
        *(os.environ.get(name, "") for name in _BY_PLATFORM),
        _git_name(),
        _login(),
    )
    name = next((name for name in map(_plain, names) if name), "")
    return name[:_LONGEST]


def _plain(name: str) -> str:
    """Return a name that nothing in can steer a terminal, or break a manifest."""
    return "".join(sign for sign in name if sign.isprintable()).strip()


def _git_name() -> str:
    # Only the user's own settings: those of a project are somebody else's.
    try:
        done = run_program(
            ["git", "config", "--global", "--get", "user.name"],
            # Not in the project: git would read what its repository says.
            folder=Path(Path.cwd().anchor),
        )
    except ProcessError:  # there is no git
        return ""
    return done.out.decode("utf-8", "replace") if not done.code else ""


def _login() -> str:
    try:
        return getpass.getuser()
    # OSError from Python 3.13 on, KeyError and ImportError before: no such user.
    except (OSError, KeyError, ImportError):
        return ""
