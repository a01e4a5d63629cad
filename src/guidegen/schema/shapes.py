"""The building blocks of a contract: what may stand where in a YAML file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TypeAlias

from guidegen.model.question import Kind
from guidegen.model.text import LocalText
from guidegen.schema.scalars import YAML_TYPES, Refused, ScalarValue, YamlKind
from guidegen.value import Value


class Scalar(Value):
    """A single value; `choices` are the values it may have, with their names."""

    kind: Kind | YamlKind
    choices: Mapping[str, LocalText] | None = None
    also: Mapping[str, LocalText] | None = None
    """Words that it may be besides a value of its kind, with their names."""
    unknown: str = "value-choice"
    """The message about a value that is none of the choices and close to none."""
    minimum: int | None = None
    maximum: int | None = None
    suffixes: tuple[str, ...] = ()
    """For a file: how its name may end."""
    longest: int | None = None
    """For a text: how many characters it may have, if not as many as any."""
    refuse: Callable[[ScalarValue], Refused | None] | None = None
    """Returns why a value of the right kind will not do after all."""

    @cached_property
    def yaml_types(self) -> tuple[type, ...]:
        """The types of its values, if it stands in a pack."""
        return YAML_TYPES.get(self.kind, ())


class Localized(Value):
    """A value for all languages, or one per language.

    `variants` are the keys that may be used, any if it is None. Each of `languages`
    needs a value.
    """

    scalar: Scalar
    variants: tuple[str, ...] | None = None
    languages: tuple[str, ...] = ()

    @cached_property
    def texts(self) -> Record | MapOf:
        """The shape of a map with a value per language."""
        if self.variants is None:
            return MapOf(item=self.scalar)
        return Record(fields=dict.fromkeys(self.variants, self.scalar))


class ListOf(Value):
    """A list; `unique` is the message about a repeated entry, None if it may repeat."""

    item: Shape
    minimum: int = 0
    maximum: int | None = None
    unique: str | None = "entry-twice"


class OneOrList(Value):
    """A list, or its only entry without brackets."""

    item: Scalar | Localized
    unique: str | None = "entry-twice"

    @property
    def as_list(self) -> ListOf:
        """The shape of the list."""
        return ListOf(item=self.item, minimum=1, unique=self.unique)


class Record(Value):
    """A map with known keys.

    `required` keys must be there (unless the key `unless` is), and of `one_of` at least
    one.
    """

    fields: Mapping[str, Shape]
    required: tuple[str, ...] = ()
    unless: str | None = None
    one_of: tuple[str, ...] = ()


class ScalarOr(Value):
    """A single value, such as the name of something known, or a longer form of it."""

    scalar: Scalar
    other: Record | ListOf


class TaggedUnion(Value):
    """A map whose key `kind` decides which other keys it may have.

    `forbid` is called with the map's own key and with the name and text of each entry.
    It returns why an entry is not allowed, whatever the kind; that entry is not read.
    """

    records: Mapping[str, Record]
    forbid: Callable[[str, str, str | None], Refused | None] = lambda *_: None


class MapOf(Value):
    """A map whose keys the author chooses; those in `required` must be there.

    `refusal` is the message about a key that does not match `keys`, or, without a
    pattern, about one that YAML does not take for a text.
    """

    item: Shape
    required: tuple[str, ...] = ()
    keys: re.Pattern[str] | None = None
    refusal: str = "entry-key-quotes"
    maximum: int | None = None


Shape: TypeAlias = (
    "Scalar | Localized | ListOf | OneOrList | Record | ScalarOr | TaggedUnion | MapOf"
)


class UnknownKey(Value):
    """The part of a dotted key that the contract does not know, and what it knows."""

    part: str
    known: tuple[str, ...]


def find_shape(shape: Shape, key: str) -> Shape | UnknownKey:
    """Return the shape at a dotted key such as `contacts.0.phone`."""
    for part in key.split("."):
        children = _children(shape)
        # `"²".isdigit()` is true, but `int` refuses it.
        numbered = part.isascii() and part.isdigit()
        if isinstance(shape, MapOf) or (
            isinstance(shape, (ListOf, OneOrList)) and numbered
        ):
            shape = shape.item
        elif part in children:
            shape = children[part]
        else:
            # The entries of a list have no names; the message shows how one is
            # addressed.
            known = ("0",) if isinstance(shape, ListOf) else tuple(children)
            return UnknownKey(part=part, known=known)
    return shape


def child_shapes(shape: Shape, parts: list[str]) -> Mapping[str, Shape]:
    """Return the fields at a dotted key, in the order of the contract."""
    found = find_shape(shape, ".".join(parts)) if parts else shape
    return {} if isinstance(found, UnknownKey) else _children(found)


def _children(shape: Shape) -> Mapping[str, Shape]:
    if isinstance(shape, Record):
        return shape.fields
    if isinstance(shape, ScalarOr):
        return _children(shape.other)
    if isinstance(shape, OneOrList):
        return _children(shape.item)
    if isinstance(shape, Localized):
        return dict.fromkeys(shape.variants or (), shape.scalar)
    if isinstance(shape, TaggedUnion):
        # As long as the kind is unknown, the keys of any kind may be meant.
        records = shape.records.values()
        return {
            name: child for record in records for name, child in record.fields.items()
        }
    return {}
