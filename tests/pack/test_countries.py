"""What the built-in pack's countries change, and where each sentence comes from."""

from __future__ import annotations

import datetime as dt
import re
import runpy
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
COUNTRIES = ROOT / "guideline_templates/dell/countries"
NAMES = ROOT / "guideline_templates/dell/names.yml"

LONGEST_SENTENCE = 20
CODES = ("AT", "CH", "DE", "EU", "GB", "US")
VARIANTS = {"de", "de-formal", "en", "en-us"}

WORD = re.compile(r"[A-Za-zÄÖÜäöüß{][\wÄÖÜäöüß}’-]*")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")

DU = re.compile(
    r"\b(?:Du|Dich|Dir|Dein\w*|Euch|Euer)\b|\b(?i:bewerte|drohe|frag|gib|kennzeichne|"
    r"leg|mach|poste|prüf|sag|schreib|verlange|zeig)\b"
)
SIE = re.compile(r"\b(?:Sie|Ihnen)\b")
THREAT = re.compile(
    r"\b(?:fristlos|Abmahnung droht|geahndet|Konsequenzen|terminat\w+|disciplin\w+ "
    r"action|liable|haftbar|strafbar)\b",
    re.IGNORECASE,
)


class Expected(NamedTuple):
    """What a statement has to change, and where."""

    countries: str
    """The codes of the files that have it, apart by blanks."""
    at: str
    mode: str
    says: str
    """Words of the English text that make the point."""
    german: str
    """Words of the German text that make the point."""


# Every legal point that an editor and a lawyer missed in the texts: from the id to what
# the country must change.
EXPECTED = {
    # The United States: Section 7 of the NLRA
    "US-NLRA-001": Expected(
        "US", "rights.pay", "instead", "yours or your co-workers’", "die anderer"
    ),
    "US-NLRA-002": Expected(
        "US", "rights.criticism", "instead", "threats, harassment", "Drohungen"
    ),
    "US-NLRA-003": Expected(
        "US", "protect.secrets", "add", "HR records", "Personalakten"
    ),
    "US-NLRA-004": Expected("US", "responsible.speaking", "add", "the media", "Medien"),
    "US-NLRA-005": Expected(
        "US", "rights.extra", "add", "act together", "gemeinsam mit anderen"
    ),
    "US-NLRA-007": Expected(
        "US", "rights.union", "instead", "form, join or support a union", "beitreten"
    ),
    "US-NLRA-008": Expected(
        "US", "law.images", "instead", "unless you’re acting together", "gemeinsam"
    ),
    "US-NLRA-009": Expected(
        "US",
        "data_protection.consent",
        "instead",
        "pay and working conditions aren’t private",
        "nicht dazu",
    ),
    "US-NLRA-010": Expected(
        "US", "acknowledgement.receipt", "add", "this receipt limits", "schränkt"
    ),
    "US-NLRA-015": Expected(
        "US", "law.criticism", "instead", "deliberate falsehoods", "bewusst Unwahres"
    ),
    "US-CONTRACT-001": Expected(
        "US", "mistakes.contract", "add", "are not a contract", "kein Vertrag"
    ),
    # The United States: the FTC; Regulation FD
    "US-FTC-001": Expected(
        "US", "transparent.label", "add", "name your employer", "in den Beitrag"
    ),
    "US-FTC-002": Expected(
        "US",
        "law.advertising",
        "instead",
        "say you work here",
        "dass Du hier arbeitest",
    ),
    "US-REGFD-001": Expected(
        "US", "protect.secrets", "add", "Regulation FD", "Regulation FD"
    ),
    # The United Kingdom: protected disclosures, talk about pay, #ad
    "UK-WHISTLE-001": Expected(
        "GB", "rights.report", "add", "protected disclosure", "geschützte Hinweise"
    ),
    "UK-PAY-001": Expected(
        "GB", "rights.pay", "instead", "uncover discrimination", "aufzudecken"
    ),
    "UK-CAP-001": Expected("GB", "law.advertising", "instead", "“#ad”", "„#ad“"),
    # Europe: AI, inside information, pay
    "EU-AI-001": Expected(
        "EU", "law.ai", "instead", "look or sound real", "echt wirken"
    ),
    "EU-AI-003": Expected(
        "EU", "ai_content.label", "add", "public affairs", "öffentliche"
    ),
    "EU-MAR-001": Expected(
        "EU", "protect.secrets", "add", "inside information", "Insiderinformationen"
    ),
    "EU-PAY-001": Expected("EU", "rights.pay", "instead", "equal pay", "gleiche"),
    "DATA-001": Expected(
        "CH EU GB", "data_protection.consent", "add", "tell us at once", "Datenpanne"
    ),
    # Germany, Austria and Switzerland
    "IMAGE-001": Expected(
        "AT CH DE", "law.images", "instead", "they’ve agreed", "zugestimmt haben"
    ),
    "UWG-001": Expected(
        "AT DE", "transparent.label", "add", "covert advertising", "Schleichwerbung"
    ),
    "UWG-002": Expected(
        "AT DE", "law.advertising", "instead", "“Werbung”", "„Werbung“"
    ),
    "DE-SPEECH-001": Expected(
        "DE", "rights.criticism", "instead", "even sharply", "auch scharf"
    ),
    "WHISTLE-001": Expected(
        "AT DE", "rights.report", "add", "external office", "externen Meldestelle"
    ),
    "DE-BETRVG-001": Expected(
        "DE", "who_answers.council", "add", "nos. 1 and 6", "bestimmt der Betriebsrat"
    ),
    "DE-PERSVG-001": Expected(
        "DE", "who_answers.council", "add", "staff council", "Personalrat"
    ),
    "DE-MAV-001": Expected(
        "DE", "who_answers.council", "add", "representatives", "Mitarbeitervertretung"
    ),
    "DE-ACK-001": Expected(
        "DE", "acknowledgement.receipt", "add", "nothing more", "Mehr bestätige ich"
    ),
    "DE-PUBLIC-001": Expected(
        "DE", "account.opinion", "add", "restraint", "auch privat"
    ),
    "AT-SPEECH-001": Expected(
        "AT", "rights.criticism", "instead", "untrue statements", "unwahre"
    ),
    "AT-BV-001": Expected(
        "AT", "who_answers.council", "add", "human dignity", "Menschenwürde"
    ),
    "AT-PVG-001": Expected(
        "AT", "who_answers.council", "add", "staff", "Personalvertretung"
    ),
    "AT-PUBLIC-001": Expected(
        "AT", "protect.secrets", "add", "section 6 IFG", "§ 6 IFG"
    ),
    "CH-PAY-001": Expected(
        "CH", "rights.pay", "instead", "no trade secret", "kein Geschäftsgeheimnis"
    ),
    "CH-SPEECH-001": Expected(
        "CH", "rights.criticism", "instead", "to the facts", "sachlich"
    ),
    "CH-WHISTLE-001": Expected(
        "CH", "rights.report", "instead", "internally first", "zuerst intern"
    ),
    "CH-BANK-001": Expected(
        "CH", "protect.secrets", "add", "Art. 47", "Bankkundengeheimnis"
    ),
    "CH-UWG-001": Expected(
        "CH", "law.advertising", "instead", "recognisable", "erkennbar"
    ),
}


