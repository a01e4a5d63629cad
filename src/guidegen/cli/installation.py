"""How this guidegen was installed, and so how one of its extras is added to it.

Each installer leaves a mark in the environment that it makes; a command of another one
would fail there, or add the libraries to an environment that guidegen does not use.
"""

from __future__ import annotations

import json
import re
import sys
import sysconfig
from enum import StrEnum
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from guidegen.cli.shell_quoting import quoted

_PROGRAM = "guidegen"


class Installer(StrEnum):
    """What guidegen was installed with."""

    PIPX = "pipx"
    UV_TOOL = "uv tool"
    UV = "uv"
    """uv, in a virtual environment that has no pip."""
    PIP = "pip"
    MANAGED = "managed"
    """Something that keeps pip away, such as Debian's packages (PEP 668)."""


def find_installer(
    prefix: Path | None = None, library: Path | None = None
) -> Installer:
    """Return what the environment was made with that guidegen runs in.

    Args:
        prefix: Its folder; None for the one of this process.
        library: The folder of Python's own library; None likewise.
    """
    folder = prefix or Path(sys.prefix)
    if (folder / "pipx_metadata.json").is_file():
        return Installer.PIPX
    if (folder / "uv-receipt.toml").is_file():
        return Installer.UV_TOOL
    if (settings := folder / "pyvenv.cfg").is_file():
        made_by_uv = re.search("(?m)^uv *=", settings.read_text("utf-8", "replace"))
        return Installer.UV if made_by_uv and not find_spec("pip") else Installer.PIP
    library = library or Path(sysconfig.get_path("stdlib"))
    managed = (library / "EXTERNALLY-MANAGED").is_file()
    return Installer.MANAGED if managed else Installer.PIP


def install_command(extra: str, installer: Installer | None = None) -> str:
    """Return the command that adds one of guidegen's extras to this installation.

    The extras that are there stay: some installers make the environment anew.

    Args:
        extra: Such as `sftp`.
        installer: What guidegen was installed with; None to find out.
    """
    found = installer or find_installer()
    wanted = _requirement(extra)
    python = sys.executable
    words = {
        Installer.PIPX: ("pipx", "install", "--force", wanted),
        Installer.UV_TOOL: ("uv", "tool", "install", "--force", wanted),
        Installer.UV: ("uv", "pip", "install", "--python", python, wanted),
        Installer.PIP: (python, "-m", "pip", "install", wanted),
        Installer.MANAGED: ("pipx", "install", wanted),
    }[found]
    # The brackets mean something to most shells, which quotes prevent.
    return " ".join(
        f'"{word}"' if word == wanted and '"' not in word else quoted([word])
        for word in words
    )


def _requirement(extra: str) -> str:
    """Return guidegen with an extra, from where it was installed."""
    try:
        own = distribution(_PROGRAM)
    except PackageNotFoundError:
        return f"{_PROGRAM}[{extra}]"
    there = {each for each in _extras(own) if _is_complete(own, each)}
    name = f"{_PROGRAM}[{','.join(sorted({*there, extra}))}]"
    noted = json.loads(own.read_text("direct_url.json") or "{}")
    url = noted.get("url", "")
    if not url:
        return name
    if vcs := noted.get("vcs_info"):
        return f"{name} @ {vcs['vcs']}+{url}@{vcs['commit_id']}"
    if url.startswith("file:"):
        path = url2pathname(urlsplit(url).path)
        return name.replace(_PROGRAM, path, 1)
    return f"{name} @ {url}"


def _extras(own: Distribution) -> list[str]:
    return own.metadata.get_all("Provides-Extra") or []


def _is_complete(own: Distribution, extra: str) -> bool:
    """Return whether all libraries of an extra are there."""
    from packaging.requirements import Requirement  # noqa: PLC0415  # seldom needed

    for text in own.requires or ():
        requirement = Requirement(text)
        marker = requirement.marker
        if marker is None or not marker.evaluate({"extra": extra}):
            continue
        if marker.evaluate({"extra": ""}):  # needed by guidegen anyway
            continue
        try:
            distribution(requirement.name)
        except PackageNotFoundError:
            return False
    return True
