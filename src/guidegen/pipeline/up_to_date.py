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
from guidegen.files import translate_os_errors, write_atomic
from guidegen.files.digest import file_sha256, sha256
from guidegen.files.links import refuse_links_to, walk_plain_files
from guidegen.files.listing import is_litter, walk_files
from guidegen.model.document import Edition, State
from guidegen.model.json_records import parsed_json, read_record
from guidegen.model.project import Project
from guidegen.pack.find import PACK, builtin_packs, find_pack
from guidegen.pipeline.built_here import is_built_here, remember_built
from guidegen.value import Value

BUILD_RECORD = ".guidegen.json"
"""In the site's root: what it was made from and a digest of each of its files."""

PICTURES = frozenset({".svg", ".png", ".jpg", ".jpeg"})
"""Files beside the answers that may be the logo."""

_ENGINES = ("mkdocs", "typst")
_PACKAGE = Path(__file__).parents[1]


class Inputs(Value):
    """What a build reads."""

    named: tuple[Path, ...]
    """What the answers name beside themselves: packs and the logo."""
    digest: str
    """SHA-256 of all that is read; empty if something changed meanwhile."""


class BuildRecord(Value):
    """What a site says of its own making; empty if it says nothing that is legible."""

    inputs: str = ""
    """The digest of what it was made from."""
    edition: Edition | None = None
    files: Mapping[str, str] | None = None
    """SHA-256 of each of its files."""
    digest: str = ""
    """SHA-256 of the record itself."""

    def is_current(self, site: Path, inputs: str) -> bool:
        """Return whether it was made here, from these inputs, and is still whole."""
        if not inputs or inputs != self.inputs:
            return False
        try:
            # Not by times: a copied project is current, and damage is to be noticed.
            is_whole = self.files == _digests(site, {})
        except OSError:  # another build is putting its site there at this moment
            return False
        # Last, since most builds need not ask.
        return is_whole and is_built_here(self.digest)


def known_inputs(project: Project, pack: Path | None) -> Inputs | None:
    """Return what a build would read, without reading the answers; None if unknown.

    Args:
        project: The project.
        pack: The pack that was asked for on the command line, if one was.
    """
    named = known_sources(project, pack)
    if named is None:
        return None
    with translate_os_errors(project.folder):
        return Inputs(named=named, digest=input_digest(project, named))


def read_inputs(
    project: Project, named: tuple[Path, ...], *, since: int, known: Inputs | None
) -> Inputs:
    """Return what has been read by now.

    What changes while it is read must not count as built. So the digest is one from
    before, or it is left empty: the next build then does not take this one for current.

    Args:
        project: The project.
        named: What the answers name.
        since: When reading began, in nanoseconds since 1970.
        known: What was known before, under the same lock.
    """
    if known and known.named == named:
        return known
    with translate_os_errors(project.folder):
        digest = input_digest(project, named)
        unmoved = _last_change(project, named) < since
    # Times are only compared here, within one run; across runs only digests count.
    return Inputs(named=named, digest=digest if unmoved else "")


def input_digest(project: Project, named: Iterable[Path]) -> str:
    """Return the SHA-256 of all that a build reads.

    Answers, the company's sections, what the answers name (packs and logo), guidegen
    itself and the versions of what it builds with.
    """
    # Another guidegen or Typst may give other bytes from the same answers.
    digest = hashlib.sha256(_program())
    for name, path in _inputs(project, named):
        digest.update(_line(name, path))
    return digest.hexdigest()


# A preview builds again and again; the program stays the same while it runs.
@lru_cache(maxsize=1)
def _program() -> bytes:
    """Return the SHA-256 of guidegen itself and of what it builds with."""
    digest = hashlib.sha256()
    # An installation may consist of links: some installers make it so.
    for name, entry in sorted(walk_files(_PACKAGE), key=lambda found: found[0]):
        if not _is_compiled(name) and entry.is_file():
            digest.update(_line(name, entry.path))
    for line in (sys.version, *_engines()):
        digest.update(f"{line}\0".encode())
    return digest.digest()


