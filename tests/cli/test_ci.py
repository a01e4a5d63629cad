from __future__ import annotations

import hashlib
import re
import shutil
import tomllib
from pathlib import Path

import pytest
from tests.cli.conftest import Guidegen

from guidegen import __version__
from guidegen.workflow.lock_file import BUILDER

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "guideline_templates/dell/demo"
FILE = ".github/workflows/guideline.yml"
LOCK = "rules/ci-requirements.txt"
NEXT = (
    "Commit both files to the repository;"
    " the first lines say what has to be set on the platform."
    " Each pull request then shows what changes for readers.\n"
)


WHEEL = f"wheels/guidegen-{__version__}-py3-none-any.whl"
pytestmark = pytest.mark.usefixtures("asked")
PIN = "guidegen==" + __version__


@pytest.fixture
def repository(here: Path) -> Path:
    (here / ".git").mkdir()
    shutil.copytree(DEMO, here / "rules")
    return here


def test_it_writes_the_file_and_says_what_comes_next(
    guidegen: Guidegen, repository: Path
) -> None:
    result = guidegen("ci", "github", "rules")

    assert result.code == 0
    assert "pip is choosing all libraries" in result.err
    assert result.out == f"{FILE} has been written.\n{LOCK} has been written.\n{NEXT}"
    assert 'FOLDER: "rules"' in (repository / FILE).read_text("utf-8")
    assert guidegen("ci", "github", "rules").out == f"{FILE} is up to date.\n"


@pytest.mark.parametrize(
    ("platform", "file"),
    [
        ("github", FILE),
        ("gitlab", ".gitlab-ci.yml"),
        ("forgejo", ".forgejo/workflows/guideline.yml"),
    ],
)
def test_it_prints_the_file_it_would_write(
    guidegen: Guidegen, repository: Path, platform: str, file: str
) -> None:
    printed = guidegen("ci", platform, "rules", "--stdout").out
    assert not (repository / file).exists()

    guidegen("ci", platform, "rules")

    assert (repository / file).read_text("utf-8") == printed


def test_the_check_names_a_missing_file(guidegen: Guidegen, repository: Path) -> None:
    result = guidegen("ci", "github", "rules", "--check")

    assert (result.code, result.out) == (1, "")
    assert result.err == (
        f"There is no {FILE} yet. “guidegen ci -C rules github” writes it.\n"
        f"There is no {LOCK} yet. “guidegen ci -C rules github” writes it.\n"
    )
    assert not (repository / ".github").exists()


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("", "", 0, "is up to date"),
        ("timeout-minutes: 15", "timeout-minutes: 20", 0, "was changed by hand"),
        ("# Written by", "# By", 1, "was not written by guidegen"),
    ],
)
def test_the_check_says_what_it_finds(
    guidegen: Guidegen,
    repository: Path,
    old: str,
    new: str,
    code: int,
    said: str,
) -> None:
    guidegen("ci", "github", "rules")
    path = repository / FILE
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    result = guidegen("ci", "github", "rules", "--check")

    assert result.code == code
    assert said in result.out + result.err


def test_the_check_notices_that_the_answers_ask_for_another_file(
    guidegen: Guidegen,
    repository: Path,  # noqa: ARG001  # the folder it works in
) -> None:
    guidegen("ci", "github", "rules")
    guidegen("set", "languages=en,de", "--folder", "rules")

    result = guidegen("ci", "github", "rules", "--check")

    assert result.code == 1
    assert (
        result.err
        == f"{FILE} is out of date. “guidegen ci -C rules github” rewrites it.\n"
    )
    assert guidegen("ci", "github", "rules").code == 0
    assert guidegen("ci", "github", "rules", "--check").code == 0


def test_what_was_chosen_stays_until_somebody_asks_anew(
    guidegen: Guidegen, repository: Path, asked: list[tuple[str, ...]]
) -> None:
    guidegen("ci", "github", "rules")
    guidegen("ci", "gitlab", "rules")
    assert asked == [(PIN,)]
    text = (repository / LOCK).read_text("utf-8")
    assert f"click==8.5 \\\n    --hash=sha256:{'a' * 64}\n" in text

    guidegen("ci", "github", "rules", "--install", PIN)
    assert len(asked) == 2


def test_libraries_for_another_place_are_missed_and_chosen(
    guidegen: Guidegen, repository: Path, asked: list[tuple[str, ...]]
) -> None:
    guidegen("ci", "github", "rules")
    with (repository / "rules/guideline.yml").open("a", encoding="utf-8") as answers:
        answers.write("publish:\n  web: {kind: s3, bucket: rules}\n")

    checked = guidegen("ci", "github", "rules", "--check")
    assert checked.code == 1
    assert f"{LOCK} is out of date" in checked.err

    guidegen("ci", "github", "rules")
    assert asked[-1] == (f"guidegen[s3]=={__version__}",)
    assert guidegen("ci", "github", "rules", "--check").code == 0


