"""Whether readers get what was published: each file is fetched and compared.

The server is not trusted: it may send no more than was published, has a limited time
for all of it, and may redirect only to itself.
"""

from __future__ import annotations

import hashlib
import http.client
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import IO
from urllib.parse import quote, urlsplit

from guidegen import __version__
from guidegen.errors import PublishError
from guidegen.model.publication import FileRecord, Manifest
from guidegen.publish.limits import TooLateError, in_time
from guidegen.publish.manifest import NAME
from guidegen.redact import redacted
from guidegen.value import Value

_TIMEOUT = 20
_TRIES = 3
_PAUSE = 0.5
_AT_ONCE = 4
_CHUNK = 1 << 18
_REDIRECTS = 5
_WITHIN = 900.0
"""Seconds that all files together may take."""
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Mismatch(Value):
    """A file that readers do not get as it was published."""

    name: str
    url: str
    reason: str
    """What came instead: a status, the system's words, or “other content”."""
    message: str
    """The id of the message that says so; it may contain `{reason}`."""


def verify(url: str, manifest: Manifest) -> tuple[Mismatch, ...]:
    """Fetch every file of a publication and return those that differ.

    Files whose names begin with a dot are left out: web servers often hide them, and no
    reader needs them.

    Args:
        url: Where `index.html` is served.
        manifest: What was published.

    Raises:
        PublishError: The address is not that of a website, or contains a password.
    """
    parts = urlsplit(url)
    # Each difference prints its address, so there may be no password in it.
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.password:
        raise PublishError("error-publish-address")
    start = url.partition("?")[0].partition("#")[0].rstrip("/").removesuffix(NAME)
    names = [
        name
        for name in manifest.files
        if not any(part.startswith(".") for part in name.split("/"))
    ]
    until = time.monotonic() + _WITHIN
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = pool.map(
            lambda name: _mismatch(
                name, f"{start}/{quote(name)}", manifest.files[name], until
            ),
            names,
        )
        return tuple(each for each in found if each)


def _mismatch(name: str, url: str, record: FileRecord, until: float) -> Mismatch | None:
    """Return how a file differs from what was published, None if it does not."""
    message = reason = ""
    for attempt in range(_TRIES):
        time.sleep(attempt * _PAUSE if time.monotonic() < until else 0)
        try:
            if _is_published(url, record, until):
                return None
            message, reason = "publish-other", "other content"
            break
        except TooLateError:
            message, reason = "publish-too-long", "too late"
            break
        except _RedirectedError as error:
            message, reason = "publish-redirected", str(error)
            break
        except _NowhereError as error:
            message, reason = "publish-redirected-nowhere", f"HTTP {error}"
            break
        except urllib.error.HTTPError as error:
            # What `_SameHost` follows no longer.
            if error.code < http.HTTPStatus.BAD_REQUEST:
                message, reason = "publish-redirects", f"HTTP {error.code}"
                break
            message, reason = "publish-refused", f"HTTP {error.code}"
            # A 4xx answer is the same however often one asks.
            if error.code < http.HTTPStatus.INTERNAL_SERVER_ERROR:
                break
        except (OSError, http.client.HTTPException) as error:
            cause = getattr(error, "reason", error)
            message = "publish-no-answer"
            reason = redacted(str(cause) or type(error).__name__)
    return Mismatch(name=name, url=url, reason=reason, message=message)


class _RedirectedError(Exception):
    """The server sends readers elsewhere; the text says where."""


class _NowhereError(Exception):
    """The server sends readers to what is no address; the text is the answer's code."""


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a server to itself only: another one has published nothing.

    A page of another host would be compared for nothing, and a request to one within
    the network could do something there.
    """

    max_redirections = _REDIRECTS
    max_repeats = _REDIRECTS

    def http_error_302(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
    ) -> object:
        """Return the answer that a server redirects to.

        Raises:
            _NowhereError: It redirects to what is no address.
        """
        try:
            return super().http_error_302(req, fp, code, msg, headers)
        except ValueError as error:
            fp.close()
            raise _NowhereError(code) from error

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Return the next request.

        Raises:
            _RedirectedError: It would go to somebody else, or unencrypted.
        """
        if not _is_same_server(req.full_url, newurl):
            fp.close()
            parts = urlsplit(newurl)
            raise _RedirectedError(f"{parts.scheme}://{parts.hostname or ''}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _is_same_server(url: str, new: str) -> bool:
    old, to = urlsplit(url), urlsplit(new)
    try:
        ports = [each.port or _DEFAULT_PORTS.get(each.scheme) for each in (old, to)]
    except ValueError:  # no number, or none that a port has
        return False
    upgrade = (old.scheme, *ports, to.scheme) == ("http", 80, 443, "https")
    same = old.scheme == to.scheme and ports[0] == ports[1]
    return old.hostname == to.hostname and (same or upgrade)


_OPENER = urllib.request.build_opener(_SameHost)


def _is_published(url: str, record: FileRecord, until: float) -> bool:
    """Return whether readers get a file; no more is read than was published."""
    request = urllib.request.Request(  # noqa: S310  # http and https only, see `verify`
        url,
        headers={
            # The digest is that of the uncompressed file.
            "Accept-Encoding": "identity",
            # Caches on the way have to ask the server (RFC 9111, section 5.2.1.4).
            "Cache-Control": "no-cache",
            "User-Agent": f"guidegen/{__version__}",
        },
    )
    left = until - time.monotonic()
    return in_time(lambda: _fetched(request, record) == record, left)


def _fetched(request: urllib.request.Request, record: FileRecord) -> FileRecord:
    digest, size = hashlib.sha256(), 0
    try:
        with _OPENER.open(request, timeout=_TIMEOUT) as answer:
            while size <= record.size and (piece := answer.read(_CHUNK)):
                digest.update(piece)
                size += len(piece)
    except urllib.error.HTTPError as error:
        # It holds the connection, and who has given up waiting never hears of it.
        error.close()
        raise
    return FileRecord(digest.hexdigest(), size)
