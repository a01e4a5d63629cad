"""Paths as file managers and terminals give them."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from guidegen.schema.scalars import Refused
from guidegen.schema.typed_paths import find_file

pytestmark = pytest.mark.skipif(os.name == "nt", reason="paths of Linux and macOS")


@pytest.fixture
def logo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file with all that makes a path hard to type."""
    monkeypatch.setenv("HOME", str(tmp_path))
    path = tmp_path / "Bilder & Co" / "Unser Löwe's Logo.svg"
    path.parent.mkdir()
    path.touch()
    return path


@pytest.mark.parametrize(
    "typed",
    [
        "{path}",
        "  {path}  \r\n",
        '"{path}"',
        "„{path}“",
        "“{path}”",
        "'{shell}'",
        "\u202a{path}",
        "{escaped}",
        "{escaped} ",
        "file://{quoted}",
        "file://localhost{quoted}",
        '"file://{quoted}"',
        "~/Bilder & Co/Unser Löwe's Logo.svg",
        '"~/Bilder & Co/Unser Löwe\'s Logo.svg"',
        "Bilder & Co/Unser Löwe's Logo.svg",
        "Bilder & Co\\Unser Löwe's Logo.svg",
        "{apart}",
    ],
)
def test_a_path_is_understood_as_it_is_given(typed: str, logo: Path) -> None:
    path = str(logo)
    text = typed.format(
        path=path,
        # As GNOME quotes what is dropped into a terminal.
        shell=path.replace("'", "'\\''"),
        escaped="".join(f"\\{each}" if each in " &'" else each for each in path),
        quoted=path.replace(" ", "%20").replace("ö", "%C3%B6"),
        apart=unicodedata.normalize("NFD", path),
    )

    assert find_file(text, logo.parents[1]).samefile(logo)


def test_the_project_s_file_comes_before_one_in_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "project").mkdir()
    for folder in (tmp_path, tmp_path / "project"):
        (folder / "logo.svg").touch()
    monkeypatch.chdir(tmp_path)

    assert find_file("logo.svg", tmp_path / "project").parent == tmp_path / "project"


@pytest.mark.parametrize(
    "typed",
    [
        *("C:\\Users\\mira\\logo.svg", '"C:\\Users\\Mira L\\logo.svg"', "d:/logo.svg"),
        *("\\\\server\\share\\logo.svg", "file:///C:/Users/mira/logo.svg"),
        *("file://server/share/logo.svg", "& 'C:\\logo.svg'"),
    ],
)
def test_a_path_of_windows_says_so_elsewhere(typed: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        find_file(typed, tmp_path)

    assert refused.value.message == "value-file-windows"


@pytest.mark.parametrize(
    "typed", ["nothing.svg", "~nobody/x.svg", '"', "a\0b", "", "x" * 5_000, "file:"]
)
def test_what_is_not_there_says_so(typed: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        find_file(typed, tmp_path)

    assert refused.value.message == "interview-file-missing"
