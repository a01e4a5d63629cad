"""All six kinds of targets from behind: what lies there, what others put there."""

from __future__ import annotations

import io
import json
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from tests.publish.samples import settings

from guidegen.model.publication import TargetSettings

if TYPE_CHECKING:
    from tests.publish.remote_samba import SambaServer
    from tests.publish.remote_servers import Server


# Targets that need a large server. What they have in common with SFTP is looked at with
# that one by `make test`, which publishes to each of the others but Samba's once.
S3, WEBDAV, SMB = (
    pytest.param(kind, marks=pytest.mark.proof) for kind in ("s3", "webdav", "smb")
)


class Place(Protocol):
    """A target."""

    settings: TargetSettings
    manifest: str
    """The name of the live publication's manifest, as `get` and `put` take it."""

    def files(self) -> Mapping[str, bytes]:
        """Return what readers can get, and guidegen's own files, by name."""
        ...

    def put(self, name: str, content: bytes) -> None:
        """Put a file there, as somebody else who may write there would."""
        ...


def edit_manifest(place: Place, **changes: Any) -> None:  # noqa: ANN401
    """Change the manifest as somebody else who may write there would.

    Args:
        place: The target.
        changes: New values; a value of None takes the entry out, and files are added
            to those that are there.
    """
    data = json.loads(place.files()[place.manifest])
    for key, value in changes.items():
        if value is None:
            del data[key]
        elif key == "files":
            data[key] |= value
        else:
            data[key] = value
    place.put(place.manifest, json.dumps(data).encode())


def released(place: Place) -> dict[str, Any]:
    """Return what the manifest says of the release that readers see."""
    found: dict[str, Any] = json.loads(place.files()[place.manifest])["release"]
    return found


class FolderPlace:
    """A folder; names count from `current`."""

    manifest = ".guidegen-manifest.json"

    def __init__(self, folder: Path) -> None:
        self.settings = settings(folder, path="www", keep=2)
        self._current = folder / "www/current"

    def files(self) -> Mapping[str, bytes]:
        """Return the files of the folder that is served."""
        return {
            path.relative_to(self._current).as_posix(): path.read_bytes()
            for path in self._current.rglob("*")
            if path.is_file()
        }

    def put(self, name: str, content: bytes) -> None:
        """Write a file anew: those of publications are hard links."""
        path = self._current / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(content)


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(command, input=given, capture_output=True, check=True)  # noqa: S603
    return done.stdout


def commit_files(repository: Path, branch: str, files: Mapping[str, bytes]) -> None:
    """Commit files on a branch, which may be new, as somebody else would."""
    commit = (
        f"commit refs/heads/{branch}\n"
        "committer Tess Tester <tess@nordlicht.example> now\n"
        "data 7\nBy hand\n"
    )
    if _git(repository, "branch", "--list", branch):
        commit += f"from refs/heads/{branch}^0\n"
    changes = b"".join(
        f"M 100644 inline {name}\ndata {len(content)}\n".encode() + content + b"\n"
        for name, content in files.items()
    )
    # One program, where a clone, a commit and a push are ten.
    arguments = ("fast-import", "--quiet", "--date-format=now")
    _git(repository, *arguments, given=commit.encode() + changes)


class GitPlace:
    """A branch."""

    manifest = ".guidegen-manifest.json"

    def __init__(self, folder: Path) -> None:
        self._repository = folder / "pages.git"
        _git(folder, "init", "--quiet", "--bare", "pages.git")
        # A repository inside the project would be refused.
        (folder / "project").mkdir()
        self.settings = settings(folder / "project", "git", repository="../pages.git")

    def files(self) -> Mapping[str, bytes]:
        """Return the files of the branch."""
        # One program for all of them, as most of the time goes into starting it.
        packed = _git(self._repository, "archive", "--format=tar", "gh-pages")
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            return {
                each.name: file.read()
                for each in archive
                if (file := archive.extractfile(each))
            }

    def put(self, name: str, content: bytes) -> None:
        """Commit a file."""
        commit_files(self._repository, "gh-pages", {name: content})


class ServerPlace:
    """SFTP, S3 or WebDAV."""

    manifest = ".guidegen/manifest.json"

    def __init__(self, folder: Path, server: Server) -> None:
        self._server = server
        self.settings = settings(folder, server.kind, keep=2, **server.options())

    def files(self) -> Mapping[str, bytes]:
        """Return all files on the server."""
        return self._server.content()

    def put(self, name: str, content: bytes) -> None:
        """Write a file on the server."""
        self._server.put(name, content)


class SharePlace:
    """A share of Samba's."""

    manifest = ".guidegen/manifest.json"

    def __init__(self, folder: Path, samba: SambaServer) -> None:
        self._root = samba.root
        self.settings = settings(folder, "smb", keep=2, **samba.options())

    def files(self) -> Mapping[str, bytes]:
        """Return all files of the share."""
        return {
            path.relative_to(self._root).as_posix(): path.read_bytes()
            for path in self._root.rglob("*")
            if path.is_file()
        }

    def put(self, name: str, content: bytes) -> None:
        """Write a file into the share."""
        path = self._root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
