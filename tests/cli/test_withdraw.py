"""`guidegen release --withdraw`, and what every command makes of it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from tests.cli.conftest import Result
from tests.interview.scripted import STOP, ScriptedPrompter
from tests.test_released_before import DAY, released_project

from guidegen.model.project import Project
from guidegen.release.history import read_history

Guidegen = Callable[..., Result]

WITHDRAW = ("release", "--withdraw", "2.0.0")
_PAGES = {".html", ".xml"}
WHY = ("--reason", "The lawyers are checking rule 3.", "--by", "Ama Mensah")

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _day(own_cache: None, monkeypatch: pytest.MonkeyPatch) -> None:
    del own_cache
    monkeypatch.setenv("GUIDEGEN_TODAY", DAY)


@pytest.fixture
def project(here: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return a project in English with the releases 1.0.0 and 2.0.0."""
    return _released("retailer", here, monkeypatch)


@pytest.fixture
def bilingual(here: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return one in German and English."""
    return _released("manufacturer", here, monkeypatch)


def _released(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    released_project(name, folder / "project")
    monkeypatch.chdir(folder / "project")
    return Project(Path())


def _text(path: Path) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", path.read_text("utf-8")).split())


def _texts(site: Path) -> dict[str, str]:
    """Return what stands in each root page's article."""
    found = {}
    for path in (site / name for name in ("index.html", "contact.html")):
        [article] = re.findall(
            r"<article.*?</article>", path.read_text("utf-8"), re.DOTALL
        )
        found[path.name] = " ".join(re.sub(r"<[^>]*>", " ", article).split())
    return found


def test_the_last_good_release_is_at_the_root_again(
    guidegen: Guidegen, project: Project
) -> None:
    guidegen("build", "-q")
    newest = _texts(project.site)

    result = guidegen(*WITHDRAW, *WHY, "--yes")

    assert result.code == 0
    assert result.out.startswith(
        "Without version 2.0.0, version 1.0.0 is in force again, as it was released."
        " Your files stay a draft.\n"
        "Withdrawn: version 2.0.0. Nothing was deleted.\n"
        "Checksum of the chain (write it down in another place):\n  "
    )
    assert result.out.endswith("To let your readers see it: guidegen publish\n")
    assert result.err.startswith("note: Version 2.0.0 is withdrawn; version 1.0.0 was")
    root = _texts(project.site)
    assert root != newest
    frozen = project.releases / "1.0.0" / "en" / "contact.html"
    [name] = re.findall(r"<h1[^>]*>(.*?)</h1>", frozen.read_text("utf-8"))
    assert name in (project.site / "contact.html").read_text("utf-8")
    pdf = "guideline-en.pdf"
    assert (project.site / pdf).read_bytes() == (
        project.releases / "1.0.0" / pdf
    ).read_bytes()
    assert "Withdrawn on 3 May 2027" in _text(
        project.site / "versions/2.0.0/index.html"
    )
    assert not (project.site / "versions/1.0.0").exists()
    changes = (project.site / "changes.html").read_text("utf-8")
    [withdrawn] = re.findall(
        r'<section class="gg-release" aria-labelledby="v-2-0-0">.*?</section>',
        changes,
        re.DOTALL,
    )
    # Nobody is to read again what no longer applies.
    assert "please read again" not in withdrawn
    assert "The lawyers are checking rule 3." in withdrawn
    assert "<details open" not in withdrawn.replace(' class="gg-text-changes"', "")
    feed = (project.site / "changes.xml").read_text("utf-8")
    assert feed.count("<entry>") == 3
    # Nothing is deleted.
    assert guidegen("verify", "-q") == (0, "", "")
    assert (project.releases / "2.0.0" / pdf).is_file()


def test_every_command_knows_that_a_version_is_withdrawn(
    guidegen: Guidegen, project: Project
) -> None:
    guidegen(*WITHDRAW, *WHY, "--yes", "-q")

    status = guidegen("status")
    verify = guidegen("verify")
    difference = guidegen("diff")
    review = guidegen("review", "--by", "Ama Mensah", "--json")
    unchanged = guidegen("build")
    draft = guidegen("build", "--draft", "--json")
    again = guidegen("build", "--json")
    release = guidegen("release", "--json")

    assert status.out.splitlines()[:3] == [
        (
            "Withdrawn: version 2.0.0 on 3 May 2027 by Ama Mensah: The lawyers are"
            " checking rule 3."
        ),
        "Released: version 1.0.0, in force since 1 December 2026",
        (
            "Changes since: yes; released, they would become version 2.0.1"
            " (“guidegen diff” shows them)"
        ),
    ]
    assert verify.out.startswith(
        "Everything is unchanged. Releases: 2, of which withdrawn: 1, reviews: 0.\n"
    )
    assert "since version 1.0.0" in difference.out
    assert json.loads(review.out)["version"] == "1.0.0"
    assert "version 1.0.0 was built, as it was released" in unchanged.err
    assert json.loads(draft.out)["edition"] == {"version": "2.0.1", "state": "draft"}
    assert json.loads(again.out)["edition"] == {"version": "1.0.0", "state": "released"}
    # What is missing is the consent and a note, not a version.
    assert "--yes" in release.err
    assert [each.version for each in read_history(project.releases).releases] == [
        "1.0.0",
        "2.0.0",
    ]


def test_working_files_that_cannot_be_built_keep_no_version_in_force(
    guidegen: Guidegen, project: Project
) -> None:
    section = project.sections / "en" / "welcome.md"
    section.parent.mkdir(parents=True, exist_ok=True)
    section.write_text("{{ nothing.there }}\n", encoding="utf-8")

    result = guidegen(*WITHDRAW, *WHY, "--yes", "--json")

    assert result.code == 0
    assert json.loads(result.out)["current"] == "1.0.0"
    assert (project.site / "versions/2.0.0/index.html").is_file()
    assert guidegen("build", "--draft").code == 1


def test_what_is_published_is_the_last_good_release(
    guidegen: Guidegen, project: Project, tmp_path: Path
) -> None:
    with project.answers.open("a", encoding="utf-8") as file:
        file.write(f"\npublish:\n  web: {{kind: folder, path: {tmp_path / 'web'}}}\n")
    guidegen("publish", "--yes", "-q")
    guidegen(*WITHDRAW, *WHY, "--yes", "-q")

    before = guidegen("status")
    published = guidegen("publish", "--yes", "--json")
    after = guidegen("status")

    assert "“web” still shows the withdrawn version 2.0.0." in before.out
    assert published.code == 0, published.err
    assert "still shows" not in after.out
    live = tmp_path / "web" / "current"
    assert _texts(live) == _texts(project.site)
    assert (live / "guideline-en.pdf").read_bytes() == (
        project.releases / "1.0.0/guideline-en.pdf"
    ).read_bytes()
    # Only 2.0.0 is kept, and would be refused: no choice to offer.
    refused = guidegen("rollback", "--to", "7.0.0")
    assert refused.err.startswith("error: version 7.0.0 is not kept at ")
    assert "2.0.0" not in refused.err


def test_without_any_good_release_the_draft_is_shown_as_a_draft(
    guidegen: Guidegen, project: Project, tmp_path: Path
) -> None:
    with project.answers.open("a", encoding="utf-8") as file:
        file.write(f"\npublish:\n  web: {{kind: folder, path: {tmp_path / 'web'}}}\n")
    first = guidegen("release", "--withdraw", "1.0.0", *WHY, "--yes")
    last = guidegen(*WITHDRAW, *WHY, "--yes")

    assert first.out.startswith(
        "Version 1.0.0 is not the one in force, which stays version 2.0.0."
    )
    assert last.out.startswith("Version 2.0.0 is the only one in force.")
    assert "No version is in force: all are withdrawn." in last.err
    assert "“guidegen publish --draft” shows your readers the draft" in last.out
    status = guidegen("status")
    assert status.out.splitlines()[1] == (
        "No version is in force. “guidegen release” releases your guideline as version"
        " 2.0.1."
    )
    assert "all releases are withdrawn" in guidegen("review", "--by", "A").err
    # Nobody has decided that readers should see it.
    refused = guidegen("publish", "--yes")
    assert refused.code == 1
    assert "no version is in force, since all are withdrawn" in refused.err
    assert guidegen("publish", "--yes", "--draft", "-q").code == 0
    assert "Draft" in _text(tmp_path / "web" / "current" / "index.html")
    assert guidegen("verify", "-q").code == 0


def test_all_that_is_missing_is_said_at_once(
    guidegen: Guidegen, bilingual: Project
) -> None:
    nothing = guidegen(*WITHDRAW)
    half = guidegen(*WITHDRAW, "--reason", "de=Falsch", "--by", "  ", "--yes")
    wrong = guidegen(
        *(*WITHDRAW, "--by", "A", "--yes", "--reason", "Falsch"),
        *("--reason", "fr=Faux", "--reason", "en=a", "--reason", "en=b"),
        *("--reason", f"de={'x' * 501}"),
    )

    assert [line.partition(",")[0] for line in nothing.err.splitlines()] == [
        "error: --reason: the reason for readers is missing (de)",
        "error: --reason: the reason for readers is missing (en)",
        "error: say who withdraws the version",
        "error: --yes: what is withdrawn stays so",
    ]
    assert [line.partition(",")[0] for line in half.err.splitlines()] == [
        "error: --by: is empty; write something",
        "error: --reason: the reason for readers is missing (en)",
    ]
    assert [line.partition(";")[0] for line in wrong.err.splitlines()] == [
        "error: --reason: this version has several languages",
        "error: --reason: this version does not have the language “fr”",
        "error: --reason: there are two reasons for “en”",
        "error: --reason: the reason is 501 characters long",
    ]
    assert (nothing.code, half.code, wrong.code) == (1, 1, 1)
    assert not (bilingual.releases / "withdrawals.json").exists()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--withdraw", "9.0.0"), 1, "no version 9.0.0 has been released"),
        (("--reason", "x"), 2, "--reason: belongs to --withdraw VERSION"),
        (("--by", "x"), 2, "--by: belongs to --withdraw VERSION"),
        (("--withdraw", "2.0.0", "--note", "x"), 2, "--note: belongs to a release"),
        (
            ("--withdraw", "2.0.0", "--version-jumps"),
            2,
            "--version-jumps: belongs to a release",
        ),
    ],
)
@pytest.mark.usefixtures("project")
def test_what_makes_no_sense_is_refused(
    guidegen: Guidegen, words: tuple[str, ...], code: int, said: str
) -> None:
    result = guidegen("release", *words)

    assert result.code == code
    assert said in result.err


