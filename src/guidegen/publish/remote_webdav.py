"""Publishing by WebDAV, with webdav4."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from typing import Any, BinaryIO, ClassVar
from urllib.parse import quote

import httpx
from webdav4 import client as dav  # type: ignore[import-untyped]

from guidegen.errors import PublishError
from guidegen.model.publication import TargetSettings
from guidegen.publish.credentials import find_secret, sought
from guidegen.publish.limits import Listing, bounded, limit_error
from guidegen.publish.place import NoPlaceError, split_address
from guidegen.publish.remote import RemoteTarget, open_remote
from guidegen.publish.remote_store import ANSWER_WITHIN, CONNECT_WITHIN, FolderStore
from guidegen.publish.remote_trouble import Trouble, by_status
from guidegen.publish.target_place import address_of, server_of

_CANNOT = {405, 501}
"""What servers answer to a method that they do not know."""


def open_target(settings: TargetSettings) -> AbstractContextManager[RemoteTarget]:
    """Open the folder that a target's settings name."""
    return open_remote(settings, WebdavStore(settings))


class WebdavStore(FolderStore):
    """A folder on a WebDAV server."""

    workers = 4
    troubles: ClassVar = {
        dav.InsufficientStorage: Trouble.FULL,
        dav.ResourceNotFound: Trouble.ABSENT,
        dav.ResourceConflict: Trouble.ABSENT,
        dav.BadGatewayError: Trouble.BUSY,
        dav.ResourceLocked: Trouble.BUSY,
        httpx.TransportError: Trouble.LOST,
        OSError: Trouble.LOST,
    }

    def __init__(self, settings: TargetSettings) -> None:
        super().__init__()
        self._settings = settings
        self._server = server_of(settings)
        _, address = address_of(settings, "url")
        # Put together anew: no library finds another host in it than we did.
        self.address = address.rstrip("/")
        self._client: Any = None

    def connect(self) -> None:
        """Find the credentials; connections are made when they are needed."""
        if self._client is not None:
            return
        name = self._settings.name
        password = find_secret(self._server, name)
        self.sought = sought(self._server, name)
        self._client = dav.Client(
            self.address,
            auth=(self._server.user, password) if password else None,
            retry=False,  # we try again ourselves
            timeout=httpx.Timeout(ANSWER_WITHIN, connect=CONNECT_WITHIN),
            # Through a proxy, what is not encrypted would leave this computer.
            trust_env=not self._server.is_loopback,
            event_hooks={"response": [self._stay, self._bound]},
            # Else a small answer could become an endless one here.
            headers={"Accept-Encoding": "identity"},
        )

    def _bound(self, response: httpx.Response) -> None:
        """Let an answer that is no file have no more bytes than one may have.

        Raises:
            PublishError: It is packed, although that was not asked for.
        """
        if response.request.method == "GET" and response.is_success:
            return  # whoever fetches a file knows how large it may be
        if response.headers.get("content-encoding", "identity") != "identity":
            raise limit_error(self.address, "limit-packed", 0)
        response.stream = _Bounded(response.stream, self.address)

    def _stay(self, response: httpx.Response) -> None:
        """Refuse to be led to another place; webdav4 would follow.

        Raises:
            PublishError: The server names another one.
        """
        if not response.is_redirect:
            return
        location = response.headers.get("location", "")
        there = str(response.url.join(location))
        try:
            # Within the same place, as when a folder lacks its slash, nothing is lost.
            if (
                split_address(there.partition("#")[0].partition("?")[0])[0].origin
                == split_address(self.address)[0].origin
            ):
                return
        except NoPlaceError:
            pass
        raise PublishError("error-remote-elsewhere", address=self.address, there=there)

    def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            with suppress(Exception):
                self._client.http.close()
            self._client = None

    def trouble(self, error: Exception) -> Trouble:
        """Return what the server's status, or what the library noticed, means."""
        # httpx has no class for a bad certificate; only the text names it.
        if isinstance(error, httpx.ConnectError) and "CERTIFICATE" in str(error):
            return Trouble.UNVERIFIED
        status = _status(error)
        return by_status(status) if status else super().trouble(error)

    def entries(self) -> dict[str, int]:
        """Return all files."""
        found = Listing(self.address)
        folders = [""]
        while folders:
            folder = folders.pop()
            found.enter(folder)
            try:
                listed = self._client.ls(quote(folder))
            except dav.ResourceNotFound:
                continue
            self._folders.add(folder.rstrip("/"))
            for entry in listed:
                name = str(entry["name"]).strip("/")
                # A server's answer leads nowhere else, and not back to itself.
                if not name.startswith(folder) or f"{name}/" == folder:
                    continue
                if entry["type"] == "directory":
                    folders.append(f"{name}/")
                else:
                    size = entry["content_length"]
                    found[name] = -1 if size is None else size
        return found

    def fetch(self, name: str, into: BinaryIO) -> bool:
        """Copy a file's content; return False if there is no such file."""
        try:
            self._client.download_fileobj(quote(name), into)
        except dav.ResourceNotFound:
            return False
        return True

    def _make_folder(self, folder: str) -> None:
        if not self._client.exists(quote(folder)):
            with suppress(dav.ResourceAlreadyExists):
                self._client.mkdir(quote(folder))

    def _upload(self, name: str, content: BinaryIO, size: int) -> None:
        # The name of a new file is hexadecimal and needs no quoting.
        self._client.upload_fileobj(content, name, overwrite=True, size=size)

    def _duplicate(self, source: str, new: str) -> bool:
        try:
            self._client.copy(quote(source), new, overwrite=True)
        except dav.HTTPError as error:
            if error.status_code not in _CANNOT:
                raise
            return False
        return True

    def _move(self, new: str, name: str) -> None:
        self._client.move(new, quote(name), overwrite=True)

    def _move_new(self, new: str, name: str) -> bool:
        try:
            self._client.move(new, quote(name), overwrite=False)
        except dav.ResourceAlreadyExists:
            return False
        return True

    def remove(self, name: str) -> None:
        """Delete a file if it is there."""
        with suppress(dav.ResourceNotFound):
            self._client.remove(quote(name))

    def remove_folder(self, name: str) -> None:
        """Do nothing: DELETE takes along whatever is in a folder (RFC 4918, 9.6.1)."""


class _Bounded(httpx.SyncByteStream):
    """An answer that is no file."""

    def __init__(self, stream: Any, address: str) -> None:  # noqa: ANN401  # the library's
        self._stream = stream
        self._address = address

    def __iter__(self) -> Iterator[bytes]:
        return bounded(self._stream, self._address)

    def close(self) -> None:
        """Close the answer."""
        self._stream.close()


def _status(error: Exception) -> int:
    """Return the server's answer, 0 if there was none."""
    # webdav4 wraps some of httpx's errors; the status is then in the cause.
    for cause in (error, error.__cause__):
        if isinstance(cause, dav.HTTPError):
            return int(cause.status_code)
        if isinstance(cause, httpx.HTTPStatusError):
            return cause.response.status_code
    return 0
