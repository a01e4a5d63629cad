"""Publishing to S3 and compatible servers, with botocore.

S3 replaces a file in one operation, so nothing has to be written elsewhere first.
"""

from __future__ import annotations

import re
import shutil
from contextlib import AbstractContextManager, suppress
from typing import Any, BinaryIO, ClassVar

from botocore import exceptions as boto  # type: ignore[import-untyped]
from botocore.config import Config  # type: ignore[import-untyped]
from botocore.session import Session  # type: ignore[import-untyped]

from guidegen.errors import PublishError
from guidegen.model.publication import TargetSettings
from guidegen.publish.content_types import content_type
from guidegen.publish.credentials import find_secret, need_secret, sought
from guidegen.publish.limits import Listing, bounded
from guidegen.publish.remote import RemoteTarget, open_remote
from guidegen.publish.remote_layout import is_own
from guidegen.publish.remote_store import ANSWER_WITHIN, CONNECT_WITHIN, Store
from guidegen.publish.remote_trouble import Trouble, by_status
from guidegen.publish.target_place import address_of, server_of

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


_NO_SUCH_FILE = {"NoSuchKey", "404"}
_CANNOT = {"NotImplemented", "501"}
_THERE = {"PreconditionFailed", "412", "ConditionalRequestConflict", "409"}


def open_target(settings: TargetSettings) -> AbstractContextManager[RemoteTarget]:
    """Open the bucket that a target's settings name."""
    return open_remote(settings, S3Store(settings))


def headers(name: str) -> dict[str, str]:
    """Return the headers that a file is to be served with.

    A file with a digest in its name may be cached for ever. Browsers ask about others
    each time, so that no old page stays.
    """
    for_ever = _HASHED.search(name) and not is_own(name)
    return {
        "ContentType": content_type(name),
        # A year; `immutable` (RFC 8246) spares browsers even the question.
        "CacheControl": "public, max-age=31536000, immutable"
        if for_ever
        else "no-cache",
    }