def test_a_reason_is_text_wherever_readers_meet_it(
    guidegen: Guidegen, project: Project
) -> None:
    reason = '"><script>alert(1)</script> {{ x }} {% y %} {date} [a](https://b.example)'

    guidegen(*WITHDRAW, "--yes", "-q", "--by", "<i>A</i>", "--reason", reason)

    pages = [path for path in project.site.rglob("*") if path.suffix in _PAGES]
    shown = [path for path in pages if "alert(1)" in path.read_text("utf-8")]
    assert {path.name for path in shown} >= {"changes.html", "changes.xml"}
    assert project.site / "versions/2.0.0/contact.html" in shown
    for path in shown:
        text = path.read_text("utf-8")
        assert "<script>alert" not in text
        assert '">&lt;script' not in text
        assert text.count("alert(1)") == text.count(escape(reason)), path
    assert "<i>" not in (project.site / "versions/2.0.0/index.html").read_text("utf-8")


def test_a_version_is_withdrawn_once(guidegen: Guidegen, project: Project) -> None:
    guidegen(*WITHDRAW, *WHY, "--yes", "-q")

    again = guidegen(*WITHDRAW, *WHY, "--yes")

    assert again == (
        1,
        "",
        "error: version 2.0.0 was withdrawn already on 3 May 2027 by Ama Mensah\n",
    )
    assert len(json.loads((project.releases / "withdrawals.json").read_bytes())) == 1


