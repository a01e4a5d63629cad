"""Publishing by SFTP, with asyncssh.

The server's key is always verified, by lists of the person's own; keys, the agent and
`~/.ssh/config` are used as ssh uses them.
"""

from __future__ import annotations

import asyncio
import posixpath
import stat
import threading
from collections.abc import Awaitable, Coroutine
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any, BinaryIO, ClassVar, TypeVar, cast

import asyncssh

from guidegen.errors import GuidegenError, PublishError
from guidegen.model.publication import TargetSettings
from guidegen.publish.consent import Consent
from guidegen.publish.credentials import find_secret, sought
from guidegen.publish.host_keys import agree_on_key, fetch_key, is_known, known_hosts
from guidegen.publish.limits import LIST_WITHIN, Listing
from guidegen.publish.place import Place
from guidegen.publish.remote import RemoteTarget, open_remote
from guidegen.publish.remote_store import (
    ANSWER_WITHIN,
    CONNECT_WITHIN,
    FolderStore,
    refusal,
)
from guidegen.publish.remote_trouble import Trouble
from guidegen.publish.target_place import server_of

_T = TypeVar("_T")

_CHUNK = 1 << 18
_PORT = 22
_CLOSE_WITHIN = 1.0


def introduce(settings: TargetSettings, place: Place, consent: Consent) -> None:
    """Have the person agree to the server's key, unless they know it already.

    Raises:
        PublishError: Nobody agrees, or the server is not to be reached.
    """
    listed = _listed_by_project(settings)
    if is_known(place):
        return
    loop = _Loop()
    try:
        key = loop.run(fetch_key(place), timeout=2 * CONNECT_WITHIN)
        agree_on_key(place, key, listed, consent)
    except GuidegenError:
        raise
    # As of any other operation: what failed is said in the person's words.
    except Exception as error:
        raise refusal(SftpStore(settings), error) from error
    finally:
        loop.stop()


def _listed_by_project(settings: TargetSettings) -> Path | None:
    """Return the file with servers' keys that a project names."""
    given = settings.text("known_hosts")
    if not given:
        return None
    path = settings.folder / Path(given).expanduser()
    if not path.is_file():
        raise PublishError("error-remote-known", path=path)
    return path


def open_target(settings: TargetSettings) -> AbstractContextManager[RemoteTarget]:
    """Open the folder that a target's settings name."""
    return open_remote(settings, SftpStore(settings))


def _private_key(given: str, passphrase: str | None) -> asyncssh.SSHKey | str:
    """Return a key that stands in a variable, or in the file that one names."""
    # Some platforms keep a variable in a file and pass its path on.
    if "PRIVATE KEY" not in given:
        return given
    # Platforms cut the last line break off, without which the key cannot be read.
    return asyncssh.import_private_key(f"{given.strip()}\n", passphrase)


