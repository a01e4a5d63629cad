"""Runs guidegen as if other built-in packs were installed, up to where it is killed."""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests.forked import forked

import guidegen
from guidegen.cli import cli
from guidegen.cli.boundary import run


def start(
    packs: Path, *arguments: str, project: Path, moment: float = 0
) -> BaseProcess:
    """Start guidegen in a process of its own, in which all is loaded already.

    Args:
        packs: The folder of the built-in packs.
        arguments: What is typed after `guidegen`, without the project's folder.
        project: That folder.
        moment: When it kills itself: before the project's file of that number is moved
            to its place, with a half after it was (`7.5`). 0: never.
    """
    return forked(_run, packs, arguments, project, moment)


def _run(packs: Path, arguments: tuple[str, ...], project: Path, moment: float) -> None:
    guidegen.TEMPLATE_PACKS = (packs,)
    _kill_around(moment, project)
    with Path(os.devnull).open("w", encoding="utf-8") as nothing:
        sys.stdout = sys.stderr = nothing
        run(cli, [*arguments, str(project)])


def _kill_around(moment: float, project: Path) -> None:
    numbers, replace = count(1), os.replace

    def counted(source: str, target: str, **handles: int) -> None:
        # Only what is written into a project is named from a folder's handle on.
        ours = bool(handles) or Path(target).is_relative_to(project)
        number = next(numbers) if ours else 0
        if ours and number == moment:
            os.kill(os.getpid(), signal.SIGKILL)
        replace(source, target, **handles)
        if number + 0.5 == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    os.replace = counted  # type: ignore[assignment]  # the process is a test's own
