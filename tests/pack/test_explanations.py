"""Why the built-in texts are there: each has a reason, and no release keeps it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.wording import located

from guidegen.errors import PackError
from guidegen.model.explanation import Explanation
from guidegen.model.pack import Pack
from guidegen.model.project import Project
from guidegen.pack.explanations import FILE, read_explanations
from guidegen.pack.find import builtin_packs
from guidegen.pack.load import load_pack
from guidegen.pack.pin import keep_pack, pack_digest


@pytest.fixture(scope="module")
def dell() -> Pack:
    return load_pack("dell")


def test_every_section_and_level_of_the_pack_is_explained(dell: Pack) -> None:
    found = read_explanations(dell)

    assert {*found.sections} == {*dell.section_ids}
    assert {*found.levels} == {*dell.levels}


def test_every_law_that_is_named_is_known_with_its_source(dell: Pack) -> None:
    found = read_explanations(dell)
    explained = (*found.sections.values(), *found.levels.values())
    named = {law for each in explained for law in each.laws}
    named |= {law for topic in dell.catalogue.values() for law in topic.laws}

    assert named == {*found.laws}
    countries = {*dell.countries}
    assert all({*law.countries} <= countries for law in found.laws.values())


def test_what_comes_from_model_or_practice_names_a_source_and_its_status(
    dell: Pack,
) -> None:
    found = read_explanations(dell)

    def is_said(each: Explanation) -> bool:
        return bool(each.source and each.status) or bool(each.laws)

    assert [key for key, each in found.sections.items() if not is_said(each)] == [
        "abroad"
    ]
    for each in found.sections.values():
        assert bool(each.source) == bool(each.status)
        for language in ("de", "en"):
            assert each.why.find(language)


def test_the_page_on_the_model_says_where_each_section_comes_from(dell: Pack) -> None:
    page = (Path(__file__).parents[2] / "docs/explanation/dell-model.md").read_text()
    told = page.partition("## Which text comes from where")[2]

    assert [each for each in dell.section_ids if f"`{each}`" not in told] == []


@pytest.mark.slow
def test_it_is_no_text_that_a_project_is_pinned_to(dell: Pack, tmp_path: Path) -> None:
    record = keep_pack(dell, Project(tmp_path))

    assert not (tmp_path / "releases" / record.folder / FILE).exists()
    packs = tmp_path / "packs"
    shutil.copytree(builtin_packs() / "dell", packs)
    (packs / FILE).unlink()
    without = load_pack(packs)
    assert pack_digest(without) == pack_digest(dell)
    assert read_explanations(without).sections == {}


@pytest.mark.slow
def test_a_company_s_own_pack_explains_its_own_sections(
    dell: Pack, tmp_path: Path
) -> None:
    (tmp_path / "pack.yml").write_text("extends: dell\nname: own\nversion: 1.0.0\n")
    (tmp_path / FILE).write_text(
        "sections:\n  protect:\n    from: [practice]\n    why: Darum.\n"
    )

    found = read_explanations(load_pack(tmp_path))

    assert found.sections["protect"].why.get("de") == "Darum."
    assert found.sections["nice"] == read_explanations(dell).sections["nice"]


@pytest.mark.slow
def test_all_that_is_wrong_is_said_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "pack.yml").write_text("extends: dell\nname: own\nversion: 1.0.0\n")
    pack = load_pack(tmp_path)
    (tmp_path / FILE).write_text(
        "sections:\n  protect:\n    from: [rumour]\n    why: {de: Darum}\n"
    )

    with pytest.raises(PackError) as raised:
        read_explanations(pack)

    said = located(raised.value)
    assert f"{tmp_path / FILE}:3: sections.protect.from.0" in said[0]
    assert f"{tmp_path / FILE}:4: sections.protect.why" in said[1]
