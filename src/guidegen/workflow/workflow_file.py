"""A platform's workflow file, rendered from its template."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from guidegen.errors import WorkflowError
from guidegen.steering import json_escaped
from guidegen.value import Value
from guidegen.workflow.lock_file import LOCK_NAME
from guidegen.workflow.safe_path import is_safe
from guidegen.workflow.source import Source, SourceKind
from guidegen.workflow.written_file import WrittenFile, with_header


class Platform(StrEnum):
    """The platforms that guidegen writes workflow files for."""

    GITHUB = "github"
    GITLAB = "gitlab"
    FORGEJO = "forgejo"


class Secret(Value):
    """A variable that a person sets on the platform."""

    name: str
    kind: str
    """Which sentence of `secrets.yml` says what it is for."""
    target: str = ""
    """The name of the target that it opens, if it is for one alone."""
    example: str = ""
    """A value that fits the answers, if it is no secret."""


class Publishing(Value):
    """What a run on the platform needs in order to publish."""

    targets: tuple[str, ...]
    """Their names in `guideline.yml`."""
    extras: tuple[str, ...] = ()
    """guidegen's extras, such as `s3`."""
    host_keys: bool = False
    """Whether a list of servers' keys is needed."""
    secrets: tuple[Secret, ...] = ()
    """The variables that hold the credentials; their values are the platform's."""


class Workflow(WrittenFile):
    """A workflow file."""

    platform: Platform


_PATHS: Mapping[Platform, str] = {
    Platform.GITHUB: ".github/workflows/guideline.yml",
    Platform.GITLAB: ".gitlab-ci.yml",
    Platform.FORGEJO: ".forgejo/workflows/guideline.yml",
}

_WHERE_SECRETS_ARE_SET: Mapping[Platform, str] = {
    Platform.GITHUB: "as secrets, under Settings → Secrets and variables → Actions",
    Platform.GITLAB: "as protected variables, under Settings → CI/CD → Variables",
    Platform.FORGEJO: "as secrets, under Settings → Actions → Secrets",
}


def make_workflow(
    platform: Platform,
    folder: Path,
    *,
    language: str,
    source: Source,
    publishing: Publishing | None = None,
) -> Workflow:
    """Return the workflow file for the guideline in a folder of a repository.

    Args:
        platform: The platform that runs it.
        folder: The folder that `guideline.yml` lies in.
        language: The language of guidegen's messages there: `de` or `en`.
        source: Where the platform gets guidegen from.
        publishing: What publishing needs; None if nothing is published.

    Raises:
        WorkflowError: The folder's name could mean something else to the platform.
    """
    top = repository_top(folder)
    path = folder.resolve().relative_to(top).as_posix()
    inside = "" if path == "." else path
    if not is_safe(inside):
        raise WorkflowError("error-ci-folder", path=folder)
    body = _render(platform, inside, language, source, publishing)
    return Workflow(
        platform=platform,
        path=top / _PATHS[platform],
        top=top,
        text=with_header(f"guidegen ci {platform.value}", body),
    )


def repository_top(folder: Path) -> Path:
    """Return the top folder of the repository that a folder lies in.

    A folder that is in no repository yet counts as the top of one.
    """
    folder = folder.resolve()
    for top in (folder, *folder.parents):
        # In a worktree or a submodule, `.git` is a file.
        if (top / ".git").exists():
            return top
    return folder


def _render(
    platform: Platform,
    inside: str,
    language: str,
    source: Source,
    publishing: Publishing | None,
) -> str:
    # Only this verb's last step needs them; they take longer than all before.
    import yaml  # noqa: PLC0415
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
    wanted = publishing or Publishing(targets=())
    watched = (f"{inside}/**", _PATHS[platform])
    name = "gitlab.yml" if platform is Platform.GITLAB else "actions.yml"
    data = Path(__file__).parent
    # Actions are pinned to commits, since whoever owns an action can move its tags.
    pins = yaml.safe_load((data / "pins.yml").read_text(encoding="utf-8"))
    purposes = yaml.safe_load((data / "secrets.yml").read_text(encoding="utf-8"))
    template = environment.from_string((data / name).read_text(encoding="utf-8"))
    text = template.render(
        folder=inside,
        language=language,
        inside=f"{inside}/" if inside else "",
        watched=f"[{', '.join(_quoted(path) for path in watched)}]",
        forgejo=platform is Platform.FORGEJO,
        pins=pins[platform.value],
        # From git, the commit is the digest; pip takes no other one for it.
        commit=source.text if source.kind is SourceKind.GIT else "",
        lock=LOCK_NAME,
        targets=wanted.targets,
        secrets=sorted(secret.name for secret in wanted.secrets),
        purposes=_purposes(wanted.secrets, purposes),
        host_keys=wanted.host_keys,
        where=_WHERE_SECRETS_ARE_SET[platform],
    )
    # Macros leave the line ends of the lines that call them.
    return re.sub(r"\n\n(?= {4})", "\n", text).lstrip("\n").rstrip("\n") + "\n"


def _purposes(
    secrets: tuple[Secret, ...], sentences: Mapping[str, str]
) -> Mapping[str, str]:
    """Return what each variable is for, in the order of the targets."""
    return {
        each.name: sentences[each.kind].format(target=each.target, example=each.example)
        for each in secrets
    }


def _quoted(text: str) -> str:
    """Return a text as YAML reads it back: JSON is YAML, too."""
    # Whoever reviews the file sees what it does.
    return json_escaped(json.dumps(text, ensure_ascii=False))
