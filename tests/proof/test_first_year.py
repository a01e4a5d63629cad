"""The first year of a company, from the first release to who has confirmed the second.

Everything is done with the commands of the manual; only feeds are fetched from this
computer instead of the internet.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Browser
from tests.course import core_of, course_of, play
from tests.inside.feed_server import feed_server, of_tests, rss, rss_item, sent
from tests.installed import run_away
from tests.proof.learning_platform import PATIENCE_MS, enter, platform_with
from tests.samples import sample_project

from guidegen.cli import cli
from guidegen.cli.boundary import run
from guidegen.model.project import Project
from guidegen.pipeline.inside import FetchJob, fetch_inside
from guidegen.release.history import read_history

pytestmark = [pytest.mark.slow, pytest.mark.proof]

URL = "https://intranet.nordlicht.example/regeln/"
FIRST = dt.date(2027, 1, 4)
FORTNIGHT = [FIRST + dt.timedelta(days=number) for number in range(1, 15)]
SECOND = dt.date(2027, 9, 1)


@dataclass
class Year:
    """A company's project, and the commands of its year."""

    project: Project
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def on(self, day: dt.date) -> None:
        """Go to a day."""
        self.monkeypatch.setenv("GUIDEGEN_TODAY", day.isoformat())

    def guidegen(self, *arguments: str) -> str:
        """Run a command that must succeed; return what it prints."""
        with pytest.raises(SystemExit) as ended:
            run(cli, arguments)
        shown = self.capsys.readouterr()
        assert not ended.value.code, shown.err
        return shown.out


@pytest.fixture
def year(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    own_cache: None,  # noqa: ARG001
) -> Year:
    """Stand in the folder of a company that begins its year."""
    project = sample_project("listed", tmp_path / "project")
    monkeypatch.chdir(project.folder)
    monkeypatch.setenv("GUIDEGEN_LANG", "en")
    return Year(project=project, monkeypatch=monkeypatch, capsys=capsys)


@pytest.fixture
def news() -> Iterator[Callable[[Project, dt.date], None]]:
    """Return what fetches a day's news: two each day, one of them about nobody."""
    with feed_server() as server:
        feed = server.url("/feed", scheme="https")

        def fetch(project: Project, day: dt.date) -> None:
            number = day.toordinal()
            date = day.strftime("%a, %d %b %Y 08:00:00 +0000")
            good = rss_item(number, title="Nordlicht opens plant {0}", date=date)
            spam = rss_item(number + 10**6, title="Win a phone {0}", date=date)
            server.routes["/feed"] = sent(rss(good, spam))
            text = project.answers.read_text("utf-8")
            if "inside:" not in text:
                told = f"\ninside:\n  feeds: [{{url: {feed}, label: Harbour News}}]\n"
                project.answers.write_text(text + told, "utf-8")
            moment = dt.datetime.combine(day, dt.time(12), dt.UTC)
            fetch_inside(FetchJob(project=project, now=moment, reach=of_tests()))

        yield fetch


def read_code(page: Path, into: Path) -> list[str]:
    """Return what a phone reads from a page on the wall."""
    picture = into / f"{page.stem}.png"
    pypdfium2.PdfDocument(page)[0].render(scale=2).to_pil().save(picture)
    zbar = shutil.which("zbarimg")
    assert zbar, "zbarimg is missing: scripts/servers.sh proof"
    return run_away(zbar, "-q", "--raw", picture, cwd=into).split()


def text_of(path: Path) -> str:
    """Return the plain text of a mail."""
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = mail.get_body(preferencelist=("plain",))
    assert body is not None
    return str(body.get_content())


def test_the_first_year_of_a_company(
    year: Year,
    news: Callable[[Project, dt.date], None],
    browser: Browser,
    lms: Path,
    tmp_path: Path,
) -> None:
    _begin(year, tmp_path)
    _train(year, browser, lms, tmp_path)
    _bring_inside(year, news, browser, tmp_path)
    _change(year, browser, tmp_path)
    _count(year, tmp_path)


def _begin(year: Year, tmp_path: Path) -> None:
    """January: the first release, published and announced."""
    year.on(FIRST)
    (tmp_path / "intranet").mkdir()
    year.guidegen("release", "-y", "-q")
    answers = year.project.answers
    target = f"{{kind: folder, path: {tmp_path / 'intranet'}, address: {URL}}}"
    text = answers.read_text("utf-8")
    answers.write_text(f"{text}\npublish:\n  intranet: {target}\n", "utf-8")
    year.guidegen("publish", "-y", "-q")
    year.guidegen("announce", "-q")

    assert (tmp_path / "intranet/current/practice.html").is_file()
    for language, address in (("de", URL), ("en", f"{URL}en/")):
        kit = year.project.announcements / language
        for sheet in ("poster-a3.pdf", "poster-a4.pdf"):
            assert read_code(kit / sheet, tmp_path) == [address]
        mail = message_from_bytes(
            (kit / "mail.eml").read_bytes(), policy=policy.default
        )
        body = mail.get_body(preferencelist=("plain",))
        assert body is not None
        assert address in body.get_content()


