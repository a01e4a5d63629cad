"""Large servers on this computer, with faults on demand: S3 and WebDAV.

What they import takes a second of each worker that has a test with them.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from cheroot import wsgi
from tests.publish.remote_faults import PASSWORD, USER, Faults
from tests.publish.remote_servers import ServedFolder
from wsgidav.fs_dav_provider import FilesystemProvider  # type: ignore[import-untyped]
from wsgidav.wsgidav_app import WsgiDAVApp  # type: ignore[import-untyped]

from guidegen.model.publication import Option

BUCKET = "intranet"


class _Gateway(wsgi.Gateway_10):
    def get_environ(self) -> Any:  # noqa: ANN401  # no types there
        environ: Any = super().get_environ()  # type: ignore[no-untyped-call]
        environ["tests.socket"] = self.req.conn.socket
        return environ


class _Faulty:
    """A web application whose requests can go wrong."""

    def __init__(
        self,
        application: Callable[..., Iterable[bytes]],
        faults: Faults,
        answers: dict[str, tuple[str, bytes]],
    ) -> None:
        self.application = application
        self.faults = faults
        self.answers = answers

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        with self.faults.turn():
            answer = self._answer(environ, start_response)
            return list(answer) if self.faults.watch else answer

    def _answer(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        writes = method not in {"GET", "HEAD", "PROPFIND", "OPTIONS", "DELETE"}
        fault = self.faults.step(method, writes=writes)
        if method == "PUT":
            self.faults.received += int(environ.get("CONTENT_LENGTH") or 0)
        if fault in {"full", "denied"}:
            environ["wsgi.input"].read()
            status, body = self.answers[fault]
            start_response(
                status,
                [("Content-Type", "text/xml"), ("Content-Length", str(len(body)))],
            )
            return [body]
        if fault == "before":
            environ["tests.socket"].shutdown(socket.SHUT_RDWR)
            start_response("200 OK", [("Content-Length", "0")])
            return [b""]
        answer = self.application(environ, start_response)
        if fault == "after":
            for _ in answer:
                pass
            environ["tests.socket"].shutdown(socket.SHUT_RDWR)
            return [b""]
        return answer


@contextmanager
def _web_server(application: Callable[..., Iterable[bytes]]) -> Iterator[int]:
    server = wsgi.Server(("127.0.0.1", 0), application, numthreads=16, timeout=30)
    server.shutdown_timeout = 0
    server.expiration_interval = 0.02  # how soon it notices that it is to stop
    server.gateway = _Gateway
    vars(server)["error_log"] = lambda *_args, **_kwargs: None
    server.prepare()
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield server.bind_addr[1]
    finally:
        server.stop()
        thread.join()


class WebdavServer(ServedFolder):
    """wsgidav on cheroot."""

    kind = "webdav"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "server/Ablage/Leitfaden für alle")
        self.root.parent.mkdir(parents=True)
        self.faults = Faults()
        self.port = 0

    def options(self) -> dict[str, Option]:
        address = f"http://127.0.0.1:{self.port}/Ablage/Leitfaden%20f%C3%BCr%20alle/"
        return {"url": address, "user": USER}

    @contextmanager
    def running(self) -> Iterator[WebdavServer]:
        provider = FilesystemProvider(str(self.root.parent.parent))
        users = {"*": {USER: {"password": PASSWORD}}}
        application = WsgiDAVApp(
            {
                "provider_mapping": {"/": provider},
                "simple_dc": {"user_mapping": users},
                "http_authenticator": {
                    "accept_basic": True,
                    "accept_digest": False,
                    "default_to_digest": False,
                },
                "verbose": 0,
                "logging": {"enable": False},
            }
        )
        answers = {
            "full": ("507 Insufficient Storage", b""),
            "denied": ("403 Forbidden", b""),
        }
        with _web_server(_Faulty(application, self.faults, answers)) as self.port:
            yield self


class S3Server:
    """moto's S3."""

    kind = "s3"

    def __init__(self) -> None:
        self.faults = Faults()
        self.port = 0

    def options(self) -> dict[str, Option]:
        return {
            "bucket": BUCKET,
            "prefix": "Leitfaden für alle",
            "endpoint": f"http://127.0.0.1:{self.port}",
            "region": "us-east-1",
        }

    @property
    def _bucket(self) -> Any:  # noqa: ANN401
        from moto.s3.models import s3_backends  # noqa: PLC0415

        return s3_backends["123456789012"]["aws"].buckets[BUCKET]

    def keys(self) -> dict[str, Any]:
        """Return moto's records of all files."""
        prefix = "Leitfaden für alle/"
        return {
            name.removeprefix(prefix): key
            for name, key in list(self._bucket.keys.items())
            if name.startswith(prefix)
        }

    def content(self) -> dict[str, bytes]:
        return {name: key.value for name, key in self.keys().items()}

    def get(self, name: str) -> bytes | None:
        key = self._bucket.keys.get(f"Leitfaden für alle/{name}")
        return key.value if key else None

    def put(self, name: str, content: bytes) -> None:
        from moto.s3.models import s3_backends  # noqa: PLC0415

        backend = s3_backends["123456789012"]["aws"]
        backend.put_object(BUCKET, f"Leitfaden für alle/{name}", content)

    @contextmanager
    def running(self) -> Iterator[S3Server]:
        from moto.moto_server.werkzeug_app import (  # noqa: PLC0415  # slow
            DomainDispatcherApplication,
            create_backend_app,
        )
        from moto.s3.models import s3_backends  # noqa: PLC0415

        application = DomainDispatcherApplication(create_backend_app)
        answers = {
            "full": ("403 Forbidden", _s3_error("QuotaExceeded")),
            "denied": ("403 Forbidden", _s3_error("AccessDenied")),
        }
        backend = s3_backends["123456789012"]["aws"]
        backend.create_bucket(BUCKET, "us-east-1")
        try:
            with _web_server(_Faulty(application, self.faults, answers)) as self.port:
                yield self
        finally:
            backend.reset()


def _s3_error(code: str) -> bytes:
    return f"<Error><Code>{escape(code)}</Code><Message>no</Message></Error>".encode()
