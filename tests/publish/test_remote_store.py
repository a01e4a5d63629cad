from __future__ import annotations

import errno
import logging
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import asyncssh
import httpx
import pytest
from botocore import exceptions as boto  # type: ignore[import-untyped]
from smbprotocol import exceptions as smb  # type: ignore[import-untyped]
from tests.publish.places import WEBDAV
from tests.publish.remote_faults import PASSWORD
from tests.publish.remote_servers import Server
from tests.publish.samples import make_site, publish, refusal, settings, with_options
from tests.wording import hint_of, text_of

from guidegen.errors import FilesError, PublishError
from guidegen.model.publication import Option, TargetSettings
from guidegen.publish import (
    remote_s3,
    remote_sftp,
    remote_smb,
    remote_store,
    remote_webdav,
)
from guidegen.publish.remote_store import Store
from guidegen.publish.remote_trouble import Trouble
from guidegen.publish.target import open_target

if TYPE_CHECKING:  # loaded by those who start it: it takes a second
    from tests.publish.remote_web_servers import WebdavServer

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("kind", ["sftp", WEBDAV])
def test_a_wrong_password_is_refused_at_once_and_not_repeated(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
) -> None:
    server: Server = request.getfixturevalue(kind)
    monkeypatch.setenv("GUIDEGEN_INTRANET_PASSWORD", "wrong-" + PASSWORD)

    error = refusal(settings(tmp_path, kind, **server.options()))

    assert "does not let guidegen in" in text_of(error)
    assert PASSWORD not in f"{error} {text_of(error)} {hint_of(error)}"
    assert server.faults.count <= 2


def test_secrets_are_nowhere(
    server: Server,
    remote: TargetSettings,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.INFO)
    site = make_site(tmp_path / "site", "1.0.0")
    publish(remote, site)
    server.faults.reset(1, lasting=True)
    error = refusal(remote)
    server.faults.reset()

    content = b"".join(name.encode() + text for name, text in server.content().items())
    with open_target(remote) as place:
        shown = (
            f"{error} {text_of(error)} {hint_of(error)} {error!r} {remote!r}"
            f" {place.address} {place!r}"
        )
    printed = capfd.readouterr()
    everything = content.decode() + caplog.text + shown + printed.out + printed.err
    for secret in (PASSWORD, PASSWORD.replace(" ", "%20"), "s3cr"):
        assert secret not in everything


