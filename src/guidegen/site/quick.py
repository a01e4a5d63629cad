"""MkDocs' theme without its detours; what comes out stays the same, byte by byte.

Of a warm build, most time goes into compiling the theme's templates, into listing its
fourteen thousand icons and into copying what is not needed. So compiled templates are
kept, on disk and in memory; the listing skips dot-folders, which MkDocs drops from it
anyway, and the files that `prune` would delete.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, ClassVar

import jinja2
from mkdocs.theme import Theme

from guidegen.site.prune import is_needed

if TYPE_CHECKING:
    from jinja2.bccache import Bucket


def quick(theme: Theme, *, language: str, cache: Path | None) -> Theme:
    """Return the theme without its detours.

    Args:
        theme: The theme as MkDocs configured it.
        language: The document's language.
        cache: Where compiled templates are kept between processes, if anywhere.
    """
    result = QuickTheme.__new__(QuickTheme)
    vars(result).update(vars(theme))
    result.language = language
    result.cache = cache
    return result


class QuickTheme(Theme):
    """A theme that keeps its compiled templates and lists what a site needs."""

    language: str
    cache: Path | None
    _env: jinja2.Environment | None = None

    def get_env(self) -> jinja2.Environment:
        """Return the environment; MkDocs and its search ask for it several times."""
        if self._env is None:
            self._env = super().get_env()
            self._env.loader = _ShortListing(self.dirs, self.language)
            self._env.bytecode_cache = KeptTemplates(self.cache)
        return self._env


class _ShortListing(jinja2.FileSystemLoader):
    def __init__(self, searched: list[str], language: str) -> None:
        super().__init__(searched)
        self._language = language

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for searched in self.searchpath:
            for folder, folders, names in os.walk(searched):
                folders[:] = [name for name in folders if not name.startswith(".")]
                place = Path(folder).relative_to(searched)
                found.update((place / name).as_posix() for name in names)
        return sorted(
            path for path in found if is_needed(path, language=self._language)
        )


class KeptTemplates(jinja2.FileSystemBytecodeCache):
    """A cache that can only help: broken or unwritable, the template is compiled.

    Args:
        folder: Where compiled templates are kept between processes, if anywhere.
        kind: What tells environments apart that compile the same templates differently.
    """

    _memory: ClassVar[dict[tuple[Path | None, str, str], CodeType]] = {}
    """What this process has compiled or read, by folder, template and its digest."""

    def __init__(self, folder: Path | None, kind: str = "") -> None:
        super().__init__(str(folder or ""), f"__jinja2_{kind}%s.cache")
        self._folder = folder
        self._kind = kind

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what has been compiled, if it has."""
        bucket.code = self._memory.get(self._key(bucket))
        if bucket.code is None and self._folder is not None:
            try:
                super().load_bytecode(bucket)
            except Exception:  # noqa: BLE001 - whatever a broken pickle raises
                bucket.reset()
            else:
                self._keep(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what has been compiled."""
        self._keep(bucket)
        if self._folder is not None:
            with suppress(OSError):
                super().dump_bytecode(bucket)

    def _keep(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._memory[self._key(bucket)] = bucket.code

    def _key(self, bucket: Bucket) -> tuple[Path | None, str, str]:
        return self._folder, self._kind + bucket.key, bucket.checksum
