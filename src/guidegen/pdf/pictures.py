"""The pictures of the pages: which file each one is, and what it shows in words."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from guidegen.errors import PdfError
from guidegen.model.document import Asset, Page

if TYPE_CHECKING:
    from guidegen.page.tree import Element, Json

_FORMATS: Final = {".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"}


class Pictures:
    """Collects the pictures that are used: `files`, by their name in Typst.

    Args:
        assets: The files beside the pages.
    """

    def __init__(self, assets: tuple[Asset, ...]) -> None:
        self._assets = {asset.path: asset for asset in assets}
        self.files: dict[str, Asset] = {}

    def of(self, element: Element, page: Page) -> dict[str, Json]:
        """Return where Typst finds the picture of an `<img>`, and its text.

        Raises:
            PdfError: There is no such picture, or no text for those who cannot see it.
        """
        source = unquote(element.attributes.get("src", "")).removeprefix("./")
        asset = self._assets.get(source)
        if asset is None:
            raise PdfError("error-picture", page=page.title, picture=source)
        if "alt" not in element.attributes:
            raise PdfError("error-picture-text", page=page.title, picture=source)
        alt = " ".join(element.attributes["alt"].split())
        return {"path": self.add(asset), "alt": alt}

    def add(self, asset: Asset) -> str:
        """Take a file along and return its name in Typst.

        Raises:
            PdfError: It is not in a format that the PDF can show.
        """
        suffix = PurePosixPath(asset.path).suffix.lower()
        if suffix not in _FORMATS:
            raise PdfError("error-pdf-format", picture=asset.path)
        # Numbered, so that no name from outside becomes a path here.
        names = {known.path: name for name, known in self.files.items()}
        name = names.get(asset.path, f"pictures/{len(self.files)}{suffix}")
        self.files[name] = asset
        return name
