from __future__ import annotations

import copy
from dataclasses import FrozenInstanceError, field, fields, is_dataclass, replace
from functools import cached_property
from typing import ClassVar

import pytest

from guidegen.value import Value


class Point(Value):
    x: int
    y: int = 0
    names: list[str] = field(default_factory=list)
    seen: bool = field(default=False, compare=False, repr=False)

    @cached_property
    def sum(self) -> int:
        return self.x + self.y


class Deep(Point):
    kind: ClassVar = "deep"
    z: int


class Other(Value):
    x: int
    y: int = 0


def test_fields_are_given_by_name_or_have_their_default() -> None:
    point = Point(x=1)

    assert (point.x, point.y, point.names) == (1, 0, [])
    assert point.names is not Point(x=1).names


@pytest.mark.parametrize("values", [{}, {"y": 1}, {"x": 1, "q": 2}])
def test_a_field_that_is_missing_or_unknown_is_refused(values: dict[str, int]) -> None:
    with pytest.raises(TypeError, match=r"Point: [xq]"):
        Point(**values)  # type: ignore[arg-type]


def test_values_are_equal_if_their_fields_are() -> None:
    point = Point(x=1, names=["a"])
    assert point.sum == 1

    assert point == Point(x=1, names=["a"], seen=True)
    assert point != Point(x=2, names=["a"])
    assert Other(x=1) != Point(x=1)
    assert hash(Other(x=1)) == hash(Other(x=1))
    assert len({Other(x=1), Other(x=1), Other(x=2)}) == 2


def test_a_value_stays_as_it_is() -> None:
    point = Point(x=1)

    with pytest.raises(FrozenInstanceError):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del point.x
    with pytest.raises(FrozenInstanceError):
        setattr(point, "other", 2)  # noqa: B010  # no such field

    assert point.x == 1


def test_it_is_a_dataclass() -> None:
    point = Point(x=1)
    assert point.sum == 1

    assert is_dataclass(point)
    assert [each.name for each in fields(Deep)] == ["x", "y", "names", "seen", "z"]
    assert replace(point, y=2).sum == 3
    assert repr(Deep(x=1, z=2)) == "Deep(x=1, y=0, names=[], z=2)"


def test_it_is_a_dataclass_also_if_its_base_was_asked_later() -> None:
    class Base(Value):
        x: int = field(default=1, metadata={"name": "ex"})

    class Derived(Base):
        y: list[int] = field(default_factory=list)

    assert [each.name for each in fields(Derived)] == ["x", "y"]
    assert [each.default for each in fields(Base)] == [1]
    assert fields(Derived)[0].metadata == {"name": "ex"}
    assert not is_dataclass(Value)
    assert replace(Derived(), x=2) == Derived(x=2, y=[])


def test_all_values_may_not_share_a_list() -> None:
    with pytest.raises(ValueError, match="default_factory"):

        class Shared(Value):
            names: list[str] = []  # noqa: RUF012  # what is refused


def test_it_can_be_copied() -> None:
    point = Point(x=1, names=["a"])

    assert copy.deepcopy(point) == copy.copy(point) == point
