"""The record of the newest release, and what a digest that was written down proves."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.release.conftest import MakeRelease, release_maker
from tests.wording import raises

from guidegen.errors import ReleaseError
from guidegen.model.json_records import canonical, to_json
from guidegen.model.release import History, ReleaseId
from guidegen.model.text import LocalText
from guidegen.release.head import (
    HEAD,
    Meaning,
    chain_digest,
    find_digest,
    head_of,
    texts_of,
    write_head,
)
from guidegen.release.history import read_history
from guidegen.release.manifest import MANIFEST, release_digest
from guidegen.release.reviews import REVIEWS, chained, record_review
from guidegen.release.verify import examine, verify
from guidegen.release.verify_records import mend_head
from guidegen.release.withdrawals import WITHDRAWALS, record_withdrawal

pytestmark = pytest.mark.slow

DAY = dt.date(2027, 1, 1)


class Chain(NamedTuple):
    """A folder of releases, and the chain's digest after each thing that was done."""

    releases: Path
    digests: list[str]

    @property
    def history(self) -> History:
        """What is in it now."""
        return read_history(self.releases)


def _review(releases: Path) -> None:
    history = read_history(releases)
    record_review(releases, history, by="Jana", on=DAY, note=None)
    write_head(releases, read_history(releases))


def _withdraw(releases: Path, version: str) -> None:
    history = read_history(releases)
    [release] = [each for each in history.releases if each.version == version]
    reason = LocalText.of({"de": "Falsch", "en": "Wrong"})
    record_withdrawal(releases, history, release, by="Jana", on=DAY, reason=reason)
    write_head(releases, read_history(releases))


@pytest.fixture
def chain(_chain_once: Chain, releases: Path) -> Chain:
    """Return four releases, two reviews and two withdrawals in a folder of its own."""
    shutil.copytree(_chain_once.releases, releases)
    return _chain_once._replace(releases=releases)


@pytest.fixture(scope="module")
def _chain_once(tmp_path_factory: pytest.TempPathFactory) -> Chain:
    folder = tmp_path_factory.mktemp("chain")
    releases = folder / "releases"
    release = release_maker(releases, folder)
    digests = []

    def note() -> None:
        head = write_head(releases, read_history(releases))
        assert head
        digests.append(head.chain)

    release("1.0.0", "eins")
    note()
    _review(releases)
    note()
    release("1.1.0", "zwei")
    note()
    _withdraw(releases, "1.1.0")
    note()
    _review(releases)
    note()
    release("2.0.0", "drei")
    note()
    release("2.1.0", "vier")
    note()
    _withdraw(releases, "2.1.0")
    note()
    examined = examine(releases)
    assert (examined.problems, examined.notes) == ((), ())
    return Chain(releases, digests)


def _read(path: Path) -> Any:  # noqa: ANN401  # any JSON
    return json.loads(path.read_text("utf-8"))


def _drop(*names: str) -> Callable[[Path], None]:
    def attack(releases: Path) -> None:
        for name in names:
            path = releases / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    return attack


def _shorten(name: str) -> Callable[[Path], None]:
    def attack(releases: Path) -> None:
        path = releases / name
        path.write_bytes(canonical(_read(path)[:-1]))

    return attack


def _swap_reviews(releases: Path) -> None:
    first, second = _read(releases / REVIEWS)
    (releases / REVIEWS).write_bytes(canonical([second, first]))


def _remake_reviews(releases: Path) -> None:
    """Say that somebody else has reviewed, in a chain that is sound in itself."""
    history, before = read_history(releases), ""
    remade = []
    for review in history.reviews:
        remade.append(chained(replace(review, by="Mallory"), before))
        before = remade[-1].chain
    (releases / REVIEWS).write_bytes(canonical(to_json(tuple(remade))))


def _forge_newest(releases: Path) -> None:
    """Rewrite the newest release, which no later one vouches for."""
    page = releases / "2.1.0/en/index.html"
    page.write_text("<p>Everything is allowed.</p>", encoding="utf-8")
    manifest = releases / "2.1.0" / MANIFEST
    data = _read(manifest)
    data["files"]["en/index.html"] = (
        __import__("hashlib").sha256(page.read_bytes()).hexdigest()
    )
    data["digest"] = release_digest(data)
    manifest.write_bytes(canonical(data))


def _edit_head(edit: Callable[[Any], object]) -> Callable[[Path], None]:
    def attack(releases: Path) -> None:
        data = _read(releases / HEAD)
        edit(data)
        (releases / HEAD).write_bytes(canonical(data))

    return attack


def _forget_newest(data: dict[str, Any]) -> None:
    data["texts"].pop("2.1.0")
    data["newest"] = {"version": "2.0.0", "digest": "0" * 64}


