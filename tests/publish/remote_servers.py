"""Real servers on this computer, with faults on demand; here, the one for SFTP."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import asyncssh
from tests.publish.remote_faults import PASSWORD, USER, Faults

from guidegen.model.publication import Option


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


class ServedFolder:
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


class SftpServer(ServedFolder):
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
                # asyncssh's first choice, ChaCha20, takes more time than all else here.
                encryption_algs=["aes128-gcm@openssh.com"],
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


def served(server: Server) -> dict[str, bytes]:
    """Return what readers can get, without guidegen's own."""
    return {
        name: content
        for name, content in server.content().items()
        if not name.startswith(".guidegen/")
    }
