"""Addresses of articles: what readers may be sent to, and when two are the same."""

from __future__ import annotations

import ipaddress
import re
from hashlib import sha256
from typing import Final
from urllib.parse import (
    SplitResult,
    parse_qs,
    parse_qsl,
    quote,
    urljoin,
    urlsplit,
    urlunsplit,
)

from guidegen.uri.mistake import AddressError
from guidegen.uri.web import web_address

_FOLLOWED: Final = re.compile(
    r"(?:utm|mtm|pk|piwik|matomo|hsa|vero|oly|at)_.+"
    r"|(?:fb|g|d|y|tw|tt)clid|gclsrc|[gw]braid|msclkid|li_fat_id"
    r"|mc_[ce]id|_hsenc|_hsmi|igshid|igsh|mkt_tok|wt_?mc|xtor|cmpid|ref_src|ref_url"
    r"|_openstat|__twitter_impression",
    re.IGNORECASE,
)
"""Names of parameters that say where readers come from, and nothing of the article."""

_STRAY: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")

_LEADING: Final = re.compile(
    r"(?:www\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?/url"
    r"|(?:www\.)?bing\.com/news/apiclick\.aspx"
)
"""Where services that watch the news send readers through, to count them."""

_ID: Final = 10
_DIGEST: Final = 16
_PORTS: Final = {"http": 80, "https": 443}


def article_address(link: str, base: str = "") -> str | None:
    """Return the address of an article as readers get it, None if they get none.

    It begins with http or https, leads to a host that others can reach, and has neither
    a password nor parameters that tell where readers come from.

    Args:
        link: What the feed says.
        base: The feed's own address, which a relative link counts from.
    """
    try:
        text = web_address(urljoin(base, link.strip()))
        parts = urlsplit(text)
        host = (parts.hostname or "").lower()
        port = parts.port
    except (AddressError, ValueError):
        return None
    if parts.scheme.lower() not in _PORTS or not is_public_name(host):
        return None
    if inner := _led_to(host, parts):
        # It is shorter than what it stands in, so that this comes to an end.
        return article_address(inner)
    known = port is None or port == _PORTS.get(parts.scheme)
    place = f"[{host}]" if ":" in host else host
    query = "&".join(
        each
        for each in parts.query.split("&")
        if each and not _FOLLOWED.fullmatch(each.partition("=")[0])
    )
    clean = (
        parts.scheme.lower(),
        place if known else f"{place}:{port}",
        _quoted(parts.path or "/", safe="/%:@!$&'()*+,;=~-._"),
        _quoted(query, safe="/%:@!$&'()*+,;=~-._?"),
        "",
    )
    return urlunsplit(clean)


def _quoted(text: str, safe: str) -> str:
    # A per cent sign that quotes nothing is text (RFC 3986, 2.4).
    return quote(_STRAY.sub("%25", text), safe=safe)


def _led_to(host: str, parts: SplitResult) -> str | None:
    """Return where a service that watches the news leads to, by way of itself."""
    if _LEADING.fullmatch(f"{host}{parts.path}"):
        query = parse_qs(parts.query)
        found = query.get("url") or query.get("q")
        return found[0] if found else None
    return None


def is_public_name(host: str) -> bool:
    """Return whether a host, going by its name alone, can be one that all reach."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        pass
    name = host.removesuffix(".")
    # Without a dot it is a computer of the reader's own network. Some browsers read a
    # number as an address: 2130706433 is 127.0.0.1.
    last = name.rpartition(".")[2]
    return "." in name and not re.match(r"\d|0x", last) and last not in _OWN_NETWORK


_OWN_NETWORK: Final = frozenset(
    {"localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa"}
)


def item_id(address: str) -> str:
    """Return the id of the item with an address that `article_address` returned."""
    return address_digest(address)[:_ID]


def address_digest(address: str) -> str:
    """Return what two addresses of one article have in common, as a digest."""
    parts = urlsplit(address)
    host = (parts.netloc or "").lower().removeprefix("www.")
    query = sorted(parse_qsl(parts.query, keep_blank_values=True))
    # Neither http nor a slash at the end make another article of it.
    same = f"{host}{parts.path.rstrip('/')}?{query}"
    return _digest(same)


def guid_digest(guid: str, feed: str) -> str:
    """Return a digest of what a feed calls an entry.

    An address, or another name that nobody else gives, is the same in every feed; a
    mere number is not.
    """
    return _digest(guid if ":" in guid else f"{feed} {guid}")


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:_DIGEST]
