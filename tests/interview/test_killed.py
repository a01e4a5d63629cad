"""A real process in a real terminal, stopped and killed: nothing is lost."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from guidegen.answers.read import read_answers

pytestmark = pytest.mark.slow

PATIENCE = 30.0


class Terminal:
    """A terminal in which guidegen runs."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.shown = ""
        self.handle, inner = pty.openpty()
        self.process = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-m", "guidegen", *arguments],
            cwd=folder,
            env=os.environ | {"GUIDEGEN_LANG": "en", "TERM": "xterm"},
            stdin=inner,
            stdout=inner,
            stderr=inner,
        )
        os.close(inner)

    def wait_for(self, text: str) -> None:
        """Read until a text is shown."""
        end = time.monotonic() + PATIENCE
        while text not in self.shown:
            ready, _, _ = select.select([self.handle], [], [], 1)
            try:
                self.shown += os.read(self.handle, 4096).decode() if ready else ""
            except OSError:  # the other side has closed
                break
            assert time.monotonic() < end, self.shown
        assert text in self.shown, self.shown
        self.shown = self.shown.partition(text)[2]

    def type(self, *lines: str) -> None:
        """Type lines, each when it is asked for."""
        for line in lines:
            self.wait_for("> ")
            os.write(self.handle, f"{line}\n".encode())

    def end(self, number: int | None = None) -> int:
        """Return the exit code, or minus the signal that was sent."""
        if number is not None:
            self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def interrupt(self) -> None:
        """Do what Ctrl-C does; Python misses it in the instant before it reads."""
        for _ in range(5):
            self.process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(PATIENCE / 5)
                return

    def close(self) -> None:
        """Leave nothing behind."""
        self.process.kill()
        self.process.wait()
        os.close(self.handle)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """Return a function that starts guidegen in a terminal."""
    terminals: list[Terminal] = []

    def start_guidegen(*arguments: str) -> Terminal:
        terminals.append(Terminal(tmp_path, *arguments))
        return terminals[-1]

    yield start_guidegen
    for terminal in terminals:
        terminal.close()


def test_a_killed_interview_goes_on_where_it_was(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    first = start("init", "acme", "--plain", "--no-build")
    first.type("1", "Acme Ltd")
    first.wait_for("Question 3")
    assert first.end(signal.SIGKILL) == -signal.SIGKILL

    second = start("init", "acme", "--plain", "--no-build")
    second.wait_for("You have already answered questions here (2)")
    second.type("1")
    second.wait_for("Question 3")
    second.type("", "1", "4")
    second.wait_for("Question 6")
    second.end(signal.SIGHUP)

    third = start("init", "acme", "--plain", "--no-build")
    third.wait_for("You have already answered questions here (5)")
    third.type("1", "", "Jo", "", "wrong", "jo@acme.example", "", "", "")
    third.type("", "", "1", "no", "Jo", "")
    third.type("1")
    third.wait_for("Your answers are in acme/guideline.yml")
    assert third.end() == 0

    answers, _ = read_answers(tmp_path / "acme" / "guideline.yml")
    assert answers.company.name.get("en") == "Acme Ltd"
    assert answers.company.countries == ("GB",)


def test_control_c_ends_with_130_and_the_command_that_goes_on(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    terminal = start("init", "acme", "--plain")
    terminal.type("1", "Acme Ltd")
    terminal.wait_for("Question 3")
    terminal.wait_for("> ")

    terminal.interrupt()

    terminal.wait_for("guidegen init -C acme --plain")
    assert terminal.end() == 130
    assert not (tmp_path / "acme" / "guideline.yml").exists()


def test_menus_work_in_a_real_terminal(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    terminal = start("init", "acme", "--no-build")
    terminal.wait_for("Which languages")
    os.write(terminal.handle, b"\r")
    terminal.wait_for("What’s your company called?")
    os.write(terminal.handle, "Säge & Söhne\r".encode())
    terminal.wait_for("for short?")

    os.write(terminal.handle, b"\x03")

    terminal.wait_for("guidegen init -C acme")
    assert terminal.end() == 130
    journal = tmp_path / "acme" / ".guidegen" / "interview.jsonl"
    assert "S\\u00e4ge & S\\u00f6hne" in journal.read_text(encoding="utf-8")
