"""Where things are in a user's project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidegen.errors import AnswersError

if TYPE_CHECKING:
    from pathlib import Path

ANSWERS = "guideline.yml"
"""The one file that a user edits."""


@dataclass(frozen=True, slots=True)
class Project:
    """A user's project: the folder that `guideline.yml` lies in."""

    folder: Path

    @property
    def answers(self) -> Path:
        """The answers."""
        return self.folder / ANSWERS

    @property
    def site(self) -> Path:
        """The built site."""
        return self.folder / "site"

    @property
    def sections(self) -> Path:
        """The company's own texts."""
        return self.folder / "sections"

    @property
    def releases(self) -> Path:
        """What was released; the folder may be missing."""
        return self.folder / "releases"

    @property
    def work(self) -> Path:
        """Cache, lock and interview journal; safe to delete."""
        return self.folder / ".guidegen"

    def keeps(self, path: Path) -> bool:
        """Return whether a path is, or is in, a folder that has a use of its own."""
        own = (self.site, self.sections, self.releases, self.work)
        place = path.resolve()
        return any(place.is_relative_to(folder.resolve()) for folder in own)


def find_project(folder: Path) -> Project:
    """Return the project in a folder.

    Raises:
        AnswersError: There is no `guideline.yml` in it.
    """
    project = Project(folder)
    if not project.answers.is_file():
        raise AnswersError(
            f"there is no {ANSWERS} here",
            path=folder,
            hint="run `guidegen init` to make one, or name the folder that has it",
        )
    return project
