"""From the built site to where its readers are, all or nothing, and back."""

from guidegen.publish.manifest import make_manifest, next_moment
from guidegen.publish.plan import make_plan
from guidegen.publish.record import last_publications, remember
from guidegen.publish.site import Additions, SiteFiles, site_files
from guidegen.publish.target import Files, Overtaken, Target, open_target

__all__ = [
    "Additions",
    "Files",
    "Overtaken",
    "SiteFiles",
    "Target",
    "last_publications",
    "make_manifest",
    "make_plan",
    "next_moment",
    "open_target",
    "remember",
    "site_files",
]
