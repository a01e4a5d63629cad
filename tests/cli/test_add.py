"""`guidegen add`: an optional section of the pack, or one of the company's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Result
from tests.interview.scripted import STOP, ScriptedPrompter
from tests.samples import sample_project
from tests.test_released_before import released_project

from guidegen.answers.read import read_answers
from guidegen.model.answers import SectionAnswer
from guidegen.pack.load import load_pack
from guidegen.pipeline.working_copy import WorkingCopy

pytestmark = pytest.mark.slow

Guidegen = Callable[..., Result]


@pytest.fixture
def company(here: Path) -> Path:
    """Return a company's project: German with Sie, and English."""
    return sample_project("listed", here).folder


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> ScriptedPrompter:
    """Have somebody in front of a terminal who answers from a script."""
    prompter = ScriptedPrompter()
    monkeypatch.setattr("guidegen.cli.add.is_terminal", lambda: True)
    monkeypatch.setattr(
        "guidegen.cli.add.make_prompter",
        lambda words, plain, keys: prompter,  # noqa: ARG005
    )
    return prompter


def _sections(folder: Path) -> tuple[SectionAnswer, ...]:
    return read_answers(folder / "guideline.yml")[0].sections


def _page(folder: Path, language: str, page: str) -> str:
    answers, pack = read_answers(folder / "guideline.yml")
    documents = WorkingCopy(answers=answers, pack=pack).documents
    document = next(each for each in documents if each.language == language)
    return next(each.markdown for each in document.pages if each.id == page)


@pytest.mark.usefixtures("here")
def test_without_a_project_it_lists_what_the_pack_offers(guidegen: Guidegen) -> None:
    result = guidegen("add")

    assert result.code == 0, result.err
    parts = load_pack("dell").parts.values()
    for part in parts:
        assert f"  {part.id}" in result.out
        assert part.title.get("en") in result.out
    assert "✓ " not in result.out.partition("\n")[2]


def test_the_list_says_what_is_there_and_what_is_the_company_s_own(
    guidegen: Guidegen, company: Path
) -> None:
    guidegen("add", "crisis", "--as", "help")
    (company / "sections/de").mkdir(parents=True)
    (company / "sections/de/waiting.md").write_text("## Wartet\n\nSatz.\n")

    listed = {each["id"]: each for each in json.loads(guidegen("add", "--json").out)}

    assert [*listed] == [*load_pack("dell").parts, "waiting"]
    assert [key for key, each in listed.items() if each["chosen"]] == ["crisis"]
    assert listed["crisis"]["as"] == "help"
    assert listed["waiting"] == {
        "id": "waiting",
        "title": "Wartet",
        "help": None,
        "as": "more",
        "chosen": False,
        "own": True,
    }
    lines = guidegen("--lang", "de", "add").out.splitlines()
    assert any(line.startswith("✓ crisis ") for line in lines)
    assert "  waiting           Wartet (eigener Abschnitt)" in lines


def test_an_optional_section_of_the_pack_comes_into_the_guideline(
    guidegen: Guidegen, company: Path
) -> None:
    file = company / "guideline.yml"
    before = "# kept\n" + file.read_text("utf-8")
    file.write_text(before, "utf-8")

    result = guidegen("add", "crisis", "journalists")

    assert result == (
        0,
        "Added: crisis, journalists\n“guidegen build” shows the result.\n",
        "",
    )
    after = file.read_text("utf-8")
    assert after.replace("sections: [crisis, journalists]\n", "") == before
    assert "{: #crisis" in _page(company, "de", "details")
    assert not (company / "sections").exists()


def test_a_section_of_one_s_own_gets_a_file_for_each_variant(
    guidegen: Guidegen, company: Path
) -> None:
    result = guidegen(
        *("add", "dress-code", "--after", "nice", "--as", "rule", "--json"),
        *("--title", "de=Kleidung <b> {{ x }} {% y %}", "--title", "en=What to *wear*"),
    )

    assert json.loads(result.out) == {
        "added": ["dress-code"],
        "moved": [],
        "unchanged": [],
        "files": ["sections/de-formal/dress-code.md", "sections/en/dress-code.md"],
    }
    own = SectionAnswer(id="dress-code", after="nice", placement="rule")
    assert _sections(company) == (own,)
    text = (company / "sections/de-formal/dress-code.md").read_text("utf-8")
    assert text.endswith("\n\nErsetzen Sie diesen Satz durch Ihren Text.\n")
    # What is typed as a title stays text, whatever it means to Markdown or Jinja.
    assert "## 6. Kleidung &lt;b> &#123;&#123; x }}" in _page(company, "de", "index")
    assert "## 6. What to \\*wear\\*" in _page(company, "en", "index")