def test_a_wheel_of_the_repository_is_pinned_by_its_content(
    guidegen: Guidegen, repository: Path, asked: list[tuple[str, ...]]
) -> None:
    (repository / "wheels").mkdir()
    (repository / WHEEL).write_bytes(b"wheel")

    assert guidegen("ci", "github", "rules", "--install", WHEEL).code == 0

    assert asked == [(str((repository / WHEEL).resolve()),)]
    digest = hashlib.sha256(b"wheel").hexdigest()
    text = (repository / LOCK).read_text("utf-8")
    assert f"\n./{WHEEL} \\\n    --hash=sha256:{digest}\n" in text
    # From then on it is known.
    assert guidegen("ci", "gitlab", "rules").code == 0
    assert guidegen("ci", "gitlab", "rules", "--check").code == 0


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("guidegen", "names no fixed version"),
        ("guidegen>=1", "names no fixed version"),
        ("guidegen==9.9", "that is guidegen 9.9, but this one is"),
        ("wheels/none.whl", "there is no such wheel"),
        ("outside.whl", "not in the repository"),
        ("git+https://git.example/guidegen.git@main", "names no fixed version"),
        (f"git+https://me:pw@git.example/g.git@{'a' * 40}", "names no fixed version"),
        (f"git+https://git.example/$(id)@{'a' * 40}", "names no fixed version"),
        (f"git+http://git.example/g.git@{'a' * 40}", "names no fixed version"),
    ],
)
def test_a_source_that_is_not_fixed_is_refused(
    guidegen: Guidegen, repository: Path, source: str, said: str
) -> None:
    if source == "outside.whl":
        outside = repository.parent / f"guidegen-{__version__}-py3-none-any.whl"
        outside.write_bytes(b"")
        source = str(outside)

    result = guidegen("ci", "github", "rules", "--install", source)

    assert result.code == 1
    assert said in result.err
    assert not (repository / FILE).exists()


def test_a_lock_file_that_somebody_wrote_is_left_alone(
    guidegen: Guidegen, repository: Path
) -> None:
    (repository / LOCK).write_text("click\n", "utf-8")

    result = guidegen("ci", "github", "rules")

    assert result.code == 1
    assert "guidegen did not write this file" in result.err
    assert (repository / LOCK).read_text("utf-8") == "click\n"


def test_an_installation_that_no_platform_can_repeat_asks_for_a_source(
    guidegen: Guidegen,
    repository: Path,  # noqa: ARG001  # the folder it works in
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    noted = '{"url": "file:///home/me/guidegen", "dir_info": {"editable": true}}'
    monkeypatch.setattr("guidegen.workflow.source.noted_origin", lambda: noted)

    result = guidegen("ci", "github", "rules")

    assert result.code == 1
    assert "--install wheels/guidegen-" in result.err


def test_what_came_from_a_commit_is_taken_from_it_again(
    guidegen: Guidegen,
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    asked: list[tuple[str, ...]],
) -> None:
    commit = "b" * 40
    noted = (
        '{"url": "https://git.example/guidegen.git",'
        f' "vcs_info": {{"vcs": "git", "commit_id": "{commit}"}}}}'
    )
    monkeypatch.setattr("guidegen.workflow.source.noted_origin", lambda: noted)

    assert guidegen("ci", "github", "rules").code == 0

    source = f"guidegen @ git+https://git.example/guidegen.git@{commit}"
    assert asked == [(source, BUILDER)]
    assert source in (repository / FILE).read_text("utf-8")


def test_what_builds_a_commit_is_what_the_project_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["build-system"]["requires"] == [BUILDER]


def test_sftp_with_a_key_is_told_apart_in_the_head(
    guidegen: Guidegen, repository: Path
) -> None:
    with (repository / "rules/guideline.yml").open("a", encoding="utf-8") as answers:
        answers.write(
            "publish:\n  web: {kind: sftp, host: web.example, user: me, path: rules}\n"
        )

    head = guidegen("ci", "github", "rules", "--stdout").out.partition("\nname:")[0]

    assert "GUIDEGEN_PLACE: where it may publish, such as ssh://me@web.example;" in head
    assert re.findall("#   (GUIDEGEN_\\w+):", head) == [
        "GUIDEGEN_PLACE",
        "GUIDEGEN_KNOWN_HOSTS",
        "GUIDEGEN_WEB_PRIVATE_KEY",
        "GUIDEGEN_WEB_PASSPHRASE",
        "GUIDEGEN_WEB_PASSWORD",
    ]
    text = guidegen("ci", "github", "rules", "--stdout").out
    assert 'export GUIDEGEN_KNOWN_HOSTS="$keys"' in text


def test_it_publishes_where_the_answers_say(
    guidegen: Guidegen, repository: Path
) -> None:
    with (repository / "rules/guideline.yml").open("a", encoding="utf-8") as answers:
        answers.write(
            "publish:\n"
            "  intranet: {kind: webdav, url: https://dav.example/rules}\n"
            "  web-2: {kind: s3, bucket: rules}\n"
        )

    text = guidegen("ci", "github", "rules", "--stdout").out

    assert not (repository / LOCK).exists()
    assert 'guidegen publish intranet --folder "$FOLDER" --yes' in text
    assert re.findall(r"\w+: \$\{\{ secrets\.\w+ \}\}", text) == [
        f"{name}: ${{{{ secrets.{name} }}}}"
        for name in (
            "GUIDEGEN_INTRANET_PASSWORD",
            # Not in the file itself: whoever changes it could agree to any place.
            "GUIDEGEN_PLACE",
            "GUIDEGEN_WEB_2_ACCESS_KEY",
            "GUIDEGEN_WEB_2_SECRET_KEY",
        )
    ]


def test_it_leaves_a_file_alone_that_somebody_wrote(
    guidegen: Guidegen, repository: Path
) -> None:
    (repository / ".gitlab-ci.yml").write_text("ours: {}\n", "utf-8")

    result = guidegen("ci", "gitlab", "rules")

    assert result.code == 1
    assert result.err == (
        "error: .gitlab-ci.yml: guidegen did not write this file\n"
        "hint: take what you need from “guidegen ci -C rules … --stdout”,"
        " or use --force\n"
    )
    assert (repository / ".gitlab-ci.yml").read_text("utf-8") == "ours: {}\n"

    assert guidegen("ci", "gitlab", "rules", "--force").code == 0


def test_without_a_project_it_says_so(guidegen: Guidegen) -> None:
    result = guidegen("ci", "github")

    assert result.code == 1
    assert "there is no guideline.yml here" in result.err
