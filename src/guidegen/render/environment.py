"""The sandbox that section templates run in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jinja2 import FileSystemBytecodeCache, FunctionLoader, StrictUndefined
from jinja2.exceptions import UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from guidegen.render.escape import Text, escape_markdown, escape_url

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from guidegen.model.guideline import SectionRef

_FILTERS = ("default", "d", "first", "join", "last", "length", "list")


class SectionEnvironment(ImmutableSandboxedEnvironment):
    """Jinja2 in which a section can print, compare and loop, and nothing else.

    Strings have no methods here: what they return would no longer be known to be an
    answer. Every printed value is escaped, whatever way it took.
    """

    intercepted_binops = frozenset({"%", "*", "**", "+"})

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401
        """Allow the fields of the context's values only."""
        if isinstance(obj, str):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(
        self,
        context: Any,  # noqa: ANN401
        operator: str,
        left: Any,  # noqa: ANN401
        right: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Allow arithmetic with numbers only: texts are joined with `~`."""
        if isinstance(left, str) or isinstance(right, str):
            raise UndefinedError(f"{operator!r} does not work with texts; use `~`")
        return super().call_binop(context, operator, left, right)


def make_environment(
    sections: Mapping[str, SectionRef], conjunction: str, cache: Path | None
) -> SectionEnvironment:
    """Return the sandbox for one language's sections.

    Args:
        sections: What can be rendered or included, by id.
        conjunction: The word before the last entry of a listing ("und").
        cache: Where compiled templates are kept, if anywhere.
    """
    environment = SectionEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        loader=FunctionLoader(
            lambda name: (
                (sections[name].source, str(sections[name].path), lambda: True)
                if name in sections
                else None
            )
        ),
        bytecode_cache=FileSystemBytecodeCache(str(cache)) if cache else None,
    )
    filters = {name: environment.filters[name] for name in _FILTERS}
    environment.filters = filters | {
        "link": _link,
        "mailto": _mailto,
        "tel": _tel,
        "listing": lambda entries: _listing(entries, conjunction),
    }
    environment.globals = {"range": environment.globals["range"]}
    return environment


def _finalize(value: object) -> object:
    if value is None:
        raise UndefinedError("this answer was not given; ask for it first: {% if … %}")
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return escape_markdown(value)
    return value


def _link(url: str, text: str) -> Markup:
    return Markup(f"[{_shown(text)}]({escape_url(url)})")  # noqa: S704  # both escaped


def _mailto(email: str) -> Markup:
    return _link(f"mailto:{quote(email, safe='@')}", email)


def _tel(phone: str) -> Markup:
    return _link("tel:" + re.sub(r"[^+\d]", "", phone.replace("(0)", "")), phone)


def _listing(entries: Sequence[str], conjunction: str) -> Markup:
    """Return "a, b und c"."""
    shown = [_shown(entry) for entry in entries]
    if len(shown) > 1:
        shown[-2:] = [Markup(f"{shown[-2]} {_shown(conjunction)} {shown[-1]}")]  # noqa: S704
    return Markup(", ").join(shown)


def _shown(text: str) -> Markup:
    return escape_markdown(text) if not isinstance(text, Markup) else text


__all__ = ["SectionEnvironment", "Text", "make_environment"]
