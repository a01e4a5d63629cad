"""Servers that a stranger's project names, or that lead elsewhere, get nothing."""

from __future__ import annotations

import datetime as dt
import http.server
import os
import socket
import ssl
import subprocess
import sys
import threading
import types
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.publish.samples import make_site, publish, refusal, settings
from tests.wording import hint_of, text_of

from guidegen.model.publication import Option, TargetSettings
from guidegen.publish.target import open_target

pytestmark = pytest.mark.slow

SECRET = "my-company-password"  # noqa: S105  # of nobody


class Listener:
    """A web server that notes what it is sent, and may send away whoever comes."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []
        """Each request's method, and the login that came with it."""
        self.answer = 404
        self.leads_to = ""
        self.certificate: Path | None = None
        self.port = 0

    @contextmanager
    def running(self) -> Iterator[Listener]:
        listener = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self) -> None:
                login = self.headers.get("Authorization", "")
                listener.seen.append((self.command, login))
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                challenge = not login and listener.answer == 401
                self.send_response(listener.answer)
                if challenge:
                    self.send_header("WWW-Authenticate", 'Basic realm="x"')
                if listener.leads_to:
                    self.send_header("Location", listener.leads_to + self.path)
                    self.send_header("x-amz-bucket-region", "eu-west-1")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        for method in ("GET", "HEAD", "PUT", "POST", "PROPFIND"):
            setattr(Handler, f"do_{method}", Handler.answer)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if self.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.certificate)
            # The handshake is a matter of each connection's own thread.
            server.socket = context.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.port = server.server_port
        # How soon it notices that it is to stop.
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener().running() as running:
        yield running


@pytest.fixture
def elsewhere() -> Iterator[Listener]:
    with Listener().running() as running:
        yield running


@pytest.fixture(autouse=True)
def _everything_is_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have secrets in the environment and the keyring, as an owner's computer has."""
    for name in ("PASSWORD", "TOKEN", "ACCESS_KEY", "SECRET_KEY"):
        monkeypatch.setenv(f"GUIDEGEN_INTRANET_{name}", SECRET)
    keyring = types.ModuleType("keyring")
    former = {("guidegen", "intranet"): SECRET, ("guidegen", "intranet-token"): SECRET}
    vars(keyring)["get_password"] = lambda *entry: former.get(entry)
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")


def _of_a_stranger(folder: Path, kind: str, **options: Option) -> TargetSettings:
    """Return a target that nobody has agreed to."""
    return TargetSettings(name="intranet", kind=kind, options=options, folder=folder)


def _web(listener: Listener, kind: str) -> dict[str, Option]:
    address = f"http://127.0.0.1:{listener.port}"
    options: dict[str, dict[str, Option]] = {
        "webdav": {"url": f"{address}/x/", "user": "anna"},
        "git": {"repository": f"{address}/r.git", "user": "anna"},
        "s3": {"bucket": "rules", "endpoint": address, "region": "eu-central-1"},
    }
    return options[kind]


@pytest.mark.parametrize("kind", ["webdav", "git", "s3"])
def test_a_target_with_the_name_of_yours_gets_nothing(
    listener: Listener, tmp_path: Path, kind: str
) -> None:
    """Not even a request: nobody has agreed to the place."""
    error = refusal(_of_a_stranger(tmp_path, kind, **_web(listener, kind)))

    assert "nobody has agreed on this computer" in text_of(error)
    assert listener.seen == []


@pytest.mark.parametrize("kind", ["sftp", "smb"])
def test_nobody_connects_to_a_server_that_was_not_agreed_to(
    tmp_path: Path, kind: str
) -> None:
    """A login by SMB can be guessed from its proof, an agent says whose keys it has."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        target = _of_a_stranger(
            tmp_path, kind, host="127.0.0.1", port=port, path="x", share="x", user="a"
        )

        error = refusal(target)

        with pytest.raises(TimeoutError):
            server.accept()
    assert "nobody has agreed on this computer" in text_of(error)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (kind, code)
        for kind in ("webdav", "git", "s3")
        for code in (301, 302, 303, 307, 308)
        # At a 303, botocore trips over its own headers, and loses a connection.
        if (kind, code) != ("s3", 303)
    ],
)
def test_a_server_cannot_lead_to_another_place(
    listener: Listener, elsewhere: Listener, tmp_path: Path, kind: str, code: int
) -> None:
    listener.answer = code
    listener.leads_to = f"http://127.0.0.1:{elsewhere.port}"

    error = refusal(settings(tmp_path, kind, **_web(listener, kind)))

    assert elsewhere.seen == []
    assert listener.seen
    if kind == "webdav":
        assert "refers to another address: http://127.0.0.1" in text_of(error)
    elif kind == "git":
        assert "does not follow such references" in (hint_of(error) or "")


@pytest.mark.parametrize(
    "there",
    [
        "https://127.0.0.1:{port}",
        "http://localhost:{port}",
        "http://127.0.0.1:{port}@evil.example",
        "//evil.example",
    ],
)
def test_the_same_port_of_another_name_is_another_place(
    listener: Listener, tmp_path: Path, there: str
) -> None:
    listener.answer, listener.leads_to = 302, there.format(port=listener.port)

    error = refusal(settings(tmp_path, "webdav", **_web(listener, "webdav")))

    assert "refers to another address" in text_of(error)
    assert len(listener.seen) == 1


@pytest.mark.parametrize("kind", ["webdav", "git"])
def test_a_login_that_is_refused_says_where_it_was_looked_for(
    listener: Listener, tmp_path: Path, kind: str
) -> None:
    listener.answer = 401

    error = refusal(settings(tmp_path, kind, **_web(listener, kind)))

    hint = hint_of(error) or ""
    name = "PASSWORD" if kind == "webdav" else "TOKEN"
    assert f"GUIDEGEN_INTRANET_{name}" in hint
    assert f"keyring set guidegen:http://127.0.0.1:{listener.port} anna" in hint
    assert any(login for _, login in listener.seen)


def test_a_proxy_does_not_see_what_stays_on_this_computer(
    listener: Listener,
    elsewhere: Listener,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{elsewhere.port}")
    monkeypatch.delenv("no_proxy", raising=False)
    listener.answer = 401

    for kind in ("webdav", "git"):
        refusal(settings(tmp_path, kind, **_web(listener, kind)))

    assert elsewhere.seen == []
    assert listener.seen


def _self_signed(folder: Path) -> Path:
    """Return a file with a certificate that proves nothing, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)  # noqa: FBT003
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


