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

from guidegen.answers.read import read_answers
from guidegen.compare.redline import redline
from guidegen.errors import GuidegenError, ReleaseError
from guidegen.files.digest import sha256
from guidegen.model.document import Document
from guidegen.model.labels import Labels
from guidegen.model.pack import Pack
from guidegen.model.release import History, PackRecord, Release, Review
from guidegen.model.text import LocalText
from guidegen.page.tree import PageParser
from guidegen.pipeline.archive import make_archive
from guidegen.pipeline.working_copy import compose_documents
from guidegen.release.freeze import write_release
from guidegen.site import NO_RELEASES

pytestmark = pytest.mark.slow

NOTES = LocalText.of({"de": "Ein Wort ist anders.", "en": "A word is different."})
WAS = "fünf kurze Regeln"


@pytest.fixture(scope="module")
def sample(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[tuple[Document, ...], Pack]:
    project = sample_project("listed", tmp_path_factory.mktemp("sample"))
    answers, pack = read_answers(project.answers)
    documents = tuple(compose_documents(answers, pack))
    assert WAS in documents[0].pages[0].markdown  # what older releases say otherwise
    return documents, pack


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

    assert make_archive(History(), documents, pack, shown=None) is NO_RELEASES


def test_an_archive_says_what_the_releases_hold(
    history: History, sample: tuple[tuple[Document, ...], Pack]
) -> None:
    documents, pack = sample

    found = make_archive(history, documents, pack, shown="1.1.0")

    first, second = found.releases
    assert [release.version for release in found.under_versions] == ["1.0.0"]
    assert found.last is second
    after = found.validity("1.0.0").after
    assert after
    assert after.version == "1.1.0"
    assert found.validity("1.1.0").after is None
    for release in found.releases:
        for language, document in release.documents.items():
            names = [
                f"guideline-{language}.pdf",
                *(f"{language}/{name}" for name in release.assets(language)),
                *(f"{language}/{page.id}.html" for page in document.pages),
            ]
            for name in names:
                content = (release.folder / name).read_bytes()
                assert found.read(release, name) == content
            assert document.logo in release.assets(language)
            assert not {
                name
                for name in release.assets(language)
                if name.endswith((".md", ".html", ".json"))
            }
    assert (first.note("de"), found.redlines.get(("1.0.0", "de"))) == (None, None)
    assert second.note("de") == "Ein Wort ist anders."
    assert second.note("en") == "A word is different."


def test_a_release_is_in_force_from_its_date_but_not_before_it_was_released(
    history: History, sample: tuple[tuple[Document, ...], Pack]
) -> None:
    documents, pack = sample

    found = make_archive(history, documents, pack, shown=None)

    first, second = found.releases
    assert (first.in_force, second.in_force) == (
        dt.date(2026, 12, 1),
        dt.date(2027, 3, 4),
    )


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

    before = make_archive(history, documents, pack, shown=None)
    after = make_archive(
        replace(history, reviews=(review,)), documents, pack, shown=None
    )

    assert before.review
    assert (before.review.due, before.review.sequence) == (dt.date(2027, 11, 20), 1)
    assert before.review.changed == last.released
    assert after.review
    assert (after.review.due, after.review.sequence) == (dt.date(2028, 6, 1), 2)
    assert after.review.changed == dt.datetime(2027, 6, 1, tzinfo=dt.UTC)


def test_a_redline_is_made_once(
    history: History,
    sample: tuple[tuple[Document, ...], Pack],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    documents, pack = sample
    first = make_archive(history, documents, pack, shown=None)
    assert "<ins>" in first.redlines["1.1.0", "de"]
    monkeypatch.setattr("guidegen.pipeline.archive.redline_html", None)

    again = make_archive(history, documents, pack, shown=None)

    assert again == first


def test_two_copies_of_a_project_do_not_take_redlines_from_each_other(
    history: History,
    sample: tuple[tuple[Document, ...], Pack],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    documents, pack = sample
    both = make_archive(history, documents, pack, shown=None)
    earlier = replace(history, releases=history.releases[:1])
    make_archive(earlier, documents, pack, shown=None)
    monkeypatch.setattr("guidegen.pipeline.archive.redline_html", None)

    assert make_archive(history, documents, pack, shown=None) == both


def test_a_broken_cache_of_redlines_does_no_harm(
    history: History,
    sample: tuple[tuple[Document, ...], Pack],
    cache_home: Path,
) -> None:
    documents, pack = sample
    first = make_archive(history, documents, pack, shown=None)
    for path in cache_home.rglob("redlines/*.json"):
        path.write_text(json.dumps(["broken"]))

    assert make_archive(history, documents, pack, shown=None) == first


def test_a_redline_that_was_changed_is_refused(
    history: History,
    sample: tuple[tuple[Document, ...], Pack],
    cache_home: Path,
) -> None:
    documents, pack = sample
    shutil.rmtree(cache_home)
    (history.releases[1].folder / "de" / "redline.json").write_text("[]")

    with raises(ReleaseError, match="not what was released"):
        make_archive(history, documents, pack, shown=None)


@pytest.mark.parametrize("text", ["{}", "[1]", "{", "[" * 100_000])
def test_a_redline_that_guidegen_did_not_write_is_named(
    text: str, history: History, sample: tuple[tuple[Document, ...], Pack]
) -> None:
    documents, pack = sample
    first, second = history.releases
    path = second.folder / "de" / "redline.json"
    path.write_text(text)
    files = {**second.files, "de/redline.json": sha256(text.encode())}
    forged = replace(history, releases=(first, replace(second, files=files)))

    with raises(ReleaseError, match="not what was released") as raised:
        make_archive(forged, documents, pack, shown=None)

    assert raised.value.path == path


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
        make_archive(history, poor, pack, shown=None)


def test_a_language_that_is_gone_keeps_its_words(
    history: History, sample: tuple[tuple[Document, ...], Pack]
) -> None:
    documents, pack = sample

    found = make_archive(history, documents[:1], pack, shown=None)

    assert found.labels["en", "en"]["never_valid"].startswith("This version")
    assert ("1.1.0", "en") not in found.redlines
