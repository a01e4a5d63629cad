"""A platform publishes by SFTP: its workflow file's step, with secrets as texts."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import asyncssh
import pytest
import yaml
from tests.publish.remote_servers import SftpServer

from guidegen.answers.read import read_targets
from guidegen.cli.ci import publishing_of
from guidegen.model.project import Project
from guidegen.workflow import Platform, Source, SourceKind, make_workflow

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "guideline_templates/dell/demo"


@pytest.fixture
def checkout(tmp_path: Path, sftp: SftpServer) -> Path:
    """Return a repository with a guideline that is published by SFTP."""
    folder = tmp_path / "checkout"
    shutil.copytree(DEMO, folder)
    (folder / ".git").mkdir()
    with (folder / "guideline.yml").open("a", encoding="utf-8") as answers:
        options = {"kind": "sftp", **sftp.options()}
        answers.write(yaml.safe_dump({"publish": {"web": options}}))
    _run(folder, f"{_GUIDEGEN} release --yes")
    return folder


_GUIDEGEN = f"{shlex.quote(sys.executable)} -m guidegen"


def _run(
    folder: Path, script: str, variables: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    # A runner knows nothing of the person's own settings.
    known = {n: v for n, v in os.environ.items() if not n.startswith("GUIDEGEN_")}
    return subprocess.run(  # noqa: S603  # our own command line
        ("bash", "-e", "-o", "pipefail", "-c", script),  # noqa: S607
        cwd=folder,
        env={**known, "GUIDEGEN_LANG": "en", **(variables or {})},
        capture_output=True,
        text=True,
        check=False,
    )


def _step(checkout: Path) -> tuple[str, set[str]]:
    """Return the script of the step that publishes, and its secrets' names."""
    project = Project(checkout)
    assert read_targets(project.answers)
    workflow = make_workflow(
        Platform.GITHUB,
        checkout,
        language="en",
        source=Source(kind=SourceKind.INDEX, text="guidegen==1.2.3"),
        publishing=publishing_of(project),
    )
    job = yaml.safe_load(workflow.text)["jobs"]["publish"]
    step = job["steps"][-1]
    return f'guidegen() {{ {_GUIDEGEN} "$@"; }}\n{step["run"]}', set(step["env"])


@pytest.mark.proof
@pytest.mark.slow
def test_a_platform_publishes_with_a_key_and_the_server_s_keys(
    checkout: Path, sftp: SftpServer, tmp_path: Path
) -> None:
    key = asyncssh.generate_private_key("ssh-ed25519")
    sftp.allow(key)
    script, names = _step(checkout)
    secrets = dict.fromkeys(names, "") | {
        "GUIDEGEN_PLACE": f"ssh://{sftp.options()['user']}@127.0.0.1:{sftp.port}",
        "GUIDEGEN_KNOWN_HOSTS": sftp.known_hosts.read_text("utf-8").strip(),
        "GUIDEGEN_WEB_PRIVATE_KEY": key.export_private_key().decode().strip(),
    }
    assert names == secrets.keys()
    home = {"FOLDER": ".", "HOME": str(tmp_path / "home")}

    for name in ("GUIDEGEN_PLACE", "GUIDEGEN_KNOWN_HOSTS", "GUIDEGEN_WEB_PRIVATE_KEY"):
        without = _run(checkout, script, {**home, **secrets, name: ""})
        assert without.returncode == 1, without.stdout + without.stderr
        assert not sftp.content()

    done = _run(checkout, script, {**home, **secrets})

    assert done.returncode == 0, done.stdout + done.stderr
    assert any(name.endswith("index.html") for name in sftp.content())
    assert secrets["GUIDEGEN_WEB_PRIVATE_KEY"] not in done.stdout + done.stderr
