"""Which place is meant, and whether it may be one."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from guidegen.errors import PublishError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidegen.model.publication import TargetSettings
    from guidegen.pipeline.project import Project

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
        raise PublishError(
            "the file does not say where to publish",
            path=project.answers,
            hint="name a place under “publish:”; docs/how-to/publish.md shows how",
        )
    if name is None and len(targets) > 1:
        raise PublishError(
            "there is more than one place to publish to",
            path=project.answers,
            hint="name one of them: {names}",
            values={"names": names},
        )
    found = targets.get(name) if name else next(iter(targets.values()))
    if found is None:
        raise PublishError(
            "there is no target “{name}”",
            path=project.answers,
            hint="name one of them: {names}",
            values={"name": name, "names": names},
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
            "“{path}” is a path of Windows, and this is another system",
            path=project.answers,
            line=settings.line,
            hint="name the folder as it is called here",
            values={"path": path},
        )
    place = _folder(settings)
    if place == project.folder.resolve() or project.keeps(place):
        raise PublishError(
            "guidegen works in the folder {place}; publish to another one",
            path=project.answers,
            line=settings.line,
            hint="name a folder of its own, such as one that your web server serves",
            values={"place": place},
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
                "“{target}” and “{other}” are the same folder",
                line=settings.line,
                hint="give each place a folder of its own in guideline.yml",
                values={"target": settings.name, "other": other.name},
            )


def _folder(settings: TargetSettings) -> Path:
    return (settings.folder / Path(settings.text("path")).expanduser()).resolve()
