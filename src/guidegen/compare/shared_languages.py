"""Answers as far as they are in languages that both of two versions have.

A text that a new language brings along is new to its readers anyway; for the others it
has not changed.
"""

from __future__ import annotations

from collections.abc import Collection

from guidegen.model.json_records import Data, Json


def in_shared_languages(
    old: Data, new: Data, variants: Collection[str]
) -> tuple[Data, Data]:
    """Return two versions of answers without what only readers of one of them get.

    Args:
        old: The answers as they were.
        new: The answers as they are.
        variants: The keys that texts are given by.
    """
    codes = {*_languages(old)} & {*_languages(new)}
    # Otherwise every text is another one.
    if not codes or {*_languages(old)} == {*_languages(new)}:
        return old, new
    shared = {each for each in variants if each.partition("-")[0] in codes}
    known = {*variants}
    return (
        {key: _shared(value, shared, known) for key, value in old.items()},
        {key: _shared(value, shared, known) for key, value in new.items()},
    )


def _languages(data: Data) -> list[str]:
    found = data.get("languages")
    return [*map(str, found)] if isinstance(found, list) else []


def _shared(value: Json, shared: Collection[str], known: Collection[str]) -> Json:
    if isinstance(value, list):
        return [_shared(each, shared, known) for each in value]
    if not isinstance(value, dict):
        return value
    if not value or not {*value} <= {*known}:
        return {key: _shared(each, shared, known) for key, each in value.items()}
    kept = {key: text for key, text in value.items() if key in shared}
    texts = [*kept.values()]
    # As one for all says it: that is how it was written before there were several.
    if texts and all(text == texts[0] for text in texts):
        return texts[0]
    return kept or value
