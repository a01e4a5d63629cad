"""Jinja's compiled templates, kept between runs."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import CodeType
from typing import ClassVar, Final

from jinja2 import Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket

from guidegen import TEMPLATE_PACKS

_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_OWNER: Final = 0o600


class CompiledTemplates(FileSystemBytecodeCache):
    """The compiled templates of installed packages and of the built-in packs.

    Python runs what lies here. So the folder has to be the user's own, and templates
    that came with a project are never kept. What is compiled is found by the template's
    text: a released project's copy of a built-in pack has it, too. The cache can only
    help: where it is broken or cannot be written, templates are compiled.

    Args:
        folder: Where they are kept between processes; None for this process only.
        kind: What tells environments apart that compile the same template differently.
        installed: The folders of other packages that bring templates.
    """

    _memory: ClassVar[dict[tuple[str, str], CodeType]] = {}
    """What this process has compiled or read, by the file's path and its digest."""

    def __init__(
        self, folder: Path | None, *, kind: str, installed: Iterable[str | Path] = ()
    ) -> None:
        super().__init__(str(folder or ""), f"__jinja2_{kind}_%s.cache")
        self._folder = folder
        self._is_there = False
        installed_folders = (*TEMPLATE_PACKS, *installed)
        self._starts = tuple(
            f"{os.path.abspath(folder)}{os.sep}"  # noqa: PTH100  # `..` goes, links stay
            for folder in installed_folders
        )

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """Return what has been compiled of a text, as if it lay in this very file."""
        checksum = self.get_source_checksum(source)
        bucket = Bucket(environment, self.get_cache_key(name, checksum), checksum)
        self.load_bytecode(bucket)
        if bucket.code and filename and bucket.code.co_filename != filename:
            bucket.code = _moved(bucket.code, filename)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what has been compiled, if it has."""
        bucket.code = self._memory.get(self._key(bucket))
        if bucket.code is None and self._folder is not None:
            try:
                super().load_bytecode(bucket)
            except Exception:  # noqa: BLE001 - whatever a broken pickle raises
                bucket.reset()
            self._remember(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what has been compiled, unless it came with a project."""
        if bucket.code is None or not self._is_installed(bucket.code.co_filename):
            return
        self._remember(bucket)
        if self._folder is not None:
            with suppress(OSError):
                self._write(bucket, self._folder)

    def _write(self, bucket: Bucket, folder: Path) -> None:
        """Write what has been compiled beside its place, and put it there.

        As Jinja does, in a third of the time: a first build writes some forty files.
        """
        file = self._get_cache_filename(bucket)
        new = f"{file}.{os.urandom(4).hex()}.tmp"
        if not self._is_there:
            folder.mkdir(parents=True, exist_ok=True)
            self._is_there = True
        try:
            with os.fdopen(os.open(new, _NEW, _OWNER), "wb") as written:
                written.write(bucket.bytecode_to_string())
            os.replace(new, file)  # noqa: PTH105  # as above
        except BaseException:
            # Also at Ctrl+C, which is no Exception.
            with suppress(OSError):
                os.unlink(new)  # noqa: PTH108  # as above
            raise

    def _is_installed(self, file: str) -> bool:
        # By text, as there are some forty files: each folder is whole, and a file in it
        # is named from there on.
        return os.path.abspath(file).startswith(self._starts)  # noqa: PTH100

    def _remember(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._memory[self._key(bucket)] = bucket.code

    def _key(self, bucket: Bucket) -> tuple[str, str]:
        return self._get_cache_filename(bucket), bucket.checksum


def _moved(code: CodeType, file: str) -> CodeType:
    """Return code that names a file in tracebacks, where a mistake's line is read."""
    constants = (
        _moved(each, file) if isinstance(each, CodeType) else each
        for each in code.co_consts
    )
    return code.replace(co_filename=file, co_consts=tuple(constants))
