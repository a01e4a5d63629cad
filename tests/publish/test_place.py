from __future__ import annotations

from pathlib import Path

import pytest
from tests.publish.samples import settings
from tests.wording import text_of

from guidegen.errors import PublishError
from guidegen.model.publication import Option, TargetSettings
from guidegen.publish.place import NoPlaceError, parse_place, server
from guidegen.publish.target_place import place_of, repository_of


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://Cloud.Example:443/", "https://cloud.example"),
        ("https://cloud.example.", "https://cloud.example"),
        ("https://anna@cloud.example:8443", "https://anna@cloud.example:8443"),
        (
            "https://anna%40firma.de@cloud.example",
            "https://anna%40firma.de@cloud.example",
        ),
        ("ssh://git@github.com:22", "ssh://git@github.com"),
        ("ssh://git@github.com:2222", "ssh://git@github.com:2222"),
        ("smb://NORDLICHT\\anna@files.example", "smb://NORDLICHT\\anna@files.example"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("https://аpple.example", "https://xn--pple-43d.example"),
        ("http://[::1]:80", "http://[::1]"),
        ("http://[0:0:0:0:0:0:0:1]", "http://[::1]"),
        ("http://[::ffff:127.0.0.1]:81", "http://127.0.0.1:81"),
        ("file:///srv/Unsere%20Seiten.git", "file:///srv/Unsere%20Seiten.git"),
    ],
)
def test_a_place_has_one_spelling(written: str, kept: str) -> None:
    place = parse_place(written)

    assert place.text == kept
    assert parse_place(place.text) == place


@pytest.mark.parametrize(
    "text",
    [
        "cloud.example",
        "https://",
        "https://anna:secret@cloud.example",
        "https://cloud.example@evil.example@x.example",
        "https://@cloud.example",
        "https://cloud.example/x",
        "https://cloud.example?x",
        "https://cloud.example#@evil.example",
        "https://cloud.example\\@evil.example",
        "https://cloud.example%2f@evil.example",
        "https://cloud.example\t.evil.example",
        "https://cloud\u3002example",
        "https://cloud.example:0",
        "https://cloud.example:65536",
        "https://-oProxyCommand=x",
        "https://a..b",
        "https://straße.example",
        "https://127.1",
        "https://0x7f.0.0.1",
        "https://2130706433",
        "https://[::1%25eth0]",
        "https://[cloud.example]",
        "https://a\u202eb.example",
        "ssh://$(id)@cloud.example",
        "ssh://-l@cloud.example",
        "https://anna%20%20%20on%20good.example@cloud.example",
        "ext://cloud.example",
        "ftp://cloud.example",
        "file://cloud.example/x",
    ],
)
def test_what_could_be_read_in_two_ways_is_no_place(text: str) -> None:
    with pytest.raises(NoPlaceError):
        parse_place(text)


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.9.10", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("0.0.0.0", False),  # noqa: S104  # not listened on
        ("::", False),
        ("::ffff:10.0.0.1", False),
        ("127.0.0.1.evil.example", False),
        ("localhost.evil.example", False),
        ("evil-localhost", False),
        ("10.0.0.1", False),
    ],
)
def test_only_this_very_computer_needs_no_encryption(host: str, *, here: bool) -> None:
    assert server("http", host).is_loopback is here
    assert server("http", host).is_protected is here
    assert server("https", host).is_protected


def _target(folder: Path, kind: str, **options: Option) -> TargetSettings:
    return TargetSettings(name="x", kind=kind, options=options, folder=folder)


