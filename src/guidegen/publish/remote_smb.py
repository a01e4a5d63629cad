"""Publishing to a network share by SMB, with fsspec and smbprotocol."""

from __future__ import annotations

import errno
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import TYPE_CHECKING, Any, BinaryIO

import smbclient  # type: ignore[import-untyped]
from fsspec.implementations.smb import (  # type: ignore[import-untyped]
    SMBFileSystem,
)
from smbprotocol import exceptions as smb  # type: ignore[import-untyped]

from guidegen.publish.credentials import find_secret
from guidegen.publish.remote import opened
from guidegen.publish.remote_names import TMP
from guidegen.publish.remote_store import CONNECT_WITHIN
from guidegen.publish.remote_trouble import Trouble

if TYPE_CHECKING:
    from guidegen.model.publication import TargetSettings
    from guidegen.publish.remote import RemoteTarget

_PORT = 445


def open_target(settings: TargetSettings) -> AbstractContextManager[RemoteTarget]:
    """Return the place that a target's settings name."""
    return opened(settings, SmbStore(settings))


class SmbStore:
    """A folder in a share."""

    workers = 1

    def __init__(self, settings: TargetSettings) -> None:
        self._settings = settings
        self._host = settings.text("host")
        self._port = settings.number("port", _PORT)
        path = settings.text("path").replace("\\", "/").strip("/")
        share = settings.text("share").replace("\\", "/").strip("/")
        self._root = f"{share}/{path}".rstrip("/")
        at = f":{self._port}" if self._port != _PORT else ""
        self.place = f"smb://{self._host}{at}/{self._root}"
        self._folders: set[str] = set()
        self._copies = True

    def connect(self) -> None:
        """Log in at the share's server."""
        self.close()
        settings = self._settings
        user, domain = settings.text("user"), settings.text("domain")
        SMBFileSystem(
            self._host,
            port=self._port,
            username=(f"{domain}\\{user}" if domain else user) or None,
            password=find_secret(settings.name, user=user),
            timeout=CONNECT_WITHIN,
            register_session_retries=0,  # we try again ourselves
            skip_instance_cache=True,
        )

    def close(self) -> None:
        """End the session."""
        with suppress(Exception):
            smbclient.delete_session(self._host, timeout=1, **self._at)

    def trouble(self, error: Exception) -> Trouble:
        """Say what an error of smbprotocol or of the network means."""
        for kinds, trouble in _TROUBLES:
            if isinstance(error, kinds):
                return trouble
        if isinstance(error, OSError):
            return _ERRNOS.get(error.errno or 0, Trouble.LOST)
        # The library says so when a host cannot be found or reached.
        return Trouble.LOST if isinstance(error, ValueError) else Trouble.REFUSED

    def _path(self, name: str) -> str:
        path = f"{self._root}/{name}".rstrip("/").replace("/", "\\")
        return f"\\\\{self._host}\\{path}"

    @property
    def _at(self) -> dict[str, Any]:
        return {"port": self._port}

    def entries(self) -> dict[str, int]:
        """Return all files; links are not followed."""
        found: dict[str, int] = {}
        folders = [""]
        while folders:
            folder = folders.pop()
            listed: list[Any] = []
            with _if_there():
                listed += smbclient.scandir(self._path(folder), **self._at)
                self._folders.add(folder.rstrip("/"))
            for entry in listed:
                info = entry.smb_info
                is_folder = info.file_attributes & stat.FILE_ATTRIBUTE_DIRECTORY
                is_link = info.file_attributes & stat.FILE_ATTRIBUTE_REPARSE_POINT
                if is_folder and not is_link:
                    folders.append(f"{folder}{entry.name}/")
                else:
                    found[folder + entry.name] = -1 if is_folder else info.end_of_file
        return found

    def fetch(self, name: str, into: BinaryIO) -> bool:
        """Copy a file's content; return False if there is no such file."""
        found = False
        with (
            _if_there(),
            smbclient.open_file(
                self._path(name), "rb", share_access="rwd", **self._at
            ) as file,
        ):
            shutil.copyfileobj(file, into)
            found = True
        return found  # noqa: RET504  # not reached by what is passed over

    def write(self, name: str, content: BinaryIO, size: int) -> None:
        """Write a file beside its place, then rename it."""
        del size  # it is sent until it ends
        new = self._new()
        with smbclient.open_file(self._path(new), "xb", **self._at) as file:
            shutil.copyfileobj(content, file)
        self._rename(new, name)

    def copy(self, source: str, name: str) -> bool:
        """Let the server copy a file beside the new place, then rename it."""
        if not self._copies:
            return False
        new = self._new()
        try:
            smbclient.copyfile(self._path(source), self._path(new), **self._at)
        except smb.NotSupported:
            self._copies = False
            return False
        self._rename(new, name)
        return True

    def _new(self) -> str:
        name = TMP + secrets.token_hex(8)
        self._make_folder(name)
        return name

    def _rename(self, new: str, name: str) -> None:
        self._make_folder(name)
        smbclient.replace(self._path(new), self._path(name), **self._at)

    def _make_folder(self, name: str) -> None:
        """Make the folder that a file lies in, and those above it in the place."""
        parts = name.split("/")[:-1]
        for count in range(len(parts) + 1):
            folder = "/".join(parts[:count])
            if folder not in self._folders:
                with suppress(FileExistsError):
                    smbclient.mkdir(self._path(folder), **self._at)
                self._folders.add(folder)

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
    """Pass over what is not there; servers have several ways to say so."""
    try:
        yield
    except OSError as error:
        status = _status(error)
        if status not in _ABSENT and (status or error.errno != errno.ENOENT):
            raise


def _status(error: Exception) -> int:
    """Return the server's answer, 0 if there was none."""
    return int(getattr(error, "ntstatus", 0))


_ABSENT = {0xC000000F, 0xC0000034, 0xC000003A}
"""No such file, name or path."""

_TROUBLES: tuple[tuple[tuple[type[BaseException], ...], Trouble], ...] = (
    ((smb.LogonFailure, smb.SMBAuthenticationError), Trouble.LOGIN),
    ((smb.BadNetworkName,), Trouble.ABSENT),
    ((smb.SMBConnectionClosed,), Trouble.LOST),
)
_ERRNOS = {
    errno.EACCES: Trouble.DENIED,
    errno.EPERM: Trouble.DENIED,
    errno.ENOENT: Trouble.ABSENT,
    errno.ENOTDIR: Trouble.ABSENT,
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EBUSY: Trouble.BUSY,
}
