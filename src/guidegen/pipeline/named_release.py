"""The release that somebody names by its version."""

from __future__ import annotations

from guidegen.errors import Problem, ProblemsError
from guidegen.model.project import Project
from guidegen.model.release import History, Release


def named_release(history: History, version: str, project: Project) -> Release:
    """Return a released version.

    Args:
        history: All releases.
        version: Its number.
        project: Where they are.

    Raises:
        ProblemsError: There is no such version.
    """
    for release in history.releases:
        if release.version == version:
            return release
    known = ", ".join(release.version for release in history.releases)
    message = "diff-no-version" if known else "diff-no-releases"
    values = {"version": version, "known": known}
    raise ProblemsError((Problem(message=message, values=values, path=project.folder),))
