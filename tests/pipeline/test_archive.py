from __future__ import annotations

import datetime as dt
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.archives import released
from tests.samples import sample_project
from tests.wording import raises

from guidegen.answers import read_answers
from guidegen.compare import redline
from guidegen.errors import GuidegenError, ReleaseError
from guidegen.model.document import Document
from guidegen.model.labels import Labels
from guidegen.model.pack import Pack
from guidegen.model.release import History, PackRecord, Release, Review
from guidegen.model.text import LocalText
from guidegen.page.tree import PageParser
from guidegen.pipeline.archive import archive
from guidegen.pipeline.working_copy import compose_documents
from guidegen.release import frozen_file, write_release

NOTES = LocalText.of({"de": "Ein Wort ist anders.", "en": "A word is different."})
WAS = "Zahlen, Pläne"


@pytest.fixture(scope="module")
def sample(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[tuple[Document, ...], Pack]:
    project = sample_project("listed", tmp_path_factory.mktemp("sample"))
    answers, pack = read_answers(project.answers)
    return tuple(compose_documents(answers, pack)), pack


def _release(
    folder: Path,
    documents: tuple[Document, ...],
    version: str,
    day: dt.date,
    previous: Release | None = None,
) -> Release:
    older = tuple(
        tuple(
            replace(page, markdown=page.markdown.replace(WAS, f"Pläne ({version})"))
            for page in document.pages
        )
        for document in documents
    )
    parser = PageParser(documents[0].markdown_extensions)
    redlines = {
        document.language: redline(pages, document.pages, parser)
        for document, pages in zip(documents, older, strict=True)
    }
    release = Release(
        folder=folder / version,
        version=version,
        step="minor" if previous else "major",
        released=dt.datetime.combine(day, dt.time(23, 30), dt.UTC),
        valid_from=dt.date(2026, 12, 1),
        review_months=12,
        owner="Jana Petersen",
        approved_by=None,
        notes=NOTES if previous else None,
        answers={},
        changes=(),
        stale={},
        pack=PackRecord(name="dell", version="1", digest="0", folder="packs/dell"),
        previous=previous.id if previous else None,
    )
    return write_release(
        release,
        [released(document, version) for document in documents],
        {
            f"guideline-{document.language}.pdf": f"%PDF-{version}".encode()
            for document in documents
        },
        redlines if previous else {},
        parser,
    )


@pytest.fixture
def history(
    tmp_path: Path, sample: tuple[tuple[Document, ...], Pack], own_cache: None
) -> History:
    del own_cache
    documents, _ = sample
    first = _release(tmp_path, documents, "1.0.0", dt.date(2026, 11, 20))
    second = _release(tmp_path, documents, "1.1.0", dt.date(2027, 3, 4), first)
    return History(releases=(first, second))


def test_before_the_first_release_there_is_nothing_to_show(
    sample: tuple[tuple[Document, ...], Pack],
) -> None:
    documents, pack = sample

    assert archive(History(), documents, pack, shown=None) is None


def test_an_archive_says_what_the_releases_hold(
    history: History, sample: tuple[tuple[Document, ...], Pack]
) -> None:
    documents, pack = sample

    found = archive(history, documents, pack, shown="1.1.0")

    assert found
    first, second = found.releases
    assert [release.version for release in found.kept] == ["1.0.0"]
    assert found.last is second
    german = first.documents["de"]
    assert [page.id for page in german.pages] == [
        page.id for page in documents[0].pages
    ]
    for release in found.releases:
        for document in release.documents.values():
            files = [
                document.pdf,
                *document.assets.values(),
                *(page.article for page in document.pages),
            ]
            for file in files:
                name = file.path.relative_to(history.releases[0].folder.parent)
                record = next(
                    each for each in history.releases if each.version == name.parts[0]
                )
                content = frozen_file(record, "/".join(name.parts[1:]))
                assert content == file.path.read_bytes()
    assert german.logo in german.assets
    assert not {name for name in german.assets if name.endswith((".md", ".html"))}
    assert (german.note, german.redline) == (None, "")
    assert second.documents["de"].note == "Ein Wort ist anders."
    assert second.documents["en"].note == "A word is different."


def test_a_release_is_in_force_from_its_date_but_not_before_it_was_released(
    history: History, sample: tuple[tuple[Document, ...], Pack]
) -> None:
    documents, pack = sample

    found = archive(history, documents, pack, shown=None)

    assert found
    first, second = found.releases
    assert (first.in_force, second.in_force) == (
        dt.date(2026, 12, 1),
        dt.date(2027, 3, 4),
    )
    assert first.documents["de"].released == "1. Dezember 2026"
    assert first.documents["de"].replaced == "4. März 2027"
    assert second.documents["en"].released == "4 March 2027"
    assert second.documents["en"].replaced is None


def test_the_next_review_moves_with_each_release_and_review(
    history: History, sample: tuple[tuple[Document, ...], Pack]
) -> None:
    documents, pack = sample
    last = history.releases[-1]
    review = Review(
        by="Jana",
        on=dt.date(2027, 6, 1),
        note=None,
        version=last.version,
        digest=last.digest,
    )

    before = archive(history, documents, pack, shown=None)
    after = archive(replace(history, reviews=(review,)), documents, pack, shown=None)

    assert before
    assert before.review
    assert (before.review.due, before.review.sequence) == (dt.date(2027, 11, 20), 1)
    assert before.review.changed == last.released
    assert after
    assert after.review
    assert (after.review.due, after.review.sequence) == (dt.date(2028, 6, 1), 2)
    assert after.review.changed == dt.datetime(2027, 6, 1, tzinfo=dt.UTC)


def test_a_redline_is_made_once(
    history: History,
    sample: tuple[tuple[Document, ...], Pack],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    documents, pack = sample
    first = archive(history, documents, pack, shown=None)
    assert first
    assert "<ins>" in first.releases[1].documents["de"].redline
    monkeypatch.setattr("guidegen.pipeline.redlines.redline_html", None)

    again = archive(history, documents, pack, shown=None)

    assert again == first


def test_a_broken_cache_of_redlines_does_no_harm(
    history: History,
    sample: tuple[tuple[Document, ...], Pack],
    cache_home: Path,
) -> None:
    documents, pack = sample
    first = archive(history, documents, pack, shown=None)
    for path in cache_home.rglob("redlines/*.json"):
        path.write_text(json.dumps(["broken"]))

    assert archive(history, documents, pack, shown=None) == first


def test_a_redline_that_was_changed_is_refused(
    history: History,
    sample: tuple[tuple[Document, ...], Pack],
    cache_home: Path,
) -> None:
    documents, pack = sample
    shutil.rmtree(cache_home)
    (history.releases[1].folder / "de" / "redline.json").write_text("[]")

    with raises(ReleaseError, match="not what was released"):
        archive(history, documents, pack, shown=None)


def test_a_pack_without_the_words_for_a_redline_is_told_so(
    history: History, sample: tuple[tuple[Document, ...], Pack]
) -> None:
    documents, pack = sample
    labels = {
        key: text
        for key, text in documents[0].labels.items()
        if key != "redline_inserted"
    }
    poor = (replace(documents[0], labels=Labels(labels)), documents[1])

    with raises(GuidegenError, match="no word for redline_inserted"):
        archive(history, poor, pack, shown=None)


def test_a_language_that_is_gone_keeps_its_words(
    history: History, sample: tuple[tuple[Document, ...], Pack]
) -> None:
    documents, pack = sample

    found = archive(history, documents[:1], pack, shown=None)

    assert found
    english = found.releases[1].documents["en"]
    assert english.labels["outdated"].startswith("This version")
    assert english.released == "4 March 2027"
    assert english.redline == ""
