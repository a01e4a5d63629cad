"""Releases a guideline again and again, each time with another word in a text."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from guidegen.model.project import Project
from guidegen.model.text import LocalText
from guidegen.pipeline.build import Job
from guidegen.pipeline.release import ReleaseRequest, make_release
from guidegen.pipeline.release_preview import preview_release

BEGIN = dt.datetime(2027, 1, 1, 12, tzinfo=dt.UTC)
NOTE = LocalText.of({"de": "Ein Wort ist anders.", "en": "A word is different."})


def main() -> None:
    """Make a number of releases in a project's folder."""
    job = Job(project=Project(Path(sys.argv[1])))
    answers = job.project.answers
    original = answers.read_text(encoding="utf-8")
    for number in range(int(sys.argv[2])):
        text = original.replace("Drückt uns", f"Drückt uns {number}-mal")
        if text == original:
            sys.exit("“Drückt uns” is not in the sample company's answers any more")
        answers.write_text(text, encoding="utf-8")
        request = ReleaseRequest(now=BEGIN + dt.timedelta(days=number), notes=NOTE)
        make_release(job, preview_release(job), request)


if __name__ == "__main__":
    main()