def plain(path: Path) -> dict[str, Any]:
    """Return a file as plain data; libyaml reads it ten times as quickly."""
    data: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    return data


@cache
def country(code: str) -> dict[str, Any]:
    """Return a country's file as plain data, which nobody may change."""
    return plain(COUNTRIES / f"{code}.yml")


def statements() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every statement with the code of its country."""
    for code in CODES:
        for statement in country(code)["statements"]:
            yield code, statement


STATEMENTS = list(statements())


@pytest.fixture(params=STATEMENTS, ids=lambda each: f"{each[0]}-{each[1]['id']}")
def statement(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return one statement after the other."""
    found: dict[str, Any] = request.param[1]
    return found


def test_the_countries_are_those_that_the_tests_know() -> None:
    assert tuple(sorted(path.stem for path in COUNTRIES.glob("*.yml"))) == CODES


@pytest.mark.parametrize("name", EXPECTED)
def test_every_legal_point_changes_the_text_of_its_countries(name: str) -> None:
    expected = EXPECTED[name]
    found = [(code, each) for code, each in STATEMENTS if each["id"] == name]

    assert [code for code, _ in found] == expected.countries.split()
    for _, each in found:
        assert (each["at"], each["mode"]) == (expected.at, expected.mode)
        assert expected.says.casefold() in each["text"]["en"].casefold()
        assert expected.german.casefold() in each["text"]["de"].casefold()


def test_a_statement_says_where_it_comes_from(statement: dict[str, Any]) -> None:
    assert len(statement["source"]) > len("§ 1 X")
    assert statement["url"].startswith(("https://", "http://"))
    assert statement["status"] in {"verified", "partly", "unverified"}
    assert isinstance(statement["checked"], dt.date)
    assert set(statement["why"]) == {"de", "en"}


def test_authors_are_told_what_nobody_looked_up(statement: dict[str, Any]) -> None:
    told = {
        "de": re.compile(r"nicht nachgeschlagen|allgemeines Rechtswissen"),
        "en": re.compile(r"not looked up|general legal knowledge"),
    }
    if statement["status"] == "unverified":
        assert all(told[key].search(why) for key, why in statement["why"].items())


def test_one_id_says_one_thing_in_all_countries() -> None:
    first: dict[str, tuple[object, ...]] = {}
    for code, each in STATEMENTS:
        said = (each["text"], each["at"], each["mode"], each.get("when"))
        assert first.setdefault(each["id"], said) == said, (code, each["id"])


