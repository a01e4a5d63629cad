"""Own wording and a pack's new text: the author sees both, and decides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cli.conftest import Result
from tests.interview.scripted import DEFAULT, STOP, ScriptedPrompter
from tests.test_released_before import content, released_project

from guidegen.cli.own_wording import side_by_side
from guidegen.merge.sections import OwnText, own_texts
from guidegen.model.project import Project
from guidegen.model.question import Kind

pytestmark = pytest.mark.slow

Guidegen = Callable[..., Result]

KEPT = "releases/packs/dell-1.0.0-31fa9abb/sections/de-formal"


@pytest.fixture
def hospital(here: Path, own_cache: None) -> Path:
    """Return a released hospital's project with three reworded sections."""
    del own_cache
    folder = released_project("hospital", here / "hospital")
    for section, old, new in (
        ("mistakes", "1. Atmen Sie durch und", "1. Rufen Sie die Station an und"),
        ("nice", "Kritik ist erlaubt", "Kritik ist willkommen"),
    ):
        text = (folder / KEPT / f"{section}.md").read_text("utf-8")
        assert old in text
        for place, content_ in (
            ("sections/.base/de-formal", text),
            ("sections/de-formal", text.replace(old, new)),
        ):
            path = folder / place / f"{section}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content_, encoding="utf-8")
    return folder


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> ScriptedPrompter:
    """Have somebody in front of a terminal who answers from a script."""
    prompter = ScriptedPrompter()
    monkeypatch.setattr("guidegen.cli.upgrade.is_terminal", lambda: True)
    monkeypatch.setattr(
        "guidegen.cli.upgrade.make_prompter",
        lambda words, plain, keys: prompter,  # noqa: ARG005
    )
    return prompter


def _own(folder: Path, section: str) -> str:
    return (folder / "sections/de-formal" / f"{section}.md").read_text("utf-8")


def test_three_reworded_sections_are_three_questions(
    guidegen: Guidegen, hospital: Path, somebody: ScriptedPrompter
) -> None:
    before = {each.section: _own(hospital, each.section) for each in _texts(hospital)}
    somebody.script = [
        *(DEFAULT, "https://intranet.ehrenfels.example/presse"),
        *("merged", "new", "own", DEFAULT),
    ]

    result = guidegen("--lang", "de", "upgrade", "-C", "hospital")

    assert result.code == 0, result.err
    sector, about, *others = somebody.prompts
    assert (sector.default, about.kind) == ("health", Kind.URL)
    assert [prompt.text for prompt in others] == [
        "Welcher Text soll in sections/de-formal/mistakes.md gelten?",
        "Welcher Text soll in sections/de-formal/nice.md gelten?",
        "Welcher Text soll in sections/de-formal/protect.md gelten?",
        "Die neuen Texte übernehmen? Was schon freigegeben ist, bleibt unverändert.",
    ]
    assert "sections/de-formal/mistakes.md: Ihre Änderungen bleiben" in result.out
    assert "die Sie aufnehmen können („guidegen add -C hospital“)" in result.out
    assert "nice.md: hat jetzt den neuen Text der Vorlage." in result.out
    assert "protect.md: bleibt, wie es ist." in result.out
    said = " ".join(result.out.split())
    assert "ist strenger: Nur diese sprechen → Nie" in said
    mistakes = _own(hospital, "mistakes")
    assert "1. Rufen Sie die Station an" in mistakes
    assert "{# mistakes.limits #}" in mistakes  # the rest is the new pack's
    assert "willkommen" not in _own(hospital, "nice")
    assert _own(hospital, "protect") == before["protect"]
    assert not [*hospital.glob("sections/*/*.proposal.md")]
    assert guidegen("build", "-q", "-C", "hospital").code == 0
    again = guidegen("upgrade", "-C", "hospital")
    assert "already has the installed guidegen's texts" in again.out


def test_the_versions_stand_side_by_side_as_readers_see_them(
    guidegen: Guidegen,
    hospital: Path,
    somebody: ScriptedPrompter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    somebody.script = [DEFAULT, DEFAULT, "show", STOP]

    result = guidegen("upgrade", "-C", "hospital")

    assert result.code == 130
    assert result.err == "Stopped. Nothing was changed.\n"
    head = "OLD, FROM THE PACK +YOUR TEXT +NEW, FROM THE PACK\n"
    assert re.search(head, result.out)
    assert "Your own text 1 of 3: sections/de-formal/mistakes.md" in result.out
    # The second time, one below the other.
    _, _, below = result.out.rpartition("OLD, FROM THE PACK\n")
    assert "\n1. Rufen Sie die Station an und streiten Sie nicht weiter.\n" in below
    shown = result.out.partition("Your own text")[2]
    for code in ("{{", "{%", "{#", "{:", "](", "&#"):
        assert code not in shown
    assert hospital.is_dir()


def test_later_leaves_a_proposal_and_a_stop_leaves_everything(
    guidegen: Guidegen, hospital: Path, somebody: ScriptedPrompter
) -> None:
    before = content(hospital)
    somebody.script = [DEFAULT, DEFAULT, "new", STOP]
    assert guidegen("upgrade", "-C", "hospital").code == 130
    assert {
        path: text
        for path, text in content(hospital).items()
        if not path.startswith(".guidegen/")
    } == before

    somebody.script = [DEFAULT, DEFAULT, "later", "own", "own", DEFAULT]
    result = guidegen("upgrade", "-C", "hospital")

    assert result.code == 1
    assert "hospital/sections/de-formal/mistakes.proposal.md" in result.err
    assert [path.name for path in hospital.glob("sections/*/*.proposal.md")] == [
        "mistakes.proposal.md"
    ]


def test_where_nobody_is_asked_open_questions_and_texts_are_named(
    guidegen: Guidegen, hospital: Path
) -> None:
    result = guidegen("upgrade", "--dry-run", "-C", "hospital")

    assert result.code == 0, result.err
    assert "New questions that are still open; “guidegen interview -C hos" in result.out
    assert "(links.about_us)\n" in result.out
    assert "document.number" not in result.out
    assert result.out.count("There is a proposal beside it.") == 3
    assert hospital.is_dir()


def _texts(folder: Path) -> tuple[OwnText, ...]:
    return own_texts(Project(folder))


def test_a_title_wider_than_its_column_goes_on_in_the_next_line() -> None:
    titled = [("Bisher:", "alt"), ("Der Text der Vorlage auf Deutsch:", "neu")]

    lines = [*side_by_side(titled, 20)]

    assert [line.split("  ")[-1].strip() for line in lines[:4]] == [
        "Der Text der Vorlage",
        "auf Deutsch:",
        "─" * 20,
        "neu",
    ]


TEXTS = st.tuples(st.text("ab ", max_size=9), st.text("ab \n", max_size=99))


@given(st.lists(TEXTS, min_size=1), st.integers(min_value=9, max_value=40))
def test_no_line_of_columns_is_too_wide_and_no_word_is_lost(
    titled: list[tuple[str, str]], width: int
) -> None:
    lines = [*side_by_side(titled, width)]

    words = Counter(word for _, text in titled for word in text.split())
    if all(len(word) <= width for word in words):
        assert all(len(line) <= len(titled) * (width + 2) for line in lines)
        assert words <= Counter(word for line in lines for word in line.split())
