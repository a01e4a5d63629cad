"""Where a link of a page leads: out into the web, to another page, or to a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from guidegen.errors import ExportError
from guidegen.model.document import Asset, Document, Page
from guidegen.page.tree import Element

if TYPE_CHECKING:
    from guidegen.page.tree import Content

SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
_PRINTABLE: Final = "".join(
    character
    for character in map(chr, range(0x21, 0x7F))
    if character not in '"<>\\^`{|}'
)
"""What an address may hold beside letters; everything else is written as %xx."""
_IGNORED: Final = re.compile(r"[\x00-\x20\x7f-\xa0\ud800-\udfff]")
"""What browsers drop from an address, so that it cannot hide a scheme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a link leads: a `url`, or a `page` and an `id` on it, or a `file`."""

    url: str = ""
    page: str = ""
    id: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """All that links can lead to: what has an id on each page, and the files."""

    ids: Mapping[str, frozenset[str]]
    assets: Mapping[str, Asset]

    @classmethod
    def of(
        cls, document: Document, parsed: Iterable[tuple[Page, tuple[Content, ...]]]
    ) -> Links:
        """Return what the pages of a document can link to."""
        return cls(
            ids={page.id: frozenset(_ids(content)) for page, content in parsed},
            assets={asset.path: asset for asset in document.assets},
        )

    def resolve(self, href: str, page: Page) -> Target:
        """Return where a link on a page leads.

        Raises:
            ExportError: The address has another scheme than those allowed, or it leads
                to a page or heading that does not exist.
        """
        address = _IGNORED.sub("", href)
        scheme = _SCHEME.match(address)
        if scheme and scheme[1].lower() in SCHEMES and scheme.end() < len(address):
            return Target(url=quote(address, safe=_PRINTABLE))
        if scheme or not address or address.startswith("//"):
            raise ExportError("error-link", page=page.title, link=href)
        path, _, fragment = address.removeprefix("./").partition("#")
        if unquote(path) in self.assets:
            return Target(file=unquote(path))
        name = re.sub(r"\.(md|html)\Z", "", path) if path else page.id
        wanted = unquote(fragment)
        if name not in self.ids or (wanted and wanted not in self.ids[name]):
            raise ExportError("error-link-nowhere", page=page.title, link=href)
        return Target(page=name, id=wanted)

    def picture(self, source: str, page: Page) -> Asset:
        """Return the file of a picture.

        Raises:
            ExportError: There is none.
        """
        path = unquote(source).removeprefix("./")
        if path not in self.assets:
            raise ExportError("error-picture", page=page.title, picture=path)
        return self.assets[path]


def _ids(content: Iterable[Content]) -> Iterator[str]:
    for item in content:
        if isinstance(item, Element):
            if name := item.attributes.get("id"):
                yield name
            yield from _ids(item.children)
