"""Plays a package for learning platforms as a learner does, in a real browser."""

from __future__ import annotations

import zipfile
from pathlib import Path

from playwright.sync_api import Frame, Page

_RIGHT = """() => {
  const asked = document.querySelector(".gg-sitting legend").textContent.trim()
  const cards = [...document.querySelectorAll(".gg-question")]
  const same = (card) => card.querySelector("h3").textContent.trim() === asked
  return Number(cards.find(same).dataset.right)
}"""


def unpacked(package: Path, into: Path) -> Path:
    """Unpack a package as a platform does; return its folder."""
    with zipfile.ZipFile(package) as archive:
        archive.extractall(into)
    return into


def course_of(page: Page) -> Frame:
    """Return the course in the frame of a platform, ready to be played."""
    frame = page.locator("iframe").element_handle().content_frame()
    assert frame is not None
    frame.locator(".gg-sitting input").first.wait_for()
    return frame


def core_of(frame: Frame) -> int:
    """Return how many cards have to be practised."""
    text: str = frame.evaluate("document.getElementById('gg-scorm').dataset.core")
    return len(text.split())


def answer(frame: Frame, *, right: bool = True) -> None:
    """Answer the question that is asked, and go on."""
    index = frame.evaluate(_RIGHT)
    choices = frame.locator(".gg-sitting input[type=radio]")
    choices.nth(index if right else (index + 1) % choices.count()).check()
    first = frame.locator(".gg-sitting .gg-button--first")
    first.click()
    frame.locator(".gg-sitting__reaction").wait_for()
    first.click()


def sitting(frame: Frame, *, wrong: int = 0) -> int:
    """Answer all that one sitting asks, the first ones wrongly; return how many."""
    count = 0
    while frame.locator(".gg-sitting input[type=radio]").count():
        answer(frame, right=count >= wrong)
        count += 1
    return count


def play(frame: Frame, cards: int) -> None:
    """Answer so many cards rightly, one sitting after the other."""
    done = sitting(frame)
    while done < cards:
        frame.locator(".gg-sitting .gg-button--first").click()
        done += sitting(frame)
