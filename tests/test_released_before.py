"""Projects released with an earlier guidegen are to every command what they were.

`releases_498d616/` holds nine companies with two releases each, made with guidegen at
498d616: own wording, own topics, every sector, both languages. They are what users have
on their disks, so nobody makes them anew: whatever reads or builds them differently
has broken a promise. Only what would be there nine times is kept once, or compressed.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import shutil
import tarfile
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from fnmatch import fnmatch
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.cli.conftest import Result
from tests.interview.scripted import DEFAULT, ScriptedPrompter

from guidegen.cli import cli
from guidegen.cli.boundary import run
from guidegen.interview import Prompt, RawAnswer
from guidegen.merge.upgrade import Choice

FOLDER = Path(__file__).parent / "releases_498d616"
COMPANIES = tuple(sorted(path.parent.name for path in FOLDER.glob("*/guideline.yml")))
RELEASED: Mapping[str, Mapping[str, Mapping[str, str]]] = json.loads(
    (FOLDER / "digests.json").read_text("utf-8")
)
"""By company and version: the digest of the release, and that of its record."""

DAY = "2027-05-03"
"""Both releases are in force, and no review is due."""

LAST = "2.0.0"

Guidegen = Callable[..., Result]


def released_project(company: str, folder: Path) -> Path:
    """Copy a company's project into a folder, as its people have it; return the folder.

    Args:
        company: One of `COMPANIES`.
        folder: The folder of the project.
    """
    shutil.copytree(
        FOLDER / company, folder, ignore=shutil.ignore_patterns("pdfs.tar.xz")
    )
    releases = folder / "releases"
    shutil.copytree(FOLDER / "packs", releases / "packs")
    with tarfile.open(fileobj=BytesIO(_pdfs(company))) as pdfs:
        pdfs.extractall(releases, filter="data")
    return folder


@cache
def _pdfs(company: str) -> bytes:
    """Return the archive of a company's PDFs; to unpack it is half of a copy's time."""
    return lzma.decompress((FOLDER / company / "pdfs.tar.xz").read_bytes())


def content(folder: Path) -> dict[str, bytes]:
    """Return each file of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


class Built(NamedTuple):
    """A site that was built in a project as it was released."""

    result: Result
    before: Mapping[str, bytes]
    """Each file of the project."""
    after: Mapping[str, bytes]


