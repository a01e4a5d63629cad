"""Where a platform gets guidegen from: an index, a wheel in the repository, or git."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from guidegen import __version__
from guidegen.errors import WorkflowError
from guidegen.value import Value
from guidegen.workflow.safe_path import is_safe

_INDEX = re.compile(r"guidegen==([0-9][A-Za-z0-9.!+]*)")
_WHEEL = re.compile(r"guidegen-([0-9][A-Za-z0-9.!+_]*)-py3-none-any\.whl")
# No user and no password: the file is for everybody who may read the repository.
_GIT = re.compile(r"git\+https://[A-Za-z0-9.:-]+(?:/[A-Za-z0-9._~-]+)+@[0-9a-f]{40}")


class SourceKind(StrEnum):
    """The kinds of places to install guidegen from."""

    INDEX = "index"
    WHEEL = "wheel"
    GIT = "git"


class Source(Value):
    """Where a platform gets guidegen from, fixed to one content."""

    kind: SourceKind
    text: str
    """As pip takes it: `guidegen==X`, the wheel's path from the repository's top
    folder, or `git+https://…@` and a commit."""


def read_source(text: str, top: Path) -> Source:
    """Return what `--install` says.

    Args:
        text: A version, a wheel's path from where the person works or from the
            repository's top folder, or the URL of a commit.
        top: The repository's top folder.

    Raises:
        WorkflowError: It is none of these, or is for another version than this one.
    """
    if match := _INDEX.fullmatch(text):
        _need_this_version(match[1])
        return Source(kind=SourceKind.INDEX, text=text)
    if _GIT.fullmatch(text):
        return Source(kind=SourceKind.GIT, text=text)
    if text.endswith(".whl"):
        return _read_wheel(text, top.resolve())
    raise WorkflowError("error-ci-install", value=text, version=__version__)


def _read_wheel(text: str, top: Path) -> Source:
    found = next((p for p in (Path(text), top / text) if p.is_file()), None)
    if found is None:
        raise WorkflowError("error-ci-wheel-missing", path=Path(text))
    path = found.resolve()
    if not path.is_relative_to(top):
        raise WorkflowError("error-ci-wheel-outside", path=path, top=top)
    match = _WHEEL.fullmatch(path.name)
    inside = path.relative_to(top).as_posix()
    if match is None or not is_safe(inside):
        raise WorkflowError("error-ci-install", value=text, version=__version__)
    _need_this_version(match[1])
    return Source(kind=SourceKind.WHEEL, text=inside)


def _need_this_version(version: str) -> None:
    # The file calls verbs and options as this version has them.
    if version.replace("_", "+") != __version__:
        raise WorkflowError(
            "error-ci-install-version", found=version, version=__version__
        )


def noted_origin() -> str | None:
    """Return what the installer noted of the origin, None if it was an index.

    pip, pipx and uv note it down in the form of PEP 610.
    """
    try:
        return distribution("guidegen").read_text("direct_url.json")
    except PackageNotFoundError:
        return "{}"


def installed_source(top: Path) -> Source:
    """Return the source that this guidegen itself was installed from.

    Raises:
        WorkflowError: A platform could not get it from there.
    """
    noted = noted_origin()
    if noted is None:
        return read_source(f"guidegen=={__version__}", top)
    url = json.loads(noted)
    commit = url.get("vcs_info", {}).get("commit_id", "")
    text = f"git+{url.get('url', '')}@{commit}"
    if _GIT.fullmatch(text):
        return Source(kind=SourceKind.GIT, text=text)
    raise WorkflowError("error-ci-install-needed", version=__version__)
