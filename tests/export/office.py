"""LibreOffice, where it is installed: it reads what Word will read."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest


def pdf_of(files: list[Path], work: Path) -> list[Path]:
    """Let LibreOffice turn Word files into PDFs and return where they are.

    Args:
        files: The Word files.
        work: An empty folder.
    """
    program = _program()
    command = [
        program,
        f"-env:UserInstallation={(work / 'profile').as_uri()}",
        *("--headless", "--norestore", "--convert-to", "pdf"),
        *("--outdir", str(work), *map(str, files)),
    ]
    subprocess.run(  # noqa: S603  # the program that was found above
        command, check=True, capture_output=True, timeout=120
    )
    return [work / f"{file.stem}.pdf" for file in files]


def decided(
    files: list[tuple[str, Path]], work: Path
) -> dict[tuple[str, Path], list[str]]:
    """Let LibreOffice accept or reject all changes, and return what files say then.

    Args:
        files: The Word files, each with what is done: it is `shown` as it is, or all
            changes are `accepted`, or `rejected`.
        work: An empty folder.

    Returns:
        The lines of each.
    """
    asked = {f"{way}={path}": (way, path) for way, path in files}
    program = _program()
    python = os.environ.get("GUIDEGEN_UNO_PYTHON", "/usr/bin/python3")
    script = Path(__file__).with_name("decide.py")
    # Debian's own Python, with nothing of the tests' environment.
    done = subprocess.run(  # noqa: S603  # ours, on files of ours
        [python, "-I", str(script), program, str(work), *asked],
        check=False,
        capture_output=True,
        text=True,
        timeout=180,
    )
    if done.returncode:
        pytest.fail(
            f"{python} has no LibreOffice (python3-uno): scripts/servers.sh installs"
            " it, or name a Python that has it in GUIDEGEN_UNO_PYTHON\n"
            f"{done.stderr}"
        )
    return {asked[name]: found for name, found in json.loads(done.stdout).items()}


def _program() -> str:
    program = os.environ.get("GUIDEGEN_SOFFICE") or shutil.which("soffice")
    if program is None:
        pytest.fail(
            "the tests of the Word file need LibreOffice: scripts/servers.sh installs"
            " it, or name it in GUIDEGEN_SOFFICE; `make fast` runs the tests that need"
            " none"
        )
    return program
