"""The company's own texts in `sections/`, what they are based on, and proposals."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from guidegen.errors import FilesError, PackError
from guidegen.files import translate_os_errors, write_atomic
from guidegen.files.listing import is_litter
from guidegen.model.project import PROPOSAL_SUFFIX, SECTIONS, Project
from guidegen.value import Value

_PARTS = 3


class OwnText(Value):
    """A section in the company's own words: `sections/<variant>/<section>.md`."""

    project: Project
    variant: str
    section: str

    @property
    def path(self) -> Path:
        """The file that the company edits."""
        return self.project.section(self.variant, self.section)

    @property
    def name(self) -> str:
        """The path of that file within the project."""
        return self._name(self.path)

    @property
    def base_name(self) -> str:
        """The path of the pack's text that it is based on."""
        return self._name(self.project.base(self.variant, self.section))

    @property
    def proposal_name(self) -> str:
        """The path of the proposal that a conflict leaves beside it."""
        return self._name(self.project.proposal(self.variant, self.section))

    def _name(self, path: Path) -> str:
        return path.relative_to(self.project.folder).as_posix()

    def base(self) -> str | None:
        """Return the pack's text that it is based on, if that was recorded."""
        path = self.project.base(self.variant, self.section)
        return read_section(path)[0] if path.is_file() else None


def own_texts(project: Project) -> tuple[OwnText, ...]:
    """Return a project's own texts, whether a page uses them or not."""
    return tuple(
        OwnText(project=project, variant=path.parent.name, section=path.stem)
        for path in sorted(project.sections.glob("*/*.md"))
        if is_section(path.relative_to(project.folder).as_posix())
    )


def is_section(name: str) -> bool:
    """Return whether a path within the project is that of an own text."""
    parts = PurePosixPath(name).parts
    return (
        len(parts) == _PARTS
        and parts[0] == SECTIONS
        # The bases lie in a hidden folder among the variants.
        and not parts[1].startswith(".")
        and name.endswith(".md")
        and not name.endswith(PROPOSAL_SUFFIX)
        and not is_litter(name)
    )


def open_conflicts(project: Project) -> tuple[Path, ...]:
    """Return the proposals that nobody has decided on; they block a release."""
    found = sorted(project.sections.glob(f"*/*{PROPOSAL_SUFFIX}"))
    return tuple(path for path in found if not is_litter(path.name))


def own_name(proposal: Path) -> str:
    """Return the path, within the project, of the text that a proposal is for."""
    variant, name = proposal.parts[-2:]
    return f"{SECTIONS}/{variant}/{name.removesuffix(PROPOSAL_SUFFIX)}.md"


def customize_texts(texts: Mapping[OwnText, str]) -> tuple[Path, ...]:
    """Copy texts of the pack as the company's own, and record what they are based on.

    Args:
        texts: The pack's text for each new text of the company's own.

    Returns:
        The files to edit.

    Raises:
        FilesError: One of them exists already; nothing is written.
    """
    for own in texts:
        if own.path.exists():
            raise FilesError("error-customize-own", path=own.path)
    for own, text in texts.items():
        # The base first: without the text it means nothing, and is written again.
        base = own.project.base(own.variant, own.section)
        for path in (base, own.path):
            write_atomic(path, text.encode(), within=own.project.folder)
    return tuple(own.path for own in texts)


def move_text(own: OwnText, to: OwnText) -> None:
    """Let a text, and the pack's text that it is based on, serve another variant.

    Raises:
        FilesError: The system refuses, or the other variant has a text already.
    """
    if to.path.exists():
        raise FilesError("error-customize-own", path=to.path)
    with translate_os_errors(own.path):
        write_atomic(to.path, own.path.read_bytes(), within=own.project.folder)
        own.path.unlink()


def read_section(path: Path) -> tuple[str, str]:
    """Return the text of a section with plain line ends, and the file's line end.

    Raises:
        PackError: It is not UTF-8.
        FilesError: It cannot be read.
    """
    with translate_os_errors(path):
        content = path.read_bytes()
    try:
        # Editors on Windows put a byte order mark at the start.
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PackError("error-section-encoding", path=path) from error
    # The merge compares lines; with other line ends, all of them would differ.
    newline = "\r\n" if "\r\n" in text else "\n"
    return text.replace("\r\n", "\n"), newline
