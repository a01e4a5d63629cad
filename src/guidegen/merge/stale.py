"""Finds own texts that were changed in one language but not in the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from guidegen.merge.sections import is_section
from guidegen.model.json_records import Data, Json
from guidegen.model.note import Note
from guidegen.value import Value

_FORMAL = "de-formal"
_UNITED_STATES, _AMERICAN = "US", "en-us"
_VARIANT = re.compile("[a-z]{2}(-[a-z]+)?")

_Texts: TypeAlias = "Mapping[str, str]"
"""A text, or its digest, by language or variant."""


class _Pair(Value):
    """A text as it was and as it is; `old_key` is the key that it had then."""

    key: str
    old_key: str
    old: _Texts
    new: _Texts


def stale_texts(
    old: Data,
    new: Data,
    *,
    old_files: Mapping[str, str],
    new_files: Mapping[str, str],
    carried: Mapping[str, Sequence[str]],
) -> dict[str, tuple[str, ...]]:
    """Return the company's own texts that are behind in some languages.

    A text is behind in a language if it was changed in another one since the last
    release, but not there; it stays so until it is changed there, too. A text that is
    new in a language is up to date in it, and one for all languages never is behind.

    Args:
        old: The answers of the last release.
        new: The present answers.
        old_files: Digests of the company's own files at the last release, by their path
            from the project (`sections/de/nice.md`); only sections count.
        new_files: The same for the present files.
        carried: What was behind at the last release: what this returned then.

    Returns:
        Key → the variants that are behind. A key is one of the answers, with ids or
        names instead of numbers (`taboo_topics.strategy.why`), or `sections/nice`.
    """
    variants = _variants(new)
    found: dict[str, tuple[str, ...]] = {}
    for pair in (
        *_answers("", "", dict(old), dict(new)),
        *_files(old_files, new_files),
    ):
        behind = _behind(pair, carried.get(pair.old_key, ()))
        read = _read(pair.new, variants)
        # A variant that no reader gets any more need not catch up.
        if used := tuple(variant for variant in behind if variant in read):
            found[pair.key] = used
    return found


def stale_notes(stale: Mapping[str, Sequence[str]]) -> tuple[Note, ...]:
    """Return a note for each text that is behind."""
    return tuple(
        Note(
            message="stale-text",
            values={"place": key, "languages": ", ".join(variants)},
        )
        for key, variants in sorted(stale.items())
    )


def _behind(pair: _Pair, carried: Sequence[str]) -> list[str]:
    both = [variant for variant in pair.new if variant in pair.old]
    same = [variant for variant in both if pair.new[variant] == pair.old[variant]]
    if {*both} - {*same} <= {*carried}:  # nothing new, or a text catches up
        return [variant for variant in same if variant in carried]
    return same


def _variants(data: Data) -> list[str]:
    """Return the variants that readers of this company get."""
    languages = data.get("languages")
    codes = [str(code) for code in languages] if isinstance(languages, list) else []
    other = {"de": _FORMAL} if data.get("address") == "sie" else {}
    if _seat(data) == _UNITED_STATES:
        other["en"] = _AMERICAN
    return [other.get(code, code) for code in codes]


def _seat(data: Data) -> Json:
    company = data.get("company")
    if not isinstance(company, dict):
        return None
    countries = company.get("countries")
    first = countries[0] if isinstance(countries, list) and countries else None
    return company.get("seat") or first


def _read(texts: _Texts, variants: Sequence[str]) -> set[str]:
    """Return those variants of a text that some readers get."""
    return {
        variant if variant in texts else variant.partition("-")[0]
        for variant in variants
    }


def _files(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[_Pair]:
    before, after = _by_section(old), _by_section(new)
    for key, digests in after.items():
        yield _Pair(key=key, old_key=key, old=before.get(key, {}), new=digests)


def _by_section(files: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for path in sorted(files):
        if is_section(path):
            folder, variant, name = path.split("/")
            key = f"{folder}/{name.removesuffix('.md')}"
            found.setdefault(key, {})[variant] = files[path]
    return found


def _answers(old_key: str, key: str, old: Json, new: Json) -> Iterator[_Pair]:
    """Yield the texts that are part of both the old and the new answers."""
    if isinstance(old, list) and isinstance(new, list):
        for before, after in _matched(_named(old), _named(new)):
            yield from _answers(
                f"{old_key}.{before}",
                f"{key}.{after}",
                _named(old)[before],
                _named(new)[after],
            )
    elif isinstance(old, dict) and isinstance(new, dict):
        was, now = _texts(old), _texts(new)
        if was and now:
            yield _Pair(key=key, old_key=old_key, old=was, new=now)
            return
        for name in new.keys() & old.keys():
            yield from _answers(
                f"{old_key}.{name}".lstrip("."),
                f"{key}.{name}".lstrip("."),
                old[name],
                new[name],
            )


def _texts(value: Mapping[str, Json]) -> _Texts:
    """Return a value's texts per language, none if it is something else."""
    texts = {key: text for key, text in value.items() if isinstance(text, str)}
    # A map with other keys, such as a contact, is not a text.
    is_text = len(texts) == len(value) and all(map(_VARIANT.fullmatch, texts))
    return texts if is_text else {}


def _matched(old: Mapping[str, Json], new: Mapping[str, Json]) -> list[tuple[str, str]]:
    """Pair old and new entries: by name, then renamed ones in their order."""
    gone = [name for name in old if name not in new]
    come = [name for name in new if name not in old]
    # With unequal numbers nobody can tell renamed entries from new ones.
    renamed = zip(gone, come, strict=True) if len(gone) == len(come) else ()
    return [*((name, name) for name in new if name in old), *renamed]


def _named(entries: Sequence[Json]) -> dict[str, Json]:
    """Return the entries of a list by name, as their order may change."""
    return {_name(entry) or str(n): entry for n, entry in enumerate(entries)}


def _name(entry: Json) -> str | None:
    if not isinstance(entry, dict):
        return None
    # Ids and addresses outlive a change of name.
    for key in ("id", "email", "name"):
        name = entry.get(key)
        if isinstance(name, dict):
            name = next(iter(name.values()), None)
        if isinstance(name, str):
            return name
    return None
