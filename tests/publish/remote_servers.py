"""Real servers on this computer: SFTP, S3 and WebDAV, each with faults on demand."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from xml.sax.saxutils import escape

import asyncssh
from cheroot import wsgi
from tests.publish.remote_faults import PASSWORD, USER, Faults
from wsgidav.fs_dav_provider import FilesystemProvider  # type: ignore[import-untyped]
from wsgidav.wsgidav_app import WsgiDAVApp  # type: ignore[import-untyped]

from guidegen.model.publication import Option

BUCKET = "intranet"


class Server(Protocol):
    """A server that is published to."""

    kind: str
    faults: Faults

    def options(self) -> dict[str, Option]:
        """Return what `guideline.yml` says about it."""
        ...

    def content(self) -> dict[str, bytes]:
        """Return all files below the place, not through the protocol."""
        ...

    def get(self, name: str) -> bytes | None:
        """Return what readers get."""
        ...

    def put(self, name: str, content: bytes) -> None:
        """Put a file there that is not guidegen's."""
        ...


class _Folder:
    """What is served from a folder of this computer."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def content(self) -> dict[str, bytes]:
        files = (path for path in self.root.rglob("*") if path.is_file())
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes() for path in files
        }

    def get(self, name: str) -> bytes | None:
        try:
            return (self.root / name).read_bytes()
        except FileNotFoundError:
            return None

    def put(self, name: str, content: bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


class SftpServer(_Folder):
    """asyncssh's server."""

    kind = "sftp"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "server/www")
        self.root.parent.mkdir(parents=True)
        self.faults = Faults()
        self.unknown: frozenset[str] = frozenset()
        """Operations that the server says it does not know."""
        self.keys: list[asyncssh.SSHKey] = []
        self.opened: list[Any] = []
        self.copied: bytes | None = None
        """What was read last: the server writes it again when it copies."""
        self.port = 0
        self.key = asyncssh.generate_private_key("ssh-ed25519")
        self.known_hosts = folder / "known_hosts"

    def options(self) -> dict[str, Option]:
        return {
            "host": "127.0.0.1",
            "port": self.port,
            "user": USER,
            "path": "www",
        }

    def allow(self, key: asyncssh.SSHKey) -> None:
        """Let in whoever has a key."""
        self.keys.append(key.convert_to_public())

    def note(self, operation: str, result: Any) -> None:  # noqa: ANN401
        if operation == "read":
            self.copied = result
        elif operation == "open" and result is not None:
            self.opened.append(result)

    def write_known_hosts(self, key: asyncssh.SSHKey) -> None:
        public = key.export_public_key().decode()
        line = f"[127.0.0.1]:{self.port} {public}"
        self.known_hosts.write_text(line, encoding="utf-8")

    @contextmanager
    def running(self) -> Iterator[SftpServer]:
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever)
        thread.start()

        async def listen() -> asyncssh.SSHAcceptor:
            return await asyncssh.listen(
                "127.0.0.1",
                0,
                server_host_keys=[self.key],
                server_factory=lambda: _Login(self.faults, self.keys),
                sftp_factory=lambda channel: _faulty_sftp(self)(
                    channel, chroot=str(self.root.parent).encode()
                ),
            )

        acceptor = asyncio.run_coroutine_threadsafe(listen(), loop).result()
        self.port = acceptor.get_port()
        self.write_known_hosts(self.key)
        try:
            yield self
        finally:

            async def stop() -> None:
                acceptor.close()
                await acceptor.wait_closed()
                await asyncio.sleep(0.05)

            asyncio.run_coroutine_threadsafe(stop(), loop).result()
            loop.call_soon_threadsafe(loop.stop)
            for file in self.opened:
                file.close()
            thread.join()
            loop.close()


class _Login(asyncssh.SSHServer):
    def __init__(self, faults: Faults, keys: list[asyncssh.SSHKey]) -> None:
        self._faults = faults
        self._keys = keys

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        fault = self._faults.step("connect", writes=False)
        if fault in {"before", "after"}:
            conn.abort()

    def public_key_auth_supported(self) -> bool:
        return bool(self._keys)

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        return username == USER and key in self._keys

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, PASSWORD)


_WRITING = {"write", "mkdir", "rename", "posix_rename", "link"}
_OPERATIONS = (
    *("open", "read", "write", "close", "stat", "remove", "mkdir", "rmdir"),
    *("rename", "posix_rename", "link", "scandir"),
)
_REFUSALS = {
    "full": asyncssh.SFTPQuotaExceeded("the quota is used up"),
    "denied": asyncssh.SFTPPermissionDenied("not yours"),
}


def _faulty_sftp(server: SftpServer) -> type[asyncssh.SFTPServer]:
    """Return a server for files whose operations can go wrong."""

    def faulty(operation: str) -> Callable[..., Any]:
        plain = getattr(asyncssh.SFTPServer, operation)

        def work(self: asyncssh.SFTPServer, *arguments: Any) -> Any:  # noqa: ANN401
            if operation in server.unknown:
                raise asyncssh.SFTPOpUnsupported(operation)
            if operation == "write" and arguments[2] is not server.copied:
                server.faults.received += len(arguments[2])
            fault = server.faults.step(operation, writes=operation in _WRITING)
            if fault in _REFUSALS:
                raise _REFUSALS[fault]
            result = None if fault == "before" else plain(self, *arguments)
            server.note(operation, result)
            if fault is not None:
                self.channel.get_connection().abort()
                raise asyncssh.SFTPConnectionLost("gone")
            return result

        return work

    return type("Faulty", (asyncssh.SFTPServer,), {o: faulty(o) for o in _OPERATIONS})


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


class WebdavServer(_Folder):
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


def served(server: Server) -> dict[str, bytes]:
    """Return what readers can get, without guidegen's own."""
    return {
        name: content
        for name, content in server.content().items()
        if not name.startswith(".guidegen/")
    }
