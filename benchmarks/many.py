"""Builds many guidelines in one process: how long one more takes, and what stays.

One more guideline is another company's, in two languages, site and PDFs. It is compared
with what MkDocs alone needs for the pages of both languages, in the same process.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
import time
from pathlib import Path

from bare_project import write_bare
from mkdocs.commands.build import build
from mkdocs.config import load_config

from guidegen.model.project import Project
from guidegen.pipeline.build import Job, build_project

RUNS = 15
FIRST, LAST = 20, 200
"""After as many guidelines the process is weighed."""

DEMO = Path(__file__).parents[1] / "guideline_templates" / "dell" / "demo"
PAGE_SIZE = os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Print megabytes after some builds and after many, and seconds, as JSON."""
    folder = Path(sys.argv[1])
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    memory = []
    for number in range(1, LAST + 1):
        build_another(folder, number)
        if number in {FIRST, LAST}:
            memory.append(megabytes())
    ours, bare = [], []
    for number in range(LAST + 1, LAST + RUNS + 1):
        ours.append(build_another(folder, number))
        bare.append(build_bare(folder, number))
    print(json.dumps({"memory": memory, "ours": ours, "bare": bare}))  # for bench.py


def write_project(folder: Path, number: int) -> Project:
    """Write the project of another company."""
    project = Project(folder / str(number))
    shutil.copytree(DEMO, project.folder)
    text = project.answers.read_text(encoding="utf-8")
    for name in ("Nordlicht", "Mira Jansen"):
        if name not in text:
            sys.exit(f"{name} is not in the sample company's answers any more")
        text = text.replace(name, f"{name} {number}")
    project.answers.write_text(text, encoding="utf-8")
    return project


def build_another(folder: Path, number: int) -> float:
    """Build another company's guideline; return the seconds."""
    project = write_project(folder, number)
    begin = time.perf_counter()
    build_project(Job(project=project))
    seconds = time.perf_counter() - begin
    shutil.rmtree(project.folder)
    return seconds


def build_bare(folder: Path, number: int) -> float:
    """Build the pages of a company with MkDocs alone; return the seconds."""
    project = write_project(folder, number)
    seconds = 0.0
    for bare in write_bare(project, project.folder):
        begin = time.perf_counter()
        build(load_config(str(bare / "mkdocs.yml")))
        seconds += time.perf_counter() - begin
    shutil.rmtree(project.folder)
    return seconds


def megabytes() -> float:
    """Return how much memory the process holds now (Linux only)."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * PAGE_SIZE / 2**20


if __name__ == "__main__":
    main()
