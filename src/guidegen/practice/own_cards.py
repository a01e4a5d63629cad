"""Reads a company's own cards, `training/*.yml`; finds all that is wrong in one run."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, cast

from guidegen.errors import Problem, ProblemsError
from guidegen.files import translate_os_errors
from guidegen.files.listing import is_litter
from guidegen.model.card import CardSpec
from guidegen.model.project import Project
from guidegen.model.question import Kind
from guidegen.model.text import LocalText
from guidegen.pack.cards import (
    CARD_REQUIRED,
    LONGEST_CHOICE,
    LONGEST_QUESTION,
    LONGEST_WHY,
    build_card,
    card_fields,
    refuse_card_id,
)
from guidegen.schema.reader import Reader, nearest
from guidegen.schema.scalars import Refused, ScalarValue
from guidegen.schema.shapes import ListOf, Localized, Record, Scalar
from guidegen.schema.yaml_tree import FileKind, parse_tree, read_source
from guidegen.value import Value

_CARDS: Final = FileKind(name="cards")
MOST_FILES, MOST_CARDS, MOST = 40, 100, 500
"""How many files there may be, cards in each, and in all: more, nobody practises."""


class Known(Value):
    """What cards may name."""

    rules: tuple[str, ...]
    """The ids of the guideline's sections."""
    topics: tuple[str, ...]
    """The ids of the company's taboo topics."""
    cards: tuple[str, ...]
    """The ids of the pack's cards."""
    variants: tuple[str, ...]
    """The pack's text variants."""


class OwnCards(Value):
    """A company's own cards."""

    cards: tuple[CardSpec, ...] = ()
    without: tuple[str, ...] = ()
    """The ids of the pack's cards that it does not want."""


def read_own_cards(project: Project, known: Known) -> OwnCards:
    """Return the company's own cards, none if it has none.

    Args:
        project: The project.
        known: What the cards may name.

    Raises:
        ProblemsError: Everything that is wrong with them, by file and line.
        FilesError: The folder cannot be read.
    """
    with translate_os_errors(project.training):
        paths = sorted(
            path for path in project.training.glob("*.yml") if not is_litter(path.name)
        )
    if len(paths) > MOST_FILES:
        raise _too_many("cards-too-many-files", len(paths), MOST_FILES, project)
    problems: list[Problem] = []
    found: list[CardSpec] = []
    without: list[str] = []
    for path in paths:
        file = _File(path, known, found)
        problems += file.problems
        without += file.without
    if problems:
        raise ProblemsError(tuple(problems))
    if len(found) > MOST:
        raise _too_many("cards-too-many", len(found), MOST, project)
    return OwnCards(cards=tuple(found), without=tuple(dict.fromkeys(without)))


def unread_files(project: Project) -> tuple[Path, ...]:
    """Return the files that look like files of cards, and that nobody reads.

    Raises:
        FilesError: The folder cannot be read.
    """
    with translate_os_errors(project.training):
        return tuple(
            path
            for path in sorted(project.training.rglob("*"))
            if path.suffix.lower() in {".yml", ".yaml"}
            and (path.parent != project.training or path.suffix != ".yml")
            and not is_litter(path.relative_to(project.training).as_posix())
        )


def _too_many(message: str, count: int, limit: int, project: Project) -> ProblemsError:
    values = {"count": count, "limit": limit}
    problem = Problem(message=message, values=values, path=project.training)
    return ProblemsError((problem,))


class _File:
    """One file; its cards are added to those that were found before it."""

    def __init__(self, path: Path, known: Known, found: list[CardSpec]) -> None:
        self._reader = Reader(path=path)
        self._known = known
        self.without: list[str] = []
        data: Mapping[str, Any] = {}
        try:
            tree = parse_tree(read_source(path, _CARDS), _CARDS, path)
            data = cast("dict[str, Any]", self._reader.read(tree, _shape(known)) or {})
        except ProblemsError as error:
            self._reader.problems += error.problems
        places = self._reader.places.get("cards", [])
        for place, card in zip(places, data.get("cards", ()), strict=True):
            where = f"cards.{place}"
            self._check_right(card, where)
            if {*CARD_REQUIRED} <= card.keys():
                self._add(card, where, found)
        self.without += data.get("without", ())

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with it, by line."""
        return sorted(self._reader.problems, key=lambda problem: problem.line or 0)

    def _add(self, card: Mapping[str, Any], where: str, found: list[CardSpec]) -> None:
        line = self._reader.lines.get(where)
        spec = build_card({**card, "id": card.get("id") or _id_of(card["question"])})
        first = next((each for each in found if each.id == spec.id), None)
        if first and first.path:
            self._reader.report(
                "card-twice",
                f"{where}.id" if "id" in card else where,
                self._reader.lines.get(f"{where}.id", line),
                value=spec.id,
                file=first.path.name,
                first=first.line,
            )
        found.append(spec.of(self._reader.path, line))

    def _check_right(self, card: Mapping[str, Any], where: str) -> None:
        """Note where the right answer stands among the wrong ones, too."""
        right = card.get("right")
        for number, wrong in enumerate(card.get("wrong", ())):
            if right is not None and _texts(right) & _texts(wrong):
                at = f"{where}.wrong.{number}"
                self._reader.report(
                    "card-right-is-wrong", at, self._reader.lines.get(at)
                )


def _texts(text: str | Mapping[str, str]) -> set[tuple[str, str]]:
    return {(key, said.casefold()) for key, said in LocalText.of(text).texts}


def _id_of(question: str | Mapping[str, str]) -> str:
    """Return the id of a card that names none: it follows from its question."""
    said = LocalText.of(question).texts[0][1]
    return f"own-{hashlib.sha256(said.encode()).hexdigest()[:8]}"


def _shape(known: Known) -> Record:
    def local(longest: int) -> Localized:
        text = Scalar(kind=Kind.TEXT, longest=longest)
        return Localized(scalar=text, variants=known.variants)

    card = Record(
        fields={
            "id": Scalar(kind=Kind.TEXT, refuse=refuse_card_id),
            "rule": _one_of(known.rules, "card-rule"),
            **card_fields(
                local(LONGEST_QUESTION), local(LONGEST_CHOICE), local(LONGEST_WHY)
            ),
            "topic": _one_of(known.topics, "card-topic"),
            "allowed": Scalar(kind=Kind.CONFIRM),
        },
        required=CARD_REQUIRED,
    )
    return Record(
        fields={
            "cards": ListOf(item=card, maximum=MOST_CARDS, unique=None),
            "without": ListOf(item=_one_of(known.cards, "card-unknown")),
        },
        one_of=("cards", "without"),
    )


def _one_of(names: Collection[str], message: str) -> Scalar:
    def refuse(value: ScalarValue) -> Refused | None:
        if value in names:
            return None
        near = nearest(str(value), names)
        if near:
            return Refused("value-choice-near", value=value, near=near)
        return Refused(message, value=value, known=", ".join(_named(names)))

    return Scalar(kind=Kind.TEXT, refuse=refuse)


def _named(names: Collection[str]) -> Iterator[str]:
    yield from dict.fromkeys(names)
