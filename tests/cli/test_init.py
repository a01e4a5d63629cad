"""`guidegen init`: from nothing to a project, or to one list of what is missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Result
from tests.interview.scripted import (
    BACK,
    DEFAULT,
    MISSING,
    STOP,
    ScriptedPrompter,
)

from guidegen.answers.read import read_answers
from guidegen.model.text import LocalText

Guidegen = Callable[..., Result]

ENOUGH = (
    *("--set", "company.name=Acme: Ltd"),
    *("--set", "contacts.0.name=Jo"),
    *("--set", "contacts.0.email=jo@acme.example"),
    *("--set", "version.owner=Jo"),
)
SCRIPT: dict[str, object] = {
    "languages": ["en"],
    "name": "Acme",
    "short_name": DEFAULT,
    "sector": "retail",
    "countries": ["GB"],
    "speaker": DEFAULT,
    "contact": "Jo",
    "role": "",
    "email": "jo@acme.example",
    "phone": "",
    "chat": "",
    "answers_within": "",
    "about_us": "",
    "code_of_conduct": "",
    "topics": ["strategy"],
    "own_topics": False,
    "owner": "Jo",
    "valid_from": "2027-01-01",
}
"""What somebody answers, in the order in which `init` asks."""


def script(
    since: str = "languages",
    before: str | None = None,
    **instead: Any,  # noqa: ANN401  # whatever somebody may answer
) -> list[object]:
    """Return the answers from one question to before another, some in place of them.

    `MISSING` stands for a question that is not asked.
    """
    names = [*SCRIPT]
    end = len(names) if before is None else names.index(before)
    chosen = names[names.index(since) : end]
    answers = ((SCRIPT | instead)[name] for name in chosen)
    return [answer for answer in answers if answer is not MISSING]


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> ScriptedPrompter:
    """Have somebody in front of a terminal who answers from a script."""
    prompter = ScriptedPrompter()
    monkeypatch.setattr("guidegen.cli.init.is_terminal", lambda: True)
    monkeypatch.setattr(
        "guidegen.cli.init.make_prompter",
        lambda words, plain: prompter,  # noqa: ARG005
    )
    return prompter


def test_without_a_terminal_it_lists_all_that_is_missing(
    guidegen: Guidegen, here: Path
) -> None:
    result = guidegen("init", "acme")

    assert (result.code, result.out) == (1, "")
    assert result.err == (
        "error: company.name: this answer is missing\n"
        "error: contacts.0.name: this answer is missing\n"
        "error: contacts.0: nobody can reach this contact; add at least one of:"
        " contacts.0.email, contacts.0.phone, contacts.0.chat\n"
        "error: version.owner: this answer is missing\n"
        "guidegen cannot ask questions here. Add what is missing with --set KEY=VALUE"
        " or in a file with --answers FILE, or run “guidegen init -C acme” in a"
        " terminal.\n"
    )
    assert not [*here.iterdir()]


def test_given_answers_and_defaults_are_enough(guidegen: Guidegen, here: Path) -> None:
    result = guidegen("init", "acme", "--no-build", *ENOUGH)

    assert result.code == 0
    assert result.out == (
        "Your answers are in acme/guideline.yml.\n"
        "To change something: acme/guideline.yml in an editor or"
        " “guidegen interview -C acme”,"
        " then “guidegen build -C acme”.\n"
    )
    answers, _ = read_answers(here / "acme" / "guideline.yml")
    assert answers.company.name.get("en") == "Acme: Ltd"
    assert answers.languages == ("en",)
    assert answers.version.valid_from.day == 1
    assert sorted(path.name for path in (here / "acme").iterdir()) == [
        ".gitignore",
        ".guidegen",
        "guideline.yml",
    ]


def test_wrong_answers_are_refused_and_nothing_is_written(
    guidegen: Guidegen, here: Path
) -> None:
    result = guidegen(
        *("init", "acme", "--no-input", *ENOUGH),
        *("--set", "contacts.0.email=jo@", "--set", "compani.name=x"),
    )

    assert result.code == 1
    assert "contacts.0.email: “jo@” is not an email address" in result.err
    assert "did you mean “company”?" in result.err
    assert not [*here.iterdir()]


def test_answers_that_do_not_fit_together_are_named_without_a_line(
    guidegen: Guidegen, here: Path
) -> None:
    result = guidegen(
        *("init", "acme", *ENOUGH, "--set", "languages=de,en"),
        *("--set", "contacts.0.languages=en"),
    )

    assert result.code == 1
    assert result.err.startswith("error: contacts: no contact serves")
    assert not (here / "acme" / "guideline.yml").exists()


def test_a_file_of_answers_is_taken_and_set_goes_before_it(
    guidegen: Guidegen, here: Path
) -> None:
    (here / "logo.svg").write_text("<svg/>", encoding="utf-8")
    (here / "answers.yml").write_text(
        "company: {name: {de: Acme D, de-formal: Acme F, en: Acme E}, sector: bank}\n"
        "languages: [de, en]\n"
        "contacts: [{name: Jo, phone: '0401'}, {name: Al, email: al@acme.example}]\n"
        "taboo_topics: [{id: strategy, speakers: [ir]}]\n"
        "version: {owner: Jo, valid_from: 2027-01-01}\n"
        "brand: {logo: logo.svg}\n",
        encoding="utf-8",
    )

    result = guidegen(
        *("init", "acme", "--answers", "answers.yml", "--no-build"),
        *("--set", "version.owner=Al", "--set", "address=sie"),
    )

    assert result.code == 0, result.err
    answers, _ = read_answers(here / "acme" / "guideline.yml")
    assert answers.company.name.get("de-formal") == "Acme F"
    assert len(answers.contacts) == 2
    assert answers.taboo_topics[0].speakers == ("ir",)
    assert answers.version.owner == LocalText.of("Al")
    assert answers.brand.logo == here / "acme" / "logo.svg"


def test_a_mistake_in_that_file_is_named_with_its_line(
    guidegen: Guidegen, here: Path
) -> None:
    (here / "answers.yml").write_text("company:\n  sector: bnk\n", encoding="utf-8")

    result = guidegen("init", "acme", "--answers", "answers.yml")

    assert result.code == 1
    assert result.err.startswith("error: answers.yml:2: company.sector: “bnk”")


def test_a_guideline_is_never_overwritten(guidegen: Guidegen, here: Path) -> None:
    (here / "guideline.yml").write_text("mine", encoding="utf-8")

    result = guidegen("init", *ENOUGH)

    assert result.code == 1
    assert "is already a guideline here; “guidegen interview” asks again" in result.err
    assert (here / "guideline.yml").read_text(encoding="utf-8") == "mine"


def test_a_folder_with_other_files_must_be_named(
    guidegen: Guidegen, here: Path
) -> None:
    (here / "letter.txt").write_text("x", encoding="utf-8")

    assert "this folder is not empty" in guidegen("init", *ENOUGH).err
    assert guidegen("init", ".", "--no-build", *ENOUGH).code == 0


def test_a_pack_of_the_companys_own_is_named_by_its_folder(
    guidegen: Guidegen, here: Path
) -> None:
    (here / "ours").mkdir()
    (here / "ours" / "pack.yml").write_text(
        "format: 1\nname: ours\nversion: 1.0.0\nextends: dell\n", encoding="utf-8"
    )

    result = guidegen("init", "acme", "--pack", "ours", "--no-build", *ENOUGH)

    assert result.code == 0, result.err
    text = (here / "acme" / "guideline.yml").read_text(encoding="utf-8")
    assert "\npack: ../ours\n" in text


def test_somebody_is_asked(
    guidegen: Guidegen, here: Path, somebody: ScriptedPrompter
) -> None:
    somebody.script = script()

    result = guidegen("init", "--no-build")

    assert result.code == 0, result.err
    answers, _ = read_answers(here / "guideline.yml")
    assert answers.company.countries == ("GB",)
    assert not (here / ".guidegen" / "interview.jsonl").exists()


def test_what_was_given_is_not_asked(
    guidegen: Guidegen, here: Path, somebody: ScriptedPrompter
) -> None:
    somebody.script = script(name=MISSING, email=DEFAULT)

    result = guidegen(
        *("init", "--no-build", "--set", "company.name=Given"),
        *("--set", "contacts.0.email=given@acme.example"),
    )

    assert result.code == 0, result.err
    answers, _ = read_answers(here / "guideline.yml")
    assert answers.company.name.get("en") == "Given"
    assert answers.contacts[0].email == LocalText.of("given@acme.example")
    assert "What is your company called?" not in [p.text for p in somebody.prompts]


def test_stopping_prints_the_command_that_goes_on(
    guidegen: Guidegen, here: Path, somebody: ScriptedPrompter
) -> None:
    somebody.script = [*script(before="countries"), STOP]

    stopped = guidegen(
        *("init", "my acme", "--lang", "en", "--no-build", "--set", "version.owner=A B")
    )
    somebody.script = ["yes", *script("countries", owner=MISSING)]
    resumed = guidegen("init", "my acme", "--no-build", "--set", "version.owner=A B")

    assert stopped.code == 130
    assert stopped.out.endswith(
        "Your answers are saved. To continue:\n"
        "  guidegen init -C 'my acme' --lang en --set 'version.owner=A B' --no-build\n"
    )
    assert resumed.code == 0, resumed.err
    answers, _ = read_answers(here / "my acme" / "guideline.yml")
    assert answers.company.sector == "retail"
    assert answers.version.owner == LocalText.of("A B")


def test_stopping_before_the_first_answer_leaves_nothing(
    guidegen: Guidegen, here: Path, somebody: ScriptedPrompter
) -> None:
    somebody.script = [STOP]

    result = guidegen("init", "acme")

    assert (result.code, result.out) == (130, "\n")
    assert not [*here.iterdir()]


def test_one_can_start_again(
    guidegen: Guidegen, here: Path, somebody: ScriptedPrompter
) -> None:
    somebody.script = [*script(before="countries"), STOP]
    guidegen("init", "--no-build")
    somebody.script = ["no", *script(name="Other")]

    assert guidegen("init", "--no-build").code == 0

    answers, _ = read_answers(here / "guideline.yml")
    assert answers.company.name.get("en") == "Other"


@pytest.mark.slow
def test_answers_that_do_not_fit_together_can_be_changed(
    guidegen: Guidegen, here: Path, somebody: ScriptedPrompter
) -> None:
    own = [True, "Company strategy", "only", ["press"], "A", "B", "C"]
    somebody.script = [*script(before="own_topics"), *own, *script("own_topics")]
    somebody.script += ["done", "change", "own-topics", False, "done"]

    result = guidegen("init", "--no-build")

    assert result.code == 0, result.err
    assert any(
        "the topic “Company strategy” is already" in said for said in somebody.said
    )
    answers, _ = read_answers(here / "guideline.yml")
    assert len(answers.taboo_topics) == 1


def test_in_a_folder_with_other_files_it_asks_for_a_new_one(
    guidegen: Guidegen, here: Path, somebody: ScriptedPrompter
) -> None:
    (here / "letter.txt").write_text("x", encoding="utf-8")
    somebody.script = [BACK, "ours", *script()]

    assert guidegen("init", "--no-build").code == 0

    assert (here / "ours" / "guideline.yml").is_file()
    check = somebody.prompts[1].check
    assert check("letter.txt") == check("") == "This name is taken. Choose another one."


@pytest.mark.slow
def test_logos_that_were_named_are_copied(
    guidegen: Guidegen,
    here: Path,
    somebody: ScriptedPrompter,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    logo, dark = (tmp_path_factory.mktemp("pictures") / "our.svg" for _ in range(2))
    logo.write_text("<svg/>", encoding="utf-8")
    dark.write_text("<svg></svg>", encoding="utf-8")
    somebody.script = [*script(before="about_us"), "", [], [], False, "", ""]
    somebody.script += [*[""] * 4, *script("topics"), DEFAULT, "", "", "", "", []]
    somebody.script += ["", "", False, "#123456", str(logo), str(dark)]

    result = guidegen("init", "acme", "--all", "--no-build")

    assert result.code == 0, result.err
    answers, _ = read_answers(here / "acme" / "guideline.yml")
    assert answers.brand.logo == here / "acme" / "our.svg"
    assert answers.brand.logo.read_text("utf-8") == "<svg/>"
    # Both files are called the same, and none is lost.
    assert answers.brand.logo_dark == here / "acme" / "our-dark.svg"
    assert answers.brand.logo_dark.read_text("utf-8") == "<svg></svg>"
    check = somebody.prompts[-3].check
    assert "There is no file" in str(check("nothing.svg"))
    assert "not the right type of file" in str(check(__file__))


@pytest.mark.slow
def test_it_ends_with_the_built_guideline(guidegen: Guidegen, here: Path) -> None:
    result = guidegen("init", "acme", *ENOUGH)

    assert result.code == 0, result.err
    assert (here / "acme" / "site" / "index.html").is_file()
    assert (here / "acme" / "site" / "guideline-en.pdf").is_file()


def test_a_name_per_language_has_no_short_name_in_one_of_them(
    guidegen: Guidegen, here: Path
) -> None:
    (here / "answers.yml").write_text(
        "company: {name: {de: Acme GmbH, en: Acme Ltd}}\nlanguages: [de, en]\n",
        encoding="utf-8",
    )

    result = guidegen(
        *("init", "acme", "--no-input", "--no-build", "--answers", "answers.yml"),
        *ENOUGH[2:],
    )

    assert result.code == 0, result.err
    text = (here / "acme" / "guideline.yml").read_text(encoding="utf-8")
    assert "\n  short_name" not in text
    answers, _ = read_answers(here / "acme" / "guideline.yml")
    assert answers.company.short_name.get("en") == "Acme Ltd"
