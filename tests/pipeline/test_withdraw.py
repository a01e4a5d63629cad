"""The next number after a withdrawal, frozen roots, and runs that are killed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.test_released_before import released_project

from guidegen.errors import RenderError
from guidegen.files.digest import sha256
from guidegen.model.document import State
from guidegen.model.json_records import canonical
from guidegen.model.project import Project
from guidegen.model.release import (
    History,
    PackRecord,
    Proposal,
    Release,
    Step,
    Withdrawal,
)
from guidegen.model.text import LocalText
from guidegen.pipeline.build import Job, build_project
from guidegen.pipeline.frozen_documents import frozen_documents
from guidegen.pipeline.status import find_status, review_project
from guidegen.pipeline.versioning import (
    confirmed_from,
    is_jump,
    next_version_of,
    step_to,
    still_confirmed,
)
from guidegen.pipeline.withdraw import find_withdrawable, withdraw_release
from guidegen.pipeline.working_copy import load_working_copy
from guidegen.release.history import frozen_file, read_history
from guidegen.release.manifest import MANIFEST, release_digest
from guidegen.release.reviews import next_review
from guidegen.release.verify import examine

DAY = dt.date(2027, 5, 3)
REASON = LocalText.of({"de": "Falsch"})


def _release(version: str) -> Release:
    return Release(
        folder=Path(version),
        version=version,
        step="major",
        released=dt.datetime(2027, 1, 1, tzinfo=dt.UTC),
        valid_from=dt.date(2027, 1, 1),
        review_months=12,
        owner="Jana",
        approved_by=None,
        notes=None,
        answers={},
        changes=(),
        stale={},
        pack=PackRecord(name="dell", version="1.0.0", digest="", folder="packs/dell"),
        previous=None,
        digest=f"digest of {version}",
    )


def _history(*versions: str) -> History:
    """Return releases; those that begin with `!` are withdrawn."""
    releases = tuple(_release(version.strip("!")) for version in versions)
    return History(
        releases=releases,
        withdrawals=tuple(
            Withdrawal(
                version=each.version,
                digest=each.digest,
                by="Jana",
                on=DAY,
                reason=REASON,
            )
            for each, version in zip(releases, versions, strict=True)
            if version.startswith("!")
        ),
    )


@pytest.mark.parametrize(
    ("versions", "since_base", "since_newest", "expected"),
    [
        # Who knows the withdrawn text has little to read; who knows the one before is
        # told by the number that it goes further.
        (("1.0.0", "!2.0.0"), "major", "patch", "2.0.1"),
        (("1.0.0", "!2.0.0"), "patch", "minor", "2.1.0"),
        # A duty that only the withdrawn text lacks.
        (("1.0.0", "!2.0.0"), "patch", "major", "3.0.0"),
        (("1.0.0", "!1.1.0"), "major", "patch", "2.0.0"),
        (("1.0.0", "!1.1.0"), "minor", "patch", "1.1.1"),
        (("1.0.0", "!1.0.1"), "minor", "patch", "1.1.0"),
        (("1.0.0", "!1.1.0", "!1.1.1"), "patch", "patch", "1.1.2"),
        (("!1.0.0",), "patch", None, "1.0.1"),
        (("!1.0.0", "2.0.0"), "minor", None, "2.1.0"),
        ((), "major", None, "1.0.0"),
    ],
)
def test_the_next_number_is_right_for_those_who_know_either_text(
    versions: tuple[str, ...],
    since_base: Step,
    since_newest: Step | None,
    expected: str,
) -> None:
    newest = Proposal(step=since_newest) if since_newest else None

    found = next_version_of(_history(*versions), Proposal(step=since_base), newest)

    assert found == expected


@pytest.mark.parametrize(
    ("versions", "proposed", "version", "expected"),
    [
        # The number alone would say that people must read it again.
        (("3.0.0", "!4.0.0"), "minor", "4.1.0", "minor"),
        (("3.0.0", "!4.0.0"), "patch", "4.0.1", "patch"),
        # Who follows 1.0.0 has not read the duty that 2.0.0 brought.
        (("1.0.0", "!2.0.0"), "major", "2.0.1", "major"),
        # A duty that only the withdrawn text lacks.
        (("1.0.0", "!2.0.0"), "patch", "3.0.0", "major"),
        # The author's word counts within what the number allows.
        (("1.0.0", "!1.1.0"), "major", "1.2.0", "minor"),
        (("1.0.0",), "major", "1.0.1", "patch"),
        (("!1.0.0",), "patch", "1.0.1", "patch"),
        ((), "major", "0.4.0", "major"),
    ],
)
def test_a_release_goes_as_far_as_its_text_where_a_withdrawn_number_went_ahead(
    versions: tuple[str, ...], proposed: Step, version: str, expected: str
) -> None:
    history = _history(*versions)

    assert step_to(version, history, Proposal(step=proposed)) == expected


def test_a_confirmation_holds_from_the_last_major_text_that_people_follow() -> None:
    first, second, withdrawn, patch = _history(
        "1.0.0", "2.0.0", "!3.0.0", "3.0.1"
    ).releases
    second = replace(second, previous=first.id)
    withdrawn = replace(withdrawn, previous=second.id)
    patch = replace(
        patch, step="patch", previous=withdrawn.id, compared_with=second.version
    )
    history = replace(
        _history("1.0.0", "2.0.0", "!3.0.0"),
        releases=(first, second, withdrawn),
    )

    assert still_confirmed("3.0.1", "patch", history) == "2.0.0"
    assert still_confirmed("3.0.1", "major", history) == "3.0.0"
    assert still_confirmed("1.0.0", "major", History()) == "1.0.0"
    history = replace(history, releases=(*history.releases, patch))
    assert confirmed_from(patch, history) == "2.0.0"
    assert confirmed_from(second, history) == "2.0.0"
    # Withdrawn later, a version still brought what the next ones go on from.
    later = replace(patch, compared_with=None, version="3.1.0")
    history = replace(history, releases=(first, second, withdrawn, later))
    assert confirmed_from(later, history) == "3.0.0"
    # Records that go in circles, as only somebody who forges them writes them.
    circle = replace(patch, compared_with=patch.version)
    forged = replace(history, releases=(first, second, withdrawn, circle))
    assert confirmed_from(circle, forged) == "3.0.0"


def test_a_first_release_has_a_usual_number() -> None:
    usual = [each for each in ("1.0.0", "0.1.0", "0.9.7") if is_jump(each, History())]
    strange = ("1.0.1", "1.1.0", "2.0.0", "10.0.0")

    assert usual == []
    assert all(is_jump(each, History()) for each in strange)
    # A number that is taken stays taken.
    assert is_jump("2.0.0", _history("1.0.0", "!2.0.0"))
    assert not is_jump("2.0.1", _history("1.0.0", "!2.0.0"))


def test_what_is_current_is_the_newest_that_is_not_withdrawn() -> None:
    def current(*versions: str) -> str | None:
        found = _history(*versions).current
        return found.version if found else None

    assert current("1.0.0", "!2.0.0") == "1.0.0"
    assert current("!1.0.0", "2.0.0") == "2.0.0"
    assert current("1.0.0", "!1.1.0", "!2.0.0") == "1.0.0"
    assert current("!1.0.0") is None
    history = _history("!1.0.0", "!2.0.0")
    assert (history.base, history.last) == (history.releases[1], history.releases[1])
    # A withdrawal of another release of that number says nothing about this one.
    [first, _] = history.withdrawals
    other = replace(history, withdrawals=(replace(first, digest="another"),))
    assert other.current is other.releases[1]
    assert other.withdrawal_of(other.releases[0]) is None


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project in German with the releases 1.0.0 and 2.0.0."""
    return Project(released_project("association", tmp_path / "project"))


