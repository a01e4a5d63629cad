"""The contract as a JSON Schema, for editors that complete, explain and underline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from guidegen.answers.contract import contract, question_texts
from guidegen.model.pack import Pack
from guidegen.model.question import Kind
from guidegen.model.text import LocalText
from guidegen.schema.scalars import MAX_LENGTH, YamlKind
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

_TEXT = {"type": "string", "minLength": 1, "maxLength": MAX_LENGTH}
# Patterns name the form that guidegen writes itself; the reader takes more.
_KINDS: Mapping[Kind | YamlKind, dict[str, Any]] = {
    Kind.CONFIRM: {"type": "boolean"},
    Kind.NUMBER: {"type": "integer"},
    Kind.EMAIL: {"type": "string", "format": "email"},
    Kind.URL: {"type": "string", "pattern": "^(https?://|mailto:|tel:)"},
    Kind.FORM: {"type": "string", "pattern": "^https?://"},
    Kind.PHONE: {"type": "string", "pattern": "^[+0-9(][0-9 ()/.-]*$"},
    Kind.DATE: {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    Kind.COLOR: {"type": "string", "pattern": "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$"},
}


def json_schema(pack: Pack, language: str = "en") -> dict[str, Any]:
    """Return the JSON Schema of `guideline.yml` for a pack.

    Args:
        pack: Its sectors, topics, roles and questions become choices and explanations.
        language: What the explanations are written in.
    """
    texts = question_texts(pack, language)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "guideline.yml",
        **_schema(contract(pack), "", texts, language),
    }


def _schema(
    shape: Shape, key: str, texts: Mapping[str, str], language: str
) -> dict[str, Any]:
    schema = _bare(shape, key, texts, language)
    if key in texts:
        schema["description"] = texts[key]
    return schema


def _bare(  # noqa: PLR0911  # one for each shape
    shape: Shape, key: str, texts: Mapping[str, str], language: str
) -> dict[str, Any]:
    if isinstance(shape, Scalar):
        return _scalar(shape, language)
    if isinstance(shape, Localized):
        one = _scalar(shape.scalar, language)
        # Words that stand for something, such as ids of roles, are in no language.
        text = _scalar(replace(shape.scalar, also=None), language)
        map_ = {
            "type": "object",
            "properties": dict.fromkeys(shape.variants or (), text),
            "additionalProperties": False,
            "minProperties": 1,
        }
        return {"anyOf": [*one.get("anyOf", [one]), map_]}
    if isinstance(shape, ListOf):
        items = _schema(shape.item, f"{key}.0", texts, language)
        return {"type": "array", "items": items, "minItems": shape.minimum}
    if isinstance(shape, OneOrList):
        entry, entries = (
            _bare(each, key, texts, language) for each in (shape.item, shape.as_list)
        )
        return {"anyOf": [*entry.get("anyOf", [entry]), entries]}
    if isinstance(shape, ScalarOr):
        entry = _scalar(shape.scalar, language)
        return {"anyOf": [entry, _bare(shape.other, key, texts, language)]}
    if isinstance(shape, MapOf):
        name = f"^{shape.keys.pattern}$" if shape.keys else "."
        return {
            "type": "object",
            "patternProperties": {name: _bare(shape.item, key, texts, language)},
            "additionalProperties": False,
        }
    if isinstance(shape, TaggedUnion):
        return {
            "anyOf": [_tagged(*each, key, language) for each in shape.records.items()]
        }
    return _record(shape, key, texts, language)


def _tagged(kind: str, record: Record, key: str, language: str) -> dict[str, Any]:
    # No question asks for targets, so there is nothing to explain them with.
    schema = _record(record, key, {}, language)
    schema["properties"]["kind"] = {"const": kind}
    return schema


def _record(
    shape: Record, key: str, texts: Mapping[str, str], language: str
) -> dict[str, Any]:
    prefix = f"{key}." if key else ""
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {
            name: _schema(child, prefix + name, texts, language)
            for name, child in shape.fields.items()
        },
        "additionalProperties": False,
    }
    needs = {"required": list(shape.required)}
    # No record has both `unless` and `one_of`, which would compete for `anyOf`.
    if shape.unless and shape.required:
        schema["anyOf"] = [{"required": [shape.unless]}, needs]
    elif shape.required:
        schema |= needs
    if shape.one_of:
        schema["anyOf"] = [{"required": [name]} for name in shape.one_of]
    return schema


def _scalar(shape: Scalar, language: str) -> dict[str, Any]:
    if shape.choices is not None:
        return _enum(shape.choices, language)
    schema = dict(_KINDS.get(shape.kind, _TEXT))
    if shape.minimum is not None:
        schema["minimum"] = shape.minimum
    if shape.maximum is not None:
        schema["maximum"] = shape.maximum
    if shape.also:
        return {"anyOf": [_enum(shape.also, language), schema]}
    return schema


def _enum(names: Mapping[str, LocalText], language: str) -> dict[str, Any]:
    labels = [label.find(language) or value for value, label in names.items()]
    # `enumDescriptions` is not part of JSON Schema, but VS Code shows it.
    return {"enum": list(names), "enumDescriptions": labels}