def test_no_country_has_a_statement_twice() -> None:
    for code in CODES:
        ids = [each["id"] for each in country(code)["statements"]]
        assert len(ids) == len(set(ids)), code


def test_only_one_statement_stands_in_place_of_a_sentence() -> None:
    for code in CODES:
        places = [
            each["at"]
            for each in country(code)["statements"]
            if each["mode"] == "instead"
        ]
        assert len(places) == len(set(places)), code


def test_statements_are_short_and_threaten_nobody(statement: dict[str, Any]) -> None:
    for variant, text in statement["text"].items():
        assert variant in VARIANTS
        assert not THREAT.search(text), text
        for sentence in SENTENCE_END.split(text):
            assert len(WORD.findall(sentence)) <= LONGEST_SENTENCE, sentence


def test_who_is_addressed_is_addressed_as_they_chose(statement: dict[str, Any]) -> None:
    texts = statement["text"]

    assert not SIE.search(texts["de"])
    assert bool(DU.search(texts["de"])) == ("de-formal" in texts)
    assert not DU.search(texts.get("de-formal", ""))


def test_items_of_lists_go_on_with_the_lead_before_them(
    statement: dict[str, Any],
) -> None:
    is_item = statement["at"].startswith("rights.")
    for text in statement["text"].values():
        assert text.endswith((".", "?", "!")) is not is_item, text
    if is_item:
        assert statement["text"]["en"][0].islower()


def test_american_english_is_american(statement: dict[str, Any]) -> None:
    spelling = country("US")["spelling"]["en"]
    british = re.compile("|".join(map(re.escape, spelling)))
    texts = statement["text"]

    # Where the seat is in the US, guidegen replaces what has no text of its own.
    assert not british.search(texts.get("en-us", ""))
    american = british.sub(lambda found: spelling[found[0]], texts["en"])
    assert not british.search(american)


def test_american_spelling_leaves_other_words_alone() -> None:
    spelling = country("US")["spelling"]["en"]
    others = (
        "a critic and her criticism, programmers, an organism, practical practice, "
        "the analysis, a recognition, an apology, the euro zone, forward"
    )

    assert [key for key in spelling if key in others] == []


def test_german_is_spelled_as_in_switzerland_there() -> None:
    spelling = country("CH")["spelling"]["de"]

    signs = {"ß": "ss", "„": "«", "“": "»", "‚": "‹", "‘": "›"}
    assert signs.items() <= spelling.items()


def test_statements_are_spelled_for_the_seat_not_for_their_country() -> None:
    """A German company with a branch in Zurich reads German spelling."""
    for each in country("CH")["statements"]:
        assert "«" not in str(each["text"])
        assert "außen" in str(each["text"]) or "aussen" not in str(each["text"])


def test_austria_has_its_own_january() -> None:
    assert country("AT")["labels"] == {"month_1": {"de": "Jänner"}}


def test_works_councils_are_called_as_country_and_sector_do() -> None:
    assert country("DE")["works_council"] == {
        "default": "betriebsrat",
        "public": "personalrat",
        "education": "personalrat",
    }
    assert country("AT")["works_council"]["public"] == "personalvertretung"
    assert all("works_council" not in country(code) for code in ("CH", "GB", "US"))


def test_the_page_on_the_law_says_what_the_pack_says() -> None:
    script = runpy.run_path(str(ROOT / "scripts/law_page.py"))

    written = (ROOT / "docs/explanation/law.md").read_text("utf-8")
    assert written == script["page"](), "run `make reference`"


# --- names


@cache
def names() -> dict[str, Any]:
    """Return the rules for names as plain data."""
    return plain(NAMES)


@pytest.mark.parametrize(
    ("noun", "article"),
    [
        ("Stadt", "die"),
        ("Landkreis", "der"),
        ("Klinikum", "das"),
        ("Universität", "die"),
        ("Sparkasse", "die"),
        ("Stiftung", "die"),
        ("Verein", "der"),
        ("Diözese", "die"),
        ("Tischlerei", "die"),
        ("Bürgermeisterin", "die"),
    ],
)
def test_common_nouns_have_their_article(noun: str, article: str) -> None:
    assert names()["nouns"][noun] == article


def test_nouns_in_the_plural_have_their_dative() -> None:
    for noun, article in names()["nouns"].items():
        if isinstance(article, list):
            assert article[0] == "die"
            assert article[1].endswith("n"), noun


def test_nouns_that_count_alone_are_listed() -> None:
    assert set(names()["whole"]) <= set(names()["nouns"])


def test_legal_forms_of_all_countries_are_known() -> None:
    forms = names()["legal_forms"]

    assert len(forms) == len(set(forms))
    # Germany, Austria, Switzerland, the United Kingdom, the United States
    assert {"GmbH & Co. KG", "e. V.", "eG", "KdöR", "Ges.m.b.H.", "OG"} <= set(forms)
    assert {"Sàrl", "Ltd", "plc", "LLP", "Inc.", "LLC", "Corp."} <= set(forms)
