from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import pytest

from guidegen.model.json_records import (
    LARGEST,
    LEFT_OUT,
    NOT_IN_FILE,
    Data,
    canonical,
    entries,
    from_json,
    listed_by,
    named,
    parsed_json,
    read_record,
    to_json,
)
from guidegen.model.text import LocalText


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def short(text: str) -> str:
    if len(text) > 3:
        raise ValueError(text)
    return text


@dataclass(frozen=True, kw_only=True)
class Page:
    id: Annotated[str, short]
    shown: bool = field(default=True, metadata=LEFT_OUT)


@dataclass(frozen=True, kw_only=True)
class Record:
    folder: Path = field(metadata=NOT_IN_FILE)
    day: dt.date
    moment: dt.datetime
    colour: Colour
    size: Literal["small", "large"]
    note: LocalText | None
    values: Mapping[str, str | LocalText]
    pages: Mapping[str, Page] = field(metadata=listed_by("id"))
    data: Data = field(metadata=named("answers"))
    gaps: tuple[Page | None, ...] = ()


RECORD = Record(
    folder=Path("here"),
    day=dt.date(2027, 1, 2),
    moment=dt.datetime(2027, 1, 2, 12, tzinfo=dt.UTC),
    colour=Colour.BLUE,
    size="large",
    note=LocalText.of({"de": "Ja", "en": "Yes"}),
    values={"a": "b", "c": LocalText.of({"de": "d"})},
    pages={"one": Page(id="one"), "two": Page(id="two", shown=False)},
    data={"deep": [{"er": None}]},
    gaps=(None, Page(id="gap")),
)
TEXT: dict[str, object] = {
    "day": "2027-01-02",
    "moment": "2027-01-02T12:00:00+00:00",
    "colour": "blue",
    "size": "large",
    "note": {"de": "Ja", "en": "Yes"},
    "values": {"a": "b", "c": {"de": "d"}},
    "pages": [{"id": "one"}, {"id": "two", "shown": False}],
    "answers": {"deep": [{"er": None}]},
    "gaps": [None, {"id": "gap"}],
}


def test_a_record_is_written_as_plain_data_and_read_back() -> None:
    data = json.loads(canonical(entries(RECORD)))

    assert data == TEXT
    assert from_json(Record, data, folder=Path("here")) == RECORD


def test_records_in_a_list_are_written_and_read_back() -> None:
    pages = (Page(id="a"), Page(id="b", shown=False))

    assert to_json(pages) == [{"id": "a"}, {"id": "b", "shown": False}]
    assert from_json(tuple[Page, ...], to_json(pages)) == pages


def test_what_has_a_default_may_be_missing_and_unknown_keys_are_ignored() -> None:
    data = {**TEXT, "newer": 1}
    del data["gaps"]

    assert from_json(Record, data, folder=Path()).gaps == ()


@pytest.mark.parametrize("key", ["day", "moment", "colour", "note", "pages", "answers"])
def test_what_has_no_default_may_not_be_missing(key: str) -> None:
    data = {name: value for name, value in TEXT.items() if name != key}

    with pytest.raises(ValueError, match=key):
        from_json(Record, data, folder=Path())


@pytest.mark.parametrize("key", list(TEXT))
@pytest.mark.parametrize("value", [7, True, "../..", {"a": 7}, [[]], [None, 1], 1.5])
def test_what_does_not_fit_is_refused(key: str, value: object) -> None:
    if key == "answers" and isinstance(value, dict):
        return  # any object is good there

    with pytest.raises(ValueError):  # noqa: PT011  # the text names what it was
        from_json(Record, {**TEXT, key: value}, folder=Path())


def test_json_that_is_nested_too_deeply_is_refused_as_what_is_none() -> None:
    assert parsed_json(b'{"a": [1]}') == {"a": [1]}
    for text in ("[" * 100_000, '{"a":' * 100_000, "{"):
        with pytest.raises(ValueError, match=r"depth|Expecting"):
            parsed_json(text)


@pytest.mark.slow
def test_what_is_larger_than_any_record_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "release.json"
    path.write_bytes(b"{}")
    assert read_record(path) == b"{}"
    with path.open("r+b") as file:
        file.truncate(LARGEST + 1)

    with pytest.raises(ValueError, match="size"):
        read_record(path)
    with pytest.raises(ValueError, match="size"):
        parsed_json(b" " * (LARGEST + 1))


def test_a_check_of_a_field_is_made() -> None:
    with pytest.raises(ValueError, match="four"):
        from_json(Page, {"id": "four"})
