"""Two years of a company's guideline, played through the command line.

What guidegen says and what readers see is compared whole with `expected/`;
`pytest --rewrite` writes it anew, to be read as a reader would.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.history.conftest import Play
from tests.history.reading import page_text
from tests.pack.packs import change, install
from tests.quick_pdf import use_quick_pdf

from guidegen.pack.find import builtin_packs

EXPECTED = Path(__file__).parent / "expected"
pytestmark = pytest.mark.slow


@pytest.mark.long
@pytest.mark.parametrize("language", ["de", "en"])
def test_two_years_of_a_guideline(
    language: str,
    play: Play,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    pytestconfig: pytest.Config,
) -> None:
    packs = tmp_path / "packs"
    shutil.copytree(builtin_packs(), packs)
    install(packs, monkeypatch)
    play.speak(language)
    if language == "de":
        # Nobody looks at the PDFs. That they can be made, the other story shows.
        use_quick_pdf(monkeypatch)

    _first_release(play)
    _new_taboo_topic(play)
    _contact_leaves(play)
    _law_changes(play, packs / "dell")
    _own_words(play)
    _both_reword(play, packs / "dell")
    _overdue_review(play)
    _withdrawn_version(play)
    _tampered_file(play)

    commands = f"commands-{language}.txt"
    # What readers see does not depend on what guidegen speaks with the author.
    seen = {commands: play.transcript.lstrip(), **_site(play.folder / "site")}
    if pytestconfig.getoption("rewrite"):
        _rewrite(seen)
    assert seen == {
        path.relative_to(EXPECTED).as_posix(): path.read_text("utf-8")
        for path in [EXPECTED / commands, *EXPECTED.glob("site/**/*.txt")]
    }


def _rewrite(seen: dict[str, str]) -> None:
    shutil.rmtree(EXPECTED / "site", ignore_errors=True)
    for name, text in seen.items():
        (EXPECTED / name).parent.mkdir(parents=True, exist_ok=True)
        (EXPECTED / name).write_text(text, encoding="utf-8", newline="\n")


def _site(site: Path) -> dict[str, str]:
    """Return what readers see at the end."""
    pages = [*site.glob("*.html"), *site.glob("en/*.html")]
    pages += site.glob("versions/1.0.0/**/index.html")
    return {
        f"site/{page.relative_to(site).with_suffix('.txt').as_posix()}": page_text(page)
        for page in pages
    }


def _first_release(play: Play) -> None:
    play.day("2026-12-01", "The first version")
    play.guidegen("demo", play.folder.name)
    play.enter()
    play.guidegen("diff")
    play.guidegen("status")
    play.guidegen("release", "--yes", "--approved-by", "Jana Petersen")
    play.guidegen("status")


def _new_taboo_topic(play: Play) -> None:
    play.day("2027-03-15", "A new taboo topic")
    play.guidegen("set", "taboo_topics+=mergers", "version.valid_from=2027-04-01")
    play.guidegen("build")
    play.guidegen("diff")
    play.guidegen("release", "--yes", code=1)
    play.guidegen(
        "release",
        "--yes",
        "--approved-by",
        "Jana Petersen",
        "--note",
        "de=Schreib bitte nichts über Übernahmen und Fusionen, auch keine Gerüchte.",
        "--note",
        "en=Please write nothing about mergers and acquisitions, not even rumours.",
    )


def _contact_leaves(play: Play) -> None:
    play.day("2027-06-10", "The contact leaves, another one comes")
    play.guidegen(
        "set",
        "contacts.0.name=Ole Brandt",
        "contacts.0.role.de=Leiter Social Media",
        "contacts.0.role.en=Head of social media",
    )
    play.guidegen("diff")
    play.guidegen(
        "release",
        "--yes",
        "--note",
        "de=Bei Fragen hilft Dir jetzt Ole Brandt.",
        "--note",
        "en=Ole Brandt now helps you with questions.",
    )


def _law_changes(play: Play, pack: Path) -> None:
    change(pack / "pack.yml", "version: 2.0.0", "version: 2.1.0")
    law = "Verwende nur Bilder, Texte und Musik, die Du nutzen darfst."
    change(
        pack / "sections/de/law.md",
        law,
        f"{law}\n- Für Bilder von Kindern musst Du auch die Eltern fragen.",
    )
    law = "Use only pictures, text and music that you’re allowed to use."
    change(
        pack / "sections/en/law.md",
        law,
        f"{law}\n- For pictures of children, you must ask their parents, too.",
    )
    play.day("2027-09-01", "The law has changed, and a newer guidegen is installed")
    play.guidegen("build")
    play.guidegen("status")
    play.guidegen("upgrade", "--dry-run")
    play.guidegen("upgrade", "--yes")
    play.guidegen("diff")
    play.guidegen(
        "release",
        "--yes",
        "--approved-by",
        "Jana Petersen",
        "--valid-from",
        "2027-10-01",
        "--note",
        "de=Frag für Bilder von Kindern auch die Eltern.",
        "--note",
        "en=For pictures of children, ask their parents, too.",
    )


def _own_words(play: Play) -> None:
    play.day("2027-10-05", "A section in words of one's own")
    play.guidegen("customize", "nice")
    old, new = (
        "Kritik ist erlaubt, Hass und Hetze sind es nicht.",
        "Kritik ja, Hass nein.",
    )
    play.edit("sections/de/nice.md", old, new)
    old, new = (
        "Criticism is welcome here; threats and hate aren’t.",
        "Criticism yes, hate no.",
    )
    play.edit("sections/en/nice.md", old, new)
    play.guidegen("diff")
    play.guidegen("release", "--yes", code=1)
    # It says the same: the owner knows better than the proposal.
    play.guidegen("release", "--yes", "--version", "3.0.1")


def _both_reword(play: Play, pack: Path) -> None:
    change(pack / "pack.yml", "version: 2.1.0", "version: 2.2.0")
    change(
        pack / "sections/de/nice.md",
        "Kritik ist erlaubt, Hass und Hetze sind es nicht.",
        "Kritik ist willkommen, Hass und Hetze sind es nicht.",
    )
    play.day("2027-11-20", "guidegen and the company have reworded the same line")
    play.guidegen("upgrade", "--yes", code=1)
    play.guidegen("release", "--yes", code=1)
    play.show("sections/de/nice.proposal.md")
    old, new = "Kritik ja, Hass nein.", "Kritik willkommen, Hass nein."
    play.edit("sections/de/nice.md", old, new)
    play.delete("sections/de/nice.proposal.md")
    play.guidegen("status")
    old, new = "Criticism yes, hate no.", "Criticism welcome, hate no."
    play.edit("sections/en/nice.md", old, new)
    play.guidegen("diff")
    play.guidegen("release", "--yes", "--version", "3.0.2")


def _overdue_review(play: Play) -> None:
    play.day("2027-12-10", "A review is overdue")
    play.guidegen("status", code=1)
    play.guidegen("set", "version.valid_from=2027-12-10", "version.review_months=24")
    play.guidegen("status", code=1)
    play.guidegen("release", "--yes")
    play.guidegen("status", code=1)
    play.guidegen("review", "--by", "Jana Petersen", "--note", "Alles stimmt noch.")
    play.guidegen("status")


def _withdrawn_version(play: Play) -> None:
    play.day("2028-02-01", "A version goes too far, and is withdrawn")
    play.guidegen("set", "taboo_topics+=competitors", "version.valid_from=2028-02-01")
    play.guidegen(
        "release",
        "--yes",
        "--note",
        "de=Schreib nichts über Wettbewerber.",
        "--note",
        "en=Write nothing about competitors.",
    )
    play.day("2028-02-03", "The works council had not agreed")
    play.guidegen("release", "--withdraw", "4.0.0", code=1)
    play.guidegen(
        "release",
        "--withdraw",
        "4.0.0",
        "--yes",
        "--by",
        "Jana Petersen",
        "--reason",
        "de=Der Betriebsrat hat noch nicht zugestimmt.",
        "--reason",
        "en=The works council has not agreed yet.",
    )
    play.guidegen("status")
    play.guidegen("verify")
    play.guidegen("set", "taboo_topics-=competitors", "version.valid_from=2027-12-10")
    play.guidegen("build")
    play.guidegen("release", "--yes", code=1)


def _tampered_file(play: Play) -> None:
    play.day("2028-05-03", "Somebody has changed an old version")
    page, old, new = "releases/1.0.0/de/index.md", "Kritik ist erlaubt", "Kritik bitte"
    play.edit(page, old, new)
    play.guidegen("verify", code=1)
    play.guidegen("set", "contacts.0.phone=+49 40 7654321")
    note = ("--note", "de=Neue Nummer.", "--note", "en=New number.")
    play.guidegen("release", "--yes", *note, code=1)
    play.edit(page, new, old)
    play.guidegen("verify")
    play.guidegen("release", "--yes", *note)
    play.guidegen("build")
    play.guidegen("status")
