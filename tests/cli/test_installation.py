from __future__ import annotations

import json
import shlex
import sys
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest

from guidegen.cli import installation
from guidegen.cli.installation import Installer, find_installer, install_command
from guidegen.cli.localize import localized, speaking

GIT = {"vcs": "git", "commit_id": "4"}


class _Guidegen(Distribution):
    """An installation of guidegen, with what its installer noted."""

    def __init__(self, noted: dict[str, object] | None) -> None:
        self._noted = noted

    def read_text(self, filename: str) -> str | None:
        if filename == "direct_url.json":
            return None if self._noted is None else json.dumps(self._noted)
        return (
            "Metadata-Version: 2.1\nName: guidegen\nVersion: 1\n"
            "Provides-Extra: there\nProvides-Extra: sftp\n"
            "Requires-Dist: click\n"
            "Requires-Dist: pytest; extra == 'there'\n"
            "Requires-Dist: not-there-at-all; extra == 'sftp'\n"
        )

    def locate_file(self, path: object) -> Path:
        return Path(str(path))


def _installed_from(
    monkeypatch: pytest.MonkeyPatch, noted: dict[str, object] | None
) -> None:
    def find(name: str) -> Distribution:
        return _Guidegen(noted) if name == "guidegen" else distribution(name)

    monkeypatch.setattr(installation, "distribution", find)


@pytest.mark.parametrize(
    ("file", "text", "installer"),
    [
        ("pipx_metadata.json", "{}", Installer.PIPX),
        ("uv-receipt.toml", "", Installer.UV_TOOL),
        ("pyvenv.cfg", "home = /usr/bin\nuv = 0.9.1\n", Installer.UV),
        ("pyvenv.cfg", "home = /usr/bin\n", Installer.PIP),
        ("lib/EXTERNALLY-MANAGED", "", Installer.MANAGED),
        ("anything", "", Installer.PIP),
    ],
)
def test_each_installer_is_known_by_its_mark(
    file: str,
    text: str,
    installer: Installer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(installation, "find_spec", lambda _name: None)
    # pipx and uv make virtual environments as well.
    if installer in {Installer.PIPX, Installer.UV_TOOL}:
        (tmp_path / "pyvenv.cfg").write_text("uv = 0.9.1\n", "utf-8")
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text, "utf-8")

    assert find_installer(tmp_path, tmp_path / "lib") is installer


@pytest.mark.parametrize(
    ("installer", "words"),
    [
        (Installer.PIPX, ["pipx", "install", "--force"]),
        (Installer.UV_TOOL, ["uv", "tool", "install", "--force"]),
        (Installer.UV, ["uv", "pip", "install", "--python", sys.executable]),
        (Installer.PIP, [sys.executable, "-m", "pip", "install"]),
        (Installer.MANAGED, ["pipx", "install"]),
    ],
)
def test_the_command_is_the_installer_s_own_and_keeps_other_extras(
    installer: Installer, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _installed_from(monkeypatch, None)

    command = install_command("sftp", installer)

    assert shlex.split(command) == [*words, "guidegen[sftp,there]"]
    assert command.endswith('"guidegen[sftp,there]"')


@pytest.mark.parametrize(
    ("noted", "wanted"),
    [
        (
            {
                "url": "https://g.example/g",
                "vcs_info": {"vcs": "git", "commit_id": "4"},
            },
            "guidegen[sftp,there] @ git+https://g.example/g@4",
        ),
        (
            {"url": "https://g.example/guidegen-1-py3-none-any.whl"},
            "guidegen[sftp,there] @ https://g.example/guidegen-1-py3-none-any.whl",
        ),
        ({"url": "file:///our%20files/g.whl"}, "/our files/g.whl[sftp,there]"),
    ],
)
def test_it_comes_from_where_it_came_from(
    noted: dict[str, object], wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _installed_from(monkeypatch, noted)

    assert shlex.split(install_command("sftp", Installer.PIP))[-1] == wanted


@pytest.mark.parametrize("lang", ["de", "en"])
def test_messages_name_the_command(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _installed_from(monkeypatch, None)
    monkeypatch.setattr(installation, "find_installer", lambda: Installer.PIPX)

    with speaking(["--lang", lang]):
        extra = localized("error-publish-extra-hint", kind="sftp")
        fonts = localized("pdf-characters-need-cjk", page="x", characters="y")

    assert 'pipx install --force "guidegen[sftp,there]"' in extra
    assert 'pipx install --force "guidegen[cjk,there]"' in fonts
