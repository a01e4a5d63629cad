"""A branch of a git repository, such as one that a forge serves pages from.

Each publication is one commit on top of what is there, made in a temporary repository:
no working tree is touched, and nothing is ever forced.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from guidegen.errors import PublishError
from guidegen.files.digest import sha256
from guidegen.model.document import State
from guidegen.model.publication import (
    FileRecord,
    Manifest,
    Plan,
    TargetContent,
    TargetSettings,
)
from guidegen.publish.git_program import Git, NoBranch
from guidegen.publish.limits import MOST_FILES, limit_error
from guidegen.publish.manifest import MAX_BYTES, NAME, read_manifest, write_manifest
from guidegen.publish.publication_files import Files, checked
from guidegen.publish.removal import START, Present
from guidegen.publish.target import Earlier
from guidegen.publish.target_place import refused_option, repository_of

# Stricter than git-check-ref-format(1): nothing that passes can be taken for an option.
_BRANCH = re.compile(r"(?!.*(\.\.|//|@\{|\.lock$|[./]$))\w[\w./-]*")
# What `git fast-import` takes; a line break in it would begin another command.
_AUTHOR = re.compile(r"[^<>\n]+ <[^<>\s]+>")
_AUTHOR_UNKNOWN = "guidegen <guidegen@localhost>"

_PLAIN = {"100644", "100755"}
# Unlike `--unshallow`, this does not fail where the history is there already.
_WHOLE_HISTORY = 2**31 - 1
"""The depth that means all commits to git."""
_EARLIER = 100
"""How many publications a rollback can choose from; the branch keeps them all."""


@contextmanager
def open_target(settings: TargetSettings) -> Iterator[GitTarget]:
    """Open the branch that a target's settings name.

    Raises:
        PublishError: The settings do not name one, or git is not installed.
    """
    prefix = "guidegen-git-"
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as work:
        yield GitTarget(settings, Path(work) / "repository.git")


@dataclass(frozen=True, slots=True)
class _Blob:
    """A file in a commit."""

    id: str
    plain: bool


class GitTarget:
    """A branch that is published to."""

    def __init__(self, settings: TargetSettings, work: Path) -> None:
        self._settings = settings
        repository = repository_of(settings)
        self._repository = repository.address
        self._branch = _branch(settings)
        self._folder = _folder(settings)
        given = settings.text("author")
        if given and not _AUTHOR.fullmatch(given):
            raise refused_option(settings, "author")
        self._git = Git(work, target=settings.name, place=repository.place)
        self._author = given or _known_author(self._git)

    @property
    def address(self) -> str:
        """The repository and the branch, and the folder in it if there is one."""
        folder = f", {self._folder}/" if self._folder else ""
        return f"{self._repository} ({self._branch}{folder})"

    def additions(self) -> dict[str, bytes]:
        """Return the file that tells GitHub Pages to serve all files as they are."""
        return {".nojekyll": b""}

    def look(self) -> TargetContent:
        """Fetch the branch and return what is on it."""
        # The newest commit is all there is to compare with; only a rollback needs
        # history.
        commit = self._fetch(depth=1)
        if commit is None:
            return TargetContent()
        blobs = self._blobs(commit)
        live = self._manifest(blobs.pop(NAME, None))
        records = live.everything if live else {}
        whole = self._whole(blobs, records)
        return TargetContent(
            live=live,
            damaged=frozenset(records.keys() - whole),
            unmanaged=tuple(sorted(blobs.keys() - records.keys())),
            revision=commit,
        )

    def _fetch(self, *, depth: int) -> str | None:
        """Return the newest commit of the branch, None if there is no such branch."""
        # In full, since a tag may have the same name.
        branch = f"refs/heads/{self._branch}"
        options = ("--quiet", "--no-tags", f"--depth={depth}")
        try:
            # After `--`, nothing from the settings is taken for an option.
            self._git("fetch", *options, "--", self._repository, branch)
        except NoBranch:
            return None
        found = self._git("rev-parse", "--verify", "FETCH_HEAD^{commit}")
        return found.decode().strip()

    def _blobs(self, commit: str) -> dict[str, _Blob]:
        """Return the files of a commit below our folder."""
        root = f"{commit}:{self._folder}" if self._folder else f"{commit}^{{tree}}"
        if self._folder:
            kind = self._git("ls-tree", "-z", commit, "--", self._folder).decode()
            if not kind:
                return {}
            if kind.split(maxsplit=2)[1] != "tree":
                raise PublishError(
                    "error-git-folder", folder=self._folder, branch=self._branch
                )
        # Without -z, git quotes names that are not ASCII.
        listed = self._git("ls-tree", "-r", "-z", "--full-tree", root)
        if listed.count(b"\0") > MOST_FILES:
            raise limit_error(self.address, "limit-files", MOST_FILES)
        found = {}
        for line in listed.split(b"\0"):
            if line:
                about, _, name = line.partition(b"\t")
                mode, _, blob = about.decode().split()
                # Files of others may have names that are not UTF-8; they must not stop
                # a run.
                found[name.decode("utf-8", "surrogateescape")] = _Blob(
                    blob, mode in _PLAIN
                )
        return found

    def _manifest(self, blob: _Blob | None) -> Manifest | None:
        if blob is None or not blob.plain:
            return None
        # A larger one is not read: only its size would be said.
        if self._size(blob) > MAX_BYTES:
            return read_manifest(b" " * (MAX_BYTES + 1), self.address)
        content = self._git("cat-file", "blob", blob.id)
        return read_manifest(content, self.address)

    def _size(self, blob: _Blob) -> int:
        return int(self._git("cat-file", "-s", blob.id))

    def _whole(
        self, blobs: dict[str, _Blob], records: dict[str, FileRecord]
    ) -> set[str]:
        """Return the names of the files that are as their records say."""
        names = [name for name in records if name in blobs and blobs[name].plain]
        ids = (f"{blobs[name].id}\n".encode() for name in names)
        # One git process for all files, and its output in a file: a site with its PDFs
        # need not fit into memory.
        with tempfile.TemporaryFile() as out:
            self._git("cat-file", "--batch", stdin=ids, stdout=out)
            out.seek(0)
            return {name for name in names if _next_record(out) == records[name]}

    def shown(self) -> Manifest | None:
        """Return what readers see, None if nothing was published yet; read no more."""
        commit = self._fetch(depth=1)
        return self._manifest(self._blobs(commit).get(NAME)) if commit else None

    def present(
        self, seen: TargetContent, sizes: Mapping[str, int]
    ) -> Mapping[str, Present]:
        """Return files as they are in the commit that was looked at."""
        blobs = self._blobs(seen.revision) if seen.revision else {}
        return {
            name: self._present(blobs[name], size)
            for name, size in sizes.items()
            if name in blobs
        }

    def _present(self, blob: _Blob, size: int) -> Present:
        if not blob.plain or self._size(blob) > size:
            return Present(record=None)
        content = self._git("cat-file", "blob", blob.id)
        record = FileRecord(sha256(content), len(content))
        return Present(record=record, start=content[:START])

    def publish(self, plan: Plan, files: Files) -> None:
        """Add one commit to the branch.

        If two publish at once, the branch's server decides which one was first.
        """
        if not plan.changes:
            return
        # Through its marks, fast-import reports the id of the commit that it made.
        marks = self._git.folder / "marks"
        self._git(
            "fast-import",
            "--quiet",
            f"--export-marks={marks}",
            stdin=self._stream(plan, files),
        )
        commit = marks.read_text(encoding="ascii").split()[1]
        self._git(
            # Without --force the server accepts only what is on top of its branch;
            # hooks and signing are for the user's own commits
            # (docs/development/decisions.md).
            "push",
            "--quiet",
            "--no-verify",
            "--no-signed",
            "--",
            self._repository,
            f"{commit}:refs/heads/{self._branch}",
        )

    def _stream(self, plan: Plan, files: Files) -> Iterator[bytes]:
        """Yield the commit as `git fast-import` reads it."""
        when = int(plan.manifest.when.timestamp())
        yield b"feature done\ncommit refs/heads/publication\nmark :1\n"
        yield f"committer {self._author} {when} +0000\n".encode()
        yield _data(_message(plan.manifest).encode())
        # On top of what `look` saw, so the push fails if somebody has published since.
        if plan.seen.revision:
            yield f"from {plan.seen.revision}\n".encode()
        # Removals come first: where a file was, there may be a folder now.
        for name in plan.removed:
            yield f"D {self._path(name)}\n".encode()
        for name in plan.uploads:
            # fast-import wants the length first, and `checked` has the last word at the
            # end.
            content = b"".join(checked(files, name, plan.manifest.files[name]))
            yield f"M 100644 inline {self._path(name)}\n".encode() + _data(content)
        yield f"M 100644 inline {self._path(NAME)}\n".encode()
        yield _data(write_manifest(plan.manifest))
        yield b"\ndone\n"

    def _path(self, name: str) -> str:
        path = f"{self._folder}/{name}" if self._folder else name
        # Quoted as git-fast-import(1) prescribes for names with special characters.
        escaped = path.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'

    def earlier(self) -> tuple[Earlier, ...]:
        """Return the publications on the branch, newest first."""
        newest = self._fetch(depth=_WHOLE_HISTORY)
        if newest is None:
            return ()
        path = f"{self._folder}/{NAME}" if self._folder else NAME
        # Others may commit to the branch, too; only a commit that writes the manifest
        # is a publication.
        options = ("--format=%H", f"-{_EARLIER}", "--diff-filter=AM")
        log = self._git("log", *options, newest, "--", path)
        found: dict[str, Earlier] = {}
        for commit in log.decode().split():
            with suppress(PublishError):
                blobs = self._blobs(commit)
                manifest = self._manifest(blobs.get(NAME))
                if manifest and manifest.id not in found:
                    files = _CommittedFiles(self._git, blobs)
                    found[manifest.id] = Earlier(manifest, files)
        return tuple(found.values())


class _CommittedFiles:
    """The content of a commit's files."""

    def __init__(self, git: Git, blobs: dict[str, _Blob]) -> None:
        self._git = git
        self._blobs = blobs

    def open(self, name: str) -> BinaryIO:
        """Open a file of the commit."""
        if name not in self._blobs:
            raise FileNotFoundError(name)
        return io.BytesIO(self._git("cat-file", "blob", self._blobs[name].id))


