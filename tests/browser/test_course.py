"""A package for learning platforms, played on a platform that notes every call."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from playwright.sync_api import Browser, Frame, Page
from tests.axe import violations
from tests.browser.conftest import serving
from tests.course import answer, play, sitting, unpacked
from tests.installed import once
from tests.samples import sample_project

from guidegen.pipeline.export import ExportJob, Form, export_project

pytestmark = pytest.mark.slow

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

PLATFORM = """<!DOCTYPE html><html lang="en"><title>Platform</title>
<script>
  const kept = JSON.parse(sessionStorage.getItem("kept") || "{}")
  const calls = []
  let state = "new"
  const known = {"cmi.core.lesson_status": "not attempted", "cmi.suspend_data": ""}
  window.API = {
    LMSInitialize() {
      calls.push("init")
      if (state !== "new") return "false"
      state = "open"
      return "true"
    },
    LMSGetValue(name) {
      calls.push("get")
      return state === "open" ? (kept[name] ?? known[name] ?? "") : ""
    },
    LMSSetValue(name, value) {
      calls.push(name)
      if (state !== "open" || window.isFull) return "false"
      if (typeof value !== "string") throw new Error("no text")
      kept[name] = value
      return "true"
    },
    LMSCommit() {
      calls.push("commit")
      sessionStorage.setItem("kept", JSON.stringify(kept))
      return "true"
    },
    LMSFinish() { calls.push("finish"); state = "over"; return "true" },
    LMSGetLastError() { return "0" },
  }
</script>
<iframe src="course/index.html" title="Course" width="100%" height="700"></iframe>"""

BETWEEN = """<!DOCTYPE html><html lang="en"><title>Between</title><div id="API"></div>
<script>
  const frame = document.createElement("iframe")
  frame.src = location.search.slice(1)
  document.body.append(frame)
</script>"""


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a platform with the package of a company, at a mark of 80 per cent."""
    with serving(once(tmp_path_factory, "platform", _build_platform)) as address:
        yield address


def _build_platform(folder: Path) -> None:
    project = sample_project("listed", folder / "sample")
    job = ExportJob(project=project, form=Form.SCORM, mark=80, language="de")
    [package] = export_project(job).paths
    unpacked(package, folder / "course")
    (folder / "platform.html").write_text(PLATFORM, encoding="utf-8")
    (folder / "between.html").write_text(BETWEEN, encoding="utf-8")


@pytest.fixture
def page(browser: Browser, platform: str) -> Iterator[Page]:
    """Open the platform as a new learner."""
    context = browser.new_context(
        base_url=platform, viewport={"width": 900, "height": 800}
    )
    opened = context.new_page()
    opened.goto("platform.html")
    yield opened
    context.close()


def course(page: Page) -> Frame:
    """Return the course in its frame, ready to be played."""
    [frame] = [each for each in page.frames if "course/" in each.url]
    frame.locator(".gg-sitting input").first.wait_for()
    return frame


def kept(page: Page) -> dict[str, str]:
    """Return what the platform has kept."""
    found: dict[str, str] = page.evaluate("kept")
    return found


def core(frame: Frame) -> int:
    """Return how many cards have to be practised."""
    text: str = frame.evaluate("document.getElementById('gg-scorm').dataset.core")
    return len(text.split())


class Passed(NamedTuple):
    """What a platform notes of somebody who practises the core."""

    before: dict[str, str]
    """What it has kept as they begin."""
    kept: dict[str, str]
    """What it has kept in the end."""
    first: list[str]
    """The calls of the first answer."""
    calls: list[str]
    """All calls from then on, those of the first answer included."""


