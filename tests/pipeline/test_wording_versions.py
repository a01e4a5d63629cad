"""The three versions of a reworded section, as its readers would get them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.test_released_before import released_project

from guidegen.merge.sections import OwnText
from guidegen.model.project import Project
from guidegen.pipeline.upgrade import find_upgrade
from guidegen.pipeline.wording_versions import wording_versions

pytestmark = pytest.mark.slow


@pytest.fixture
def town(tmp_path: Path, own_cache: None) -> Project:
    del own_cache
    return Project(released_project("town", tmp_path / "town"))


def _reworded(project: Project, section: str, text: str) -> OwnText:
    own = OwnText(project=project, variant="de-formal", section=section)
    own.path.write_text(text, encoding="utf-8")
    return own


def test_answers_are_filled_in_and_what_only_markdown_needs_is_gone(
    town: Project,
) -> None:
    text = (
        "## Fragen? {: #questions }\n\nRufen Sie [{{ contact.name }}](contact.md) an."
    )
    own = _reworded(town, "questions", text)

    versions = wording_versions(find_upgrade(town), {}, own)

    office = "Presse- und Informationsamt"
    assert versions.own == f"## Fragen?\n\nRufen Sie {office} an."
    assert office in versions.old
    assert office in versions.new
    assert len({versions.old, versions.own, versions.new}) == 3


def test_a_section_that_no_page_shows_is_shown_as_it_is_written(town: Project) -> None:
    own = _reworded(town, "acknowledgement", "# Empfang\n\nUnser Text.\n")

    versions = wording_versions(find_upgrade(town), {}, own)

    (kept,) = town.releases.glob("packs/*/sections/de-formal/acknowledgement.md")
    assert versions.own == "# Empfang\n\nUnser Text.\n"
    assert versions.old == kept.read_text("utf-8")
    assert "acknowledgement.form" in versions.new
