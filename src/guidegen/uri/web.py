"""Addresses that a link on a page can open."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from guidegen.uri.host import is_host
from guidegen.uri.mail import mailto
from guidegen.uri.mistake import AddressError
from guidegen.uri.phone import check_phone, dialled

SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
"""What an address outside the guideline may begin with."""

_LONGEST: Final = 2_000
# Compiled when it is needed: only addresses that are refused get that far.
_SCHEME: Final = r"(?i)([a-z][a-z0-9+.\-]+):"
# A drive (S:), a share (\\server, //server), or what file managers make of either.
_FILE: Final = re.compile(
    r"(?:https?:/+)?(?:file:|[a-z]:(?:[\\/]|$)|\\\\|smb:)|//[^/.]+/", re.IGNORECASE
)
# Pasted twice, or behind a beginning that was there already: https://https://…,
# https://http//…; but not …/redirect?to=https://…
_TWICE: Final = re.compile(
    r"https?:/*(?:(?:https?|ftp|mailto|tel):|https?/+)", re.IGNORECASE
)
_SHOWN: Final = re.compile(r"@|://|^www\.|\w\.\w+(?:/|$)")
# RFC 3986, 2: what stands in no address as it is. A blank is written as %20 instead.
_FOREIGN: Final = re.compile(r'[<>"`{}|\\^]')


def shows_address(text: str) -> bool:
    """Return whether a text is an address itself, so that it must stay as it is."""
    return " " not in text.strip() and bool(_SHOWN.search(text))


def openable(text: str) -> str:
    """Return an address as a link opens it: blanks quoted, numbers dialled.

    Raises:
        AddressError: A link on a page cannot open it, or should not.
    """
    scheme, colon, rest = text.partition(":")
    match scheme.lower() if colon else "":
        case "mailto":
            return f"{scheme}:{mailto(rest)}"
        case "tel":
            check_phone(rest)
            return f"{scheme}:{dialled(rest)}"
    if _FILE.match(text):
        raise AddressError("value-url-file", value=text)
    if scheme.lower() in {"http", "https"} and colon:
        return web_address(text)
    found = re.match(_SCHEME, text)
    # A host with a port looks like a scheme: intranet.x.example:8080/kodex.
    if found and "." not in found[1] and not re.match(r"\d", text[found.end() :]):
        raise AddressError("value-url-kind", value=text, scheme=found[0])
    # `www.x.example` only lacks its `https://`, which a message of its own can say.
    if (
        "." in text
        and "@" not in text
        and not re.search(r"\s", text.split("/", maxsplit=1)[0])
    ):
        raise AddressError("value-url-scheme", value=text)
    raise AddressError("value-url", value=text)


def web_address(text: str) -> str:
    """Return an address that begins with http or https, its blanks quoted.

    Raises:
        AddressError: It is none, or has a password in it.
    """
    if len(text) > _LONGEST:
        raise AddressError("value-url-long", length=len(text), limit=_LONGEST)
    if _FILE.match(text):
        raise AddressError("value-url-file", value=text)
    if _TWICE.match(text):
        raise AddressError("value-url-twice", value=text)
    _refuse_characters(text)
    parts = _split(text)
    # Pages have the letters of other scripts quoted; browsers read a host unquoted.
    host = unquote(parts.hostname or "")
    is_ip6 = parts.netloc.startswith("[") and ":" in host
    # RFC 3986, 3.2.2: a fully qualified name may end in the dot of the DNS root.
    if not host or not (is_ip6 or is_host(host.removesuffix("."))):
        raise AddressError("value-url-host", value=text, host=parts.netloc)
    return text.replace(" ", "%20").replace("\u00a0", "%20")


def _refuse_characters(text: str) -> None:
    for character in text:
        # A zero-width character makes an address look like another one.
        if unicodedata.category(character) in {"Cf", "Cc"}:
            name = f"U+{ord(character):04X}"
            raise AddressError("value-url-character", value=text, character=name)
        if _FOREIGN.match(character):
            raise AddressError("value-url-character", value=text, character=character)


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        # The port is parsed only when it is asked for; 99999 raises then.
        wrong = parts.port == 0
    except ValueError as error:
        host = re.split(r"[/?#]", text.partition("://")[2])[0]
        raise AddressError("value-url-host", value=text, host=host) from error
    # The guideline is published, and the password would be with it.
    if parts.username is not None or parts.password is not None:
        raise AddressError("value-url-password")
    if wrong or "://" not in text:
        raise AddressError("value-url", value=text)
    return parts
