"""Whether readers get what was published: each file is fetched and compared."""

from __future__ import annotations

import hashlib
import http.client
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urlsplit

from guidegen import __version__
from guidegen.errors import PublishError
from guidegen.model.publication import FileRecord, Manifest
from guidegen.publish.manifest import NAME
from guidegen.redact import redacted
from guidegen.value import Value

_TIMEOUT = 20
_TRIES = 3
_PAUSE = 0.5
_AT_ONCE = 4
_CHUNK = 1 << 18


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
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = pool.map(
            lambda name: _mismatch(
                name, f"{start}/{quote(name)}", manifest.files[name]
            ),
            names,
        )
        return tuple(each for each in found if each)


def _mismatch(name: str, url: str, record: FileRecord) -> Mismatch | None:
    """Return how a file differs from what was published, None if it does not."""
    message = reason = ""
    for attempt in range(_TRIES):
        time.sleep(attempt * _PAUSE)
        try:
            if _digest(url) == record.digest:
                return None
            message, reason = "publish-other", "other content"
            break
        except urllib.error.HTTPError as error:
            error.close()
            message, reason = "publish-refused", f"HTTP {error.code}"
            # A 4xx answer is the same however often one asks.
            if error.code < http.HTTPStatus.INTERNAL_SERVER_ERROR:
                break
        except (OSError, http.client.HTTPException) as error:
            cause = getattr(error, "reason", error)
            message = "publish-no-answer"
            reason = redacted(str(cause) or type(error).__name__)
    return Mismatch(name=name, url=url, reason=reason, message=message)


def _digest(url: str) -> str:
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
    digest = hashlib.sha256()
    with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
        while piece := answer.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()
