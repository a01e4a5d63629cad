"""LibreOffice, where it is installed: it reads what Word will read."""

from __future__ import annotations

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
    program = os.environ.get("GUIDEGEN_SOFFICE") or shutil.which("soffice")
    if program is None:
        pytest.fail(
            "the tests of the Word file need LibreOffice: scripts/servers.sh installs"
            " it, or name it in GUIDEGEN_SOFFICE; `make fast` runs the tests that need"
            " none"
        )
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
