"""A command that a message prints can be pasted."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from guidegen.cli.shell_quoting import guidegen_command, is_here, quoted, typed_path

NASTY = st.sampled_from(
    [*"abcäß ß'\"$`\\!*?[]{}()<>|&;#~%^=,@:“”„‘’-+./\t\n", "C:\\", "$(x)", "--"]
)
NAMES = st.lists(NASTY, min_size=1, max_size=12).map("".join)


def _argv(line: str) -> list[str]:
    """Return what a Windows program is handed (CommandLineToArgvW)."""
    words, word, quotes, backslashes, begun = [], "", False, 0, False
    for character in f"{line} ":
        if character == "\\":
            backslashes += 1
            continue
        if character == '"':
            word += "\\" * (backslashes // 2)
            if backslashes % 2:
                word += '"'
            else:
                quotes, begun = not quotes, True
        else:
            word += "\\" * backslashes
            if character == " " and not quotes:
                if word or begun:
                    words.append(word)
                word, begun = "", False
            else:
                word += character
        backslashes = 0
    return words


# Starting a shell takes as long as the machine is busy: that is no fault of a name.
@pytest.mark.slow
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(NAMES.filter(lambda name: "\0" not in name), min_size=1, max_size=3))
@example(["it's", "$HOME", "`x`", "a\nb"])
def test_a_shell_takes_it_as_it_was_meant(names: list[str]) -> None:
    line = quoted(names, windows=False)

    result = subprocess.run(  # noqa: S603  # quoted, which is what is tested
        ["/bin/sh", "-c", f"printf '%s\\0' {line}"], capture_output=True, check=True
    )

    assert result.stdout.decode().split("\0")[:-1] == names


@given(NAMES)
@example("C:\\demo")
@example("C:\\my demo\\")
def test_windows_takes_it_in_both_shells(name: str) -> None:
    line = quoted(["guidegen", "release", "-C", name], windows=True)

    *_, typed = _argv(line)
    expected = re.sub(r"[\"$%`!“”„\x00-\x1f]", "?", name)
    assert typed == expected
    *_, word = line.split("-C ", 1)
    if word.startswith('"'):
        # Nothing inside double quotes means anything to cmd or PowerShell.
        assert not set(word[1:-1]) & set('"$%`!“”„\n\t')
    else:
        assert re.fullmatch(r"[\w./\\:+=-]+", word, re.ASCII)


def test_what_needs_no_quotes_has_none() -> None:
    assert quoted(["guidegen", "release", "-C", "C:\\demo"], windows=True) == (
        "guidegen release -C C:\\demo"
    )
    assert quoted(["guidegen", "release", "-C", "C:\\my demo"], windows=True) == (
        'guidegen release -C "C:\\my demo"'
    )


def test_the_project_is_named_only_where_the_reader_does_not_stand_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "a b"
    (project / "sections/de").mkdir(parents=True)
    (project / "guideline.yml").touch()

    monkeypatch.chdir(tmp_path)
    assert guidegen_command("build", folder=project) == "guidegen build -C 'a b'"
    monkeypatch.chdir(project)
    assert guidegen_command("build", folder=project) == "guidegen build"
    assert guidegen_command("build", folder=Path("../a b")) == "guidegen build"
    monkeypatch.chdir(project / "sections/de")
    assert guidegen_command("set", "a=b c", folder=project) == "guidegen set 'a=b c'"
    assert guidegen_command("build", folder=tmp_path) == f"guidegen build -C {tmp_path}"


def test_a_new_folder_is_here_if_the_reader_stands_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert is_here(tmp_path)
    assert is_here(Path())
    assert not is_here(tmp_path / "new")


def test_a_folder_cannot_steer_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert guidegen_command("build", folder=Path("a\x1b[2Jb")) == (
        r"guidegen build -C $'a\033[2Jb'"
    )
    # And the line means the same folder (bash: dash has no such quotes).
    name = "it's \x1b[2J\u202e\\ \x9b"
    line = quoted(["printf", "%s", name], windows=False)
    assert line.isascii()
    shown = subprocess.run(  # noqa: S603  # quoted, which is what is tested
        ["/bin/bash", "-c", line], capture_output=True, check=True
    )
    assert shown.stdout.decode() == name
    assert typed_path(Path("a\u202eb")) == "a<U+202E>b"


def test_a_path_is_typed_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert typed_path(tmp_path / "site" / "index.html") == os.path.join(  # noqa: PTH118
        "site", "index.html"
    )
    assert typed_path(Path("site")) == "site"
    assert typed_path(tmp_path.parent) == str(tmp_path.parent)
