"""Whether a built site is still what its inputs would give."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from guidegen.errors import PackError
from guidegen.files import write_atomic
from guidegen.model.document import Edition, State
from guidegen.model.project import Project

STAMP = ".guidegen.json"
"""In the site's root: what it was made from and a digest of each of its files."""

_SOURCES = "sources.json"
"""In the work folder: the packs and the logo of the last build.

So looking whether anything has changed need not read the answers first: if they name
another pack, they have changed.
"""

_NOT_COUNTED = frozenset({STAMP, ".DS_Store", "Thumbs.db", "desktop.ini"})
"""The stamp itself, and what a system's file manager leaves in a folder."""

PICTURES = frozenset({".svg", ".png", ".jpg", ".jpeg"})
"""Files beside the answers that may be the logo."""

_LOCK = "pack.lock"
"""Beside the answers: which texts of the pack the project stays with."""

_ENGINES = ("mkdocs", "typst")
_PACKAGE = Path(__file__).parents[1]


def input_digest(project: Project, named: Iterable[Path]) -> str:
    """Return the SHA-256 of all that a build reads.

    Answers, the company's sections, what the answers name (packs and logo), guidegen
    itself and the versions of what it builds with.
    """
    digest = hashlib.sha256(_program())
    for root, path in _inputs(project, named):
        digest.update(_file_digest(root, path))
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _program() -> bytes:
    """Return the SHA-256 of guidegen itself and of what it builds with."""
    digest = hashlib.sha256()
    for path in _readable(_PACKAGE):
        digest.update(_file_digest(_PACKAGE, path))
    for line in (sys.version, *_engines()):
        digest.update(f"{line}\0".encode())
    return digest.digest()


def _file_digest(root: Path, path: Path) -> bytes:
    name = f"{path.relative_to(root).as_posix()}\0".encode()
    return hashlib.sha256(name + path.read_bytes()).digest()


def last_change(project: Project, named: Iterable[Path]) -> int:
    """Return when what a build reads last changed, in nanoseconds since 1970."""
    return max(path.stat().st_mtime_ns for _, path in _inputs(project, named))


