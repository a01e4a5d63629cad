"""Own texts that are behind in some languages."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from guidegen.merge.stale import OwnFiles, stale_notes, stale_texts
from guidegen.model.json_records import Data, Json


def _data(**answers: Json) -> Data:
    return {"languages": ["de", "en"], "address": "du", **answers}


def _stale(
    old: Data,
    new: Data,
    *,
    carried: Mapping[str, tuple[str, ...]] | None = None,
    files: tuple[dict[str, str], dict[str, str]] = ({}, {}),
) -> dict[str, tuple[str, ...]]:
    return stale_texts(
        old,
        new,
        old_files=files[0],
        new_files=OwnFiles(digests=files[1]),
        carried=carried or {},
    )


ROLE = "contacts.a@b.de.role"


def _contact(role: Json) -> Data:
    return _data(contacts=[{"email": "a@b.de", "name": "Mira", "role": role}])


BOTH: Json = {"de": "Beraterin", "en": "Adviser"}


@pytest.mark.parametrize(
    ("old", "new", "stale"),
    [
        (BOTH, BOTH, ()),
        (BOTH, {"de": "Leiterin", "en": "Adviser"}, ("en",)),
        (BOTH, {"de": "Beraterin", "en": "Head"}, ("de",)),
        (BOTH, {"de": "Leiterin", "en": "Head"}, ()),
        (BOTH, "Social Media", ()),
        ("Social Media", BOTH, ()),
        ("Social Media", "Presse", ()),
        ({"de": "Beraterin"}, BOTH, ()),
        ({"de": "Beraterin"}, {"de": "Leiterin", "en": "Head"}, ()),
        (BOTH, {"de": "Leiterin"}, ()),
        (BOTH, {"de": "Leiterin", "en": "Adviser", "fr": "x"}, ("en",)),
    ],
)
def test_a_text_is_behind_where_it_was_not_changed_with_the_others(
    old: Json, new: Json, stale: tuple[str, ...]
) -> None:
    found = _stale(_contact(old), _contact(new))

    assert found == ({ROLE: stale} if stale else {})


def test_it_is_carried_until_it_is_changed_there_too() -> None:
    behind = {ROLE: ("en",)}
    old = _contact({"de": "Leiterin", "en": "Adviser"})

    assert _stale(old, old, carried=behind) == behind
    further = _contact({"de": "Chefin", "en": "Adviser"})
    assert _stale(old, further, carried=behind) == behind
    assert _stale(old, _contact("Head"), carried=behind) == {}


def test_what_catches_up_leaves_nothing_behind() -> None:
    behind = {ROLE: ("en",)}
    old = _contact({"de": "Leiterin", "en": "Adviser"})
    both = _contact({"de": "Leiterin", "en": "Head"})

    assert _stale(old, both, carried=behind) == {}


def test_entries_may_change_their_place() -> None:
    topic: Json = {"name": {"de": "Park", "en": "Farm"}, "why": {"de": "a", "en": "b"}}
    changed: Json = {**topic, "why": {"de": "neu", "en": "b"}}  # type: ignore[dict-item]
    old = _data(taboo_topics=[{"id": "strategy"}, topic])

    found = _stale(old, _data(taboo_topics=[changed, {"id": "strategy"}]))

    assert found == {"taboo_topics.Park.why": ("en",)}


def test_a_renamed_entry_is_the_same_one() -> None:
    old = _data(taboo_topics=[{"name": {"de": "Park", "en": "Farm"}}])
    new = _data(taboo_topics=[{"name": {"de": "Hafen", "en": "Farm"}}])

    found = _stale(old, new)

    assert found == {"taboo_topics.Hafen.name": ("en",)}
    carried = {"taboo_topics.Park.name": ("en",)}
    assert _stale(old, new, carried=carried) == found


def test_only_what_readers_get_counts() -> None:
    old = _data(company={"name": {"de": "A", "de-formal": "B", "en": "C", "fr": "D"}})
    new = _data(company={"name": {"de": "X", "de-formal": "B", "en": "Y", "fr": "D"}})

    assert _stale(old, new) == {}
    assert _stale({**old, "address": "sie"}, {**new, "address": "sie"}) == {
        "company.name": ("de-formal",)
    }


def test_saying_sie_instead_of_du_leaves_nothing_behind() -> None:
    old = _contact(BOTH)

    assert _stale(old, {**old, "address": "sie"}) == {}


def test_sections_are_compared_by_their_digests() -> None:
    before = {
        "sections/de/nice.md": "1",
        "sections/en/nice.md": "1",
        "sections/de/law.md": "1",
        "sections/.base/en/law.md": "1",
        "sections/en/law.proposal.md": "1",
        "logo.svg": "1",
    }
    after = {**before, "sections/de/nice.md": "2", "sections/de/law.md": "2"}

    assert _stale(_data(), _data(), files=(before, after)) == {"sections/nice": ("en",)}
    assert (
        _stale(
            _data(),
            _data(),
            files=(after, {**after, "sections/en/nice.md": "2"}),
            carried={"sections/nice": ("en",)},
        )
        == {}
    )


def test_an_american_text_is_behind_where_readers_get_it() -> None:
    files = (
        {"sections/de/own.md": "1", "sections/en-us/own.md": "1"},
        {"sections/de/own.md": "2", "sections/en-us/own.md": "1"},
    )

    companies: list[tuple[Json, dict[str, tuple[str, ...]]]] = [
        ({"countries": ["US"]}, {"sections/own": ("en-us",)}),
        ({"countries": ["DE", "US"], "seat": "US"}, {"sections/own": ("en-us",)}),
        ({"countries": ["DE", "US"]}, {}),
    ]
    for company, found in companies:
        data = _data(company=company)
        assert _stale(data, data, files=files) == found


def test_other_maps_and_lists_are_no_texts() -> None:
    old = _data(links={"training": "x"}, extra={"list": ["a", "b"]}, a={}, b="x")
    new = _data(links={"training": "y"}, extra={"list": ["c", "b"]}, a={}, b={})

    assert _stale(old, new) == {}


def test_each_text_that_is_behind_is_a_note() -> None:
    notes = stale_notes({"sections/nice": ("en",), ROLE: ("de", "en")})

    assert [note.values for note in notes] == [
        {"place": ROLE, "languages": "de, en"},
        {"place": "sections/nice", "languages": "en"},
    ]


NICE = {"sections/de/nice.md": "1", "sections/en/nice.md": "1"}
REWORDED = {**NICE, "sections/de/nice.md": "2"}


def _behind(
    old: Data, new: OwnFiles, old_files: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    return stale_texts(old, _data(), old_files=old_files, new_files=new, carried={})


@pytest.mark.parametrize("old", [{}, {"languages": ["de", "en"]}])
def test_a_section_is_behind_from_its_first_rewording_on(old: Data) -> None:
    def left(*as_pack: str) -> dict[str, tuple[str, ...]]:
        files = OwnFiles(digests=REWORDED, as_pack=frozenset(as_pack))
        return _behind(old, files, {})

    assert left("sections/en/nice.md") == {"sections/nice": ("en",)}
    # Both are as the pack has them, or both are reworded.
    assert left(*NICE) == left() == {}


def test_what_was_released_as_the_pack_has_it_in_one_language_was_called_right() -> (
    None
):
    files = OwnFiles(digests=NICE, as_pack=frozenset({"sections/en/nice.md"}))

    assert _behind(_data(), files, NICE) == {}


def test_a_section_that_is_there_in_one_language_only_is_behind_in_none() -> None:
    files = OwnFiles(
        digests={"sections/en/nice.md": "1"}, as_pack=frozenset({"sections/en/nice.md"})
    )

    assert _behind({}, files, {}) == {}


def test_what_only_the_pack_has_changed_is_no_rewording() -> None:
    def behind(*merged: str) -> dict[str, tuple[str, ...]]:
        files = OwnFiles(digests=REWORDED, merged=frozenset(merged))
        return _behind(_data(), files, NICE)

    assert behind() == {"sections/nice": ("en",)}
    assert behind("sections/de/nice.md") == {}
