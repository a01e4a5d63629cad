"""What the law of the company's countries adds to the texts, or says instead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from guidegen.compose.wording import Wording
from guidegen.model.adaptation import Statement
from guidegen.model.guideline import AbroadLaw, ItemLaw, PlaceLaw, SectionLaw
from guidegen.model.question import applies
from guidegen.value import Value

_RIGHTS = "rights"
"""The section whose items are phrases ("über … sprechen"), not sentences."""

_OWN_PAGE = frozenset({"acknowledgement"})
"""Sections that say beside their own text what holds in some countries only."""


class Held(Value):
    """A statement, and in which of the company's countries it holds."""

    statement: Statement
    by_country: Mapping[str, Statement]
    """The same, with the source that it has in each of them."""
    union: str | None
    """The union of countries that it comes from, if it comes from one alone."""

    @property
    def countries(self) -> tuple[str, ...]:
        """Where it holds, in the company's order."""
        return tuple(self.by_country)


class Law(Value):
    """What the law says: of each section, and in some countries only of all of them."""

    sections: Mapping[str, SectionLaw]
    abroad: tuple[AbroadLaw, ...]


def compose_law(wording: Wording, there: Iterable[str]) -> Law:
    """Return the statements.

    What holds in all of the company's countries belongs into the text; what holds in
    some of them only is said with the place, and the text stays general.

    Args:
        wording: Whose guideline it is.
        there: The ids of the sections that it has, in reading order.
    """
    countries = _countries(wording)
    everywhere: dict[str, list[Statement]] = defaultdict(list)
    abroad: dict[str, list[Held]] = defaultdict(list)
    for held in held_statements(wording):
        section = held.statement.section
        if len(held.countries) == len(countries):
            everywhere[section].append(held.statement)
        else:
            abroad[section].append(held)
    names = [each.replace("-", "_") for each in there]
    together = [
        held for name in names if name not in _OWN_PAGE for held in abroad.get(name, ())
    ]
    return Law(
        sections=_sections(everywhere, abroad, wording),
        abroad=_abroad(together, wording),
    )


def _sections(
    everywhere: Mapping[str, Sequence[Statement]],
    abroad: Mapping[str, Sequence[Held]],
    wording: Wording,
) -> dict[str, SectionLaw]:
    return {
        section: SectionLaw(
            items=_items(everywhere.get(section, ()), wording),
            abroad=_places(abroad.get(section, ()), wording),
        )
        for section in dict.fromkeys((*everywhere, *abroad))
    }


def _countries(wording: Wording) -> tuple[str, ...]:
    company = wording.answers.company
    return company.countries or ((company.seat,) if company.seat else ())


def held_statements(wording: Wording) -> Iterator[Held]:
    """Yield each statement that holds for a company once, in the countries' order."""
    countries = _countries(wording)
    found: dict[tuple[str, str, str], dict[str, tuple[Statement, str | None]]] = {}
    for country in countries:
        for statement, union in _statements(country, wording):
            if applies(statement.when, wording.answer):
                key = (statement.section, statement.item, statement.id)
                found.setdefault(key, {}).setdefault(country, (statement, union))
    for by_country in found.values():
        first, _ = next(iter(by_country.values()))
        unions = {union for _, union in by_country.values()}
        yield Held(
            statement=first,
            by_country={key: each for key, (each, _) in by_country.items()},
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


def _places(held: Sequence[Held], wording: Wording) -> tuple[PlaceLaw, ...]:
    return tuple(
        PlaceLaw(
            place=_place(countries, there, wording),
            also=_texts(there, wording, replaces=False),
            instead=_texts(there, wording, replaces=True),
        )
        for countries, there in _by_countries(held, wording)
    )


def _abroad(held: Sequence[Held], wording: Wording) -> tuple[AbroadLaw, ...]:
    places = []
    for countries, there in _by_countries(held, wording):
        rights = [each for each in there if each.statement.section == _RIGHTS]
        others = [each for each in there if each.statement.section != _RIGHTS]
        places.append(
            AbroadLaw(
                id="-".join(["in", *map(str.lower, countries)]),
                place=_place(countries, there, wording),
                also=_texts(others, wording, replaces=False),
                instead=_texts(others, wording, replaces=True),
                rights_also=_texts(rights, wording, replaces=False),
                rights_instead=_texts(rights, wording, replaces=True),
            )
        )
    return tuple(places)


def _by_countries(
    held: Sequence[Held], wording: Wording
) -> list[tuple[tuple[str, ...], list[Held]]]:
    """Return statements by where they hold, in the order of the countries."""
    by_countries: dict[tuple[str, ...], list[Held]] = defaultdict(list)
    for each in held:
        by_countries[each.countries].append(each)
    order = _countries(wording)
    return sorted(
        by_countries.items(),
        # What holds in several countries comes before what only the first has.
        key=lambda each: (order.index(each[0][0]), -len(each[0])),
    )


def _texts(
    held: Sequence[Held], wording: Wording, *, replaces: bool
) -> tuple[str, ...]:
    statements = (each.statement for each in held)
    texts = (
        wording.filled(each.text) for each in statements if each.replaces is replaces
    )
    # Two sections may say the same.
    return tuple(dict.fromkeys(texts))


def _place(countries: tuple[str, ...], held: Sequence[Held], wording: Wording) -> str:
    """Return where statements hold: "In Deutschland und Österreich"."""
    unions = {each.union for each in held}
    # The union is only named where nothing but its own law is said.
    union = wording.pack.country(unions.pop()).place if len(unions) == 1 else None
    if union:
        return wording.text(union)
    first, *others = (_country_place(code, wording) for code in countries)
    preposition = first.partition(" ")[0] + " "
    if all(each.startswith(preposition) for each in others):
        others = [each.removeprefix(preposition) for each in others]
    else:
        others = [each[:1].lower() + each[1:] for each in others]
    return wording.labels.listing([first, *others])


def _country_place(code: str, wording: Wording) -> str:
    place = wording.pack.country(code).place or wording.pack.countries[code]
    return wording.text(place)
