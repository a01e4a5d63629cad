from __future__ import annotations

import re
from pathlib import Path

from guidegen.pack.load import load_pack

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^( *)```yaml\n(.*?)^ *```", re.DOTALL | re.MULTILINE)


def _blocks(page: str) -> list[str]:
    """Return the YAML on a page, without the indentation of the list it stands in."""
    text = (ROOT / "docs/how-to" / page).read_text("utf-8")
    return [
        "".join(line.removeprefix(indent) for line in yaml.splitlines(keepends=True))
        for indent, yaml in BLOCK.findall(text)
    ]


def test_the_how_to_on_packs_makes_a_pack_that_asks_its_own_question(
    tmp_path: Path,
) -> None:
    pack_yml, _, question = _blocks("own-pack.md")
    builtin = (ROOT / "guideline_templates/dell/questions.yml").read_text("utf-8")
    (tmp_path / "pack.yml").write_text(pack_yml, "utf-8")
    (tmp_path / "questions.yml").write_text(
        builtin + "".join(f"  {line}\n" for line in question.splitlines()), "utf-8"
    )

    pack = load_pack(tmp_path)

    assert pack.name == "acme-pack"
    assert pack.questions[-1].key == "extra.badge_color"
    assert pack.catalogue == load_pack("dell").catalogue
