"""Where everything in a company's project lies; nobody else spells these paths."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from guidegen.errors import AnswersError, FilesError
from guidegen.files.folder import ON_THEIR_WAY
from guidegen.files.links import (
    refuse_link,
    refuse_links_below,
    refuse_links_to,
    walk_plain_files,
)
from guidegen.files.system import translate_os_errors
from guidegen.value import Value

ANSWERS = "guideline.yml"
"""The one file that a user edits."""

# Beside the answers: unlike `.guidegen`, it belongs in version control.
PACK_LOCK = "pack.lock"
"""Names the kept texts of a built-in pack that the project stays with."""

TRAINING = "training"
"""The company's own cards to practise with."""

SITE = "site"
SECTIONS = "sections"
# Kept with the texts: `.guidegen` may be deleted, but each later upgrade needs them.
BASES = "sections/.base"
"""The pack's texts that the company's own ones came from."""

PROPOSAL_SUFFIX = ".proposal.md"
"""How a file ends that shows both versions of a section after a conflict."""

INSIDE = "inside"
"""What is said about the company: a folder beside the answers."""
RELEASES = "releases"
PACKS = "packs"
"""In `releases/`: the copies of packs that releases were made with."""

TRAINING_PLAN = "training-plan"
ANNOUNCEMENTS = "announce"
WORK = ".guidegen"
"""Locks, journals and notes: safe to delete."""

_OWN = (ANSWERS, PACK_LOCK, SECTIONS, TRAINING, INSIDE, RELEASES)
"""What guidegen reads, and writes, in a project."""

_LARGEST_SECTION = 1_000_000
"""How many bytes a section's file may have: five times what a page may."""

_SHORT = 60
"""How many characters of a name are taken into that of a file."""

SCHEMA = f"{WORK}/guideline.schema.json"
"""What editors complete `guideline.yml` with."""