@pytest.mark.parametrize(
    ("kind", "options", "place"),
    [
        ("folder", {"path": "/srv/www"}, None),
        ("git", {"repository": "git@github.com:a/b.git"}, "ssh://git@github.com"),
        (
            "git",
            {"repository": "ssh://git@forge.example:2222/a/b.git"},
            "ssh://git@forge.example:2222",
        ),
        (
            "git",
            {"repository": "https://forge.example/a/b.git", "user": "anna"},
            "https://anna@forge.example",
        ),
        ("sftp", {"host": "Web", "path": "x"}, "ssh://web"),
        (
            "sftp",
            {"host": "www.example", "user": "anna", "port": 2222, "path": "x"},
            "ssh://anna@www.example:2222",
        ),
        ("s3", {"bucket": "b", "region": "eu-central-1"}, "https://s3.amazonaws.com"),
        (
            "s3",
            {"bucket": "b", "region": "cn-north-1"},
            "https://cn-north-1.s3.amazonaws.com",
        ),
        (
            "s3",
            {"bucket": "b", "profile": "work"},
            "https://work@s3.amazonaws.com",
        ),
        (
            "s3",
            {"bucket": "b", "endpoint": "https://s3.example:9000/x"},
            "https://s3.example:9000",
        ),
        (
            "webdav",
            {"url": "https://cloud.example/dav/x", "user": "anna"},
            "https://anna@cloud.example",
        ),
        (
            "smb",
            {"host": "files.example", "share": "s", "user": "anna", "domain": "NORD"},
            "smb://NORD\\anna@files.example",
        ),
    ],
)
def test_each_kind_of_target_leads_to_its_place(
    tmp_path: Path, kind: str, options: dict[str, Option], place: str | None
) -> None:
    found = place_of(_target(tmp_path, kind, **options))

    assert (found.text if found else None) == place


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("git", {"repository": "http://forge.example/a.git"}),
        ("git", {"repository": "http://127.0.0.1.evil.example/a.git"}),
        ("webdav", {"url": "http://cloud.example/x"}),
        ("webdav", {"url": "http://[::ffff:10.0.0.1]/x"}),
        ("s3", {"bucket": "b", "endpoint": "http://s3.example"}),
    ],
)
def test_nothing_goes_anywhere_unencrypted(
    tmp_path: Path, kind: str, options: dict[str, Option]
) -> None:
    with pytest.raises(PublishError) as caught:
        place_of(_target(tmp_path, kind, **options))

    assert "would be unencrypted" in text_of(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "ext::sh -c touch% x",
        "fd::17",
        "http+x::y",
        "--upload-pack=touch x",
        "-oProxyCommand@h:x",
        "git@-oProxyCommand=x:y",
        "git@host:-x",
        "ssh://-oProxyCommand=touch%20x/y",
        "ssh://git@host/-x",
        "ssh://a;id@host/x",
        "https://anna:secret@forge.example/a.git",
        "https://forge.example/a.git?x",
        "https://forge.example\\@evil.example/a.git",
        "https://forge.example",
        "git://forge.example/a.git",
        "file://forge.example/a.git",
    ],
)
def test_an_address_that_makes_git_do_something_else_is_refused(
    tmp_path: Path, address: str
) -> None:
    with pytest.raises(PublishError):
        repository_of(_target(tmp_path, "git", repository=address))


def test_a_password_in_an_address_is_refused_and_not_said(tmp_path: Path) -> None:
    target = _target(
        tmp_path, "git", repository="https://anna:hunter22@forge.example/a.git"
    )

    with pytest.raises(PublishError) as caught:
        repository_of(target)

    assert "there is a secret here" in text_of(caught.value)
    assert "GUIDEGEN_X_TOKEN" in text_of(caught.value)
    assert "hunter22" not in f"{caught.value} {text_of(caught.value)}"


def test_git_gets_an_address_that_is_put_together_anew(tmp_path: Path) -> None:
    target = _target(
        tmp_path, "git", repository="https://anna@Forge.Example:443/a/b.git"
    )

    found = repository_of(target)

    assert found.address == "https://forge.example/a/b.git"
    assert found.place.text == "https://anna@forge.example"


@pytest.mark.parametrize(
    "repository",
    ["pub.git", ".", "..", "../pub.git", "link", "file://{project}/pub.git"],
)
def test_a_repository_that_came_with_the_project_is_refused(
    tmp_path: Path, repository: str
) -> None:
    """Also the one that the project lies in: it may have come as a packed folder."""
    top = tmp_path / "top"
    project = top / "guideline"
    for folder in (top / ".git", top / "pub.git", project / "pub.git"):
        folder.mkdir(parents=True)
    (top / ".git/HEAD").write_text("ref: refs/heads/main\n", "utf-8")
    (project / "link").symlink_to(project / "pub.git")

    with pytest.raises(PublishError) as caught:
        repository_of(
            _target(project, "git", repository=repository.format(project=project))
        )

    assert "is a part of the project itself" in text_of(caught.value)


def test_a_home_that_is_in_git_is_not_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for folder in (".git", "guideline", "pages.git"):
        (tmp_path / folder).mkdir()
    (tmp_path / ".git/HEAD").write_text("ref: refs/heads/main\n", "utf-8")

    target = settings(tmp_path / "guideline", "git", repository="../pages.git")

    assert repository_of(target).place.text == f"file://{tmp_path}/pages.git"


def test_a_share_of_windows_is_a_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows logs in at a share's server as soon as it looks for the folder."""
    monkeypatch.setattr("guidegen.publish.target_place._ON_WINDOWS", True)

    found = place_of(_target(tmp_path, "folder", path=r"\\files.example\www"))

    assert found == server("smb", "files.example")
    with pytest.raises(PublishError):
        repository_of(_target(tmp_path, "git", repository="//files.example/pages.git"))
