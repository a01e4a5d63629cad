"""Publishing by WebDAV, with webdav4."""

from __future__ import annotations

import secrets
import threading
from contextlib import AbstractContextManager, suppress
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote, urlsplit

import httpx
from webdav4 import client as dav  # type: ignore[import-untyped]
from webdav4.fsspec import WebdavFileSystem  # type: ignore[import-untyped]

from guidegen.errors import PublishError
from guidegen.publish.credentials import find_secret
from guidegen.publish.remote import opened
from guidegen.publish.remote_names import TMP
from guidegen.publish.remote_store import ANSWER_WITHIN, CONNECT_WITHIN
from guidegen.publish.remote_trouble import Trouble, by_status

if TYPE_CHECKING:
    from guidegen.model.publication import TargetSettings
    from guidegen.publish.remote import RemoteTarget

_HERE = {"localhost", "127.0.0.1", "::1"}
_CANNOT = {405, 501}
"""What servers answer to a method that they do not know."""


def open_target(settings: TargetSettings) -> AbstractContextManager[RemoteTarget]:
    """Return the place that a target's settings name.

    Raises:
        PublishError: The password would be sent for everybody to read.
    """
    return opened(settings, WebdavStore(settings))


class WebdavStore:
    """A folder at a WebDAV server."""

    workers = 4

    def __init__(self, settings: TargetSettings) -> None:
        self._settings = settings
        self._url = settings.text("url").rstrip("/")
        address = urlsplit(self._url)
        self._encrypted = address.scheme == "https" or address.hostname in _HERE
        self.place = address._replace(netloc=address.netloc.rpartition("@")[2]).geturl()
        self._files: WebdavFileSystem | None = None
        self._folders: set[str] = set()
        self._making = threading.Lock()
        self._copies = True

    @property
    def _dav(self) -> dav.Client:
        assert self._files  # noqa: S101  # connected
        return self._files.client

    def connect(self) -> None:
        """Find the credentials; connections are made when they are needed."""
        if self._files is not None:
            return
        user = self._settings.text("user") or urlsplit(self._url).username or ""
        password = find_secret(self._settings.name, user=user)
        if password and not self._encrypted:
            raise PublishError("error-remote-plain", place=self.place)
        self._files = WebdavFileSystem(
            self.place,
            auth=(user, password) if password else None,
            skip_instance_cache=True,
            retry=False,  # we try again ourselves
            timeout=httpx.Timeout(ANSWER_WITHIN, connect=CONNECT_WITHIN),
        )

    def close(self) -> None:
        """Close the connections."""
        if self._files is not None:
            with suppress(Exception):
                self._dav.http.close()
            self._files = None

    def trouble(self, error: Exception) -> Trouble:
        """Say what an error of webdav4, or of httpx below it, means."""
        if isinstance(error, httpx.ConnectError) and "CERTIFICATE" in str(error):
            return Trouble.STRANGER
        status = _status(error)
        if status:
            return by_status(status)
        for kinds, trouble in _TROUBLES:
            if isinstance(error, kinds):
                return trouble
        return Trouble.REFUSED

    def entries(self) -> dict[str, int]:
        """Return all files."""
        found: dict[str, int] = {}
        folders = [""]
        while folders:
            folder = folders.pop()
            try:
                listed = self._dav.ls(quote(folder))
            except dav.ResourceNotFound:
                continue
            self._folders.add(folder.rstrip("/"))
            for entry in listed:
                if not isinstance(entry, dict):
                    continue
                name = str(entry["name"]).strip("/")
                if not name.startswith(folder):
                    continue  # a server's answer leads nowhere else
                if entry["type"] == "directory":
                    folders.append(f"{name}/")
                else:
                    size = entry["content_length"]
                    found[name] = -1 if size is None else size
        return found

    def fetch(self, name: str, into: BinaryIO) -> bool:
        """Copy a file's content; return False if there is no such file."""
        try:
            self._dav.download_fileobj(quote(name), into)
        except dav.ResourceNotFound:
            return False
        return True

    def write(self, name: str, content: BinaryIO, size: int) -> None:
        """Write a file beside its place, then move it."""
        new = self._new()
        self._dav.upload_fileobj(content, new, overwrite=True, size=size)
        self._move(new, name)

    def copy(self, source: str, name: str) -> bool:
        """Copy a file beside the new place, then move it."""
        if not self._copies:
            return False
        new = self._new()
        try:
            self._dav.copy(quote(source), new, overwrite=True)
        except dav.HTTPError as error:
            if error.status_code not in _CANNOT:
                raise
            self._copies = False
            return False
        self._move(new, name)
        return True

    def _new(self) -> str:
        name = TMP + secrets.token_hex(8)
        self._make_folder(name)
        return name

    def _move(self, new: str, name: str) -> None:
        self._make_folder(name)
        self._dav.move(new, quote(name), overwrite=True)

    def _make_folder(self, name: str) -> None:
        """Make the folder that a file lies in, and those above it in the place.

        One at a time: a server may stumble over the same folder made twice at once.
        """
        parts = name.split("/")[:-1]
        with self._making:
            for count in range(len(parts) + 1):
                folder = "/".join(parts[:count])
                if folder not in self._folders:
                    if not self._dav.exists(quote(folder)):
                        with suppress(dav.ResourceAlreadyExists):
                            self._dav.mkdir(quote(folder))
                    self._folders.add(folder)

    def remove(self, name: str) -> None:
        """Delete a file if it is there."""
        with suppress(dav.ResourceNotFound):
            self._dav.remove(quote(name))

    def remove_folder(self, name: str) -> None:
        """Do nothing: a server deletes a folder with all that is in it by then."""


def _status(error: Exception) -> int:
    """Return the server's answer, 0 if there was none."""
    for cause in (error, error.__cause__):
        if isinstance(cause, dav.HTTPError):
            return int(cause.status_code)
        if isinstance(cause, httpx.HTTPStatusError):
            return cause.response.status_code
    return 0


_TROUBLES: tuple[tuple[tuple[type[BaseException], ...], Trouble], ...] = (
    ((dav.InsufficientStorage,), Trouble.FULL),
    ((dav.ResourceNotFound, dav.ResourceConflict), Trouble.ABSENT),
    ((dav.BadGatewayError, dav.ResourceLocked), Trouble.BUSY),
    ((httpx.TransportError, OSError), Trouble.LOST),
)
