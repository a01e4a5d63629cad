"""The cards of a pack, `cards/*.yml`: their contract, read and built.

A company's own cards have the same form.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from guidegen.files.listing import is_litter
from guidegen.model.card import CardSpec
from guidegen.model.text import LocalText
from guidegen.pack.adaptation.placeholders import check_card
from guidegen.pack.contract import FLAG, TEXT, TEXTS, among
from guidegen.pack.pack_file import PackFile
from guidegen.schema.scalars import Refused, ScalarValue, YamlKind
from guidegen.schema.shapes import ListOf, Localized, Record, Scalar, Shape

FOLDER = "cards"

LONGEST_QUESTION, LONGEST_CHOICE, LONGEST_WHY = 500, 300, 600
"""How many characters each may have: a card is read in seconds, also on a phone."""

_ID: Final = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_IN_A_FILE = 100
"""How many cards a file has at most."""

_WRONG = 3
"""How many wrong answers a card has at most."""


def card_fields(question: Shape, choice: Shape, why: Shape) -> dict[str, Shape]:
    """Return what every card says, given how each of its texts may be written."""
    return {
        "question": question,
        "right": choice,
        "wrong": ListOf(item=choice, minimum=1, maximum=_WRONG),
        "why": why,
    }


CARD_REQUIRED = ("rule", "question", "right", "wrong", "why")
"""What no card may lack."""


def cards_shape(
    languages: Sequence[str], sectors: Collection[str] | None = None
) -> Record:
    """Return the shape of a file under `cards/`.

    Args:
        languages: The pack's languages.
        sectors: The sectors that a card may be for; None for any.
    """

    def local(longest: int) -> Localized:
        text = Scalar(kind=YamlKind.TEXT, longest=longest)
        return Localized(scalar=text, languages=tuple(languages))

    card = Record(
        fields={
            "id": Scalar(kind=YamlKind.NAME, refuse=refuse_card_id),
            "rule": TEXT,
            **card_fields(
                local(LONGEST_QUESTION), local(LONGEST_CHOICE), local(LONGEST_WHY)
            ),
            "topic": TEXT,
            "allowed": FLAG,
            "sectors": ListOf(item=among(sectors), minimum=1),
            "countries": TEXTS,
        },
        required=("id", *CARD_REQUIRED),
    )
    return Record(
        fields={"cards": ListOf(item=card, maximum=_IN_A_FILE)}, required=("cards",)
    )


def refuse_card_id(value: ScalarValue) -> Refused | None:
    """Return why a text cannot be the id of a card, None if it can."""
    # Without capitals, it is the same in an address, a file's name and a web browser.
    if _ID.fullmatch(str(value)):
        return None
    return Refused("card-id", value=value)


class CardFiles:
    """The files under `cards/` of a pack and those it extends, and what they say.

    Args:
        folders: Where texts come from, the pack's own folder first.
        languages: The pack's languages.
        sectors: The ids of its sectors.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        languages: Sequence[str],
        sectors: Collection[str],
    ) -> None:
        self._own = folders[0]
        self._read: dict[str, list[dict[str, Any]]] = {}
        paths: dict[str, Path] = {}
        for folder in folders:
            for path in sorted(folder.glob(f"{FOLDER}/*.yml")):
                if not is_litter(path.name):
                    # A file of the pack's own takes the place of one of that name.
                    paths.setdefault(path.name, path)
        self.files = tuple(PackFile(paths[name]) for name in sorted(paths))
        for file in self.files:
            # One that it extends may name sectors that this one has not, and lack its
            # languages.
            known, needed = (sectors, languages) if self._is_own(file) else (None, ())
            read = file.read(cards_shape(needed, known))
            data: Any = read.get("cards", []) if isinstance(read, dict) else []
            self._read[file.path.name] = [
                card if _is_there(card, languages) else {} for card in data
            ]

    def _is_own(self, file: PackFile) -> bool:
        return file.path.parents[1] == self._own

    @property
    def data(self) -> list[dict[str, Any]]:
        """All cards, file by file."""
        return [card for cards in self._read.values() for card in cards if card]

    def check(self, sections: Collection[str], words: Collection[str]) -> None:
        """Note ids that are there twice, rules that are no sections, and so on.

        Args:
            sections: The ids of all sections of the pack.
            words: The words that its texts may have as placeholders.
        """
        seen: dict[str, tuple[str, int | None]] = {}
        # Its own last: an id that another pack has is wrong here.
        for file in sorted(self.files, key=self._is_own):
            for number, card in enumerate(self._read[file.path.name]):
                where = f"cards.{number}"
                self._check_id(file, where, card.get("id"), seen)
                check_card(file, where, card, words)
                rule = card.get("rule")
                if self._is_own(file) and rule and rule not in sections:
                    known = ", ".join(sorted(sections))
                    file.report("card-rule", f"{where}.rule", value=rule, known=known)

    def _check_id(
        self,
        file: PackFile,
        where: str,
        card: str | None,
        seen: dict[str, tuple[str, int | None]],
    ) -> None:
        if card is None:
            return
        if card in seen:
            name, line = seen[card]
            values = {"value": card, "file": name, "first": line}
            file.report("card-twice", f"{where}.id", **values)
        line = file.reader.lines.get(f"{where}.id")
        seen.setdefault(card, (file.path.name, line))


def _is_there(card: Mapping[str, Any], languages: Collection[str]) -> bool:
    """Return whether a card has all of its texts in some languages."""
    texts = [card.get(name) for name in ("question", "right", "why")]
    texts += card.get("wrong", ())
    # One that is wrong has been reported.
    given = [LocalText.of(text) for text in texts if text]
    return all(text.find(language) for text in given for language in languages)


def build_cards(data: Iterable[Mapping[str, Any]]) -> tuple[CardSpec, ...]:
    """Return the cards that checked data describes."""
    return tuple(build_card(each) for each in data)


def build_card(data: Mapping[str, Any]) -> CardSpec:
    """Return the card that checked data describes."""
    return CardSpec(
        id=data["id"],
        rule=data["rule"],
        question=LocalText.of(data["question"]),
        right=LocalText.of(data["right"]),
        wrong=tuple(map(LocalText.of, data["wrong"])),
        why=LocalText.of(data["why"]),
        topic=data.get("topic"),
        allowed=data.get("allowed", False),
        sectors=tuple(data.get("sectors", ())),
        countries=tuple(data.get("countries", ())),
    )
