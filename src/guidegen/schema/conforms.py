"""Whether plain data is what reading a file by its contract could have returned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from guidegen.schema.shapes import (
    ListOf,
    Localized,
    MapOf,
    OneOrList,
    Record,
    Scalar,
    ScalarOr,
    Shape,
    TaggedUnion,
)


def conforms(value: object, shape: Shape) -> bool:
    """Return whether plain data is what reading a template pack could have returned.

    For data that guidegen has written itself, such as a cache, and that somebody may
    have changed since; nobody needs to know what is wrong with it.
    """
    return _CONFORM[type(shape)](value, shape)


def _scalar_conforms(value: object, shape: Scalar) -> bool:
    # Not `isinstance`: True is an int, too.
    fits = type(value) in shape.yaml_types
    return fits and (shape.choices is None or value in shape.choices)


def _localized_conforms(value: object, shape: Localized) -> bool:
    if not isinstance(value, dict):
        return _scalar_conforms(value, shape.scalar)
    texts = value.values()
    return bool(texts) and all(_scalar_conforms(text, shape.scalar) for text in texts)


def _list_conforms(value: object, shape: ListOf) -> bool:
    if not isinstance(value, list):
        return False
    check, item = _CONFORM[type(shape.item)], shape.item
    return all(check(each, item) for each in value)


def _one_or_list_conforms(value: object, shape: OneOrList) -> bool:
    return conforms(value, shape.as_list if isinstance(value, list) else shape.item)


def _map_conforms(value: object, shape: MapOf) -> bool:
    if not isinstance(value, dict) or not value.keys() >= {*shape.required}:
        return False
    check, item = _CONFORM[type(shape.item)], shape.item
    return all(check(each, item) for each in value.values())


def _scalar_or_conforms(value: object, shape: ScalarOr) -> bool:
    return conforms(value, shape.scalar) or conforms(value, shape.other)


def _record_conforms(value: object, shape: Record) -> bool:
    fields = shape.fields
    if not (
        isinstance(value, dict) and fields.keys() >= value.keys() >= {*shape.required}
    ):
        return False
    return all(conforms(each, fields[key]) for key, each in value.items())


def _tagged_conforms(value: object, shape: TaggedUnion) -> bool:
    return any(conforms(value, record) for record in shape.records.values())


_CONFORM: Final[Mapping[type, Callable[[object, Any], bool]]] = {
    Scalar: _scalar_conforms,
    Localized: _localized_conforms,
    ScalarOr: _scalar_or_conforms,
    ListOf: _list_conforms,
    OneOrList: _one_or_list_conforms,
    MapOf: _map_conforms,
    TaggedUnion: _tagged_conforms,
    Record: _record_conforms,
}
