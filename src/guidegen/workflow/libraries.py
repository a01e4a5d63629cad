"""The libraries that a platform installs: chosen by pip, each with its digests.

pip chooses for the oldest Python, then looks up the same versions for the others. It
judges conditions such as `sys_platform == "linux"` by the computer it runs on, so they
are judged anew here for the platform's.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from guidegen.errors import WorkflowError
from guidegen.process import run_program
from guidegen.value import Value

PYTHONS = ("3.11", "3.12", "3.13")
"""The Pythons that the lock file is for; the oldest first."""
MACHINES = ("x86_64", "aarch64")

_TIMEOUT = 900.0
_ROUNDS = 5
"""How often libraries may turn out to need more that pip left out."""


class Library(Value):
    """A library in one version."""

    name: str
    version: str
    digests: tuple[str, ...]
    """The SHA-256 of each file that a platform may install."""


class Target(Value):
    """What a platform's machines run, as far as it decides what is installed."""

    python: str
    machine: str

    @property
    def conditions(self) -> Mapping[str, str]:
        """The values that conditions of requirements ask for."""
        return {
            "python_version": self.python,
            "python_full_version": f"{self.python}.0",
            "implementation_version": f"{self.python}.0",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "platform_machine": self.machine,
            "platform_system": "Linux",
            "platform_release": "",
            "platform_version": "",
            "sys_platform": "linux",
            "os_name": "posix",
        }

    @property
    def options(self) -> tuple[str, ...]:
        """What tells pip to choose for these machines instead of this one."""
        # What the images and runners of the files have at least: Debian 12's glibc.
        kinds = ("manylinux_2_28", "manylinux_2_17", "manylinux2014", "linux")
        platforms = (f"--platform={kind}_{self.machine}" for kind in kinds)
        return (*platforms, f"--python-version={self.python}", "--implementation=cp")


TARGETS = tuple(
    Target(python=python, machine=machine) for python in PYTHONS for machine in MACHINES
)


def choose_libraries(
    requirements: Sequence[str], targets: Sequence[Target] = TARGETS
) -> tuple[Library, ...]:
    """Return the requirements and all they need, in the newest versions; uses the net.

    Args:
        requirements: As pip takes them; each may be a path or a URL.
        targets: The machines; versions are chosen for the first.

    Raises:
        WorkflowError: pip finds no set of versions that fits.
        ProcessError: It takes too long.
    """
    with tempfile.TemporaryDirectory() as name:
        pip = _Pip(Path(name))
        wanted = list(requirements)
        asked: tuple[str, ...] = ()
        missing: set[str] = set()
        for _ in range(_ROUNDS):
            first = pip.report(targets[0], wanted)
            # Not those that were added because of an earlier round.
            asked = asked or tuple(_name(i) for i in first if i["requested"])
            walks = [_walk(first, asked, target) for target in targets]
            missing = set().union(*(lacking for _, lacking in walks))
            if not missing:
                needed = set().union(*(found for found, _ in walks))
                return _merged([first, *_others(pip, first, targets[1:])], needed)
            wanted = [*wanted, *sorted(missing)]
    raise WorkflowError("error-ci-lock", detail=", ".join(sorted(missing)))


class _Pip:
    """pip, in an environment of its own if this one has none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # -I: nothing that lies in a folder somebody works in is run as pip.
        self._python = sys.executable
        if find_spec("pip") is None:
            own = folder / "pip"
            done = run_program([self._python, "-I", "-m", "venv", str(own)])
            if done.code:
                raise WorkflowError("error-ci-lock", detail=_last(done.errors))
            scripts = "Scripts" if sys.platform == "win32" else "bin"
            self._python = str(own / scripts / "python")

    def report(
        self, target: Target, arguments: Iterable[str]
    ) -> Sequence[Mapping[str, Any]]:
        """Return what pip would install."""
        report = self._folder / f"{target.python}-{target.machine}.json"
        command = (
            *(self._python, "-I", "-m", "pip", "install", "--dry-run", "--quiet"),
            # Files that pip would have to run something of to build them are left out.
            *("--ignore-installed", "--only-binary=:all:", "--no-input"),
            f"--target={self._folder / 'nothing'}",
            f"--report={report}",
            *target.options,
            *arguments,
        )
        done = run_program(command, folder=self._folder, timeout=_TIMEOUT)
        if done.code:
            raise WorkflowError("error-ci-lock", detail=_last(done.errors))
        chosen: Sequence[Mapping[str, Any]]
        chosen = json.loads(report.read_text("utf-8"))["install"]
        return chosen


def _last(errors: str) -> str:
    lines = [line for line in errors.splitlines() if line.startswith("ERROR: ")]
    return (lines or errors.splitlines() or [""])[-1].removeprefix("ERROR: ")


def _others(
    pip: _Pip, first: Sequence[Mapping[str, Any]], targets: Sequence[Target]
) -> list[Sequence[Mapping[str, Any]]]:
    """Look up the files for other machines of what has a file for each of them."""
    pins = [
        f"{_name(item)}=={item['metadata']['version']}"
        for item in first
        if _has_digest(item)
        and not item["download_info"]["url"].endswith("py3-none-any.whl")
    ]
    if not pins:
        return []
    with ThreadPoolExecutor(len(targets) or 1) as pool:
        return list(pool.map(lambda t: pip.report(t, ("--no-deps", *pins)), targets))


def _name(item: Mapping[str, Any]) -> str:
    """Return a library's name as indexes compare names."""
    from packaging.utils import canonicalize_name  # noqa: PLC0415

    return str(canonicalize_name(item["metadata"]["name"]))


def _has_digest(item: Mapping[str, Any]) -> bool:
    """Return whether an item comes from an index, where others can get it, too."""
    return not item.get("is_direct")


def _walk(
    report: Sequence[Mapping[str, Any]], asked: Sequence[str], target: Target
) -> tuple[set[str], set[str]]:
    """Return the names that a machine needs, and what pip left out of them."""
    # Only this verb needs them.
    from packaging.requirements import Requirement  # noqa: PLC0415
    from packaging.utils import canonicalize_name  # noqa: PLC0415

    items = {_name(item): item for item in report}
    waiting = [
        (name, extra)
        for name in asked
        for extra in ("", *items[name].get("requested_extras", ()))
    ]
    seen: set[tuple[str, str]] = set()
    missing: set[str] = set()
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        name, extra = here
        conditions = {**target.conditions, "extra": extra}
        for text in items[name]["metadata"].get("requires_dist", ()):
            requirement = Requirement(text)
            if requirement.marker and not requirement.marker.evaluate(conditions):
                continue
            needed = str(canonicalize_name(requirement.name))
            if needed not in items:
                requirement.marker = None
                missing.add(str(requirement))
                continue
            waiting += [(needed, each) for each in ("", *requirement.extras)]
    return {name for name, _ in seen}, missing


def _merged(
    reports: Sequence[Sequence[Mapping[str, Any]]], needed: set[str]
) -> tuple[Library, ...]:
    digests: dict[tuple[str, str], set[str]] = {}
    for item in (item for report in reports for item in report):
        name = _name(item)
        if name in needed and _has_digest(item):
            digest = item["download_info"]["archive_info"]["hashes"]["sha256"]
            key = (name, item["metadata"]["version"])
            digests.setdefault(key, set()).add(digest)
    return tuple(
        Library(name=name, version=version, digests=tuple(sorted(found)))
        for (name, version), found in sorted(digests.items())
    )