class Project(Value):
    """A company's project: the folder that `guideline.yml` lies in."""

    folder: Path
    place: Path | None = None
    """Where the site and notes go instead, such as the preview's own folder."""

    def __init__(self, folder: Path, place: Path | None = None) -> None:
        super().__init__(folder=folder, place=place)

    @property
    def answers(self) -> Path:
        """The answers."""
        return self.folder / ANSWERS

    @property
    def pack_lock(self) -> Path:
        """Which texts of a built-in pack the project stays with; may be missing."""
        return self.folder / PACK_LOCK

    @property
    def site(self) -> Path:
        """The built site."""
        return (self.place or self.folder) / SITE

    @property
    def basis(self) -> Path:
        """What the company's texts were when all of them were right."""
        return self.work / "texts.json"

    @property
    def draft(self) -> Path:
        """What the last build has found out about a draft."""
        return self.work / "draft.json"

    @property
    def sections(self) -> Path:
        """The company's own texts; may be missing."""
        return self.folder / SECTIONS

    @property
    def training(self) -> Path:
        """The company's own cards; may be missing."""
        return self.folder / TRAINING

    @property
    def bases(self) -> Path:
        """The pack's texts that the company's own ones came from."""
        return self.folder / BASES

    @property
    def releases(self) -> Path:
        """What was released; may be missing."""
        return self.folder / RELEASES

    @property
    def inside(self) -> Path:
        """What is said about the company; may be missing."""
        return self.folder / INSIDE

    @property
    def inside_items(self) -> Path:
        """The headlines, with what was decided about each; may be missing."""
        return self.inside / "items.json"

    @property
    def inside_feeds(self) -> Path:
        """What is known of each feed since the last fetch; may be missing."""
        return self.inside / "feeds.json"

    @property
    def kept_packs(self) -> Path:
        """The copies of packs that releases were made with."""
        return self.releases / PACKS

    @property
    def work(self) -> Path:
        """Locks, journals and notes; safe to delete."""
        return (self.place or self.folder) / WORK

    @property
    def schema(self) -> Path:
        """What editors complete `guideline.yml` with."""
        return self.folder / SCHEMA

    @property
    def interview_journal(self) -> Path:
        """The answers of an interview that is under way."""
        return self.work / "interview.jsonl"

    def question_journal(self, question: str) -> Path:
        """The answers to a question that is asked alone, by its id."""
        # A pack may call its questions as it likes, and a name may be long.
        return self.work / f"interview-{quote(question, safe='')[:_SHORT]}.jsonl"

    @property
    def upgrade_journal(self) -> Path:
        """The files that an upgrade is about to write."""
        return self.work / "upgrade.json"

    @property
    def publications(self) -> Path:
        """What this project knows of its last publications."""
        return self.work / "publications.json"

    @property
    def versions_record(self) -> Path:
        """What the old versions in the built site were made from."""
        return self.work / "versions.json"

    @property
    def exports_record(self) -> Path:
        """What was exported where."""
        return self.work / "exports.json"

    @property
    def training_plan(self) -> Path:
        """When people are asked to practise again, by language."""
        return self.folder / TRAINING_PLAN

    @property
    def announcements(self) -> Path:
        """What tells everybody of a release, by language."""
        return self.folder / ANNOUNCEMENTS

    @property
    def sources(self) -> Path:
        """The packs and the logo that the last build read."""
        return self.work / "sources.json"

    def section(self, variant: str, name: str) -> Path:
        """Return where the company's own text of a section lies, or would lie."""
        return self.sections / variant / f"{name}.md"

    def base(self, variant: str, name: str) -> Path:
        """Return where the pack's text lies that an own text came from."""
        return self.bases / variant / f"{name}.md"

    def proposal(self, variant: str, name: str) -> Path:
        """Return what an upgrade leaves beside an own text it could not merge."""
        return self.sections / variant / f"{name}{PROPOSAL_SUFFIX}"

    def release(self, version: str) -> Path:
        """Return the folder of a released version."""
        return self.releases / version

    def refuse_links(self) -> None:
        """Refuse links in all that guidegen reads and writes here; call it first.

        Only the site itself is looked at, not what is in it: it is replaced as a whole,
        and whoever reads its files refuses links among them.

        Raises:
            FilesError: There is a link, a pipe or the like, or a section that is far
                too large; or the system refuses.
        """
        with translate_os_errors(self.folder):
            for name in _OWN:
                refuse_links_below(self.folder / name)
            # Each is read as a whole.
            for name, entry in (
                walk_plain_files(self.sections) if self.sections.is_dir() else ()
            ):
                if name.endswith(".md") and entry.stat().st_size > _LARGEST_SECTION:
                    raise FilesError("error-section-large", path=Path(entry.path))
            refuse_link(self.site)
            refuse_links_below(self.work, without=ON_THEIR_WAY)

    def refuse_links_to(self, path: Path) -> None:
        """Refuse links on the way to a place in the project that is written to.

        Outside the project, a place is the author's own, with its links.

        Raises:
            FilesError: There is one.
        """
        # Not resolved, which would follow the very links that are looked for.
        folder, path = (Path(os.path.abspath(each)) for each in (self.folder, path))  # noqa: PTH100
        if path.is_relative_to(folder):
            refuse_links_to(path, folder)

    def keeps(self, path: Path) -> bool:
        """Return whether a path is, or is in, a folder that has a use of its own."""
        own = (
            *(self.site, self.sections, self.training, self.inside),
            *(self.releases, self.work),
        )
        # A link may lead into one of them under another name.
        resolved = path.resolve()
        return any(resolved.is_relative_to(folder.resolve()) for folder in own)


def is_proposal(path: Path) -> bool:
    """Return whether a file is a proposal that an upgrade left."""
    return path.name.endswith(PROPOSAL_SUFFIX)


def find_project(folder: Path | None = None) -> Project:
    """Return the project in a folder.

    Args:
        folder: None: the one that the user is in, or the nearest above it that has a
            project; see `nearest_folder`.

    Raises:
        AnswersError: There is no `guideline.yml` in it.
    """
    if folder is None:
        folder = nearest_folder() or Path()
    project = Project(folder)
    if not project.answers.is_file():
        raise AnswersError("error-no-answers", path=folder, file=ANSWERS)
    return project


def nearest_folder() -> Path | None:
    """Return the folder of the project that the user stands in, None if in none.

    That is the folder they are in, or the nearest above it. Nobody is to work on a
    project by mistake: the search does not leave a repository, never looks in the home
    folder or above it from below, and passes over what belongs to another user, who may
    have left a `guideline.yml` in a shared folder.
    """
    if Project(Path()).answers.is_file():
        return Path()
    try:
        here, home = Path.cwd(), _home()
        folder = here
        # `exists`: in a worktree or a submodule, `.git` is a file.
        while folder not in (home, folder.parent) and not (folder / ".git").exists():
            folder = folder.parent
            # Not even if the home folder holds a project: nobody works on that by
            # mistake.
            if folder == home:
                break
            if Project(folder).answers.is_file():
                return folder if _is_own(Project(folder).answers) else None
    except OSError:  # the folder they are in is gone, or may not be read
        pass
    return None


def _home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:  # somebody who has none
        return None


def _is_own(path: Path) -> bool:
    # Windows has no user numbers. The link itself counts, not what it points to.
    return not hasattr(os, "geteuid") or path.lstat().st_uid == os.geteuid()
