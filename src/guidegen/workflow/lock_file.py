"""The lock file beside `guideline.yml`: what a platform installs, each with its digest.

It is made once, by a person, and committed: a run installs what was chosen then.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from guidegen import __version__
from guidegen.errors import WorkflowError
from guidegen.files.digest import sha256
from guidegen.workflow.libraries import choose_libraries
from guidegen.workflow.source import Source, SourceKind, read_source
from guidegen.workflow.written_file import (
    FileState,
    WrittenFile,
    is_edited,
    read_text,
    with_header,
)

LOCK_NAME = "ci-requirements.txt"
"""Its name; it lies beside `guideline.yml`, whose changes the platform watches."""

BUILDER = "hatchling>=1.27,<2"
"""What builds guidegen from its source, as in `pyproject.toml`."""

_FACTS = re.compile(r"# guidegen (\S+) from (.+); extras: ([a-z0-9,]*)\n")
_HELP = """\
# What the platform installs; `pip install --require-hashes` takes no other file.
# For Linux on x86-64 and ARM with Python 3.11 to 3.13. To choose newer versions,
# run `guidegen ci` again with --install.
"""


def lock_path(folder: Path) -> Path:
    """Return where the lock file of a project belongs."""
    return folder.resolve() / LOCK_NAME


def locked_source(folder: Path, top: Path) -> Source | None:
    """Return the source that a project's lock file was made for.

    None if there is no such file, or it is for another version of guidegen from an
    index, where this version can be had just as well.

    Raises:
        WorkflowError: It is for another version, which a person has to replace.
        FilesError: The file cannot be read.
    """
    facts = _facts(folder)
    if facts is None:
        return None
    version, text, _ = facts
    if version == __version__:
        return read_source(text, top)
    if text == f"guidegen=={version}":
        return read_source(f"guidegen=={__version__}", top)
    raise WorkflowError("error-ci-install-version", found=version, version=__version__)


def _read(folder: Path) -> str | None:
    path = lock_path(folder)
    return read_text(path, path.parent)


def _facts(folder: Path) -> tuple[str, str, str] | None:
    text = _read(folder)
    match = _FACTS.search(text) if text else None
    return (match[1], match[2], match[3]) if match else None


def lock_state(folder: Path, source: Source, extras: Sequence[str]) -> FileState:
    """Return how a project's lock file stands to what it should be for; no network.

    Raises:
        FilesError: The file cannot be read.
    """
    text = _read(folder)
    if text is None:
        return FileState.MISSING
    edited = is_edited(text)
    if edited is None:
        return FileState.UNMANAGED
    # Which versions pip would choose today does not matter: the file keeps them.
    same = _facts(folder) == (__version__, source.text, ",".join(sorted(extras)))
    if edited:
        return FileState.EDITED if same else FileState.EDITED_OUTDATED
    return FileState.CURRENT if same else FileState.OUTDATED


def make_lock(
    folder: Path,
    source: Source,
    extras: Sequence[str],
    top: Path,
) -> WrittenFile:
    """Return the lock file for a project; pip chooses versions, which uses the net.

    Args:
        folder: The project.
        source: Where guidegen comes from.
        extras: Its extras that publishing needs.
        top: The repository's top folder.

    Raises:
        WorkflowError: pip finds no set of versions that fits.
        ProcessError: It takes too long, or git is missing for a source that needs it.
    """
    wanted = f"[{','.join(sorted(extras))}]" if extras else ""
    asked = {
        SourceKind.INDEX: source.text.replace("==", f"{wanted}=="),
        SourceKind.WHEEL: f"{top / source.text}{wanted}",
        SourceKind.GIT: f"guidegen{wanted} @ {source.text}",
    }[source.kind]
    builder = (BUILDER,) if source.kind is SourceKind.GIT else ()
    libraries = choose_libraries((asked, *builder))
    lines = [_line(f"{each.name}=={each.version}", each.digests) for each in libraries]
    if source.kind is SourceKind.WHEEL:
        digest = sha256((top / source.text).read_bytes())
        # pip takes a path as seen from where it runs, which is the top folder.
        lines.insert(0, _line(f"./{source.text}", (digest,)))
    facts = f"# guidegen {__version__} from {source.text}"
    facts += f"; extras: {','.join(sorted(extras))}\n"
    text = with_header("guidegen ci", f"{facts}{_HELP}{''.join(lines)}")
    path = lock_path(folder)
    return WrittenFile(path=path, top=path.parent, text=text)


def _line(what: str, digests: Sequence[str]) -> str:
    return "".join(
        [what, *(f" \\\n    --hash=sha256:{each}" for each in digests), "\n"]
    )
