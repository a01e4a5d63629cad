"""The sandbox that section templates run in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

from jinja2 import FunctionLoader, Undefined
from markupsafe import Markup

from guidegen.declension import begin_sentence
from guidegen.files.compiled_templates import CompiledTemplates
from guidegen.model.guideline import SectionRef
from guidegen.render.escape import escape_markdown, escape_url
from guidegen.render.mistakes import SectionError, Unknown
from guidegen.sandbox import COMPILED, METHODS, READABLE, Sandbox
from guidegen.uri.phone import dialled

# An allow-list: `safe`, for instance, would print an answer as markup.
_FILTERS = ("default", "d", "first", "join", "last", "length", "list")


class SectionEnvironment(Sandbox):
    """Jinja2 in which a section can print, compare and loop, and nothing else.

    Strings have no methods here: what they return would no longer be marked as an
    answer. Every printed value is escaped, whichever way it came.
    """

    methods: ClassVar[Mapping[type, frozenset[str]]] = {
        kind: names for kind, names in METHODS.items() if not issubclass(kind, str)
    }
    readable: ClassVar[Mapping[type, frozenset[str]]] = {
        kind: names for kind, names in READABLE.items() if not issubclass(kind, str)
    }
    files: Collection[Path] = ()
    """The sections' own files, to name the one that has a mistake."""

    def call_binop(
        self,
        context: Any,  # noqa: ANN401
        operator: str,
        left: Any,  # noqa: ANN401
        right: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Allow arithmetic with numbers only: texts are joined with `~`."""
        if operator == "**" or not isinstance(left, int) or not isinstance(right, int):
            raise SectionError("error-section-operator", operator=operator)
        return super().call_binop(context, operator, left, right)

    def printed(self, value: object) -> Markup:
        """Return what a section prints; all but its own Markdown is escaped."""
        shown = _finalize(value)
        self.budget.text(len(shown))
        return shown


def make_environment(
    sections: Mapping[str, SectionRef], conjunction: str, cache: Path | None
) -> SectionEnvironment:
    """Return the sandbox for one language's sections.

    Args:
        sections: What can be rendered or included, by id.
        conjunction: The word before the last entry of a listing ("und").
        cache: Where compiled templates of built-in packs are kept, if anywhere.
    """
    environment = SectionEnvironment(
        autoescape=True,
        # Autoescaping alone would make text safe for HTML, but not for Markdown:
        # `printed` does the rest.
        undefined=Unknown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        loader=FunctionLoader(
            # Sources were read for this run, so a compiled template is never out of
            # date.
            lambda name: (
                (sections[name].source, str(sections[name].path), lambda: True)
                if name in sections
                else None
            )
        ),
        bytecode_cache=CompiledTemplates(cache, kind=f"sections{COMPILED}"),
        more_filters={
            "link": _link,
            "mailto": _mailto,
            "tel": _tel,
            "at_start": _at_start,
            "listing": lambda entries: _listing(entries, conjunction),
        },
    )
    own = ("link", "mailto", "tel", "at_start", "listing")
    environment.filters = {
        name: environment.filters[name] for name in (*_FILTERS, *own)
    }
    # The others (`dict`, `namespace`) make values that nobody has escaped.
    environment.globals = {"range": environment.globals["range"]}
    environment.files = [section.path for section in sections.values()]
    return environment


def _finalize(value: object) -> Markup:
    """Return what a section prints; all but its own Markdown is escaped."""
    if isinstance(value, Markup):
        return value
    # A yes or no has words of its own in each language; `True` is none of them.
    if isinstance(value, str | int) and not isinstance(value, bool):
        return escape_markdown(str(value))
    _ask_first(value)
    raise SectionError("error-section-no-text")


def _ask_first(value: object) -> None:
    """Refuse an answer that was not given, or a name that does not exist."""
    if isinstance(value, Undefined):
        str(value)  # strict: this raises the error that names it
    if value is None:
        raise SectionError("error-section-no-answer")


def _link(url: str, text: str) -> Markup:
    for given in (url, text):
        _ask_first(given)
    try:
        return Markup(f"[{_shown(text)}]({escape_url(url)})")  # noqa: S704  # both are
    except ValueError:
        raise SectionError("error-section-address", address=str(url)) from None


def _mailto(email: str) -> Markup:
    _ask_first(email)
    return _link(f"mailto:{quote(email, safe='@')}", email)


def _tel(phone: str) -> Markup:
    _ask_first(phone)
    return _link(f"tel:{dialled(phone)}", phone)


def _at_start(text: str) -> Markup:
    """Return a text that begins a sentence: its article has a capital."""
    _ask_first(text)
    return escape_markdown(begin_sentence(text))


def _listing(entries: Sequence[str], conjunction: str) -> Markup:
    """Return "a, b und c"."""
    _ask_first(entries)
    several = [entries] if isinstance(entries, str) else entries
    shown = [_shown(entry) for entry in several]
    if len(shown) > 1:
        shown[-2:] = [Markup(f"{shown[-2]} {_shown(conjunction)} {shown[-1]}")]  # noqa: S704
    return Markup(", ").join(shown)


def _shown(text: str) -> Markup:
    return escape_markdown(text) if not isinstance(text, Markup) else text
