"""What is said of answers that fit a guideline to a company, and how far they go."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.compare.conftest import changes_of, state
from tests.samples import fitting_pack, pack_from_before

from guidegen.compare.comparison import Comparison, Snapshot
from guidegen.compare.wording import sentence
from guidegen.model.pack import Pack
from guidegen.model.text import LocalText
from guidegen.pack.load import load_pack

Edit = Callable[[dict[str, Any]], object]
Told = Callable[..., tuple[list[str], str]]


@pytest.fixture
def told(answers: dict[str, Any], fitting: Pack) -> Told:
    """Return a function that edits answers, and returns what is said and the step."""

    def say(
        edit: Edit, before: Edit = len, packs: tuple[Pack, Pack] = (fitting, fitting)
    ) -> tuple[list[str], str]:
        old = copy.deepcopy(answers)
        before(old)
        new = copy.deepcopy(old)
        edit(new)
        compared = Comparison(
            old=Snapshot(answers=old, pack=packs[0], pages={}),
            new=Snapshot(answers=new, pack=packs[1], pages={}),
        )
        said = [sentence(each, fitting.messages, "en") for each in compared.changes]
        return said, compared.proposal.step

    return say


def into(data: dict[str, Any], key: str, value: object) -> None:
    *parents, last = key.split(".")
    place: Any = data
    for part in parents:
        place = place[int(part)] if part.isdigit() else place.setdefault(part, {})
    if value is None:
        place.pop(last, None)
    else:
        place[last] = value


def putting(**values: object) -> Edit:
    """Return an edit that sets keys, written with `__` for the dot."""

    def edit(data: dict[str, Any]) -> None:
        for key, value in values.items():
            into(data, key.replace("__", "."), value)

    return edit


OWN = "taboo_topics__2__"


@pytest.mark.parametrize(
    ("before", "after", "said", "step"),
    [
        ("ask", "only", "“Nordlicht” is stricter: ask → only", "major"),
        ("only", "never", "“Nordlicht” is stricter: only → never", "major"),
        ("never", "only", "“Nordlicht” is less strict: never → only", "minor"),
        ("only", "ask", "“Nordlicht” is less strict: only → ask", "minor"),
        (None, "never", "“Nordlicht” is stricter: only → never", "major"),
    ],
)
def test_a_stricter_level_is_major(
    told: Told, before: str | None, after: str, said: str, step: str
) -> None:
    found = told(putting(**{f"{OWN}level": after}), putting(**{f"{OWN}level": before}))

    assert (found[0][0], found[1]) == (said, step)


def test_a_level_that_says_what_holds_anyway_is_no_change(told: Told) -> None:
    assert told(putting(**{f"{OWN}level": "only"})) == ([], "patch")


def test_the_lights_of_texts_from_before_read_as_levels(
    answers: dict[str, Any], pack: Pack, fitting: Pack
) -> None:
    def with_level(pack: Pack, level: str, light: str) -> Pack:
        topic = replace(pack.catalogue["strategy"], level=level, light=light)
        return replace(pack, catalogue={**pack.catalogue, "strategy": topic})

    red = with_level(pack_from_before(pack), "only", "red")
    amber = with_level(pack_from_before(pack), "ask", "amber")

    def said(old: Pack, new: Pack) -> list[str]:
        changes = changes_of(answers, answers, old_pack=old, new_pack=new)
        return [change.message for change in changes]

    assert said(red, with_level(fitting, "only", "red")) == []
    assert said(amber, with_level(fitting, "ask", "amber")) == []
    assert said(red, with_level(fitting, "never", "red")) == [
        "compare-topic-level-stricter"
    ]
    assert said(amber, red) == ["compare-topic-stricter"]


def test_whom_to_ask_is_said_of_what_is_asked(told: Told) -> None:
    asking = putting(**{f"{OWN}level": "ask"})

    said, step = told(putting(**{f"{OWN}speakers": ["Dr. Roth"]}), asking)

    assert said == [
        "About “Nordlicht”, no longer ask: the press office",
        "About “Nordlicht”, now ask: Dr. Roth",
    ]
    assert step == "major"


@pytest.mark.parametrize(
    ("before", "after", "said", "step"),
    [
        ("press", "management", "the press office → senior management", "major"),
        (
            "press",
            ["press", "Dr. Roth"],
            "the press office → the press office, Dr. Roth",
            "minor",
        ),
        (["press", "hr"], "hr", "the press office, HR → HR", "major"),
        (
            "press",
            {"de": "Team Rot", "en": "Team Red"},
            "the press office → Team Red",
            "major",
        ),
        (None, "hr", "the press office → HR", "major"),
    ],
)
def test_somebody_who_may_no_longer_speak_is_major(
    told: Told, before: object, after: object, said: str, step: str
) -> None:
    found = told(putting(company__speaker=after), putting(company__speaker=before))

    assert found == ([f"Who speaks on behalf of the company: {said}"], step)


def test_the_same_in_another_form_is_no_change(told: Told) -> None:
    role = {"de": "Werkleitung", "en": "plant management"}

    def becomes_a_role(data: dict[str, Any]) -> None:
        data["roles"] = {"werk": role}
        data["company"]["speaker"] = "werk"

    said, step = told(becomes_a_role, putting(company__speaker=role))

    assert (said, step) == (["New role of your own: plant management"], "patch")
    assert told(
        putting(company__speaker=["press"]), putting(company__speaker="press")
    ) == ([], "patch")
    assert told(
        putting(version__owner={"de": "Nordlicht", "en": "Nordlicht"}),
    ) == ([], "patch")
    assert told(
        putting(contacts__1__phone={"de": "110", "en": "110"}),
    ) == ([], "patch")


def test_a_role_with_another_name_is_renamed(told: Told) -> None:
    def name(text: str) -> Edit:
        return putting(roles={"werk": text}, company__speaker="werk")

    assert told(name("Werk Süd"), name("Werk Nord")) == (
        ["Role renamed: Werk Nord → Werk Süd"],
        "minor",
    )


def test_another_order_of_those_who_speak_is_a_patch(told: Told) -> None:
    found = told(
        putting(company__speaker=["hr", "press"]),
        putting(company__speaker=["press", "hr"]),
    )

    assert found == (
        ["Those who speak on behalf of the company are in a different order"],
        "patch",
    )


def test_a_listed_company_of_old_files_is_a_listed_manufacturer(
    told: Told, pack: Pack, fitting: Pack
) -> None:
    listed = putting(company__sector="listed")
    both = putting(company__sector="manufacturing", company__listed=True)
    packs = (pack_from_before(pack), fitting)

    assert told(both, listed) == ([], "patch")
    assert told(len, listed, (packs[0], packs[1]))[0] == []
    said, _ = told(putting(company__listed=True))
    assert said[-1] == "Listed on a stock exchange: no → yes"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"seat": "DE"}, {"seat": "AT"}, ["Seat: Germany → Austria"]),
        ({}, {"seat": "AT"}, ["Seat: Germany → Austria"]),
        ({"seat": "AT"}, {"seat": None}, ["Seat: Austria → Germany"]),
        ({}, {"seat": "DE"}, []),
        ({}, {"works_council": "mav"}, ["Works council: no → MAV"]),
        (
            {"works_council": True},
            {"works_council": "personalrat"},
            ["Works council: yes → Personalrat"],
        ),
    ],
)
def test_seat_and_works_council_are_said_as_people_read_them(
    told: Told, before: dict[str, Any], after: dict[str, Any], said: list[str]
) -> None:
    def company(values: dict[str, Any]) -> Edit:
        return putting(**{f"company__{key}": each for key, each in values.items()})

    assert told(company(after), company(before))[0] == said


@pytest.mark.parametrize(
    ("before", "after", "said", "step"),
    [
        ([], ["crisis"], ["New section: crisis"], "minor"),
        (["crisis"], [], ["Section gone: crisis"], "minor"),
        (
            ["crisis", "own"],
            ["own", "crisis"],
            ["Sections in a different order"],
            "patch",
        ),
        (
            ["own"],
            [{"id": "own", "as": "rule"}],
            ["Section in another place: own"],
            "patch",
        ),
        (["own"], ["own"], [], "patch"),
    ],
)
def test_sections_come_go_and_move(
    told: Told, before: list[Any], after: list[Any], said: list[str], step: str
) -> None:
    def sections(names: list[Any]) -> Edit:
        entries = [{"id": each} if isinstance(each, str) else each for each in names]
        return putting(sections=entries)

    assert told(sections(after), sections(before)) == (said, step)


@pytest.mark.parametrize(
    ("after", "said", "step"),
    [
        ({"languages": ["de"]}, "Languages of Nordlicht: all → German", "minor"),
        (
            {"countries": ["AT", "DE"]},
            "Countries of Nordlicht: all → Austria, Germany",
            "minor",
        ),
        (
            {"answers_within": {"de": "bald", "en": "soon"}},
            "Response time of Nordlicht: now soon",
            "minor",
        ),
        (
            {"out_of_hours": "112"},
            "Evening and weekend number of Nordlicht: now 112",
            "minor",
        ),
    ],
)
def test_what_a_contact_serves_and_promises_is_said(
    told: Told, after: dict[str, Any], said: str, step: str
) -> None:
    edit = putting(**{f"contacts__1__{key}": each for key, each in after.items()})

    assert told(edit) == ([said], step)


def test_a_contact_with_one_address_more_is_the_same(told: Told) -> None:
    def edit(data: dict[str, Any]) -> None:
        data["contacts"][1] = {"name": "Tom", "phone": {"de": "110", "en": "112"}}

    said, _ = told(edit)

    assert said[0] == "Contact: Nordlicht → Tom"
    assert said[1].startswith("Phone number of Tom: 110 → 112")


@pytest.mark.parametrize(
    ("after", "said", "step"),
    [
        (
            {"title": {"de": "Leitfaden", "en": "Policy"}},
            ["Title of the guideline: now Policy"],
            "minor",
        ),
        ({"document__number": "DA 4"}, ["Document number: now DA 4"], "patch"),
        ({"document__approved_by": "Dr. Roth"}, ["Approved by: now Dr. Roth"], "patch"),
        (
            {"document__classification": "internal"},
            ["Classification: now internal"],
            "minor",
        ),
        (
            {"company__forms": {"dative": {"de": "der N"}}},
            ["Name in a sentence (dative): now der N"],
            "patch",
        ),
        (
            {"version__owner": {"de": "Vorstand", "en": "Board"}},
            ["Owner: Nordlicht → Board"],
            "minor",
        ),
    ],
)
def test_what_stands_in_the_frame_is_said(
    told: Told, after: dict[str, Any], said: list[str], step: str
) -> None:
    assert told(putting(**after)) == (said, step)


HOSTILE = st.text(min_size=1, max_size=60) | st.sampled_from(
    ["{0}", "{topic}", "{{", "%s", "<b>", "`x`", "[a](b)", "„“", "x" * 10_000]
)


@pytest.mark.slow
@given(
    first=HOSTILE,
    second=HOSTILE,
    key=st.sampled_from(
        [
            *("title", "document.number", "company.speaker", "roles.werk"),
            *("company.forms.dative", "contacts.0.answers_within", "version.owner"),
            *("taboo_topics.2.speakers", "sections.0.id"),
        ]
    ),
)
def test_any_text_is_said_or_is_no_change(first: str, second: str, key: str) -> None:
    data = _BASE
    pack = _FITTING
    several = key == "taboo_topics.2.speakers"
    old, new = copy.deepcopy(data), copy.deepcopy(data)
    into(old, key, [first] if several else first)
    into(new, key, [second] if several else second)

    for before, after in ((old, new), (new, old), (data, new), (new, data)):
        changes = changes_of(before, after, old_pack=pack, new_pack=pack)
        for language in ("de", "en"):
            said = [sentence(each, pack.messages, language) for each in changes]
            assert all(said)
        if before is not data and after is not data:
            assert bool(changes) == (first != second)


_FITTING = fitting_pack(load_pack("dell"))
_BASE: dict[str, Any] = {
    "company": {"name": "A", "sector": "other", "countries": ["DE"]},
    "contacts": [{"name": "A", "phone": "110"}],
    "taboo_topics": [
        {"id": "strategy"},
        {"id": "mergers"},
        {"name": "A", "speakers": ["hr"], "why": "A", "dont": "A", "do": "A"},
    ],
    "sections": [{"id": "crisis"}],
    "version": {"owner": "A"},
}


def test_a_topic_that_brings_its_level_is_told_by_the_topic_alone(
    answers: dict[str, Any], fitting: Pack
) -> None:
    new = copy.deepcopy(answers)
    new["taboo_topics"].append(
        {"name": "Drohnen", "level": "never", "why": "W.", "dont": "X", "do": "Y"}
    )
    head = "# Themen\n\n## only\n\nonly!\n\n### Nordlicht\n"
    meaning = LevelMeaning(fitting, never="Das postest Du nie.")
    after = f"{head}\n## never\n\nDas postest Du nie.\n\n### Drohnen\n\nW.\n"

    compared = Comparison(
        old=state(answers, meaning.pack, de=head),
        new=state(new, meaning.pack, de=after),
    )

    assert [each.message for each in compared.proposal.reasons] == ["compare-topic-new"]


class LevelMeaning:
    """A pack whose levels mean something else."""

    def __init__(self, pack: Pack, **meanings: str) -> None:
        levels = {
            level: replace(spec, meaning=LocalText.of(meanings[level]))
            if level in meanings
            else spec
            for level, spec in pack.levels.items()
        }
        self.pack = replace(pack, levels=levels)


def test_an_example_is_known_with_its_names_filled_in(
    answers: dict[str, Any], fitting: Pack
) -> None:
    entry = replace(
        fitting.catalogue["strategy"],
        do=LocalText.of(
            "Dazu sage ich nie etwas. Bitte fragt nur {speaker_accusative}."
        ),
    )
    pack = replace(fitting, catalogue={**fitting.catalogue, "strategy": entry})
    after = (
        "# Themen\n\nEin Satz.\n\nBesser so\n"
        ":   Dazu sage ich nie etwas. Bitte fragt nur die Presse und Dr. Eva Roth.\n"
    )

    compared = Comparison(
        old=state(answers, pack, de="# Themen\n\nEin Satz.\n\nBesser so\n"),
        new=state(answers, pack, de=after),
    )

    assert compared.proposal.step != "major"


def test_a_rule_before_it_only_moves_a_heading_on(
    answers: dict[str, Any], fitting: Pack
) -> None:
    compared = Comparison(
        old=state(answers, fitting, de="# G\n\n## 1. Helfen\n\nHilf.\n"),
        new=state(answers, fitting, de="# G\n\n## 2. Helfen\n\nHilf.\n"),
    )

    assert compared.proposal.reasons == ()