def test_a_text_that_somebody_has_written_is_taken_as_it_is(
    guidegen: Guidegen, company: Path
) -> None:
    for language in ("de", "en"):
        path = company / "sections" / language / "dress-code.md"
        path.parent.mkdir(parents=True)
        path.write_text("## Clothes\n\nMine.\n")

    assert guidegen("add", "dress-code").code == 0
    assert [path.name for path in sorted((company / "sections").glob("*"))] == [
        "de",
        "en",
    ]
    assert "Mine." in _page(company, "de", "details")


def test_in_a_terminal_it_asks_for_the_titles(
    guidegen: Guidegen, company: Path, somebody: ScriptedPrompter
) -> None:
    somebody.script = ["Kleidung", STOP]
    stopped = guidegen("add", "dress-code")
    assert (stopped.code, stopped.err) == (130, "Stopped. Nothing was changed.\n")
    assert not (company / "sections").exists()

    somebody.script = ["Kleidung", "Clothes"]
    assert guidegen("add", "dress-code").code == 0
    assert "## Clothes" in _page(company, "en", "details")
    assert [prompt.text for prompt in somebody.prompts[-2:]] == [
        "What is the title of the section “dress-code”? (in German)",
        "What is the title of the section “dress-code”? (in English)",
    ]


def test_what_is_there_is_moved_if_a_place_is_named_else_left(
    guidegen: Guidegen, company: Path
) -> None:
    guidegen("add", "crisis", "leaving")

    assert guidegen("add", "crisis").out == "Already there: crisis\n"
    assert guidegen("add", "crisis", "--after", "leaving").out.startswith("Moved: cris")
    assert _sections(company) == (
        SectionAnswer(id="leaving"),
        SectionAnswer(id="crisis", after="leaving"),
    )
    guidegen("add", "crisis", "--as", "help")
    assert _sections(company)[1] == SectionAnswer(
        id="crisis", after="leaving", placement="help"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["crisi"], "no section “crisi”; did you mean “crisis”?"),
        (["mistake"], "did you mean “mistakes”?"),
        (["protect"], "“protect” is always part of the guideline"),
        (["Dress Code", "--title", "en=x"], "“Dress Code” cannot be the name"),
        (["../../x", "--title", "en=x"], "“../../x” cannot be the name"),
        (["qqq"], "give its heading with --title (de, en); the pack offers: scope,"),
        (["qqq", "--title", "en=Q"], "give its heading with --title (de)"),
        (["qqq", "--title", "Q"], "for example: --title de=…"),
        (["qqq", "--title", "fr=Q"], "your guideline does not have the language “fr”"),
        (["qqq", "--title", "de=", "--title", "en=Q"], "--title: is empty"),
        (["crisis", "--title", "de=x"], "--title: is for exactly one new section"),
        (["crisis", "--after", "nic"], "“nic” before this one; did you mean “nice”?"),
        (["crisis", "--after", "crisis"], "there is no section “crisis” before this"),
        (["crisis", "--as", "footnote"], "footnote"),
    ],
)
def test_what_cannot_be_added_is_refused_and_changes_nothing(
    arguments: list[str], said: str, guidegen: Guidegen, company: Path
) -> None:
    before = (company / "guideline.yml").read_bytes()

    result = guidegen("add", *arguments)

    assert result.code == (2 if "footnote" in arguments else 1)
    assert said in result.err
    assert (company / "guideline.yml").read_bytes() == before
    assert not (company / "sections").exists()


def test_where_the_file_cannot_be_changed_no_text_is_left(
    guidegen: Guidegen, company: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> bool:
        from guidegen.errors import FilesError  # noqa: PLC0415

        raise FilesError("error-locked", path=company)

    monkeypatch.setattr("guidegen.pipeline.add.edit_answers", refuse)
    titles = ("--title", "de=Q", "--title", "en=Q")

    assert guidegen("add", "qqq", *titles).code == 1
    assert not [*company.glob("sections/*/*.md")]


def test_texts_from_before_there_were_such_sections_are_to_be_upgraded(
    guidegen: Guidegen, here: Path, own_cache: None
) -> None:
    del own_cache
    released_project("town", here / "town")

    for arguments in (["add", "-C", "town"], ["add", "crisis", "-C", "town"]):
        result = guidegen(*arguments)
        assert result.code == 1
        assert "“guidegen upgrade -C town” fetches the new ones first" in result.err
