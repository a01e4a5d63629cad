"""The contract of a template pack: what each of its files may say, as tables.

`pack.yml` must have its texts in the languages that it names itself, and the catalogue
refers to its sectors, roles and lights. So the tables are functions of those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from guidegen.model.question import Kind
from guidegen.model.text import LocalText
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

MAPS = ("sectors", "countries", "roles", "lights")
"""The keys of `pack.yml` under which there are choices with their names."""

REQUIRED = (
    *("format", "name", "version", "languages", "variants", "title"),
    *("magic_sentence", "pages", "markdown_extensions", "links", *MAPS),
)
"""Keys that `pack.yml`, or the one of a pack that it extends, must have."""

KEYS = (*REQUIRED, "duty_words", "extends")
"""Keys that a `pack.yml` may have."""

_INTERFACE = ("de", "en")
"""The languages that guidegen speaks with the author."""

_SOURCES = ("languages", "sectors", "countries", "roles", "topics")
"""What `choices:` of a question may name instead of listing the choices."""

_LABELS = ("and", "long_date", *(f"month_{month}" for month in range(1, 13)))
"""Labels that every pack needs, whatever its sections print."""

TEXT = Scalar(kind=YamlKind.TEXT)
TEXTS = ListOf(item=TEXT, unique=None)
VERSION = Scalar(kind=YamlKind.WORD)
_NAME = Scalar(kind=YamlKind.NAME)
_FLAG = Scalar(kind=YamlKind.FLAG)
_INTEGER = Scalar(kind=YamlKind.INTEGER)
_WORD = Scalar(kind=YamlKind.WORD)
_CONDITION = MapOf(item=ScalarOr(scalar=_WORD, other=ListOf(item=_WORD, unique=None)))

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
        "markdown_extensions": TEXTS,
        "links": TEXTS,
        "sectors": names,
        "countries": names,
        # Needed in any case: they stand in for what the answers leave open.
        "roles": MapOf(item=local, required=("press",)),
        "lights": MapOf(item=local, required=("red",)),
        "duty_words": MapOf(item=TEXTS),
    }


def _refuse_format(value: ScalarValue) -> Refused | None:
    return None if value == FORMAT else Refused("pack-format", known=FORMAT)


def _page(local: Localized, refuse_section: _Refuse) -> Record:
    section = Scalar(kind=YamlKind.NAME, refuse=refuse_section)
    conditional = Record(fields={"id": section, "when": _CONDITION}, required=("id",))
    return Record(
        fields={
            "id": _NAME,
            "title": local,
            "sections": ListOf(item=ScalarOr(scalar=section, other=conditional)),
            "stamped": _FLAG,
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
    sectors = names["sectors"]
    topic = Record(
        fields={
            "id": _NAME,
            "preselected": _FLAG,
            "light": _among(names["lights"]),
            "name": local,
            "speakers": ListOf(item=_among(names["roles"]), unique=None),
            "sectors": ListOf(
                item=_among(None if sectors is None else ("all", *sectors)),
                unique=None,
            ),
            "unsuited": ListOf(item=_among(sectors), unique=None),
            "why": local,
            "dont": local,
            "do": local,
            "not_covered": local,
            "laws": TEXTS,
        },
        required=("id", "light", "name", "speakers", "sectors", "why", "dont", "do"),
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
    local = Localized(scalar=TEXT, languages=_INTERFACE)
    choice = Record(
        fields={
            "value": TEXT,
            "label": local,
            "help": local,
            "when": _CONDITION,
            "preselected": _FLAG,
        },
        required=("value", "label"),
    )
    listed = ListOf(item=choice, unique=None)
    return Record(
        fields={
            "id": TEXT,
            "key": TEXT,
            "kind": _among(Kind),
            "text": local,
            "summary": local,
            "help": local,
            "hint": local,
            "hint_when": _CONDITION,
            "example": local,
            "choices": ScalarOr(scalar=_among(_SOURCES), other=listed),
            "default": ScalarOr(scalar=Scalar(kind=YamlKind.ANSWER), other=TEXTS),
            "required": _FLAG,
            "by_default": _FLAG,
            "when": _CONDITION,
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
    return MapOf(item=Localized(scalar=TEXT, languages=_INTERFACE))


def data_shape() -> Record:
    """Return the shape of a whole pack's checked data, as the cache keeps it."""
    # Names and languages were checked before the data was kept; only its form can have
    # been spoiled since.
    nothing = dict.fromkeys(MAPS)
    fields: dict[str, Shape] = {
        "pack": Record(
            fields=pack_fields((), lambda _: None),
            required=REQUIRED,
        ),
        "questions": questions_shape(),
        "catalogue": catalogue_shape((), nothing),
        "labels": labels_shape(()),
        "messages": messages_shape(),
        **dict.fromkeys(("folders", "text_folders", "versions"), TEXTS),
    }
    return Record(fields=fields, required=tuple(fields))


def _among(names: Iterable[str] | None) -> Scalar:
    """Return the shape of a text that must be one of these; any text with None."""
    choices = None if names is None else {name: LocalText.of(name) for name in names}
    return Scalar(kind=YamlKind.TEXT, choices=choices)
