"""The filters that templates have: none of them makes a long text out of a short one.

Left out are `attr`, which goes around the table of fields, `format`, `center`, `indent`
and `wordwrap`, whose widths make texts of any length, `batch`, `slice`, `groupby` and
`xmlattr`, and `pprint`, which prints what is no text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from jinja2 import Undefined
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.filters import (
    FILTERS,
    do_replace,
    do_round,
    do_striptags,
    do_title,
    do_tojson,
    do_trim,
    do_wordcount,
    make_attrgetter,
    sync_do_join,
)
from jinja2.nodes import EvalContext
from jinja2.utils import pass_eval_context
from markupsafe import Markup

from guidegen.sandbox.budget import LONGEST, Budget, BudgetError, short, weighed

_PLACES = 15
"""A number has no more places behind the point; a power of ten is computed of them."""

_FROM_JINJA = (
    *("abs", "capitalize", "count", "d", "default", "dictsort", "e", "escape"),
    *("first", "float", "forceescape", "int", "items", "last", "length", "list"),
    *("lower", "map", "max", "min", "reject", "rejectattr", "reverse"),
    *("safe", "select", "selectattr", "sort"),
    *("truncate", "unique", "upper", "urlencode"),
)


def limited_filters(
    budget: Budget, more: Mapping[str, Callable[..., Any]]
) -> dict[str, Callable[..., Any]]:
    """Return the filters of an environment, each of which takes its steps.

    Args:
        budget: The environment's.
        more: Those that only this environment has, by name.
    """
    own = {
        "join": _join,
        "replace": _replace,
        "round": _round,
        "string": _string,
        "striptags": _striptags,
        "title": _title,
        "tojson": _tojson,
        "trim": _trim,
        "wordcount": _wordcount,
    }
    chosen = {name: FILTERS[name] for name in _FROM_JINJA} | own | dict(more)
    return {name: _limited(budget, each) for name, each in chosen.items()}


def _limited(budget: Budget, function: Callable[..., Any]) -> Callable[..., Any]:
    # `wraps` takes along what Jinja has noted there: whether it gets the context.
    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        for value in args:
            if isinstance(value, str):
                budget.text(len(value))
            elif isinstance(value, list | tuple | dict | range):
                budget.step(1 + len(value) // 16)
        return budget.made(function(*args, **kwargs))

    return run


def text_of(value: Any) -> str:  # noqa: ANN401
    """Return a value as text, if it is one or a number.

    Raises:
        SecurityError: It is neither.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, int | float | Undefined | TemplateModule | type(None)):
        return Markup(value) if hasattr(value, "__html__") else str(value)  # noqa: S704
    raise SecurityError(f"a {type(value).__name__} is no text")


def _string(value: Any) -> str:  # noqa: ANN401
    return text_of(value)


def _round(value: float, precision: int = 0, method: str = "common") -> float:
    if not 0 <= precision <= _PLACES:
        raise BudgetError("error-template-size")
    return do_round(value, precision, method)  # type: ignore[arg-type]


def _striptags(value: Any) -> str:  # noqa: ANN401
    return do_striptags(short(text_of(value)))


def _title(value: Any) -> str:  # noqa: ANN401
    return do_title(short(text_of(value)))


def _trim(value: Any, chars: str | None = None) -> str:  # noqa: ANN401
    return do_trim(short(text_of(value)), chars and short(chars))


def _wordcount(value: Any) -> int:  # noqa: ANN401
    return do_wordcount(short(text_of(value)))


@pass_eval_context
def _replace(
    context: EvalContext,
    value: Any,  # noqa: ANN401
    old: Any,  # noqa: ANN401
    new: Any,  # noqa: ANN401
    count: int | None = None,
) -> str:
    """Replace, unless the result would be too long."""
    text, before, after = text_of(value), text_of(old), text_of(new)
    _budget(context).text(len(text) + text.count(before) * len(after))
    return do_replace(context, text, before, after, count)


@pass_eval_context
def _join(
    context: EvalContext,
    value: Iterable[Any],
    d: Any = "",  # noqa: ANN401  # the name that it has in Jinja
    attribute: str | int | None = None,
) -> str:
    """Join texts, unless the result would be too long."""
    entries = list[Any]()
    field = make_attrgetter(context.environment, attribute)
    for entry in value:
        _budget(context).step()
        entries.append(text_of(entry if attribute is None else field(entry)))
    between = text_of(d)
    _budget(context).text(sum(map(len, entries)) + len(entries) * len(between))
    return sync_do_join(context, entries, between)


def _budget(context: EvalContext) -> Budget:
    # Each environment that has these filters is a `Sandbox`, which imports this module.
    return context.environment.budget  # type: ignore[attr-defined,no-any-return]


@pass_eval_context
def _tojson(context: EvalContext, value: Any) -> Markup:  # noqa: ANN401
    """Return a value as JSON for a `script` element."""
    if sum(map(len, _strings(weighed(value)))) > LONGEST:
        raise BudgetError("error-template-size")
    return do_tojson(context, value)


def _strings(value: Any) -> Iterable[str]:  # noqa: ANN401
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from (str(key), *_strings(entry))
    elif isinstance(value, list | tuple):
        for entry in value:
            yield from _strings(entry)