def test_while_something_differs_nothing_is_withdrawn(
    guidegen: Guidegen, project: Project
) -> None:
    (project.releases / "1.0.0/en/index.md").unlink()

    result = guidegen(*WITHDRAW, *WHY, "--yes")

    assert result.code == 1
    assert "nothing can be released, reviewed or withdrawn" in result.err
    assert not (project.releases / "withdrawals.json").exists()


def _terminal(monkeypatch: pytest.MonkeyPatch, *script: object) -> ScriptedPrompter:
    prompter = ScriptedPrompter([*script])
    monkeypatch.setattr("guidegen.cli.release._Options.asks", True)
    monkeypatch.setattr(
        "guidegen.cli.release_withdrawal.make_prompter", lambda *_, **__: prompter
    )
    return prompter


def test_in_a_terminal_reasons_and_the_name_are_asked_for(
    guidegen: Guidegen, bilingual: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDEGEN_LANG", "de")
    prompter = _terminal(monkeypatch, " Regel 3 ", "Rule 3", "Jana P.", "yes")

    result = guidegen(*WITHDRAW)

    assert result.code == 0
    assert [prompt.text for prompt in prompter.prompts] == [
        "Warum? (auf Deutsch)",
        "Warum? (auf Englisch)",
        "Wer zieht sie zurück?",
        "Fassung 2.0.0 jetzt zurückziehen? Das bleibt in den Aufzeichnungen.",
    ]
    [withdrawal] = read_history(bilingual.releases).withdrawals
    assert (withdrawal.by, dict(withdrawal.reason.texts)) == (
        "Jana P.",
        {"de": "Regel 3", "en": "Rule 3"},
    )


@pytest.mark.parametrize(
    ("script", "code"), [(("Why", "A", "no"), 0), (("Why", STOP), 130)]
)
def test_without_consent_nothing_is_withdrawn(
    guidegen: Guidegen,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    script: tuple[object, ...],
    code: int,
) -> None:
    _terminal(monkeypatch, *script)

    assert guidegen(*WITHDRAW).code == code
    assert not (project.releases / "withdrawals.json").exists()


def test_a_version_that_leaves_out_numbers_is_asked_about(
    guidegen: Guidegen, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = project.answers.read_text("utf-8")
    project.answers.write_text(
        text.replace("taboo_topics:\n", "taboo_topics:\n  - mergers\n"),
        encoding="utf-8",
    )
    jump = ("release", "--note", "New.", "--yes", "--version", "4.0.0")
    refused = guidegen(*jump)
    prompter = ScriptedPrompter(["no"])
    with monkeypatch.context() as terminal:
        terminal.setattr("guidegen.cli.release._Options.asks", True)
        terminal.setattr("guidegen.cli.release.release_prompter", lambda _: prompter)
        not_meant = guidegen(*jump)
    left = sorted(path.name for path in project.releases.glob("*.*.*"))
    meant = guidegen(*jump, "--version-jumps", "-q")

    assert refused.code == 1
    assert refused.err == (
        "error: --version: version 4.0.0 leaves out numbers; the last one is 2.0.0, and"
        " 3.0.0 is proposed\n"
        "hint: a number cannot be taken back; if it is meant, say so with"
        " --version-jumps\n"
    )
    assert not_meant.code == 0
    assert not_meant.out.endswith("Nothing was released.\n")
    assert left == ["1.0.0", "2.0.0"]
    assert meant == (0, "", "")


def test_a_checksum_that_was_written_down_is_held_against_the_chain(
    guidegen: Guidegen, project: Project
) -> None:
    def chain() -> str:
        return str(json.loads(guidegen("status", "--json").out)["chain"]["digest"])

    first = chain()
    guidegen("review", "--by", "Ama Mensah")
    second = chain()
    typed = " ".join(re.findall("....", second.upper()))

    earlier = guidegen("verify", "--digest", first)
    now = guidegen("verify", "--digest", typed)
    quiet = guidegen("verify", "-q", "--digest", second)
    read_out = guidegen("verify", "--digest", f"{second[:8]}…")
    short = guidegen("verify", "--digest", second[:7])
    shutil.rmtree(project.releases / "2.0.0")
    found = guidegen("verify", "--digest", second)
    for name in ("reviews.json", "head.json"):
        (project.releases / name).unlink()
    gone = guidegen("verify", "--digest", second)
    data = json.loads(guidegen("verify", "--json", "--digest", second).out)
    unnoticed = guidegen("verify", "-q")
    shutil.rmtree(project.releases)
    empty = guidegen("verify", "--digest", second)

    assert (earlier.code, now.code, short.code) == (0, 0, 2)
    assert "when 2.0.0 was the newest version (reviews: 0, withdrawn: 0)" in earlier.out
    assert now.out.endswith("That is the checksum of the chain as it is now.\n")
    assert read_out.code == 0
    assert "as it is now.\nOnly the first 8 characters have been" in read_out.out
    assert quiet == (0, "", "")
    assert found.code == 1
    assert "2.0.0: this release is missing; head.json names it" in found.out
    assert gone.code == 1
    assert "This checksum is nowhere in the chain: something is missing" in gone.err
    assert data["digest"]["meaning"] is None
    # Which is why the checksum has to lie in another place.
    assert unnoticed == (0, "", "")
    assert empty.code == 1


def test_the_next_release_follows_the_withdrawn_one_and_is_compared_with_the_good_one(
    guidegen: Guidegen, project: Project
) -> None:
    guidegen(*WITHDRAW, *WHY, "--yes", "-q")

    result = guidegen("release", "--yes", "--note", "Rule 3 is right now.")

    assert result.code == 0
    assert result.out.startswith(
        "Version 2.0.0 is withdrawn; this is compared with version 1.0.0.\n"
        "Version 2.0.1: new or changed duties;"
    )
    assert "still say the same as the withdrawn version 2.0.0" in result.err
    *_, withdrawn, new = read_history(project.releases).releases
    assert (new.version, new.step, new.previous) == ("2.0.1", "major", withdrawn.id)
    assert guidegen("verify", "-q").code == 0
    changes = _text(project.site / "changes.html")
    assert "Rule 3 is right now." in changes
    # What 1.0.0 did not have is new again for those who follow it.
    assert json.loads((new.folder / "en/redline.json").read_bytes())
    assert (project.site / "versions/1.0.0/index.html").is_file()
