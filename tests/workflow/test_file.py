from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from tests.wording import raises

from guidegen.errors import WorkflowError
from guidegen.workflow import (
    Platform,
    Publishing,
    State,
    Workflow,
    make_workflow,
    state_of,
    write_workflow,
)


@pytest.fixture
def workflow(repository: Path) -> Workflow:
    return make_workflow(Platform.GITHUB, repository, language="en")


@pytest.fixture
def newer(repository: Path) -> Workflow:
    return make_workflow(
        Platform.GITHUB,
        repository,
        language="en",
        publishing=Publishing(targets=("web",)),
    )


def _edit(workflow: Workflow) -> str:
    text = workflow.path.read_text("utf-8").replace("ubuntu-24.04", "our-own-runner")
    workflow.path.write_text(text, "utf-8")
    return text


def test_a_missing_file_is_written(workflow: Workflow) -> None:
    assert write_workflow(workflow) is State.MISSING
    assert workflow.path.read_text("utf-8") == workflow.text
    assert state_of(workflow) is State.CURRENT


def test_a_current_file_is_not_touched(workflow: Workflow) -> None:
    write_workflow(workflow)
    before = workflow.path.stat()

    assert write_workflow(workflow) is State.CURRENT
    assert workflow.path.stat().st_ino == before.st_ino


def test_an_outdated_file_is_replaced(workflow: Workflow, newer: Workflow) -> None:
    write_workflow(workflow)

    assert state_of(newer) is State.OUTDATED
    assert write_workflow(newer) is State.OUTDATED
    assert state_of(newer) is State.CURRENT


def test_line_ends_that_git_changed_are_no_edit(workflow: Workflow) -> None:
    workflow.path.parent.mkdir(parents=True)
    workflow.path.write_bytes(workflow.text.replace("\n", "\r\n").encode())

    assert state_of(workflow) is State.CURRENT


def test_an_edited_file_is_left_alone(workflow: Workflow, newer: Workflow) -> None:
    write_workflow(workflow)
    text = _edit(workflow)

    assert state_of(workflow) is State.EDITED
    assert state_of(newer) is State.EDITED_OUTDATED
    with raises(WorkflowError, match="somebody has changed"):
        write_workflow(newer)
    assert workflow.path.read_text("utf-8") == text


@pytest.mark.parametrize("content", [b"name: ours\n", b"", b"\xff\xfe\x00"])
def test_a_file_that_guidegen_did_not_write_is_left_alone(
    content: bytes, workflow: Workflow
) -> None:
    workflow.path.parent.mkdir(parents=True)
    workflow.path.write_bytes(content)

    assert state_of(workflow) is State.FOREIGN
    with raises(WorkflowError, match="did not write"):
        write_workflow(workflow)
    assert workflow.path.read_bytes() == content


def test_force_replaces_what_somebody_wrote(workflow: Workflow) -> None:
    write_workflow(workflow)
    _edit(workflow)

    write_workflow(workflow, force=True)

    assert state_of(workflow) is State.CURRENT


def test_a_digest_that_was_forged_along_is_told_from_the_text(
    workflow: Workflow, newer: Workflow
) -> None:
    # An edited file with the new text's header is still an edited file.
    head = newer.text.partition("\n")[0]
    body = workflow.text.partition("\n")[2]
    write_workflow(dataclasses.replace(workflow, text=f"{head}\n{body}"))

    assert state_of(newer) is State.EDITED
