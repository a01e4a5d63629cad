"""The one way in which guidegen makes a Jinja environment.

What a template may ask of a value stands in a table by the value's very type. A type
that is not in the table has nothing to offer: no method of MkDocs, Jinja or Python is
within reach, whatever else is handed to a template by mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import BuiltinMethodType, MethodType, SimpleNamespace
from typing import Any, ClassVar, Final, TypeAlias

from jinja2 import Template, Undefined, nodes
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import (
    BlockReference,
    Context,
    LoopContext,
    Macro,
    TemplateReference,
    markup_join,
    str_join,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace, missing
from markupsafe import Markup

from guidegen.sandbox.budget import SOURCE, Budget, BudgetError, short, weighed
from guidegen.sandbox.code import CountingGenerator, count_steps
from guidegen.sandbox.filters import limited_filters, text_of

COMPILED: Final = "1"
"""Stands for the form in which Jinja compiles templates here: another number if that
changes, so that nothing comes from a cache that was made otherwise."""

_Names: TypeAlias = frozenset[str]

_TEXT: Final = frozenset(
    (
        *("capitalize", "casefold", "count", "endswith", "find", "index", "isalnum"),
        *("isalpha", "isdigit", "islower", "isspace", "isupper", "lower", "lstrip"),
        *("partition", "removeprefix", "removesuffix", "rstrip", "split"),
        *("splitlines", "startswith", "strip", "title", "upper"),
    )
)
"""Methods of texts whose result is no longer than the text.

