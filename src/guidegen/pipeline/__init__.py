"""The order of the steps: the only row that knows more than one of them."""

from guidegen.model.project import ANSWERS, Project, find_project
from guidegen.pipeline.build import Built, Job, build_project
from guidegen.pipeline.demo import make_demo
from guidegen.pipeline.up_to_date import sources
from guidegen.pipeline.working_copy import compose_documents

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
