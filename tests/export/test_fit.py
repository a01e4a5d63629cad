from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidegen.export.word.fit import shortened, width_of
from guidegen.pack.load import load_pack

NAMES = load_pack("dell").names


def test_what_fits_stays_as_it_is() -> None:
    assert shortened("Nordlicht Technik AG", 20, NAMES) == "Nordlicht Technik AG"


@pytest.mark.parametrize("form", ["GmbH & Co. KG", "UG (haftungsbeschränkt)", "e. V."])
def test_a_legal_form_is_whole_or_not_there(form: str) -> None:
    name = f"Windkraft und Wasserkraft Nord {form}"
    whole, least = width_of(name), width_of("Windkraft …")
    rooms = [whole - step / 4 for step in range(200) if whole - step / 4 >= least]

    shown = {shortened(name, room, NAMES) for room in rooms}

    assert name in shown
    assert len(shown) > 2
    for each in shown - {name}:
        assert each.endswith(" …")
        assert name.startswith(each.removesuffix("…"))
        assert not set(each.split()) & set(form.split())


def test_a_word_is_cut_only_if_it_is_longer_than_the_line() -> None:
    assert shortened("Donaudampfschifffahrtsgesellschaft", 5) == "Donauda…"
    assert shortened("Donau Dampfschifffahrt", 6) == "Donau …"


@given(st.text(max_size=80), st.floats(1, 40))
def test_nothing_is_wider_than_its_line(text: str, room: float) -> None:
    assert width_of(shortened(text, room, NAMES)) <= max(room, width_of("…"))
