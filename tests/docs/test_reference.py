from __future__ import annotations

import re
from pathlib import Path

import yaml

from guidegen.pack import load_pack

ROOT = Path(__file__).parents[2]
GUIDELINE = (ROOT / "docs/reference/guideline-yml.md").read_text("utf-8")
WORDING = (ROOT / "docs/how-to/change-wording.md").read_text("utf-8")


def _example() -> str:
    found = re.search(r'```yaml title="guideline.yml"\n(.*?)```', GUIDELINE, re.DOTALL)
    assert found
    return found[1]


def test_the_reference_names_every_sector_country_role_and_link_of_the_pack() -> None:
    pack = load_pack("dell")

    for name in (*pack.sectors, *pack.countries, *pack.roles):
        assert f"`{name}`" in GUIDELINE, name
    for name in pack.links:
        assert f"`links.{name}`" in GUIDELINE, name


def test_the_how_to_on_wording_names_the_sections_in_their_order() -> None:
    pack = load_pack("dell")
    named = re.findall(r"^ *\| `([a-z-]+)` \|", WORDING, re.MULTILINE)

    assert named == [section.id for page in pack.pages for section in page.sections]


def test_the_reference_explains_every_key_of_its_example() -> None:
    data = yaml.safe_load(_example())

    for key, value in data.items():
        if isinstance(value, dict):
            for inner in value:
                assert f"`{key}.{inner}`" in GUIDELINE, (key, inner)
        else:
            assert f"`{key}`" in GUIDELINE or f"### {key}" in GUIDELINE, key
