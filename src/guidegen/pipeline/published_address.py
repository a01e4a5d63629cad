"""Where readers find the guideline: its address, and that of each language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from guidegen.errors import AnnounceError, Problem
from guidegen.model.publication import TargetSettings
from guidegen.uri.mistake import AddressError
from guidegen.uri.web import web_address


def published_address(url: str | None, targets: Iterable[TargetSettings]) -> str:
    """Return where the guideline is published.

    Args:
        url: What somebody has said; None for what `publish:` says.
        targets: Those of `publish:`.

    Raises:
        AnnounceError: Nobody has said so, or it is no address of the web.
    """
    address = url or known_address(targets)
    if not address:
        raise AnnounceError("error-announce-address")
    if not address.lower().startswith(("http://", "https://")):
        raise AnnounceError("error-announce-web", value=address)
    try:
        return web_address(address)
    except AddressError as error:
        problem = Problem(message=error.message, values=error.values)
        raise AnnounceError.of(problem) from error


def known_address(targets: Iterable[TargetSettings]) -> str | None:
    """Return the one address that `publish:` names, if it names any.

    Raises:
        AnnounceError: It names several.
    """
    known = [*dict.fromkeys(filter(None, (each.text("address") for each in targets)))]
    if len(known) > 1:
        raise AnnounceError("error-announce-several", addresses=", ".join(known))
    return known[0] if known else None


def language_address(
    address: str, language: str, languages: Sequence[str]
) -> str | None:
    """Return the folder of a language, ending in `/`.

    Args:
        address: Where the guideline is published: the site's root, or its front page.
        language: The language.
        languages: All languages, the front page's first.

    Returns:
        None if the address is a page of somebody's own: what is below it, nobody knows.
    """
    root = site_root(address)
    if root is None or language == languages[0]:
        return root
    return f"{root}{language}/"


def site_root(address: str) -> str | None:
    """Return the folder that an address names, None if it names none."""
    parts = urlsplit(address)
    if parts.query or parts.fragment:
        return None
    folder = re.sub(r"(?<=/)index\.html?$", "", address.rstrip("?#"))
    last = urlsplit(folder).path.rpartition("/")[2]
    if re.search(r"\.(?:html?|aspx?|php)$", last, re.IGNORECASE):
        return None
    return folder if folder.endswith("/") else f"{folder}/"
