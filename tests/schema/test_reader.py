"""A tree is read along a contract: values of its kinds, and problems with lines."""

from __future__ import annotations

import pytest

from guidegen.model.question import Kind
from guidegen.model.text import LocalText
from guidegen.schema.reader import Reader
from guidegen.schema.scalars import Plain, Refused, YamlKind
from guidegen.schema.shapes import (
    ListOf,
    Localized,
    MapOf,
    Record,
    Scalar,
    Shape,
)
from guidegen.schema.yaml_tree import FileKind, parse_tree

KIND = FileKind(name="pack", has_aliases=True)
TEXT = Scalar(kind=YamlKind.TEXT)
LOCAL = Localized(scalar=TEXT, languages=("de", "en"))


def read(text: str, shape: Shape) -> tuple[Plain | None, list[object]]:
    """Return the value of a text, and each problem as its id, key and line."""
    reader = Reader()
    value = reader.read(parse_tree(text, KIND), shape)
    found: list[object] = [
        (each.message, each.values["key"], each.line) for each in reader.problems
    ]
    return value, found


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        (YamlKind.TEXT, "some  text ", "some  text"),
        (YamlKind.TEXT, '"1"', "1"),
        (YamlKind.TEXT, "!!str 1", "1"),
        (YamlKind.TEXT, "a: b", None),
        (YamlKind.TEXT, "NO", None),
        (YamlKind.TEXT, "2026-12-01", None),
        (YamlKind.TEXT, "1.5", None),
        (YamlKind.TEXT, "' '", None),
        (YamlKind.NAME, "data-protection", "data-protection"),
        (YamlKind.NAME, "../x", None),
        (YamlKind.FLAG, "true", True),
        (YamlKind.FLAG, "NO", False),
        (YamlKind.FLAG, "1", None),
        (YamlKind.FLAG, '"true"', None),
        (YamlKind.INTEGER, "12", 12),
        (YamlKind.INTEGER, "-0x10", -16),
        (YamlKind.INTEGER, "true", None),
        (YamlKind.INTEGER, "1.0", None),
        (YamlKind.ANSWER, "dell", "dell"),
        (YamlKind.ANSWER, "3", 3),
        (YamlKind.ANSWER, "off", False),
        (YamlKind.ANSWER, "2026-12-01", None),
        (YamlKind.WORD, "1.10", "1.1"),
        (YamlKind.WORD, '"1.10"', "1.10"),
        (YamlKind.WORD, "Yes", "true"),
        (YamlKind.WORD, "1.0.0", "1.0.0"),
        (YamlKind.WORD, "2026-12-01", "2026-12-01"),
        (YamlKind.WORD, "2026-13-45", None),
        (YamlKind.WORD, "!!bool maybe", None),
    ],
)
def test_a_scalar_of_a_pack_is_what_yaml_takes_it_for(
    kind: YamlKind, written: str, value: object
) -> None:
    found, problems = read(f"a:\n  {written}\n", _record(Scalar(kind=kind)))

    assert found == ({} if value is None else {"a": value})
    assert len(problems) == (value is None)


def _record(shape: Shape) -> Record:
    return Record(fields={"a": shape})


@pytest.mark.parametrize(
    ("text", "shape", "problem"),
    [
        ("a: {de: A, fr: C}", LOCAL, ("entry-language", "a", 1)),
        ("a: {de: A, yes: B, en: C}", LOCAL, ("entry-key-quotes", "a", 1)),
        ("a: [b]", LOCAL, ("entry-needs-text", "a", 1)),
        ("a:\n- x\n- x", ListOf(item=TEXT), ("entry-twice", "a.1", 3)),
        ("a: {}", MapOf(item=TEXT, required=("b",)), ("entry-missing", "a.b", 1)),
        ("a:\n  b: 1\n  b: 2", MapOf(item=TEXT), ("value-text", "a.b", 2)),
        ("a:\n  b: x\n  b: y", MapOf(item=TEXT), ("entry-key-twice", "a.b", 3)),
        ("a:", Scalar(kind=Kind.COLOR), ("value-color-hash", "a", 1)),
        (
            "a: neer",
            Scalar(kind=Kind.CHOICE, choices={"near": LocalText.of("x")}),
            ("value-choice-near", "a", 1),
        ),
        (
            "a: far",
            Scalar(kind=Kind.CHOICE, choices={"xyz": LocalText.of("x")}, unknown="no"),
            ("no", "a", 1),
        ),
        ("a: far", Scalar(kind=Kind.CHOICE, choices={}), ("value-choice-none", "a", 1)),
        (
            "a: b",
            Scalar(kind=Kind.TEXT, refuse=lambda value: Refused("no", value=value)),
            ("no", "a", 1),
        ),
    ],
)
def test_what_is_wrong_is_named_once_with_key_and_line(
    text: str, shape: Shape, problem: tuple[object, ...]
) -> None:
    _, problems = read(text, _record(shape))

    assert problem in problems


def test_of_far_too_many_entries_none_is_named_that_is_too_many() -> None:
    word = Scalar(kind=Kind.CHOICE, choices={"near": LocalText.of("x")})
    shape = ListOf(item=word, unique=None, maximum=2)

    _, problems = read(f"a: [{', '.join(['far'] * 1_000)}]", _record(shape))

    assert problems == [
        ("value-choice", "a.0", 1),
        ("value-choice", "a.1", 1),
        ("entry-too-many", "a", 1),
    ]


def test_an_entry_may_be_there_twice_where_nothing_forbids_it() -> None:
    assert read("a: [x, x]", _record(ListOf(item=TEXT, unique=None))) == (
        {"a": ["x", "x"]},
        [],
    )
