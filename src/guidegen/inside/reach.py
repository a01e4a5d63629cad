"""Which computers a feed may be fetched from: none of the owner's own network.

An address in `guideline.yml`, a redirection or a name in the DNS may lead to a router,
a service in the company or the computer itself; a request there could do something. So
each name is looked up once, all that it stands for is checked, and the connection is
made to what was checked: a name cannot lead elsewhere a moment later.

Where the system has a proxy, names are the proxy's business: only those that cannot be
on the internet are refused.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Callable
from typing import Final, TypeAlias

from guidegen.value import Value

_Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

_TRANSLATED: Final = ipaddress.ip_network("64:ff9b::/96")
"""Where an IPv6 address stands for one of IPv4 (RFC 6052)."""
_LOW_BYTES: Final = 0xFFFFFFFF


def is_public(text: str) -> bool:
    """Return whether an IP address is one that everybody on the internet can reach."""
    try:
        # A zone, as in fe80::1%eth0, is part of the computer's own network.
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return all(each.is_global and not each.is_multicast for each in _meant(address))


def _meant(address: _Address) -> tuple[_Address, ...]:
    """Return an address and the one of IPv4 that is in it, if there is one."""
    if isinstance(address, ipaddress.IPv4Address):
        return (address,)
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    inner = address.sixtofour or (address.teredo[1] if address.teredo else None)
    if address in _TRANSLATED:
        inner = ipaddress.IPv4Address(int(address) & _LOW_BYTES)
    return (address, inner) if inner else (address,)


class UnreachableError(Exception):
    """A computer may not be asked, or its name is known to nobody.

    Args:
        message: The id of the message that says why.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def looked_up(host: str, port: int) -> tuple[str, ...]:
    """Return the IP addresses that a name stands for, in the system's order.

    Raises:
        OSError: Nobody knows the name.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(each[4][0]) for each in found))


def system_proxy(host: str) -> str | None:
    """Return the proxy of the system for a host that is asked encrypted, if any.

    It is the user's own: variables such as `HTTPS_PROXY`, or the system's settings.
    """
    from urllib.request import getproxies, proxy_bypass  # noqa: PLC0415  # slow

    found = getproxies()
    proxy = found.get("https") or found.get("all")
    return None if not proxy or proxy_bypass(host) else proxy


class Reach(Value):
    """What may be connected to; nobody's settings change it, only tests do."""

    schemes: tuple[str, ...] = ("https",)
    allows: Callable[[str], bool] = is_public
    """Whether an IP address may be connected to."""
    look_up: Callable[[str, int], tuple[str, ...]] = looked_up
    proxy: Callable[[str], str | None] = system_proxy
    """Returns the address of the proxy for a host; None to connect directly."""
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context

    def addresses(self, host: str, port: int) -> tuple[str, ...]:
        """Return where to connect to for a host; every one of them may be.

        Raises:
            UnreachableError: One of them may not, or there is none.
        """
        try:
            found = self.look_up(host, port)
        except (OSError, UnicodeError) as error:
            raise UnreachableError("inside-no-host") from error
        if not found:
            raise UnreachableError("inside-no-host")
        # One that may be is not enough: which one is used would be the server's choice.
        if not all(map(self.allows, found)):
            raise UnreachableError("inside-private")
        return found
