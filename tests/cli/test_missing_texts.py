"""Texts that lack a language or form of address, from one to the next release."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Result, run_in
from tests.interview.scripted import BACK, STOP, ScriptedPrompter
from tests.samples import sample_project

Guidegen = Callable[..., Result]

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_cache")]

VILLA = "taboo_topics.Häuser unserer Kunden von innen"
LACK_ENGLISH = [
    "contacts.Svea Brandt.role",
    *(f"{VILLA}.{part}" for part in ("name", "why", "dont", "do")),
    "sections/dress",
]


@pytest.fixture(scope="module")
def _released_once(tmp_path_factory: pytest.TempPathFactory, cache_home: Path) -> Path:
    """Return a project with a section of its own: in German with Du, and released."""
    folder = sample_project("small", tmp_path_factory.mktemp("released")).folder
    answers = folder / "guideline.yml"
    text = answers.read_text("utf-8").replace(
        "version:\n", "sections:\n  - {id: dress, as: rule}\nversion:\n"
    )
    answers.write_text(text, encoding="utf-8")
    own = folder / "sections" / "de" / "dress.md"
    own.parent.mkdir(parents=True)
    own.write_text("## Trag die Weste\n\nImmer.\n\n- Auch kurz.\n", encoding="utf-8")
    run_in(folder, cache_home, ("release", "--yes"))
    return folder


@pytest.fixture
def company(_released_once: Path, here: Path) -> Path:
    """Return a folder of one's own with that project."""
    return shutil.copytree(_released_once, here, dirs_exist_ok=True)


@pytest.fixture(scope="module")
def _built_demo(tmp_path_factory: pytest.TempPathFactory, cache_home: Path) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    run_in(folder, cache_home, ("demo", "demo"))
    return folder / "demo"


@pytest.fixture
def demo(_built_demo: Path, here: Path) -> Path:
    """Return a demo in German and English that was built."""
    return shutil.copytree(_built_demo, here / "demo")


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> ScriptedPrompter:
    """Have somebody in front of a terminal who answers from a script."""
    prompter = ScriptedPrompter()
    monkeypatch.setattr("guidegen.cli.interview.is_terminal", lambda: True)
    monkeypatch.setattr(
        "guidegen.cli.interview.make_prompter",
        lambda words, plain, keys: prompter,  # noqa: ARG005
    )
    return prompter


def _missing(guidegen: Guidegen) -> list[str]:
    found = json.loads(guidegen("status", "--json").out)["missing"]
    return [each["key"] for each in found]


def test_a_language_is_added(
    guidegen: Guidegen, company: Path, somebody: ScriptedPrompter
) -> None:
    assert _missing(guidegen) == []
    guidegen("set", "languages+=en")

    for verb in ("build", "build", "diff", "status"):
        told = guidegen(verb)
        assert told.err.count("but not in English") == len(LACK_ENGLISH), verb
        assert "guideline.yml:14: Your text “contacts.Svea Brandt.role”" in told.err
        assert "sections/de/dress.md: Your section “dress”" in told.err
        assert "When everything is right" not in told.out
    assert _missing(guidegen) == LACK_ENGLISH
    refused = guidegen("release", "--yes", "--note", "de=A", "--note", "en=B")
    assert refused.code == 1
    assert refused.err.count("error:") == len(LACK_ENGLISH)
    assert "guidegen interview --only missing" in refused.err
    page = (company / "site" / "en" / "index.html").read_text("utf-8")
    assert '<span lang="de">Trag die Weste</span>' in page
    assert 'lang="de"><p>Immer.</p>' in page.replace("\n", "")

    somebody.script = [
        *("type", BACK, "type", "Managing director"),
        *("type", "Our customers’ homes", "type", "They trust us.", "right"),
        STOP,
    ]
    stopped = guidegen("interview", "--only", "missing")
    assert stopped.code == 130
    assert "Entered: 4." in stopped.out
    assert _missing(guidegen) == [f"{VILLA}.do", "sections/dress"]
    somebody.script = ["right", "later"]
    assert guidegen("interview", "--only", "missing").code == 0
    answers = (company / "guideline.yml").read_text("utf-8")
    assert "role: {de: Geschäftsführerin, en: Managing director}\n" in answers
    assert _missing(guidegen) == ["sections/dress"]

    own = company / "sections" / "en" / "dress.md"
    own.parent.mkdir()
    own.write_text("## Wear the vest\n\nAlways.\n", encoding="utf-8")
    assert guidegen("build").err == ""
    assert guidegen("interview", "--only", "missing").out.startswith("None of your own")
    diff = json.loads(guidegen("diff", "--json").out)
    # For German readers, nothing has changed.
    right = "Texts of one’s own that are right in English as they are: now"
    assert [each["text"] for each in diff["answers"]] == [
        "New language: English",
        f"{right} {VILLA}.dont, {VILLA}.do",
    ]
    released = guidegen("release", "--yes", "--note", "de=A", "--note", "en=B")
    assert released.code == 0, released.err
    assert guidegen("status").err == ""
    page = (company / "site" / "en" / "taboo-topics.html").read_text("utf-8")
    assert '<span lang="de">Schaut mal, diese Villa' in page
    assert "Geschäftsführerin" not in page