def _message(manifest: Manifest) -> str:
    what = "draft of version" if manifest.state is State.DRAFT else "version"
    verb = "Publish again" if manifest.restored else "Publish"
    return f"{verb} {what} {manifest.version}\n"


def _data(content: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(content), content)


def _next_record(batch: BinaryIO) -> FileRecord:
    """Return the record of the next file that `git cat-file --batch` has written."""
    size = int(batch.readline().split()[-1])
    digest = sha256(batch.read(size))
    # `git cat-file --batch` puts a line feed after each content.
    batch.read(1)
    return FileRecord(digest, size)


def _known_author(git: Git) -> str:
    """Return the commits' author as git knows the user, not as the project says."""
    try:
        done = git("var", "GIT_COMMITTER_IDENT")
    except PublishError:
        return _AUTHOR_UNKNOWN
    # Git adds the time behind the address; it is cut off here.
    known = f"{done.decode('utf-8', 'replace').rpartition('> ')[0]}>"
    return known if _AUTHOR.fullmatch(known) else _AUTHOR_UNKNOWN


def _branch(settings: TargetSettings) -> str:
    """Return the branch, by default the one that GitHub serves pages from.

    Raises:
        PublishError: It cannot be a branch's name.
    """
    given = settings.text("branch", "gh-pages")
    if not _BRANCH.fullmatch(given):
        raise refused_option(settings, "branch")
    return given


def _folder(settings: TargetSettings) -> str:
    """Return the folder on the branch that is published to, by default its root.

    Raises:
        PublishError: It leads out of the branch.
    """
    given = settings.text("folder").strip("/")
    parts = given.split("/") if given else []
    # Git refuses these in a path, and on Windows a backslash separates folders.
    if any(part in {"", ".", "..", ".git"} for part in parts) or "\\" in given:
        raise refused_option(settings, "folder")
    return given
