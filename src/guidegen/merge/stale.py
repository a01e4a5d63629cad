"""Finds own texts that were changed in one language but not in the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from guidegen.answers.data import named
from guidegen.merge.sections import is_section
from guidegen.model.json_records import Data, Json
from guidegen.model.note import Note
from guidegen.model.project import SECTIONS
from guidegen.value import Value

_FORMAL = "de-formal"
_UNITED_STATES, _AMERICAN = "US", "en-us"
_VARIANT = re.compile("[a-z]{2}(-[a-z]+)?")

_Texts: TypeAlias = "Mapping[str, str]"
"""A text, or its digest, by language or variant."""


class OwnFiles(Value):
    """The company's own files as they are; only sections count."""

    digests: Mapping[str, str]
    """By their path from the project (`sections/de/nice.md`)."""
    as_pack: frozenset[str] = frozenset()
    """Those that say what the pack's text says that they began as."""
    merged: frozenset[str] = frozenset()
    """Those that differ from the last release by the pack's changes alone."""


class _Pair(Value):
    """A text as it was and as it is; `old_key` is the key that it had then."""

    key: str
    old_key: str
    old: _Texts
    new: _Texts
    merged: frozenset[str] = frozenset()
    """The variants in which only the pack's new wording has come in."""
    as_pack: frozenset[str] = frozenset()
    """The variants in which the text says what the pack's says."""


def stale_texts(
    old: Data,
    new: Data,
    *,
    old_files: Mapping[str, str],
    new_files: OwnFiles,
    carried: Mapping[str, Sequence[str]],
) -> dict[str, tuple[str, ...]]:
    """Return the company's own texts that are behind in some languages.

    A text is behind in a language if it was changed in another one since the last
    release, but not there; it stays so until it is changed there, too. A text that is
    new in a language is up to date in it, and one for all languages never is behind.
    A section that still says what the pack says is behind as soon as the company has
    reworded it for other readers, also before the first release.

    Args:
        old: The answers of the last release; none before the first one.
        new: The present answers.
        old_files: Digests of the company's own files at the last release, by their path
            from the project (`sections/de/nice.md`); only sections count.
        new_files: The present files.
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
        read = _read(pair.new, variants)
        behind = _behind(pair, carried.get(pair.old_key, ()))
        behind += [each for each in _left(pair, read) if each not in behind]
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
    same = [
        variant
        for variant in both
        if pair.new[variant] == pair.old[variant] or variant in pair.merged
    ]
    if {*both} - {*same} <= {*carried}:  # nothing new, or a text catches up
        return [variant for variant in same if variant in carried]
    return same


def _left(pair: _Pair, read: set[str]) -> list[str]:
    """Return the variants that were left as the pack has them while others were not."""
    if not pair.as_pack:
        return []
    # Where there is no text of the company's, it is missing, and not behind.
    read = read & pair.new.keys()
    # What was released like this has been called right, or is carried.
    if all(pair.old.get(variant) == pair.new[variant] for variant in read):
        return []
    as_pack = read & pair.as_pack
    return sorted(as_pack) if as_pack != read else []


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


def _files(old: Mapping[str, str], new: OwnFiles) -> Iterator[_Pair]:
    before, after = _by_section(old), _by_section(new.digests)
    for key, digests in after.items():
        name = key.partition("/")[2]
        paths = {each: f"{SECTIONS}/{each}/{name}.md" for each in digests}
        yield _Pair(
            key=key,
            old_key=key,
            old=before.get(key, {}),
            new=digests,
            merged=frozenset(v for v, path in paths.items() if path in new.merged),
            as_pack=frozenset(v for v, path in paths.items() if path in new.as_pack),
        )


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
        for before, after in _matched(named(old), named(new)):
            yield from _answers(
                f"{old_key}.{before}",
                f"{key}.{after}",
                named(old)[before],
                named(new)[after],
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
