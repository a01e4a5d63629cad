"""A platform's workflow file: rendered from its template, compared, written.

Its first line has a digest of the rest, so that guidegen can tell whether a person has
changed what it wrote.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from guidegen import __version__
from guidegen.errors import WorkflowError
from guidegen.files import translate_os_errors, write_atomic
from guidegen.files.digest import sha256
from guidegen.steering import json_escaped
from guidegen.value import Value


class Platform(StrEnum):
    """The platforms that guidegen writes workflow files for."""

    GITHUB = "github"
    GITLAB = "gitlab"
    FORGEJO = "forgejo"


class Publishing(Value):
    """What a run on the platform needs in order to publish."""

    targets: tuple[str, ...]
    """Their names in `guideline.yml`."""
    extras: tuple[str, ...] = ()
    """guidegen's extras: `s3`, `sftp`, …"""
    secrets: tuple[str, ...] = ()
    """The variables that hold the credentials; their values are the platform's."""


class Workflow(Value):
    """A workflow file: where it belongs and its text."""

    platform: Platform
    path: Path
    text: str


class FileState(StrEnum):
    """How the file on the disk compares with the one guidegen would write."""

    MISSING = "missing"
    CURRENT = "current"
    OUTDATED = "outdated"
    """guidegen wrote it, and would now write something else."""
    EDITED = "edited"
    """Somebody has changed it; guidegen would still write what it wrote then."""
    EDITED_OUTDATED = "behind"
    """Somebody has changed it, and guidegen would now write something else."""
    UNMANAGED = "unmanaged"
    """guidegen did not write it."""

    @property
    def is_up_to_date(self) -> bool:
        """Whether there is nothing to do."""
        return self in {FileState.CURRENT, FileState.EDITED}

    @property
    def is_somebodys(self) -> bool:
        """Whether a person's work is in it."""
        return self in {
            FileState.EDITED,
            FileState.EDITED_OUTDATED,
            FileState.UNMANAGED,
        }


_PATHS: Mapping[Platform, str] = {
    Platform.GITHUB: ".github/workflows/guideline.yml",
    Platform.GITLAB: ".gitlab-ci.yml",
    Platform.FORGEJO: ".forgejo/workflows/guideline.yml",
}

_WHERE_SECRETS_ARE_SET: Mapping[Platform, str] = {
    Platform.GITHUB: "set under Settings → Secrets and variables → Actions",
    Platform.GITLAB: "Set as masked, protected variables under Settings → CI/CD:",
    Platform.FORGEJO: "set under Settings → Actions → Secrets",
}

_HEADER = re.compile(r"# Written by guidegen \S+ \(`guidegen ci \w+`\); (\w{64})\n")

_PUNCTUATION = " ._-,&()@/"
"""Characters with no special meaning in YAML, shells, globs and expressions."""


def make_workflow(
    platform: Platform,
    folder: Path,
    *,
    language: str,
    publishing: Publishing | None = None,
) -> Workflow:
    """Return the workflow file for the guideline in a folder of a repository.

    Args:
        platform: The platform that runs it.
        folder: The folder that `guideline.yml` lies in.
        language: The language of guidegen's messages there: `de` or `en`.
        publishing: What publishing needs; None if nothing is published.

    Raises:
        WorkflowError: The folder's name could mean something else to the platform.
    """
    top, inside = _split_at_top(folder.resolve())
    if not _is_safe(inside):
        raise WorkflowError("error-ci-folder", path=folder)
    body = _render(platform, inside, language, publishing)
    who = f"guidegen {__version__} (`guidegen ci {platform.value}`)"
    header = f"# Written by {who}; {sha256(body.encode())}\n"
    path = top / _PATHS[platform]
    return Workflow(platform=platform, path=path, text=header + body)


def _split_at_top(folder: Path) -> tuple[Path, str]:
    """Return the repository's top folder, and the path from there, empty at the top.

    A folder that is in no repository yet counts as the top of one.
    """
    for top in (folder, *folder.parents):
        # In a worktree or a submodule, `.git` is a file.
        if (top / ".git").exists():
            path = folder.relative_to(top).as_posix()
            return top, "" if path == "." else path
    return folder, ""


