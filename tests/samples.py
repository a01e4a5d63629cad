"""The sample companies of `tests/scenarios/`, as projects and as answers."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

from guidegen.model.adaptation import SectorSpec
from guidegen.model.answers import (
    Answers,
    Company,
    Contact,
    TopicAnswer,
    VersionAnswers,
)
from guidegen.model.pack import LEVELS, LevelSpec, Pack, PartSpec
from guidegen.model.project import Project
from guidegen.model.text import LocalText

SCENARIOS = Path(__file__).parent / "scenarios"
NAMES = ("agency", "listed", "small")
"""Projects to build, release and publish."""
COMPANIES = (
    *("craft", "manufacturer", "hospital", "town", "university"),
    *("bank", "association", "software", "retailer"),
)
"""One company of each kind, whose pages are read as their readers would."""


def sample_project(name: str, folder: Path) -> Project:
    """Copy a sample company's answers into a folder and return the project."""
    shutil.copytree(
        SCENARIOS / name,
        folder,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns("expected"),
    )
    return Project(folder)


def answers_with(folder: Path, text: str = "Nordlicht") -> Answers:
    """Return the fewest answers that use every kind of text, all of them `text`.

    Args:
        folder: The project's folder.
        text: What is answered wherever an answer is a free text.
    """
    own = LocalText.of(text)
    return Answers(
        pack="dell",
        languages=("de", "en"),
        address="du",
        company=Company(name=own, short_name=own, sector="other", countries=("DE",)),
        contacts=(
            Contact(
                name=own,
                role=own,
                email=LocalText.of("social@nordlicht.example"),
                phone=LocalText.of("+49 40 1234567"),
                chat=LocalText.of("https://chat.nordlicht.example/social?a=b&c=(d)"),
            ),
            Contact(name=own, phone=LocalText.of("110")),
        ),
        links={"code_of_conduct": LocalText.of("https://nordlicht.example/code")},
        taboo_topics=(
            TopicAnswer(id="financial-figures"),
            TopicAnswer(id="strategy", speakers=("management",), dont=own),
            TopicAnswer(name=own, speakers=("press",), why=own, dont=own, do=own),
        ),
        version=VersionAnswers(owner=own, valid_from=dt.date(2026, 12, 1)),
        folder=folder,
    )


def fitting_pack(pack: Pack) -> Pack:
    """Return a pack with levels, few parts and councils, whatever it has itself."""
    levels = {
        level: LevelSpec(title=LocalText.of(level), meaning=LocalText.of(f"{level}!"))
        for level in LEVELS
    }
    parts = {
        part: PartSpec(id=part, placement="more", title=LocalText.of(part))
        for part in ("crisis", "employer-reviews")
    }
    councils = {"mav": LocalText.of("MAV"), "personalrat": LocalText.of("Personalrat")}
    sectors = {
        "health": SectorSpec(roles={"nursing": LocalText.of("nursing staff")}),
        "listed": SectorSpec(means="manufacturing", listed=True, offered=False),
    }
    return replace(
        pack,
        variants=("de", "de-formal", "en", "en-us"),
        levels=levels,
        parts=parts,
        works_councils=councils,
        sectors={**pack.sectors, "listed": LocalText.of("listed")},
        sector_specs=sectors,
    )


def pack_from_before(pack: Pack) -> Pack:
    """Return a pack without what fits its texts to a company."""
    return replace(
        pack,
        variants=("de", "de-formal", "en"),
        levels={},
        parts={},
        works_councils={},
        sector_specs={},
        country_specs={},
        names=None,
        lights={"red": LocalText.of("red"), "amber": LocalText.of("amber")},
    )