def _withdraw(project: Project, version: str = "2.0.0") -> None:
    withdraw_release(project, version, by="Jana", on=DAY, reason=REASON)


def _review(project: Project) -> None:
    review_project(project, by="Jana", on=DAY, note=None)


@pytest.mark.slow
def test_a_review_of_a_withdrawn_version_says_nothing_about_the_one_before(
    project: Project,
) -> None:
    before = next_review(read_history(project.releases))
    _review(project)
    reviewed = next_review(read_history(project.releases))
    _withdraw(project)
    withdrawn = next_review(read_history(project.releases))
    _review(project)
    again = next_review(read_history(project.releases))

    assert reviewed != before
    assert withdrawn == before
    assert again == reviewed


@pytest.mark.slow
def test_a_frozen_root_is_what_the_release_says(project: Project) -> None:
    _withdraw(project)
    working_copy = load_working_copy(project)
    [release, _] = working_copy.history.releases

    [document] = frozen_documents(release, working_copy)

    assert document.edition.state is State.RELEASED
    assert document.edition.version == "1.0.0"
    assert document.digest == release.documents["de"].digest
    assert {page.id: page.markdown.encode() for page in document.pages} == {
        page.id: frozen_file(release, f"de/{page.id}.md")
        for page in release.documents["de"].pages
    }
    assert document.running_texts["version"] == "1.0.0"
    assert document.running_texts["digest_short"] == document.digest[:8]
    assert [each.name for each in document.contacts] == ["Magdalena Stöckl"]
    assert document.brand_color == "#e07a00"
    assert document.locale == working_copy.drafts[0].locale
    assert {asset.path for asset in document.assets} == {
        "images/contact-1.svg",
        "images/contact-1.vcf",
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("room", "act"),
    [("status", _review), ("withdraw", _withdraw)],
    ids=["review", "withdrawal"],
)
def test_a_run_that_is_killed_before_the_last_record_is_mended_by_a_build(
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    own_cache: None,
    room: str,
    act: Callable[[Project], None],
) -> None:
    del own_cache
    _review(project)
    assert examine(project.releases).notes == ()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as context:
        context.setattr(f"guidegen.pipeline.{room}.write_head", killed)
        with pytest.raises(KeyboardInterrupt):
            act(project)
    left = examine(project.releases)
    build_project(Job(project=project))
    mended = examine(project.releases)

    assert left.problems == mended.problems == ()
    assert [note.message for note in left.notes] == ["verify-head-behind"]
    assert mended.notes == ()
    assert find_status(project, on=DAY).is_good


