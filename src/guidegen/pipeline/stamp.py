"""Whether a built site is still what its inputs would give."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidegen.pipeline.project import Project

STAMP = ".guidegen.json"
"""In the site's root: what it was made from and a digest of each of its files."""

_PACKS = "packs.json"
"""In the work folder: the packs of the last build.

So looking whether anything has changed need not read the answers first: if they name
another pack, they have changed.
"""

PICTURES = frozenset({".svg", ".png", ".jpg", ".jpeg"})
"""Files beside the answers that may be the logo."""

_ENGINES = ("mkdocs", "typst")


def input_digest(project: Project, packs: Iterable[Path]) -> str:
    """Return the SHA-256 of all that a build reads.

    Answers, the company's sections and other files beside the answers that they may
    name (logo), the packs, guidegen itself and the versions of what it builds with.
    """
    digest = hashlib.sha256()
    for root, path in _inputs(project, packs):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for line in (sys.version, *_engines()):
        digest.update(f"{line}\0".encode())
    return digest.hexdigest()


def _inputs(project: Project, packs: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    yield project.folder, project.answers
    for path in sorted(project.folder.iterdir()):
        if path.is_file() and path.suffix.lower() in PICTURES:
            yield project.folder, path
    for root in (project.folder / "sections", *packs, Path(__file__).parents[1]):
        for path in sorted(root.rglob("*")):
            if path.suffix != ".pyc" and path.is_file():
                yield root, path


def sources(project: Project, pack: Path | None) -> tuple[Path, ...]:
    """Return the files and folders that a build of the project reads."""
    packs = known_packs(project.work, pack) or ()
    pictures = (
        path for path in project.folder.iterdir() if path.suffix.lower() in PICTURES
    )
    return (project.answers, project.folder / "sections", *pictures, *packs)


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


def known_packs(work: Path, pack: Path | None) -> tuple[Path, ...] | None:
    """Return the folders of the last build's packs, None if that is not known.

    Args:
        work: The project's `.guidegen` folder.
        pack: The pack that was asked for on the command line, if one was.
    """
    try:
        content = json.loads((work / _PACKS).read_text(encoding="utf-8"))
        if content["asked"] != (str(pack.resolve()) if pack else None):
            return None
        return tuple(Path(folder) for folder in content["folders"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember_packs(work: Path, pack: Path | None, folders: Iterable[Path]) -> None:
    """Note the packs of a build for `known_packs`."""
    content = {
        "asked": str(pack.resolve()) if pack else None,
        "folders": [str(folder.resolve()) for folder in folders],
    }
    write_atomic(work / _PACKS, json.dumps(content).encode())


def write_stamp(site: Path, inputs: str) -> None:
    """Write into a complete site what it was made from."""
    content = {"inputs": inputs, "files": _digests(site)}
    text = json.dumps(content, indent=1, sort_keys=True)
    (site / STAMP).write_text(text + "\n", encoding="utf-8")


def is_current(site: Path, inputs: str) -> bool:
    """Return whether the site was made from these inputs and is still whole."""
    stamp = _read(site)
    return stamp.get("inputs") == inputs != "" and stamp.get("files") == _digests(site)


def is_ours(site: Path) -> bool:
    """Return whether guidegen made the site: a foreign folder is never replaced."""
    return not site.exists() or not any(site.iterdir()) or bool(_read(site))


def _read(site: Path) -> dict[str, object]:
    try:
        content = json.loads((site / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _digests(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file() and path.name != STAMP
    }
