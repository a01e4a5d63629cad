from __future__ import annotations

import logging
import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import asyncssh
import pytest
from tests.publish.remote_faults import PASSWORD
from tests.publish.remote_servers import Server, SftpServer, WebdavServer, served
from tests.publish.samples import make_site, publish, settings, version_of
from tests.wording import hint_of, raises, text_of

from guidegen.errors import PublishError
from guidegen.model.publication import Option, TargetSettings
from guidegen.publish import (
    open_target,
    remote_s3,
    remote_sftp,
    remote_store,
    remote_webdav,
)

pytestmark = pytest.mark.slow


def _with(target: TargetSettings, **options: Option) -> TargetSettings:
    return replace(target, options={**target.options, **options})


def _refusal(target: TargetSettings) -> PublishError:
    with pytest.raises(PublishError) as raised, open_target(target) as place:
        place.look()
    return raised.value


def test_a_server_with_another_key_gets_nothing(
    sftp: SftpServer, tmp_path: Path
) -> None:
    sftp.write_known_hosts(asyncssh.generate_private_key("ssh-ed25519"))

    error = _refusal(settings(tmp_path, "sftp", **sftp.options()))

    assert "cannot prove that it is the right server" in text_of(error)
    assert sftp.content() == {}


def test_a_server_that_is_not_known_gets_nothing(
    sftp: SftpServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    target = settings(tmp_path, "sftp", **sftp.options())
    sftp.known_hosts.write_text("", encoding="utf-8")
    own = dict(target.options)
    del own["known_hosts"]

    for unknown in (target, replace(target, options=own)):
        assert "cannot prove" in text_of(_refusal(unknown))


def test_a_list_of_known_servers_that_is_missing_is_an_error(
    sftp: SftpServer, tmp_path: Path
) -> None:
    target = settings(tmp_path, "sftp", **sftp.options())

    error = _refusal(_with(target, known_hosts="nowhere"))

    assert "keys of known servers" in text_of(error)


@pytest.mark.parametrize(
    "unknown", [{"copy"}, {"copy", "link"}, {"copy", "link", "posix_rename"}]
)
def test_servers_that_cannot_copy_link_or_replace_are_published_to(
    sftp: SftpServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    unknown: set[str],
) -> None:
    monkeypatch.setattr(
        asyncssh.SFTPClient, "supports_remote_copy", property(lambda _: False)
    )
    sftp.unknown = frozenset(unknown)
    target = settings(tmp_path, "sftp", **sftp.options())
    site = make_site(tmp_path / "site", "1.0.0")
    publish(target, site)

    publish(target, make_site(site, "1.1.0"))

    assert version_of(served(sftp)["index.html"].decode()) == "1.1.0"
    assert not [name for name in sftp.content() if "/new/" in name]
    assert not publish(target, site).needed


def test_a_key_with_a_passphrase_opens_the_door(
    sftp: SftpServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = asyncssh.generate_private_key("ssh-ed25519")
    key.write_private_key(tmp_path / "id", passphrase="open sesame")  # noqa: S106
    sftp.allow(key)
    monkeypatch.delenv("GUIDEGEN_INTRANET_PASSWORD")
    monkeypatch.setenv("GUIDEGEN_INTRANET_PASSPHRASE", "open sesame")
    target = _with(settings(tmp_path, "sftp", **sftp.options()), key_file="id")

    publish(target, make_site(tmp_path / "site", "1.0.0"))

    assert served(sftp)


@pytest.mark.parametrize("kind", ["sftp", "webdav"])
def test_a_wrong_password_is_refused_at_once_and_not_repeated(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
) -> None:
    server: Server = request.getfixturevalue(kind)
    monkeypatch.setenv("GUIDEGEN_INTRANET_PASSWORD", "wrong-" + PASSWORD)

    error = _refusal(settings(tmp_path, kind, **server.options()))

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
    error = _refusal(remote)
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


def test_a_password_is_not_sent_unencrypted(tmp_path: Path) -> None:
    target = settings(tmp_path, "webdav", url="http://dav.example/x", user="anna")

    assert "unencrypted" in text_of(_refusal(target))


def test_what_is_not_there_is_said(webdav: WebdavServer, tmp_path: Path) -> None:
    target = settings(tmp_path, "webdav", **webdav.options())
    lost = _with(target, url=f"http://127.0.0.1:{webdav.port}/no/such/place/")

    with raises(PublishError, match="not there"):
        publish(lost, make_site(tmp_path / "site", "1.0.0"))


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

    error = _refusal(settings(tmp_path, kind, **options[kind]))

    assert "cannot be reached" in text_of(error)


@pytest.mark.parametrize(
    ("kind", "library"),
    [
        ("sftp", "asyncssh"),
        ("s3", "botocore"),
        ("webdav", "webdav4"),
        ("smb", "smbclient"),
    ],
)
def test_libraries_that_are_not_installed_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, library: str
) -> None:
    monkeypatch.delitem(sys.modules, f"guidegen.publish.remote_{kind}", raising=False)
    monkeypatch.setitem(sys.modules, library, None)

    error = _refusal(settings(tmp_path, kind, host="x", path="x", bucket="x"))

    assert hint_of(error) == f"install them: pip install 'guidegen[{kind}]'"
