"""Practice stands beside a release: it neither changes one nor waits for it."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest
from tests.pack.packs import change, install, newer_packs
from tests.quick_pdf import use_quick_pdf
from tests.samples import sample_project
from tests.test_released_before import released_project
from tests.wording import raises

from guidegen.answers.data import answers_data
from guidegen.errors import FilesError, ProblemsError
from guidegen.model.document import State
from guidegen.model.project import Project
from guidegen.model.text import LocalText
from guidegen.pack.load import load_pack
from guidegen.pack.pin import keep_pack, pin_pack
from guidegen.pipeline.build import Job, build_project
from guidegen.pipeline.export import ExportJob, Form, export_project
from guidegen.pipeline.release import ReleaseRequest, make_release
from guidegen.pipeline.release_preview import preview_release
from guidegen.pipeline.status import find_status
from guidegen.pipeline.up_to_date import input_digest
from guidegen.pipeline.withdraw import withdraw_release
from guidegen.pipeline.working_copy import load_working_copy
from guidegen.release.verify import examine

GERMAN = """\
cards:
  - question: {de: Darf ich Fotos aus dem Windkanal posten?}
    right: {de: Erst fragen}
    wrong:
      - {de: Ja}
    why: {de: Dort stehen Modelle unserer Kunden.}
    rule: protect
"""


@pytest.fixture(autouse=True)
def _no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    use_quick_pdf(monkeypatch)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project in German and English."""
    return sample_project("university", tmp_path / "company")


def write_cards(project: Project, text: str) -> None:
    """Write a file of own cards."""
    project.training.mkdir(exist_ok=True)
    (project.training / "ours.yml").write_text(text, encoding="utf-8")


@pytest.mark.slow
def test_a_card_without_a_language_is_a_note_and_keeps_nothing_back(
    project: Project,
) -> None:
    before = load_working_copy(project)
    write_cards(project, GERMAN)

    after = load_working_copy(project)

    [note] = [each for each in after.slips if each.message == "card-lacks"]
    assert (note.path, note.line) == (project.training / "ours.yml", 2)
    assert after.missing == before.missing
    assert after.stale == before.stale
    assert [each.digest for each in after.drafts] == [
        each.digest for each in before.drafts
    ]
    assert after.basis == before.basis
    english = [card for card in after.decks["en"].cards if "Windkanal" in card.question]
    assert len(english) == 1


def test_the_status_names_cards_that_lack_a_language(project: Project) -> None:
    write_cards(project, GERMAN)

    status = find_status(project, on=dt.date(2027, 1, 4))

    assert [note.message for note in status.notes] == ["card-lacks"]
    assert not status.is_open


def test_a_card_of_a_section_that_is_not_there_is_a_note(project: Project) -> None:
    write_cards(project, GERMAN.replace("rule: protect", "rule: crisis"))

    copy = load_working_copy(project)

    assert [note.message for note in copy.practice.notes] == ["card-not-asked"]
    assert "crisis" not in {card.rule for card in copy.decks["de"].cards}


def test_files_that_only_look_like_cards_are_named(project: Project) -> None:
    write_cards(project, GERMAN)
    (project.training / "old").mkdir()
    for name in ("more.yaml", "old/more.yml", "notes.txt", "._ours.yml"):
        (project.training / name).write_text("cards: []", encoding="utf-8")

    notes = load_working_copy(project).practice.notes

    assert [
        note.path.name
        for note in notes
        if note.message == "cards-not-read" and note.path
    ] == ["more.yaml", "more.yml"]


@pytest.mark.slow
def test_each_card_leads_to_a_place_on_a_built_page(built: Project) -> None:
    deck = load_working_copy(built).decks["de"]

    for page, place in {tuple(card.href.split("#")) for card in deck.cards}:
        html = (built.site / page).read_text("utf-8")
        assert re.search(rf"""\bid=["']?{re.escape(place)}\b""", html), (page, place)


@pytest.mark.slow
def test_no_practice_is_wanted_and_nothing_else_changes(project: Project) -> None:
    before = load_working_copy(project)
    text = project.answers.read_text("utf-8")
    project.answers.write_text(f"{text}\ntraining: {{practice: false}}\n", "utf-8")
    write_cards(project, GERMAN)

    after = load_working_copy(project)

    assert before.decks.keys() == {"de", "en"}
    assert after.decks == {}
    assert [each.message for each in after.slips if "card" in each.message] == []
    assert answers_data(after.answers) == answers_data(before.answers)


def test_own_cards_are_read_by_a_build(project: Project) -> None:
    nothing = input_digest(project, ())

    write_cards(project, GERMAN)

    assert input_digest(project, ()) != nothing


def test_own_cards_are_no_links(project: Project, tmp_path: Path) -> None:
    write_cards(project, GERMAN)
    (project.training / "theirs.yml").symlink_to(tmp_path / "secret.yml")

    with raises(FilesError, match="link"):
        project.refuse_links()


def test_a_build_says_what_is_wrong_with_own_cards(project: Project) -> None:
    write_cards(project, GERMAN.replace("rule: protect", "rule: protekt"))

    with raises(ProblemsError, match="protect"):
        _ = load_working_copy(project).decks


