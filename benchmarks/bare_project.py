"""The pages that guidegen generates, as projects that MkDocs builds by itself."""

from __future__ import annotations

from pathlib import Path

from guidegen.model.project import Project
from guidegen.pipeline.working_copy import load_working_copy
from guidegen.site import Alive, write_mkdocs_project


def write_bare(project: Project, folder: Path) -> list[Path]:
    """Write a MkDocs project for each language, with all of its pages; return them."""
    working_copy = load_working_copy(project)
    documents = working_copy.documents
    theme = tuple(path / "site" for path in working_copy.pack.folders)
    alive = Alive(decks=working_copy.decks, inside=working_copy.shown_items)
    projects = []
    for document in documents:
        into = folder / document.language
        write_mkdocs_project(document, documents, theme=theme, into=into, alive=alive)
        projects.append(into)
    return projects
