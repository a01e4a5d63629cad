"""Publishing to a network share by SMB, with smbprotocol."""

from __future__ import annotations

import errno
import shutil
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any, BinaryIO, ClassVar

import smbclient  # type: ignore[import-untyped]
from smbprotocol import exceptions as smb  # type: ignore[import-untyped]

from guidegen.model.publication import TargetSettings
from guidegen.publish.credentials import find_secret, sought
from guidegen.publish.limits import Listing
from guidegen.publish.remote import RemoteTarget, open_remote
from guidegen.publish.remote_store import CONNECT_WITHIN, FolderStore
from guidegen.publish.remote_trouble import Trouble
from guidegen.publish.target_place import server_of

_PORT = 445

# NTSTATUS values, listed in Microsoft's [MS-ERREF].
_ABSENT = {0xC000000F, 0xC0000034, 0xC000003A}
"""No such file, name or path."""

_ERRNOS = {
    errno.EACCES: Trouble.DENIED,
    errno.EPERM: Trouble.DENIED,
    errno.ENOENT: Trouble.ABSENT,
    errno.ENOTDIR: Trouble.ABSENT,
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EBUSY: Trouble.BUSY,
}


def open_target(settings: TargetSettings) -> AbstractContextManager[RemoteTarget]:
    """Open the folder in the share that a target's settings name."""
    return open_remote(settings, SmbStore(settings))


class SmbStore(FolderStore):
    """A folder in a share."""

    workers = 1
    troubles: ClassVar = {
        smb.LogonFailure: Trouble.LOGIN,
        smb.SMBAuthenticationError: Trouble.LOGIN,
        smb.BadNetworkName: Trouble.ABSENT,
        smb.SMBConnectionClosed: Trouble.LOST,
        # The library says so when a host cannot be found or reached.
        ValueError: Trouble.LOST,
    }

    def __init__(self, settings: TargetSettings) -> None:
        super().__init__()
        self._settings = settings
        place = server_of(settings)
        self._server = place
        self._host = place.host.strip("[]")
        self._port = settings.number("port", _PORT)
        path = settings.text("path").replace("\\", "/").strip("/")
        share = settings.text("share").replace("\\", "/").strip("/")
        self._root = f"{share}/{path}".rstrip("/")
        port = f":{self._port}" if self._port != _PORT else ""
        self.address = f"smb://{self._host}{port}/{self._root}"

    def connect(self) -> None:
        """Log in at the share's server."""
        # smbclient keeps sessions in a table of its own, and would hand out the dead
        # one.
        self.close()
        name = self._settings.name
        password = find_secret(self._server, name)
        self.sought = sought(self._server, name)
        # A server may refer to another one, which would get the same credentials.
        smbclient.ClientConfig(skip_dfs=True)
        smbclient.register_session(
            self._host,
            # None, not empty: without a user and password the library tries Kerberos.
            username=self._server.user or None,
            password=password,
            connection_timeout=CONNECT_WITHIN,
            **self._at,
        )

    def close(self) -> None:
        """End the session."""
        with suppress(Exception):
            smbclient.delete_session(self._host, timeout=1, **self._at)

    def trouble(self, error: Exception) -> Trouble:
        """Return what the system's number of an error, or its class, means."""
        trouble = super().trouble(error)
        if trouble is Trouble.REFUSED and isinstance(error, OSError):
            return _ERRNOS.get(error.errno or 0, Trouble.LOST)
        return trouble

    @property
    def _at(self) -> dict[str, Any]:
        return {"port": self._port}

    def _path(self, name: str) -> str:
        path = f"{self._root}/{name}".rstrip("/").replace("/", "\\")
        return f"\\\\{self._host}\\{path}"

    def entries(self) -> dict[str, int]:
        """Return all files; links are not followed."""
        found = Listing(self.address)
        folders = [""]
        while folders:
            folder = folders.pop()
            found.enter(folder)
            with _if_there():
                folders += self._list(folder, found)
                self._folders.add(folder.rstrip("/"))
        return found

    def _list(self, folder: str, found: Listing) -> list[str]:
        """List a folder; return those in it."""
        below = []
        # Piece by piece: a server may list for ever.
        for entry in smbclient.scandir(self._path(folder), **self._at):
            # The listing has it; `entry.stat()` would ask the server about every file.
            info = entry.smb_info
            is_folder = info.file_attributes & stat.FILE_ATTRIBUTE_DIRECTORY
            is_link = info.file_attributes & stat.FILE_ATTRIBUTE_REPARSE_POINT
            if is_folder and not is_link:
                below.append(f"{folder}{entry.name}/")
            else:
                found[folder + entry.name] = -1 if is_folder else info.end_of_file
        return below

    def fetch(self, name: str, into: BinaryIO) -> bool:
        """Copy a file's content; return False if there is no such file."""
        found = False
        # By default SMB locks everybody else out of a file that is open.
        with (
            _if_there(),
            smbclient.open_file(
                self._path(name), "rb", share_access="rwd", **self._at
            ) as file,
        ):
            shutil.copyfileobj(file, into)
            found = True
        return found  # noqa: RET504  # not reached by what is passed over

    def _make_folder(self, folder: str) -> None:
        try:
            smbclient.mkdir(self._path(folder), **self._at)
        except OSError as error:
            if not _is_there(error):
                raise

    def _upload(self, name: str, content: BinaryIO, size: int) -> None:
        del size  # it is sent until it ends
        with smbclient.open_file(self._path(name), "xb", **self._at) as file:
            shutil.copyfileobj(content, file)

    def _duplicate(self, source: str, new: str) -> bool:
        try:
            smbclient.copyfile(self._path(source), self._path(new), **self._at)
        except smb.NotSupported:
            return False
        return True

    def _move(self, new: str, name: str) -> None:
        smbclient.replace(self._path(new), self._path(name), **self._at)

    def _move_new(self, new: str, name: str) -> bool:
        try:
            smbclient.rename(self._path(new), self._path(name), **self._at)
        except OSError as error:
            if not _is_there(error):
                raise
            return False
        return True

    def remove(self, name: str) -> None:
        """Remove a file if it is there."""
        with _if_there():
            smbclient.remove(self._path(name), **self._at)

    def remove_folder(self, name: str) -> None:
        """Remove a folder if it is empty; the server sees to that."""
        with suppress(OSError):
            smbclient.rmdir(self._path(name), **self._at)
        self._folders.discard(name)


@contextmanager
def _if_there() -> Iterator[None]:
    """Ignore what is not there; servers report that in several ways."""
    try:
        yield
    except OSError as error:
        status = _status(error)
        if status not in _ABSENT and (status or error.errno != errno.ENOENT):
            raise


def _is_there(error: OSError) -> bool:
    # The library's error is no FileExistsError, whatever its number.
    return error.errno == errno.EEXIST


def _status(error: Exception) -> int:
    """Return the server's answer, 0 if there was none."""
    return int(getattr(error, "ntstatus", 0))
