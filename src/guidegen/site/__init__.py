"""The website: a document's pages as static HTML, by MkDocs and Material."""

from guidegen.site.build import build_site
from guidegen.site.carry import Carried
from guidegen.site.project import write_mkdocs_project
from guidegen.site.ready import get_ready

__all__ = ["Carried", "build_site", "get_ready", "write_mkdocs_project"]
