"""Releases of a tiny guideline, made without composing and typesetting."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from guidegen.model.document import Asset, Document, Edition, Page, State
from guidegen.model.labels import Labels
from guidegen.model.release import Change, History, PackRecord, Release
from guidegen.model.text import LocalText
from guidegen.pack import kept_digest
from guidegen.page.tree import PageParser
from guidegen.release import Plan, freeze, read_history, write_release

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


def plan(releases: Path, history: History, version: str, text: str) -> Plan:
    """Return a plan for the next release, in German and English."""
    pack = releases / "packs" / "dell-1.0.0-00000000"
    if not pack.is_dir():
        (pack / "sections" / "de").mkdir(parents=True)
        (pack / "pack.yml").write_text("name: dell\n", encoding="utf-8")
        (pack / "sections" / "de" / "nice.md").write_text("Nett\n", encoding="utf-8")
    return Plan(
        version=version,
        step="minor",
        released=NOON,
        valid_from=NOON.date(),
        review_months=12,
        owner="Jana Petersen",
        approved_by="Der Vorstand",
        notes=LocalText.of({"de": "Neu: „<b>“", "en": "New"}),
        answers={"pack": "dell", "company": {"name": text}},
        documents=(document("de", text), document("en", text)),
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
        previous=history.last,
        parser=PageParser(("attr_list",)),
        files={
            "guideline.yml": text.encode(),
            "guideline-de.pdf": PDF + b"de",
            "guideline-en.pdf": PDF + b"en",
        },
        redlines={"de": [], "en": []} if history.last else {},
    )


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    return tmp_path / "releases"


@pytest.fixture
def release(releases: Path, tmp_path: Path) -> MakeRelease:
    """Return a function that makes a release of a version and a text."""
    numbers = itertools.count()

    def make(version: str, text: str = "Hallo", **changes: object) -> Release:
        wanted = plan(releases, read_history(releases), version, text)
        wanted = replace(wanted, **changes)  # type: ignore[arg-type]  # as tests wish
        staged = write_release(wanted, tmp_path / f"staged-{next(numbers)}")
        return freeze(staged, releases)

    return make
