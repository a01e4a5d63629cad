"""Which taboo topics the interview offers, in which order and words."""

from __future__ import annotations

import pytest
from tests.interview.conftest import PACK

from guidegen.interview.state import InterviewState
from guidegen.interview.topics import offered_topics
from guidegen.schema.scalars import Plain


def company(sector: str, *, listed: bool | None = None) -> InterviewState:
    """Return an interview in which the sector is known."""
    facts: dict[str, Plain] = {"sector": sector}
    if listed is not None:
        facts["listed"] = listed
    return InterviewState(given={}, answers={"company": facts})


def ids(state: InterviewState, *chosen: str) -> list[str]:
    """Return the ids of what is offered."""
    return [topic.id for topic in offered_topics(PACK, state, [*chosen])]


@pytest.mark.parametrize("sector", [key for key in PACK.sectors if key != "listed"])
def test_what_the_sector_preselects_comes_first(sector: str) -> None:
    topics = offered_topics(PACK, company(sector), [])

    first = PACK.sector_specs[sector].topics
    assert tuple(topic.id for topic in topics if topic.preselected) == first
    assert tuple(topic.id for topic in topics[: len(first)]) == first


@pytest.mark.parametrize("sector", ["manufacturing", "health", "software"])
def test_a_listed_company_is_asked_about_inside_information_before_all(
    sector: str,
) -> None:
    offered = ids(company(sector, listed=True))

    assert offered[0] == "inside-information"
    assert offered[1:] == ids(company(sector, listed=False))


def test_the_old_sector_of_listed_companies_is_a_manufacturer_s() -> None:
    offered = ids(company("listed"))

    assert offered == ids(company("manufacturing", listed=True))
    assert {"inside-information", "recalls"} <= {*offered}


def test_a_topic_is_offered_in_the_words_of_the_sector() -> None:
    def shown(sector: str) -> tuple[str, str]:
        topics = {each.id: each for each in offered_topics(PACK, company(sector), [])}
        topic = topics["accidents"]
        return topic.name.get("de"), topic.dont.get("de")

    assert shown("health")[0] == "Zwischenfälle und Notfälle"
    assert "Halle 3" in shown("manufacturing")[1]
    assert "Halle" not in shown("health")[1]


def test_what_was_chosen_stays_on_offer_in_another_sector() -> None:
    assert "patients" not in ids(company("bank"))
    assert "patients" in ids(company("bank"), "patients")
