from __future__ import annotations

import dataclasses
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guidegen.answers.contract import contract
from guidegen.answers.publish_contract import targets_shape
from guidegen.answers.read import read_answers
from guidegen.model.pack import CatalogueTopic, Pack, PageSpec
from guidegen.model.question import Question
from guidegen.pack.load import load_pack
from guidegen.schema.shapes import ListOf, Record, ScalarOr, Shape, TaggedUnion

ROOT = Path(__file__).parents[2]
GUIDELINE = (ROOT / "docs/reference/guideline-yml.md").read_text("utf-8")
PACKS = (ROOT / "docs/reference/template-pack.md").read_text("utf-8")
WORDING = (ROOT / "docs/how-to/change-wording.md").read_text("utf-8")


def _keys(shape: Shape, prefix: str = "") -> Iterator[str]:
    """Yield the keys as the reference names them: a list's are without their place."""
    if isinstance(shape, Record):
        for name, child in shape.fields.items():
            inner = list(_keys(child, f"{prefix}{name}."))
            yield from inner or [prefix + name]
    elif isinstance(shape, ListOf):
        yield from _keys(shape.item)
    elif isinstance(shape, ScalarOr):
        yield from _keys(shape.other)


def test_the_reference_names_every_key_of_the_file() -> None:
    keys = list(_keys(contract(load_pack("dell"))))

    assert len(keys) > 20
    assert [key for key in keys if f"| `{key}` |" not in GUIDELINE] == [
        "extra",
        "publish",
    ]
    assert "### extra" in GUIDELINE


def test_the_reference_names_every_setting_of_every_target() -> None:
    _, _, about = GUIDELINE.partition("### publish")

    union = targets_shape().item
    assert isinstance(union, TaggedUnion)
    for kind, record in union.records.items():
        assert f"| `{kind}` |" in about
        for name in record.fields:
            assert f"`{name}`" in about, (kind, name)


def test_the_reference_names_every_sector_country_and_role_of_the_pack() -> None:
    pack = load_pack("dell")

    for name in (*pack.sectors, *pack.countries, *pack.roles):
        assert f"`{name}`" in GUIDELINE, name


def test_the_example_of_the_reference_is_read_without_a_complaint(
    tmp_path: Path,
) -> None:
    found = re.search(r'```yaml title="guideline.yml"\n(.*?)```', GUIDELINE, re.DOTALL)
    assert found
    for name in ("logo.svg", "logo-dark.svg"):
        shutil.copy(ROOT / "guideline_templates/dell/demo/logo.svg", tmp_path / name)
    path = tmp_path / "guideline.yml"
    path.write_text(found[1], "utf-8")

    answers, pack = read_answers(path)

    assert answers.version.owner.get("de") == "Unternehmenskommunikation"
    assert pack.name == "dell"


def test_the_how_to_on_wording_names_the_sections_in_their_order() -> None:
    pack = load_pack("dell")
    named = re.findall(r"^ *\| `([a-z-]+)` \|", WORDING, re.MULTILINE)

    assert named == [section.id for page in pack.pages for section in page.sections]


@pytest.mark.parametrize("model", [CatalogueTopic, Pack, PageSpec, Question])
def test_the_reference_names_every_key_of_a_pack(model: type[Any]) -> None:
    # Files of their own, or how two spellings of a key are kept apart.
    elsewhere = {"folders", "text_folders", "catalogue", "questions", "labels"}
    elsewhere |= {"sector_specs", "country_specs", "names", "cards"}

    for field in dataclasses.fields(model):
        if field.name not in elsewhere | {"messages", "choices_from", "versions"}:
            assert f"`{field.name}`" in PACKS, field.name
