"""Redlines of releases as HTML, each made once."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from guidegen import compare
from guidegen.compare import LABELS, redline_html
from guidegen.errors import FilesError
from guidegen.files import write_atomic
from guidegen.model.json_records import from_json
from guidegen.model.labels import Labels
from guidegen.model.redline import PageRedline
from guidegen.model.release import Release
from guidegen.release import frozen_file

_REDLINE = "redline.json"
_LEVEL = 3
"""The headings of a redline's pages, below the version's own."""


class Redlines:
    """The redlines of one language.

    Args:
        language: The language.
        labels: Its words.
        first: The project's first release: it tells projects apart.
        cache: Where they are kept between builds, if anywhere.
    """

    def __init__(
        self,
        language: str,
        labels: Labels,
        first: Release,
        cache: Path | None,
    ) -> None:
        self._language = language
        self._labels = labels
        self._place = cache / f"{self._key(first)}.json" if cache else None
        self._kept = _read(self._place) if self._place else {}
        self._all: dict[str, str] = {}

    def html(self, release: Release) -> str:
        """Return what changed with a release, empty for the first one.

        Raises:
            ReleaseError: It is not what was released.
            PackError: The pack lacks a word for it.
        """
        name = f"{self._language}/{_REDLINE}"
        digest = release.files.get(name)
        if digest is None:
            return ""
        html = self._kept.get(digest)
        if html is None:
            data = json.loads(frozen_file(release, name))
            pages = from_json(tuple[PageRedline, ...], data)
            html = redline_html(pages, self._labels, level=_LEVEL)
        self._all[digest] = html
        return html

    def keep(self) -> None:
        """Keep all that have been asked for, for the next build."""
        if self._place and self._all != self._kept:
            with suppress(FilesError):  # they are made again then
                write_atomic(self._place, json.dumps(self._all).encode())

    def _key(self, first: Release) -> str:
        """Return a digest of all that the HTML depends on beside the redlines."""
        words = [self._language, *(self._labels.get(label, "") for label in LABELS)]
        digest = hashlib.sha256("\0".join((first.digest, *words)).encode())
        for path in sorted(Path(compare.__file__).parent.glob("*.py")):
            digest.update(path.read_bytes())
        return digest.hexdigest()


def _read(place: Path) -> dict[str, str]:
    try:
        content = json.loads(place.read_bytes())
        return {str(digest): str(html) for digest, html in content.items()}
    except (OSError, ValueError, AttributeError):
        return {}
