"""Samba, as whoever runs the tests, behind a line that can be cut."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.publish.remote_faults import PASSWORD

from guidegen.model.publication import Option

USER = pwd.getpwuid(os.getuid()).pw_name

_CONFIGURATION = """
[global]
server role = standalone server
smb ports = {port}
interfaces = lo
bind interfaces only = yes
disable netbios = yes
load printers = no
passdb backend = smbpasswd:{folder}/private/smbpasswd
private dir = {folder}/private
lock directory = {folder}/lock
state directory = {folder}/state
cache directory = {folder}/cache
pid directory = {folder}/pid
ncalrpc dir = {folder}/ncalrpc
log file = {folder}/log
[intranet]
path = {folder}/share
read only = no
"""


def _program(name: str) -> str:
    found = shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin")
    assert found, f"{name} is missing; scripts/servers.sh installs it"
    return found


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


class SambaServer:
    """A share of Samba's; clients reach it through a line that counts messages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "share/Leitfaden für alle"
        self.port = _free_port()
        self.messages = 0
        self.cut_at: int | None = None
        """At which message the line is cut, for good."""
        self._line: socket.socket

    def options(self) -> dict[str, Option]:
        """Return what `guideline.yml` says about it."""
        return {
            "host": "127.0.0.1",
            "port": int(self._line.getsockname()[1]),
            "share": "intranet",
            "path": self.root.name,
            "user": USER,
        }

    def get(self, name: str) -> str:
        """Return what readers get."""
        return (self.root / name).read_text("utf-8")

    def cut(self, at: int | None) -> None:
        """Count messages anew, and cut the line at one of them."""
        self.messages, self.cut_at = 0, at

    @contextmanager
    def running(self) -> Iterator[SambaServer]:
        """Start Samba, and stop it at the end."""
        for name in ("share", "private", "lock", "state", "cache", "pid", "ncalrpc"):
            (self.folder / name).mkdir(parents=True)
        configuration = self.folder / "smb.conf"
        text = _CONFIGURATION.format(port=self.port, folder=self.folder)
        configuration.write_text(text, encoding="utf-8")
        subprocess.run(  # noqa: S603  # the real thing
            [_program("smbpasswd"), "-c", configuration, "-a", "-s", USER],
            input=f"{PASSWORD}\n{PASSWORD}\n".encode(),
            check=True,
            capture_output=True,
        )
        process = subprocess.Popen(  # noqa: S603  # the real thing
            [_program("smbd"), "-F", "--no-process-group", "-s", configuration],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            self._wait()
            with socket.create_server(("127.0.0.1", 0)) as self._line:
                accepting = threading.Thread(target=self._accept, daemon=True)
                accepting.start()
                yield self
                self._line.shutdown(socket.SHUT_RDWR)
                accepting.join()
        finally:
            process.terminate()
            process.wait()

    def _wait(self) -> None:
        for _ in range(200):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return
            time.sleep(0.05)
        raise AssertionError

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._line.accept()
                server = socket.create_connection(("127.0.0.1", self.port))
                for pair in ((client, server), (server, client)):
                    threading.Thread(
                        target=self._carry,
                        args=pair,
                        kwargs={"is_client": pair[0] is client},
                        daemon=True,
                    ).start()

    def _carry(
        self, source: socket.socket, sink: socket.socket, *, is_client: bool
    ) -> None:
        with suppress(OSError):
            while piece := source.recv(1 << 16):
                self.messages += is_client
                if self.cut_at is not None and self.messages >= self.cut_at:
                    break
                sink.sendall(piece)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
