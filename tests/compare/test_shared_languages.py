"""What a new language brings along is no change for the readers there were."""

from __future__ import annotations

from guidegen.compare.shared_languages import in_shared_languages
from guidegen.model.json_records import Data

VARIANTS = ("de", "de-formal", "en")


def test_texts_for_a_new_language_are_left_out() -> None:
    old: Data = {"languages": ["de"], "roles": {"buying": "Einkauf"}, "topics": ["a"]}
    new: Data = {
        "languages": ["de", "en"],
        "roles": {"buying": {"de": "Einkauf", "en": "Purchasing"}},
        "topics": ["a", {"name": {"de": "Park", "en": "Farm"}}],
        "title": {"en": "Guide"},
    }

    was, now = in_shared_languages(old, new, VARIANTS)

    assert was == old
    assert now == {
        "languages": ["de", "en"],
        "roles": {"buying": "Einkauf"},
        "topics": ["a", {"name": "Park"}],
        "title": {"en": "Guide"},
    }


def test_a_text_that_changed_in_a_language_of_both_stays_one() -> None:
    old: Data = {"languages": ["de"], "title": "Alt"}
    new: Data = {"languages": ["en", "de"], "title": {"de": "Neu", "en": "New"}}

    assert in_shared_languages(old, new, VARIANTS)[1]["title"] == "Neu"


def test_without_a_language_of_both_everything_is_compared() -> None:
    old: Data = {"languages": ["de"], "title": {"de": "Alt"}}
    new: Data = {"languages": ["en"], "title": {"en": "New"}}

    assert in_shared_languages(old, new, VARIANTS) == (old, new)
    assert in_shared_languages(old, old, VARIANTS) == (old, old)
