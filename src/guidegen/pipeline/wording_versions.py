"""What readers see of a section: the pack's old text, the company's, the new one."""

from __future__ import annotations

import html
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.compose.sections import pack_section
from guidegen.errors import GuidegenError
from guidegen.merge.sections import OwnText, read_section
from guidegen.model.answers import Answers
from guidegen.model.pack import Pack
from guidegen.model.project import SECTIONS
from guidegen.pipeline.upgrade import Upgrade, states_of
from guidegen.pipeline.working_copy import WorkingCopy
from guidegen.value import Value

if TYPE_CHECKING:
    from guidegen.schema.scalars import Plain

# What Markdown needs and nobody reads: ids and classes, and where a link leads.
_ATTRIBUTES = re.compile(r"[ \t]*\{:[^}\n]*\}[ \t]*$", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]+)\]\([^)\s]*\)")
_EMPTY = re.compile(r"\n[ \t>]*\n(?:[ \t>]*\n)+")


class WordingVersions(Value):
    """A section in three versions, as plain Markdown."""

    old: str
    """As the pack had it that the project has used so far."""
    own: str
    """As the company has reworded it, with the new pack around it."""
    new: str
    """As the new pack has it."""


def wording_versions(
    upgrade: Upgrade, changes: Mapping[str, Plain | None], own: OwnText
) -> WordingVersions:
    """Return what readers would see of a section, depending on whose text is taken.

    Args:
        upgrade: What `find_upgrade` has returned.
        changes: Answers to be set, by dotted key.
        own: The company's text.

    Raises:
        ProblemsError: The answers do not fit the new pack.
    """
    states = states_of(upgrade, changes)
    old, new = (states.old, upgrade.old), (states.new, upgrade.pack)
    with tempfile.TemporaryDirectory() as name:
        without = Path(name)
        if upgrade.project.sections.is_dir():
            shutil.copytree(upgrade.project.sections, without / SECTIONS)
        (without / own.name).unlink(missing_ok=True)
        return WordingVersions(
            old=_shown(*old, own, without) or _source(*old, own),
            own=_shown(*new, own, upgrade.project.folder) or read_section(own.path)[0],
            new=_shown(*new, own, without) or _source(*new, own),
        )


def _shown(answers: Answers, pack: Pack, own: OwnText, folder: Path) -> str | None:
    """Return a section as readers of its language get it, None if it is not there."""
    try:
        drafts = WorkingCopy(answers=replace(answers, folder=folder), pack=pack).drafts
    except GuidegenError:
        # What is wrong with another text is said when all of it is composed.
        return None
    language = own.variant.partition("-")[0]
    return next(
        (
            _plain(section.markdown)
            for draft in drafts
            if draft.language == language
            for page in draft.pages
            for section in page.sections
            if section.path.stem == own.section
        ),
        None,
    )


def _source(answers: Answers, pack: Pack, own: OwnText) -> str:
    """Return the text of a section that no page shows at present."""
    return pack_section(answers, pack, own.variant, own.section) or ""


def _plain(markdown: str) -> str:
    text = html.unescape(_LINK.sub(r"\1", _ATTRIBUTES.sub("", markdown)))
    return _EMPTY.sub("\n\n", text).strip()
