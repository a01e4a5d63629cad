"""`diff` says of a draft that was built what it says of one that it composes."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.quick_pdf import use_quick_pdf
from tests.samples import sample_project

from guidegen.errors import PackError, ReleaseError
from guidegen.files.digest import sha256
from guidegen.model.project import Project
from guidegen.model.text import LocalText
from guidegen.pack.find import builtin_packs
from guidegen.pipeline.build import Job, build_project
from guidegen.pipeline.built_here import remember_built
from guidegen.pipeline.diff import Difference, diff_project
from guidegen.pipeline.kept_draft import kept_draft
from guidegen.pipeline.release import ReleaseRequest, make_release
from guidegen.pipeline.release_preview import preview_release
from guidegen.pipeline.withdraw import withdraw_release

pytestmark = pytest.mark.slow

NOON = dt.datetime(2027, 1, 10, 12, tzinfo=dt.UTC)
NOTES = LocalText.of({"de": "Etwas ist anders.", "en": "Something is different."})
ACKNOWLEDGED = "\nacknowledgement:\n  email: hr@example.com\n"
"""Adds a page that prints version and digest."""
TOPICS = "taboo_topics:\n"


def _edit(project: Project, old: str, new: str) -> None:
    text = project.answers.read_text("utf-8")
    assert old in text
    project.answers.write_text(text.replace(old, new), encoding="utf-8")


def _release(project: Project, day: int = 0) -> None:
    job = Job(project=project)
    moment = NOON + dt.timedelta(days=day)
    make_release(job, preview_release(job), ReleaseRequest(now=moment, notes=NOTES))


@pytest.fixture(autouse=True)
def _no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    use_quick_pdf(monkeypatch)


@pytest.fixture(scope="module")
def _drafted_once(
    tmp_path_factory: pytest.TempPathFactory, cache_home: Path
) -> Project:
    project = sample_project("listed", tmp_path_factory.mktemp("drafted"))
    _edit(project, "languages: [de, en]", "languages: [en, de]")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_CACHE_HOME", str(cache_home))
        use_quick_pdf(environment)
        _release(project)
        _edit(project, TOPICS, f"{TOPICS}  - mergers\n")
        build_project(Job(project=project))
    return project


@pytest.fixture
def drafted(_drafted_once: Project, tmp_path: Path) -> Iterator[Project]:
    """Yield a project with a release, whose changed working files are built."""
    project, copy = _drafted_once, tmp_path / "copy"
    shutil.copytree(project.folder, copy)
    # Otherwise, to compose it would prove nothing.
    assert kept_draft(project, None)
    yield project
    shutil.rmtree(project.folder, ignore_errors=True)
    copy.rename(project.folder)


def _shown(difference: Difference) -> Difference:
    """Return a difference without what only one of two ways to it has."""
    changes = (*difference.changes, *getattr(difference.proposal, "reasons", ()))
    words = {each.message: difference.messages[each.message] for each in changes}
    return replace(difference, messages=words, working_copy=None)


def _is_composed(project: Project, pack: Path | None = None) -> bool:
    return diff_project(project, pack=pack).working_copy is not None


def _rewrite(project: Project, **other: object) -> None:
    """Change what is kept of the draft, and what it follows from."""
    content = json.loads(project.draft.read_text("utf-8"))
    premises = content["premises"]
    premises |= {key: value for key, value in other.items() if key in premises}
    content |= {key: value for key, value in other.items() if key not in premises}
    project.draft.write_text(json.dumps(content), encoding="utf-8")


def _as_if_written_here(project: Project) -> None:
    remember_built(sha256(project.draft.read_bytes()), kind="drafts")


def test_after_a_build_the_same_is_said_without_composing(drafted: Project) -> None:
    built = diff_project(drafted)
    composed = diff_project(drafted, whole=True)

    assert built.working_copy is None
    assert built.proposal
    assert built.proposal.step == "major"
    assert [*built.redlines] == [*built.names] == ["en", "de"]
    assert _shown(built) == _shown(composed)


def test_a_change_of_the_answers_is_seen(drafted: Project) -> None:
    _edit(drafted, f"{TOPICS}  - mergers\n", TOPICS)

    assert not diff_project(drafted).changed


def test_an_older_version_is_compared_by_composing(drafted: Project) -> None:
    assert diff_project(drafted, "1.0.0").working_copy


def test_what_somebody_else_has_written_is_not_believed(drafted: Project) -> None:
    _rewrite(drafted, version="9.9.9")

    assert diff_project(drafted).version == "2.0.0"


def test_a_record_of_a_site_is_none_of_a_draft(drafted: Project) -> None:
    _rewrite(drafted, version="9.9.9")
    remember_built(sha256(drafted.draft.read_bytes()))

    assert _is_composed(drafted)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"\xff", b'{"premises": {}}', b"[" * 100_000]
)
def test_what_is_no_record_is_composed(content: bytes, drafted: Project) -> None:
    drafted.draft.write_bytes(content)
    _as_if_written_here(drafted)

    assert _is_composed(drafted)


def test_a_link_is_not_followed(drafted: Project, tmp_path: Path) -> None:
    kept = drafted.draft.rename(tmp_path / "kept.json")
    drafted.draft.symlink_to(kept)

    assert _is_composed(drafted)


def test_an_older_record_of_ones_own_does_not_fit(drafted: Project) -> None:
    older = drafted.draft.read_bytes()
    _edit(drafted, "  - mergers\n", "  - tenders\n")
    build_project(Job(project=drafted))
    assert not _is_composed(drafted)

    drafted.draft.write_bytes(older)

    assert _is_composed(drafted)


def test_another_pack_of_the_same_name_does_not_fit(drafted: Project) -> None:
    # Whoever sends a project can also say what its answers name.
    sources = json.loads(drafted.sources.read_text("utf-8"))
    _rewrite(drafted, named=[*sources["named"], "/elsewhere"])
    _as_if_written_here(drafted)

    assert _is_composed(drafted)


def test_another_pack_that_is_asked_for_is_composed(drafted: Project) -> None:
    pack = builtin_packs() / "dell"
    sources = json.loads(drafted.sources.read_text("utf-8"))
    assert _is_composed(drafted, pack)

    drafted.sources.write_text(json.dumps(sources | {"asked": str(pack.resolve())}))

    assert _is_composed(drafted, pack)


def test_other_texts_that_were_right_are_looked_at(drafted: Project) -> None:
    drafted.basis.unlink()

    assert _is_composed(drafted)


def test_altered_texts_of_the_pack_are_noticed(drafted: Project) -> None:
    kept = next(drafted.kept_packs.glob("*/sections/en/*.md"))
    kept.write_text("Everything is allowed.\n", encoding="utf-8")

    with pytest.raises(PackError, match="error-pin-changed"):
        diff_project(drafted)


@pytest.mark.parametrize("name", ["release.json", "de/index.md", "en/index.md"])
def test_altered_releases_are_noticed(name: str, drafted: Project) -> None:
    file = drafted.release("1.0.0") / name
    text = file.read_text("utf-8")
    file.write_text(text.replace("mergers", "Mergers") + "\n", encoding="utf-8")

    with pytest.raises(ReleaseError, match="error-releases-file"):
        diff_project(drafted)


def test_nothing_is_kept_of_what_was_released(drafted: Project) -> None:
    _release(drafted, 1)
    build_project(Job(project=drafted, force=True))

    assert kept_draft(drafted, None) is None
    assert not diff_project(drafted).changed


def test_nothing_is_kept_while_a_text_is_behind(drafted: Project) -> None:
    own = drafted.section("de", "nice")
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text("## Nett\n\nSeid nett.\n", encoding="utf-8")
    build_project(Job(project=drafted))

    difference = diff_project(drafted)

    assert difference.working_copy
    assert difference.missing or difference.stale


def test_nothing_is_kept_while_the_newest_release_is_withdrawn(
    drafted: Project,
) -> None:
    _release(drafted, 1)
    withdraw_release(drafted, "2.0.0", by="Mira", on=NOON.date(), reason=NOTES)
    _edit(drafted, "  - mergers\n", "  - tenders\n")
    build_project(Job(project=drafted, draft=True))

    assert _is_composed(drafted)


def test_nothing_is_kept_of_a_new_page_that_prints_its_version(
    tmp_path: Path,
) -> None:
    project = sample_project("small", tmp_path)
    _release(project)
    with project.answers.open("a", encoding="utf-8") as answers:
        answers.write(ACKNOWLEDGED)
    build_project(Job(project=project))

    assert _is_composed(project)


def test_a_copy_in_another_place_is_composed(drafted: Project, tmp_path: Path) -> None:
    copy = Project(shutil.copytree(drafted.folder, tmp_path / "elsewhere"))

    assert _is_composed(copy)


def test_altered_texts_of_a_copy_s_pack_are_noticed(
    drafted: Project, tmp_path: Path
) -> None:
    # Its notes still name the pack's texts in the folder that it was copied from.
    copy = Project(shutil.copytree(drafted.folder, tmp_path / "elsewhere"))
    kept = next(copy.kept_packs.glob("*/sections/en/*.md"))
    kept.write_text("Everything is allowed.\n", encoding="utf-8")

    with pytest.raises(PackError, match="error-pin-changed"):
        diff_project(copy)


def test_a_preview_keeps_nothing(drafted: Project, tmp_path: Path) -> None:
    aside = Project(drafted.folder, tmp_path / "aside")
    aside.work.mkdir(parents=True)
    build_project(Job(project=aside))

    assert not aside.draft.exists()
