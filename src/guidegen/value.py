"""Frozen values: dataclasses whose classes are made in a tenth of the time.

What `dataclass(frozen=True)` writes for a class is compiled anew in every process: for
the eighty values that `guidegen status` needs, that took a fifth of its time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, ClassVar, NoReturn, dataclass_transform

_make = dataclass(init=False, repr=False, eq=False, match_args=False)


@dataclass_transform(
    kw_only_default=True, frozen_default=True, field_specifiers=(field,)
)
class Value:
    """A frozen value whose fields are annotated, as those of a dataclass are.

    It is made with keywords. `field`, `fields` and `replace` of `dataclasses` serve it.
    """

    _fields: ClassVar[tuple[Field[Any], ...]]
    _names: ClassVar[frozenset[str]]
    _defaults: ClassVar[Mapping[str, Callable[[], object]]]
    """What makes the value of a field that is not given."""
    _key: ClassVar[attrgetter[object]]
    """Returns what two equal values have in common."""

    def __init_subclass__(cls) -> None:
        """Find the fields of a new class."""
        made: Any = _make(cls)
        cls._fields = fields(made)
        cls._names = frozenset(each.name for each in cls._fields)
        cls._defaults = {
            each.name: _default(each)
            for each in cls._fields
            if (each.default, each.default_factory) != (MISSING, MISSING)
        }
        cls._key = attrgetter(*(each.name for each in cls._fields if each.compare))

    def __init__(self, **values: object) -> None:
        if values.keys() != self._names:
            for name in self._defaults.keys() - values.keys():
                values[name] = self._defaults[name]()
            if wrong := values.keys() ^ self._names:
                raise TypeError(
                    f"{self.__class__.__name__}: {', '.join(sorted(wrong))}"
                )
        self.__dict__.update(values)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Value) or other.__class__ is not self.__class__:
            return NotImplemented
        return bool(self._key(self) == self._key(other))

    def __hash__(self) -> int:
        return hash(self._key(self))

    def __repr__(self) -> str:
        shown = (
            f"{each.name}={getattr(self, each.name)!r}"
            for each in self._fields
            if each.repr
        )
        return f"{self.__class__.__qualname__}({', '.join(shown)})"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(name)

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(name)


def _default(each: Field[Any]) -> Callable[[], object]:
    if each.default is MISSING:
        factory: Callable[[], object] = each.default_factory  # type: ignore[assignment]
        return factory
    return lambda: each.default
