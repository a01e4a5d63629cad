"""Times what `guidegen serve` does after an edit: a build where one has been made."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from guidegen.model.project import Project
from guidegen.pipeline.build import Job, build_project


def main() -> None:
    """For each line that comes in, change the answers, build, and say the seconds."""
    project = Project(Path(sys.argv[1]))
    original = project.answers.read_text(encoding="utf-8")
    for number, _ in enumerate(sys.stdin):
        text = original.replace("Jansen", f"Jansen-{number}")
        if text == original:
            sys.exit("Jansen is not in the sample company's answers any more")
        project.answers.write_text(text, encoding="utf-8")
        begin = time.perf_counter()
        build_project(Job(project=project))
        print(time.perf_counter() - begin, flush=True)  # read by bench.py


if __name__ == "__main__":
    main()
