"""Own texts and what lies beside them."""

from __future__ import annotations

from pathlib import Path

from tests.wording import raises

from guidegen.errors import FilesError
from guidegen.merge.sections import (
    OwnText,
    customize_texts,
    is_section,
    open_conflicts,
    own_name,
    own_texts,
)
from guidegen.model.project import Project


def test_bases_proposals_and_what_is_misplaced_are_no_own_texts(tmp_path: Path) -> None:
    for name in (
        "de/nice.md",
        "en/nice.md",
        "en/nice.proposal.md",
        ".base/en/nice.md",
        "nice.md",
        "en/old/nice.md",
        "en/notes.txt",
    ):
        path = tmp_path / "sections" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    assert [own.name for own in own_texts(Project(tmp_path))] == [
        "sections/de/nice.md",
        "sections/en/nice.md",
    ]
    proposal = tmp_path / "sections" / "en" / "nice.proposal.md"
    assert open_conflicts(Project(tmp_path)) == (proposal,)
    assert own_name(proposal) == "sections/en/nice.md"
    assert all(is_section(own.name) for own in own_texts(Project(tmp_path)))


def test_a_project_without_own_texts_has_no_conflicts(tmp_path: Path) -> None:
    assert own_texts(Project(tmp_path)) == ()
    assert open_conflicts(Project(tmp_path)) == ()


def test_all_texts_are_taken_or_none(tmp_path: Path) -> None:
    nice, law = (
        OwnText(project=Project(tmp_path), variant="de", section=name)
        for name in ("nice", "law")
    )
    law.path.parent.mkdir(parents=True)
    law.path.touch()

    with raises(FilesError, match="already has a text of your own"):
        customize_texts({nice: "a", law: "b"})

    assert not nice.path.exists()
    assert nice.base() is None
    law.path.unlink()
    assert customize_texts({nice: "a", law: "b"}) == (nice.path, law.path)
    assert nice.base() == "a"
