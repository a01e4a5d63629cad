"""Releases of a tiny guideline, made without composing and typesetting."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from guidegen.model.document import Asset, Document, Edition, Page, State
from guidegen.model.labels import Labels
from guidegen.model.redline import PageRedline
from guidegen.model.release import Change, PackRecord, Release
from guidegen.model.text import LocalText
from guidegen.pack.pin import kept_digest
from guidegen.page.tree import PageParser
from guidegen.release.freeze import freeze, write_release
from guidegen.release.history import read_history

MakeRelease = Callable[..., Release]

NOON = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)
PDF = b"%PDF-1.7 of "


def document(language: str, text: str) -> Document:
    """Return a document of two pages; its text is in the first."""
    pages = (
        Page(
            id="index",
            title="Überblick",
            markdown=f"# Start\n\n{text} [Thema](topics.md#a) und"
            " [Web](https://a.example/b.md)\n",
        ),
        Page(id="topics", title="Themen", markdown="## A\n\nText\n", stamped=True),
    )
    return Document(
        language=language,
        variant=language,
        locale=language,
        title="Social Media",
        company="Nordlicht",
        pages=pages,
        assets=(Asset(path="images/contact-1.svg", content=b"<svg/>"),),
        contacts=(),
        labels=Labels(),
        running_texts={"owner": "Jana Petersen"},
        brand_color=None,
        logo=Asset(path="images/logo.svg", content=b"<svg></svg>"),
        valid_from=0,
        markdown_extensions=("attr_list",),
        digest=hashlib.sha256(text.encode()).hexdigest(),
        edition=Edition(state=State.RELEASED),
    )


@dataclass(frozen=True)
class Wanted:
    """What `write_release` takes."""

    release: Release
    documents: tuple[Document, ...]
    files: dict[str, bytes]
    redlines: dict[str, tuple[PageRedline, ...]]

    def with_changes(self, **changes: object) -> Wanted:
        """Return the same, but for some fields of this value or of the release."""
        own = {
            name: changes.pop(name)
            for name in ("documents", "files", "redlines")
            if name in changes
        }
        changed: Wanted = replace(self, release=replace(self.release, **changes), **own)  # type: ignore[arg-type]  # as tests wish
        return changed


def wanted(folder: Path, releases: Path, version: str, text: str) -> Wanted:
    """Return what the next release is to be, in German and English."""
    pack = releases / "packs" / "dell-1.0.0-00000000"
    if not pack.is_dir():
        (pack / "sections" / "de").mkdir(parents=True)
        (pack / "pack.yml").write_text("name: dell\n", encoding="utf-8")
        (pack / "sections" / "de" / "nice.md").write_text("Nett\n", encoding="utf-8")
    last = read_history(releases).last
    release = Release(
        folder=folder,
        version=version,
        step="minor",
        released=NOON,
        valid_from=NOON.date(),
        review_months=12,
        owner="Jana Petersen",
        approved_by="Der Vorstand",
        notes=LocalText.of({"de": "Neu: „<b>“", "en": "New"}),
        answers={"pack": "dell", "company": {"name": text}},
        changes=(
            Change(
                message="compare-topic-new",
                values={"topic": LocalText.of({"de": "Fusionen", "en": "Mergers"})},
            ),
            Change(message="compare-contact-new", values={"name": "Mira"}),
        ),
        stale={"sections/nice": ("en",)},
        pack=PackRecord(
            name="dell",
            version="1.0.0",
            digest=kept_digest(pack),
            folder="packs/dell-1.0.0-00000000",
        ),
        previous=last.id if last else None,
    )
    return Wanted(
        release=release,
        documents=(document("de", text), document("en", text)),
        files={
            "guideline.yml": text.encode(),
            "guideline-de.pdf": PDF + b"de",
            "guideline-en.pdf": PDF + b"en",
        },
        redlines={"de": (), "en": ()} if last else {},
    )


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    return tmp_path / "releases"


@pytest.fixture
def release(releases: Path, tmp_path: Path) -> MakeRelease:
    """Return a function that makes a release of a version and a text."""
    return release_maker(releases, tmp_path)


def release_maker(releases: Path, staging: Path) -> MakeRelease:
    """Return a function that makes a release of a version and a text.

    Args:
        releases: The folder of the releases.
        staging: Where they are written first.
    """
    numbers = itertools.count()

    def make(version: str, text: str = "Hallo", **changes: object) -> Release:
        folder = staging / f"staged-{next(numbers)}"
        new = wanted(folder, releases, version, text).with_changes(**changes)
        parser = PageParser(("attr_list",))
        staged = write_release(
            new.release, new.documents, new.files, new.redlines, parser
        )
        return freeze(staged, releases)

    return make
