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
    by_countries: dict[tuple[str, ...], list[_Held]] = defaultdict(list)
    for each in held:
        by_countries[each.countries].append(each)
    order = _countries(wording)
    return tuple(
        PlaceLaw(
            place=_place(countries, {each.union for each in there}, wording),
            also=_texts(there, wording, replaces=False),
            instead=_texts(there, wording, replaces=True),
        )
        for countries, there in sorted(
            by_countries.items(),
            # What holds in several countries comes before what only the first has.
            key=lambda each: (order.index(each[0][0]), -len(each[0])),
        )
    )


def _texts(
    held: Sequence[_Held], wording: Wording, *, replaces: bool
) -> tuple[str, ...]:
    statements = (each.statement for each in held)
    return tuple(
        wording.filled(each.text) for each in statements if each.replaces is replaces
    )


def _place(
    countries: tuple[str, ...], unions: set[str | None], wording: Wording
) -> str:
    """Return where statements hold: "In Deutschland und in Österreich"."""
    # The union is only named where nothing but its own law is said.
    union = wording.pack.country(unions.pop()).place if len(unions) == 1 else None
    if union:
        return wording.text(union)
    first, *others = (_country_place(code, wording) for code in countries)
    return wording.labels.listing(
        [first, *(each[:1].lower() + each[1:] for each in others)]
    )


def _country_place(code: str, wording: Wording) -> str:
    place = wording.pack.country(code).place or wording.pack.countries[code]
    return wording.text(place)
