"""What holds for the whole run: nothing is skipped in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the expected pages of `tests/scenarios/` be written anew, to be reviewed."""
    parser.addoption(
        "--rewrite", action="store_true", help="write the expected pages anew"
    )


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in which a test was skipped: `make test` installs what tests need."""
    reporter: TerminalReporter | None = session.config.pluginmanager.get_plugin(
        "terminalreporter"
    )
    if reporter and reporter.stats.get("skipped"):
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Say why a run of passed tests failed."""
    if terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("error: a skipped test fails the run", red=True)
