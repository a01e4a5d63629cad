from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.publish import remote_servers as servers
from tests.publish.samples import make_site, publish, settings

from guidegen.publish import remote_run, remote_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from guidegen.model.publication import TargetSettings


@pytest.fixture(params=["sftp", "s3", "webdav"])
def server(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[servers.Server]:
    monkeypatch.setattr(remote_store, "FIRST_PAUSE", 0.005)
    monkeypatch.setattr(remote_run, "_NOTICE_WITHIN", 0.005)
    monkeypatch.setenv("GUIDEGEN_INTRANET_PASSWORD", servers.PASSWORD)
    monkeypatch.setenv("GUIDEGEN_INTRANET_ACCESS_KEY", "AKIDEXAMPLE")
    monkeypatch.setenv("GUIDEGEN_INTRANET_SECRET_KEY", servers.PASSWORD)
    if request.param == "sftp":
        with servers.SftpServer(tmp_path).running() as sftp:
            yield sftp
    elif request.param == "s3":
        with servers.S3Server().running() as s3:
            yield s3
    else:
        with servers.WebdavServer(tmp_path).running() as webdav:
            yield webdav


@pytest.fixture
def target(server: servers.Server, tmp_path: Path) -> TargetSettings:
    return settings(tmp_path, server.kind, **server.options())


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site", "1.0.0")


def test_the_first_publication_is_the_site(
    server: servers.Server, target: TargetSettings, site: Path
) -> None:
    plan = publish(target, site)

    assert plan.first
    served = {n for n in server.content() if not n.startswith(".guidegen/")}
    assert sorted(served) == [
        "assets/style.1.0.0.css",
        "guideline-de.pdf",
        "index.html",
        "page-1.html",
        "page-2.html",
        "same.txt",
    ]
    plan = publish(target, site)
    assert not plan.needed
    server.faults.reset()
    make_site(site, "1.1.0")
    plan = publish(target, site)
