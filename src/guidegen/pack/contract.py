"""The contract of a template pack: what each of its files may say, as tables.

`pack.yml` must have its texts in the languages that it names itself, and the catalogue
refers to its sectors, roles and lights. So the tables are functions of those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from guidegen.model.pack import LEVELS
from guidegen.model.question import Kind
from guidegen.model.text import LocalText
from guidegen.page.extensions import ALLOWED
from guidegen.schema.scalars import Refused, ScalarValue, YamlKind
from guidegen.schema.shapes import (
    ListOf,
    Localized,
    MapOf,
    Record,
    Scalar,
    ScalarOr,
    Shape,
)
from guidegen.schema.yaml_tree import FileKind

PACK_FILE = FileKind(name="pack", max_nodes=100_000, max_depth=20, has_aliases=True)

FORMAT = 1
"""The version of the contract that this guidegen reads."""

FRONT_PAGE = "index"
"""The id that the first page must have: a browser opens `index`."""

PLACEMENTS = ("rule", "help", "more")
"""What a section can be to readers: a rule, help, or something worth knowing."""

REQUIRED = (
    *("format", "name", "version", "languages", "variants", "title"),
    *("magic_sentence", "pages", "markdown_extensions", "links", "roles"),
)
"""Keys that `pack.yml`, or the one of a pack that it extends, must have."""

TEXT_KEYS = (
    *("sectors", "countries", "lights", "levels"),
    *("parts", "words", "works_councils"),
)
"""Keys that change texts: a kept `pack.yml` without them does not get them."""

KEYS = (*REQUIRED, *TEXT_KEYS, "duty_words", "extends")
"""Keys that a `pack.yml` may have."""

INTERFACE = ("de", "en")
"""The languages that guidegen speaks with the author."""

_SOURCES = (
    *("languages", "sectors", "countries", "roles"),
    *("levels", "parts", "topics"),
)
"""What `choices:` of a question may name instead of listing the choices."""

_LABELS = ("and", "long_date", *(f"month_{month}" for month in range(1, 13)))
"""Labels that every pack needs, whatever its sections print."""

TEXT = Scalar(kind=YamlKind.TEXT)
TEXTS = ListOf(item=TEXT, unique=None)
VERSION = Scalar(kind=YamlKind.WORD)
NAME = Scalar(kind=YamlKind.NAME)
FLAG = Scalar(kind=YamlKind.FLAG)
_INTEGER = Scalar(kind=YamlKind.INTEGER)
WORD = Scalar(kind=YamlKind.WORD)
CONDITION = MapOf(item=ScalarOr(scalar=WORD, other=ListOf(item=WORD, unique=None)))

_Refuse = Callable[[ScalarValue], Refused | None]


def pack_fields(
    languages: Sequence[str], refuse_section: _Refuse
) -> Mapping[str, Shape]:
    """Return the shape of each key of `pack.yml`.

    Args:
        languages: The languages that it names.
        refuse_section: Returns why a section cannot be part of a page.
    """
    local = Localized(scalar=TEXT, languages=tuple(languages))
    names = MapOf(item=local)
    return {
        "format": Scalar(kind=YamlKind.INTEGER, refuse=_refuse_format),
        "name": TEXT,
        "version": VERSION,
        "languages": TEXTS,
        "variants": TEXTS,
        "title": local,
        "magic_sentence": local,
        "pages": ListOf(item=_page(local, refuse_section)),
        "markdown_extensions": ListOf(item=among(ALLOWED), unique=None),
        "links": TEXTS,
        "sectors": names,
        # Packs without files under `countries/` have names here.
        "countries": names,
        "levels": _levels(local),
        "parts": ListOf(item=_part(refuse_section)),
        "words": names,
        "works_councils": names,
        # Needed in any case: they stand in for what the answers leave open.
        "roles": MapOf(item=local, required=("press",)),
        "lights": MapOf(item=local, required=("red",)),
        "duty_words": MapOf(item=TEXTS),
    }


def _levels(local: Localized) -> Record:
    level = Record(
        fields={"title": local, "meaning": local}, required=("title", "meaning")
    )
    return Record(fields=dict.fromkeys(LEVELS, level), required=tuple(LEVELS))


def _part(refuse_section: _Refuse) -> Record:
    told = Localized(scalar=TEXT, languages=INTERFACE)
    return Record(
        fields={
            "id": Scalar(kind=YamlKind.NAME, refuse=refuse_section),
            "as": among(PLACEMENTS),
            "title": told,
            "help": told,
        },
        required=("id", "title"),
    )


def _refuse_format(value: ScalarValue) -> Refused | None:
    return None if value == FORMAT else Refused("pack-format", known=FORMAT)


def _page(local: Localized, refuse_section: _Refuse) -> Record:
    section = Scalar(kind=YamlKind.NAME, refuse=refuse_section)
    longer = Record(
        fields={"id": section, "when": CONDITION, "as": among(PLACEMENTS)},
        required=("id",),
    )
    return Record(
        fields={
            "id": NAME,
            "title": local,
            "sections": ListOf(item=ScalarOr(scalar=section, other=longer)),
            "stamped": FLAG,
            "titled": FLAG,
        },
        required=("id", "title", "sections"),
    )


def catalogue_shape(
    languages: Sequence[str], names: Mapping[str, Iterable[str] | None]
) -> Record:
    """Return the shape of `catalogue.yml`.

    Args:
        languages: The pack's languages.
        names: The sectors, roles and lights of the pack; None for those that could
            not be read.
    """
    local = Localized(scalar=TEXT, languages=tuple(languages))
    sectors, speakers = (
        names["sectors"],
        ListOf(item=among(names["roles"]), unique=None),
    )
    # Whether a role is one of the sector's own is checked where both are known.
    other = Record(
        fields={
            **dict.fromkeys(("name", "why", "dont", "do", "not_covered"), local),
            "speakers": TEXTS,
        }
    )
    topic = Record(
        fields={
            "id": NAME,
            "preselected": FLAG,
            "level": among(LEVELS),
            "light": among(names["lights"]),
            "name": local,
            "speakers": speakers,
            "ask": local,
            "sectors": ListOf(
                item=among(None if sectors is None else ("all", *sectors)),
                unique=None,
            ),
            "unsuited": ListOf(item=among(sectors), unique=None),
            "why": local,
            "dont": local,
            "do": local,
            "not_covered": local,
            "laws": TEXTS,
            "for": MapOf(item=other)
            if sectors is None
            else Record(fields=dict.fromkeys(sectors, other)),
        },
        required=("id", "name", "speakers", "sectors", "why", "dont", "do"),
        one_of=("level", "light"),
    )
    return Record(fields={"topics": ListOf(item=topic)}, required=("topics",))


def questions_shape() -> Record:
    """Return the shape of `questions.yml`."""
    # Groups do not nest: the fields of a group are plain questions.
    question = _question({})
    fields = ListOf(item=question, unique=None)
    group = _question({"fields": fields, "one_of": TEXTS})
    questions = ListOf(item=group, unique=None)
    return Record(fields={"questions": questions}, required=("questions",))


def _question(more: Mapping[str, Shape]) -> Record:
    # Authors are asked in guidegen's languages, whichever the pack writes in.
    local = Localized(scalar=TEXT, languages=INTERFACE)
    choice = Record(
        fields={
            "value": TEXT,
            "label": local,
            "help": local,
            "when": CONDITION,
            "preselected": FLAG,
        },
        required=("value", "label"),
    )
    listed = ListOf(item=choice, unique=None)
    return Record(
        fields={
            "id": TEXT,
            "key": TEXT,
            "kind": among(Kind),
            "text": local,
            "summary": local,
            "help": local,
            "hint": local,
            "hint_when": CONDITION,
            "example": local,
            "choices": ScalarOr(scalar=among(_SOURCES), other=listed),
            "among": TEXTS,
            "other": local,
            "default": ScalarOr(scalar=Scalar(kind=YamlKind.ANSWER), other=TEXTS),
            "required": FLAG,
            "by_default": FLAG,
            "when": CONDITION,
            "minimum": _INTEGER,
            "maximum": _INTEGER,
            **more,
        },
        required=("id", "key", "kind", "text"),
    )


def labels_shape(languages: Sequence[str]) -> MapOf:
    """Return the shape of `labels.yml` in a pack of these languages."""
    local = Localized(scalar=TEXT, languages=tuple(languages))
    return MapOf(item=local, required=_LABELS)


def messages_shape() -> MapOf:
    """Return the shape of a pack's own `messages.yml`."""
    return MapOf(item=Localized(scalar=TEXT, languages=INTERFACE))


def among(names: Iterable[str] | None) -> Scalar:
    """Return the shape of a text that must be one of these; any text with None."""
    choices = None if names is None else {name: LocalText.of(name) for name in names}
    return Scalar(kind=YamlKind.TEXT, choices=choices)
