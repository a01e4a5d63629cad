from __future__ import annotations

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
from tests.wording import hint_of, raises, text_of

from guidegen.errors import PublishError
from guidegen.publish.consent import HostKeyQuestion, PlaceQuestion
from guidegen.publish.target import open_target

pytestmark = pytest.mark.slow


def test_a_server_with_another_key_gets_nothing(
    sftp: SftpServer, tmp_path: Path
) -> None:
    sftp.write_known_hosts(asyncssh.generate_private_key("ssh-ed25519"))

    error = refusal(settings(tmp_path, "sftp", **sftp.options()))

    assert "cannot prove that it is the right server" in text_of(error)
    assert sftp.content() == {}


@pytest.fixture
def unknown(
    sftp: SftpServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> SftpServer:
    """Return a server whose key is in no list of the person's."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("GUIDEGEN_KNOWN_HOSTS")
    return sftp


class Asked:
    """A person who is shown a server's key."""

    def __init__(self, *, says: bool) -> None:
        self.says = says
        self.shown: list[HostKeyQuestion] = []

    def place(self, question: PlaceQuestion) -> bool:
        del question
        return self.says

    def host_key(self, question: HostKeyQuestion) -> bool:
        self.shown.append(question)
        return self.says


def test_a_server_that_is_not_known_gets_nothing(
    unknown: SftpServer, tmp_path: Path
) -> None:
    error = refusal(settings(tmp_path, "sftp", **unknown.options()))

    assert "is not known on this computer: SHA256:" in text_of(error)
    assert "GUIDEGEN_KNOWN_HOSTS names a file" in (hint_of(error) or "")
    assert unknown.content() == {}


def test_the_list_of_a_project_proves_nothing(
    unknown: SftpServer, tmp_path: Path
) -> None:
    """Whoever wrote the project wrote its list of keys, too."""
    target = settings(
        tmp_path, "sftp", known_hosts=str(unknown.known_hosts), **unknown.options()
    )

    assert "is not known on this computer" in text_of(refusal(target))
    assert unknown.content() == {}


def test_but_it_can_speak_against_a_key(unknown: SftpServer, tmp_path: Path) -> None:
    unknown.write_known_hosts(asyncssh.generate_private_key("ssh-ed25519"))
    target = settings(
        tmp_path, "sftp", known_hosts=str(unknown.known_hosts), **unknown.options()
    )
    person = Asked(says=True)

    with raises(PublishError, match="cannot prove"), open_target(target, person):
        pass

    assert person.shown == []


def test_a_key_is_agreed_to_once_with_its_fingerprint(
    unknown: SftpServer, tmp_path: Path, own_settings: Path
) -> None:
    target = settings(tmp_path, "sftp", **unknown.options())
    no, yes = Asked(says=False), Asked(says=True)

    with raises(PublishError, match="nothing was sent"), open_target(target, no):
        pass
    with open_target(target, yes) as opened:
        opened.look()
    with open_target(target, yes) as opened:
        opened.look()

    [question] = yes.shown
    assert question.fingerprint == unknown.key.get_fingerprint()
    kept = own_settings / "known_hosts"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert "127.0.0.1" in kept.read_text("utf-8")


def test_a_key_that_has_changed_since_is_not_asked_about(
    unknown: SftpServer, tmp_path: Path, own_settings: Path
) -> None:
    other = asyncssh.generate_private_key("ssh-ed25519")
    line = f"[127.0.0.1]:{unknown.port} {other.export_public_key().decode()}"
    own_settings.mkdir(parents=True, mode=0o700, exist_ok=True)
    (own_settings / "known_hosts").write_text(line, "utf-8")
    person = Asked(says=True)
    target = settings(tmp_path, "sftp", **unknown.options())

    with (
        raises(PublishError, match="cannot prove"),
        open_target(target, person) as opened,
    ):
        opened.look()

    assert person.shown == []


def test_settings_of_ssh_that_trust_everybody_do_not_count(
    unknown: SftpServer, tmp_path: Path
) -> None:
    (tmp_path / ".ssh").mkdir()
    (tmp_path / ".ssh/config").write_text(
        "Host *\n UserKnownHostsFile none\n StrictHostKeyChecking no\n", "utf-8"
    )

    error = refusal(settings(tmp_path, "sftp", **unknown.options()))

    assert "is not known on this computer" in text_of(error)


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


def _allowed_key(sftp: SftpServer, path: Path, passphrase: str | None) -> None:
    """Write a person's key, and let them in with it."""
    key = asyncssh.generate_private_key("ssh-ed25519")
    # As often as by ssh-keygen; asyncssh's own 128 take eight times as long.
    key.write_private_key(
        path, passphrase=passphrase, rounds=16, ignore_few_rounds=True
    )
    sftp.allow(key)


def test_a_key_with_a_passphrase_opens_the_door(
    sftp: SftpServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _allowed_key(sftp, tmp_path / "id", "open sesame")
    monkeypatch.delenv("GUIDEGEN_INTRANET_PASSWORD")
    monkeypatch.setenv("GUIDEGEN_INTRANET_PASSPHRASE", "open sesame")
    target = with_options(settings(tmp_path, "sftp", **sftp.options()), key_file="id")

    publish(target, make_site(tmp_path / "site", "1.0.0"))

    assert served(sftp)


@pytest.mark.parametrize("passphrase", [None, "open sesame"])
@pytest.mark.parametrize("as_file", [False, True])
def test_a_key_in_a_variable_opens_the_door(
    passphrase: str | None,
    sftp: SftpServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    as_file: bool,
) -> None:
    _allowed_key(sftp, tmp_path / "id", passphrase)
    monkeypatch.delenv("GUIDEGEN_INTRANET_PASSWORD")
    # A platform cuts the last line break off, or passes the path of a file.
    text = (tmp_path / "id").read_text("ascii").rstrip("\n")
    given = str(tmp_path / "id") if as_file else text
    monkeypatch.setenv("GUIDEGEN_INTRANET_PRIVATE_KEY", given)
    monkeypatch.setenv("GUIDEGEN_INTRANET_PASSPHRASE", passphrase or "")

    publish(
        settings(tmp_path, "sftp", **sftp.options()),
        make_site(tmp_path / "site", "1.0.0"),
    )

    assert served(sftp)


@pytest.mark.parametrize(
    "given",
    [
        "-----BEGIN OPENSSH PRIVATE KEY-----\nnone\n-----END OPENSSH PRIVATE KEY-----",
        "/no/such/file",
    ],
)
def test_a_key_that_cannot_be_read_is_said_to_be_the_trouble(
    given: str, sftp: SftpServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDEGEN_INTRANET_PRIVATE_KEY", given)

    error = refusal(settings(tmp_path, "sftp", **sftp.options()))

    assert error.problem.hint == "error-remote-login-sftp-hint"
