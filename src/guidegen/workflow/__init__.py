"""Files that let a code platform build, publish and watch a company's guideline."""

from guidegen.workflow.lock_file import (
    LOCK_NAME,
    lock_path,
    lock_state,
    locked_source,
    make_lock,
)
from guidegen.workflow.source import Source, SourceKind, installed_source, read_source
from guidegen.workflow.workflow_file import (
    Platform,
    Publishing,
    Secret,
    Workflow,
    make_workflow,
    repository_top,
)
from guidegen.workflow.written_file import (
    FileState,
    WrittenFile,
    compare_with_disk,
    refuse_somebodys,
    write_file,
)

__all__ = [
    "LOCK_NAME",
    "FileState",
    "Platform",
    "Publishing",
    "Secret",
    "Source",
    "SourceKind",
    "Workflow",
    "WrittenFile",
    "compare_with_disk",
    "installed_source",
    "lock_path",
    "lock_state",
    "locked_source",
    "make_lock",
    "make_workflow",
    "read_source",
    "refuse_somebodys",
    "repository_top",
    "write_file",
]