class S3Store(Store):
    """A bucket, or what is below a prefix in it."""

    workers = 8
    login_hint = "error-remote-login-s3-hint"
    troubles: ClassVar = {
        # It is a kind of ConnectionError, so it has to come before that.
        boto.SSLError: Trouble.UNVERIFIED,
        boto.NoCredentialsError: Trouble.LOGIN,
        boto.PartialCredentialsError: Trouble.LOGIN,
        boto.CredentialRetrievalError: Trouble.LOGIN,
        boto.ProfileNotFound: Trouble.LOGIN,
        boto.HTTPClientError: Trouble.LOST,
        boto.ConnectionError: Trouble.LOST,
        boto.IncompleteReadError: Trouble.LOST,
        OSError: Trouble.LOST,
    }

    def __init__(self, settings: TargetSettings) -> None:
        self._settings = settings
        place = server_of(settings)
        self._server = place
        self._endpoint = (
            address_of(settings, "endpoint")[1] if settings.text("endpoint") else None
        )
        self._bucket = settings.text("bucket")
        prefix = settings.text("prefix").strip("/")
        self._prefix = f"{prefix}/" if prefix else ""
        self.address = f"s3://{self._bucket}/{self._prefix}".rstrip("/")
        self._client: Any = None

    def connect(self) -> None:
        """Find the credentials; connections are made when they are needed."""
        if self._client is not None:
            return
        settings, place = self._settings, self._server
        self.sought = sought(place, settings.name, "access_key")
        secrets: dict[str, str | None] = {}
        # Without keys of ours, botocore looks where the AWS tools look.
        if key := find_secret(place, settings.name, "access_key"):
            secrets["aws_access_key_id"] = key
            secrets["aws_secret_access_key"] = need_secret(
                place, settings.name, "secret_key"
            )
            secrets["aws_session_token"] = find_secret(place, settings.name, "token")
        session = Session(profile=settings.text("profile") or None)
        self._client = session.create_client(
            "s3",
            region_name=settings.text("region") or None,
            endpoint_url=self._endpoint,
            config=Config(
                connect_timeout=CONNECT_WITHIN,
                read_timeout=ANSWER_WITHIN,
                retries={"total_max_attempts": 1},  # we try again ourselves
                max_pool_connections=self.workers,
            ),
            **secrets,
        )
        self._client.meta.events.register("after-call.s3", self._stay)
        # botocore has no place for a limit: this is where it receives its answers.
        endpoint = self._client._endpoint  # noqa: SLF001
        endpoint.http_session = _Bounded(endpoint.http_session, self.address)

    def _stay(self, http_response: Any, **_: object) -> None:  # noqa: ANN401
        """Refuse to be led to another place, which botocore may take for good.

        Raises:
            PublishError: The server names another one.
        """
        there = http_response.headers.get("location")
        if 300 <= http_response.status_code < 400 and there:  # noqa: PLR2004
            raise PublishError(
                "error-remote-elsewhere", address=self.address, there=there
            )

    def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            with suppress(Exception):
                self._client.close()
            self._client = None

    def trouble(self, error: Exception) -> Trouble:
        """Return what the server's error code, or its status, means."""
        if not isinstance(error, boto.ClientError):
            return super().trouble(error)
        # The code says more than the status: 403 is a wrong key, a wrong clock or no
        # right.
        code = _code(error)
        for trouble, codes in _CODES.items():
            if code in codes:
                return trouble
        data = error.response.get("ResponseMetadata", {})
        return by_status(int(data.get("HTTPStatusCode", 0)))

    def _at(self, name: str) -> dict[str, str]:
        return {"Bucket": self._bucket, "Key": self._prefix + name}

    def entries(self) -> dict[str, int]:
        """Return all files below the prefix."""
        found = Listing(self.address)
        pages = self._client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self._bucket, Prefix=self._prefix):
            # Counted, too: a server may send empty pages for ever.
            found.enter("")
            for each in page.get("Contents", ()):
                name = each["Key"].removeprefix(self._prefix)
                # Consoles mark folders by empty objects whose names end with a slash.
                if name and not name.endswith("/"):
                    found[name] = each["Size"]
        return found

    def fetch(self, name: str, into: BinaryIO) -> bool:
        """Copy a file's content; return False if there is no such file."""
        try:
            body = self._client.get_object(**self._at(name))["Body"]
        except boto.ClientError as error:
            if _code(error) in _NO_SUCH_FILE:
                return False
            raise
        with body:
            shutil.copyfileobj(body, into)
        return True

    def write(self, name: str, content: BinaryIO, size: int) -> None:
        """Put a file; readers get the old one until all of the new one is there."""
        del size
        self._client.put_object(**self._at(name), Body=content.read(), **headers(name))

    def create(self, name: str, content: bytes) -> bool:
        """Put a file unless there is one; servers that cannot tell replace it."""
        at = {**self._at(name), **headers(name)}
        try:
            self._client.put_object(**at, Body=content, IfNoneMatch="*")
        except boto.ClientError as error:
            if _code(error) in _THERE:
                return False
            if _code(error) not in _CANNOT:
                raise
            self._client.put_object(**at, Body=content)
        return True

    def copy(self, source: str, name: str) -> bool:
        """Let the server copy a file."""
        try:
            self._client.copy_object(
                **self._at(name),
                CopySource=self._at(source),
                # By default the copy keeps the headers of its source, whose name has no
                # suffix to tell the type from.
                MetadataDirective="REPLACE",
                **headers(name),
            )
        except boto.ClientError as error:
            if _code(error) in _CANNOT:
                return False
            raise
        return True

    def remove(self, name: str) -> None:
        """Delete a file; S3 does not mind if it is not there."""
        self._client.delete_object(**self._at(name))

    def remove_folder(self, name: str) -> None:
        """Do nothing: there are no folders."""


class _Bounded:
    """Receives answers that are no files no further than they may go."""

    def __init__(self, session: Any, address: str) -> None:  # noqa: ANN401  # untyped
        self._session = session
        self._address = address

    def send(self, request: Any) -> Any:  # noqa: ANN401  # untyped
        """Send a request, and receive the answer unless it is a file."""
        is_file = request.stream_output
        request.stream_output = True
        answer = self._session.send(request)
        if not is_file:
            pieces = answer.raw.stream()
            answer.raw.stream = lambda: bounded(pieces, self._address)
            _ = answer.content  # it is received here
        return answer

    def close(self) -> None:
        """Close the connections."""
        self._session.close()


def _code(error: boto.ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))
