"""Publishing by SFTP, with sshfs and asyncssh.

The server's key is always verified; keys, the agent and `~/.ssh/config` are used as ssh
uses them.
"""

from __future__ import annotations

import asyncio
import posixpath
import secrets
import stat
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar, cast

import asyncssh
from fsspec.asyn import get_loop, sync  # type: ignore[import-untyped]
from sshfs import SSHFileSystem  # type: ignore[import-untyped]

from guidegen.errors import PublishError
from guidegen.publish.credentials import find_secret
from guidegen.publish.remote import opened
from guidegen.publish.remote_names import TMP
from guidegen.publish.remote_store import ANSWER_WITHIN, CONNECT_WITHIN
from guidegen.publish.remote_trouble import Trouble

if TYPE_CHECKING:
    from guidegen.model.publication import TargetSettings
    from guidegen.publish.remote import RemoteTarget

_T = TypeVar("_T")

_PIECE = 1 << 18
_PORT = 22


def open_target(settings: TargetSettings) -> AbstractContextManager[RemoteTarget]:
    """Return the place that a target's settings name."""
    return opened(settings, SftpStore(settings))


class SftpStore:
    """A folder at an SFTP server."""

    workers = 8

    def __init__(self, settings: TargetSettings) -> None:
        self._settings = settings
        self._root = settings.text("path")
        port = settings.number("port", _PORT)
        at = f":{port}" if port != _PORT else ""
        self.place = f"sftp://{settings.text('host')}{at}/{self._root.lstrip('/')}"
        self._files: Any = None
        self._loop = get_loop()
        self._sftp: asyncssh.SFTPClient
        self._folders: set[str] = set()
        self._links = True

    def connect(self) -> None:
        """Log in and open a channel for files."""
        self.close()
        options = self._options()
        files = SSHFileSystem(
            self._settings.text("host"), skip_instance_cache=True, **options
        )
        self._files = files
        start = files.client.start_sftp_client
        self._sftp = self._wait_for(lambda: start(path_errors="replace"))

    def _options(self) -> dict[str, Any]:
        settings = self._settings
        user = settings.text("user")
        options: dict[str, Any] = {
            "port": settings.number("port", _PORT),
            "known_hosts": self._known_hosts(),
            "connect_timeout": CONNECT_WITHIN,
            "login_timeout": CONNECT_WITHIN,
            "keepalive_interval": ANSWER_WITHIN // 4,
            "keepalive_count_max": 3,
        }
        if user:
            options["username"] = user
        if key_file := settings.text("key_file"):
            path = settings.folder / Path(key_file).expanduser()
            options["client_keys"] = [str(path)]
        if password := find_secret(settings.name, user=user):
            options["password"] = password
        if passphrase := find_secret(settings.name, "passphrase"):
            options["passphrase"] = passphrase
        return options

    def _known_hosts(self) -> str | tuple[()]:
        """Return the file with servers' keys; the empty one means ssh's own."""
        given = self._settings.text("known_hosts")
        if not given:
            return ()
        path = self._settings.folder / Path(given).expanduser()
        if not path.is_file():
            raise PublishError("error-remote-known", path=path)
        return str(path)

    def _wait_for(
        self, work: Callable[[], Awaitable[_T]], timeout: float | None = ANSWER_WITHIN
    ) -> _T:
        result: _T = sync(self._loop, work, timeout=timeout)
        return result

    def close(self) -> None:
        """End the connection without waiting for the server."""
        if self._files is not None:
            with suppress(Exception):
                self._loop.call_soon_threadsafe(self._files.client.abort)
            self._files = None

    def trouble(self, error: Exception) -> Trouble:
        """Say what an error of asyncssh or of the network means."""
        for kinds, trouble in _TROUBLES:
            if isinstance(error, kinds):
                return trouble
        return Trouble.REFUSED

    def entries(self) -> dict[str, int]:
        """Return all files; links are not followed."""

        async def walk() -> dict[str, int]:
            found: dict[str, int] = {}
            with suppress(asyncssh.SFTPNoSuchFile):
                await self._walk("", found)
            return found

        return self._wait_for(walk, timeout=10 * ANSWER_WITHIN)

    async def _walk(self, folder: str, found: dict[str, int]) -> None:
        below = []
        listed = await self._sftp.readdir(self._path(folder))
        self._folders.add(folder.rstrip("/"))
        for entry in listed:
            name = str(entry.filename)
            if name in {".", ".."}:
                continue
            mode = entry.attrs.permissions or 0
            if stat.S_ISDIR(mode):
                below.append(f"{folder}{name}/")
            else:
                size = entry.attrs.size if stat.S_ISREG(mode) else None
                found[folder + name] = -1 if size is None else size
        await asyncio.gather(*(self._walk(each, found) for each in below))

    def _path(self, name: str) -> str:
        return posixpath.join(self._root, name) if name else self._root or "."

    def fetch(self, name: str, into: BinaryIO) -> bool:
        """Copy a file's content; return False if there is no such file."""

        async def fetch() -> bool:
            try:
                async with self._sftp.open(self._path(name), "rb") as file:
                    while piece := await _soon(file.read(_PIECE)):
                        into.write(cast("bytes", piece))
            except asyncssh.SFTPNoSuchFile:
                return False
            return True

        return self._wait_for(fetch, timeout=None)

    def write(self, name: str, content: BinaryIO, size: int) -> None:
        """Write a file beside its place, then rename it."""
        del size  # it is sent until it ends
        new = TMP + secrets.token_hex(8)

        async def write() -> None:
            await self._make_folder(new)
            async with self._sftp.open(self._path(new), "wb") as file:
                while piece := content.read(_PIECE):
                    await _soon(file.write(piece))
            await self._make_folder(name)
            await self._rename(new, name)

        self._wait_for(write, timeout=None)

    def copy(self, source: str, name: str) -> bool:
        """Let the server copy or link a file beside the new place, then rename it."""
        new = TMP + secrets.token_hex(8)

        async def copy() -> bool:
            await self._make_folder(new)
            if not await self._double(self._path(source), self._path(new)):
                return False
            await self._make_folder(name)
            await self._rename(new, name)
            return True

        return self._wait_for(copy, timeout=10 * ANSWER_WITHIN)

    async def _double(self, old: str, new: str) -> bool:
        # A copy is better: a link changes with the file that somebody edits there.
        if self._sftp.supports_remote_copy:
            await self._sftp.remote_copy(old, new)
            return True
        if self._links:
            try:
                await self._sftp.link(old, new)
            except (asyncssh.SFTPNoConnection, asyncssh.SFTPConnectionLost):
                raise
            except asyncssh.SFTPError:  # each server says it differently
                self._links = False
        return self._links

    async def _rename(self, old: str, name: str) -> None:
        new = self._path(name)
        try:
            await self._sftp.posix_rename(self._path(old), new)
        except asyncssh.SFTPOpUnsupported:
            # The old protocol cannot replace a file in one operation.
            with suppress(asyncssh.SFTPNoSuchFile):
                await self._sftp.remove(new)
            await self._sftp.rename(self._path(old), new)
        else:
            # Renaming one link to another of the same file leaves both there.
            with suppress(asyncssh.SFTPNoSuchFile):
                await self._sftp.remove(self._path(old))

    async def _make_folder(self, name: str) -> None:
        """Make the folder that a file lies in, and those above it in the place."""
        parts = name.split("/")[:-1]
        for count in range(len(parts) + 1):
            folder = "/".join(parts[:count])
            if folder not in self._folders:
                if not await self._sftp.isdir(self._path(folder)):
                    with suppress(asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
                        await self._sftp.mkdir(self._path(folder))
                self._folders.add(folder)

    def remove(self, name: str) -> None:
        """Remove a file if it is there."""

        async def remove() -> None:
            with suppress(asyncssh.SFTPNoSuchFile):
                await self._sftp.remove(self._path(name))

        self._wait_for(remove)

    def remove_folder(self, name: str) -> None:
        """Remove a folder if it is empty; the server sees to that."""

        async def remove() -> None:
            with suppress(
                asyncssh.SFTPFailure,
                asyncssh.SFTPNoSuchFile,
                asyncssh.SFTPDirNotEmpty,
            ):
                await self._sftp.rmdir(self._path(name))

        self._wait_for(remove)
        self._folders.discard(name)


async def _soon(work: Awaitable[_T]) -> _T:
    return await asyncio.wait_for(work, ANSWER_WITHIN)


_TROUBLES: tuple[tuple[tuple[type[BaseException], ...], Trouble], ...] = (
    ((asyncssh.HostKeyNotVerifiable,), Trouble.STRANGER),
    (
        (asyncssh.PermissionDenied, PermissionError, asyncssh.KeyImportError),
        Trouble.LOGIN,
    ),
    ((asyncssh.SFTPPermissionDenied, asyncssh.SFTPWriteProtect), Trouble.DENIED),
    ((asyncssh.SFTPQuotaExceeded, asyncssh.SFTPNoSpaceOnFilesystem), Trouble.FULL),
    ((asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath), Trouble.ABSENT),
    ((asyncssh.SFTPNoConnection, asyncssh.SFTPConnectionLost), Trouble.LOST),
    ((asyncssh.SFTPError,), Trouble.REFUSED),
    (
        (asyncssh.DisconnectError, asyncssh.ChannelOpenError, OSError, TimeoutError),
        Trouble.LOST,
    ),
)
