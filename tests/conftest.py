"""What holds for the whole run: nothing is skipped in silence."""

from __future__ import annotations

import gc
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Literal

import pytest
from _pytest.terminal import TerminalReporter
from hypothesis import settings
from tests.installed import build_packages, install, once

# How long an example takes says nothing where other tests share the processor.
settings.register_profile("guidegen", deadline=None)
settings.load_profile("guidegen")

# Also where PYTHONDONTWRITEBYTECODE is set: every worker would otherwise compile all
# tests anew, and every guidegen that a test starts all of guidegen.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

_MEMORY = Path("/dev/shm")  # noqa: S108  # pytest makes a folder of its own there
"""Where Linux keeps files in memory."""
_ROOM = 4 << 30
"""Bytes that must be free there; the slow tests fill less than a tenth of them."""


def _write_into_memory() -> None:
    """Let tests write into memory, not to a disk, where there is room for it.

    A disk takes long to make and delete tens of thousands of files. `TMPDIR` says
    otherwise.
    """
    if "TMPDIR" in os.environ or not os.access(_MEMORY, os.W_OK):
        return
    system = os.statvfs(_MEMORY)
    runs_programs = not system.f_flag & os.ST_NOEXEC
    if runs_programs and system.f_bavail * system.f_frsize >= _ROOM:
        os.environ["TMPDIR"] = str(_MEMORY)
        tempfile.tempdir = None


if sys.platform == "linux":
    _write_into_memory()

# At the beginning of a line: what all tests of a module are.
_ALL_SLOW = re.compile(r"^pytestmark = .*\bpytest\.mark\.slow\b", re.MULTILINE)
_ALL_PROOF = re.compile(r"^pytestmark = .*\bpytest\.mark\.proof\b", re.MULTILINE)

_UNWANTED: Mapping[str, Callable[[str], object]] = {
    "not slow": _ALL_SLOW.search,
    "slow and not proof": lambda text: (
        "pytest.mark.slow" not in text or _ALL_PROOF.search(text)
    ),
}
"""By marks that are wanted: whether a module's text says that it has no such test."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the expected pages of `tests/scenarios/` be written anew, to be reviewed."""
    parser.addoption(
        "--rewrite", action="store_true", help="write the expected pages anew"
    )


def pytest_ignore_collect(
    collection_path: Path, config: pytest.Config
) -> Literal[True] | None:
    """Leave modules unread all of whose tests are known not to be wanted.

    To import them, and the browsers and servers that they import, takes a second.
    Where coverage is measured, all is imported: a definition counts once it was made.
    """
    unwanted = _UNWANTED.get(config.option.markexpr)
    if unwanted is None or config.getoption("cov_source", None):
        return None
    path = collection_path
    modules = path.rglob("test_*.py") if path.is_dir() else [path]
    texts = [it.read_text("utf-8") for it in modules if it.match("test_*.py")]
    return all(map(unwanted, texts)) or None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin each worker's share with its part of the long tests.

    Otherwise one of them, begun late, keeps all others waiting at the end. Shares are
    as `--dist worksteal` hands them out at first: of equal numbers, in order.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long = [item for item in items if item.get_closest_marker("long")]
    others = iter([item for item in items if not item.get_closest_marker("long")])
    shares: list[pytest.Item] = []
    for worker in range(workers):
        first = long[worker::workers]
        size = (len(items) - len(shares)) // (workers - worker)
        shares += first
        shares += islice(others, max(0, size - len(first)))
    items[:] = [*shares, *others]


def pytest_collection_finish() -> None:
    """Spare the garbage collector the thousands of tests, which live to the end."""
    gc.collect()
    gc.freeze()


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


@pytest.fixture(scope="session")
def cache_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where guidegen keeps things in place of the user's own cache."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session", autouse=True)
def _settings_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Leave the places alone that the person at this computer has agreed to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("settings")))
        # Their keyring, too: to look for one takes each process a tenth of a second.
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        yield


@pytest.fixture
def own_cache(cache_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the user's own cache alone."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_home))


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the sdist and the wheel, built as for a release."""
    return once(tmp_path_factory, "packages", build_packages)


@pytest.fixture(scope="session")
def wheel(packages: Path) -> Path:
    """Return the wheel."""
    [path] = packages.glob("*.whl")
    return path


@pytest.fixture(scope="session")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a fresh environment that the wheel is installed into."""
    return once(tmp_path_factory, "installed", lambda folder: install(wheel, folder))