def test_german_says_sie_from_now_on(
    guidegen: Guidegen, company: Path, somebody: ScriptedPrompter
) -> None:
    guidegen("set", "address=sie")

    lacking = [f"{VILLA}.{part}" for part in ("why", "dont", "do")]
    assert _missing(guidegen) == [*lacking, "sections/dress"]
    assert "in German with Du, but not in German with Sie" in guidegen("build").err
    assert guidegen("release", "--yes", "--note", "A").code == 1

    somebody.script = ["type", "Sie alle kennen das.", "right", "right", "right"]
    guidegen("interview", "--only", "missing")

    assert _missing(guidegen) == []
    answers = (company / "guideline.yml").read_text("utf-8")
    assert "de-formal: Sie alle kennen das." in answers
    assert guidegen("release", "--yes", "--note", "A").code == 0
    # And back: the text for Du is still there, and the others are asked for again.
    guidegen("set", "address=du")
    assert f"{VILLA}.why" not in _missing(guidegen)


def test_without_a_release_the_last_complete_build_tells_for_whom_a_text_was(
    guidegen: Guidegen, here: Path
) -> None:
    sample_project("small", here)
    assert guidegen("build", "-q").code == 0

    guidegen("set", "address=sie")

    assert f"{VILLA}.why" in _missing(guidegen)


@pytest.mark.usefixtures("company")
def test_where_nobody_can_be_asked_it_says_how_to_go_on(guidegen: Guidegen) -> None:
    guidegen("set", "languages+=en")

    result = guidegen("interview", "--only", "missing")

    assert result.code == 1
    assert "guidegen set" in result.err
    for key in LACK_ENGLISH:
        guidegen("set", f"same_text.en+={key}")
    assert _missing(guidegen) == []


def test_a_text_that_is_behind_is_named_before_the_first_release_too(
    guidegen: Guidegen, demo: Path
) -> None:
    answers = demo / "guideline.yml"
    text = answers.read_text("utf-8")
    answers.write_text(text.replace("Other bidders", "Competitors"), encoding="utf-8")

    for verb in ("build", "build", "status", "diff"):
        told = guidegen(verb, "demo")
        assert "Laufende Ausschreibungen.why. Still as it was: de." in told.err, verb
    refused = guidegen("release", "demo", "--yes")
    assert (refused.code, refused.out) == (1, "")
    assert "Still as it was: de." in refused.err

    assert guidegen("release", "demo", "--yes", "--texts-agree").code == 0
    assert guidegen("status", "demo").err == ""


def test_a_section_is_behind_from_its_first_rewording_on(
    guidegen: Guidegen, demo: Path
) -> None:
    guidegen("customize", "nice", "-C", "demo")
    assert guidegen("build", "demo").err == ""
    with (demo / "sections/en/nice.md").open("a", encoding="utf-8") as file:
        file.write("\nSay hello.\n")

    assert "sections/nice. Still as it was: de." in guidegen("build", "demo").err
    assert guidegen("release", "demo", "--yes").code == 1
    with (demo / "sections/de/nice.md").open("a", encoding="utf-8") as file:
        file.write("\nGrüß alle.\n")
    assert guidegen("build", "demo").err == ""
