"""`guidegen upgrade`: new texts come when the company wants them, and join its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Result
from tests.interview.scripted import BACK, DEFAULT, STOP, ScriptedPrompter
from tests.pack.packs import change, install, newer_packs
from tests.samples import sample_project

from guidegen.model.project import Project
from guidegen.pack.load import load_pack
from guidegen.pack.pin import keep_pack, pin_pack
from guidegen.pack.update import Update, update_available

pytestmark = pytest.mark.slow

Guidegen = Callable[..., Result]

NUMBER = "{% if rule.number %}{{ rule.number }}. {% endif %}"
"""How a rule's heading begins."""

QUESTIONS = """\
  - id: night
    key: extra.night
    kind: text
    text: {de: Bis wann?, en: Until when?}
  - id: humour
    key: extra.humour
    kind: choice
    text: {de: Humor?, en: Humour?}
    choices: [{value: little, label: wenig}, {value: much, label: viel}]
    default: little
  - id: never
    key: extra.never
    kind: text
    text: {de: Nie?, en: Never?}
    when: {address: du}
"""


@pytest.fixture(autouse=True)
def _own_cache(own_cache: None) -> None:
    """Keep packs in a cache of the tests' own."""


@pytest.fixture
def company(here: Path) -> Path:
    """Return a company's project (German with Sie, and English) that is pinned."""
    folder = sample_project("listed", here).folder
    pack = load_pack("dell")
    project = Project(folder)
    pin_pack(project, pack, keep_pack(pack, project))
    return folder


