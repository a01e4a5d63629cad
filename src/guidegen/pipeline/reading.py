"""Reads answers and pack, and knows whether they have changed since."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from guidegen.files import explained
from guidegen.model.answers import Answers
from guidegen.model.pack import Pack
from guidegen.model.project import Project
from guidegen.pipeline.stamp import input_digest, known_sources, last_change


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the answers last named, and the digest of what a build of them reads."""

    named: tuple[Path, ...]
    inputs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Answers and pack, and the digest of all that a build of them reads.

    It is empty if something changed meanwhile.
    """

    answers: Answers
    pack: Pack
    inputs: str

    @property
    def named(self) -> tuple[Path, ...]:
        """What the answers name beside themselves."""
        logo = self.answers.brand.logo
        named = (*self.pack.folders, logo) if logo else self.pack.folders
        return tuple(path.resolve() for path in named)


def look(project: Project, pack: Path | None) -> Seen | None:
    """Return what a build would read, without reading the answers; None if unknown."""
    named = known_sources(project.work, pack)
    if named is None:
        return None
    with explained(project.folder):
        return Seen(named=named, inputs=input_digest(project, named))


def read(project: Project, pack: Path | None, seen: Seen | None) -> Reading:
    """Read answers and pack.

    What changes while it is read must not count as built. So the digest is one from
    before, or it is left empty: the next build then does not take this one for current.

    Args:
        project: The project.
        pack: A pack's folder that wins over the one the answers name.
        seen: What was seen before, under the same lock.

    Raises:
        GuidegenError: The answers or the pack are wrong.
    """
    from guidegen.answers import read_answers  # noqa: PLC0415  # reads YAML

    begin = time.time_ns()
    answers, found = read_answers(project.answers, pack=pack)
    reading = Reading(answers=answers, pack=found, inputs="")
    with explained(project.folder):
        named = reading.named
        if seen and seen.named == named:
            return Reading(answers=answers, pack=found, inputs=seen.inputs)
        inputs = input_digest(project, named)
        unmoved = last_change(project, named) < begin
    return Reading(answers=answers, pack=found, inputs=inputs if unmoved else "")
