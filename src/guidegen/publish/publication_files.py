"""Where the content of a publication's files comes from, and whether it is intact.

It comes from the built site, with what a target adds to it, or from a publication that
is kept.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from guidegen.errors import PublishError
from guidegen.files import translate_os_errors
from guidegen.files.digest import sha256
from guidegen.files.listing import is_litter, walk_files
from guidegen.model.publication import FileRecord

if TYPE_CHECKING:
    from hashlib import _Hash  # typeshed alone has a class of this name

# In pieces, so that hashing and copying a large PDF takes little memory.
_CHUNK = 1 << 18


def is_ignored(name: str) -> bool:
    """Return whether something may lie at a target although nobody has put it there."""
    return is_litter(name) or name.rpartition("/")[2] == "lost+found"


class Files(Protocol):
    """Where the content of a publication's files comes from."""

    def open(self, name: str) -> BinaryIO:
        """Open a file of the publication, by the name it has in the manifest.

        It may have changed since the manifest was made; `checked` notices that.
        """
        ...


class FolderFiles:
    """The content of a folder's files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self, name: str) -> BinaryIO:
        """Open a file of the folder."""
        return (self._folder / name).open("rb")


class Additions:
    """Files that a target needs, on top of others."""

    def __init__(self, files: Files, additions: Mapping[str, bytes]) -> None:
        self._files = files
        self._additions = additions

    def open(self, name: str) -> BinaryIO:
        """Open an added file or, if there is none of that name, one of the others."""
        if name in self._additions:
            return io.BytesIO(self._additions[name])
        return self._files.open(name)

    def records(self) -> dict[str, FileRecord]:
        """Return the records of the added files."""
        return {
            name: FileRecord(sha256(content), len(content))
            for name, content in self._additions.items()
        }


def site_files(site: Path, *, without: str) -> dict[str, FileRecord]:
    """Return the records of a built site's files.

    Args:
        site: The built site.
        without: The build's own record in the site's root, which no reader needs.

    Raises:
        PublishError: There is something in it other than plain files.
        FilesError: It cannot be read.
    """
    records = {}
    with translate_os_errors(site, reading=True):
        for name, entry in sorted(walk_files(site), key=lambda found: found[0]):
            # A link may lead out of the site, and what it leads to would be published.
            if not entry.is_file(follow_symlinks=False):
                if is_litter(name):
                    continue
                raise PublishError("error-publish-link", path=site / name)
            if not is_litter(name) and name != without:
                records[name] = digest_of(entry.path)
    return records


def digest_of(path: str | Path) -> FileRecord:
    """Return a file's SHA-256 and size."""
    digest, size = hashlib.sha256(), 0
    # Without a buffer: of a thousand small files, that is what takes the time.
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return FileRecord(digest.hexdigest(), size)


def start_of(path: str | Path, size: int) -> bytes:
    """Return the first bytes of a file, no more than `size`."""
    with open(path, "rb") as file:  # noqa: PTH123
        return file.read(size)


def checked(files: Files, name: str, record: FileRecord) -> Iterator[bytes]:
    """Yield a file's content in chunks, checking it against its record at the end.

    So write it beside the final file, and move it there only after the last chunk.

    Raises:
        PublishError: It is not what its record says: it has changed since.
    """
    digest = hashlib.sha256()
    try:
        with files.open(name) as file:
            yield from _chunks(file, digest)
    # A file that has vanished has changed, too; the author's remedy is the same.
    except FileNotFoundError as error:
        raise _changed(name) from error
    if digest.hexdigest() != record.digest:
        raise _changed(name)


def _chunks(file: BinaryIO, digest: _Hash) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
        yield chunk


def _changed(name: str) -> PublishError:
    return PublishError("error-publish-changed", name=name)
