"""The contract of `sectors.yml`, `countries/` and `names.yml`, as tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from guidegen.pack.contract import (
    CONDITION,
    FLAG,
    INTERFACE,
    TEXT,
    TEXTS,
    WORD,
    among,
)
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

MODES = ("add", "instead")
STATUSES = ("verified", "partly", "unverified")

ABROAD = "abroad"
"""What sections call the statements of some countries only: no item can have it."""

_TEXTS_ONCE = ListOf(item=TEXT)
_ARTICLES = ("der", "die", "das")
_PLACE = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*")
_LOCALE = re.compile("[a-z]{2}(-[A-Z]{2})?")
"""Language and region: what an HTML page, a PDF and a Word file call a language."""
_SPELT = re.compile(r"[^\x00-\x1f\x7f\\`*_{}\[\]()<>#|~=]+")
"""Letters and marks of sentences; any other would change what a text is made of."""


def sectors_shape(languages: Sequence[str]) -> Record:
    """Return the shape of `sectors.yml` in a pack of these languages."""
    local = Localized(scalar=TEXT, languages=tuple(languages))
    sector = Record(
        fields={
            "name": local,
            "topics": _TEXTS_ONCE,
            "roles": MapOf(item=local),
            "words": MapOf(item=local),
            "means": TEXT,
            "speaker": TEXT,
            "listed": FLAG,
            "offered": FLAG,
        },
        required=("name",),
    )
    return Record(fields={"sectors": MapOf(item=sector)}, required=("sectors",))


def country_shape(languages: Sequence[str], councils: Iterable[str] | None) -> Record:
    """Return the shape of a file under `countries/`.

    Args:
        languages: The pack's languages.
        councils: The kinds of works council of the pack; None for any.
    """
    local = Localized(scalar=TEXT, languages=tuple(languages))
    some = Localized(scalar=TEXT)
    return Record(
        fields={
            "name": local,
            "place": local,
            "members": _TEXTS_ONCE,
            "works_council": MapOf(item=among(councils), required=("default",)),
            "locale": MapOf(item=Scalar(kind=YamlKind.TEXT, refuse=_refuse_locale)),
            "spelling": MapOf(
                item=MapOf(
                    item=Scalar(kind=YamlKind.TEXT, refuse=_refuse_spelling),
                    keys=_SPELT,
                    refusal="pack-spelling",
                )
            ),
            # Only some languages have a word of their own there; the others keep the
            # pack's.
            "labels": MapOf(item=some),
            "roles": MapOf(item=some),
            "words": MapOf(item=some),
            "statements": ListOf(item=_statement(local)),
        }
    )


def _statement(local: Localized) -> Record:
    fields: dict[str, Shape] = {
        "id": TEXT,
        "at": Scalar(kind=YamlKind.TEXT, refuse=_refuse_place),
        "mode": among(MODES),
        "when": CONDITION,
        "text": local,
        "source": TEXT,
        "url": TEXT,
        "checked": WORD,
        "status": among(STATUSES),
        # To authors, so in guidegen's languages.
        "why": Localized(scalar=TEXT, languages=INTERFACE),
    }
    required = ("id", "at", "mode", "text", "source", "checked", "status")
    return Record(fields=fields, required=required)


def _refuse_place(value: ScalarValue) -> Refused | None:
    place = str(value)
    if _PLACE.fullmatch(place) and not place.endswith(f".{ABROAD}"):
        return None
    return Refused("pack-statement-place", value=place)


def _refuse_locale(value: ScalarValue) -> Refused | None:
    if _LOCALE.fullmatch(str(value)):
        return None
    return Refused("pack-locale", value=value)


def _refuse_spelling(value: ScalarValue) -> Refused | None:
    if _SPELT.fullmatch(str(value)):
        return None
    return Refused("pack-spelling", value=value)


def names_shape() -> Record:
    """Return the shape of `names.yml`."""
    # The second entry is the noun's dative plural: `Adaptation.check` counts them.
    plural = ListOf(item=TEXT, minimum=1, unique=None)
    article = ScalarOr(scalar=among(_ARTICLES), other=plural)
    return Record(
        fields={
            "nouns": MapOf(item=article),
            "whole": TEXTS,
            "legal_forms": TEXTS,
            "english": Record(fields={"prefixes": TEXTS}),
        }
    )


def adaptation_shape() -> dict[str, Shape]:
    """Return the shapes of all of them, as the cache keeps them."""
    return {
        "sectors": sectors_shape(()),
        "countries": MapOf(item=country_shape((), None)),
        "names": names_shape(),
    }
