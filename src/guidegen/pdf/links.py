"""Where a link of a page leads in the PDF."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

from guidegen.errors import PdfError
from guidegen.model.document import Page

SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
_PRINTABLE: Final = "".join(map(chr, range(0x21, 0x7F)))
_IGNORED: Final = re.compile(r"[\x00-\x20\x7f-\xa0\ud800-\udfff]")
"""What browsers drop from an address, so that it cannot hide a scheme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a link leads: to an address or to an anchor of the PDF; or nowhere."""

    url: str | None = None
    anchor: str | None = None


def anchor_of(page_id: str, element_id: str = "") -> str:
    """Return the PDF's name of a page, or of an element with an id on it."""
    return f"{page_id}#{element_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """All that links can lead to: `anchors` in the PDF, `files` beside the pages."""

    anchors: frozenset[str]
    files: frozenset[str]

    def resolve(self, href: str, page: Page) -> Target:
        """Return where a link on a page leads.

        A file beside the pages exists on the site only: such a link leads nowhere,
        its text stays.

        Raises:
            PdfError: The address has another scheme than those allowed, or it leads
                to a page or heading that does not exist.
        """
        address = _IGNORED.sub("", href)
        scheme = _SCHEME.match(address)
        if scheme and scheme[1].lower() in SCHEMES and scheme.end() < len(address):
            return Target(url=quote(address, safe=_PRINTABLE))
        if scheme or not address or address.startswith("//"):
            raise PdfError("error-link", page=page.title, link=href)
        path, _, fragment = address.removeprefix("./").partition("#")
        if path in self.files:
            return Target()
        name = re.sub(r"\.(md|html)\Z", "", path) if path else page.id
        anchor = anchor_of(name, unquote(fragment))
        if anchor not in self.anchors:
            raise PdfError("error-link-nowhere", page=page.title, link=href)
        return Target(anchor=anchor)
