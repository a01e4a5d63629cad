"""Frozen values: dataclasses whose classes are made in a tenth of the time.

What `dataclass(frozen=True)` writes for a class is compiled anew in every process: for
the eighty values that `guidegen status` needs, that took a fifth of its time. What
`dataclasses` keeps of a class is made when it asks for it: that takes four times as
long as all else, and it asks for few classes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from inspect import get_annotations
from operator import attrgetter
from threading import RLock
from typing import Any, ClassVar, Final, NoReturn, dataclass_transform

_FIELDS: Final = "__dataclass_fields__"
_make = dataclass(init=False, repr=False, eq=False, match_args=False)
_making = RLock()


class _FieldsWhenAsked:
    """The fields of a class as `dataclasses` keeps them, made when it asks for them."""

    def __get__(self, _: object, owner: type) -> dict[str, Field[Any]]:
        # Made by two threads at once, a class could lose its defaults.
        with _making:
            if owner.__dict__[_FIELDS] is self:
                _make(owner)
        made: dict[str, Field[Any]] = owner.__dict__[_FIELDS]
        return made


_when_asked = _FieldsWhenAsked()


@dataclass_transform(
    kw_only_default=True, frozen_default=True, field_specifiers=(field,)
)
class Value:
    """A frozen value whose fields are annotated, as those of a dataclass are.

    It is made with keywords. `field`, `fields` and `replace` of `dataclasses` serve it.
    """

    _given: ClassVar[Mapping[str, object]] = {}
    """What the class says of each field beside its type; MISSING if nothing."""
    _names: ClassVar[frozenset[str]]
    _defaults: ClassVar[Mapping[str, Callable[[], object]]]
    """What makes the value of a field that is not given."""
    _key: ClassVar[attrgetter[object]]
    """Returns what two equal values have in common."""

    def __init_subclass__(cls) -> None:
        """Find the fields of a new class."""
        setattr(cls, _FIELDS, _when_asked)
        given: dict[str, object] = {}
        for base in reversed(cls.__mro__[1:]):
            given.update(base.__dict__.get("_given", {}))
        for name, kind in get_annotations(cls).items():
            if "ClassVar" not in str(kind):
                given[name] = cls.__dict__.get(name, MISSING)
        cls._given = given
        cls._names = frozenset(given)
        cls._defaults = {
            name: make for name, each in given.items() if (make := _default(each))
        }
        cls._key = attrgetter(
            *(
                name
                for name, each in given.items()
                if not isinstance(each, Field) or each.compare
            )
        )

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
            for each in fields(self)  # type: ignore[arg-type]  # it is one
            if each.repr
        )
        return f"{self.__class__.__qualname__}({', '.join(shown)})"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(name)

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(name)


def _default(given: object) -> Callable[[], object] | None:
    """Return what makes a field's default, None if it has none."""
    if isinstance(given, Field):
        if given.default_factory is not MISSING:
            factory: Callable[[], object] = given.default_factory
            return factory
        given = given.default
    if given is MISSING:
        return None
    # As `dataclasses` does: all values would share one list.
    if given.__class__.__hash__ is None:
        raise ValueError(f"{given!r} can change: use default_factory")
    return lambda: given