@pytest.fixture
def mute() -> Iterator[int]:
    """Return the port of a server that takes calls and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("kind", ["sftp", "s3", "webdav"])
def test_a_server_that_never_answers_is_given_up(
    mute: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(remote_store, "TRIES", 2)
    for module in (remote_sftp, remote_s3, remote_webdav):
        monkeypatch.setattr(module, "CONNECT_WITHIN", 0.2)
        monkeypatch.setattr(module, "ANSWER_WITHIN", 0.2)
    address = f"http://127.0.0.1:{mute}"
    options: dict[str, dict[str, Option]] = {
        "sftp": {"host": "127.0.0.1", "port": mute, "path": "www"},
        "s3": {"bucket": "intranet", "endpoint": address, "region": "us-east-1"},
        "webdav": {"url": address},
    }

    error = refusal(settings(tmp_path, kind, **options[kind]))

    assert "cannot be reached" in text_of(error)


def _answer(code: str, status: int) -> Exception:
    answer = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    error: Exception = boto.ClientError(answer, "PutObject")
    return error


def _status(status: int) -> Exception:
    request = httpx.Request("PUT", "https://dav.example")
    response = httpx.Response(status, request=request)
    return httpx.HTTPStatusError("no", request=request, response=response)


@pytest.mark.parametrize(
    ("kind", "error", "trouble"),
    [
        ("sftp", asyncssh.HostKeyNotVerifiable("?"), Trouble.UNVERIFIED),
        ("sftp", asyncssh.PermissionDenied("no"), Trouble.LOGIN),
        ("sftp", asyncssh.SFTPPermissionDenied("no"), Trouble.DENIED),
        ("sftp", asyncssh.SFTPFailure("no"), Trouble.REFUSED),
        ("sftp", asyncssh.SFTPConnectionLost("gone"), Trouble.LOST),
        ("sftp", asyncssh.ConnectionLost("gone"), Trouble.LOST),
        ("sftp", TimeoutError(), Trouble.LOST),
        ("s3", boto.SSLError(endpoint_url="x", error="x"), Trouble.UNVERIFIED),
        ("s3", boto.NoCredentialsError(), Trouble.LOGIN),
        ("s3", boto.EndpointConnectionError(endpoint_url="x"), Trouble.LOST),
        ("s3", boto.ReadTimeoutError(endpoint_url="x"), Trouble.LOST),
        ("s3", _answer("ExpiredToken", 400), Trouble.LOGIN),
        ("s3", _answer("RequestTimeTooSkewed", 403), Trouble.CLOCK),
        ("s3", _answer("SlowDown", 503), Trouble.BUSY),
        ("s3", _answer("Unheard", 507), Trouble.FULL),
        ("s3", _answer("Unheard", 400), Trouble.REFUSED),
        ("webdav", httpx.ConnectError("CERTIFICATE_VERIFY"), Trouble.UNVERIFIED),
        ("webdav", httpx.ConnectTimeout("late"), Trouble.LOST),
        ("webdav", _status(401), Trouble.LOGIN),
        ("webdav", _status(423), Trouble.BUSY),
        ("webdav", _status(418), Trouble.REFUSED),
        ("smb", smb.LogonFailure(), Trouble.LOGIN),
        ("smb", smb.BadNetworkName(), Trouble.ABSENT),
        ("smb", ValueError("Failed to connect"), Trouble.LOST),
        ("smb", OSError(errno.ENOSPC, "full"), Trouble.FULL),
        ("smb", OSError(errno.EIO, "broken"), Trouble.LOST),
        ("smb", smb.SMBException("?"), Trouble.REFUSED),
    ],
)
def test_what_an_error_of_a_library_means(
    tmp_path: Path, kind: str, error: Exception, trouble: Trouble
) -> None:
    stores: dict[str, Callable[[TargetSettings], Store]] = {
        "sftp": remote_sftp.SftpStore,
        "s3": remote_s3.S3Store,
        "webdav": remote_webdav.WebdavStore,
        "smb": remote_smb.SmbStore,
    }
    store = stores[kind](
        settings(tmp_path, kind, url="https://dav.example", host="dav.example")
    )

    assert store.trouble(error) is trouble
    assert trouble.is_transient == (trouble in {Trouble.LOST, Trouble.BUSY})


@pytest.mark.proof
def test_only_what_is_there_is_said_to_be_complete(
    webdav: WebdavServer, tmp_path: Path
) -> None:
    target = settings(tmp_path, "webdav", **webdav.options())
    site = make_site(tmp_path / "site", "1.0.0")

    def hint(at: int) -> str:
        webdav.faults.reset(at, "full", lasting=True)
        with pytest.raises(PublishError) as caught:
            publish(target, site)
        webdav.faults.reset()
        return (hint_of(caught.value) or "").partition(";")[0]

    # Of the writing operations, in turn: the note of the run is the first.
    assert hint(5) == "the first publication there is not complete yet"
    publish(target, site)
    make_site(site, "1.1.0")
    assert hint(5) == "what readers see is complete"
    lost = with_options(target, url="http://127.0.0.1:9/x")
    assert hint_of(refusal(lost)) == (
        "nothing was changed there; check the address and the connection;"
        " then try again"
    )


@pytest.mark.proof
def test_a_full_disk_of_this_computer_is_not_the_server_s(
    webdav: WebdavServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = settings(tmp_path, "webdav", **webdav.options())
    publish(target, make_site(tmp_path / "site", "1.0.0"))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(remote_webdav.WebdavStore, "fetch", full)

    with pytest.raises(FilesError) as caught, open_target(target) as opened:
        opened.look()

    assert text_of(caught.value) == "the disk is full"
