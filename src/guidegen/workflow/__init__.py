"""Files that let a code platform build, publish and watch a company's guideline."""

from guidegen.workflow.workflow_file import (
    FileState,
    Platform,
    Publishing,
    Workflow,
    compare_with_disk,
    make_workflow,
    write_workflow,
)

__all__ = [
    "FileState",
    "Platform",
    "Publishing",
    "Workflow",
    "compare_with_disk",
    "make_workflow",
    "write_workflow",
]
