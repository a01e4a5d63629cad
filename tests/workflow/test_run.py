"""The commands of the workflow files, run for real as the platforms run them."""

from __future__ import annotations

import os
import re
import shutil
import venv
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.installed import ROOT, once, run_away, scripts_of

from guidegen import __version__

pytestmark = [pytest.mark.slow, pytest.mark.proof]
DEMO = ROOT / "guideline_templates/dell/demo"
FOLDER = "Leitlinie für Soziale Medien"


class Runner:
    """Stands in for a platform's runner: a checkout, an environment, a shell."""

    def __init__(self, checkout: Path, environment: Path) -> None:
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


@pytest.fixture(scope="session")
def locked(
    environment: Path, wheel: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return a checkout with the wheel in it, and the lock file as pip chooses it."""

    def make(folder: Path) -> None:
        shutil.copytree(DEMO, folder / FOLDER)
        (folder / "wheels").mkdir()
        shutil.copy(wheel, folder / "wheels")
        run_away("git", "init", "--quiet", cwd=folder)
        guidegen = scripts_of(environment) / "guidegen"
        ci = (guidegen, "ci", "github", "-C", FOLDER)
        run_away(*ci, "--install", f"wheels/{wheel.name}", cwd=folder)

    return once(tmp_path_factory, "locked", make)


@pytest.fixture(scope="session")
def machine(locked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a fresh environment in which a workflow has installed guidegen."""

    def make(folder: Path) -> None:
        venv.create(folder, with_pip=True)
        path = os.pathsep.join((str(scripts_of(folder)), os.environ["PATH"]))
        data = yaml.safe_load(
            (locked / ".github/workflows/guideline.yml").read_text("utf-8")
        )
        [step] = [
            step
            for step in data["jobs"]["build"]["steps"]
            if step["name"] == "Install guidegen"
        ]
        variables = {**data["env"], "PATH": path}
        run_away("bash", "-e", "-c", step["run"], cwd=locked, variables=variables)

    return once(tmp_path_factory, "machine", make)


@pytest.fixture
def runner(tmp_path: Path, locked: Path, machine: Path) -> Runner:
    checkout = tmp_path / "checkout"
    shutil.copytree(locked, checkout)
    return Runner(checkout, machine)


def _workflow(platform: str, runner: Runner) -> dict[Any, Any]:
    # Nothing is chosen anew: the lock file is there.
    runner.guidegen("ci", platform)
    path = {
        "github": ".github/workflows/guideline.yml",
        "gitlab": ".gitlab-ci.yml",
        "forgejo": ".forgejo/workflows/guideline.yml",
    }[platform]
    data: dict[Any, Any] = yaml.safe_load((runner.checkout / path).read_text("utf-8"))
    return data


def test_what_is_installed_is_what_the_lock_file_says(runner: Runner) -> None:
    lock = (runner.checkout / FOLDER / "ci-requirements.txt").read_text("utf-8")
    python = scripts_of(runner.environment) / "python"
    installed = run_away(
        *(python, "-m", "pip", "list", "--format=freeze"), cwd=runner.checkout
    )

    pins = re.findall(r"^([\w.-]+)==(\S+) \\$", lock, re.MULTILINE)
    assert len(pins) > 20
    found = {
        re.sub(r"[-_.]+", "-", name).lower(): version
        for name, _, version in (
            line.partition("==") for line in installed.splitlines()
        )
    }
    assert found["guidegen"] == __version__
    for name, version in pins:
        # Some are for other Pythons or for Windows alone.
        assert found.get(name, version) == version
    assert set(found) - dict(pins).keys() <= {"guidegen", "pip", "setuptools", "wheel"}


def test_a_file_that_was_exchanged_is_not_installed(
    locked: Path, tmp_path: Path
) -> None:
    shutil.copytree(locked, tmp_path / "checkout")
    [wheel] = (tmp_path / "checkout/wheels").iterdir()
    with wheel.open("ab") as file:
        file.write(b"more")
    venv.create(tmp_path / "fresh", with_pip=True)
    pip = (scripts_of(tmp_path / "fresh") / "python", "-m", "pip", "install")
    lock = Path(FOLDER, "ci-requirements.txt")

    with pytest.raises(AssertionError, match="DO NOT MATCH THE HASHES"):
        run_away(
            *(*pip, "--require-hashes", "--no-deps", "--requirement", lock),
            cwd=tmp_path / "checkout",
        )


def test_a_commit_is_installed(
    packages: Path, environment: Path, tmp_path: Path
) -> None:
    """The server is a folder here; everything else is as in a run."""
    [source] = (packages / "unpacked").iterdir()
    origin, checkout = tmp_path / "origin", tmp_path / "checkout"
    shutil.copytree(source, origin)
    git = ("git", "-c", "user.name=me", "-c", "user.email=me@example.org")
    run_away(*git, "init", "--quiet", cwd=origin)
    run_away(*git, "add", "--all", "--force", cwd=origin)
    run_away(*git, "commit", "--quiet", "--message=All", cwd=origin)
    commit = run_away(*git, "rev-parse", "HEAD", cwd=origin).strip()
    shutil.copytree(DEMO, checkout / FOLDER)
    run_away("git", "init", "--quiet", cwd=checkout)
    server = {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{origin.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://git.example/guidegen.git",
    }
    run_away(
        *(scripts_of(environment) / "guidegen", "ci", "gitlab", "-C", FOLDER),
        *("--install", f"git+https://git.example/guidegen.git@{commit}"),
        cwd=checkout,
        variables=server,
    )
    data = yaml.safe_load((checkout / ".gitlab-ci.yml").read_text("utf-8"))
    venv.create(tmp_path / "fresh", with_pip=True)
    scripts = scripts_of(tmp_path / "fresh")
    path = os.pathsep.join((str(scripts), os.environ["PATH"]))
    variables = {**server, **data[".guideline"]["variables"], "PATH": path}

    for line in data[".guideline"]["before_script"]:
        run_away("bash", "-e", "-c", line, cwd=checkout, variables=variables)

    assert __version__ in run_away(scripts / "guidegen", "--version", cwd=checkout)


def test_a_guideline_without_releases_is_built(runner: Runner) -> None:
    workflow = _workflow("github", runner)

    runner.job(workflow, "build")
    runner.job(workflow, "status")

    assert (runner.checkout / FOLDER / "site/index.html").is_file()
    assert (runner.checkout / FOLDER / "redline.html").is_file()


@pytest.mark.parametrize("platform", ["github", "gitlab", "forgejo"])
def test_a_change_of_a_released_guideline_is_built_and_shown(
    platform: str, runner: Runner
) -> None:
    runner.guidegen("release", "--yes")
    runner.guidegen("set", "taboo_topics+=mergers")
    workflow = _workflow(platform, runner)

    runner.job(workflow, "build")
    runner.job(workflow, "status")

    folder = runner.checkout / FOLDER
    assert (folder / "site/guideline-de.pdf").is_file()
    assert "<ins" in (folder / "redline.html").read_text("utf-8")


@pytest.mark.parametrize("platform", ["github", "gitlab"])
def test_what_is_released_is_published_and_a_draft_is_not(
    platform: str, runner: Runner
) -> None:
    web = runner.checkout.parent / "web"
    answers = runner.checkout / FOLDER / "guideline.yml"
    with answers.open("a", encoding="utf-8") as file:
        file.write(f"publish:\n  intranet: {{kind: folder, path: {web}}}\n")
    workflow = _workflow(platform, runner)
    runner.guidegen("release", "--yes")

    runner.job(workflow, "publish")

    page = web / "current" / "taboo-topics.html"
    released = page.read_text("utf-8")

    runner.guidegen("set", "taboo_topics+=mergers")
    runner.job(workflow, "publish")

    assert page.read_text("utf-8") == released
