"""Fills in a platform's workflow file from its template."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from guidegen import __version__
from guidegen.errors import WorkflowError
from guidegen.workflow.file import header


class Platform(StrEnum):
    """Whose workflow files we know."""

    GITHUB = "github"
    GITLAB = "gitlab"
    FORGEJO = "forgejo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """What the machine needs so that it can publish."""

    targets: tuple[str, ...]
    """The names of the places to publish to."""
    extras: tuple[str, ...] = ()
    """guidegen's extras: `s3`, `sftp`, …"""
    secrets: tuple[str, ...] = ()
    """The variables that hold the credentials; their values are the platform's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """A workflow file: where it belongs and what it says."""

    platform: Platform
    path: Path
    text: str


_PATHS: Mapping[Platform, str] = {
    Platform.GITHUB: ".github/workflows/guideline.yml",
    Platform.GITLAB: ".gitlab-ci.yml",
    Platform.FORGEJO: ".forgejo/workflows/guideline.yml",
}

_SECRETS: Mapping[Platform, str] = {
    Platform.GITHUB: "set under Settings → Secrets and variables → Actions",
    Platform.GITLAB: "Set as masked, protected variables under Settings → CI/CD:",
    Platform.FORGEJO: "set under Settings → Actions → Secrets",
}

_MARKS = " ._-,&()@/"
"""Beside letters and digits, what means nothing to YAML, shells, globs, expressions."""


def make_workflow(
    platform: Platform,
    folder: Path,
    *,
    language: str,
    publishing: Publishing | None = None,
) -> Workflow:
    """Return the workflow file for the guideline in a folder of a repository.

    Args:
        platform: Whose.
        folder: The folder that `guideline.yml` lies in.
        language: What guidegen speaks there: `de` or `en`.
        publishing: What is needed to publish; None if nothing is to be published.

    Raises:
        WorkflowError: The folder's name could mean something else to the platform.
    """
    top, inside = _placed(folder.resolve())
    if not _is_plain(inside):
        raise WorkflowError("error-ci-folder", path=folder)
    place = _PATHS[platform]
    body = _filled(platform, inside, language, publishing)
    return Workflow(
        platform=platform, path=top / place, text=header(body, platform.value) + body
    )


def _placed(folder: Path) -> tuple[Path, str]:
    """Return the repository's top folder, and the way from there; empty at the top.

    A folder that is in no repository yet counts as its top.
    """
    for top in (folder, *folder.parents):
        if (top / ".git").exists():
            way = folder.relative_to(top).as_posix()
            return top, "" if way == "." else way
    return folder, ""


def _is_plain(way: str) -> bool:
    """Return whether a way means the same to all that read a workflow file."""
    # A combining mark is a part of a letter, as macOS writes ä.
    known = all(
        char.isalnum() or char in _MARKS or unicodedata.combining(char) for char in way
    )
    parts = way.split("/")
    return known and all(p == p.strip() and not p.startswith("-") for p in parts)


def _filled(
    platform: Platform, inside: str, language: str, publishing: Publishing | None
) -> str:
    import yaml  # noqa: PLC0415  # only this verb needs it, and what follows
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415

    environment = Environment(
        # Platforms write {{ }} and {% %} themselves.
        variable_start_string="[[ ",
        variable_end_string=" ]]",
        block_start_string="[%",
        block_end_string="%]",
        comment_start_string="[#",
        comment_end_string="#]",
        trim_blocks=True,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  # YAML, and each value is quoted or checked
    )
    environment.filters["quoted"] = _quoted
    asked = publishing or Publishing(targets=())
    extras = f"[{','.join(sorted(asked.extras))}]" if asked.extras else ""
    watched = (f"{inside}/**", _PATHS[platform])
    name = "gitlab.yml" if platform is Platform.GITLAB else "actions.yml"
    data = Path(__file__).parent
    pins = yaml.safe_load((data / "pins.yml").read_text(encoding="utf-8"))
    template = environment.from_string((data / name).read_text(encoding="utf-8"))
    text = template.render(
        folder=inside,
        language=language,
        inside=f"{inside}/" if inside else "",
        watched=f"[{', '.join(_quoted(path) for path in watched)}]",
        forgejo=platform is Platform.FORGEJO,
        pins=pins[platform.value],
        requirement=f"guidegen{extras}=={__version__}",
        targets=asked.targets,
        secrets=sorted(asked.secrets),
        where=_SECRETS[platform],
    )
    # Macros leave the line ends of the lines that call them.
    return re.sub(r"\n\n(?= {4})", "\n", text).lstrip("\n").rstrip("\n") + "\n"


def _quoted(text: str) -> str:
    """Return a text as YAML reads it back: JSON is a part of YAML."""
    return json.dumps(text, ensure_ascii=False)
