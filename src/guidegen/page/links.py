"""Where the links of a page lead: out into the web, to another page, or to a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, unquote

from guidegen.model.document import Asset, Page
from guidegen.page.mistakes import page_error
from guidegen.uri.mistake import AddressError
from guidegen.uri.web import SCHEMES, openable
from guidegen.value import Value

# Schemes are case-insensitive (RFC 3986, 3.1).
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
_PRINTABLE: Final = "".join(
    character
    for character in map(chr, range(0x21, 0x7F))
    if character not in '"<>\\^`{|}'
)
"""What an address may contain; everything else is written as %xx."""
_IGNORED: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""What browsers drop from an address, so that it cannot hide a scheme."""
_FOREIGN: Final = re.compile(r'[<>"`{}|^]')
"""What an author may write in an address and browsers quote."""


class Target(Value):
    """Where a link leads: a `url`, or a `page` and an `id` on it, or a `file`."""

    url: str = ""
    page: str = ""
    id: str = ""
    file: str = ""


def is_outside(href: str) -> bool:
    """Return whether an address leads out of the guideline, by an allowed scheme."""
    scheme = _SCHEME.match(href)
    return scheme is not None and scheme[1].lower() in SCHEMES


class Links(Value):
    """Everything that links can lead to: pages, ids on them, and files."""

    ids: Mapping[str, frozenset[str]]
    assets: Mapping[str, Asset]

    def target(self, href: str, page: Page) -> Target:
        """Return where a link on a page leads.

        Raises:
            RenderError: The scheme is not allowed, the address cannot be opened,
                or there is no such page or heading.
        """
        address = _IGNORED.sub("", href).strip(" \xa0")
        scheme = _SCHEME.match(address)
        # A scheme alone, such as `mailto:`, leads nowhere. The rest is quoted because
        # an address in a PDF has to be ASCII (ISO 32000-1, 12.6.4.7).
        if scheme and is_outside(address) and scheme.end() < len(address):
            return Target(url=quote(_opened(address, page, href), safe=_PRINTABLE))
        # An address that begins with `//` has the scheme of the page, and another host.
        if scheme or not address or address.startswith("//"):
            raise page_error(page, "error-link", href, link=href)
        path, _, fragment = address.removeprefix("./").partition("#")
        if unquote(path) in self.assets:
            return Target(file=unquote(path))
        # MkDocs takes both: the page's source, and what it will be.
        name = re.sub(r"\.(md|html)\Z", "", path) if path else page.id
        wanted = unquote(fragment)
        if name not in self.ids or (wanted and wanted not in self.ids[name]):
            raise page_error(page, "error-link-nowhere", href, link=href)
        return Target(page=name, id=wanted)

    def picture(self, src: str, page: Page) -> Asset:
        """Return the file of a picture on a page.

        Raises:
            RenderError: There is none.
        """
        path = unquote(src).removeprefix("./")
        if path not in self.assets:
            raise page_error(page, "error-picture", src, picture=path)
        return self.assets[path]


def _opened(address: str, page: Page, href: str) -> str:
    """Return an address as a link opens it; refuse one that no link can open."""
    # Released pages keep the links that they were released with.
    if not page.sections:
        return address
    try:
        return openable(_FOREIGN.sub(lambda found: quote(found[0]), address))
    except AddressError as error:
        values = {name: str(value) for name, value in error.values.items()}
        raise page_error(page, error.message, href, **values) from error
