"""The website: a document's pages as static HTML, by MkDocs and Material."""

from guidegen.site.build import build_site
from guidegen.site.carry import Carried
from guidegen.site.project import write_mkdocs_project

__all__ = ["Carried", "build_site", "write_mkdocs_project"]