def _train(year: Year, browser: Browser, lms: Path, tmp_path: Path) -> None:
    """January to February: the course on the platform, and three waves by mail."""
    year.guidegen("export", "scorm", "--language", "de", "-q")
    package = (year.project.folder / "export/guideline-de-scorm12.zip").resolve()
    with platform_with(package, lms, tmp_path / "lms") as platform:
        context = browser.new_context()
        page = enter(context, platform)
        frame = course_of(page)
        play(frame, core_of(frame))
        page.wait_for_load_state("networkidle", timeout=PATIENCE_MS)
        context.close()
        result = platform.result()
    assert (result["status"], result["completed"]) == ("completed", True)

    year.guidegen("training", "plan", "--start", FIRST.isoformat(), "-q")
    practice = (tmp_path / "intranet/current/practice.html").read_text("utf-8")
    for wave in (1, 2, 3):
        text = text_of(year.project.training_plan / f"de/wave-{wave}.eml")
        cards = re.findall(r"practice\.html#(card-[a-z0-9-]+)", text)
        assert len(cards) == 2
        assert all(f'id="{card}"' in practice for card in cards)


def _bring_inside(
    year: Year,
    news: Callable[[Project, dt.date], None],
    browser: Browser,
    tmp_path: Path,
) -> None:
    """Two weeks in January: news are fetched, decided about, and published."""
    released = read_history(year.project.releases).releases[0]
    for day in FORTNIGHT:
        year.on(day)
        news(year.project, day)
        listed = json.loads(year.guidegen("inside", "list", "--json"))
        for item in listed["waiting"]:
            verb = "approve" if "Nordlicht" in item["title"] else "hide"
            year.guidegen("inside", verb, item["id"])
    year.guidegen("publish", "-y", "-q")

    page = browser.new_page()
    page.goto((tmp_path / "intranet/current/en/inside.html").as_uri())
    shown = page.locator("article").inner_text()
    page.goto((tmp_path / "intranet/current/en/index.html").as_uri())
    front = page.locator("article").inner_text()
    version = page.locator(".gg-facts").inner_text()
    page.close()
    assert shown.count("Nordlicht opens plant") == len(FORTNIGHT)
    assert "Win a phone" not in shown
    assert front.count("Nordlicht opens plant") == 3
    assert "1.0.0" in version
    # News are no part of a release.
    assert read_history(year.project.releases).releases == (released,)
    assert json.loads(year.guidegen("status", "--json"))["draft"] is None
    assert year.guidegen("verify").startswith("Everything is unchanged.")


def _change(year: Year, browser: Browser, tmp_path: Path) -> None:
    """September: the policy changes, and everybody hears what is new."""
    year.on(SECOND)
    note = "Projects of customers now need the customer's consent."
    year.guidegen("set", "version.valid_from=2027-09-01")
    year.guidegen(
        "release", "-y", "-q", "--version", "2.0.0",
        "--note", f"en={note}", "--note", "de=Kundenprojekte nur mit Zustimmung.",
    )  # fmt: skip
    year.guidegen("publish", "-y", "-q")
    year.guidegen("announce", "-q")
    year.guidegen("export", "scorm", "--language", "de", "-q")

    mail = (year.project.announcements / "en/mail.txt").read_text("utf-8")
    assert note in " ".join(mail.split())
    page = browser.new_page()
    page.goto((tmp_path / "intranet/current/en/index.html").as_uri())
    assert "2.0.0" in page.locator(".gg-facts").inner_text()
    page.goto((tmp_path / "intranet/current/en/inside.html").as_uri())
    assert page.locator("article").inner_text().count("Nordlicht opens plant") > 0
    page.close()


def _count(year: Year, tmp_path: Path) -> None:
    """October: who has confirmed the second version."""
    first, second = read_history(year.project.releases).releases
    digests = {
        each.version: each.documents["de"].digest[:8] for each in (first, second)
    }
    people = ["ada", "bo", "cem", "dana"]
    hr, form = tmp_path / "hr.csv", tmp_path / "form.csv"
    hr.write_text(
        "Name;E-Mail\n"
        + "".join(f"{each.title()};{each}@nordlicht.example\n" for each in people)
    )
    form.write_text(
        "Completion time,Email,fassung,pruefsumme\n"
        f"2027-09-02,ada@nordlicht.example,2.0.0,{digests['2.0.0']}\n"
        f"2027-01-08,bo@nordlicht.example,1.0.0,{digests['1.0.0']}\n"
        "2027-09-03,cem@nordlicht.example,2.0.0,00000000\n"
        f"2027-09-03,gone@nordlicht.example,2.0.0,{digests['2.0.0']}\n"
    )
    out = year.guidegen(
        "receipts", "--people", str(hr), "--received", str(form), "--json",
        "--map", "received.checksum=pruefsumme",
    )  # fmt: skip
    found = json.loads(out)

    assert found["version"] == "2.0.0"
    assert (found["confirmed"], found["earlier"], found["mismatch"]) == (1, 1, 1)
    assert (found["missing"], found["strangers"]) == (1, 1)
