from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.cli.conftest import Result
from tests.samples import sample_project

from guidegen.cli import serve
from guidegen.model.project import Project

Guidegen = Callable[..., Result]


class Preview:
    """A running `guidegen serve`, and what it has said so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)

    def says(self, pattern: str) -> str:
        """Wait until it has said this; return the match."""
        end = time.monotonic() + 60
        while not (found := re.search(pattern, "".join(self.lines))):
            assert time.monotonic() < end, self.lines
            time.sleep(0.05)
        return found[0]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=30)
        self._reader.join(timeout=10)
        return code


@contextmanager
def _serve(project: Project) -> Iterator[Preview]:
    command = [sys.executable, "-u", "-m", "guidegen", "serve", "--port", "0"]
    with subprocess.Popen(  # noqa: S603  # our own code
        [*command, str(project.folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env=os.environ | {"GUIDEGEN_LANG": "en"},
    ) as process:
        try:
            yield Preview(process)
        finally:
            process.kill()


def _get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310  # ours
        text: str = answer.read().decode()
        return text


def _wait_for_state(address: str, text: str) -> None:
    """Wait until open pages are told: they may be the instant after the terminal is."""
    end = time.monotonic() + 60
    while text not in (state := _get(f"{address}__guidegen__/state")):
        assert time.monotonic() < end, state
        time.sleep(0.05)


@pytest.mark.slow
def test_serve_follows_edits_survives_mistakes_and_ends_with_ctrl_c(
    tmp_path: Path,
) -> None:
    project = sample_project("agency", tmp_path)
    good = project.answers.read_text("utf-8")

    with _serve(project) as preview:
        address = preview.says(r"http://127\.0\.0\.1:\d+/")
        preview.says("Ctrl")
        assert "Bright &amp; Early" in _get(address)
        assert "/__guidegen__/preview.js" in _get(address)

        project.answers.write_text(good.replace("[en]", "[xx]"), encoding="utf-8")
        preview.says(r"error: .*guideline\.yml:4: ")
        _wait_for_state(address, "guideline.yml:4: ")
        assert "Bright &amp; Early" in _get(address)

        built = "".join(preview.lines).count("Rebuilt.")
        changed = good.replace("short_name: Bright & Early", "short_name: Brightest")
        project.answers.write_text(changed, encoding="utf-8")
        preview.says("(?s)" + "Rebuilt.*" * (built + 1))
        assert "Brightest" in _get(address)
        _wait_for_state(address, '"error": null')

        assert preview.stop() == 0

    assert not any("Traceback" in line for line in preview.lines)
    with pytest.raises(urllib.error.URLError):
        _get(address)


@pytest.mark.slow
def test_a_site_that_lies_in_the_project_is_never_shown(tmp_path: Path) -> None:
    project = sample_project("agency", tmp_path)
    project.site.mkdir()
    theirs = "<html><head></head><body><script>theirs</script></body></html>"
    (project.site / "index.html").write_text(theirs, encoding="utf-8")
    (project.site / "h").symlink_to(tmp_path)
    good = project.answers.read_text("utf-8")
    project.answers.write_text("format: 1\n", encoding="utf-8")

    with _serve(project) as preview:
        address = preview.says(r"http://127\.0\.0\.1:\d+/")
        broken = _get(address)
        project.answers.write_text(good, encoding="utf-8")
        preview.says("Rebuilt")
        built = _get(address)
        assert preview.stop() == 0

    assert "theirs" not in broken + built
    assert "guideline.yml" in broken
    assert "Bright &amp; Early" in built
    assert (project.site / "index.html").read_text("utf-8") == theirs
    assert not project.work.exists()


def test_a_port_that_is_taken_says_what_to_do(guidegen: Guidegen, here: Path) -> None:
    sample_project("agency", here)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        result = guidegen("serve", "--port", str(port))

    assert (result.code, result.out) == (1, "")
    assert result.err == (
        f"error: the port {port} is already in use\n"
        "hint: choose another one: guidegen serve --port 8001\n"
    )


def test_there_is_nothing_to_serve_without_answers(guidegen: Guidegen) -> None:
    result = guidegen("serve")

    assert result.code == 1
    assert "there is no guideline.yml here" in result.err


def test_a_mistake_of_ours_does_not_end_the_preview(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(serve, "build_project", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    said = serve._Builder(Project(tmp_path), None).build()  # noqa: SLF001

    assert said is not None
    assert said.startswith("error: something went wrong in guidegen")
    assert capsys.readouterr().err == f"{said}\n"


def test_the_same_mistake_is_printed_once_however_often_it_is_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = Project(tmp_path)
    project.answers.write_text("format: 1\n", encoding="utf-8")
    builder = serve._Builder(project, None)  # noqa: SLF001

    said = builder.build()
    again = builder.build()

    assert said == again
    assert said is not None
    assert capsys.readouterr().err == f"{said}\n"
