from __future__ import annotations

import dataclasses
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.wording import raises

from guidegen.errors import WorkflowError
from guidegen.model.target_kinds import TARGET_KINDS
from guidegen.workflow import (
    FileState,
    Platform,
    Publishing,
    Secret,
    Source,
    SourceKind,
    Workflow,
    compare_with_disk,
    make_workflow,
    write_file,
)

INDEX = Source(kind=SourceKind.INDEX, text="guidegen==1.2.3")
COMMIT = f"git+https://git.example/guidegen.git@{'4f' * 20}"
PUBLISHING = Publishing(
    targets=("intranet", "web-2"),
    extras=("sftp", "s3"),
    host_keys=True,
    secrets=(
        Secret(name="PLACES", kind="place", example="ssh://web.example"),
        Secret(name="KEY", kind="private_key", target="intranet"),
        Secret(name="ANOTHER_KEY", kind="secret_key", target="web-2"),
    ),
)
SCHEMAS = {
    Platform.GITHUB: "vendor.github-workflows",
    Platform.GITLAB: "vendor.gitlab-ci",
    Platform.FORGEJO: "vendor.github-workflows",  # Forgejo reads GitHub's format
}


def _text(
    platform: Platform, folder: Path, publishing: Publishing | None = PUBLISHING
) -> str:
    return make_workflow(
        platform, folder, language="de", source=INDEX, publishing=publishing
    ).text


def _data(platform: Platform, folder: Path) -> dict[Any, Any]:
    data: dict[Any, Any] = yaml.safe_load(_text(platform, folder))
    return data


def _steps(data: dict[Any, Any]) -> list[dict[str, Any]]:
    return [step for job in data["jobs"].values() for step in job["steps"]]


ACTIONS = (Platform.GITHUB, Platform.FORGEJO)


