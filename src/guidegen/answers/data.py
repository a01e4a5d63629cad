"""Answers as plain data, and access to it by dotted keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path

from guidegen.model.answers import Answers, Company
from guidegen.model.json_records import Data, Json
from guidegen.model.text import ALL, LocalText
from guidegen.schema.scalars import Plain

_NO_ANSWERS = {"folder", "publish", "pack_variants", "old_pdfs", "inside", "training"}
"""What no version says: where the project is, where and with what it is published,
and what readers see beside it: news, and cards to practise with."""
_KEYS = {"placement": "as"}
"""What values are called in the file that is no name in Python, by their names."""
_ONLY_IF_GIVEN = {"title", "document", "roles", "sections", "same_text"}
"""Answers that released guidelines may lack: left out where there are none."""


def answers_data(answers: Answers) -> Data:
    """Return the answers as data that JSON can hold, defaults filled in.

    The keys are those of `model.answers`; what was not answered is left out. A text for
    all languages is a string, one per language a map; dates are in ISO 8601; the logo
    is its path within the project.
    """
    data = {
        field.name: _plain(getattr(answers, field.name), answers.folder)
        for field in fields(answers)
        if field.name not in _NO_ANSWERS
    }
    return {
        key: value
        for key, value in data.items()
        if value is not None and not (key in _ONLY_IF_GIVEN and not value)
    }


def _company(company: Company, folder: Path) -> dict[str, Json]:
    """Return the company's answers under their keys of the file.

    What a release of an earlier guidegen always has comes first and is always there.
    """
    speakers = [_plain(speaker, folder) for speaker in company.speakers]
    return {
        "name": _plain(company.name, folder),
        "short_name": _plain(company.short_name, folder),
        "sector": company.sector,
        "countries": list(company.countries),
        "works_council": company.works_council_kind or company.works_council,
        "speaker": speakers[0] if len(speakers) == 1 else [*speakers],
        "listed": company.listed or None,
        "seat": company.stated_seat,
        "forms": _plain(company.forms, folder) or None,
    }


def _plain(value: object, folder: Path) -> Json:  # noqa: PLR0911  # one for each type
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, LocalText):
        texts: dict[str, Json] = dict(value.texts)
        return texts[ALL] if set(texts) == {ALL} else texts
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Path):
        # An absolute path would differ from machine to machine.
        return value.relative_to(folder).as_posix()
    if isinstance(value, Mapping):
        return {str(key): _plain(each, folder) for key, each in value.items()}
    if is_dataclass(value):
        named = (
            _company(value, folder)
            if isinstance(value, Company)
            else {
                _KEYS.get(field.name, field.name): _plain(
                    getattr(value, field.name), folder
                )
                for field in fields(value)
            }
        )
        # Not `if each`: false and 0 are answers, too.
        return {key: each for key, each in named.items() if each not in (None, [])}
    if isinstance(value, tuple):
        return [_plain(each, folder) for each in value]
    # A new type in the model needs a form in JSON; `str()` would hide that.
    raise TypeError(type(value))


def left_out(data: Data, key: str) -> Data:
    """Return the data of answers without that at a dotted key; lists stay whole."""
    head, _, rest = key.partition(".")
    inner = data.get(head)
    if rest and isinstance(inner, dict):
        return {**data, head: dict(left_out(inner, rest))}
    return data if rest else {name: data[name] for name in data if name != head}


def named(entries: Sequence[Json]) -> dict[str, Json]:
    """Return the entries of a list by name, as their order may change.

    An entry without a name has its number.
    """
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


def look_up(data: Mapping[str, Plain], key: str) -> Plain | None:
    """Return the value at a dotted key, None if there is none."""
    found: Plain | None = dict(data)
    for part in key.split("."):
        if isinstance(found, dict):
            found = found.get(part)
        elif isinstance(found, list) and part.isdigit() and int(part) < len(found):
            found = found[int(part)]
        else:
            return None
    return found


def put_in(
    data: Mapping[str, Plain], key: str, value: Plain | None
) -> dict[str, Plain]:
    """Return data with the value at a dotted key set, or removed if it is None."""
    changed = put(dict(data), key.split("."), value)
    return changed if isinstance(changed, dict) else {}


def put(data: Plain | None, parts: list[str], value: Plain | None) -> Plain | None:
    """Return data with the value at a dotted key set, or removed if it is None.

    Lists and maps that are empty afterwards are removed, too.
    """
    if not parts:
        return value
    head, *rest = parts
    if isinstance(data, list) or (data is None and head.isdigit()):
        items: list[Plain | None] = [*(data or [])] if isinstance(data, list) else []
        index = int(head)
        old = items[index] if index < len(items) else None
        new = put(old, rest, value)
        gone = new is None or (value is None and new in ({}, []))
        # An index past the end appends: `items[9:10]` of a short list is its end.
        items[index : index + 1] = [] if gone else [new]
        return [item for item in items if item is not None]
    entries = dict(data) if isinstance(data, dict) else {}
    child = put(entries.get(head), rest, value)
    if child is None or (value is None and child in ({}, [])):
        entries.pop(head, None)
    else:
        entries[head] = child
    return entries
