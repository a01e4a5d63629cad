"""The questions of the interview, and the conditions under which something applies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from enum import StrEnum
from typing import TypeAlias

from guidegen.model.text import LocalText
from guidegen.value import Value


class Kind(StrEnum):
    """What an answer is, which decides how it is asked for and checked."""

    TEXT = "text"
    LOCAL_TEXT = "local-text"
    """A text per language of the guideline."""
    CHOICE = "choice"
    CHOICES = "choices"
    CONFIRM = "confirm"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    FORM = "form"
    """A web form; {version}, {digest} and {language} may stand in its address."""
    DATE = "date"
    NUMBER = "number"
    COLOR = "color"
    FILE = "file"
    GROUP = "group"
    """Several fields under one key (a contact)."""
    NAME_FORMS = "name-forms"
    """How the company's name stands in German sentences."""
    GROUPS = "groups"
    """Any number of groups (the company's own taboo topics)."""


class Choice(Value):
    """One choice: what is written into the file, what the user reads, an example."""

    value: str
    label: LocalText
    help: LocalText | None = None
    when: Condition = field(default_factory=dict)
    preselected: bool = False


class Question(Value):
    """A question: where its answer goes, how it is asked, when it applies.

    `key` is its dotted key in `guideline.yml` (`company.name`, `contacts.0`,
    `taboo_topics`); within a group it is relative to the group.
    """

    id: str
    key: str
    kind: Kind
    text: LocalText
    summary: LocalText | None = None
    """What the answer is called where all answers are listed; None for `text`."""
    help: LocalText | None = None
    hint: LocalText | None = None
    """What is added to the help where `hint_when` applies."""
    hint_when: Condition = field(default_factory=dict)
    example: LocalText | None = None
    choices: tuple[Choice, ...] = ()
    choices_from: str | None = None
    """Where the choices come from instead: `languages`, `sectors`, `countries`,
    `roles`, `levels`, `parts` or `topics` of the pack (in `questions.yml`: `choices:
    topics`)."""
    among: tuple[str, ...] = ()
    """Which of those are offered, if not all; one that was chosen before is, too."""
    other: LocalText | None = None
    """Of choices: what offers to type something that is not among them."""
    default: str | int | bool | tuple[str, ...] | None = None
    required: bool = True
    by_default: bool = True
    """Whether it is asked without `--all`."""
    when: Condition = field(default_factory=dict)
    fields: tuple[Question, ...] = ()
    one_of: tuple[str, ...] = ()
    """Of a group: the fields of which at least one is needed."""
    minimum: int | None = None
    maximum: int | None = None


Condition: TypeAlias = "Mapping[str, tuple[str, ...]]"
"""Dotted key of the answers to the values it may have; all keys must match. In the
interview, a key that begins with `=` is a fact that follows from the answers.

The value `set` stands for any answer, `unset` for none; true and false are written as
`true` and `false`. An answer that is a list matches if one of its entries does.
"""


def applies(condition: Condition, lookup: Callable[[str], object]) -> bool:
    """Return whether all keys of a condition match what `lookup` finds for them."""
    return all(_matches(lookup(key), wanted) for key, wanted in condition.items())


def _matches(answer: object, wanted: tuple[str, ...]) -> bool:
    # Compared, not `bool(answer)`: false and 0 are answers.
    answered = answer not in (None, "", (), [])
    if "set" in wanted and answered:
        return True
    if "unset" in wanted and not answered:
        return True
    entries = answer if isinstance(answer, (tuple, list)) else (answer,)
    return any(_as_text(entry) in wanted for entry in entries if entry is not None)


def _as_text(entry: object) -> str:
    if isinstance(entry, bool):
        return "true" if entry else "false"
    return str(entry)
