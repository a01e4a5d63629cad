"""The target that a verb is about: the one that is named, or the only one.

Its folder is cleaned up, so it must be neither the project's own nor another target's.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from guidegen.answers.read import read_targets
from guidegen.errors import PublishError
from guidegen.model.project import Project
from guidegen.model.publication import TargetSettings
from guidegen.publish.target_place import place_of

_ON_WINDOWS: Final = os.name == "nt"
_WINDOWS_PATH: Final = re.compile(r"[A-Za-z]:[\\/]|\\\\")


def find_target(project: Project, name: str | None) -> TargetSettings:
    """Return the target of that name, or the only one.

    Raises:
        PublishError: There is none, or more than one.
        ProblemsError: There are mistakes in `publish:`.
    """
    targets = read_targets(project.answers)
    names = ", ".join(targets)
    if not targets:
        raise PublishError("error-publish-targets", path=project.answers)
    if name is None and len(targets) > 1:
        raise PublishError("error-publish-several", path=project.answers, names=names)
    found = targets.get(name) if name else next(iter(targets.values()))
    if found is None:
        raise PublishError(
            "error-publish-target",
            path=project.answers,
            hint="error-publish-several-hint",
            name=name,
            names=names,
        )
    _refuse_own(project, found)
    _refuse_shared(project, found, targets)
    return found


def _refuse_own(project: Project, settings: TargetSettings) -> None:
    """Refuse a folder that guidegen keeps other things in."""
    # A share of Windows is elsewhere, and looking for it would log in there.
    if settings.kind != "folder" or place_of(settings):
        return
    path = settings.text("path")
    # Elsewhere, `C:\Web` would become a folder of that name within the project.
    if not _ON_WINDOWS and _WINDOWS_PATH.match(path):
        raise PublishError(
            "error-publish-windows",
            path=project.answers,
            line=settings.line,
            given=path,
        )
    # A target's folder is cleaned up, which must never meet the company's own files.
    folder = _folder(settings)
    if folder == project.folder.resolve() or project.keeps(folder):
        raise PublishError(
            "error-publish-own", path=project.answers, line=settings.line, folder=folder
        )


def _refuse_shared(
    project: Project, settings: TargetSettings, targets: Mapping[str, TargetSettings]
) -> None:
    """Refuse a folder that is two targets': a draft would replace what is released."""
    for other in targets.values():
        if (
            other.name != settings.name
            and other.kind == settings.kind == "folder"
            and _folder(other) == _folder(settings)
        ):
            raise PublishError(
                "error-publish-shared",
                path=project.answers,
                line=settings.line,
                target=settings.name,
                other=other.name,
            )


def _folder(settings: TargetSettings) -> Path:
    # Resolved, since a link or `..` may lead to the same folder under another name.
    return (settings.folder / Path(settings.text("path")).expanduser()).resolve()