def _line(name: str, path: str) -> bytes:
    # No file name holds a NUL, so that no two lists of files have the same bytes.
    # Names of files need not be valid UTF-8.
    return f"{name}\0{file_sha256(path)}\0".encode(errors="surrogateescape")


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


def _last_change(project: Project, named: Iterable[Path]) -> int:
    """Return when what a build reads last changed, in nanoseconds since 1970."""
    paths = (path for _, path in _inputs(project, named))
    found = (os.stat(path) for path in paths)  # noqa: PTH116  # quicker
    # A file that is copied there may have an older time of its own.
    return max(max(each.st_mtime_ns, each.st_ctime_ns) for each in found)


def _inputs(project: Project, named: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Yield the files that a build reads, by their names where they lie."""
    for path in (project.answers, *_release_records(project)):
        # Relative names: a project that was moved or copied is still current.
        yield path.relative_to(project.folder).as_posix(), str(path)
    folders = (project.sections, project.training)
    for root in (*folders, project.pack_lock, project.inside_items, *named):
        if root.is_file():
            yield root.name, str(root)
        elif root.is_dir():
            yield from _readable(root)


def _release_records(project: Project) -> list[Path]:
    """Return the records of releases and reviews; they have digests of all the rest."""
    names = ("reviews.json", "withdrawals.json", "*/release.json")
    return [path for name in names for path in sorted(project.releases.glob(name))]


def _readable(root: Path) -> list[tuple[str, str]]:
    walk = walk_files if _is_installed(root) else walk_plain_files
    return sorted(
        (name, entry.path)
        for name, entry in walk(root)
        if not _is_compiled(name) and entry.is_file()
    )


def _is_compiled(name: str) -> bool:
    # Python writes these by itself, when it imports what they are made from.
    return name.endswith(".pyc")


def _is_installed(path: Path) -> bool:
    return path.is_relative_to(builtin_packs().resolve())


def sources(project: Project, pack: Path | None) -> tuple[Path, ...]:
    """Return the files and folders that a build of the project reads, or might."""
    named = known_sources(project, pack)
    if named is None:
        named = _named_pack(project, pack)
    with suppress(OSError):
        # A logo that is missing may be put there.
        named += tuple(
            path
            for path in project.folder.iterdir()
            if path.suffix.lower() in PICTURES and not is_litter(path.name)
        )
    own = (
        *(project.answers, project.sections, project.training),
        *(project.pack_lock, project.inside_items),
    )
    return (*own, *_release_records(project), *named)


def _named_pack(project: Project, pack: Path | None) -> tuple[Path, ...]:
    """Return the pack's folder, also of one that is too broken to be read."""
    with suppress(OSError, ValueError, PackError):
        text = project.answers.read_text(encoding="utf-8")
        # By a pattern: the preview watches answers that are no YAML, too.
        name = re.search(r"""^pack:\s*["']?([^"'#\r\n]+)""", text, re.MULTILINE)
        if pack or name:
            found = pack or (name[1].strip() if name else "")
            return (find_pack(found, beside=project.folder),)
    return ()


def known_sources(project: Project, pack: Path | None) -> tuple[Path, ...] | None:
    """Return what the answers of the last build named, None if that is not known.

    So looking whether anything has changed need not read the answers first: if they
    name another pack, they have changed.
    """
    try:
        content = parsed_json(read_record(project.sources))
        # The note was made with another `--pack`, or with none.
        if content["asked"] != (str(pack.resolve()) if pack else None):
            return None
        named = tuple(Path(folder) for folder in content["named"])
        # The note may come from a stranger, and what it names is read.
        is_ours = all(_can_be_named(path, project, pack) for path in named)
    # Not knowing only costs time: the answers are read then.
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return named if is_ours else None


def _can_be_named(path: Path, project: Project, pack: Path | None) -> bool:
    """Return whether answers could name this: a pack, or a file in the project."""
    if not path.is_absolute() or ".." in path.parts:
        return False
    folder = project.folder.resolve()
    if path.is_relative_to(folder):
        refuse_links_to(path, folder)
        return True
    # A pack may lie outside the project, and a folder with this file is one.
    return _is_installed(path) or path == pack or (path / PACK).is_file()


def was_open(project: Project) -> bool:
    """Return whether the last build found anything open about the company's texts."""
    try:
        return bool(parsed_json(read_record(project.sources))["open"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def have_answers_changed(project: Project) -> bool:
    """Return whether the answers are surely not those of the last build.

    Then nothing else need be looked at to know that its site is not current.
    """
    try:
        before = parsed_json(read_record(project.sources))["answers"]
        return bool(before != file_sha256(project.answers))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def remember_sources(
    project: Project,
    pack: Path | None,
    named: Iterable[Path],
    *,
    is_open: bool = False,
) -> None:
    """Note the answers, the packs and the logo of a build for the next one.

    Args:
        project: The project.
        pack: The pack that was asked for on the command line, if one was.
        named: What the answers name.
        is_open: Whether anything is open about the company's texts, for `was_open`.
    """
    try:
        answers = file_sha256(project.answers)
    except OSError:  # somebody puts another file there at this moment
        answers = ""
    content = {
        "open": is_open,
        "answers": answers,
        "asked": str(pack.resolve()) if pack else None,
        "named": [str(path.resolve()) for path in named],
    }
    text = json.dumps(content)
    # Whoever cannot read it builds.
    within = project.work.parent
    write_atomic(project.sources, text.encode(), within=within, lasting=False)


def write_build_record(
    site: Path, inputs: str, edition: Edition, known: Mapping[str, str]
) -> None:
    """Write into a complete site what it was made from, and which edition it is.

    Args:
        site: The site.
        inputs: The digest of what it was made from.
        edition: Which edition it is.
        known: SHA-256 of files that need not be read for it, by name.
    """
    content = {
        "inputs": inputs,
        "edition": {"version": edition.version, "state": edition.state.value},
        "files": _digests(site, known),
    }
    text = json.dumps(content, indent=1, sort_keys=True).encode() + b"\n"
    (site / BUILD_RECORD).write_bytes(text)
    remember_built(sha256(text))


def read_build_record(site: Path) -> BuildRecord:
    """Return what a site says of its own making."""
    try:
        text = read_record(site / BUILD_RECORD)
        content = parsed_json(text)
    except (OSError, ValueError):
        text, content = b"", {}
    if not isinstance(content, dict):
        return BuildRecord()
    inputs, files = content.get("inputs"), content.get("files")
    edition = None
    # Anybody may have edited the record; what it does not say is built again.
    with suppress(KeyError, ValueError, TypeError):
        version, state = content["edition"]["version"], content["edition"]["state"]
        edition = Edition(version=str(version), state=State(state))
    return BuildRecord(
        inputs=inputs if isinstance(inputs, str) else "",
        edition=edition,
        files=files if isinstance(files, dict) else None,
        digest=sha256(text),
    )


def unmanaged_file(site: Path) -> Path | None:
    """Return a path at or in the site that guidegen did not make, if there is one.

    What a build would take away must be its own.
    """
    # A link may lead to a folder that has nothing to do with guidegen.
    if site.is_symlink() or (site.exists() and not site.is_dir()):
        return site
    ours = read_build_record(site).files
    if ours is None:
        if (site / BUILD_RECORD).exists():
            # A record that cannot be read is ours too: a power failure broke it.
            return None
        ours = {}
    return next(
        (Path(path) for name, path in _site_files(site) if name not in ours), None
    )


def _digests(site: Path, known: Mapping[str, str]) -> dict[str, str]:
    return {
        name: known.get(name) or file_sha256(path) for name, path in _site_files(site)
    }


def _site_files(site: Path) -> list[tuple[str, str]]:
    """Return the site's files by name, without the record and without litter.

    Raises:
        FilesError: There is a link among them.
    """
    if not site.is_dir():
        return []
    return sorted(
        (name, entry.path)
        for name, entry in walk_plain_files(site)
        if entry.name != BUILD_RECORD
    )
