"""The built-in pack's cards: short, kind, easy to read, right in every variant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from tests.readability import DU, ease, sentences_of

from guidegen.compose.spoken import DU as SAYS_DU
from guidegen.compose.spoken import SIE as SAYS_SIE
from guidegen.compose.spoken import address_of
from guidegen.model.card import CardSpec
from guidegen.model.labels import PLACEHOLDER
from guidegen.model.pack import Pack
from guidegen.model.text import LocalText
from guidegen.pack.load import load_pack
from guidegen.practice.draft import Draft
from guidegen.practice.rules import Place

VARIANTS = ("de", "de-formal", "en", "en-us")
QUESTION, CHOICE, WHY = 40, 22, 45
"""How many words each may have."""
LONGEST_SENTENCE = 20
EASY = {"de": 72, "de-formal": 68, "en": 78, "en-us": 78}
RULES = (
    *("protect", "transparent", "law", "responsible", "nice"),
    *("mistakes", "rights", "account", "data-protection"),
)
STIFF = re.compile(
    r"\b(?:do|does|did|is|are|was|has|have|will|would|can|could|should) not\b|"
    r"\b(?:cannot|(?<!who )(?<!where )you are|we are|you will|we will)\b",
    re.IGNORECASE,
)
BRITISH = re.compile(
    r"\w*(?:isation|criticis(?:e|ing)|colour|favour|behaviour|licence|practis|apologis"
    r"|recognis|organis|rumour|neighbour)\w*|\b(?:whilst|per cent|enquir\w*|maths)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    """Return the built-in pack."""
    return load_pack("dell")


def texts_of(card: CardSpec, variant: str, pack: Pack) -> tuple[str, ...]:
    """Return question, right choice, wrong ones and reason in a variant."""

    def said(text: LocalText) -> str:
        found = text.get(variant)
        spelling = pack.country("US").spelling["en"] if variant == "en-us" else {}
        for british, american in spelling.items():
            found = found.replace(british, american)
        return found

    return tuple(map(said, card.texts))


def every(pack: Pack) -> Iterator[tuple[str, CardSpec, tuple[str, ...]]]:
    """Yield each card in each variant."""
    for variant in VARIANTS:
        for card in pack.cards:
            yield variant, card, texts_of(card, variant, pack)


def test_every_rule_has_at_least_three_cards_and_every_optional_section_one(
    pack: Pack,
) -> None:
    # Those alone that no company lacks for its sector or countries.
    everywhere = [
        card.rule for card in pack.cards if not (card.sectors or card.countries)
    ]
    count = Counter(everywhere)

    assert {rule: count[rule] for rule in RULES if count[rule] < 3} == {}
    assert [part for part in pack.parts if not count[part]] == []


def test_every_sector_has_a_card_of_its_own(pack: Pack) -> None:
    named = {sector for card in pack.cards for sector in card.sectors}

    assert named >= {*pack.sector_specs} - {"other"}


def test_one_card_in_five_says_yes(pack: Pack) -> None:
    allowed = [card for card in pack.cards if card.allowed]

    assert len(allowed) * 5 >= len(pack.cards)
    # Each rule has one to be proud of.
    assert {card.rule for card in allowed} >= {*RULES}


def test_texts_are_short(pack: Pack) -> None:
    long = [
        (variant, card.id, text)
        for variant, card, (question, *choices, why) in every(pack)
        for text, most in (
            (question, QUESTION),
            *((choice, CHOICE) for choice in choices),
            (why, WHY),
        )
        if len(text.split()) > most
    ]

    assert long == []


@pytest.mark.parametrize("variant", VARIANTS)
def test_cards_are_easy_to_read(pack: Pack, variant: str) -> None:
    running = "".join(
        f"<p>{text}</p>"
        for card in pack.cards
        for text in (card.question.get(variant), card.why.get(variant))
    )
    sentences = sentences_of(running)

    assert [" ".join(each) for each in sentences if len(each) > LONGEST_SENTENCE] == []
    assert ease(sentences, variant[:2]) >= EASY[variant]


def test_nobody_can_tell_the_right_choice_by_its_length(pack: Pack) -> None:
    for variant in VARIANTS:
        longest = shortest = 0
        for card in pack.cards:
            _, right, *wrong, _ = map(len, texts_of(card, variant, pack))
            longest += right > max(wrong)
            shortest += right < min(wrong)

        assert longest * 2 <= len(pack.cards)
        assert shortest * 2 <= len(pack.cards)


def test_nobody_can_tell_the_right_choice_by_its_place(pack: Pack) -> None:
    place = Place(title="", href="", placement=None)
    count = Counter(
        Draft(
            id=card.id,
            question="",
            right="right",
            wrong=tuple(map(str, range(len(card.wrong)))),
            why="",
        )
        .at(0, place)
        .right
        for card in pack.cards
    )

    assert len(count) == 3
    assert min(count.values()) * 4 >= len(pack.cards)


def test_address_does_not_waver(pack: Pack) -> None:
    quoted = re.compile("„[^“]*“")
    for variant, card, texts in every(pack):
        if not variant.startswith("de"):
            continue
        said = "\n".join(quoted.sub("", text) for text in texts)

        if variant == "de":
            # „Sie“ may be a person or a thing, and choices speak of nobody's address.
            assert not re.search(r"\b(?:Ihnen|tun Sie|Dürfen Sie|haben Sie)\b", said)
            assert address_of(texts[0]) in {SAYS_DU, None}, card.id
        else:
            assert not DU.findall(said), card.id
            assert address_of(texts[0]) in {SAYS_SIE, None}, card.id


def test_who_is_addressed_with_sie_gets_a_text_wherever_the_other_says_du(
    pack: Pack,
) -> None:
    for card in pack.cards:
        for text in card.texts:
            german = dict(text.texts)
            if DU.search(german["de"]):
                assert re.search(r"\b(?:Sie|Ihnen|Ihr\w*)\b", german["de-formal"])


def test_choices_are_the_same_for_du_and_sie(pack: Pack) -> None:
    for card in pack.cards:
        for text in (card.right, *card.wrong):
            assert not DU.search(re.sub("„[^“]*“", "", text.get("de"))), card.id


def test_english_is_native_and_american_where_it_has_to_be(pack: Pack) -> None:
    for variant, card, texts in every(pack):
        if variant.startswith("en"):
            assert STIFF.findall("\n".join(texts)) == [], card.id
        if variant == "en-us":
            assert BRITISH.findall("\n".join(texts)) == [], card.id


def test_marks_are_typographic_and_nothing_shouts(pack: Pack) -> None:
    for variant, card, texts in every(pack):
        said = "\n".join(texts)

        assert not re.search(r"""['"]|\.\.\.| - """, said), card.id
        # Only in a post that somebody else writes.
        assert "!" not in re.sub("„[^“]*“|“[^”]*”", "", said), card.id
        if variant.startswith("de"):
            assert said.count("„") == said.count("“"), card.id
            assert not re.search("[”’]", said), card.id
        else:
            assert said.count("“") == said.count("”"), card.id
            assert "„" not in said, card.id


def test_choices_are_phrases_and_the_rest_are_sentences(pack: Pack) -> None:
    for _, card, (question, *choices, why) in every(pack):
        assert question.endswith("?"), card.id
        assert re.search(r"[.?!…][“”]?$", why), card.id
        assert not any(re.search(r"(?<!…)[.;]$", choice) for choice in choices)
        assert len(set(choices)) == len(choices), card.id


def test_placeholders_are_known(pack: Pack) -> None:
    known = {*pack.words, "company", "company_accusative", "company_dative"}
    for _, card, texts in every(pack):
        assert {*PLACEHOLDER.findall("".join(texts))} <= known, card.id