@pytest.mark.slow
@pytest.mark.parametrize("platform", Platform)
def test_each_file_passes_its_platform_s_published_schema(
    platform: Platform, repository: Path
) -> None:
    files: list[Path] = []
    for folder in (repository, repository / "docs/guideline"):
        for publishing in (None, PUBLISHING, Publishing(targets=("intranet",))):
            files.append(repository / f"{len(files)}.yml")
            files[-1].write_text(_text(platform, folder, publishing), "utf-8")

    transform = ("--data-transform", "gitlab-ci") if platform == "gitlab" else ()
    check = (sys.executable, "-m", "check_jsonschema", *transform)
    done = subprocess.run(  # noqa: S603  # our own command line
        [*check, "--builtin-schema", SCHEMAS[platform], *files],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("platform", Platform)
def test_only_what_the_lock_file_has_is_installed(
    platform: Platform, repository: Path
) -> None:
    text = _text(platform, repository)

    options = "--quiet --require-hashes --only-binary :all:"
    assert set(re.findall(r"pip install .*", text)) == {
        f'pip install {options} --requirement "$FOLDER/ci-requirements.txt"'
    }


@pytest.mark.parametrize("platform", Platform)
def test_a_commit_is_built_with_nothing_but_what_the_lock_file_has(
    platform: Platform, repository: Path
) -> None:
    source = Source(kind=SourceKind.GIT, text=COMMIT)
    text = make_workflow(platform, repository, language="de", source=source).text

    installs = re.findall(r"pip install .*", text)
    assert installs[1::2] == [
        f'pip install --quiet --no-deps --no-build-isolation "guidegen @ {COMMIT}"'
    ] * (len(installs) // 2)
    assert all("--require-hashes" in each for each in installs[::2])
    yaml.safe_load(text)


@pytest.mark.parametrize("platform", Platform)
def test_the_first_lines_say_what_must_be_set(
    platform: Platform, repository: Path
) -> None:
    head = _text(platform, repository).partition("\n\n")[0].partition("\n.")[0]

    assert "# Before the first run, set as " in head
    assert "\n#   PLACES: where it may publish, such as ssh://web.example;" in head
    assert "\n#   KEY: the private key for intranet" in head
    assert "Nothing has to be set" not in head
    for nothing in (None, Publishing(targets=("intranet",))):
        text = _text(platform, repository, nothing)
        assert "# Nothing has to be set before the first run.\n" in text


def test_each_secret_has_a_sentence(repository: Path) -> None:
    kinds = {secret for kind in TARGET_KINDS.values() for secret in kind.secrets}
    publishing = Publishing(
        targets=("web",),
        secrets=tuple(
            Secret(name=kind.upper(), kind=kind, target="web") for kind in sorted(kinds)
        ),
    )

    text = _text(Platform.GITHUB, repository, publishing)

    for kind in kinds:
        assert re.search(rf"^#   {kind.upper()}: .*\bweb\b", text, re.MULTILINE)


@pytest.mark.parametrize("platform", ACTIONS)
def test_servers_keys_get_into_a_file(platform: Platform, repository: Path) -> None:
    assert "GUIDEGEN_KNOWN_HOSTS" in _text(platform, repository)
    s3 = Publishing(targets=("web",), extras=("s3",))
    assert "GUIDEGEN_KNOWN_HOSTS" not in _text(platform, repository, s3)


@pytest.mark.parametrize("platform", ACTIONS)
def test_each_action_is_pinned_to_a_commit_and_says_its_version(
    platform: Platform, repository: Path
) -> None:
    used = re.findall(r"uses: (.*)", _text(platform, repository))

    assert used
    assert [
        use
        for use in used
        if not re.fullmatch(r"\S+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use)
    ] == []


@pytest.mark.parametrize("platform", ACTIONS)
def test_no_job_may_write(platform: Platform, repository: Path) -> None:
    data = _data(platform, repository)

    assert data["permissions"] == {}
    assert set(data["jobs"]) == {"build", "publish", "status"}
    for job in data["jobs"].values():
        assert job["permissions"] == {"contents": "read"}
        assert job["timeout-minutes"] <= 30


@pytest.mark.parametrize("platform", ACTIONS)
def test_nothing_from_outside_gets_into_a_command(
    platform: Platform, repository: Path
) -> None:
    data = _data(platform, repository / "docs/guideline")

    for step in _steps(data):
        assert "${{" not in step.get("run", "")
        if "with" in step and "checkout" in step["uses"]:
            assert step["with"]["persist-credentials"] is False
    assert "pull_request_target" not in _text(platform, repository)


@pytest.mark.parametrize("platform", ACTIONS)
def test_secrets_are_known_to_the_step_that_publishes_only(
    platform: Platform, repository: Path
) -> None:
    with_secrets = [
        step for step in _steps(_data(platform, repository)) if "secrets." in str(step)
    ]

    [step] = with_secrets
    assert step["env"] == {
        "ANOTHER_KEY": "${{ secrets.ANOTHER_KEY }}",
        "KEY": "${{ secrets.KEY }}",
        "PLACES": "${{ secrets.PLACES }}",
    }
    assert "guidegen publish" in step["run"]


@pytest.mark.parametrize("source", [INDEX, Source(kind=SourceKind.GIT, text=COMMIT)])
def test_gitlab_reads_commands_as_text(source: Source, repository: Path) -> None:
    text = make_workflow(
        Platform.GITLAB, repository, language="en", source=source, publishing=PUBLISHING
    ).text

    jobs = yaml.safe_load(text).values()
    commands = [
        line
        for job in jobs
        for part in ("before_script", "script")
        for line in job.get(part, ())
    ]
    assert commands
    assert all(isinstance(line, str) for line in commands)


def test_gitlab_s_secrets_are_named_in_a_comment_only(repository: Path) -> None:
    text = _text(Platform.GITLAB, repository)

    assert "\n#   ANOTHER_KEY: " in text
    assert "KEY" not in str(yaml.safe_load(text))


@pytest.mark.parametrize("platform", Platform)
def test_without_targets_nothing_is_published(
    platform: Platform, repository: Path
) -> None:
    assert "publish" not in _text(platform, repository, None)
    assert re.findall("guidegen publish .*", _text(platform, repository)) == [
        'guidegen publish intranet --folder "$FOLDER" --yes',
        'guidegen publish web-2 --folder "$FOLDER" --yes',
    ]


@pytest.mark.parametrize("platform", Platform)
def test_a_guideline_deep_in_a_repository_is_watched_alone(
    platform: Platform, repository: Path
) -> None:
    deep = make_workflow(
        platform, repository / "docs/guideline", language="en", source=INDEX
    )
    top = make_workflow(platform, repository, language="en", source=INDEX)

    assert deep.path == top.path
    assert deep.path.is_relative_to(repository)
    assert (
        f'["docs/guideline/**", "{deep.path.relative_to(repository).as_posix()}"]'
        in (deep.text)
    )
    assert 'FOLDER: "docs/guideline"' in deep.text
    assert "/**" not in top.text
    assert 'FOLDER: "."' in top.text


def test_a_folder_without_a_repository_counts_as_its_top(tmp_path: Path) -> None:
    workflow = make_workflow(Platform.GITLAB, tmp_path, language="en", source=INDEX)

    assert workflow.path == tmp_path / ".gitlab-ci.yml"


@pytest.mark.parametrize(
    "name", ["$HOME", "a`b`", "${{ secrets.KEY }}", 'a"b', "a*", "-rf", "x/-y", "a\nb"]
)
def test_a_folder_s_name_that_could_mean_something_else_is_refused(
    name: str, repository: Path
) -> None:
    with raises(WorkflowError, match="cannot hold safely"):
        make_workflow(Platform.GITHUB, repository / name, language="en", source=INDEX)


@settings(max_examples=50, deadline=None)
@given(name=st.text(min_size=1, max_size=12).filter(lambda name: "/" not in name))
def test_whatever_the_folder_is_called_the_file_says_just_that_or_is_refused(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    # A folder of its own: all other tests' folders would lie in this repository, too.
    top = tmp_path_factory.getbasetemp() / "repository"
    (top / ".git").mkdir(parents=True, exist_ok=True)
    if (
        "\x00" in name
        or name in {".", ".."}
        or name != name.encode(errors="replace").decode()
    ):
        return
    try:
        text = _text(Platform.GITHUB, top / name)
    except WorkflowError:
        return

    data = yaml.safe_load(text)
    assert data["env"]["FOLDER"] == name
    assert data[True]["push"]["paths"][0] == f"{name}/**"
    assert json.dumps(name, ensure_ascii=False) in text


@pytest.fixture
def workflow(repository: Path) -> Workflow:
    return make_workflow(Platform.GITHUB, repository, language="en", source=INDEX)


@pytest.fixture
def newer(repository: Path) -> Workflow:
    return make_workflow(
        Platform.GITHUB,
        repository,
        language="en",
        source=INDEX,
        publishing=Publishing(targets=("web",)),
    )


def _edit(workflow: Workflow) -> str:
    text = workflow.path.read_text("utf-8").replace("ubuntu-24.04", "our-own-runner")
    workflow.path.write_text(text, "utf-8")
    return text


def test_a_missing_file_is_written(workflow: Workflow) -> None:
    assert write_file(workflow) is FileState.MISSING
    assert workflow.path.read_text("utf-8") == workflow.text
    assert compare_with_disk(workflow) is FileState.CURRENT


def test_a_current_file_is_not_touched(workflow: Workflow) -> None:
    write_file(workflow)
    before = workflow.path.stat()

    assert write_file(workflow) is FileState.CURRENT
    assert workflow.path.stat().st_ino == before.st_ino


def test_an_outdated_file_is_replaced(workflow: Workflow, newer: Workflow) -> None:
    write_file(workflow)

    assert compare_with_disk(newer) is FileState.OUTDATED
    assert write_file(newer) is FileState.OUTDATED
    assert compare_with_disk(newer) is FileState.CURRENT


def test_line_ends_that_git_changed_are_no_edit(workflow: Workflow) -> None:
    workflow.path.parent.mkdir(parents=True)
    workflow.path.write_bytes(workflow.text.replace("\n", "\r\n").encode())

    assert compare_with_disk(workflow) is FileState.CURRENT


def test_an_edited_file_is_left_alone(workflow: Workflow, newer: Workflow) -> None:
    write_file(workflow)
    text = _edit(workflow)

    assert compare_with_disk(workflow) is FileState.EDITED
    assert compare_with_disk(newer) is FileState.EDITED_OUTDATED
    with raises(WorkflowError, match="somebody has changed"):
        write_file(newer)
    assert workflow.path.read_text("utf-8") == text


@pytest.mark.parametrize("content", [b"name: ours\n", b"", b"\xff\xfe\x00"])
def test_a_file_that_guidegen_did_not_write_is_left_alone(
    content: bytes, workflow: Workflow
) -> None:
    workflow.path.parent.mkdir(parents=True)
    workflow.path.write_bytes(content)

    assert compare_with_disk(workflow) is FileState.UNMANAGED
    with raises(WorkflowError, match="did not write"):
        write_file(workflow)
    assert workflow.path.read_bytes() == content


def test_force_replaces_what_somebody_wrote(workflow: Workflow) -> None:
    write_file(workflow)
    _edit(workflow)

    write_file(workflow, force=True)

    assert compare_with_disk(workflow) is FileState.CURRENT


def test_a_digest_that_was_forged_along_is_told_from_the_text(
    workflow: Workflow, newer: Workflow
) -> None:
    # An edited file with the new text's header is still an edited file.
    head = newer.text.partition("\n")[0]
    body = workflow.text.partition("\n")[2]
    write_file(dataclasses.replace(workflow, text=f"{head}\n{body}"))

    assert compare_with_disk(newer) is FileState.EDITED
