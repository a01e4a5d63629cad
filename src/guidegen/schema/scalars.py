"""The kinds of single values: email address, date, colour, YAML's own types, and so on.

One function per kind, for files, options and the interview alike. Each takes the text
that somebody wrote and returns the value it stands for, or raises `Refused` with the id
of the message that says why not.

An answer is read as the kind that its question asks for. Template packs are written by
people who know YAML, so their scalars have the types that YAML gives them (`YamlKind`).
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from enum import Enum
from typing import TypeAlias, cast
from urllib.parse import urlsplit

import yaml
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

from guidegen.errors import Problem
from guidegen.model.question import Kind
from guidegen.schema.yaml_tree import Text
from guidegen.uri.mail import check_email
from guidegen.uri.mistake import AddressError
from guidegen.uri.phone import check_phone
from guidegen.uri.web import openable, web_address

ScalarValue: TypeAlias = str | int | bool | dt.date

Plain: TypeAlias = "ScalarValue | list[Plain] | dict[str, Plain]"
"""Checked values as plain data: what a file says, with real dates and numbers."""


class YamlKind(Enum):
    """What a scalar in a template pack may be, going by the type that YAML gives it."""

    TEXT = "text"
    NAME = "name"
    """A text that can serve as a file name and as part of an address."""
    FLAG = "flag"
    INTEGER = "integer"
    ANSWER = "answer"
    """A text, a whole number, true or false."""
    WORD = "word"
    """Any value, as the text that conditions compare; flags are `true` and `false`."""


# Python 3.11 looks a member up anew each time that it is named, which takes as long as
# the comparison five times over; a pack has six thousand scalars.
_TEXT, _NAME_KIND, _WORD = YamlKind.TEXT, YamlKind.NAME, YamlKind.WORD

YAML_TYPES: Mapping[Kind | YamlKind, tuple[type, ...]] = {
    YamlKind.TEXT: (str,),
    YamlKind.NAME: (str,),
    YamlKind.FLAG: (bool,),
    YamlKind.INTEGER: (int,),
    YamlKind.ANSWER: (str, int, bool),
    YamlKind.WORD: (str,),
}
"""The Python types of the values of each kind."""

MAX_LENGTH = 10_000
"""How many characters a text may have."""

MAX_NUMBER = 1_000
_MAX_MARKS = 8
# A slip such as 0206 for 2026 is found here.
_YEARS = range(2000, 2101)

# No-break spaces are not collapsed: whoever writes one wants it.
_SPACES = re.compile("[ \t\r\n\u2028\u2029]+")
_IN_FORM = re.compile(r"\{(?:version|digest|language)\}")
"""Placeholders in a form's address for what only a release knows."""
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_GERMAN_DATE = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
_COLOR = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_NAME = re.compile("[A-Za-z0-9_-]+")
_STR = "tag:yaml.org,2002:str"
# Only ASCII digits: `int` would also read those of other scripts.
_NUMBER = re.compile(r"[0-9]{1,9}")
# The words of YAML 1.1 for flags, and the German ones for German authors.
_WORDS = {
    **dict.fromkeys(("true", "yes", "ja", "on", "y", "j"), True),
    **dict.fromkeys(("false", "no", "nein", "off", "n"), False),
}
# Unicode's UAX 9: embeddings and overrides can make a text read as another one;
# isolates mix directions safely, but only if each is closed.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")
_ISOLATES = frozenset("\u2066\u2067\u2068")
_POP_ISOLATE = "\u2069"