@pytest.mark.parametrize("kind", ["webdav", "git", "s3"])
def test_a_server_that_does_not_prove_its_name_gets_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Not even where somebody has told git long ago not to look."""
    (tmp_path / "gitconfig").write_text("[http]\nsslVerify = false\n", "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_SSL_NO_VERIFY", "1")
    listener = Listener()
    listener.certificate = _self_signed(tmp_path)
    monkeypatch.setattr("guidegen.publish.remote_store.TRIES", 1)
    with listener.running():
        options = {
            option: str(value).replace("http://127.0.0.1", "https://localhost")
            for option, value in _web(listener, kind).items()
        }

        refusal(settings(tmp_path, kind, **options))

    assert listener.seen == []


def _hostile(path: Path, ran: Path) -> None:
    """Write a program that leaves a trace."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho $0 >> {ran}\n", "utf-8")
    path.chmod(0o755)


def _git(*arguments: str) -> str:
    done = subprocess.run(  # noqa: S603  # our own
        ["git", *arguments],  # noqa: S607  # as everybody calls it
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout


def _hostile_project(folder: Path, ran: Path) -> Path:
    """Return a project whose repository has every setting that runs something."""
    project = folder / "project"
    _git("init", "--quiet", str(project))
    program = project / "tool.sh"
    _hostile(program, ran)
    for name in (
        *("pre-push", "post-commit", "reference-transaction", "pre-receive", "update"),
        *("post-update", "post-receive", "pre-auto-gc", "fsmonitor-watchman"),
    ):
        _hostile(project / ".git/hooks" / name, ran)
    for name in (
        *("core.fsmonitor", "core.sshCommand", "core.hooksPath", "credential.helper"),
        *("core.pager", "core.editor", "core.alternateRefsCommand", "core.askPass"),
        *("gpg.program", "core.gitProxy", "uploadpack.packObjectsHook"),
        *("receive.procReceiveRefs", "filter.x.clean", "filter.x.process"),
        *("remote.origin.uploadpack", "remote.origin.receivepack"),
    ):
        _git("-C", str(project), "config", name, str(program))
    for name, value in (
        ("commit.gpgSign", "true"),
        ("push.gpgSign", "true"),
        ("user.name", "A Stranger"),
        ("user.email", "stranger@evil.example"),
        ("alias.init", f"!{program}"),
        ("alias.fetch", f"!{program}"),
        ("url.ext::sh -c touch% x .insteadOf", "/"),
    ):
        _git("-C", str(project), "config", name, value)
    return project


def test_nothing_of_the_project_s_repository_runs_or_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = tmp_path / "ran"
    project = _hostile_project(tmp_path, ran)
    _git("init", "--quiet", "--bare", str(tmp_path / "pages.git"))
    # A program of the project's that is called like one of ours.
    _hostile(project / "git", ran)
    monkeypatch.setenv("PATH", f".::{os.environ['PATH']}")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.fsmonitor")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(project / "tool.sh"))
    monkeypatch.chdir(project)
    site = make_site(tmp_path / "site", "1.0.0")

    publish(settings(project, "git", repository="../pages.git"), site)
    publish(
        settings(project, "git", repository="../pages.git"), make_site(site, "1.1.0")
    )
    with open_target(settings(project, "git", repository="../pages.git")) as target:
        assert len(target.earlier()) == 2

    assert not ran.exists(), ran.read_text("utf-8")
    monkeypatch.setenv("PATH", os.environ["PATH"].removeprefix(".::"))
    assert "Stranger" not in _git(
        "-C", str(tmp_path / "pages.git"), "log", "--format=%an", "gh-pages"
    )


def test_hooks_of_a_repository_beside_the_project_wait_for_consent(
    tmp_path: Path,
) -> None:
    """A packed folder may hold both; the person sees the path, and what it means."""
    ran = tmp_path / "ran"
    _git("init", "--quiet", "--bare", str(tmp_path / "pub.git"))
    _hostile(tmp_path / "pub.git/hooks/pre-receive", ran)
    (tmp_path / "project").mkdir()

    error = refusal(
        _of_a_stranger(tmp_path / "project", "git", repository="../pub.git")
    )

    assert f"may send anything to file://{tmp_path}/pub.git" in text_of(error)
    assert not ran.exists()