def _is_safe(path: str) -> bool:
    """Return whether a path means the same to every program that reads the file."""
    # A combining mark is a part of a letter, as macOS writes ä.
    known = all(
        char.isalnum() or char in _PUNCTUATION or unicodedata.combining(char)
        for char in path
    )
    # A command would take a part that begins with a hyphen for an option.
    parts = path.split("/")
    return known and all(p == p.strip() and not p.startswith("-") for p in parts)


def _render(
    platform: Platform, inside: str, language: str, publishing: Publishing | None
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
    extras = f"[{','.join(sorted(wanted.extras))}]" if wanted.extras else ""
    watched = (f"{inside}/**", _PATHS[platform])
    name = "gitlab.yml" if platform is Platform.GITLAB else "actions.yml"
    data = Path(__file__).parent
    # Actions are pinned to commits, since whoever owns an action can move its tags.
    pins = yaml.safe_load((data / "pins.yml").read_text(encoding="utf-8"))
    template = environment.from_string((data / name).read_text(encoding="utf-8"))
    text = template.render(
        folder=inside,
        language=language,
        inside=f"{inside}/" if inside else "",
        watched=f"[{', '.join(_quoted(path) for path in watched)}]",
        forgejo=platform is Platform.FORGEJO,
        pins=pins[platform.value],
        # Exactly this version: a newer one must not change a guideline by itself.
        requirement=f"guidegen{extras}=={__version__}",
        targets=wanted.targets,
        secrets=sorted(wanted.secrets),
        where=_WHERE_SECRETS_ARE_SET[platform],
    )
    # Macros leave the line ends of the lines that call them.
    return re.sub(r"\n\n(?= {4})", "\n", text).lstrip("\n").rstrip("\n") + "\n"


def _quoted(text: str) -> str:
    """Return a text as YAML reads it back: JSON is YAML, too."""
    # Whoever reviews the file sees what it does.
    return json_escaped(json.dumps(text, ensure_ascii=False))


def compare_with_disk(workflow: Workflow) -> FileState:
    """Return how the file on the disk compares with a workflow.

    Raises:
        FilesError: The file cannot be read.
    """
    found = _read(workflow.path)
    if found is None:
        return FileState.MISSING
    if found == workflow.text:
        return FileState.CURRENT
    head = _HEADER.match(found)
    if head is None:
        return FileState.UNMANAGED
    # The header has the digest of what guidegen wrote: nobody has edited it since.
    if head[1] == sha256(found[head.end() :].encode()):
        return FileState.OUTDATED
    wanted = _HEADER.match(workflow.text)
    same = wanted is not None and head[1] == wanted[1]
    return FileState.EDITED if same else FileState.EDITED_OUTDATED


def write_workflow(workflow: Workflow, *, force: bool = False) -> FileState:
    """Write a workflow file; return how the one that was there compared with it.

    Args:
        workflow: The file to write.
        force: Also replace what a person has written or changed.

    Raises:
        WorkflowError: A person's work is in the file that is there.
        FilesError: The system refuses.
    """
    state = compare_with_disk(workflow)
    if state.is_somebodys and not force:
        # Whoever wrote the whole file needs other advice than whoever edited ours.
        if state is FileState.UNMANAGED:
            raise WorkflowError("error-ci-unmanaged", path=workflow.path)
        raise WorkflowError("error-ci-changed", path=workflow.path)
    if state is not FileState.CURRENT:
        top = workflow.path.parents[_PATHS[workflow.platform].count("/")]
        # The repository may be a stranger's, with a link in place of `.github`.
        write_atomic(workflow.path, workflow.text.encode(), within=top)
    return state


def _read(path: Path) -> str | None:
    """Return a file's text, None if there is none; git may have changed line ends."""
    with translate_os_errors(path):
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
    # What is not UTF-8 was not written by guidegen; it only has to be recognised as
    # that.
    return content.decode(errors="replace").replace("\r\n", "\n")
