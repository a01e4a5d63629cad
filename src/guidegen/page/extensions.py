"""Which extensions of Markdown a pack can choose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from guidegen.errors import RenderError

ALLOWED: Final = (
    *("abbr", "admonition", "attr_list", "def_list", "extra", "fenced_code"),
    *("footnotes", "md_in_html", "nl2br", "sane_lists", "smarty", "tables", "toc"),
    *("pymdownx.betterem", "pymdownx.caret", "pymdownx.mark"),
    *("pymdownx.saneheaders", "pymdownx.smartsymbols", "pymdownx.tilde"),
)
"""None of them reads files or runs what a page names. A pack chooses, but cannot set
them up: their settings are the default ones."""


def refuse_extensions(names: Iterable[str]) -> None:
    """Refuse what is not in the list; a name would otherwise be imported.

    Raises:
        RenderError: One of them is not.
    """
    for name in names:
        if name not in ALLOWED:
            raise RenderError(
                "error-markdown-extension", name=name, known=", ".join(ALLOWED)
            )
