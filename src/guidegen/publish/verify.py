"""Whether readers get what was published: each file is fetched and compared."""

from __future__ import annotations

import hashlib
import http.client
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from guidegen import __version__
from guidegen.errors import PublishError
from guidegen.model.publication import FileRecord, Manifest
from guidegen.publish.manifest import NAME
from guidegen.redact import redacted

_TIMEOUT = 20
_TRIES = 3
_PAUSE = 0.5
_AT_ONCE = 4
_CHUNK = 1 << 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A file that readers do not get as it was published."""

    name: str
    url: str
    reason: str
    message: str
    """The id of the message that says so; it may contain `{reason}`."""


def verify(url: str, manifest: Manifest) -> tuple[Difference, ...]:
    """Fetch every file of a publication and return those that differ.

    Files whose names begin with a dot are left out: web servers often hide them, and no
    reader needs them.

    Args:
        url: Where `index.html` is served.
        manifest: What was published.

    Raises:
        PublishError: The address is none.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.password:
        raise PublishError("error-publish-address")
    start = url.partition("?")[0].partition("#")[0].rstrip("/").removesuffix(NAME)
    wanted = {
        f"{start}/{quote(name)}": name
        for name in manifest.files
        if not any(part.startswith(".") for part in name.split("/"))
    }
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        reasons = pool.map(
            lambda address: _difference(address, manifest.files[wanted[address]]),
            wanted,
        )
        return tuple(
            Difference(name=name, url=address, reason=said[1], message=said[0])
            for (address, name), said in zip(wanted.items(), reasons, strict=True)
            if said
        )


def _difference(url: str, record: FileRecord) -> tuple[str, str] | None:
    """Return why a file is not what was published, None if it is."""
    found: tuple[str, str] | None = None
    for attempt in range(_TRIES):
        time.sleep(attempt * _PAUSE)
        try:
            same = _digest(url) == record.digest
        except urllib.error.HTTPError as error:
            error.close()
            found = ("publish-refused", f"HTTP {error.code}")
            if error.code < http.HTTPStatus.INTERNAL_SERVER_ERROR:
                return found
        except (OSError, http.client.HTTPException) as error:
            said = redacted(
                str(getattr(error, "reason", error)) or type(error).__name__
            )
            found = ("publish-no-answer", said)
        else:
            return None if same else ("publish-other", "other content")
    return found


def _digest(url: str) -> str:
    request = urllib.request.Request(  # noqa: S310  # http and https only, see `verify`
        url,
        headers={
            "Accept-Encoding": "identity",
            "Cache-Control": "no-cache",
            "User-Agent": f"guidegen/{__version__}",
        },
    )
    digest = hashlib.sha256()
    with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
        while piece := answer.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()
