"""The product's figures, measured in one run on this machine: `make bench`.

Each figure is a ratio of medians, so that it holds on slow and fast machines alike, and
is printed as `bench: <name> <ratio> <limit> ok|missed`. The exit code is 1 if one is
missed. "Cold" means a new process and changed input; "bare" is `mkdocs build` of the
very pages and configuration that guidegen generates.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bare_project import write_bare

from guidegen.model.project import Project

RUNS = 15
GUIDEGEN = [sys.executable, "-m", "guidegen"]
MANY = 100
NOTE = ["--note", "de=Ein Name ist anders."]
MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of its own is made there
RELEASES = Path(__file__).with_name("releases.py")
DEMO = Path(__file__).parents[1] / "guideline_templates" / "dell" / "demo"
OWNERS = ("Unternehmenskommunikation", "Corporate communications")
"""The owner of the sample company's guideline, in each language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measured figure and what it may be at most."""

    name: str
    value: float
    limit: float

    def line(self) -> str:
        """Return the figure as it is printed."""
        verdict = "ok" if self.value <= self.limit else "missed"
        return f"bench: {self.name} {self.value:.2f} {self.limit:g} {verdict}"


class Sample:
    """The sample company's project in a folder, in some languages."""

    def __init__(self, folder: Path, languages: list[str]) -> None:
        self.folder = folder
        self.languages = languages
        shutil.copytree(DEMO, folder)
        self._text = (folder / "guideline.yml").read_text(encoding="utf-8")
        self._edits = 0
        self.edit()

    def edit(self) -> None:
        """Change the input: another owner, hence other pages' footers and PDFs."""
        self._edits += 1
        names = ", ".join(self.languages)
        text = self._text.replace("languages: [de, en]", f"languages: [{names}]")
        for owner in OWNERS:
            if owner not in text:
                sys.exit(
                    f"{owner} does not own the sample company's guideline any more"
                )
            text = text.replace(owner, f"{owner} {self._edits}")
        (self.folder / "guideline.yml").write_text(text, encoding="utf-8")

    def add(self, text: str) -> None:
        """Add something at the end of the answers."""
        self._text += text
        self.edit()

    def build(self) -> tuple[float, float]:
        """Build in a new process; return seconds and peak memory in MB."""
        return run([*GUIDEGEN, "build", "-q", str(self.folder)])

    def cold(self) -> float:
        """Return the seconds of a build after a change."""
        self.edit()
        return self.build()[0]

    def first(self) -> float:
        """Return the seconds of a build that finds no cache."""
        shutil.rmtree(self.folder / "site", ignore_errors=True)
        self.edit()
        with tempfile.TemporaryDirectory(dir=self.folder.parent) as cache:
            return run(
                [*GUIDEGEN, "build", "-q", str(self.folder)],
                variables={"XDG_CACHE_HOME": cache},
            )[0]


