"""The website: a document's pages as static HTML, by MkDocs and Material."""

from guidegen.site.alive import Alive
from guidegen.site.archive import NO_RELEASES, Archive, NextReview
from guidegen.site.build import BuiltSite, build_pages, build_site
from guidegen.site.carried_over import LastBuild
from guidegen.site.look import Look
from guidegen.site.mkdocs_project import write_mkdocs_project

__all__ = [
    "NO_RELEASES",
    "Alive",
    "Archive",
    "BuiltSite",
    "LastBuild",
    "Look",
    "NextReview",
    "build_pages",
    "build_site",
    "write_mkdocs_project",
]