def run_guidegen(folder: Path, *arguments: str) -> Result:
    """Run guidegen in a folder and return how it ended."""
    out, err = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("GUIDEGEN_LANG", "en")
        patch.setenv("GUIDEGEN_TODAY", DAY)
        patch.setenv("COLUMNS", "200")
        with (
            redirect_stdout(out),
            redirect_stderr(err),
            pytest.raises(SystemExit) as raised,
        ):
            run(cli, arguments)
    code = raised.value.code
    code = code if isinstance(code, int) else 1
    return Result(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module", params=COMPANIES)
def company(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where all projects lie: in one place, their kept texts are read once."""
    return tmp_path_factory.mktemp("released") / "project"


@pytest.fixture(scope="module")
def built(company: str, place: Path, cache_home: Path) -> Built:
    """Return what a build of a company's project gives."""
    folder = _anew(company, place)
    before = content(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache_home))
        result = run_guidegen(folder, "build", "--json")
    return Built(result, before, content(folder))


@pytest.fixture
def project(company: str, place: Path) -> Path:
    """Return a company's project as it was released, whatever was done there before."""
    return _anew(company, place)


def _anew(company: str, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return released_project(company, folder)


@pytest.fixture
def guidegen(project: Path, own_cache: None) -> Guidegen:  # noqa: ARG001
    """Return a function that runs guidegen in the project and returns how it ended."""

    def run_there(*arguments: str) -> Result:
        return run_guidegen(project, *arguments)

    return run_there


def test_all_nine_companies_and_every_sector_are_there() -> None:
    sectors = {
        json.loads(path.read_bytes())["answers"]["company"]["sector"]
        for path in FOLDER.glob("*/releases/1.0.0/release.json")
    }

    assert tuple(sorted(RELEASED)) == COMPANIES
    assert len(COMPANIES) == 9
    assert sectors == {
        "bank",
        "health",
        "listed",
        "manufacturing",
        "other",
        "public",
        "retail",
        "software",
    }


def test_the_records_of_the_releases_are_those_that_were_written(company: str) -> None:
    records = {
        path.parent.name: path.read_bytes()
        for path in FOLDER.glob(f"{company}/releases/*/release.json")
    }

    assert RELEASED[company] == {
        version: {
            "digest": json.loads(record)["digest"],
            "manifest": hashlib.sha256(record).hexdigest(),
        }
        for version, record in records.items()
    }


@pytest.mark.slow
def test_every_file_is_as_it_was_released(guidegen: Guidegen) -> None:
    verified = guidegen("verify")

    assert verified.code == 0, verified.out + verified.err
    assert verified.out.startswith("Everything is unchanged. Releases: 2, reviews: ")


@pytest.mark.slow
def test_the_guideline_is_released_and_no_draft(guidegen: Guidegen) -> None:
    result = guidegen("status", "--json")
    status = json.loads(result.out)

    assert result.code == 0
    assert status["released"]["version"] == LAST
    assert status["draft"] is None
    assert status["good"]


@pytest.mark.slow
def test_nothing_has_changed_since_the_last_release(guidegen: Guidegen) -> None:
    told = guidegen("diff", "--exit-code")
    data = json.loads(guidegen("diff", "--json").out)

    assert (told.code, told.out) == (0, f"Nothing has changed since version {LAST}.\n")
    assert not data["changed"]


@pytest.mark.slow
def test_the_site_shows_the_release_and_no_draft(built: Built) -> None:
    edition = json.loads(built.result.out)["edition"]
    before, after = built.before, built.after

    assert built.result.code == 0, built.result.err
    assert edition == {"version": LAST, "state": "released"}
    pages = [text for name, text in after.items() if fnmatch(name, "site/*.html")]
    assert len(pages) > 5
    assert not [page for page in pages if b"gg-state--draft" in page]
    assert _within(after, "site/*.pdf") == _within(before, f"releases/{LAST}/*.pdf")
    assert {name: after.get(name) for name in before} == before
    assert {name.partition("/")[0] for name in after.keys() - before.keys()} <= {
        ".gitignore",
        ".guidegen",
        "site",
    }


def _within(files: Mapping[str, bytes], pattern: str) -> dict[str, bytes]:
    """Return the files directly in a folder by their names."""
    return {
        Path(name).name: text
        for name, text in files.items()
        if Path(name).match(pattern) and name.count("/") == pattern.count("/")
    }


@pytest.mark.slow
def test_old_texts_get_today_s_look_and_its_words(built: Built) -> None:
    assert built.result.code == 0, built.result.err
    for version in ("", "versions/1.0.0/"):
        pages = [
            text.decode()
            for name, text in built.after.items()
            if fnmatch(name, f"site/{version}*") and name.endswith("/index.html")
        ]
        assert pages
        for text in pages:
            asked = (
                "May I post this?"
                if 'lang="en' in text[:200]
                else "Darf ich das posten?"
            )
            assert text.count('class="gg-num"') > 4
            assert text.count("<details") > 4
            assert asked in text
            assert "<table" not in text


@pytest.mark.slow
def test_an_upgrade_loses_no_own_wording_and_changes_no_release(
    guidegen: Guidegen, project: Path
) -> None:
    own = {path: path.read_text("utf-8") for path in project.glob("sections/*/*.md")}
    releases = content(project / "releases")
    upgraded = guidegen("upgrade", "--yes")

    proposals = {*project.glob("sections/*/*.proposal.md")}
    # What the new texts and the company say differently waits for somebody's decision.
    assert upgraded.code == (1 if proposals else 0), upgraded.out + upgraded.err
    assert own
    for path, text in own.items():
        assert set(text.splitlines()) <= set(path.read_text("utf-8").splitlines())
        proposal = path.with_name(f"{path.stem}.proposal.md")
        if proposal in proposals:
            assert path.read_text("utf-8") == text
            shown = proposal.read_text("utf-8")
            assert "YOUR TEXT:" in shown
            assert "THE TEMPLATE PACK'S NEW TEXT:" in shown
    assert guidegen("build", "-q").code == 0
    after = content(project / "releases")
    assert {name: after.get(name) for name in releases} == releases
    assert guidegen("verify").code == 0


class _Faithful(ScriptedPrompter):
    """Stays with the company's own words, and takes what is suggested otherwise."""

    def ask(self, prompt: Prompt) -> RawAnswer:
        keeps = any(option.value == Choice.OWN for option in prompt.options)
        self.script = [Choice.OWN.value if keeps else DEFAULT]
        return super().ask(prompt)


@pytest.mark.slow
def test_who_is_asked_keeps_their_wording_and_can_release(
    guidegen: Guidegen, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = {path: path.read_bytes() for path in project.glob("sections/*/*.md")}
    prompter = _Faithful()
    monkeypatch.setattr("guidegen.cli.upgrade.is_terminal", lambda: True)
    monkeypatch.setattr(
        "guidegen.cli.upgrade.make_prompter",
        lambda words, plain, keys: prompter,  # noqa: ARG005
    )

    upgraded = guidegen("upgrade")

    assert upgraded.code == 0, upgraded.out + upgraded.err
    assert {path: path.read_bytes() for path in project.glob("sections/*/*.md")} == own
    # One question for each text, one for the whole, and few about the company.
    assert len(prompter.prompts) <= len(own) + 1 + 5
    last = json.loads((project / "releases" / LAST / "release.json").read_bytes())
    # The new texts read differently in every language.
    notes = [
        word
        for language in last["answers"]["languages"]
        for word in ("--note", f"{language}=Neue Texte.")
    ]
    released = guidegen(
        *("release", "--yes", "--approved-by", "A", "--texts-agree", *notes),
        *("--valid-from", DAY),
    )
    assert released.code == 0, released.err
    assert guidegen("verify").code == 0
