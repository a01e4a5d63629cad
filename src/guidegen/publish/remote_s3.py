"""Publishing to S3 and what speaks its language, with s3fs.

A file there is replaced in one operation, so nothing is written beside its place.
"""

from __future__ import annotations

import re
from contextlib import AbstractContextManager, suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO

from botocore import exceptions as boto  # type: ignore[import-untyped]
from fsspec.asyn import sync  # type: ignore[import-untyped]
from s3fs import S3FileSystem  # type: ignore[import-untyped]

from guidegen.publish.credentials import find_secret, need_secret
from guidegen.publish.remote import opened
from guidegen.publish.remote_names import is_own
from guidegen.publish.remote_store import ANSWER_WITHIN, CONNECT_WITHIN
from guidegen.publish.remote_trouble import Trouble, by_status

if TYPE_CHECKING:
    from guidegen.model.publication import TargetSettings
    from guidegen.publish.remote import RemoteTarget

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".htm": "text/html; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".ics": "text/calendar; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
}
_HASHED = re.compile(r"\.[0-9a-f]{8,}(\.min)?\.[a-z0-9]+$")
"""Names that change with the content, as MkDocs Material gives them."""

_CODES = {
    Trouble.LOGIN: {
        *("InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken"),
        *("InvalidToken", "TokenRefreshRequired", "NotSignedUp"),
    },
    Trouble.DENIED: {"AccessDenied", "AllAccessDisabled", "AccountProblem", "403"},
    Trouble.ABSENT: {"NoSuchBucket", "NoSuchKey", "404"},
    Trouble.CLOCK: {"RequestTimeTooSkewed"},
    Trouble.FULL: {
        *("QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded"),
    },
    Trouble.BUSY: {
        *("SlowDown", "ServiceUnavailable", "InternalError", "RequestTimeout"),
        *("Throttling", "OperationAborted"),
    },
}


def open_target(settings: TargetSettings) -> AbstractContextManager[RemoteTarget]:
    """Return the place that a target's settings name."""
    return opened(settings, S3Store(settings))


def headers(name: str) -> dict[str, str]:
    """Return what a server is to say about a file.

    What bears its digest in its name may be kept for ever; of anything else readers'
    browsers ask each time whether it is still the same, so that no old page stays.
    """
    suffix = PurePosixPath(name).suffix.lower()
    for_ever = _HASHED.search(name) and not is_own(name)
    return {
        "ContentType": _TYPES.get(suffix, "application/octet-stream"),
        "CacheControl": "public, max-age=31536000, immutable"
        if for_ever
        else "no-cache",
    }


class S3Store:
    """A bucket, or what is below a prefix in it."""

    workers = 8
    session: Any = None
    """A session of aiobotocore to use; None makes one."""

    def __init__(self, settings: TargetSettings) -> None:
        self._settings = settings
        self._bucket = settings.text("bucket")
        prefix = settings.text("prefix").strip("/")
        self._prefix = f"{prefix}/" if prefix else ""
        self.place = f"s3://{self._bucket}/{self._prefix}".rstrip("/")
        self._files: Any = None

    def connect(self) -> None:
        """Find the credentials; connections are made when they are needed."""
        if self._files is not None:
            return
        settings = self._settings
        options: dict[str, Any] = {}
        if key := find_secret(settings.name, "access_key"):
            options["key"] = key
            options["secret"] = need_secret(settings.name, "secret_key")
            options["token"] = find_secret(settings.name, "token")
        if endpoint := settings.text("endpoint"):
            options["endpoint_url"] = endpoint
        if profile := settings.text("profile"):
            options["profile"] = profile
        if region := settings.text("region"):
            options["client_kwargs"] = {"region_name": region}
        files = S3FileSystem(
            session=self.session,
            skip_instance_cache=True,
            config_kwargs={
                "connect_timeout": CONNECT_WITHIN,
                "read_timeout": ANSWER_WITHIN,
                "retries": {"total_max_attempts": 1},
                "max_pool_connections": self.workers,
            },
            **options,
        )
        files.retries = 1  # we try again ourselves
        self._files = files

    def close(self) -> None:
        """Close the connections."""
        if self._files is not None:
            with suppress(Exception):
                self._files.close_session(self._files.loop, self._files.s3)
            self._files = None

    def trouble(self, error: Exception) -> Trouble:
        """Say what an error of botocore or of the network means."""
        answer = error if isinstance(error, boto.ClientError) else error.__cause__
        if isinstance(answer, boto.ClientError):
            code = str(answer.response.get("Error", {}).get("Code", ""))
            for trouble, codes in _CODES.items():
                if code in codes:
                    return trouble
            data = answer.response.get("ResponseMetadata", {})
            return by_status(int(data.get("HTTPStatusCode", 0)))
        for kinds, trouble in _TROUBLES:
            if isinstance(error, kinds):
                return trouble
        return Trouble.REFUSED

    def _call(self, operation: str, name: str, **arguments: object) -> Any:  # noqa: ANN401  # as botocore answers
        place = {"Bucket": self._bucket, "Key": self._prefix + name}
        return self._files.call_s3(operation, **place, **arguments)

    def entries(self) -> dict[str, int]:
        """Return all files below the prefix."""
        found: dict[str, int] = {}
        more: dict[str, str] = {}
        while True:
            page = self._files.call_s3(
                "list_objects_v2", Bucket=self._bucket, Prefix=self._prefix, **more
            )
            for each in page.get("Contents", ()):
                name = each["Key"].removeprefix(self._prefix)
                if name and not name.endswith("/"):
                    found[name] = each["Size"]
            if not page.get("IsTruncated"):
                return found
            more = {"ContinuationToken": page["NextContinuationToken"]}

    def fetch(self, name: str, into: BinaryIO) -> bool:
        """Copy a file's content; return False if there is no such file."""

        async def fetch() -> bytes:
            place = {"Bucket": self._bucket, "Key": self._prefix + name}
            answer = await self._files._call_s3("get_object", **place)  # noqa: SLF001  # cat_file asks twice
            async with answer["Body"] as body:
                content: bytes = await body.read()
            return content

        try:
            into.write(sync(self._files.loop, fetch))
        except FileNotFoundError:
            return False
        return True

    def write(self, name: str, content: BinaryIO, size: int) -> None:
        """Put a file; readers get the old one until all of the new one is there."""
        del size
        self._call("put_object", name, Body=content.read(), **headers(name))

    def copy(self, source: str, name: str) -> bool:
        """Let the server copy a file."""
        try:
            self._call(
                "copy_object",
                name,
                CopySource={"Bucket": self._bucket, "Key": self._prefix + source},
                MetadataDirective="REPLACE",
                **headers(name),
            )
        except NotImplementedError:
            return False
        return True

    def remove(self, name: str) -> None:
        """Delete a file; S3 does not mind if it is not there."""
        self._call("delete_object", name)

    def remove_folder(self, name: str) -> None:
        """Do nothing: there are no folders."""


_TROUBLES: tuple[tuple[tuple[type[BaseException], ...], Trouble], ...] = (
    ((boto.SSLError,), Trouble.STRANGER),
    (
        (
            boto.NoCredentialsError,
            boto.PartialCredentialsError,
            boto.CredentialRetrievalError,
            boto.ProfileNotFound,
        ),
        Trouble.LOGIN,
    ),
    (
        (boto.HTTPClientError, boto.ConnectionError, boto.IncompleteReadError),
        Trouble.LOST,
    ),
    ((PermissionError,), Trouble.DENIED),
    ((FileNotFoundError,), Trouble.ABSENT),
    ((OSError, TimeoutError), Trouble.LOST),
)
