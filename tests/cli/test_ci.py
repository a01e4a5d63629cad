from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import Guidegen

DEMO = Path(__file__).parents[2] / "guideline_templates/dell/demo"
FILE = ".github/workflows/guideline.yml"


@pytest.fixture
def repository(here: Path) -> Path:
    (here / ".git").mkdir()
    shutil.copytree(DEMO, here / "rules")
    return here


def test_it_writes_the_file_and_says_what_comes_next(
    guidegen: Guidegen, repository: Path
) -> None:
    result = guidegen("ci", "github", "rules")

    assert (result.code, result.err) == (0, "")
    assert result.out == (
        f"{FILE} has been written.\n"
        "Commit it to the repository. "
        "Each pull request then shows what changes for readers.\n"
    )
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

    assert "guidegen[s3,webdav]==" in text
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
