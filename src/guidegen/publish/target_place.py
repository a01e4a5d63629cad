"""Which place an entry of `publish:` leads to; places that are no good are refused."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from guidegen.errors import PublishError
from guidegen.model.project import Project
from guidegen.model.publication import TargetSettings
from guidegen.publish.credentials import variable
from guidegen.publish.place import NoPlaceError, Place, local, server, split_address
from guidegen.value import Value

_AMAZON = "s3.amazonaws.com"
"""Stands for Amazon's S3 in its regions; the libraries make the host's name."""
# These regions have domains, accounts and owners of their own.
_APART = re.compile(r"(cn|eusc)-.*|.*-iso[a-z]?-.*")

# As scp writes an address; the path must not be taken for an option over there.
_LIKE_SCP = re.compile(r"(?P<user>[\w.-]+)@(?P<host>[^\s:/@]+):(?P<path>(?!-)[^\s:]+)")

_ON_WINDOWS: Final = os.name == "nt"
_SHARE = re.compile(r"[\\/]{2}(?P<host>[^\\/]+)")

_PASSWORD = re.compile(r"//[^/@]*:[^/@]*@")


class Repository(Value):
    """Where a git repository is."""

    address: str
    """As it is given to git."""
    place: Place


def place_of(settings: TargetSettings) -> Place | None:
    """Return the place that a target sends to, None if it is a folder.

    Only Windows connects to a server for a folder's name, and logs in there.

    Raises:
        PublishError: It is none, nobody may be sent anything there unencrypted, or the
            repository is a part of the project.
    """
    find = _FINDERS.get(settings.kind)
    if find is None:
        return _of_share(settings.text("path"))
    place = find(settings)
    if not place.is_protected:
        raise PublishError(
            "error-remote-plain",
            path=Project(settings.folder).answers,
            line=settings.line,
            address=place.origin,
        )
    return place


def server_of(settings: TargetSettings) -> Place:
    """Return the place of a target of which it is certain that it is no folder.

    Raises:
        PublishError: As for `place_of`.
    """
    place = place_of(settings)
    assert place  # noqa: S101  # the caller serves a kind that has one
    return place


def address_of(settings: TargetSettings, option: str) -> tuple[Place, str]:
    """Return the place of a web address, and the address put together from its parts.

    Raises:
        PublishError: It is not a web address, or could be read in more than one way.
    """
    given = settings.text(option)
    try:
        place, path = split_address(given)
    except NoPlaceError as error:
        raise _no_place(settings, option) from error
    if place.scheme not in {"https", "http"}:
        raise _no_place(settings, option)
    return place, f"{place.origin}{path}"


def repository_of(settings: TargetSettings) -> Repository:
    """Return the repository that a target names; a path counts from the project.

    Raises:
        PublishError: It is neither an address nor the path of a folder, or the folder
            is the project's own.
    """
    given = settings.text("repository")
    user = settings.text("user")
    if _PASSWORD.search(given):
        raise PublishError(
            "publish-secret",
            path=Project(settings.folder).answers,
            line=settings.line,
            variable=variable(settings.name, "token"),
        )
    try:
        if match := _LIKE_SCP.fullmatch(given):
            place = server("ssh", match["host"], user=match["user"])
            address = f"{place.user}@{place.host}:{match['path']}"
            return Repository(address=address, place=place)
        if "://" in given and not given.startswith("file://"):
            return _at_server(given, user)
    except NoPlaceError as error:
        raise refused_option(settings, "repository") from error
    # Neither git's remote helpers nor options are to be taken for a path.
    if "::" in given or given.startswith("-"):
        raise refused_option(settings, "repository")
    return _on_this_computer(settings, given.removeprefix("file://"))


def _at_server(given: str, user: str) -> Repository:
    place, path = split_address(given)
    if place.scheme not in {"https", "http", "ssh"} or not path.strip("/"):
        raise NoPlaceError(given)
    # An option of git's on the other side would begin like this.
    if path.startswith("/-"):
        raise NoPlaceError(given)
    if place.scheme == "ssh":
        return Repository(address=place.text + path, place=place)
    # On the web the user goes along with the secret, not in the address.
    named = server(place.scheme, place.host, port=place.port, user=user or place.user)
    return Repository(address=place.origin + path, place=named)


def _of_share(path: str) -> Place | None:
    """Return the server of a Windows share, None if it is a folder of this computer."""
    match = _SHARE.match(path) if _ON_WINDOWS else None
    try:
        return server("smb", match["host"]) if match else None
    except NoPlaceError as error:
        raise PublishError("error-publish-gone", path=Path(path)) from error


def _on_this_computer(settings: TargetSettings, given: str) -> Repository:
    # Looking at a share would log in at its server.
    if _of_share(given):
        raise refused_option(settings, "repository")
    path = (settings.folder.resolve() / Path(given).expanduser()).resolve()
    if not path.is_dir():
        raise PublishError("error-git-repository", path=path)
    own = came_with(settings.folder)
    # Its settings and hooks are programs, written by whoever wrote the project.
    if path.is_relative_to(own) or own.is_relative_to(path):
        raise PublishError(
            "error-git-inside",
            path=Project(settings.folder).answers,
            line=settings.line,
            repository=path,
        )
    return Repository(address=str(path), place=local(path.as_posix()))


def came_with(folder: Path) -> Path:
    """Return what came along with a project: its repository, or its folder alone."""
    folder = folder.resolve()
    # Without a home, as some containers are, it stays what it is, and no folder has it.
    home = Path(os.path.expanduser("~"))  # noqa: PTH111  # `Path.home` would fail
    for above in (folder, *folder.parents):
        # Where a person, or a computer, is kept in git as a whole, not all there is
        # came with the project.
        if home.is_relative_to(above):
            break
        # In a worktree or a submodule, `.git` is a file.
        if (above / ".git").is_file() or (above / ".git/HEAD").is_file():
            return above
    return folder


def _of_git(settings: TargetSettings) -> Place:
    return repository_of(settings).place


def _of_webdav(settings: TargetSettings) -> Place:
    place, _ = address_of(settings, "url")
    return _named(settings, place.scheme, place.host, place.port, place.user)


def _of_s3(settings: TargetSettings) -> Place:
    profile = settings.text("profile")
    if not settings.text("endpoint"):
        region = settings.text("region")
        apart = f"{region}." if _APART.fullmatch(region) else ""
        return _named(settings, "https", f"{apart}{_AMAZON}", None, profile)
    place, _ = address_of(settings, "endpoint")
    return _named(settings, place.scheme, place.host, place.port, profile)


def _of_sftp(settings: TargetSettings) -> Place:
    port = settings.number("port", 22)
    return _named(settings, "ssh", settings.text("host"), port, "")


def _of_smb(settings: TargetSettings) -> Place:
    user, domain = settings.text("user"), settings.text("domain")
    port = settings.number("port", 445)
    login = f"{domain}\\{user}" if domain and user else user
    return _named(settings, "smb", settings.text("host"), port, login)


def _named(
    settings: TargetSettings, scheme: str, host: str, port: int | None, login: str
) -> Place:
    user = settings.text("user") if scheme != "smb" else ""
    try:
        return server(scheme, host, port=port, user=user or login)
    except NoPlaceError as error:
        raise _no_place(settings, _OPTIONS[settings.kind]) from error


_FINDERS: Mapping[str, Callable[[TargetSettings], Place]] = {
    "git": _of_git,
    "s3": _of_s3,
    "sftp": _of_sftp,
    "smb": _of_smb,
    "webdav": _of_webdav,
}
_OPTIONS = {"s3": "endpoint", "sftp": "host", "smb": "host", "webdav": "url"}
"""The option of each kind that says where."""


def _no_place(settings: TargetSettings, option: str) -> PublishError:
    return PublishError(
        "error-place-address",
        path=Project(settings.folder).answers,
        line=settings.line,
        option=option,
        given=settings.text(option),
    )


def refused_option(settings: TargetSettings, option: str) -> PublishError:
    """Return the error for an option whose value git would not accept."""
    return PublishError(
        "error-git-settings",
        path=Project(settings.folder).answers,
        line=settings.line,
        option=option,
        given=settings.text(option),
    )
