"""The order of the steps: the only row that knows more than one of them."""

from guidegen.model.project import ANSWERS, Project, find_project
from guidegen.pipeline.build import Built, Job, build_project
from guidegen.pipeline.composition import compose_documents
from guidegen.pipeline.demo import make_demo
from guidegen.pipeline.stamp import sources

__all__ = [
    "ANSWERS",
    "Built",
    "Job",
    "Project",
    "build_project",
    "compose_documents",
    "find_project",
    "make_demo",
    "sources",
]
