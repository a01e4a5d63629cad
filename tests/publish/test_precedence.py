"""Which publication goes before which: two people with two copies, at all targets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.publish.places import S3, WEBDAV, Place, edit_manifest, released
from tests.publish.samples import NOW, STAMP, make_site
from tests.wording import hint_of, text_of

from guidegen.errors import PublishError
from guidegen.model.document import Edition, State
from guidegen.model.project import Project
from guidegen.model.publication import FileRecord, Manifest, Origin, Plan
from guidegen.model.release import ReleaseId
from guidegen.pipeline import publish as pipeline
from guidegen.pipeline.build import Built
from guidegen.pipeline.publish import Published, PublishJob, publish_project, roll_back
from guidegen.publish.precedence import Knowledge, Verdict, judge, origin_of, who
from guidegen.publish.removal import Holder, refuse_claims

R1, R2, R3, OTHER = (
    ReleaseId(version=version, digest=digit * 64)
    for version, digit in (
        ("1.0.0", "1"),
        ("2.0.0", "2"),
        ("2.1.0", "3"),
        ("2.0.0", "9"),
    )
)


def _knows(*releases: ReleaseId, withdrawn: tuple[ReleaseId, ...] = ()) -> Knowledge:
    good = [each for each in releases if each not in withdrawn]
    return Knowledge(
        releases=releases,
        current=good[-1] if good else None,
        withdrawn=tuple(each.digest for each in withdrawn),
    )


def _manifest(known: Knowledge, *, draft: bool = False, text: str = "1") -> Manifest:
    current = known.current
    return Manifest(
        files={"index.html": FileRecord(text * 64, 1)},
        when=NOW,
        version=current.version if current else "1.0.0",
        state=State.DRAFT if draft or not current else State.RELEASED,
        guidegen="1",
        origin=origin_of(known, by="Anna", at=NOW),
    )


def _verdict(there: Knowledge, here: Knowledge) -> Verdict:
    return judge(_manifest(there), _manifest(here), here)


@pytest.mark.parametrize(
    ("there", "here", "verdict"),
    [
        # The next one, the same one again, and another person's same copy.
        (_knows(R1), _knows(R1, R2), Verdict.GOES),
        (_knows(R1, R2), _knows(R1, R2), Verdict.GOES),
        (_knows(), _knows(R1), Verdict.GOES),
        # An old copy.
        (_knows(R1, R2), _knows(R1), Verdict.NEWER),
        (_knows(R1, R2, R3), _knows(R1), Verdict.NEWER),
        (_knows(R1), _knows(), Verdict.NEWER),
        # Two people have released at the same time, or it is another project.
        (_knows(R1, OTHER), _knows(R1, R2), Verdict.UNKNOWN),
        (_knows(R1, OTHER), _knows(R1, R2, R3), Verdict.UNKNOWN),
        (_knows(OTHER), _knows(R1), Verdict.UNKNOWN),
        # What was withdrawn gives way, and does not come back by an old copy.
        (_knows(R1, R2), _knows(R1, R2, withdrawn=(R2,)), Verdict.GOES),
        (_knows(R1, R2, withdrawn=(R2,)), _knows(R1, R2), Verdict.RECORDS),
        (_knows(R1, R2, withdrawn=(R2,)), _knows(R1), Verdict.RECORDS),
        (
            _knows(R1, R2, withdrawn=(R2,)),
            _knows(R1, R2, R3, withdrawn=(R2,)),
            Verdict.GOES,
        ),
    ],
)
def test_what_goes_before_what(
    there: Knowledge, here: Knowledge, verdict: Verdict
) -> None:
    assert _verdict(there, here) is verdict


def test_a_review_that_the_copy_lacks_makes_it_an_old_one() -> None:
    here = _knows(R1)
    there = replace(here, reviews=("a" * 64, "b" * 64))

    assert _verdict(there, here) is Verdict.RECORDS
    assert _verdict(replace(there, reviews=("a" * 64,)), there) is Verdict.GOES
    assert _verdict(here, there) is Verdict.GOES


@pytest.mark.parametrize("draft", [True, False])
def test_a_draft_of_an_old_copy_is_old_too(draft: bool) -> None:  # noqa: FBT001
    old, new = _knows(R1), _knows(R1, R2)

    assert judge(_manifest(new), _manifest(old, draft=draft), old) is Verdict.NEWER
    assert judge(_manifest(new, draft=draft), _manifest(old), old) is Verdict.NEWER
    assert judge(_manifest(old, draft=draft), _manifest(new), new) is Verdict.GOES


@pytest.mark.parametrize(
    ("version", "state", "verdict"),
    [
        ("1.0.0", State.RELEASED, Verdict.UNMARKED),
        ("0.9.0", State.RELEASED, Verdict.UNMARKED),
        ("3.0.0", State.DRAFT, Verdict.UNMARKED),
        ("what it likes", State.RELEASED, Verdict.UNMARKED),
        # By its number, it cannot be this project's.
        ("2.0.0", State.RELEASED, Verdict.NEWER),
        ("1.10.0", State.RELEASED, Verdict.NEWER),
    ],
)
def test_an_old_manifest_is_judged_by_its_number_alone(
    version: str, state: State, verdict: Verdict
) -> None:
    here = _knows(R1)
    live = replace(_manifest(here), origin=None, version=version, state=state)

    assert judge(live, _manifest(here), here) is verdict


def test_nothing_there_needs_no_consent() -> None:
    assert judge(None, _manifest(_knows()), _knows()) is Verdict.GOES


class Person:
    """Somebody with a copy of the project, who publishes to a target."""

    def __init__(
        self, name: str, place: Place, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.name = name
        self.known = _knows()
        self.day = NOW
        self._place = place
        self._site = folder / name / "site"
        self._project = Project(folder / name)
        self._monkeypatch = monkeypatch

    def works(self, **options: Any) -> PublishJob:  # noqa: ANN401
        """Return what they do on their computer, which is now in use."""
        site, current = self._site, self.known.current
        edition = Edition(
            version=current.version if current else "1.0.0",
            state=State.RELEASED if current else State.DRAFT,
        )
        built = Built(site=site, pages=(), pdfs=(), edition=edition)
        for name, value in {
            "find_target": lambda *_: self._place.settings,
            "_knowledge": lambda _: self.known,
            "_history": lambda _: self.known,
            "build_project": lambda _: built,
            "publisher": lambda: self.name,
            "BUILD_RECORD": STAMP,
        }.items():
            self._monkeypatch.setattr(pipeline, name, value)
        self._project.folder.mkdir(exist_ok=True)
        return PublishJob(
            project=self._project, now=self.day, agree=lambda _: True, **options
        )

    def has(self, *releases: ReleaseId, withdrawn: tuple[ReleaseId, ...] = ()) -> None:
        """Let the copy have these releases, and a site of the current one."""
        self.known = _knows(*releases, withdrawn=withdrawn)
        current = self.known.current
        make_site(self._site, current.version if current else "0.0.0", pages=1)

    def builds_anew(self) -> None:
        """Build the same release with another guidegen."""
        make_site(self._site, "1.0.1", pages=1)

    def publishes(self, **options: object) -> Published:
        """Publish."""
        return publish_project(self.works(**options))

    def rolls_back(self, to: str | None = None) -> Published:
        """Roll back."""
        return roll_back(self.works(), to)

    def is_refused(self, **options: object) -> PublishError:
        """Publish in vain."""
        before = dict(self._place.files())
        with pytest.raises(PublishError) as raised:
            self.publishes(**options)
        assert self._place.files() == before
        return raised.value


Meets = Callable[[str], Person]


@pytest.fixture
def meets(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Meets:
    return lambda name: Person(name, place, tmp_path, monkeypatch)


def _sees(place: Place) -> str:
    return str(released(place)["version"])


@pytest.mark.slow
def test_an_old_copy_never_replaces_a_newer_publication(
    place: Place, meets: Meets
) -> None:
    anna, bert = meets("Anna"), meets("Bert")
    anna.has(R1, R2)
    bert.has(R1)
    anna.publishes()

    error = bert.is_refused()
    assert error.problem.message == "error-publish-newer"
    assert "see version 2.0.0, which is newer than anything" in text_of(error)
    assert f"(published by Anna on {NOW.date()})" in text_of(error)
    assert "git pull" in (hint_of(error) or "")
    bert.is_refused(again=True)
    bert.is_refused(draft=True)
    assert _sees(place) == "2.0.0"

    # On purpose, and from then on the newer one comes again only on purpose, too.
    bert.publishes(older=True)
    assert _sees(place) == "1.0.0"
    assert anna.is_refused().problem.message == "error-publish-again"
    anna.publishes(again=True)
    assert _sees(place) == "2.0.0"
    assert not anna.publishes().done


@pytest.mark.slow
def test_what_was_rolled_back_comes_again_only_on_purpose(
    place: Place, meets: Meets
) -> None:
    anna, bert = meets("Anna"), meets("Bert")
    anna.has(R1)
    anna.publishes()
    bert.has(R1, R2)
    bert.publishes()
    anna.rolls_back()
    assert (_sees(place), released(place)["published_by"]) == ("1.0.0", "Anna")

    # It is Bert's turn; and what is there knows more than a copy that is older still.
    assert bert.is_refused().problem.message == "error-publish-again"
    bert.is_refused(older=True)
    assert not anna.publishes().plan.removals
    anna.has(R1, OTHER)
    assert anna.is_refused().problem.message == "error-publish-unknown"

    # A version that follows is as good as any; the one before stays rolled back.
    bert.has(R1, R2, R3)
    bert.publishes()
    assert _sees(place) == "2.1.0"
    bert.rolls_back()
    assert _sees(place) == "1.0.0"
    bert.rolls_back("2.1.0")
    assert _sees(place) == "2.1.0"
    assert not bert.publishes().done


@pytest.mark.slow
@pytest.mark.parametrize("place", ["folder", WEBDAV], indirect=True)
def test_a_withdrawn_version_gives_way_and_does_not_come_back(
    place: Place, meets: Meets
) -> None:
    anna, bert = meets("Anna"), meets("Bert")
    for person in (anna, bert):
        person.has(R1)
    anna.publishes()
    for person in (anna, bert):
        person.has(R1, R2)
    anna.publishes()

    anna.has(R1, R2, withdrawn=(R2,))
    anna.publishes()
    assert _sees(place) == "1.0.0"
    assert bert.is_refused().problem.message == "error-publish-records"
    with pytest.raises(PublishError) as raised:
        anna.rolls_back("2.0.0")
    assert raised.value.problem.message == "error-publish-earlier-withdrawn"
    assert _sees(place) == "1.0.0"


@pytest.mark.slow
@pytest.mark.parametrize("place", ["folder", WEBDAV], indirect=True)
def test_a_manifest_of_an_older_guidegen_is_accepted_with_a_note(
    place: Place, meets: Meets
) -> None:
    anna = meets("Anna")
    anna.has(R1, R2)
    anna.publishes()
    edit_manifest(place, release=None)

    first, second = anna.publishes(), anna.publishes()

    assert [note.message for note in first.notes] == ["publish-unmarked"]
    assert _sees(place) == "2.0.0"
    assert (second.notes, second.done) == ((), False)


# Not SMB: its library has one session for all of a process, which Anna would end.
@pytest.mark.slow
@pytest.mark.parametrize("place", ["folder", "git", "sftp", S3, WEBDAV], indirect=True)
def test_somebody_who_publishes_in_between_is_judged_anew(
    place: Place, meets: Meets, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bert's plan was made before Anna published: he must not go on with it."""
    anna, bert = meets("Anna"), meets("Bert")
    anna.has(R1)
    anna.publishes()
    bert.has(R1)
    bert.builds_anew()
    turns: list[str] = []

    def look_twice(target: Holder, plan: Plan) -> None:
        refuse_claims(target, plan)
        if not turns:
            turns.append("Anna's")
            anna.has(R1, R2)
            anna.publishes()
            bert.works()

    monkeypatch.setattr(pipeline, "refuse_claims", look_twice)
    with pytest.raises(PublishError) as raised:
        bert.publishes()

    assert raised.value.problem.message == "error-publish-newer"
    assert _sees(place) == "2.0.0"


def test_who_published_is_said_as_far_as_it_is_known() -> None:
    known = _manifest(_knows(R1))
    unknown = replace(known, origin=Origin(version="", digest=""))

    assert who(known).values["by"] == "Anna"
    assert who(known).message == "publish-who"
    assert who(unknown).message == "publish-when"
    assert who(replace(known, origin=None)).values["day"] == dt.date(2026, 12, 1)
