"""From `questions.yml` to questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidegen.model.question import Choice, Kind, Question
from guidegen.model.text import LocalText

if TYPE_CHECKING:
    from guidegen.pack.yaml_file import Entry

_REQUIRED = ("id", "key", "kind", "text")
_OPTIONAL = (
    *("help", "example", "choices", "default", "required", "by_default", "when"),
    *("fields", "one_of", "minimum", "maximum", "hint", "hint_when"),
)
_GROUPS_ONLY = ("fields", "one_of")
_LANGUAGES = ("de", "en")
SOURCES = ("languages", "sectors", "countries", "roles", "topics")
"""What `choices:` may name instead of listing choices."""


def read_questions(root: Entry) -> tuple[Question, ...]:
    """Return the questions of a file; what is wrong is noted in the file."""
    questions = root.mapping(required=("questions",), optional=())["questions"]
    return tuple(_question(entry) for entry in questions.sequence())


def _question(entry: Entry, *, is_field: bool = False) -> Question:
    optional = [key for key in _OPTIONAL if not (is_field and key in _GROUPS_ONLY)]
    data = entry.mapping(required=_REQUIRED, optional=optional)

    def flag(key: str, *, default: bool) -> bool:
        return data[key].flag() if key in data else default

    def local(key: str) -> LocalText | None:
        return data[key].local(_LANGUAGES) if key in data else None

    kind = data["kind"].text([*Kind])
    choices, source = _choices(data["choices"]) if "choices" in data else ((), None)
    fields = data["fields"].sequence() if "fields" in data else []
    return Question(
        id=data["id"].text(),
        key=data["key"].text(),
        kind=Kind(kind) if kind in [*Kind] else Kind.TEXT,
        text=data["text"].local(_LANGUAGES),
        help=local("help"),
        hint=local("hint"),
        hint_when=data["hint_when"].condition() if "hint_when" in data else {},
        example=local("example"),
        choices=choices,
        choices_from=source,
        default=_default(data["default"]) if "default" in data else None,
        required=flag("required", default=True),
        by_default=flag("by_default", default=True),
        when=data["when"].condition() if "when" in data else {},
        fields=tuple(_question(field, is_field=True) for field in fields),
        one_of=data["one_of"].texts() if "one_of" in data else (),
        minimum=data["minimum"].number() if "minimum" in data else None,
        maximum=data["maximum"].number() if "maximum" in data else None,
    )


def _choices(entry: Entry) -> tuple[tuple[Choice, ...], str | None]:
    """Return the choices listed, and the source if one is named instead."""
    if isinstance(entry.data, str):
        return (), entry.text(SOURCES)
    return tuple(map(_choice, entry.sequence())), None


def _choice(entry: Entry) -> Choice:
    data = entry.mapping(
        required=("value", "label"), optional=("help", "when", "preselected")
    )
    return Choice(
        value=data["value"].text(),
        label=data["label"].local(_LANGUAGES),
        help=data["help"].local(_LANGUAGES) if "help" in data else None,
        when=data["when"].condition() if "when" in data else {},
        preselected="preselected" in data and data["preselected"].flag(),
    )


def _default(entry: Entry) -> str | int | bool | tuple[str, ...] | None:
    value = entry.data
    if isinstance(value, list):
        return entry.texts()
    if isinstance(value, (str, int)):
        return value
    entry.fail("must be a text, a number, true, false or a list of texts")
    return None