class SftpStore(FolderStore):
    """A folder on an SFTP server."""

    workers = 8
    login_hint = "error-remote-login-sftp-hint"
    troubles: ClassVar = {
        asyncssh.HostKeyNotVerifiable: Trouble.UNVERIFIED,
        asyncssh.PermissionDenied: Trouble.LOGIN,
        PermissionError: Trouble.LOGIN,
        FileNotFoundError: Trouble.LOGIN,  # of a key on this computer
        asyncssh.KeyImportError: Trouble.LOGIN,
        asyncssh.KeyEncryptionError: Trouble.LOGIN,
        asyncssh.SFTPPermissionDenied: Trouble.DENIED,
        asyncssh.SFTPWriteProtect: Trouble.DENIED,
        asyncssh.SFTPQuotaExceeded: Trouble.FULL,
        asyncssh.SFTPNoSpaceOnFilesystem: Trouble.FULL,
        asyncssh.SFTPNoSuchFile: Trouble.ABSENT,
        asyncssh.SFTPNoSuchPath: Trouble.ABSENT,
        asyncssh.SFTPNoConnection: Trouble.LOST,
        asyncssh.SFTPConnectionLost: Trouble.LOST,
        # The base of the errors above; the first class that fits counts.
        asyncssh.SFTPError: Trouble.REFUSED,
        asyncssh.DisconnectError: Trouble.LOST,
        asyncssh.ChannelOpenError: Trouble.LOST,
        OSError: Trouble.LOST,
    }

    def __init__(self, settings: TargetSettings) -> None:
        super().__init__()
        self._settings = settings
        place = server_of(settings)
        self._server = place
        self._host = place.host.strip("[]")
        self._root = settings.text("path")
        port = f":{place.port}" if place.port else ""
        self.address = f"sftp://{place.host}{port}/{self._root.lstrip('/')}"
        self._loop: _Loop | None = None
        self._connection: asyncssh.SSHClientConnection | None = None
        self._sftp: asyncssh.SFTPClient

    def connect(self) -> None:
        """Log in and open a channel for files."""
        if self._loop is None:
            self._loop = _Loop()
        self._run(self._drop())
        # asyncssh has limits of its own for this, see `_options`.
        self._run(self._log_in(self._options()), timeout=None)

    def _options(self) -> dict[str, Any]:
        settings, place = self._settings, self._server
        options: dict[str, Any] = {
            "port": place.port or _PORT,
            "known_hosts": known_hosts(place),
            # The server may see a proof of the person's keys, never use them.
            "agent_forwarding": False,
            "x11_forwarding": False,
            "connect_timeout": CONNECT_WITHIN,
            "login_timeout": CONNECT_WITHIN,
            # Three of these without an answer: then the line is dead, also in the
            # middle of a transfer, which has no limit as a whole.
            "keepalive_interval": ANSWER_WITHIN // 4,
            "keepalive_count_max": 3,
        }
        # What is not set is left to ~/.ssh/config.
        if place.user:
            options["username"] = place.user
        if key_file := settings.text("key_file"):
            path = settings.folder / Path(key_file).expanduser()
            options["client_keys"] = [str(path)]
        self.sought = sought(place, settings.name)
        if password := find_secret(place, settings.name):
            options["password"] = password
        if passphrase := find_secret(place, settings.name, "passphrase"):
            options["passphrase"] = passphrase
        if key := find_secret(place, settings.name, "private_key"):
            options["client_keys"] = [_private_key(key, passphrase)]
        return options

    async def _log_in(self, options: dict[str, Any]) -> None:
        self._connection = await asyncssh.connect(self._host, **options)
        # Files of others may have names that are not UTF-8; they must not stop a run.
        start = self._connection.start_sftp_client(path_errors="replace")
        self._sftp = await _soon(start)

    async def _drop(self) -> None:
        """End the connection without waiting for the server."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.abort()
            with suppress(Exception):
                await asyncio.wait_for(connection.wait_closed(), _CLOSE_WITHIN)

    def close(self) -> None:
        """End the connection."""
        if self._loop is not None:
            with suppress(Exception):
                self._run(self._drop())
            self._loop.stop()
            self._loop = None

    def _run(
        self, work: Coroutine[Any, Any, _T], timeout: float | None = ANSWER_WITHIN
    ) -> _T:
        assert self._loop  # noqa: S101  # connected
        return self._loop.run(work, timeout)

    def entries(self) -> dict[str, int]:
        """Return all files; links are not followed."""
        found = Listing(self.address)
        # The first publication makes the folder. A walk is many requests, so the time
        # for a single answer would be too short.
        with suppress(asyncssh.SFTPNoSuchFile):
            self._run(self._walk("", found), timeout=LIST_WITHIN)
        return found

    async def _walk(self, folder: str, found: Listing) -> None:
        below = []
        found.enter(folder)
        # Piece by piece: a server may list for ever.
        async for entry in self._sftp.scandir(self._path(folder)):
            name = str(entry.filename)
            # A server's answer leads nowhere else.
            if name in {".", ".."} or "/" in name:
                continue
            mode = entry.attrs.permissions or 0
            if stat.S_ISDIR(mode):
                below.append(f"{folder}{name}/")
            else:
                size = entry.attrs.size if stat.S_ISREG(mode) else None
                found[folder + name] = -1 if size is None else size
        self._folders.add(folder.rstrip("/"))
        # At the same time, since each folder costs a round trip.
        await asyncio.gather(*(self._walk(each, found) for each in below))

    def _path(self, name: str) -> str:
        return posixpath.join(self._root, name) if name else self._root or "."

    def fetch(self, name: str, into: BinaryIO) -> bool:
        """Copy a file's content; return False if there is no such file."""
        try:
            # Each piece has its own limit; how long a large file takes depends on the
            # line.
            self._run(self._download(name, into), timeout=None)
        except asyncssh.SFTPNoSuchFile:
            return False
        return True

    async def _download(self, name: str, into: BinaryIO) -> None:
        async with self._sftp.open(self._path(name), "rb") as file:
            while piece := await _soon(file.read(_CHUNK)):
                into.write(cast("bytes", piece))

    def _make_folder(self, folder: str) -> None:
        path = self._path(folder)
        if not self._run(self._sftp.isdir(path)):
            # Another run may have made it meanwhile; version 3 of the protocol, which
            # OpenSSH speaks, reports that as a mere failure.
            with suppress(asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
                self._run(self._sftp.mkdir(path))

    def _upload(self, name: str, content: BinaryIO, size: int) -> None:
        del size  # it is sent until it ends

        async def upload() -> None:
            async with self._sftp.open(self._path(name), "wb") as file:
                while piece := content.read(_CHUNK):
                    await _soon(file.write(piece))

        self._run(upload(), timeout=None)

    def _duplicate(self, source: str, new: str) -> bool:
        old, copy = self._path(source), self._path(new)
        # A copy is better: a link changes with the file that somebody edits there.
        if self._sftp.supports_remote_copy:
            self._run(self._sftp.remote_copy(old, copy), timeout=10 * ANSWER_WITHIN)
            return True
        try:
            self._run(self._sftp.link(old, copy))
        except (asyncssh.SFTPNoConnection, asyncssh.SFTPConnectionLost):
            raise
        except asyncssh.SFTPError:  # each server says it differently
            return False
        return True

    def _move(self, new: str, name: str) -> None:
        self._run(self._rename(self._path(new), self._path(name)))

    async def _rename(self, old: str, new: str) -> None:
        try:
            await self._sftp.posix_rename(old, new)
        except asyncssh.SFTPOpUnsupported:
            # The old protocol cannot replace a file in one operation.
            with suppress(asyncssh.SFTPNoSuchFile):
                await self._sftp.remove(new)
            await self._sftp.rename(old, new)
        else:
            # Renaming one link to another of the same file leaves both there.
            with suppress(asyncssh.SFTPNoSuchFile):
                await self._sftp.remove(old)

    def _move_new(self, new: str, name: str) -> bool:
        try:
            # Unlike `posix_rename`, it replaces nothing.
            self._run(self._sftp.rename(self._path(new), self._path(name)))
        except (asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
            return False
        return True

    def remove(self, name: str) -> None:
        """Remove a file if it is there."""
        with suppress(asyncssh.SFTPNoSuchFile):
            self._run(self._sftp.remove(self._path(name)))

    def remove_folder(self, name: str) -> None:
        """Remove a folder if it is empty; the server sees to that."""
        with suppress(
            asyncssh.SFTPFailure, asyncssh.SFTPNoSuchFile, asyncssh.SFTPDirNotEmpty
        ):
            self._run(self._sftp.rmdir(self._path(name)))
        self._folders.discard(name)


async def _soon(work: Awaitable[_T]) -> _T:
    return await asyncio.wait_for(work, ANSWER_WITHIN)


class _Loop:
    """An event loop in a thread of its own, for the operations of several threads."""

    def __init__(self) -> None:
        self._running = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))
        # An operation that hangs must not keep guidegen from ending.
        self._thread.daemon = True
        self._thread.start()
        self._running.wait()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._ended = asyncio.Event()
        self._running.set()
        await self._ended.wait()

    def run(self, work: Coroutine[Any, Any, _T], timeout: float | None) -> _T:
        """Run a coroutine and return its result.

        Raises:
            TimeoutError: It took longer than `timeout` seconds.
        """
        limited = asyncio.wait_for(work, timeout)
        return asyncio.run_coroutine_threadsafe(limited, self._loop).result()

    def stop(self) -> None:
        """Cancel what is still running, and end the thread."""
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()