@pytest.mark.slow
def test_a_withdrawal_says_what_it_would_lead_to(project: Project) -> None:
    newest = find_withdrawable(project, "2.0.0")
    older = find_withdrawable(project, "1.0.0")

    assert newest.after is not None
    assert newest.after.version == "1.0.0"
    assert older.after == older.before
    _withdraw(project, "1.0.0")
    assert find_withdrawable(project, "2.0.0").after is None


@pytest.mark.slow
def test_a_frozen_drawing_that_runs_something_is_shown_without_it(
    project: Project,
) -> None:
    folder = project.releases / "1.0.0"
    drawing = folder / "de/images/contact-1.svg"
    svg = drawing.read_bytes().replace(b"</svg>", b"<script>alert(1)</script></svg>")
    drawing.write_bytes(svg)
    _change_manifest(project, {"de/images/contact-1.svg": sha256(svg)})
    working_copy = load_working_copy(project)
    [release, _] = working_copy.history.releases

    [document] = frozen_documents(release, working_copy)

    [shown] = [each for each in document.assets if each.path.endswith(".svg")]
    assert b"script" not in shown.content
    assert b"<svg" in shown.content


@pytest.mark.slow
@pytest.mark.parametrize(
    "markup",
    ["[q](javascript:alert(1))", "![q](//host.example/x.png)", "[q](file:///x)"],
)
def test_a_frozen_page_brings_no_link_that_runs_or_loads_something(
    project: Project, markup: str
) -> None:
    _withdraw(project, "2.0.0")
    page = project.releases / "1.0.0/de/index.md"
    page.write_text(f"{page.read_text('utf-8')}\n\n{markup}\n", encoding="utf-8")
    _change_manifest(project, {"de/index.md": sha256(page.read_bytes())})

    with pytest.raises(RenderError, match=r"error-(link|picture)"):
        build_project(Job(project=project, force=True))


def _change_manifest(project: Project, files: dict[str, str]) -> None:
    """Make the manifest of 1.0.0 say other digests, as a stranger's may."""
    path = project.releases / "1.0.0" / MANIFEST
    data = json.loads(path.read_bytes())
    data["files"] |= files
    data["digest"] = release_digest(data)
    path.write_bytes(canonical(data))
