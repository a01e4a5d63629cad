"""Runs guidegen in processes of their own in which all is loaded already.

To import guidegen and its libraries takes longer than what a test then kills.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

from guidegen.cli import cli
from guidegen.cli.boundary import run

_LOADED = (
    *("tests.forked", "tests.pack.newer", "guidegen.cli.build", "guidegen.cli.release"),
    *("guidegen.cli.upgrade", "guidegen.pipeline.build", "guidegen.pipeline.upgrade"),
    *("guidegen.pipeline.release", "guidegen.pipeline.withdraw", "guidegen.interview"),
    *("guidegen.pack.read", "guidegen.compare", "guidegen.compare.redline_as_html"),
    *("guidegen.render.environment", "guidegen.site.build", "guidegen.site.engine"),
    *("guidegen.site.archive", "guidegen.pdf.build", "guidegen.pdf.compile", "typst"),
    *("markdown", "yaml", "jinja2", "segno", "material", "pygments.lexers"),
    *("mkdocs.commands.build", "mkdocs.structure.pages", "mkdocs.utils.yaml"),
)
"""What all processes share: the server that they are forked from imports it once."""


def forked(target: Callable[..., None], *arguments: object) -> BaseProcess:
    """Start a function, one of a module, in a process of its own."""
    context = get_context("forkserver")
    context.set_forkserver_preload(list(_LOADED))
    # The server has the variables of the moment at which it was started.
    variables = dict(os.environ)
    process = context.Process(target=_call, args=(variables, target, arguments))
    process.start()
    return process


def start_guidegen(*arguments: str, says: Path) -> BaseProcess:
    """Start guidegen as the entry point does.

    Args:
        arguments: What is typed after `guidegen`.
        says: The file for what it prints.
    """
    return forked(_guidegen, arguments, says)


def _call(
    variables: Mapping[str, str],
    target: Callable[..., None],
    arguments: tuple[object, ...],
) -> None:
    os.environ.clear()
    os.environ.update(variables)
    target(*arguments)


def _guidegen(arguments: tuple[str, ...], says: Path) -> None:
    said = os.open(says, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(said, 1)
    os.dup2(said, 2)
    run(cli, arguments)
