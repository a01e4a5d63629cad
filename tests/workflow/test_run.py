"""The commands of the workflow files, run for real as the platforms run them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.installed import ROOT, run_away, scripts_of

from guidegen.workflow import Platform, make_workflow

pytestmark = pytest.mark.slow
DEMO = ROOT / "guideline_templates/dell/demo"
FOLDER = "Leitlinie für Soziale Medien"


class Runner:
    """Stands in for a platform's runner: a checkout, an environment, a shell."""

    def __init__(self, checkout: Path, environment: Path, wheel: Path) -> None:
        self.checkout = checkout
        home = checkout.parent / "home"
        programs = home / "programs"
        programs.mkdir(parents=True)
        # What Forgejo's job makes for itself; and the container's package manager.
        (home / "guidegen").symlink_to(environment)
        (programs / "apt-get").write_text("#!/bin/sh\n", "utf-8")
        (programs / "apt-get").chmod(0o755)
        self.variables = {
            "HOME": str(home),
            "XDG_CACHE_HOME": str(home / "cache"),
            "GITHUB_PATH": str(home / "path"),
            "PIP_FIND_LINKS": str(wheel.parent),
            "PATH": os.pathsep.join(
                (str(scripts_of(environment)), str(programs), os.environ["PATH"])
            ),
        }

    def guidegen(self, *arguments: str) -> str:
        return run_away(
            scripts_of(Path(self.variables["HOME"]) / "guidegen") / "guidegen",
            *arguments,
            cwd=self.checkout / FOLDER,
            variables=self.variables,
        )

    def shell(self, script: str, variables: dict[str, str]) -> str:
        return run_away(
            *("bash", "-e", "-o", "pipefail", "-c", script),
            cwd=self.checkout,
            variables={**self.variables, **variables},
        )

    def job(self, workflow: dict[Any, Any], name: str) -> str:
        """Run a job's commands; return what they print."""
        if "jobs" not in workflow:
            job = {**workflow[".guideline"], **workflow[f"guideline-{name}"]}
            script = "\n".join([*job["before_script"], *job["script"]])
            return self.shell(script, job["variables"])
        return "".join(
            self.shell(step["run"], workflow["env"])
            for step in workflow["jobs"][name]["steps"]
            if "run" in step
        )


@pytest.fixture
def runner(tmp_path: Path, environment: Path, wheel: Path) -> Runner:
    checkout = tmp_path / "checkout"
    shutil.copytree(DEMO, checkout / FOLDER)
    run_away("git", "init", "--quiet", cwd=checkout)
    return Runner(checkout, environment, wheel)


def _workflow(platform: Platform, runner: Runner) -> dict[Any, Any]:
    made = make_workflow(platform, runner.checkout / FOLDER, language="en")
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
    runner.guidegen("release")
    runner.guidegen("set", "taboo_topics+=mergers")
    workflow = _workflow(platform, runner)

    runner.job(workflow, "build")
    runner.job(workflow, "status")

    folder = runner.checkout / FOLDER
    assert (folder / "site/guideline-de.pdf").is_file()
    assert "<ins" in (folder / "redline.html").read_text("utf-8")
