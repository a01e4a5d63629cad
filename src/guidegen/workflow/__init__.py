"""Files that let a code platform build, publish and watch a company's guideline."""

from guidegen.workflow.file import State, state_of, write_workflow
from guidegen.workflow.make import Platform, Publishing, Workflow, make_workflow

__all__ = [
    "Platform",
    "Publishing",
    "State",
    "Workflow",
    "make_workflow",
    "state_of",
    "write_workflow",
]
