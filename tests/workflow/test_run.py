"""The commands of the workflow files, run for real as the platforms run them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.installed import ROOT, run_away, scripts_of

from guidegen.workflow import Platform, Publishing, make_workflow

pytestmark = [pytest.mark.slow, pytest.mark.proof]
DEMO = ROOT / "guideline_templates/dell/demo"
FOLDER = "Leitlinie für Soziale Medien"


class Runner:
    """Stands in for a platform's runner: a checkout, an environment, a shell."""

    def __init__(self, checkout: Path, environment: Path, wheel: Path) -> None:
        self.checkout = checkout
        self.environment = environment
        self.added = checkout.parent / "path"
        self.added.touch()
        # The container's package manager, which needs the network.
        programs = checkout.parent / "programs"
        programs.mkdir()
        (programs / "apt-get").write_text("#!/bin/sh\n", "utf-8")
        (programs / "apt-get").chmod(0o755)
        scripts = str(scripts_of(environment))
        self.variables = {
            "HOME": str(checkout.parent),
            "XDG_CACHE_HOME": str(checkout.parent / "cache"),
            "GITHUB_PATH": str(self.added),
            "PIP_FIND_LINKS": str(wheel.parent),
            "PATH": os.pathsep.join((str(programs), scripts, os.environ["PATH"])),
        }

    def guidegen(self, *arguments: str) -> None:
        program = scripts_of(self.environment) / "guidegen"
        folder = self.checkout / FOLDER
        run_away(program, *arguments, cwd=folder, variables=self.variables)

    def shell(self, script: str, variables: dict[str, str]) -> None:
        bash = ("bash", "-e", "-o", "pipefail", "-c", script)
        run_away(*bash, cwd=self.checkout, variables={**self.variables, **variables})
        self._take_path()

    def _take_path(self) -> None:
        """Do what a runner does after a step: search also the folders that it named."""
        for name in self.added.read_text("utf-8").split():
            scripts = Path(name)
            # A new environment finds what is installed in ours: downloads take long.
            [installed] = self.environment.glob("lib/python*/site-packages")
            [packages] = scripts.parent.glob("lib/python*/site-packages")
            (packages / "installed.pth").write_text(f"{installed}\n", "utf-8")
            path = self.variables["PATH"]
            self.variables["PATH"] = os.pathsep.join((name, path))
        self.added.write_text("", "utf-8")

    def job(self, workflow: dict[Any, Any], name: str) -> None:
        """Run a job's commands."""
        if "jobs" not in workflow:
            job = {**workflow[".guideline"], **workflow[f"guideline-{name}"]}
            script = "\n".join([*job["before_script"], *job["script"]])
            self.shell(script, job["variables"])
            return
        for step in workflow["jobs"][name]["steps"]:
            if "run" in step:
                self.shell(step["run"], workflow["env"])


@pytest.fixture
def runner(tmp_path: Path, environment: Path, wheel: Path) -> Runner:
    checkout = tmp_path / "checkout"
    shutil.copytree(DEMO, checkout / FOLDER)
    run_away("git", "init", "--quiet", cwd=checkout)
    return Runner(checkout, environment, wheel)


def _workflow(
    platform: Platform, runner: Runner, publishing: Publishing | None = None
) -> dict[Any, Any]:
    folder = runner.checkout / FOLDER
    made = make_workflow(platform, folder, language="en", publishing=publishing)
    data: dict[Any, Any] = yaml.safe_load(made.text)
    return data


def test_a_guideline_without_releases_is_built(runner: Runner) -> None:
    workflow = _workflow(Platform.GITHUB, runner)

    runner.job(workflow, "build")
    runner.job(workflow, "status")

    assert (runner.checkout / FOLDER / "site/index.html").is_file()
    assert (runner.checkout / FOLDER / "redline.html").is_file()


@pytest.mark.parametrize("platform", Platform)
def test_a_change_of_a_released_guideline_is_built_and_shown(
    platform: Platform, runner: Runner
) -> None:
    runner.guidegen("release", "--yes")
    runner.guidegen("set", "taboo_topics+=mergers")
    workflow = _workflow(platform, runner)

    runner.job(workflow, "build")
    runner.job(workflow, "status")

    folder = runner.checkout / FOLDER
    assert (folder / "site/guideline-de.pdf").is_file()
    assert "<ins" in (folder / "redline.html").read_text("utf-8")


@pytest.mark.parametrize("platform", [Platform.GITHUB, Platform.GITLAB])
def test_what_is_released_is_published_and_a_draft_is_not(
    platform: Platform, runner: Runner
) -> None:
    web = runner.checkout.parent / "web"
    answers = runner.checkout / FOLDER / "guideline.yml"
    with answers.open("a", encoding="utf-8") as file:
        file.write(f"publish:\n  intranet: {{kind: folder, path: {web}}}\n")
    workflow = _workflow(platform, runner, Publishing(targets=("intranet",)))
    runner.guidegen("release", "--yes")

    runner.job(workflow, "publish")

    page = web / "current" / "taboo-topics.html"
    released = page.read_text("utf-8")

    runner.guidegen("set", "taboo_topics+=mergers")
    runner.job(workflow, "publish")

    assert page.read_text("utf-8") == released
