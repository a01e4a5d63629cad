"""Servers for the tests of the remote targets, one of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.publish.places import S3, SMB, WEBDAV, Place
from tests.publish.remote_faults import secret_variables
from tests.publish.samples import make_site, settings

from guidegen.model.publication import TargetSettings
from guidegen.publish import remote_store

if TYPE_CHECKING:  # what serves is loaded by those who start it: it takes a second
    from tests.publish.remote_samba import SambaServer
    from tests.publish.remote_servers import Server, SftpServer
    from tests.publish.remote_web_servers import S3Server, WebdavServer


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait long between tries."""
    monkeypatch.setattr(remote_store, "FIRST_PAUSE", 0.002)
    monkeypatch.setattr("guidegen.publish.remote.TAKE_OVER_AFTER", 0.0)


@pytest.fixture(autouse=True)
def own_settings(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Return the folder of a person's settings, in which no place is known yet."""
    # Not in the folder of the test, which is a project's.
    folder = tmp_path_factory.mktemp("settings") / "of a person"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    monkeypatch.delenv("GUIDEGEN_PLACE", raising=False)
    return folder / "guidegen"


@pytest.fixture(autouse=True)
def _secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the servers' secrets in the environment."""
    for name, value in secret_variables().items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def sftp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SftpServer]:
    from tests.publish.remote_servers import SftpServer  # noqa: PLC0415  # slow

    with SftpServer(tmp_path).running() as server:
        monkeypatch.setenv("GUIDEGEN_KNOWN_HOSTS", str(server.known_hosts))
        yield server


@pytest.fixture(scope="session")
def s3_descriptions() -> object:
    """Return botocore's descriptions of services: reading them takes the most time."""
    from botocore.loaders import (  # type: ignore[import-untyped]  # noqa: PLC0415  # slow
        create_loader,
    )

    return create_loader()


@pytest.fixture
def s3(s3_descriptions: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Server]:
    from tests.publish.remote_web_servers import S3Server  # noqa: PLC0415  # slow

    monkeypatch.setattr("botocore.session.create_loader", lambda _: s3_descriptions)
    with S3Server().running() as server:
        yield server


@pytest.fixture
def webdav(tmp_path: Path) -> Iterator[WebdavServer]:
    from tests.publish.remote_web_servers import WebdavServer  # noqa: PLC0415  # slow

    with WebdavServer(tmp_path).running() as server:
        yield server


@pytest.fixture(params=["sftp", S3, WEBDAV])
def server(request: pytest.FixtureRequest) -> Server:
    """Return a server of each kind."""
    found: Server = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def remote(server: Server, tmp_path: Path) -> TargetSettings:
    """Return the target that `guideline.yml` describes."""
    return settings(tmp_path, server.kind, **server.options())


@pytest.fixture
def remote_site(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site", "1.0.0")


@pytest.fixture(params=["folder", "git", "sftp", S3, WEBDAV, SMB])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Place:
    """Return a target of each kind."""
    return _place(request, tmp_path, monkeypatch)


@pytest.fixture(params=["sftp", S3, WEBDAV, SMB])
def server_place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Place:
    """Return a target on each kind of server."""
    return _place(request, tmp_path, monkeypatch)


def _place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Place:
    from tests.publish.places import (  # noqa: PLC0415  # slow
        FolderPlace,
        GitPlace,
        ServerPlace,
        SharePlace,
    )

    if request.param == "folder":
        return FolderPlace(tmp_path)
    if request.param == "git":
        configuration = tmp_path / "gitconfig"
        text = "[user]\nname = Tess Tester\nemail = tess@nordlicht.example\n"
        configuration.write_text(text, encoding="utf-8")
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(configuration))
        monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        return GitPlace(tmp_path)
    if request.param == "smb":
        return SharePlace(tmp_path, request.getfixturevalue("samba"))
    return ServerPlace(tmp_path, request.getfixturevalue(request.param))


@pytest.fixture
def samba(tmp_path: Path) -> Iterator[SambaServer]:
    from tests.publish.remote_samba import SambaServer  # noqa: PLC0415  # seldom used

    with SambaServer(tmp_path / "samba").running() as server:
        yield server