def run(
    command: list[str],
    *,
    cwd: Path | None = None,
    variables: dict[str, str] | None = None,
) -> tuple[float, float]:
    """Run a command; return seconds and peak memory in MB."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **(variables or {})}
    # As in any installation: what is imported has been compiled before.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begin = time.perf_counter()
    with subprocess.Popen(
        command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"failed with {process.returncode}: {' '.join(command)}")
    return seconds, usage.ru_maxrss / 1024


def bare(projects: list[Path]) -> float:
    """Return the seconds of bare builds of the projects, one after the other."""
    total = 0.0
    for project in projects:
        shutil.rmtree(project / "site", ignore_errors=True)
        total += run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=project)[0]
    return total


def pairs(
    first: Callable[[], float], second: Callable[[], float], *, runs: int = RUNS
) -> float:
    """Return the median ratio of two measurements taken in turn.

    A computer that becomes slower or quicker meanwhile does so for both of a pair.
    """
    first(), second()
    return statistics.median(first() / second() for _ in range(runs))


def warm(code: str, *arguments: str) -> dict[str, list[float]]:
    """Run a measuring program in a process of its own; return the lists it prints."""
    program = Path(__file__).with_name(code)
    output = subprocess.run(
        [sys.executable, str(program), *arguments],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    measured: dict[str, list[float]] = json.loads(output.splitlines()[-1])
    return measured


def measure(folder: Path) -> list[Figure]:
    """Measure everything."""
    one = Sample(folder / "one", ["de"])
    two = Sample(folder / "two", ["de", "en"])
    bare_one = write_bare(Project(one.folder), folder / "bare-one")
    bare_two = write_bare(Project(two.folder), folder / "bare-two")
    pdf = warm("pdf_step.py", str(one.folder))
    in_one_process = warm("many.py", str(folder / "process"))
    after_some, after_many = in_one_process["memory"]

    def imports() -> float:
        return run([sys.executable, "-c", "import click"])[0]

    def help_() -> float:
        return run([*GUIDEGEN, "--help"])[0]

    def rebuild() -> float:
        return one.build()[0]

    figures = [
        ("a-one-language-to-bare", pairs(one.cold, lambda: bare(bare_one)), 0.9),
        ("b-two-languages-to-two-bare", pairs(two.cold, lambda: bare(bare_two)), 0.5),
        ("c-unchanged-to-full", _unchanged(one, rebuild), 0.25),
        ("d-pdf-step-to-bare-typst", _medians(pdf["step"], pdf["bare"]), 1.5),
        ("e-help-to-import-click", pairs(help_, imports), 1.6),
        ("f-serve-rebuild-to-cold", in_memory(_serve), 0.3),
        ("g-peak-memory-mb", _memory(two), 150),
        ("h-first-build-to-bare", in_memory(_first), 1.3),
        *_history(folder, lambda: bare(bare_one)),
        (
            "n-one-more-to-bare-in-process",
            _medians(in_one_process["ours"], in_one_process["bare"]),
            0.35,
        ),
        ("o-growth-of-process-mb", after_many - after_some, 10),
    ]
    return [
        Figure(name=name, value=value, limit=limit) for name, value, limit in figures
    ]


def _history(
    folder: Path, bare_build: Callable[[], float]
) -> list[tuple[str, float, float]]:
    """Measure what many releases cost: time and space."""
    few, many = _released(folder / "few", 1), _released(folder / "many", MANY)
    growth = (_bytes(many.folder / "site") - _bytes(few.folder / "site")) / (MANY - 1)
    own = sum(
        path.stat().st_size
        for path in (few.folder / "site").iterdir()
        if path.suffix in {".html", ".pdf"}
    )

    def release() -> float:
        few.edit()
        return run([*GUIDEGEN, "release", "--yes", *NOTE, str(few.folder)])[0]

    def verb(name: str) -> float:
        return run([*GUIDEGEN, name, str(many.folder)])[0]

    figures = [("i-build-many-to-one-release", pairs(many.cold, few.cold), 1.2)]
    # From here on there is a draft: `diff` has something to show.
    figures += [
        ("j-growth-to-own-pages", growth / own, 1.0),
        ("k-diff-to-bare", pairs(lambda: verb("diff"), bare_build), 0.45),
        ("l-status-to-bare", pairs(lambda: verb("status"), bare_build), 0.45),
        ("m-release-to-build", pairs(release, few.cold), 1.15),
    ]
    return figures


def _released(folder: Path, releases: int) -> Sample:
    """Return a sample with as many releases, built."""
    sample = Sample(folder, ["de"])
    run([sys.executable, str(RELEASES), str(folder), str(releases)])
    return sample


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _medians(first: list[float], second: list[float]) -> float:
    return statistics.median(first) / statistics.median(second)


def _unchanged(sample: Sample, rebuild: Callable[[], float]) -> float:
    """Return unchanged ÷ full, taken in turn: each full build is then repeated."""
    ratios = []
    for _ in range(RUNS):
        full = sample.cold()
        ratios.append(rebuild() / full)
    return statistics.median(ratios)


def in_memory(measurement: Callable[[Path], float]) -> float:
    """Return what is measured in a folder, in memory where Linux has some.

    ext4 looks past each file that was deleted within the last minutes
    (`recently_deleted`) whenever it makes one. Those are tens of thousands here, and
    forty for each edit where somebody writes.
    """
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        return measurement(Path(folder))


def _first(folder: Path) -> float:
    """Return a build that finds no cache ÷ a bare one, taken in turn."""
    sample = Sample(folder / "one", ["de"])
    bare_one = write_bare(Project(sample.folder), folder / "bare")
    return pairs(sample.first, lambda: bare(bare_one))


def _serve(folder: Path) -> float:
    """Return a rebuild in a process that has built ÷ a cold build, taken in turn."""
    return _rebuilt(Sample(folder / "edited", ["de"]), Sample(folder / "cold", ["de"]))


def _rebuilt(edited: Sample, sample: Sample) -> float:
    program = Path(__file__).with_name("rebuild.py")
    with subprocess.Popen(
        [sys.executable, str(program), str(edited.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        ask, answer = process.stdin, process.stdout
        if ask is None or answer is None:
            sys.exit("the measuring program cannot be talked to")

        def rebuild() -> float:
            ask.write("\n")
            ask.flush()
            return float(answer.readline())

        rebuild()
        return pairs(rebuild, sample.cold)


def _memory(sample: Sample) -> float:
    peaks = []
    for _ in range(RUNS):
        sample.edit()
        peaks.append(sample.build()[1])
    return statistics.median(peaks)


def main() -> None:
    """Print the figures; exit 1 if one is missed."""
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder))
    for figure in figures:
        print(figure.line())
    missed = any(figure.value > figure.limit for figure in figures)
    for name in ("alive.py", "publish.py"):
        program = [sys.executable, str(Path(__file__).with_name(name))]
        missed |= bool(subprocess.run(program, check=False).returncode)
    sys.exit(missed)


if __name__ == "__main__":
    main()
