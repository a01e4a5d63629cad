"""Which place is meant, and whether it may be one."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from guidegen.errors import PublishError
from guidegen.model.project import Project

if TYPE_CHECKING:
    from guidegen.model.publication import TargetSettings

_WINDOWS: Final = os.name == "nt"
_WINDOWS_PATH: Final = re.compile(r"[A-Za-z]:[\\/]|\\\\")


def find_target(project: Project, name: str | None) -> TargetSettings:
    """Return the target of a name, or the only one.

    Raises:
        PublishError: There is none, or more than one.
        ProblemsError: `publish:` says what it may not say.
    """
    from guidegen.answers import read_targets  # noqa: PLC0415  # reads YAML

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
    _refuse_shared(found, targets)
    return found


def _refuse_own(project: Project, settings: TargetSettings) -> None:
    """Refuse a folder that guidegen keeps other things in."""
    if settings.kind != "folder":
        return
    path = settings.text("path")
    if not _WINDOWS and _WINDOWS_PATH.match(path):
        raise PublishError(
            "error-publish-windows",
            path=project.answers,
            line=settings.line,
            place=path,
        )
    place = _folder(settings)
    if place == project.folder.resolve() or project.keeps(place):
        raise PublishError(
            "error-publish-own", path=project.answers, line=settings.line, place=place
        )


def _refuse_shared(
    settings: TargetSettings, targets: Mapping[str, TargetSettings]
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
                line=settings.line,
                target=settings.name,
                other=other.name,
            )


def _folder(settings: TargetSettings) -> Path:
    return (settings.folder / Path(settings.text("path")).expanduser()).resolve()
