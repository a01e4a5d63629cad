"""What the law of the company's countries adds to the texts, or says instead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from guidegen.compose.wording import Wording
from guidegen.model.adaptation import Statement
from guidegen.model.guideline import ItemLaw, PlaceLaw, SectionLaw
from guidegen.model.question import applies
from guidegen.value import Value


class _Held(Value):
    """A statement, and in which of the company's countries it holds."""

    statement: Statement
    countries: tuple[str, ...]
    union: str | None
    """The union of countries that it comes from, if it comes from one alone."""


def compose_law(wording: Wording) -> dict[str, SectionLaw]:
    """Return the statements by section.

    What holds in all of the company's countries belongs into the text; what holds in
    some of them only is said with the place, and the text stays general.
    """
    countries = _countries(wording)
    everywhere: dict[str, list[Statement]] = defaultdict(list)
    abroad: dict[str, list[_Held]] = defaultdict(list)
    for held in _held(countries, wording):
        section = held.statement.section
        if len(held.countries) == len(countries):
            everywhere[section].append(held.statement)
        else:
            abroad[section].append(held)
    return {
        section: SectionLaw(
            items=_items(everywhere[section], wording),
            abroad=_places(abroad[section], wording),
        )
        for section in dict.fromkeys((*everywhere, *abroad))
    }


def _countries(wording: Wording) -> tuple[str, ...]:
    company = wording.answers.company
    return company.countries or ((company.seat,) if company.seat else ())


def _held(countries: Sequence[str], wording: Wording) -> Iterator[_Held]:
    """Yield each statement once, in the order of the countries."""
    found: dict[tuple[str, str, str], dict[str, tuple[Statement, str | None]]] = {}
    for country in countries:
        for statement, union in _statements(country, wording):
            if applies(statement.when, wording.answer):
                key = (statement.section, statement.item, statement.id)
                found.setdefault(key, {}).setdefault(country, (statement, union))
    for by_country in found.values():
        first, _ = next(iter(by_country.values()))
        unions = {union for _, union in by_country.values()}
        yield _Held(
            statement=first,
            countries=tuple(by_country),
            union=unions.pop() if len(unions) == 1 else None,
        )


def _statements(
    country: str, wording: Wording
) -> Iterator[tuple[Statement, str | None]]:
    """Yield a country's own statements, then those of the unions it belongs to."""
    for statement in wording.pack.country(country).statements:
        yield statement, None
    for code, union in wording.pack.country_specs.items():
        if country in union.members:
            for statement in union.statements:
                yield statement, code


def _items(statements: Sequence[Statement], wording: Wording) -> Mapping[str, ItemLaw]:
    by_item: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_item[statement.item].append(statement)
    return {item: _item(held, wording) for item, held in by_item.items()}


def _item(statements: Sequence[Statement], wording: Wording) -> ItemLaw:
    instead = [wording.filled(each.text) for each in statements if each.replaces]
    also = [wording.filled(each.text) for each in statements if not each.replaces]
    # Only one can stand in place of the general text; the others are no less law.
    return ItemLaw(instead=instead[0] if instead else None, also=(*instead[1:], *also))


def _places(held: Sequence[_Held], wording: Wording) -> tuple[PlaceLaw, ...]:
    by_place: dict[str, list[Statement]] = defaultdict(list)
    for each in held:
        by_place[_place(each, wording)].append(each.statement)
    return tuple(
        PlaceLaw(
            place=place,
            also=_texts(statements, wording, replaces=False),
            instead=_texts(statements, wording, replaces=True),
        )
        for place, statements in by_place.items()
    )


def _texts(
    statements: Sequence[Statement], wording: Wording, *, replaces: bool
) -> tuple[str, ...]:
    return tuple(
        wording.filled(each.text) for each in statements if each.replaces is replaces
    )


def _place(held: _Held, wording: Wording) -> str:
    """Return where a statement holds: "In Deutschland und in Österreich"."""
    union = wording.pack.country(held.union).place
    if union:
        return wording.text(union)
    first, *others = (_country_place(code, wording) for code in held.countries)
    return wording.labels.listing(
        [first, *(each[:1].lower() + each[1:] for each in others)]
    )


def _country_place(code: str, wording: Wording) -> str:
    place = wording.pack.country(code).place or wording.pack.countries[code]
    return wording.text(place)
