"""A new guideline.yml: it reads back as what was answered, and explains itself."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.answers.conftest import ANSWERS

from guidegen.answers.json_schema import json_schema
from guidegen.answers.new import create_answers, new_answers
from guidegen.answers.read import check_text, read_plain
from guidegen.errors import Problem, ProblemsError
from guidegen.model.question import Kind
from guidegen.pack.load import load_pack
from guidegen.schema.scalars import Refused, parse

PACK = load_pack("dell")
PATH = Path("guideline.yml")


def _is_text(text: str) -> bool:
    try:
        return parse(Kind.TEXT, text) == text
    except Refused:
        return False


TEXTS = st.text(min_size=1, max_size=60).filter(_is_text)
LOCAL = TEXTS | st.fixed_dictionaries({"de": TEXTS, "en": TEXTS})
ANY_ANSWERS = st.fixed_dictionaries(
    {
        "pack": st.just("dell"),
        "languages": st.sampled_from([["de"], ["en", "de"]]),
        "company": st.fixed_dictionaries(
            {"name": LOCAL, "sector": st.sampled_from([*PACK.sectors])},
            optional={
                "short_name": LOCAL,
                "countries": st.lists(
                    st.sampled_from([*PACK.countries]), unique=True, min_size=1
                ),
                "works_council": st.booleans(),
            },
        ),
        "contacts": st.tuples(
            st.fixed_dictionaries(
                {"name": LOCAL, "email": st.just("a@x.example")},
                optional={"role": LOCAL, "phone": st.just("0401234567")},
            )
        ).map(list),
        "taboo_topics": st.lists(
            st.sampled_from([*PACK.catalogue]), unique=True, min_size=1
        ),
        "version": st.fixed_dictionaries(
            {
                "owner": TEXTS,
                "valid_from": st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31)),
            }
        ),
    }
)


@pytest.mark.slow
@settings(deadline=None)
@given(values=ANY_ANSWERS, language=st.sampled_from(["de", "en"]))
def test_answers_read_back_as_they_were_given(
    values: dict[str, Any], language: str
) -> None:
    text = new_answers(values, PACK, language)

    assert check_text(text, PATH, pack=PACK).data == {"format": 1, **values}


def test_a_complete_file_written_anew_says_the_same() -> None:
    data = check_text(ANSWERS, PATH, pack=PACK).data

    text = new_answers(data, PACK, "de")

    assert check_text(text, PATH, pack=PACK).data == data
    assert text.startswith("# yaml-language-server: $schema=.guidegen/guideline.schema")
    assert "  # Wie heißt Ihr Unternehmen oder Ihre Einrichtung?\n" in text
    assert "# (du | sie)\naddress: du\n" in text
    assert all(len(line) <= 88 or ": " in line for line in text.splitlines())


def test_what_was_not_answered_stands_there_as_an_example() -> None:
    data = check_text(ANSWERS, PATH, pack=PACK).data

    text = new_answers(data, PACK, "en")

    assert "  # training: https://learn.nordlicht.example/social-media\n" in text
    uncommented = text.replace("# brand:", "brand:").replace("#   color", "  color")
    assert check_text(uncommented, PATH, pack=PACK).data["brand"] == {
        "color": "#0b5fa5"
    }


def test_everything_not_answered_can_be_uncommented_line_by_line() -> None:
    given = dict(check_text(ANSWERS, PATH, pack=PACK).data)
    del given["links"]
    given["company"] = {"name": "Nordlicht", "sector": "other"}
    given["version"] = {"owner": "Jana", "valid_from": "2027-01-01"}

    text = new_answers(given, PACK, "de")

    group = text[text.index("# links:") : text.index("\n\n", text.index("# links:"))]
    assert "#   # Wo steht Ihr Verhaltenskodex (Code of Conduct)?\n" in group
    whole = text.replace(group, re.sub("(?m)^# ", "", group))
    whole = whole.replace("# works_council", "works_council")
    whole = whole.replace("# review_months", "review_months")
    read: dict[str, Any] = dict(check_text(whole, PATH, pack=PACK).data)
    assert read["links"]["training"] == "https://lernen.nordlicht.example/social-media"
    assert read["company"]["works_council"] == "betriebsrat"
    assert read["version"]["review_months"] == 12
    assert "review_months: 12\n" in text


def test_a_project_is_created_with_schema_and_ignored_folders(tmp_path: Path) -> None:
    data = check_text(ANSWERS, PATH, pack=PACK).data
    (tmp_path / ".gitignore").write_text("node_modules\nsite/", encoding="utf-8")
    logo = tmp_path / "pictures" / "logo.svg"
    logo.parent.mkdir()
    logo.write_text("<svg/>", encoding="utf-8")

    create_answers(
        tmp_path / "guideline.yml",
        {**data, "brand": {"logo": "logo.svg"}},
        PACK,
        language="en",
        files={"logo.svg": logo},
    )

    assert read_plain(tmp_path / "guideline.yml").data["brand"] == {"logo": "logo.svg"}
    schema = tmp_path / ".guidegen" / "guideline.schema.json"
    assert json.loads(schema.read_text(encoding="utf-8")) == json_schema(PACK, "en")
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == (
        "node_modules\nsite/\n/.guidegen/\n"
    )


def test_wrong_answers_create_nothing(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError):
        create_answers(tmp_path / "guideline.yml", {}, PACK, language="en")

    assert not [*tmp_path.iterdir()]


def problems_of(path: Path) -> tuple[Problem, ...]:
    """Return what is wrong with a file of answers."""
    try:
        read_plain(path)
    except ProblemsError as error:
        return error.problems
    return ()


@pytest.mark.parametrize(
    ("content", "type_", "message"),
    [
        (None, "svg", "value-file-missing"),
        (b"x", "gif", "value-file-type"),
        (b"x" * 1_000_001, "png", "value-file-size"),
        (b"\xff\xd8\xff\xe0", "png", "value-file-content"),
        (b"<html></html>", "svg", "value-file-content"),
    ],
)
def test_a_logo_must_be_there_and_of_use(
    write: Callable[[str | bytes], Path],
    content: bytes | None,
    type_: str,
    message: str,
) -> None:
    path = write(f"{ANSWERS}brand:\n  logo: logo.{type_}\n")
    if content is not None:
        (path.parent / f"logo.{type_}").write_bytes(content)

    with pytest.raises(ProblemsError) as raised:
        read_plain(path)

    assert [problem.message for problem in raised.value.problems] == [message]


@pytest.mark.parametrize(
    ("brand", "messages"),
    [
        ("logo: logo.svg\n  logo_dark: logo.svg", []),
        ("logo: logo.svg\n  logo_dark: ../logo.svg", ["value-file-outside"]),
        ("logo_dark: logo.svg", ["answers-logo-dark"]),
        # What was refused is there after all.
        ("logo: none.svg\n  logo_dark: logo.svg", ["value-file-missing"]),
    ],
)
def test_a_logo_for_dark_backgrounds_goes_with_one_for_light_ones(
    write: Callable[[str | bytes], Path], brand: str, messages: list[str]
) -> None:
    path = write(f"{ANSWERS}brand:\n  {brand}\n")
    (path.parent / "logo.svg").write_text("<svg/>", encoding="utf-8")

    assert [problem.message for problem in problems_of(path)] == messages


def test_the_schema_names_choices_and_explains() -> None:
    schema = json_schema(PACK, "de")

    assert schema["required"] == [
        "languages",
        "company",
        "contacts",
        "taboo_topics",
        "version",
    ]
    properties = schema["properties"]
    assert properties["company"]["properties"]["sector"]["enum"] == [*PACK.sectors]
    assert properties["address"]["description"].startswith("Welche Anrede")
    topic, own = properties["taboo_topics"]["items"]["anyOf"]
    assert "mergers" in topic["enum"]
    assert {"required": ["id"]} in own["anyOf"]
    assert properties["version"]["properties"]["review_months"]["maximum"] == 60
    email = properties["contacts"]["items"]["properties"]["email"]
    one, _ = email["anyOf"]
    assert (one["format"], email["description"]) == ("email", "E-Mail")