def _reseal(edit: Callable[[Any], object]) -> Callable[[Any], None]:
    """Edit a head and make its own digest fit."""

    def both(data: dict[str, Any]) -> None:
        edit(data)
        newest = ReleaseId(**data["newest"])
        data["chain"] = chain_digest(newest, data["reviews"], data["withdrawals"])

    return both


ATTACKS: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "newest": (_drop("2.1.0"), {"verify-withdrawal-unknown", "verify-head-release"}),
    "two-newest": (
        _drop("2.0.0", "2.1.0"),
        {"verify-withdrawal-unknown", "verify-head-release"},
    ),
    "middle": (_drop("2.0.0"), {"verify-version-missing"}),
    "oldest": (_drop("1.0.0"), {"verify-version-missing", "verify-review-unknown"}),
    "all": (
        _drop("1.0.0", "1.1.0", "2.0.0", "2.1.0", REVIEWS, WITHDRAWALS),
        {"verify-head-release", "verify-head-records"},
    ),
    "reviews": (_drop(REVIEWS), {"verify-head-records"}),
    "last-review": (_shorten(REVIEWS), {"verify-head-records"}),
    "no-reviews": (
        lambda releases: (releases / REVIEWS).write_bytes(b"[]"),
        {"verify-head-records"},
    ),
    "withdrawals": (_drop(WITHDRAWALS), {"verify-head-records"}),
    "last-withdrawal": (_shorten(WITHDRAWALS), {"verify-head-records"}),
    "swapped-reviews": (_swap_reviews, {"verify-review-changed"}),
    "remade-reviews": (_remake_reviews, {"verify-head-records"}),
    "forged-newest": (
        _forge_newest,
        {"verify-head-other", "verify-withdrawal-unknown"},
    ),
    "head-forgets": (_edit_head(_forget_newest), {"verify-head-broken"}),
    "head-forgets-and-fits": (
        _edit_head(_reseal(_forget_newest)),
        {"verify-head-other"},
    ),
    "head-another-text": (
        _edit_head(lambda data: data["texts"]["1.0.0"].update(de="0" * 64)),
        {"verify-head-other"},
    ),
    "head-one-more": (
        _edit_head(lambda data: data["texts"].update({"9.0.0": {}})),
        {"verify-head-release"},
    ),
    "head-another-digest": (
        _edit_head(lambda data: data.update(chain="0" * 64)),
        {"verify-head-broken"},
    ),
    "head-is-text": (
        lambda releases: (releases / HEAD).write_bytes(b"not JSON"),
        {"verify-head-broken"},
    ),
    "head-is-deep": (
        lambda releases: (releases / HEAD).write_bytes(b"[" * 100_000),
        {"verify-head-broken"},
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_the_record_of_the_newest_release_gives_away(
    chain: Chain, attack: str
) -> None:
    run, expected = ATTACKS[attack]

    run(chain.releases)

    assert {each.message for each in verify(chain.releases)} >= expected


def _whole_record_again(attack: Callable[[Path], None]) -> Callable[[Path], None]:
    """Attack, then write the record that fits what is left."""

    def both(releases: Path) -> None:
        attack(releases)
        (releases / HEAD).unlink()
        write_head(releases, read_history(releases))

    return both


QUIET: dict[str, Callable[[Path], None]] = {
    "newest": _drop("2.1.0", WITHDRAWALS),
    "two-newest": _drop("2.0.0", "2.1.0", WITHDRAWALS),
    "reviews": _drop(REVIEWS),
    "last-review": _shorten(REVIEWS),
    "last-withdrawal": _shorten(WITHDRAWALS),
    "withdrawals": _drop(WITHDRAWALS),
    "remade-reviews": _remake_reviews,
}


@pytest.mark.parametrize("attack", QUIET)
def test_what_only_a_digest_that_was_written_down_gives_away(
    chain: Chain, attack: str
) -> None:
    written_down = chain.digests[-1]
    assert find_digest(chain.history, written_down)

    _whole_record_again(QUIET[attack])(chain.releases)

    assert verify(chain.releases) == ()
    assert find_digest(chain.history, written_down) is None


def test_a_digest_of_any_earlier_state_is_known_and_said_to_be_earlier(
    chain: Chain,
) -> None:
    history = chain.history
    found = [find_digest(history, digest) for digest in chain.digests]

    assert [each.meaning if each else None for each in found] == [
        *[Meaning.EARLIER] * 7,
        Meaning.NOW,
    ]
    assert [
        (each.release.version, each.reviews, each.withdrawals) for each in found if each
    ] == [
        ("1.0.0", 0, 0),
        ("1.0.0", 1, 0),
        ("1.1.0", 1, 0),
        ("1.1.0", 1, 1),
        ("1.1.0", 2, 1),
        ("2.0.0", 2, 1),
        ("2.1.0", 2, 1),
        ("2.1.0", 2, 2),
    ]


def test_the_first_characters_of_a_digest_stand_for_it_unless_several_begin_so(
    chain: Chain,
) -> None:
    history = chain.history
    text = texts_of(history.releases[1])["en"]

    for digest in (*chain.digests, history.releases[1].digest, text):
        assert find_digest(history, digest[:8]) == find_digest(history, digest)
    assert find_digest(history, "0" * 8) is None
    with raises(ReleaseError, match="several checksums begin"):
        find_digest(history, "")


def test_digests_of_releases_and_texts_are_told_apart_from_the_chains(
    chain: Chain,
) -> None:
    history = chain.history
    release = history.releases[1]
    text = texts_of(release)["en"]

    of_release, of_text = (
        find_digest(history, each) for each in (release.digest, text)
    )
    assert of_release
    assert (of_release.meaning, of_release.release) == (Meaning.RELEASE, release)
    assert of_text
    assert (of_text.meaning, of_text.release.version) == (Meaning.TEXT, "1.1.0")
    assert find_digest(history, "0" * 64) is None
    assert find_digest(History(), chain.digests[0]) is None


def test_releases_of_an_earlier_guidegen_have_no_record_which_is_no_mistake(
    release: MakeRelease, releases: Path
) -> None:
    release("1.0.0", "eins")

    examined = examine(releases)
    mend_head(releases, read_history(releases))

    assert examined.problems == ()
    assert [note.message for note in examined.notes] == ["verify-head-none"]
    # Nobody but the one who adds to the chain says what it ends with.
    assert not (releases / HEAD).exists()


def test_a_run_that_ends_before_the_record_is_mended_by_the_next(
    release: MakeRelease, releases: Path, chain: Chain
) -> None:
    release("3.0.0", "fünf")

    before = examine(releases)
    mend_head(releases, chain.history)
    after = examine(releases)

    assert before.problems == after.problems == after.notes == ()
    assert [note.message for note in before.notes] == ["verify-head-behind"]
    assert _read(releases / HEAD)["newest"]["version"] == "3.0.0"


def test_what_names_something_missing_is_never_mended(chain: Chain) -> None:
    shutil.rmtree(chain.releases / "2.1.0")
    record = (chain.releases / HEAD).read_bytes()

    mend_head(chain.releases, chain.history)

    assert (chain.releases / HEAD).read_bytes() == record


def _git(folder: Path, *words: str, code: int = 0) -> str:
    settings = ("-c", "user.name=A", "-c", "user.email=a@a.example")
    done = subprocess.run(  # noqa: S603
        ["git", *settings, *words],  # noqa: S607
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def test_two_peoples_records_are_joined_by_git_and_written_anew(
    release: MakeRelease, releases: Path, tmp_path: Path
) -> None:
    release("1.0.0", "eins")
    write_head(releases, read_history(releases))
    project = releases.parent
    _git(project, "init", "-q", "-b", "main")
    _git(project, "add", "releases")
    _git(project, "commit", "-qm", "1.0.0")
    other = tmp_path / "other"
    _git(project, "clone", "-q", str(project), str(other))
    release("1.1.0", "zwei")
    write_head(releases, read_history(releases))
    _git(project, "add", "releases")
    _git(project, "commit", "-qm", "1.1.0")
    _review(other / "releases")
    _git(other, "add", "releases")
    _git(other, "commit", "-qm", "review")

    _git(other, "pull", "-q", "--no-rebase", code=1)

    unmerged = _git(other, "diff", "--name-only", "--diff-filter=U").split()
    assert unmerged == [f"releases/{HEAD}"]
    _git(other, "add", "releases")
    _git(other, "commit", "-qm", "both")
    joined = examine(other / "releases")
    assert joined.problems == ()
    assert [note.message for note in joined.notes] == ["verify-head-behind"]
    mend_head(other / "releases", read_history(other / "releases"))
    assert examine(other / "releases").notes == ()


def test_marks_of_a_conflict_are_read_as_both_peoples_records(chain: Chain) -> None:
    path = chain.releases / HEAD
    ours = path.read_bytes()
    earlier = replace(chain.history, releases=chain.history.releases[:2])
    theirs = canonical(to_json(head_of(replace(earlier, withdrawals=(), reviews=()))))
    both = b"<<<<<<< HEAD\n%s=======\n%s>>>>>>> theirs\n"

    path.write_bytes(both % (ours, theirs))
    joined = examine(chain.releases)
    shutil.rmtree(chain.releases / "2.1.0")
    missing = verify(chain.releases)

    assert joined.problems == ()
    assert [note.message for note in joined.notes] == ["verify-head-behind"]
    assert "verify-head-release" in {each.message for each in missing}
