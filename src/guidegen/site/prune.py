"""What of the theme's files a guideline does not need."""

from __future__ import annotations

from pathlib import Path

LUNR = "assets/javascripts/lunr/"


def is_needed(path: str, *, language: str) -> bool:
    """Return whether a file of the theme belongs to a site in the language.

    Args:
        path: The file's place in the site, with `/`.
        language: The document's language.
    """
    if path.startswith(LUNR):
        # Splitting words and stemming them; English is built in.
        stemmer = path.endswith(
            (f"/lunr.{language}.min.js", "/lunr.stemmer.support.min.js")
        )
        return stemmer and language != "en"
    return not (
        path.endswith(".map")
        or path in {"sitemap.xml", "assets/images/favicon.png"}
        or path.startswith("assets/stylesheets/palette.")
    )


def prune(site: Path, *, language: str) -> None:
    """Delete the theme's files that the language's site does not need."""
    for path in (site / "sitemap.xml", *sorted(site.glob("assets/**/*"), reverse=True)):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif not is_needed(path.relative_to(site).as_posix(), language=language):
            path.unlink(missing_ok=True)