@pytest.mark.slow
def test_a_build_with_own_cards_is_current_until_one_changes(project: Project) -> None:
    write_cards(project, GERMAN)
    job = Job(project=project)

    first, second = build_project(job), build_project(job)
    write_cards(project, GERMAN.replace("Erst fragen", "Nein"))
    third = build_project(job)

    assert (first.unchanged, second.unchanged, third.unchanged) == (False, True, False)
    assert [note.message for note in second.notes if "card" in note.message] == [
        "card-lacks"
    ]


@pytest.mark.slow
def test_a_project_released_before_there_were_cards_has_none(tmp_path: Path) -> None:
    project = Project(released_project("craft", tmp_path / "craft"))
    write_cards(project, GERMAN)

    copy = load_working_copy(project)

    assert copy.decks == {}
    assert [note.message for note in copy.slips if "card" in note.message] == []


@pytest.mark.slow
def test_older_texts_do_not_know_the_key_and_say_how_they_would(tmp_path: Path) -> None:
    project = Project(released_project("craft", tmp_path / "craft"))
    text = project.answers.read_text("utf-8")
    project.answers.write_text(f"{text}\ntraining: {{practice: true}}\n", "utf-8")

    with raises(ProblemsError, match="guidegen upgrade"):
        load_working_copy(project)


@pytest.mark.slow
def test_a_pinned_project_keeps_its_cards(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = load_pack("dell")
    pin_pack(project, pack, keep_pack(pack, project))
    packs = newer_packs(tmp_path / "newer")
    install(packs.parent, monkeypatch)
    change(packs / "cards" / "account.yml", "id: hobby-posts", "id: a-new-card")

    pinned = {card.id for card in load_pack("dell", beside=project.folder).cards}

    assert "hobby-posts" in pinned
    assert "a-new-card" not in pinned
    assert "a-new-card" in {card.id for card in load_pack("dell").cards}


@pytest.fixture(scope="module")
def released_twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a project with two releases, nothing changed since."""
    project = sample_project("agency", tmp_path_factory.mktemp("twice"))
    job = Job(project=project)
    note = LocalText.of("A new version.")
    for month in (2, 5):
        moment = dt.datetime(2027, month, 1, 9, tzinfo=dt.UTC)
        text = project.answers.read_text(encoding="utf-8")
        text = text.replace("owner: ", f"owner: Owner {month} ")
        project.answers.write_text(text, encoding="utf-8")
        with pytest.MonkeyPatch.context() as patch:
            use_quick_pdf(patch)
            request = ReleaseRequest(now=moment, notes=note)
            make_release(job, preview_release(job), request)
    return project.folder


@pytest.fixture
def twice(released_twice: Path, tmp_path: Path) -> Project:
    shutil.copytree(released_twice, tmp_path / "twice")
    return Project(tmp_path / "twice")


@pytest.mark.slow
def test_only_today_s_pages_lead_to_practising(twice: Project) -> None:
    def naming(word: str) -> set[str]:
        return {
            path.relative_to(twice.site).as_posix()
            for path in twice.site.rglob("*.html")
            if word in path.read_text("utf-8")
        }

    at_release = naming('href="practice.html"')
    build_project(Job(project=twice, force=True))
    built = naming('href="practice.html"')
    with twice.answers.open("a", encoding="utf-8") as file:
        file.write("training: {practice: false}\n")
    without = build_project(Job(project=twice))

    assert built == at_release
    assert built == {path.name for path in twice.site.glob("*.html")} | {
        "practice.html"
    }
    assert (twice.site / "versions/1.0.0/index.html").is_file()
    assert naming("practice.html") == set()
    assert not (twice.site / "practice.html").exists()
    # Neither a draft nor another version, and `verify` finds what was released.
    assert without.edition.state is State.RELEASED
    assert examine(twice.releases).problems == ()


@pytest.mark.slow
def test_while_an_older_version_is_back_nothing_is_practised(twice: Project) -> None:
    reason = LocalText.of("Wrong.")
    withdraw_release(twice, "1.1.0", by="Jana", on=dt.date(2027, 6, 1), reason=reason)

    build_project(Job(project=twice))

    assert (twice.site / "index.html").is_file()
    assert not (twice.site / "practice.html").exists()


@pytest.mark.slow
def test_an_exported_project_has_the_page_unless_a_version_was_asked_for(
    twice: Project,
) -> None:
    [now] = export_project(ExportJob(project=twice, form=Form.MKDOCS)).paths
    job = ExportJob(project=twice, form=Form.MKDOCS, version="1.0.0")
    [then] = export_project(job).paths

    head = (now / "docs/practice.md").read_text("utf-8")
    assert "template: practice.html" in head
    assert "exclude: true" in head
    assert "practice.md" in (now / "mkdocs.yml").read_text("utf-8")
    assert not (then / "docs/practice.md").exists()
    assert "practice.md" not in (then / "mkdocs.yml").read_text("utf-8")
