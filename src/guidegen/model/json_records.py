"""Records as JSON and back: what guidegen keeps in files and relies on later.

A record is a frozen dataclass; its annotations say what may stand in the file. Who can
write a file can write anything: what does not fit is refused, not repaired.
"""

from __future__ import annotations

import datetime as dt
import inspect
import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Final,
    Literal,
    TypeAlias,
    TypeVar,
    cast,
    get_args,
    get_origin,
)

from guidegen.files.limited import read_at_most
from guidegen.model.text import LocalText

T = TypeVar("T")

LARGEST: Final = 32 * 2**20
"""Bytes of a record: a file that takes more was not written by guidegen, whose records
take some thousands, and hardly ever a million."""

_Type: TypeAlias = Any
"""A type that annotations name; not every such thing is a class."""

_Reader: TypeAlias = Callable[..., Any]

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"
Data: TypeAlias = Mapping[str, "Json"]
"""Any data of a JSON object, such as the answers (`answers.answers_data`)."""

LEFT_OUT: Final = {"left_out": True}
"""Metadata of a field that is not in the file as long as it has its default."""

NOT_IN_FILE: Final = {"elsewhere": True}
"""Metadata of a field that is not in the file: it follows from where that lies."""


def named(name: str) -> Mapping[str, str]:
    """Return metadata of a field that has another name in the file."""
    return {"name": name}


def listed_by(key: str) -> Mapping[str, str]:
    """Return metadata of a map that is a list in the file; its values have the key."""
    return {"listed_by": key}


def canonical(data: object) -> bytes:
    """Return the one JSON text that stands for data, of which digests are made."""
    # Digests are chained over releases, so that not one byte of this may depend on the
    # order of fields or the version of guidegen.
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def read_record(path: Path) -> bytes:
    """Return the text of a record; anybody may have written the file.

    Raises:
        ValueError: It is larger than any of ours.
        OSError: The system refuses.
    """
    text = read_at_most(path, LARGEST)
    if len(text) > LARGEST:
        raise ValueError("size")
    return text


def parsed_json(text: str | bytes) -> Any:  # noqa: ANN401  # whatever is in the file
    """Return what a JSON text says; anybody may have written it.

    Raises:
        ValueError: It is no JSON, or larger or nested more deeply than any of ours.
    """
    if len(text) > LARGEST:
        raise ValueError("size")
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("depth") from error


def to_json(value: object) -> Json:
    """Return a record, or anything in one, as data that JSON can hold."""
    if isinstance(value, LocalText):
        return dict(value.texts)
    if is_dataclass(value) and not isinstance(value, type):
        return entries(value)
    if isinstance(value, Mapping):
        return {key: to_json(each) for key, each in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_json(each) for each in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value  # type: ignore[return-value]  # what is left is plain


def entries(record: object) -> dict[str, Json]:
    """Return the entries of a record in its file."""
    found: dict[str, Json] = {}
    for field in _in_file(cast("Any", type(record))):
        value = getattr(record, field.name)
        # A redline can have thousands of runs, and hardly any of them is marked up.
        if "left_out" in field.metadata and value == field.default:
            continue
        if "listed_by" in field.metadata:
            value = tuple(value.values())
        found[field.metadata.get("name", field.name)] = to_json(value)
    return found


def from_json(kind: type[T], data: object, **elsewhere: object) -> T:
    """Return what data describes; keys that a record does not know are ignored.

    Args:
        kind: A record's class, or another type that may be in one.
        data: What `parsed_json` returned.
        elsewhere: The fields of a record that are not in the file.

    Raises:
        ValueError: It does not fit; the text says which entry.
    """
    reader = _reader(cast("Any", kind))  # mypy takes no type for hashable
    value: T = reader(data, **elsewhere)
    return value


# Worked out once per class: a hundred releases have thousands of records.
@cache
def _in_file(kind: _Type) -> tuple[Field[Any], ...]:
    return tuple(each for each in fields(kind) if "elsewhere" not in each.metadata)


@cache
def _record_reader(kind: _Type) -> _Reader:
    # With `from __future__ import annotations`, annotations are texts at first.
    hints = inspect.get_annotations(kind, eval_str=True)
    readers = [
        (
            each.name,
            each.metadata.get("name", each.name),
            _field_reader(each, hints[each.name]),
            each.default is MISSING and each.default_factory is MISSING,
        )
        for each in _in_file(kind)
    ]

    def read(data: object, **elsewhere: object) -> object:
        in_file = _mapping(data)
        values = dict(elsewhere)
        for field, name, reader, needed in readers:
            if name in in_file:
                values[field] = reader(in_file[name])
            elif needed:
                raise ValueError(name)
        return kind(**values)

    return read


def _field_reader(field: Field[Any], hint: _Type) -> _Reader:
    key = field.metadata.get("listed_by")
    if key is None:
        return _reader(hint)
    item = _reader(get_args(hint)[1])

    def read(data: object) -> object:
        return {getattr(each, key): each for each in map(item, _listed(data))}

    return read


@cache
def _reader(kind: _Type) -> _Reader:
    """Return what turns data into a value of a type."""
    origin: _Type = get_origin(kind)
    of = get_args(kind)
    if origin is Annotated:
        inner, check = _reader(of[0]), of[1]
        return lambda data: check(inner(data))
    if origin is Literal:
        return lambda data: _one_of(data, of)
    if origin is UnionType:
        return _union_reader(*of)
    if origin is tuple:
        item = _reader(of[0])
        return lambda data: tuple(map(item, _listed(data)))
    if origin is Mapping:
        return _mapping if kind == Data else _mapping_reader(*of)
    return _class_reader(kind)


def _class_reader(kind: _Type) -> _Reader:
    if kind is str:
        return _text
    if kind is LocalText:
        texts = _mapping_reader(str, str)
        return lambda data: LocalText.of(texts(data))
    if kind in {int, bool, NoneType}:
        return lambda data: _typed(data, kind)
    # Times as well: a datetime is a date.
    if issubclass(kind, dt.date):
        return lambda data: kind.fromisoformat(_text(data))
    is_record: bool = is_dataclass(kind)
    reader: _Reader = _record_reader(kind) if is_record else kind
    return reader


def _mapping_reader(key: _Type, value: _Type) -> _Reader:
    # A key of JSON is a text anyway.
    origin: _Type = get_origin(key)
    check = get_args(key)[1] if origin is Annotated else str
    item = _reader(value)

    def read(data: object) -> object:
        return {check(name): item(each) for name, each in _mapping(data).items()}

    return read


def _union_reader(*kinds: _Type) -> _Reader:
    readers = [_reader(kind) for kind in kinds]

    def read(data: object) -> object:
        for reader in readers[:-1]:
            try:
                return reader(data)
            except ValueError:
                continue
        # The last one decides, and says what is wrong.
        return readers[-1](data)

    return read


def _one_of(data: object, values: tuple[object, ...]) -> object:
    if data not in values:
        raise ValueError(data)
    return data


def _text(data: object) -> str:
    if type(data) is not str:  # quicker than `isinstance`, for thousands of names
        raise ValueError(data)
    return data


def _typed(data: object, kind: type[T]) -> T:
    # Not `isinstance`: `true` must not pass for the number 1.
    if type(data) is not kind:
        raise ValueError(data)
    return data


def _listed(data: object) -> list[object]:
    return _typed(data, list)


def _mapping(data: object) -> dict[str, Any]:
    return _typed(data, dict)
