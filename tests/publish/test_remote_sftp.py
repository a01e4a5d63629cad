from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import asyncssh
import pytest
from tests.publish.remote_servers import SftpServer, served
from tests.publish.samples import (
    make_site,
    publish,
    refusal,
    settings,
    version_of,
    with_options,
)
from tests.wording import text_of

pytestmark = pytest.mark.slow


def test_a_server_with_another_key_gets_nothing(
    sftp: SftpServer, tmp_path: Path
) -> None:
    sftp.write_known_hosts(asyncssh.generate_private_key("ssh-ed25519"))

    error = refusal(settings(tmp_path, "sftp", **sftp.options()))

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
        assert "cannot prove" in text_of(refusal(unknown))


def test_a_list_of_known_servers_that_is_missing_is_an_error(
    sftp: SftpServer, tmp_path: Path
) -> None:
    target = settings(tmp_path, "sftp", **sftp.options())

    error = refusal(with_options(target, known_hosts="nowhere"))

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
    target = with_options(settings(tmp_path, "sftp", **sftp.options()), key_file="id")

    publish(target, make_site(tmp_path / "site", "1.0.0"))

    assert served(sftp)
