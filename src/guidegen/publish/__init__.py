"""From the built site to where its readers are, all or nothing, and back."""

from guidegen.publish.content import Additions, Files, FolderFiles, site_files
from guidegen.publish.last_publications import last_publications, remember
from guidegen.publish.manifest import make_manifest, next_moment
from guidegen.publish.plan import make_plan
from guidegen.publish.target import Earlier, Overtaken, Target, open_target

__all__ = [
    "Additions",
    "Earlier",
    "Files",
    "FolderFiles",
    "Overtaken",
    "Target",
    "last_publications",
    "make_manifest",
    "make_plan",
    "next_moment",
    "open_target",
    "remember",
    "site_files",
]
