"""Data that was kept is what reading a file could have returned, or is not taken."""

from __future__ import annotations

import pytest

from guidegen.model.text import LocalText
from guidegen.schema.conforms import conforms
from guidegen.schema.scalars import YamlKind
from guidegen.schema.shapes import (
    ListOf,
    Localized,
    MapOf,
    Record,
    Scalar,
    ScalarOr,
)

TEXT = Scalar(kind=YamlKind.TEXT)
LOCAL = Localized(scalar=TEXT, languages=("de", "en"))

SHAPE = Record(
    fields={
        "texts": ListOf(item=TEXT, unique=None),
        "names": MapOf(item=LOCAL, required=("press",)),
        "flag": Scalar(kind=YamlKind.FLAG),
        "when": ScalarOr(scalar=TEXT, other=ListOf(item=TEXT, unique=None)),
        "one": Scalar(kind=YamlKind.TEXT, choices={"a": LocalText.of("A")}),
    },
    required=("texts",),
)
GOOD: dict[str, object] = {
    "texts": ["a", "b"],
    "names": {"press": {"de": "Presse", "en": "press"}},
    "flag": True,
    "when": ["x"],
    "one": "a",
}


def test_data_that_was_read_conforms_to_its_shape() -> None:
    assert conforms(GOOD, SHAPE)
    assert conforms({"texts": []}, SHAPE)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("texts", "a"),
        ("texts", [1]),
        ("texts", None),
        ("names", {}),
        ("names", {"press": {}}),
        ("names", {"press": {"de": 1}}),
        ("names", {"press": ["x"]}),
        ("flag", 1),
        ("flag", "true"),
        ("when", {}),
        ("when", [["x"]]),
        ("one", "b"),
        ("one", ["a"]),
        ("more", "x"),
    ],
)
def test_data_that_somebody_changed_does_not(key: str, value: object) -> None:
    assert not conforms({**GOOD, key: value}, SHAPE)
    assert not conforms(list(GOOD), SHAPE)
