"""`guidegen explain`: an author reads why a text is there, and what was checked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Result
from tests.samples import sample_project
from tests.test_released_before import released_project

from guidegen.pack.load import load_pack

Guidegen = Callable[..., Result]


@pytest.fixture
def company(here: Path) -> Path:
    """Return a company's project: German with Sie, and English; DE, AT and US."""
    return sample_project("listed", here).folder


@pytest.mark.usefixtures("here")
def test_without_a_project_the_built_in_texts_are_explained(guidegen: Guidegen) -> None:
    pack = load_pack("dell")

    listed = json.loads(guidegen("explain", "--json").out)
    assert [each["id"] for each in listed] == [*pack.section_ids]
    assert all(each["why"] and each["there"] is None for each in listed)

    shown = guidegen("explain", "law").out
    assert "From: Dell model, law\n" in shown
    assert "Source: Dell (2011), rule 3 (verified)\n" in shown
    assert "in place of the general sentence (CH), at law.images" in shown


def test_the_overview_is_that_of_the_company_s_guideline(
    guidegen: Guidegen, company: Path
) -> None:
    guidegen("add", "crisis")
    guidegen("add", "own", "--title", "de=Eigenes", "--title", "en=My own")

    result = guidegen("explain")

    assert result.code == 0, result.err
    rows = {line.split()[0]: line for line in result.out.splitlines()[1:-1]}
    assert "Dell model" in rows["crisis"]
    assert rows["own"].split(maxsplit=1)[1] == "your own                   My own"
    assert "scope" not in rows
    assert company.is_dir()


@pytest.mark.usefixtures("company")
def test_only_the_law_of_the_company_s_countries_is_named(guidegen: Guidegen) -> None:
    explained = json.loads(guidegen("explain", "rights", "--json").out)

    assert explained["there"] is True
    assert {law["id"][:2] for law in explained["laws"]} == {"DE", "EU", "US"}
    held = {each["id"]: each for each in explained["statements"]}
    assert "US-NLRA-001" in held
    assert not [each for each in held if each.startswith(("CH", "UK"))]
    assert held["EU-PAY-001"]["countries"] == ["DE", "AT"]
    assert held["EU-PAY-001"]["status"] == "partly"


@pytest.mark.usefixtures("company")
def test_a_sentence_is_explained_by_its_id_or_by_its_place(guidegen: Guidegen) -> None:
    by_id = guidegen("--lang", "de", "explain", "us-nlra-001").out
    assert "• US-NLRA-001: statt des allgemeinen Satzes (US), bei rights.pay" in by_id
    assert "geprüft am 30. November 2026" in by_id

    by_place = json.loads(guidegen("explain", "rights.pay", "--json").out)
    assert by_place["kind"] == "statement"
    assert {each["place"] for each in by_place["statements"]} == {"rights.pay"}

    there = guidegen("explain", "EU-MAR-001").out
    assert "(DE, AT), at protect.secrets, only with company.listed: true" in there
    abroad = guidegen("explain", "UK-PAY-001").out
    assert abroad.startswith("“UK-PAY-001” does not hold in your guideline")


@pytest.mark.usefixtures("company")
def test_a_topic_is_explained_as_the_company_has_it(guidegen: Guidegen) -> None:
    own = json.loads(guidegen("explain", "inside-information", "--json").out)
    assert (own["kind"], own["there"], own["level"]) == ("topic", True, "Never")
    assert [law["id"] for law in own["laws"]] == ["EU-MAR-001", "US-REGFD-001"]

    spoken = guidegen("explain", "strategy").out
    assert "\nLevel: Only these people speak (" in spoken

    other = guidegen("explain", "patients").out
    assert "(not in your guideline at present)\nLevel: Never\n" in other
    assert "not verified; DE-HEALTH-001" in other


@pytest.mark.usefixtures("here")
def test_a_level_is_explained(guidegen: Guidegen) -> None:
    assert guidegen("explain", "ask").out.startswith("ask: Ask first\n")


def test_own_wording_is_named_beside_the_reason(
    guidegen: Guidegen, company: Path
) -> None:
    guidegen("customize", "nice", "--language", "en")

    shown = guidegen("explain", "nice").out

    assert "your own text: sections/en/nice.md\n" in shown
    assert "(partly verified)" in shown
    assert company.is_dir()


@pytest.mark.slow
def test_own_wording_need_not_have_what_the_law_asks_for(
    guidegen: Guidegen, company: Path
) -> None:
    remark = "your own text has them only if you have kept them"
    assert remark not in guidegen("explain", "rights").out

    guidegen("customize", "rights")

    assert remark in guidegen("explain", "rights").out
    assert company.is_dir()


@pytest.mark.usefixtures("here")
def test_what_is_not_there_is_refused_with_the_nearest(guidegen: Guidegen) -> None:
    near = guidegen("explain", "protekt")
    assert (near.code, near.out) == (1, "")
    assert "did you mean “protect”?" in near.err
    assert (
        "nothing to explain about “qqq”; “guidegen explain”"
        in guidegen("explain", "qqq").err
    )


@pytest.mark.slow
def test_who_stays_with_older_texts_reads_the_same_reasons(
    guidegen: Guidegen, here: Path, own_cache: None
) -> None:
    del own_cache
    released_project("town", here / "town")

    explained = json.loads(guidegen("explain", "nice", "-C", "town", "--json").out)

    assert explained["why"].startswith("Dell, rule 5")
    assert explained["statements"] == []