def _inputs(project: Project, named: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    yield project.folder, project.answers
    for path in _records(project):
        yield project.folder, path
    own = (project.sections, project.folder / _LOCK)
    for root in (*own, *named):
        if root.is_file():
            yield root.parent, root
        for path in _readable(root):
            yield root, path


def _records(project: Project) -> list[Path]:
    """Return the records of releases and reviews; they have digests of all the rest."""
    names = ("reviews.json", "*/release.json")
    return [path for name in names for path in sorted(project.releases.glob(name))]


def _readable(root: Path) -> list[Path]:
    return [
        path
        for path in sorted(root.rglob("*"))
        if path.suffix != ".pyc" and path.is_file()
    ]


def sources(project: Project, pack: Path | None) -> tuple[Path, ...]:
    """Return the files and folders that a build of the project reads, or might."""
    named = known_sources(project.work, pack)
    if named is None:
        named = _named_pack(project, pack)
    with suppress(OSError):
        # A logo that is missing may be put there.
        named += tuple(
            path for path in project.folder.iterdir() if path.suffix.lower() in PICTURES
        )
    own = (project.answers, project.sections, project.folder / _LOCK)
    return (*own, *_records(project), *named)


def _named_pack(project: Project, pack: Path | None) -> tuple[Path, ...]:
    """Return the pack's folder, also of one that is too broken to be read."""
    from guidegen.pack import find_pack  # noqa: PLC0415  # reads YAML

    with suppress(OSError, ValueError, PackError):
        text = project.answers.read_text(encoding="utf-8")
        name = re.search(r"""^pack:\s*["']?([^"'#\r\n]+)""", text, re.MULTILINE)
        if pack or name:
            found = pack or (name[1].strip() if name else "")
            return (find_pack(found, beside=project.folder),)
    return ()


def _engines() -> Iterator[str]:
    """Return the installed distributions beside the engines, by name and version.

    Reading the folder's names takes a millisecond; asking `importlib.metadata` a
    hundred.
    """
    for engine in _ENGINES:
        spec = importlib.util.find_spec(engine)
        if spec and spec.origin:
            folder = Path(spec.origin).parents[1]
            yield from sorted(path.name for path in folder.glob("*.dist-info"))


def known_sources(work: Path, pack: Path | None) -> tuple[Path, ...] | None:
    """Return what the answers of the last build named, None if that is not known.

    Args:
        work: The project's `.guidegen` folder.
        pack: The pack that was asked for on the command line, if one was.
    """
    try:
        content = json.loads((work / _SOURCES).read_text(encoding="utf-8"))
        if content["asked"] != (str(pack.resolve()) if pack else None):
            return None
        return tuple(Path(folder) for folder in content["named"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember_sources(work: Path, pack: Path | None, named: Iterable[Path]) -> None:
    """Note the packs and the logo of a build for `known_sources`."""
    content = {
        "asked": str(pack.resolve()) if pack else None,
        "named": [str(path.resolve()) for path in named],
    }
    write_atomic(work / _SOURCES, json.dumps(content).encode())


def write_stamp(
    site: Path, inputs: str, edition: Edition, known: Mapping[str, str] | None = None
) -> None:
    """Write into a complete site what it was made from, and which edition it is.

    Args:
        site: The site.
        inputs: A digest of what it was made from.
        edition: Which edition it is.
        known: SHA-256 of files that need not be read for it, by name.
    """
    content = {
        "inputs": inputs,
        "edition": {"version": edition.version, "state": edition.state.value},
        "files": _digests(site, known or {}),
    }
    text = json.dumps(content, indent=1, sort_keys=True)
    (site / STAMP).write_text(text + "\n", encoding="utf-8")


def is_current(site: Path, inputs: str) -> bool:
    """Return whether the site was made from these inputs and is still whole."""
    stamp = _read(site)
    if not inputs or stamp.get("inputs") != inputs:
        return False
    try:
        return stamp.get("files") == _digests(site, {})
    except OSError:  # another build is putting its site there at this moment
        return False


def built_edition(site: Path, inputs: str | None = None) -> Edition | None:
    """Return version and state of a site that is there, None if it does not say.

    Args:
        site: The site's folder.
        inputs: What it must have been made from; None if that does not matter.
    """
    stamp = _read(site)
    said = stamp.get("edition")
    if not isinstance(said, dict) or (inputs and inputs != stamp.get("inputs")):
        return None
    try:
        return Edition(version=str(said["version"]), state=State(said["state"]))
    except (KeyError, ValueError):
        return None


def foreign_file(site: Path) -> Path | None:
    """Return something at the site's place that guidegen did not make, if there is.

    What a build would take away must be its own.
    """
    if site.is_symlink() or (site.exists() and not site.is_dir()):
        return site
    ours = _read(site).get("files")
    if not isinstance(ours, dict):
        if (site / STAMP).exists():
            # A stamp that cannot be read is ours too: a power failure broke it.
            return None
        ours = {}
    return next((path for name, path in _files(site) if name not in ours), None)


def _read(site: Path) -> dict[str, object]:
    try:
        content = json.loads((site / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _digests(site: Path, known: Mapping[str, str]) -> dict[str, str]:
    return {
        name: known.get(name) or hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in _files(site)
    }


def _files(site: Path) -> list[tuple[str, Path]]:
    """Return the site's files by name, without the stamp.

    Old versions make them many: `Path.rglob` would need three times as long.
    """
    found = []
    for folder, _, names in os.walk(site):
        below = Path(folder).relative_to(site).as_posix()
        start = "" if below == "." else f"{below}/"
        found += [
            (f"{start}{name}", Path(folder, name))
            for name in names
            if name not in _NOT_COUNTED
        ]
    return sorted(found)
