"""Addresses of mail, and links that write to one (RFC 5322, RFC 6068)."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, quote, unquote

from guidegen.uri.host import is_host
from guidegen.uri.mistake import AddressError

# RFC 5321, 4.5.3.1.3: a path has at most 256 octets, including its angle brackets.
_LONGEST: Final = 254
# The dot-atom of RFC 5322, 3.2.3. The host is checked as one, so that no `?bcc=` gets
# into a `mailto:` link.
_ADDRESS: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([^@]+)"
)
_FIELDS: Final = frozenset({"subject", "body"})
"""What a link may fill in. Others, such as `bcc`, add readers that nobody sees."""


def check_email(text: str) -> None:
    """Refuse what is no address of mail.

    Raises:
        AddressError: It is none.
    """
    found = _ADDRESS.fullmatch(text)
    if (
        not found
        or len(text) > _LONGEST
        # `mira@localhost` reaches nobody on another machine.
        or "." not in found[1]
        or not is_host(found[1])
    ):
        raise AddressError("value-email", value=text)


def mailto(rest: str) -> str:
    """Return what stands behind `mailto:` in a link, ready to be opened.

    Args:
        rest: An address, and after `?` a subject and a text, if any.

    Raises:
        AddressError: It is no address of mail, or fills in anything else.
    """
    address, mark, query = rest.partition("?")
    check_email(unquote(address))
    if not mark:
        return rest
    filled = parse_qsl(query.replace("+", "%2B"), keep_blank_values=True)
    for name, value in filled:
        # A line break would begin another header.
        if name.lower() not in _FIELDS or (
            name.lower() == "subject" and re.search(r"[\r\n]", value)
        ):
            raise AddressError("value-mailto-field", field=name)
    return f"{address}?" + "&".join(f"{name}={quote(value)}" for name, value in filled)
