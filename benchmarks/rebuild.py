"""Times what `guidegen serve` does after an edit: a build where one has been made."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from guidegen.pipeline import Job, Project, build_project

RUNS = 9


def main() -> None:
    """Print the seconds of each rebuild as JSON."""
    project = Project(Path(sys.argv[1]))
    original = project.answers.read_text(encoding="utf-8")
    times = []
    for number in range(RUNS + 2):
        text = original.replace("Jana", f"Jana-{number}")
        project.answers.write_text(text, encoding="utf-8")
        begin = time.perf_counter()
        build_project(Job(project=project))
        times.append(time.perf_counter() - begin)
    project.answers.write_text(original, encoding="utf-8")
    print(json.dumps({"rebuild": times[2:]}))  # read by bench.py


if __name__ == "__main__":
    main()
