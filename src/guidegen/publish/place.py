"""A place that a site can be sent to: scheme, user, host and port, in one spelling.

Secrets are bound to a place, never to the name that a project gives it, so the one who
wrote `guideline.yml` cannot lead them elsewhere. What is read here is also what is
connected to: addresses are put together anew from their parts, so no library can read
another host out of the same text.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, unquote, urlsplit

from guidegen.value import Value

_PORTS = {"https": 443, "http": 80, "ssh": 22, "smb": 445}
"""The schemes of servers, and the port that each has unless another one is named."""

_LABEL = r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?"
_HOST = re.compile(rf"(?=.{{1,253}}$){_LABEL}(\.{_LABEL})*")
# Resolvers take `127.1`, `0x7f.1` and `2130706433` for addresses, each in its own way.
_LIKE_A_NUMBER = re.compile(r"(.*\.)?(\d+|0x[0-9a-f]*)")
# A host is handed to programs; a user may be of a domain, or an email address.
_USER = re.compile(
    r"(?![\s\\-])(?!.* {2})[^\x00-\x1f\x7f-\xa0:/?#\[\]"
    r"\u200b-\u200f\u2028-\u202e\u2060-\u206f]{0,100}(?<![\s\\])"
)
# A person's own settings of ssh may have commands with the user's name in them.
_SSH_USER = re.compile(r"[\w.@+\\-]*")


class NoPlaceError(ValueError):
    """A text does not name a place, or could be read as more than one."""


class Place(Value):
    """Where something is sent to, and as whom; two that are equal are one place."""

    scheme: str
    """`https`, `http`, `ssh`, `smb`, or `file` for a repository on this computer."""
    host: str = ""
    """In lower case and ASCII; an IPv6 address in brackets. Empty for `file`."""
    port: int | None = None
    """None for the port that the scheme has anyway."""
    user: str = ""
    path: str = ""
    """For `file` alone: the folder."""

    @property
    def origin(self) -> str:
        """The place without its user: `https://host:port`."""
        port = f":{self.port}" if self.port else ""
        return f"{self.scheme}://{self.host}{port}{quote(self.path)}"

    @property
    def text(self) -> str:
        """The place in the one spelling that is kept and compared."""
        user = f"{quote(self.user, safe=_BACKSLASH)}@" if self.user else ""
        return self.origin.replace("://", f"://{user}", 1)

    @property
    def is_loopback(self) -> bool:
        """Whether it is this computer, where nobody can listen in."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host.strip("[]")).is_loopback
        except ValueError:
            return False

    @property
    def is_protected(self) -> bool:
        """Whether what is sent there cannot be read or changed on the way."""
        return self.scheme != "http" or self.is_loopback


# Between a Windows domain and a user; quoted, nobody would recognise it.
_BACKSLASH = "\\"


def server(scheme: str, host: str, *, port: int | None = None, user: str = "") -> Place:
    """Return the place of a server.

    Raises:
        NoPlaceError: The host or the user has characters that none may have.
    """
    if not _USER.fullmatch(user) or (scheme == "ssh" and not _SSH_USER.fullmatch(user)):
        raise NoPlaceError(user)
    usual = port is None or port == _PORTS[scheme]
    return Place(
        scheme=scheme,
        host=_host(host),
        port=None if usual else port,
        user=user,
    )


def local(path: str) -> Place:
    """Return the place of a repository on this computer.

    Args:
        path: Its absolute path, with `/` on every system.
    """
    # On Windows it begins with a drive.
    return Place(scheme="file", path=path if path.startswith("/") else f"/{path}")


def split_address(address: str) -> tuple[Place, str]:
    """Return the place that a web or ssh address leads to, and the path there.

    Raises:
        NoPlaceError: It is not such an address, or has a password in it.
    """
    # `urlsplit` leaves out tabs and line breaks, and others read a backslash as a
    # slash: what is not plain is not read at all.
    if re.search(r"[\x00-\x20\x7f-\xa0\\]", address):
        raise NoPlaceError(address)
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise NoPlaceError(address) from error
    if (
        parts.scheme not in _PORTS
        or parts.password is not None
        or parts.query
        or parts.fragment
    ):
        raise NoPlaceError(address)
    login, at, host = parts.netloc.rpartition("@")
    if "@" in login or (at and not login) or port == 0:
        raise NoPlaceError(address)
    place = server(parts.scheme, _without_port(host), port=port, user=unquote(login))
    return place, parts.path


def parse_place(text: str) -> Place:
    """Return the place that somebody has written as `scheme://user@host:port`.

    Raises:
        NoPlaceError: It is none.
    """
    if text.startswith("file://"):
        path = text.removeprefix("file://")
        if not path.startswith("/"):
            raise NoPlaceError(text)
        return local(unquote(path))
    # As people write a user of a Windows domain.
    place, path = split_address(text.replace(_BACKSLASH, "%5C"))
    if path not in {"", "/"}:
        raise NoPlaceError(text)
    return place


def _without_port(netloc: str) -> str:
    return re.sub(r":\d*$", "", netloc)


def _host(text: str) -> str:
    """Return a host in its one spelling."""
    in_brackets = text.startswith("[") and text.endswith("]")
    try:
        address = ipaddress.ip_address(text[1:-1] if in_brackets else text)
    except ValueError as error:
        if in_brackets:
            raise NoPlaceError(text) from error
        return _name(text)
    # `::ffff:127.0.0.1` is the same computer as `127.0.0.1`.
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id:
            raise NoPlaceError(text)
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return f"[{address}]"
    return str(address)


def _name(text: str) -> str:
    """Return a host's name as the DNS has it; look-alikes of letters show as that."""
    name = text.lower().removesuffix(".")
    try:
        ascii_name = name.encode("idna").decode("ascii")
        # What does not come back the same (ß, joiners) is read differently by each
        # library; its ASCII form is not.
        same = ascii_name == name or ascii_name.encode().decode("idna") == name
    except UnicodeError as error:
        raise NoPlaceError(text) from error
    if (
        not same
        or not _HOST.fullmatch(ascii_name)
        or _LIKE_A_NUMBER.fullmatch(ascii_name)
    ):
        raise NoPlaceError(text)
    return ascii_name
