"""A logo is found wherever it lies, and kept in the project by a name that lasts."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.answers.conftest import ANSWERS
from tests.cli.conftest import Result
from tests.interview.scripted import ScriptedPrompter

from guidegen.answers.read import read_plain
from guidegen.interview import begin, replay
from guidegen.pack.load import load_pack

Guidegen = Callable[..., Result]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
CMYK = b"\xff\xd8\xff\xc0\x00\x14\x08\x00\x09\x00\x09\x04" + bytes(20)


@pytest.fixture
def project(here: Path) -> Path:
    """Return the folder of a project."""
    folder = here / "project"
    folder.mkdir()
    (folder / "guideline.yml").write_text(ANSWERS, encoding="utf-8")
    return folder


@pytest.fixture
def logo(here: Path) -> Path:
    """Return a logo that lies elsewhere."""
    path = here / "Unsere Bilder" / "Logo 1.svg"
    path.parent.mkdir()
    path.write_text(SVG, encoding="utf-8")
    return path


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> ScriptedPrompter:
    """Have somebody in front of a terminal who answers from a script."""
    prompter = ScriptedPrompter()
    monkeypatch.setattr("guidegen.cli.interview.is_terminal", lambda: True)
    monkeypatch.setattr(
        "guidegen.cli.interview.make_prompter",
        lambda words, plain: prompter,  # noqa: ARG005
    )
    return prompter


def _brand(project: Path) -> object:
    return read_plain(project / "guideline.yml").data.get("brand")


def _pictures(project: Path) -> list[str]:
    return sorted(path.name for path in project.iterdir() if path.suffix == ".svg")


@pytest.mark.parametrize("form", ["{}", '"{}"', "'{}'", " {} "])
def test_the_interview_copies_a_logo_from_elsewhere(
    form: str,
    guidegen: Guidegen,
    project: Path,
    logo: Path,
    somebody: ScriptedPrompter,
) -> None:
    somebody.script = [form.format(logo)]

    result = guidegen("interview", "--only", "brand.logo", "-C", str(project))

    assert (result.code, result.err) == (0, "")
    assert _brand(project) == {"logo": "Logo 1.svg"}
    assert (project / "Logo 1.svg").read_text("utf-8") == SVG


def test_the_interview_says_at_once_what_is_wrong_with_a_logo(
    guidegen: Guidegen, project: Path, logo: Path, somebody: ScriptedPrompter
) -> None:
    printed = logo.with_name("Druck.jpg")
    printed.write_bytes(CMYK)
    somebody.script = [str(logo)]

    guidegen("interview", "--only", "brand.logo", "-C", str(project))
    check = somebody.prompts[0].check

    assert "is in print colours (CMYK)" in str(check(str(printed)))
    assert "is a path on Windows" in str(check("C:\\Logo.svg"))
    assert check(f"'{logo}'") is None


def test_set_writes_a_path_that_lasts(guidegen: Guidegen, project: Path) -> None:
    inside = project / "bilder" / "logo.svg"
    inside.parent.mkdir()
    inside.write_text(SVG, encoding="utf-8")

    result = guidegen("set", f"brand.logo={inside}", "-C", str(project))

    assert (result.code, result.err) == (0, "")
    assert _brand(project) == {"logo": "bilder/logo.svg"}
    assert _pictures(project) == []


def test_set_copies_both_logos_beside_what_is_there(
    guidegen: Guidegen, project: Path, logo: Path, here: Path
) -> None:
    (project / "Logo 1.svg").write_text("<svg>another</svg>", encoding="utf-8")
    dark = here / "Logo 1.svg"
    dark.write_text(SVG.replace("9", "8"), encoding="utf-8")
    address = "file://" + str(logo).replace(" ", "%20")

    result = guidegen(
        "set", f"brand.logo={address}", f"brand.logo_dark={dark}", "-C", str(project)
    )

    assert (result.code, result.err) == (0, "")
    assert _brand(project) == {
        "logo": "Logo 1-2.svg",
        "logo_dark": "Logo 1-dark.svg",
    }
    assert (project / "Logo 1.svg").read_text("utf-8") == "<svg>another</svg>"
    # The same picture once more is the same file.
    guidegen("set", f"brand.logo={logo}", "-C", str(project))
    assert len(_pictures(project)) == 3


@pytest.mark.parametrize("folder", ["site", ".guidegen", "releases"])
def test_a_logo_in_a_folder_of_guidegen_s_own_is_copied_out_of_it(
    folder: str, guidegen: Guidegen, project: Path
) -> None:
    path = project / folder / "logo.svg"
    path.parent.mkdir()
    path.write_text(SVG, encoding="utf-8")

    guidegen("set", f"brand.logo={path}", "-C", str(project))

    assert _brand(project) == {"logo": "logo.svg"}


def test_nothing_is_copied_if_the_answers_do_not_change(
    guidegen: Guidegen, project: Path, logo: Path
) -> None:
    result = guidegen(
        "set", f"brand.logo_dark={logo}", "brand.logo=", "-C", str(project)
    )

    assert result.code == 1
    assert _pictures(project) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("C:\\Users\\mira\\logo.svg", "is a path on Windows"),
        ("nothing.svg", "There is no file"),
        ("{folder}/print.jpg", "is in print colours (CMYK)"),
        ("{folder}/broken.svg", "is not a valid SVG file (line 1 of the file)"),
        ("{folder}/text.txt", "is not the right type of file"),
    ],
)
def test_set_says_what_is_wrong_with_a_logo(
    typed: str, said: str, guidegen: Guidegen, project: Path, here: Path
) -> None:
    (here / "print.jpg").write_bytes(CMYK)
    (here / "broken.svg").write_text("<svg><g></svg>", encoding="utf-8")
    (here / "text.txt").touch()
    before = (project / "guideline.yml").read_bytes()

    typed = typed.format(folder=here)
    result = guidegen("set", f"brand.logo={typed}", "-C", str(project))

    assert result.code == 1
    assert "brand.logo" in result.err
    assert said.lower() in result.err.lower()
    assert (project / "guideline.yml").read_bytes() == before


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("'{folder}/bilder/logo.svg'", "write “bilder/logo.svg” instead"),
        ("bilder\\logo.svg", "write “bilder/logo.svg” instead"),
        ("'C:\\Users\\mira\\logo.svg'", "is a path on Windows"),
        ("../logo.svg", "lies outside the project's folder"),
        ("link.svg", "is a link, or lies in a linked folder"),
    ],
)
def test_what_was_written_by_hand_is_refused_with_a_sentence(
    written: str, said: str, guidegen: Guidegen, project: Path
) -> None:
    for path in (project / "bilder" / "logo.svg", project.parent / "logo.svg"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(SVG, encoding="utf-8")
    (project / "link.svg").symlink_to("bilder/logo.svg")
    text = f"{ANSWERS}brand:\n  logo: {written.format(folder=project)}\n"
    (project / "guideline.yml").write_text(text, encoding="utf-8")

    result = guidegen("build", "-C", str(project))

    assert result.code == 1
    assert "brand.logo" in result.err
    assert said in result.err


def test_init_takes_a_logo_as_a_file_manager_gives_it(
    guidegen: Guidegen, here: Path, logo: Path
) -> None:
    given = here / "given.yml"
    given.write_text(ANSWERS, encoding="utf-8")

    result = guidegen(
        *("init", "new", "--answers", str(given), "--no-input", "--no-build"),
        *("--set", f"brand.logo='{logo}'"),
    )

    assert (result.code, result.err) == (0, "")
    assert _brand(here / "new") == {"logo": "Logo 1.svg"}
    os.rename(here / "new", here / "moved")  # noqa: PTH104
    assert _brand(here / "moved") == {"logo": "Logo 1.svg"}


@pytest.mark.parametrize(
    ("kept", "taken"),
    [("{elsewhere}", {"color"}), ("bilder/logo.svg", {"color", "logo"})],
)
def test_answers_that_came_with_a_project_bring_no_file_from_elsewhere(
    kept: str, taken: set[str], project: Path, logo: Path
) -> None:
    (project / "bilder").mkdir()
    (project / "bilder" / "logo.svg").write_text(SVG, encoding="utf-8")
    pack = load_pack("dell")

    state = replay(
        pack,
        begin(pack, {}),
        {"logo": kept.format(elsewhere=logo), "color": "#123456"},
        folder=project,
    )

    assert set(state.answered) == taken