Those that search from the end are slow with some texts.
"""

_MAP: Final = frozenset(("get", "items", "keys", "values"))

METHODS: Final[Mapping[type, _Names]] = {
    str: _TEXT,
    Markup: _TEXT,
    dict: _MAP,
    LoopContext: frozenset(("changed", "cycle")),
}
"""What can be called, by the type of what it belongs to."""

READABLE: Final[Mapping[type, _Names]] = {
    **METHODS,
    LoopContext: METHODS[LoopContext]
    | {
        *("depth", "depth0", "first", "index", "index0", "last", "length"),
        *("nextitem", "previtem", "revindex", "revindex0"),
    },
    BlockReference: frozenset(("super",)),
    Macro: frozenset(("name",)),
}
"""What can be read, by type: fields, and the methods that can be called."""

_WITH_FIELDS: Final = frozenset((SimpleNamespace, TemplateModule))
_WITH_ENTRIES: Final = frozenset((dict, TemplateReference))
_PIECES: Final = 8
"""What a method makes of a text may be pieces that take so many times its memory."""

_SEQUENCES: Final = (str, list, tuple, dict, range)

_PRINTABLE: Final = (str, int, float, type(None), Undefined, TemplateModule)
"""What a template can write: printing a list could take for ever, and anything else
would say how guidegen is made or where it lies."""


class Readable:
    """A value of ours whose fields and entries templates may read.

    Neither its class nor anything private is within their reach.
    """


class _Rendered(Template):
    """A template whose rendering has a budget."""

    environment: Sandbox

    def render(self, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401
        """Render it, with all steps."""
        with self.environment.budget.afresh():
            return super().render(*args, **kwargs)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja for templates that somebody else may have written.

    Args:
        more_filters: Those that only this kind of template has, by name.
        settings: As Jinja has them.
    """

    code_generator_class = CountingGenerator
    template_class = _Rendered
    # `%` formats texts, `**` makes numbers too large to compute, the others long texts.
    intercepted_binops = frozenset({"%", "*", "**", "+"})
    methods: ClassVar[Mapping[type, _Names]] = METHODS
    readable: ClassVar[Mapping[type, _Names]] = READABLE

    def __init__(
        self,
        *,
        more_filters: Mapping[str, Callable[..., Any]] | None = None,
        **settings: Any,  # noqa: ANN401
    ) -> None:
        settings.setdefault("finalize", self.printed)
        # What is computed while a template is compiled would not be counted.
        super().__init__(optimized=False, **settings)
        self.budget = Budget()
        self.weighed = weighed
        self.filters = limited_filters(self.budget, more_filters or {})
        # Without `cycler`, `joiner`, `lipsum`: objects of Jinja with methods.
        self.globals = {
            "dict": _map,
            "namespace": Namespace,
            "range": self._range,
        }

    def _parse(
        self, source: str, name: str | None, filename: str | None
    ) -> nodes.Template:
        if len(source) > SOURCE:
            raise BudgetError("error-template-size")
        return count_steps(super()._parse(source, name, filename))

    def select_template(
        self,
        names: Iterable[str | Template],
        *args: Any,  # noqa: ANN401
        **kwargs: Any,  # noqa: ANN401
    ) -> Template:
        """Return the first of some templates that exists."""
        if not isinstance(names, list | tuple):
            raise SecurityError(f"a {_kind(names)} is no name of a template")
        return super().select_template(weighed(names), *args, **kwargs)

    def step(self, cost: int = 1) -> None:
        """Take steps: what is compiled of a template calls this."""
        self.budget.step(cost)

    @property
    def counted(self) -> bool:
        """Take a step, in a condition of a loop."""
        self.budget.step()
        return True

    def printed(self, value: Any) -> Any:  # noqa: ANN401
        """Return a value that is printed, unless it is nothing to be read."""
        if not isinstance(value, _PRINTABLE):
            raise SecurityError(f"a {_kind(value)} cannot be printed")
        if isinstance(value, str):
            self.budget.text(len(value))
        return value

    def joined(self, context: Context, parts: Iterable[Any]) -> str:
        """Return texts joined with `~`."""
        texts = [text_of(part) for part in parts]
        # Before it is made; escaping can make six characters of one.
        self.budget.text(sum(map(len, texts)))
        join = markup_join if context.eval_ctx.autoescape else str_join
        return join(texts)

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401
        """Return a field or a method, if the value's type allows."""
        if attribute.startswith("_"):
            raise _forbidden(attribute, obj)
        kind, found = type(obj), missing
        # A name that does not exist says so itself.
        if attribute in self.readable.get(kind, ()) or isinstance(obj, Undefined):
            return getattr(obj, attribute)
        if kind is Namespace:
            found = getattr(obj, attribute, missing)
        elif kind in _WITH_FIELDS or isinstance(obj, Readable):
            found = vars(obj).get(attribute, missing)
        if found is missing and (kind in _WITH_ENTRIES or isinstance(obj, Readable)):
            return self._entry(obj, attribute)
        if found is missing and hasattr(kind, attribute):
            raise _forbidden(attribute, obj)
        return self.undefined(obj=obj, name=attribute) if found is missing else found

    def _entry(self, obj: Any, key: Any) -> Any:  # noqa: ANN401
        try:
            return obj[key]
        except (TypeError, LookupError):
            return self.undefined(obj=obj, name=key)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401
        """Return an entry of a list, map or text; of anything else, a field."""
        if isinstance(obj, _SEQUENCES):
            try:
                return obj[argument]
            except (TypeError, LookupError):
                pass
        elif isinstance(obj, Readable) and not isinstance(argument, str):
            return self._entry(obj, argument)
        if isinstance(argument, str):
            # A plain text: one of a class of ours could compare as it likes.
            return self.getattr(obj, str(argument))
        return self.undefined(obj=obj, name=argument)

    def call(
        self,
        context: Context,
        obj: Any,  # noqa: ANN401
        /,
        *args: Any,  # noqa: ANN401
        **kwargs: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Call a macro, a block, a loop, a global function, or a method allowed."""
        kind = type(obj)
        if kind in {Macro, BlockReference, LoopContext} or isinstance(obj, Undefined):
            self.budget.step()
            return context.call(obj, *args, **kwargs)
        if kind in {BuiltinMethodType, MethodType} and obj.__name__ in self.methods.get(
            type(obj.__self__), ()
        ):
            for text in (obj.__self__, *args):
                if isinstance(text, str):
                    self.budget.text(_PIECES * len(text))
            for text in (*args, *kwargs.values()):
                if isinstance(text, str):
                    short(text)
            return self.budget.made(context.call(obj, *args, **kwargs))
        # By identity: nothing of a template's decides what is equal.
        if any(obj is function for function in self.globals.values()):
            return self.budget.made(context.call(obj, *args, **kwargs))
        raise SecurityError(f"a {_kind(obj)} cannot be called")

    def call_binop(
        self,
        context: Context,  # noqa: ARG002  # as Jinja has it
        operator: str,
        left: Any,  # noqa: ANN401
        right: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Compute with numbers that are not too large, and join two short texts."""
        # A name that is missing says so itself.
        for value in (left, right):
            if isinstance(value, Undefined):
                return self.binop_table[operator](left, right)
        if isinstance(left, int | float) and isinstance(right, int | float):
            if operator == "**" or max(abs(left), abs(right)) > 2**64:
                raise BudgetError("error-template-size")
            return self.binop_table[operator](left, right)
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            self.budget.text(len(left) + len(right))
            return left + right
        if operator == "+" and type(left) is type(right) in {list, tuple}:
            return weighed(left + right)
        raise SecurityError(f"{_kind(left)} {operator} {_kind(right)} is not allowed")

    def _range(self, *numbers: int) -> range:
        return range(*numbers)  # `made` looks how long it is


def _map(**entries: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a map: the class itself is an object of Python."""
    return weighed(entries)  # type: ignore[no-any-return]


def _forbidden(attribute: object, obj: object) -> SecurityError:
    return SecurityError(f"{attribute!r} of a {_kind(obj)} is not for templates")


def _kind(value: object) -> str:
    return type(value).__name__
