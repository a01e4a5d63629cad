"""guidegen's manual as it ships with the package, for the terminal and a browser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path, PurePosixPath

from guidegen import MANUALS
from guidegen.errors import FilesError
from guidegen.files import write_atomic
from guidegen.value import Value

GROUPS = ("tutorial", "how-to", "reference", "explanation")
"""The folders of the manual that are for authors, in the order of the list."""

_LINK = re.compile(r"(!?)\[([^\]\n]*)\]\(([^)\s]+)\)")
# As in `mkdocs.yml`, by which the pages are written.
_EXTENSIONS = (
    *("admonition", "attr_list", "def_list", "md_in_html", "tables", "toc"),
    *("pymdownx.highlight", "pymdownx.superfences"),
)
_SAFE_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """\
body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 sans-serif}
pre{overflow-x:auto;padding:.7rem;background:#f2f2f2}code{font-size:.9em}
table{border-collapse:collapse}td,th{border:1px solid #aaa;padding:.3rem}
"""


class Page(Value):
    """A page of the manual."""

    topic: str
    """What one types: the file's name."""
    group: str
    title: str
    text: str
    """Markdown."""


def pages() -> Mapping[str, Page]:
    """Return the pages by topic.

    Raises:
        FilesError: The installation has lost them.
    """
    folder = next((each for each in MANUALS if (each / GROUPS[0]).is_dir()), None)
    if folder is None:
        raise FilesError("error-manual-none")
    found = [
        _page(path, group)
        for group in GROUPS
        for path in sorted((folder / group).glob("*.md"))
    ]
    return {page.topic: page for page in found}


def _page(path: Path, group: str) -> Page:
    text = path.read_text(encoding="utf-8")
    title = text.partition("\n")[0].removeprefix("# ")
    return Page(topic=path.stem, group=group, title=title, text=text)


def write_for_browser(topic: str, folder: Path) -> Path:
    """Write all pages as HTML, so that their links work; return that of a topic.

    Raises:
        FilesError: The system refuses.
    """
    import markdown  # noqa: PLC0415  # slow to load

    found = pages()
    for page in found.values():
        text = _LINK.sub(lambda link: _linked(link, found), page.text)
        html = markdown.markdown(text, extensions=_EXTENSIONS)
        # Pages lie beside each other here, as every topic has another name.
        write_atomic(folder / f"{page.topic}.html", _html(page, html).encode())
    return folder / f"{topic}.html"


def _linked(link: re.Match[str], found: Mapping[str, Page]) -> str:
    picture, text, target = link.groups()
    path, _, anchor = target.partition("#")
    if "://" in target or not path:
        return link[0]
    topic = PurePosixPath(path).stem
    # The pages for developers, and pictures, do not ship with the package.
    if picture or topic not in found or not path.endswith(".md"):
        return text
    return f"[{text}]({topic}.html{'#' if anchor else ''}{anchor})"


def _html(page: Page, body: str) -> str:
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_SAFE_POLICY}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(page.title)} – guidegen</title>\n"
        f"<style>{_STYLE}</style>\n<main>\n{body}\n</main>\n</html>\n"
    )
