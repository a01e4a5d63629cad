"""What of MkDocs' output a guideline does not need."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LUNR = "assets/javascripts/lunr"
UNUSED = (
    "404.html",  # its addresses would be wrong under a path prefix
    "sitemap.xml",
    "sitemap.xml.gz",
    "assets/images/favicon.png",
)


def prune(site: Path, *, language: str) -> None:
    """Delete source maps, other languages' search packs and pages nobody reaches."""
    stemmers = set()
    if language != "en":
        stemmers = {f"lunr.{language}.min.js", "lunr.stemmer.support.min.js"}
    unused = [site / path for path in UNUSED]
    unused += site.glob("assets/**/*.map")
    unused += site.glob("assets/stylesheets/palette.*.css")
    unused += [
        path
        for path in (site / LUNR).rglob("*")
        if path.is_file() and path.name not in stemmers
    ]
    for path in unused:
        path.unlink(missing_ok=True)
    for folder in (site / LUNR / "min", site / LUNR, site / "assets/images"):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