@pytest.fixture
def english(company: Path) -> Path:
    """Return the project in English only, which is built in half the time."""
    change(company / "guideline.yml", "languages: [de, en]", "languages: [en]")
    return company


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where newer packs lie: in one place, the same texts are read once."""
    return tmp_path_factory.mktemp("newer")


@pytest.fixture
def newer(
    company: Path,  # noqa: ARG001  # made before, with the texts of now
    places: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """Return the pack of a newer guidegen that is installed."""
    return _newer(places / "packs", monkeypatch)


@pytest.fixture
def asking(
    company: Path,  # noqa: ARG001  # as above
    places: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """Return such a pack that also has new questions."""
    dell = _newer(places / "asking", monkeypatch)
    with (dell / "questions.yml").open("a", encoding="utf-8") as file:
        file.write(QUESTIONS)
    return dell


def _newer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # Each test changes its own copy.
    shutil.rmtree(folder, ignore_errors=True)
    dell = newer_packs(folder)
    change(
        dell / "sections" / "en" / "law.md", "Follow the law", "Always follow the law"
    )
    install(dell.parent, monkeypatch)
    return dell


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


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".guidegen" not in path.parts
    }


@pytest.mark.usefixtures("company")
def test_where_nothing_is_new_it_says_so(guidegen: Guidegen) -> None:
    assert guidegen("upgrade") == (
        0,
        "Your guideline already has the installed guidegen's texts (dell 2.0.0).\n",
        "",
    )


def test_it_shows_what_changes_and_moves_the_pin(
    guidegen: Guidegen, company: Path, newer: Path, somebody: ScriptedPrompter
) -> None:
    before = _files(company)
    assert newer.is_dir()

    result = guidegen("upgrade")

    assert result.code == 0, result.err
    assert result.out.startswith("Template pack dell: 2.0.0 → 2.1.0\n")
    assert "[-Follow-]{+Always follow+} the law" in result.out
    assert "Deutsch" not in result.out
    assert result.out.endswith(
        "Applied. “guidegen build” builds the draft, “guidegen release” releases it.\n"
    )
    assert [prompt.text for prompt in somebody.prompts] == [
        "Apply the new texts? What has been released stays as it is."
    ]
    after = _files(company)
    assert json.loads(after["pack.lock"])["version"] == "2.1.0"
    assert {path: after[path] for path in before if path != "pack.lock"} == {
        path: before[path] for path in before if path != "pack.lock"
    }
    assert guidegen("upgrade").out.startswith("Your guideline already has")


@pytest.mark.usefixtures("newer")
def test_whoever_says_no_or_stops_has_changed_nothing(
    guidegen: Guidegen, company: Path, somebody: ScriptedPrompter
) -> None:
    before = _files(company)

    somebody.script = ["no"]
    assert guidegen("upgrade").out.endswith("Nothing was changed.\n")
    somebody.script = [STOP]
    stopped = guidegen("upgrade")

    assert (stopped.code, stopped.err) == (130, "Stopped. Nothing was changed.\n")
    assert _files(company) == before


@pytest.mark.usefixtures("newer")
def test_without_a_terminal_it_shows_and_says_how_to_go_on(
    guidegen: Guidegen, company: Path
) -> None:
    before = _files(company)

    result = guidegen("upgrade")

    assert result.code == 1
    assert "Always follow" in result.out
    assert "--yes does it without asking" in result.err
    assert _files(company) == before


@pytest.mark.usefixtures("newer")
def test_a_dry_run_changes_nothing(guidegen: Guidegen, company: Path) -> None:
    before = _files(company)

    result = guidegen("upgrade", "--dry-run")

    assert result.code == 0, result.err
    assert "Always follow" in result.out
    assert result.out.endswith("Without --dry-run the texts are applied.\n")
    assert _files(company) == before


def test_what_it_shows_names_the_version_that_would_be_released_next(
    guidegen: Guidegen, english: Path, newer: Path
) -> None:
    with (newer / "sections/en/acknowledgement.md").open("a", encoding="utf-8") as file:
        file.write("\nThis is {{ edition.version }}.\n")
    released = guidegen("release", "--yes", "-q")

    shown = guidegen("upgrade", "--dry-run")
    (english / "releases/1.0.0/release.json").write_text("{", encoding="utf-8")
    unreadable = guidegen("upgrade", "--dry-run")

    assert released.code == 0, released.err
    # A rule is worded anew.
    assert "+ This is 2.0.0.\n" in shown.out
    assert unreadable.code == 0, unreadable.err


@pytest.mark.usefixtures("asking")
def test_only_new_questions_that_apply_are_asked(
    guidegen: Guidegen, english: Path, somebody: ScriptedPrompter
) -> None:
    somebody.script = ["6 pm", DEFAULT]

    result = guidegen("upgrade")

    assert result.code == 0, result.err
    assert [prompt.text for prompt in somebody.prompts] == [
        "Until when?",
        "Humour?",
        "Apply the new texts? What has been released stays as it is.",
    ]
    assert "New answers: extra.night\n" in result.out
    assert (
        (english / "guideline.yml")
        .read_text("utf-8")
        .endswith("extra:\n  night: 6 pm\n")
    )
    assert guidegen("build", "-q").code == 0


@pytest.mark.usefixtures("asking")
def test_where_nobody_can_be_asked_missing_answers_are_listed(
    guidegen: Guidegen, company: Path
) -> None:
    before = _files(company)

    missing = guidegen("upgrade", "--yes")
    wrong = guidegen("upgrade", "--yes", "--set", "extra.nite=1")

    assert (missing.code, missing.out) == (1, "")
    assert missing.err == (
        "error: extra.night: this answer is missing\n"
        "Answer what is new with --set KEY=VALUE, or run “guidegen upgrade” in a"
        " terminal.\n"
    )
    assert wrong.code == 1
    assert "“nite” is not known here" in wrong.err
    assert _files(company) == before
    given = ("--set", "extra.night=6 pm", "--set", "extra.humour=much")
    assert guidegen("upgrade", "--yes", *given).code == 0
    assert "humour: much" in (company / "guideline.yml").read_text("utf-8")


def test_a_dry_run_shows_what_has_to_be_answered(
    guidegen: Guidegen, english: Path, asking: Path
) -> None:
    with (asking / "sections/en/law.md").open("a", encoding="utf-8") as file:
        file.write("\nNot after {{ extra.night }}.\n")
    before = _files(english)

    shown = guidegen("upgrade", "--dry-run")
    data = json.loads(guidegen("upgrade", "--dry-run", "--json").out)

    assert shown.code == 0, shown.err
    assert "Always follow" in shown.out
    assert "Not after …." in shown.out
    assert "Until when?”" not in shown.out
    assert (
        "New questions to be answered first (examples stand above)\n"
        "  • Until when? (extra.night)\n"
    ) in shown.out
    assert "New answers" not in shown.out
    assert shown.out.endswith(
        "Answer what is new with --set KEY=VALUE, or run “guidegen upgrade” in a"
        " terminal.\n"
    )
    assert data["needed_answers"] == ["extra.night"]
    assert data["answers"] == []
    assert _files(english) == before
    given = guidegen("upgrade", "--dry-run", "--set", "extra.night=6 pm")
    assert "Not after 6 pm." in given.out


def _reword(company: Path, section: str, old: str, new: str) -> Path:
    path = company / "sections" / "en" / f"{section}.md"
    change(path, old, new)
    return path


def test_own_wording_and_the_pack_s_changes_are_joined(
    guidegen: Guidegen, company: Path, newer: Path
) -> None:
    assert newer.is_dir()
    guidegen("customize", "law", "--language", "en")
    own = company / "sections" / "en" / "law.md"
    own.write_bytes(own.read_bytes().replace(b"\n", b"\r\n") + b"\r\nOur sentence.\r\n")

    result = guidegen("upgrade", "--yes", "--json")

    assert result.code == 0, result.err
    assert json.loads(result.out)["sections"] == [
        {"file": "sections/en/law.md", "outcome": "merged", "proposal": None}
    ]
    text = own.read_bytes()
    assert text.startswith(f"## {NUMBER}Always follow the law".encode())
    assert text.endswith(b"\r\nOur sentence.\r\n")
    assert text.count(b"\n") == text.count(b"\r\n")
    kept = company / "sections" / ".base" / "en" / "law.md"
    assert kept.read_text("utf-8").startswith(f"## {NUMBER}Always follow the law")


def test_a_conflict_leaves_the_own_text_and_proposes(
    guidegen: Guidegen, english: Path, newer: Path
) -> None:
    assert newer.is_dir()
    guidegen("customize", "law", "--language", "en")
    own = _reword(english, "law", "Follow the", "Please follow the")
    before = own.read_bytes()

    result = guidegen("upgrade", "--yes")

    assert result.code == 1
    assert "sections/en/law.md: stays as it is" in result.out
    assert "Applied. The draft can be released once" in result.out
    assert result.err == (
        "error: sections/en/law.proposal.md: decide which text to keep in"
        " sections/en/law.md, then delete this proposal\n"
    )
    assert own.read_bytes() == before
    proposal = own.with_name("law.proposal.md").read_text("utf-8")
    assert f"YOUR TEXT:\n\n## {NUMBER}Please follow" in proposal
    assert f"THE TEMPLATE PACK'S NEW TEXT:\n\n## {NUMBER}Always follow" in proposal
    assert f"OLD TEXT, for comparison:\n\n## {NUMBER}Follow" in proposal
    assert "<<<<" not in proposal
    assert json.loads(_files(english)["pack.lock"])["version"] == "2.1.0"
    # Nobody is told to release before somebody has decided.
    built, status = guidegen("build"), guidegen("status")
    for each in (built, status):
        assert "law.proposal.md: decide which text" in each.err
        assert "guidegen release" not in each.out
    again = guidegen("upgrade", "--yes")
    assert (again.code, again.err) == (1, result.err)
    own.with_name("law.proposal.md").unlink()
    assert guidegen("upgrade", "--yes").code == 0
    assert own.read_bytes() == before


def test_the_rest_of_a_text_in_conflict_is_in_the_proposal(
    guidegen: Guidegen, company: Path, newer: Path
) -> None:
    last = (newer / "sections" / "en" / "law.md").read_text("utf-8").splitlines()[-1]
    change(newer / "sections" / "en" / "law.md", last, f"{last} And more.")
    guidegen("customize", "law", "--language", "en")
    own = _reword(company, "law", "Follow the", "Please follow the")

    guidegen("upgrade", "--yes")

    proposal = own.with_name("law.proposal.md").read_text("utf-8")
    whole = proposal.rpartition("─\n\n")[2]
    assert whole.startswith(f"## {NUMBER}Please follow")
    assert whole.endswith("And more.\n")


def test_a_text_written_by_hand_came_from_the_pinned_pack(
    guidegen: Guidegen, company: Path, newer: Path
) -> None:
    assert newer.is_dir()
    own = company / "sections" / "en" / "law.md"
    own.parent.mkdir(parents=True)
    own.write_text("## The law is the law\n", encoding="utf-8")

    result = guidegen("upgrade", "--yes")

    assert result.code == 1
    assert "sections/en/law.proposal.md" in result.err
    assert own.read_text("utf-8") == "## The law is the law\n"
    assert not (company / "sections" / ".base").exists()


def test_another_upgrade_waits_for_decisions_about_the_same_text(
    guidegen: Guidegen, company: Path, newer: Path
) -> None:
    guidegen("customize", "law", "--language", "en")
    _reword(company, "law", "Follow the", "Please follow the")
    guidegen("upgrade", "--yes")
    change(newer / "sections" / "en" / "law.md", "Always", "Really always")
    before = _files(company)

    result = guidegen("upgrade", "--yes")

    assert result.code == 1
    assert result.out == ""
    assert "law.proposal.md: decide which text" in result.err
    assert _files(company) == before


def test_a_section_that_the_pack_no_longer_has_is_named(
    guidegen: Guidegen, company: Path, newer: Path
) -> None:
    guidegen("customize", "training", "--language", "en")
    change(newer / "pack.yml", "      - training\n", "")

    result = guidegen("upgrade", "--yes")

    assert result.code == 0, result.err
    assert "training.md: is no longer used" in result.out
    assert (company / "sections" / "en" / "training.md").is_file()


@pytest.mark.usefixtures("newer")
def test_an_interrupted_upgrade_is_finished_first(
    guidegen: Guidegen, company: Path
) -> None:
    journal = Project(company).upgrade_journal
    journal.parent.mkdir(exist_ok=True)
    journal.write_text(
        json.dumps([{"name": "sections/en/law.md", "before": None, "text": "Ours\n"}]),
        encoding="utf-8",
    )

    dry = guidegen("upgrade", "--dry-run")
    released = guidegen("upgrade", "--yes")

    assert dry.code == 1
    assert "run “guidegen upgrade” to complete it" in dry.err
    assert "had been interrupted is now complete" in released.err
    assert (company / "sections" / "en" / "law.md").read_text("utf-8") == "Ours\n"
    assert not journal.exists()


def test_a_project_that_was_never_released_has_the_installed_texts_anyway(
    guidegen: Guidegen, company: Path, newer: Path
) -> None:
    (company / "pack.lock").unlink()
    guidegen("customize", "law", "--language", "en")
    change(newer / "sections" / "en" / "law.md", "Always", "Ever")

    result = guidegen("upgrade", "--yes")

    assert result.code == 0, result.err
    assert "now has the template pack's new text" in result.out
    own = company / "sections" / "en" / "law.md"
    assert own.read_text("utf-8").startswith(f"## {NUMBER}Ever follow")
    assert not (company / "pack.lock").exists()


def test_a_broken_lock_is_named_in_the_author_s_language(
    guidegen: Guidegen, company: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    monkeypatch.setenv("GUIDEGEN_LANG", "de")
    (company / "pack.lock").write_text("{", encoding="utf-8")
    broken = guidegen("upgrade")
    shutil.rmtree(company / "releases")

    assert broken.code == 1
    assert broken.err.startswith("Fehler: pack.lock: die Datei pack.lock ist beschäd")
    assert "Tipp: holen Sie sie aus Ihrer Versionsverwaltung zurück" in broken.err


@pytest.mark.usefixtures("asking")
def test_an_upgrade_that_was_killed_and_forgotten_can_still_be_made(
    guidegen: Guidegen, english: Path
) -> None:
    answers = english / "guideline.yml"
    text = answers.read_text("utf-8")
    answers.write_text(f"{text}\nextra:\n  night: 6 pm\n", encoding="utf-8")
    assert guidegen("build").code == 1  # the pinned pack does not ask that

    result = guidegen("upgrade", "--yes")

    assert result.code == 0, result.err
    assert guidegen("build", "-q").code == 0
    answers.write_text(f"{text}\nextra:\n  nigth: 6 pm\n", encoding="utf-8")
    assert "nigth" in guidegen("upgrade").err


@pytest.mark.usefixtures("asking")
def test_a_marked_file_keeps_its_mark(guidegen: Guidegen, company: Path) -> None:
    answers = company / "guideline.yml"
    answers.write_bytes(b"\xef\xbb\xbf" + answers.read_bytes())

    guidegen("upgrade", "--yes", "--set", "extra.night=6 pm")

    assert answers.read_bytes().startswith(b"\xef\xbb\xbf#")
    assert answers.read_bytes().endswith(b"night: 6 pm\n")


def test_what_is_wrong_with_the_joined_text_is_named_in_the_company_s_file(
    guidegen: Guidegen, company: Path, newer: Path
) -> None:
    law = newer / "sections" / "en" / "law.md"
    law.write_text(law.read_text("utf-8") + "\n\n{{ nobody }}\n", encoding="utf-8")
    guidegen("customize", "law", "--language", "en")
    own = company / "sections" / "en" / "law.md"
    heading, first, *rest = own.read_text("utf-8").split("\n\n")
    own.write_text("\n\n".join([heading, first, "Our sentence.", *rest]), "utf-8")
    before = _files(company)

    result = guidegen("upgrade", "--yes")

    assert result.code == 1
    assert result.err.startswith("error: sections/en/law.md:")
    assert _files(company) == before


def test_whoever_says_the_same_as_the_new_pack_has_nothing_to_decide(
    guidegen: Guidegen, company: Path, newer: Path
) -> None:
    own = company / "sections" / "en" / "law.md"
    own.parent.mkdir(parents=True)
    shutil.copyfile(newer / "sections" / "en" / "law.md", own)

    result = guidegen("upgrade", "--yes")

    assert (result.code, result.err) == (0, "")
    assert "It does not change a word of your guideline." in result.out
    assert "Your own texts" not in result.out


def test_own_texts_alone_are_a_reason_to_ask(
    guidegen: Guidegen, company: Path, newer: Path, somebody: ScriptedPrompter
) -> None:
    (company / "pack.lock").unlink()
    guidegen("customize", "law", "--language", "en")
    change(newer / "sections" / "en" / "law.md", "Always", "Ever")
    somebody.script = [BACK, DEFAULT]

    result = guidegen("upgrade")

    assert result.code == 0, result.err
    assert len(somebody.prompts) == 2
    assert "Template pack dell" not in result.out
    own = company / "sections" / "en" / "law.md"
    assert own.read_text("utf-8").startswith(f"## {NUMBER}Ever follow")


def test_a_german_text_that_serves_sie_is_compared_with_the_formal_one(
    guidegen: Guidegen, company: Path, newer: Path
) -> None:
    formal = newer / "sections" / "de-formal" / "law.md"
    own = company / "sections" / "de" / "law.md"
    own.parent.mkdir(parents=True)
    own.write_text(formal.read_text("utf-8") + "\n\nUnser Satz.\n", encoding="utf-8")
    change(formal, f"## {NUMBER}Beachten", f"## {NUMBER}Bitte beachten")

    result = guidegen("upgrade", "--yes")

    assert result.code == 0, result.err
    assert own.read_text("utf-8").startswith(f"## {NUMBER}Bitte beachten Sie")
    assert own.read_text("utf-8").endswith("Unser Satz.\n")


@pytest.mark.usefixtures("newer")
def test_whoever_wants_data_is_not_asked(
    guidegen: Guidegen, company: Path, somebody: ScriptedPrompter
) -> None:
    shown = guidegen("upgrade", "--dry-run", "--json")
    refused = guidegen("upgrade", "--json")

    data = json.loads(shown.out)
    assert (data["from"], data["to"]) == ("2.0.0", "2.1.0")
    assert (data["needed"], data["done"]) == (True, False)
    assert [*data["text"]] == ["en"]
    assert (refused.code, refused.out) == (1, "")
    assert "--yes" in refused.err
    assert somebody.prompts == []
    assert json.loads(_files(company)["pack.lock"])["version"] == "2.0.0"


def test_an_older_guidegen_takes_no_texts_back(
    guidegen: Guidegen, company: Path, newer: Path
) -> None:
    change(newer / "pack.yml", "version: 2.1.0", "version: 0.9.0")
    before = _files(company)

    result = guidegen("upgrade", "--yes")

    assert result.code == 1
    assert "has newer texts of the template pack dell (2.0.0)" in result.err
    assert _files(company) == before
    assert update_available(Project(company)) is None
    change(newer / "pack.yml", "version: 0.9.0", "version: later")
    assert update_available(Project(company)) == Update(
        name="dell", old="2.0.0", new="later"
    )
