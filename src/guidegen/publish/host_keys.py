"""The keys by which SFTP servers prove who they are.

A key counts if the person has it in a list of their own: that of ssh, one that a
variable names, or guidegen's, where a key lies that the person has compared. A list in
a project proves nothing, since whoever wrote the project wrote it, too; but it can
speak against a key.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import asyncssh

from guidegen.errors import PublishError
from guidegen.publish.confirmed import (
    KNOWN_HOSTS_VARIABLE,
    own_known_hosts,
    read_own,
    write_own,
)
from guidegen.publish.consent import Consent, HostKeyQuestion
from guidegen.publish.place import Place
from guidegen.publish.remote_store import CONNECT_WITHIN

_PORT = 22
_OWN_LISTS = ("~/.ssh/known_hosts",)
_SYSTEM_LISTS = ("/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2")


def known_hosts(place: Place) -> bytes:
    """Return the lists of servers' keys that count, as one.

    Never None, by which asyncssh would trust any server: also not where the person's
    own settings say so.

    Raises:
        PublishError: Others may write to guidegen's list, or one that was named is not
            there.
    """
    lists = [path.read_bytes() for path in _lists(place) if path.is_file()]
    lists.append(read_own(own_known_hosts()))
    # An empty text would mean ssh's list, which is in it already.
    return b"\n".join(lists) + b"\n"


def _lists(place: Place) -> Sequence[Path]:
    named = _options(place).known_hosts
    own = named if named and isinstance(named, (list, tuple)) else _OWN_LISTS
    paths = [os.path.expanduser(str(each)) for each in (*_SYSTEM_LISTS, *own)]  # noqa: PTH111  # never fails
    # Where there is no home, the path would lead into the folder one works in.
    found = [Path(path) for path in paths if Path(path).is_absolute()]
    if given := os.environ.get(KNOWN_HOSTS_VARIABLE):
        path = Path(given).expanduser()
        if not path.is_file():
            raise PublishError(
                "error-remote-known", hint="error-remote-known-variable-hint", path=path
            )
        found.append(path)
    return list(dict.fromkeys(found))


def _options(place: Place) -> asyncssh.SSHClientConnectionOptions:
    """Return how the person's own settings of ssh lead to a server."""
    return asyncssh.SSHClientConnectionOptions(
        host=place.host.strip("[]"),
        port=place.port or _PORT,
        # Only the lists of keys matter here: no key of the person's is read.
        client_keys=None,
        agent_path=None,
        agent_forwarding=False,
        connect_timeout=CONNECT_WITHIN,
        login_timeout=CONNECT_WITHIN,
    )


def is_known(place: Place) -> bool:
    """Return whether a list of the person's own has a key for a server.

    Raises:
        PublishError: As for `known_hosts`.
    """
    return bool(_match(known_hosts(place), *_names(place)))


async def fetch_key(place: Place) -> asyncssh.SSHKey:
    """Return the key that a server shows; nobody logs in.

    Raises:
        asyncssh.HostKeyNotVerifiable: It shows none.
    """
    host, port = place.host.strip("[]"), place.port or _PORT
    key = await asyncssh.get_server_host_key(host, port, options=_options(place))
    if key is None:
        raise asyncssh.HostKeyNotVerifiable("no key")
    return key


def agree_on_key(
    place: Place, key: asyncssh.SSHKey, listed: Path | None, consent: Consent
) -> None:
    """Keep a server's key if the person agrees to it.

    Args:
        place: The server.
        key: What it shows.
        listed: A list of the project's, by which the key must not be another one.
        consent: Whom to ask.

    Raises:
        asyncssh.HostKeyNotVerifiable: The project's list has another key.
        PublishError: Nobody has agreed.
    """
    name, port = _names(place)
    theirs = _match(listed.read_bytes(), name, port) if listed else ()
    if theirs and key.public_data not in theirs:
        raise asyncssh.HostKeyNotVerifiable("not the key that the project lists")
    question = HostKeyQuestion(
        place=place,
        algorithm=key.get_algorithm(),
        fingerprint=key.get_fingerprint(),
    )
    answer = consent.host_key(question)
    if not answer:
        raise PublishError(
            "error-place-key" if answer is None else "error-place-refused",
            place=place.text,
            fingerprint=question.fingerprint,
            variable=KNOWN_HOSTS_VARIABLE,
        )
    pattern = f"[{name}]:{port}" if port else name
    line = f"{pattern} {key.export_public_key().decode().strip()}\n"
    write_own(own_known_hosts(), read_own(own_known_hosts()) + line.encode())


def _names(place: Place) -> tuple[str, int | None]:
    """Return the name and port under which lists have a server."""
    options = _options(place)
    name = str(options.host_key_alias or options.host)
    return name, options.port if options.port != _PORT else None


def _match(lists: bytes, name: str, port: int | None) -> frozenset[bytes]:
    """Return the keys, and those that sign keys, which lists have for a server."""
    found = asyncssh.match_known_hosts(lists, name, "", port)
    return frozenset(key.public_data for key in (*found[0], *found[1]))
