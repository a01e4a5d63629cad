"""The company's own texts in `sections/`, what they came from, and open proposals."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from guidegen.errors import PackError
from guidegen.files import explained

SECTIONS = "sections"
BASES = ".base"
"""In `sections/`: the pack's texts that the company's own ones came from."""

PROPOSAL = ".proposal.md"
"""How a file ends that shows both versions of a section after a conflict."""

_PARTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnText:
    """A text of the company's own: `sections/<variant>/<section>.md`."""

    folder: Path
    """The project's."""
    variant: str
    section: str

    @property
    def name(self) -> str:
        """Its path from the project's folder."""
        return f"{SECTIONS}/{self.variant}/{self.section}.md"

    @property
    def path(self) -> Path:
        """The file that the company edits."""
        return self.folder / self.name

    @property
    def base_name(self) -> str:
        """The path of the pack's text that it came from."""
        return f"{SECTIONS}/{BASES}/{self.variant}/{self.section}.md"

    @property
    def proposal_name(self) -> str:
        """The path of what a conflict leaves beside it."""
        return f"{SECTIONS}/{self.variant}/{self.section}{PROPOSAL}"

    def base(self) -> str | None:
        """Return the pack's text that it came from, if that was remembered."""
        path = self.folder / self.base_name
        return read_section(path)[0] if path.is_file() else None


def own_texts(folder: Path) -> tuple[OwnText, ...]:
    """Return a project's own texts, whether a page takes them or not."""
    paths = sorted((folder / SECTIONS).glob("*/*.md"))
    names = [path.relative_to(folder).as_posix() for path in paths]
    return tuple(
        OwnText(
            folder=folder,
            variant=PurePosixPath(name).parent.name,
            section=PurePosixPath(name).stem,
        )
        for name in names
        if is_section(name)
    )


def is_section(name: str) -> bool:
    """Return whether a path from the project's folder is that of an own text."""
    parts = PurePosixPath(name).parts
    return (
        len(parts) == _PARTS
        and parts[0] == SECTIONS
        and not parts[1].startswith(".")
        and name.endswith(".md")
        and not name.endswith(PROPOSAL)
    )


def open_conflicts(folder: Path) -> tuple[Path, ...]:
    """Return the proposals that nobody has decided about: while there are, no release.

    Args:
        folder: The project's folder.
    """
    return tuple(sorted((folder / SECTIONS).glob(f"*/*{PROPOSAL}")))


def own_name(proposal: Path) -> str:
    """Return the path from the project of the text that a proposal is for."""
    variant, name = proposal.parts[-2:]
    return f"{SECTIONS}/{variant}/{name.removesuffix(PROPOSAL)}.md"


def read_section(path: Path) -> tuple[str, str]:
    """Return a section's text with plain ends of lines, and how its lines end.

    Raises:
        PackError: It is not UTF-8.
        FilesError: It cannot be read.
    """
    with explained(path):
        content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PackError("error-section-encoding", path=path) from error
    newline = "\r\n" if "\r\n" in text else "\n"
    return text.replace("\r\n", "\n"), newline
