"""What can stand somewhere in `guideline.yml`: the building blocks of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from guidegen.model.question import Kind
from guidegen.model.text import LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class One:
    """A single value of some kind; `choices` are what it may be, with their names."""

    kind: Kind
    choices: Mapping[str, LocalText] | None = None
    minimum: int | None = None
    maximum: int | None = None
    suffixes: tuple[str, ...] = ()
    """Of a file: how its name may end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """A value for all languages, or one per language."""

    one: One
    variants: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """A list. `unique` names the message that says that an entry is there twice."""

    item: Shape
    minimum: int = 0
    unique: str = "answers-twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """A map with known keys.

    `required` keys must be there (unless the key `unless` is), and of `one_of` at least
    one.
    """

    fields: Mapping[str, Shape]
    required: tuple[str, ...] = ()
    unless: str | None = None
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A text that names an entry, or a map."""

    one: One
    fields: Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """A map whose key `kind` says which other keys it may have."""

    kinds: Mapping[str, Fields]


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """A map whose keys the user chooses."""

    item: Kinds


Shape: TypeAlias = "One | Local | Many | Fields | Entry | Kinds | Names"
