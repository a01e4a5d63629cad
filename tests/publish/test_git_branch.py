from __future__ import annotations

import os
import subprocess
import threading
from pathlib import Path

import pytest
from tests.publish.places import commit_files
from tests.publish.samples import live, make_site, publish, settings, version_of
from tests.wording import hint_of, raises

from guidegen.errors import PublishError
from guidegen.model.publication import Option, TargetSettings
from guidegen.publish.target import open_target

pytestmark = pytest.mark.slow

MANIFEST = ".guidegen-manifest.json"


def git(folder: Path, *arguments: str) -> str:
    """Run git as the repository's owner would, and return what it prints."""
    done = subprocess.run(  # noqa: S603  # the tests' own commands
        ["git", "-C", str(folder), *arguments],  # noqa: S607  # as everybody calls it
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout.strip()


@pytest.fixture(autouse=True)
def own_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let git know only what the tests say."""
    (tmp_path / "gitconfig").write_text(
        "[user]\nname = Tess Tester\nemail = tess@nordlicht.example\n", "utf-8"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet", "--bare", "pages.git")
    return tmp_path / "pages.git"


@pytest.fixture
def target(repository: Path) -> TargetSettings:
    return _target(repository)


def _target(repository: Path, /, **options: Option) -> TargetSettings:
    """Return a target of a project that lies beside the repository."""
    project = repository.parent / "project"
    project.mkdir(exist_ok=True)
    named = {"repository": "../pages.git", **options}
    return settings(project, "git", **named)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site", "1.0.0")


def _push(repository: Path, files: dict[str, str], branch: str = "gh-pages") -> None:
    """Commit files on a branch as somebody else would."""
    texts = {name: text.encode() for name, text in files.items()}
    commit_files(repository, branch, texts)


def _shown(repository: Path, name: str, branch: str = "gh-pages") -> str:
    return git(repository, "show", f"{branch}:{name}")


def test_the_first_publication_is_the_site_on_a_branch(
    target: TargetSettings, repository: Path, site: Path
) -> None:
    plan = publish(target, site)

    assert plan.first
    files = git(repository, "ls-tree", "-r", "--name-only", "gh-pages").split("\n")
    assert files == [
        MANIFEST,
        ".nojekyll",
        "assets/style.1.0.0.css",
        "guideline-de.pdf",
        "index.html",
        "page-1.html",
        "page-2.html",
        "same.txt",
    ]
    log = git(repository, "log", "--format=%an <%ae> %ad %s", "--date=iso", "gh-pages")
    assert log == (
        "Tess Tester <tess@nordlicht.example> 2026-12-01 09:00:00 +0000"
        " Publish version 1.0.0"
    )


def test_an_unchanged_site_is_no_commit(
    target: TargetSettings, repository: Path, site: Path
) -> None:
    publish(target, site)
    before = git(repository, "rev-parse", "gh-pages")

    plan = publish(target, site)

    assert not plan.needed
    assert git(repository, "rev-parse", "gh-pages") == before


def test_history_is_kept(target: TargetSettings, repository: Path, site: Path) -> None:
    for version in ("1.0.0", "1.1.0", "2.0.0"):
        publish(target, make_site(site, version), version)

    subjects = git(repository, "log", "--format=%s", "gh-pages").split("\n")
    assert subjects == [f"Publish version {v}" for v in ("2.0.0", "1.1.0", "1.0.0")]
    assert version_of(_shown(repository, "index.html")) == "2.0.0"
    assert version_of(_shown(repository, "index.html", "gh-pages~2")) == "1.0.0"


def test_what_was_published_can_be_read_back(
    target: TargetSettings, site: Path
) -> None:
    for version in ("1.0.0", "1.1.0", "2.0.0"):
        publish(target, make_site(site, version), version)

    with open_target(target) as place:
        place.look()
        kept = place.earlier()
        with kept[-1].files.open("index.html") as file:
            text = file.read().decode()

    assert [each.manifest.version for each in kept] == ["2.0.0", "1.1.0", "1.0.0"]
    assert version_of(text) == "1.0.0"


def test_other_branches_and_files_of_others_are_left_alone(
    target: TargetSettings, repository: Path, site: Path
) -> None:
    _push(repository, {"README.md": "code"}, "main")
    _push(repository, {"CNAME": "guideline.nordlicht.example"})
    main = git(repository, "rev-parse", "main")
    with raises(PublishError, match="CNAME"):
        publish(target, site)

    publish(target, site, adopt=True)
    publish(target, make_site(site, "2.0.0"), "2.0.0")

    assert git(repository, "rev-parse", "main") == main
    assert _shown(repository, "CNAME") == "guideline.nordlicht.example"
    assert version_of(_shown(repository, "index.html")) == "2.0.0"


def test_a_file_of_others_in_the_way_stops_everything(
    target: TargetSettings, repository: Path, site: Path
) -> None:
    _push(repository, {"index.html": "mine"})
    before = git(repository, "rev-parse", "gh-pages")

    with raises(PublishError, match="in the way"):
        publish(target, site, adopt=True)

    assert git(repository, "rev-parse", "gh-pages") == before


def test_a_file_that_somebody_changed_is_put_right(
    target: TargetSettings, repository: Path, site: Path
) -> None:
    publish(target, site)
    _push(repository, {"index.html": "hacked"})

    plan = publish(target, site)

    assert plan.seen.damaged == {"index.html"}
    assert version_of(_shown(repository, "index.html")) == "1.0.0"


def test_a_folder_on_a_branch_can_be_published_to(repository: Path, site: Path) -> None:
    _push(repository, {"README.md": "code", "src/x.py": "code"}, "main")
    target = _target(repository, branch="main", folder="docs")

    publish(target, site)
    publish(target, make_site(site, "2.0.0"), "2.0.0")

    assert version_of(_shown(repository, "docs/index.html", "main")) == "2.0.0"
    assert _shown(repository, "README.md", "main") == "code"
    with open_target(target) as place:
        place.look()
        versions = [each.manifest.version for each in place.earlier()]
    assert versions == ["2.0.0", "1.0.0"]


def test_the_working_tree_is_not_touched(
    tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "work")
    work = tmp_path / "work"
    (work / "guideline.yml").write_text("format: 1\n", "utf-8")
    (work / "staged.txt").write_text("staged", "utf-8")
    git(work, "add", "staged.txt")
    # A hook of a repository must not send guidegen's git elsewhere.
    monkeypatch.setenv("GIT_DIR", str(work / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(work / ".git/index"))
    monkeypatch.setenv("GIT_WORK_TREE", str(work))

    publish(settings(tmp_path / "project", "git", repository="../work"), site)

    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name)
    status = git(work, "status", "--porcelain")
    assert status == "A  staged.txt\n?? guideline.yml"
    assert version_of(_shown(work, "index.html")) == "1.0.0"


def test_a_branch_that_somebody_works_on_is_refused(tmp_path: Path, site: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "work")
    work = tmp_path / "work"
    (work / "x").write_text("x", "utf-8")
    git(work, "add", "x")
    git(work, "commit", "--quiet", "-m", "x")

    with raises(PublishError, match="checked out") as caught:
        project = tmp_path / "project"
        target = settings(project, "git", repository=str(work), branch="main")
        publish(target, site, adopt=True)

    assert "branch:" in (hint_of(caught.value) or "")


def test_the_author_can_be_named(repository: Path, site: Path) -> None:
    author = "Jörg „Jo“ Müller <jo@nordlicht.example>"
    target = _target(repository, author=author)

    publish(target, site)

    assert git(repository, "log", "--format=%an <%ae>", "gh-pages") == author


def test_without_a_known_author_guidegen_is_it(
    target: TargetSettings,
    repository: Path,
    site: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)

    publish(target, site)

    assert git(repository, "log", "--format=%an", "gh-pages")


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("repository", "ext::sh -c touch%20hacked"),
        ("repository", "--upload-pack=touch hacked"),
        ("repository", "ftp://nordlicht.example/x"),
        ("branch", "--force"),
        ("branch", "a..b"),
        ("branch", "+main:other"),
        ("folder", "../elsewhere"),
        ("folder", ".git/hooks"),
        ("author", "somebody"),
    ],
)
def test_settings_that_would_do_something_else_are_refused(
    repository: Path, site: Path, option: str, value: str
) -> None:
    with pytest.raises(PublishError):
        publish(_target(repository, **{option: value}), site)

    assert git(repository, "branch", "--list", "--all") == ""


def test_a_repository_that_is_not_there_is_an_error(tmp_path: Path, site: Path) -> None:
    with raises(PublishError, match="no repository"):
        publish(settings(tmp_path, "git", repository="nowhere.git"), site)


def test_a_repository_that_refuses_says_why_and_changes_nothing(
    target: TargetSettings, repository: Path, site: Path
) -> None:
    hook = repository / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'pages are frozen' >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)

    with raises(PublishError, match="pages are frozen"):
        publish(target, site)

    assert live(target) is None


def test_hooks_and_helpers_of_the_user_do_not_run(
    target: TargetSettings, repository: Path, site: Path, tmp_path: Path
) -> None:
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    (hooks / "pre-push").write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n", "utf-8")
    (hooks / "pre-push").chmod(0o755)
    git(tmp_path, "config", "--global", "core.hooksPath", str(hooks))

    publish(target, site)

    assert git(repository, "rev-parse", "gh-pages")
    assert not (tmp_path / "ran").exists()


def test_publishers_at_once_come_one_after_the_other(
    target: TargetSettings,
    repository: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    number = 4
    sites = [make_site(tmp_path / f"site{n}", f"{n}.0.0") for n in range(number)]
    errors: list[BaseException] = []

    def one(place: int) -> None:
        try:
            publish(target, sites[place], f"{place}.0.0", tries=20)
        except BaseException as error:  # noqa: BLE001  # shown below
            errors.append(error)

    threads = [threading.Thread(target=one, args=(n,)) for n in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    subjects = git(repository, "log", "--format=%s", "gh-pages").split("\n")
    with capsys.disabled():
        print(f"\n{number} publishers at once: {len(subjects)} commits, none lost")  # noqa: T201  # the count
    assert errors == []
    assert sorted(subjects) == [f"Publish version {n}.0.0" for n in range(number)]
    manifest = live(target)
    assert manifest
    assert version_of(_shown(repository, "index.html")) == manifest.version