@pytest.fixture(scope="module")
def passed(browser: Browser, platform: str) -> Passed:
    """Let a new learner practise the whole core, which takes long, once."""
    with browser.new_context(viewport={"width": 900, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{platform}platform.html")
        frame = course(page)
        before = kept(page)
        page.evaluate("calls.length = 0")
        answer(frame)
        first: list[str] = page.evaluate("[...calls]")
        play(frame, core(frame) - 1)
        calls: list[str] = page.evaluate("calls")
        return Passed(before=before, kept=kept(page), first=first, calls=calls)


def test_whoever_has_practised_the_core_has_passed(passed: Passed) -> None:
    assert passed.before["cmi.core.lesson_status"] == "incomplete"

    found = passed.kept
    assert found["cmi.core.lesson_status"] == "passed"
    assert found["cmi.core.score.raw"] == "100"
    assert found["cmi.core.exit"] == "suspend"
    assert "cmi.core.session_time" not in found


def test_wrong_answers_return_and_do_not_fail_anybody(page: Page) -> None:
    frame = course(page)

    assert sitting(frame, wrong=2) == 7

    assert kept(page)["cmi.core.lesson_status"] == "incomplete"
    assert "cmi.core.score.raw" not in kept(page)


def test_each_answer_takes_few_calls_and_the_score_comes_before_the_status(
    passed: Passed,
) -> None:
    calls = passed.calls

    assert len(passed.first) <= 10
    assert passed.first[-1] == "commit"
    last = len(calls) - calls[::-1].index("cmi.core.lesson_status") - 1
    assert calls.index("cmi.core.score.raw") < last


def test_who_was_interrupted_goes_on_where_they_were(page: Page) -> None:
    frame = course(page)
    answer(frame)
    answer(frame)
    before = frame.locator(".gg-sitting legend").inner_text()

    # A power failure: nobody said goodbye.
    page.goto("about:blank")
    page.goto("platform.html")
    again = course(page)

    assert again.locator(".gg-sitting legend").inner_text() == before
    play(again, core(again) - 2)
    assert kept(page)["cmi.core.lesson_status"] == "passed"


def test_whoever_reads_the_guideline_in_between_loses_nothing(page: Page) -> None:
    frame = course(page)
    answer(frame)
    frame.locator(".gg-hero a").click()
    frame.locator(".gg-nav a").first.click()
    frame.locator(".gg-sitting input").first.wait_for()
    answer(frame)

    assert "finish" not in page.evaluate("calls")
    assert len(kept(page)["cmi.suspend_data"]) == 1 + 2 * 7


def test_after_years_what_is_kept_is_short(page: Page) -> None:
    frame = course(page)
    page.evaluate(
        """() => { const all = {}
          for (let card = 0; card < 400; card += 1) all[`c-${card}`] = [5, "2036-01-01"]
          window.frames[0].guidegenStore.save(all) }"""
    )

    assert 900 < len(kept(page)["cmi.suspend_data"]) <= 1000
    assert frame.evaluate("guidegenStore.load()") == {}


def test_what_was_kept_may_be_anything(page: Page) -> None:
    for text in ("1", "1abc", "1" + "!" * 14, "2later", "\u202e" * 9, "{}"):
        page.evaluate("text => { kept['cmi.suspend_data'] = text }", text)
        assert course(page).evaluate("Object.keys(guidegenStore.load() || {})") == []


def test_a_platform_that_takes_nothing_is_told_to_the_learner(page: Page) -> None:
    page.evaluate("window.isFull = true")
    frame = course(page)
    answer(frame)

    assert "nimmt gerade nichts entgegen" in frame.locator(".gg-kept").inner_text()


@pytest.mark.parametrize(
    "quirks",
    [
        # A lenient one, in which somebody has failed before; it breaks at the end.
        """window.API.LMSInitialize = () => { state = "open"; return true }
        window.API.LMSCommit = () => 1
        window.API.LMSFinish = () => { throw new Error("closed") }
        delete known["cmi.suspend_data"]
        known["cmi.core.lesson_status"] = "failed"
        kept["cmi.core.score.raw"] = "12" """,
        # One that keeps nothing for later, and stumbles over it.
        """const take = window.API.LMSSetValue
        window.API.LMSInitialize = () => { state = "open"; return 1 }
        known["cmi.core.lesson_status"] = "browsed"
        window.API.LMSSetValue = (name, value) => {
          if (name === "cmi.suspend_data") throw new Error("full")
          return take(name, value)
        }""",
    ],
)
def test_what_platforms_do_of_their_own_keeps_nobody_from_passing(
    page: Page, quirks: str
) -> None:
    page.evaluate(
        """async (quirks) => {
          const frame = document.querySelector("iframe")
          const leads = (address) => new Promise((done) => {
            frame.onload = done
            frame.src = address
          })
          await leads("about:blank")
          for (const name of Object.keys(kept)) delete kept[name]
          state = "new"
          eval(quirks)
          await leads("course/index.html")
        }""",
        quirks,
    )
    frame = course(page)
    play(frame, core(frame))

    found = page.evaluate("kept")
    assert found["cmi.core.lesson_status"] == "passed"
    assert found["cmi.core.score.raw"] == "100"


@pytest.mark.parametrize("between", ["own", "foreign"])
def test_the_platform_is_found_behind_other_frames_and_windows(
    page: Page, platform: str, between: str
) -> None:
    # "localhost" is another place than 127.0.0.1, which may not be asked.
    base = platform if between == "own" else platform.replace("127.0.0.1", "localhost")
    with page.expect_popup() as opened:
        page.evaluate(
            """([base, course]) => {
              state = "new"
              const child = window.open("")
              const frame = child.document.createElement("iframe")
              frame.src = `${base}between.html?${course}`
              child.document.body.append(frame)
            }""",
            [base, f"{platform}course/index.html"],
        )
    popup = opened.value
    popup.frame_locator("iframe").frame_locator("iframe").locator(
        ".gg-sitting input"
    ).first.wait_for()

    assert kept(page)["cmi.core.lesson_status"] == "incomplete"
    popup.close()


def test_other_sites_open_a_window_of_their_own(page: Page) -> None:
    frame = course(page)
    frame.locator(".gg-hero a").click()
    frame.locator(".gg-nav a").first.wait_for()
    targets = """chosen => [...document.querySelectorAll(chosen)].map(a => a.target)"""

    assert set(frame.evaluate(targets, 'a[href^="http"]')) == {"_blank"}
    assert set(frame.evaluate(targets, 'a:not([href^="http"])')) == {""}


def test_looking_at_it_again_changes_nothing(page: Page) -> None:
    page.evaluate(
        """sessionStorage.setItem("kept", JSON.stringify({
          "cmi.core.lesson_mode": "review", "cmi.core.lesson_status": "passed"}))"""
    )
    page.goto("platform.html")
    frame = course(page)
    answer(frame)

    assert set(page.evaluate("calls")) <= {"init", "get"}


def test_without_a_platform_the_browser_keeps_it(
    browser: Browser, platform: str
) -> None:
    page = browser.new_page()
    page.goto(f"{platform}course/index.html")
    answer(page.main_frame)
    keys = page.evaluate("Object.keys(localStorage)")
    page.close()

    assert [key.startswith("guidegen") for key in keys] == [True]


def test_the_course_meets_wcag(browser: Browser, platform: str) -> None:
    page = browser.new_page()
    page.goto(f"{platform}course/index.html")
    wrong = {}
    for state, width, scheme in product(("asked", "answered"), (320, 1280), SCHEMES):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        if state == "answered":
            answer(page.main_frame, right=False)
        wrong[state, width, scheme] = violations(page)
        assert not page.evaluate(
            "document.documentElement.scrollWidth"
            " > document.documentElement.clientWidth"
        )
    page.close()

    assert {seen: found for seen, found in wrong.items() if found} == {}
