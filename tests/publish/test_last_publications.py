from __future__ import annotations

from pathlib import Path

import pytest
from tests.publish.samples import NOW, settings

from guidegen.model.document import State
from guidegen.model.project import Project
from guidegen.model.publication import FileRecord, Manifest, Publication
from guidegen.publish.last_publications import last_publications, remember

RECORD = """\
{
 "intranet": {
  "kind": "folder",
  "place": "/srv/für alle",
  "version": "1.0.0",
  "state": "draft",
  "when": "2026-12-01T09:00:00+00:00",
  "files": 1
 }
}
"""


def test_what_was_published_is_remembered(tmp_path: Path) -> None:
    project = Project(tmp_path)
    manifest = Manifest(
        files={"index.html": FileRecord("0" * 64, 3)},
        when=NOW,
        version="1.0.0",
        state=State.DRAFT,
        guidegen="0.1.0",
    )

    remember(project, settings(tmp_path), "/srv/für alle", manifest)

    assert project.publications.read_text("utf-8") == RECORD
    assert last_publications(project) == (
        Publication(
            target="intranet",
            kind="folder",
            address="/srv/für alle",
            version="1.0.0",
            state=State.DRAFT,
            when=NOW,
            files=1,
        ),
    )


@pytest.mark.parametrize(
    "text",
    [None, "", "{", "[]", '{"intranet": 1}', '{"intranet": {}}', RECORD],
    ids=range(7),
)
def test_a_note_that_is_lost_or_damaged_costs_nothing(
    tmp_path: Path, text: str | None
) -> None:
    project = Project(tmp_path)
    if text is not None:
        project.work.mkdir()
        damaged = text.replace('"draft"', '"gone"')
        project.publications.write_text(damaged, encoding="utf-8")

    assert last_publications(project) == ()