class Refused(Exception):  # noqa: N818  # an answer is refused, nothing is broken
    """A value is not what its field needs.

    Args:
        message: The id of the message that says why.
        values: What fills the message's placeholders.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


def parse(kind: Kind, text: str) -> ScalarValue:
    """Return the value that a text stands for.

    Raises:
        Refused: It is not of that kind.
    """
    try:
        return _PARSERS[kind](_clean(text))
    except AddressError as error:
        raise Refused(error.message, **error.values) from error


def check(kind: Kind, text: str) -> Problem | None:
    """Return what is wrong with a text as an answer of a kind; None if nothing is."""
    try:
        parse(kind, text)
    except Refused as refused:
        return Problem(message=refused.message, values=refused.values)
    return None


def _clean(text: str) -> str:
    """Collapse white space and refuse what no text may contain.

    Line breaks become spaces: every answer is printed within a line or a table's cell.
    """
    folded = _SPACES.sub(" ", text).strip(" ")
    if len(folded) > MAX_LENGTH:
        raise Refused("value-too-long", length=len(folded), limit=MAX_LENGTH)
    isolates = marks = 0
    visible = False
    for character in folded:
        category = unicodedata.category(character)
        # Surrogates (Cs) cannot be written as UTF-8.
        if category in {"Cc", "Cs"} or _is_noncharacter(ord(character)):
            raise Refused("value-control", character=f"U+{ord(character):04X}")
        if character in _OVERRIDES:
            raise Refused("value-bidi", character=f"U+{ord(character):04X}")
        # Letters of living scripts carry four marks at most; a font stacks any number,
        # over the lines above, in minutes.
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks > _MAX_MARKS:
            raise Refused("value-marks")
        isolates += (character in _ISOLATES) - (character == _POP_ISOLATE)
        if isolates < 0:
            break
        # A text of zero-width characters alone would be invisible.
        visible = visible or category[0] not in "ZC"
    if isolates:
        raise Refused("value-bidi", character="U+2066\u2013U+2069")
    if not visible:
        raise Refused("value-empty")
    return folded


def _is_noncharacter(code: int) -> bool:
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF  # noqa: PLR2004  # Unicode


def _email(text: str) -> str:
    # What a mail program copies or a browser links is taken for the address in it.
    address = text.removeprefix("mailto:")
    check_email(address)
    return address


def _phone(text: str) -> str:
    check_phone(text)
    return text


def _form(text: str) -> str:
    """Return the address of a web form, which may have placeholders to prefill it."""
    # Filled in two ways: hosts that differ have a placeholder in them, and each release
    # would send its readers to another server.
    first, second = _IN_FORM.sub("0", text), _IN_FORM.sub("1", text)
    try:
        web_address(first)
        same_host = urlsplit(first).netloc == urlsplit(second).netloc
    except AddressError as error:
        # Show the address as it was written, not as filled in. The message about a
        # password has no value, so as not to repeat it.
        if "value" in error.values:
            raise Refused("value-form", value=text) from error
        raise
    if urlsplit(first).scheme not in {"http", "https"} or not same_host:
        raise Refused("value-form", value=text)
    return text


def _date(text: str) -> dt.date:
    if match := _ISO_DATE.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := _GERMAN_DATE.fullmatch(text):
        day, month, year = map(int, match.groups())
    else:
        raise Refused("value-date", value=text)
    if year not in _YEARS:
        raise Refused("value-date-year", value=text)
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise Refused("value-date-day", value=text) from error


def _color(text: str) -> str:
    match = _COLOR.fullmatch(text)
    if not match:
        raise Refused("value-color", value=text)
    digits = match[1].lower()
    return "#" + (
        digits if len(digits) > len("rgb") else "".join(c * 2 for c in digits)
    )


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise Refused("value-number", value=text)
    return int(text)


def _confirm(text: str) -> bool:
    if text.lower() not in _WORDS:
        raise Refused("value-confirm", value=text)
    return _WORDS[text.lower()]


def _text(text: str) -> str:
    return text


_PARSERS: Mapping[Kind, Callable[[str], ScalarValue]] = {
    Kind.TEXT: _text,
    Kind.LOCAL_TEXT: _text,
    Kind.NAME_FORMS: _text,
    Kind.CHOICE: _text,
    Kind.CHOICES: _text,
    Kind.FILE: _text,
    Kind.CONFIRM: _confirm,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.URL: openable,
    Kind.FORM: _form,
    Kind.DATE: _date,
    Kind.NUMBER: _number,
    Kind.COLOR: _color,
}


def parse_yaml_scalar(kind: YamlKind, scalar: Text) -> ScalarValue:
    """Return the value of a scalar in a template pack.

    Raises:
        Refused: It is not of that kind.
    """
    if kind is _TEXT or kind is _NAME_KIND:
        return _yaml_text(scalar, is_name=kind is _NAME_KIND)
    value = _yaml_value(scalar)
    if kind is _WORD:
        return str(value).lower() if isinstance(value, bool) else str(value)
    if type(value) not in YAML_TYPES[kind]:
        raise Refused(f"value-{kind.value}")
    return cast("ScalarValue", value)


def is_yaml_text(scalar: Text) -> bool:
    """Return whether YAML takes a scalar for a text: `"NO"` is one, `NO` is not."""
    return _yaml_tag(scalar) == _STR


def _yaml_text(scalar: Text, *, is_name: bool) -> str:
    text = scalar.text
    if not is_yaml_text(scalar):
        raise Refused("value-text", value=text)
    if not text.strip():
        raise Refused("value-empty")
    if is_name and not _NAME.fullmatch(text):
        raise Refused("value-name", value=text)
    return text


def _yaml_value(scalar: Text) -> object:
    """Return a scalar as the type that YAML gives it."""
    tag = _yaml_tag(scalar)
    if tag == _STR:
        return scalar.text
    node = yaml.ScalarNode(tag, scalar.text)
    try:
        return SafeConstructor.yaml_constructors[tag](SafeConstructor(), node)
    except (KeyError, ValueError, yaml.YAMLError) as error:  # 2026-13-45 is no date
        raise Refused("value-quotes", value=scalar.text) from error


def _yaml_tag(scalar: Text) -> str:
    # YAML guesses the type of plain scalars only: quotes always make a text.
    if scalar.tag or scalar.style:
        return scalar.tag or _STR
    # PyYAML files its patterns under the characters that a match can begin with.
    for tag, form in Resolver.yaml_implicit_resolvers.get(scalar.text[:1], ()):
        if form.match(scalar.text):
            return str(tag)
    return _STR
