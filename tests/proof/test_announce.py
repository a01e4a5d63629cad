"""Programs of others read what goes out: a reader of codes, and Teams' own library."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from tests.announce.kits import HOSTILE, SAMPLES, STEPS, documents_of, hostile, kits
from tests.pdf.reading import broken_rules

from guidegen.announce import SHEETS, Kit, sheet
from guidegen.announce.qr_code import qr_code
from guidegen.announce.teams import teams_card
from guidegen.model.document import Document
from guidegen.pack.find import builtin_packs
from guidegen.pdf.sheets import prepare_sheet

pytestmark = [pytest.mark.slow, pytest.mark.proof]

TEMPLATE = builtin_packs() / "dell" / "announce"
DOTS = {"poster-a3.pdf": 100, "card.pdf": 300}
"""Dots to an inch, as a phone's camera sees the sheet; 150 where none are named."""
CARD = (20 / 210, 11 / 297, 105 / 210, 66 / 297)
"""The first of ten cards, in parts of its sheet."""

_PROGRAM = Path(__file__).with_name("adaptive_cards.js")


def _typeset(kit: Kit, document: Document, name: str, into: Path) -> Path:
    code = qr_code(kit.links.front)
    content = {**sheet(kit), "modules": code.modules}
    with prepare_sheet(
        document,
        content,
        template=TEMPLATE,
        main=SHEETS[name],
        code=code.picture,
    ) as made:
        path = into / name
        path.write_bytes(made()[0])
    return path


def _picture(path: Path) -> Path:
    """Return the page with the code as a picture."""
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[len(pdf) - 1]
        shown = page.render(scale=DOTS.get(path.name, 150) / 72).to_pil()
    if path.name == "card.pdf":
        sides = (shown.width, shown.height) * 2
        shown = shown.crop(
            [part * side for part, side in zip(CARD, sides, strict=True)]
        )
    picture = path.with_suffix(".png")
    shown.save(picture)
    return picture


@pytest.mark.parametrize("company", SAMPLES)
def test_every_sheet_is_valid_and_its_code_opens_the_address(
    tmp_path: Path, company: str
) -> None:
    document, kit = documents_of(company)[-1], kits(company, "major")[-1]
    for name in SHEETS:
        path = _typeset(kit, document, name, tmp_path)
        assert broken_rules(path, "ua1") == []
        assert broken_rules(path, "2a") == []
        picture = _picture(path)
        done = subprocess.run(  # noqa: S603  # our own command line
            ("zbarimg", "--quiet", "--raw", picture),  # noqa: S607
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.stdout.splitlines() == [kit.links.front], name


def test_the_library_of_adaptive_cards_reads_each_card_without_a_warning(
    npm: Path, tmp_path: Path
) -> None:
    told = [kit for name in SAMPLES for step in STEPS for kit in kits(name, step)]
    told += [hostile(kits("listed", "first")[0], text) for text in HOSTILE]
    cards = [teams_card(kit) for kit in told]
    path = tmp_path / "cards.json"
    path.write_text(json.dumps(cards), encoding="utf-8")
    done = subprocess.run(  # noqa: S603  # our own command line
        ("node", _PROGRAM, path),  # noqa: S607
        env={**os.environ, "NODE_PATH": str(npm)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr

    for kit, found in zip(told, json.loads(done.stdout), strict=True):
        assert found["events"] == []
        assert len(found["elements"]) >= 4
        assert set(found["elements"]) == {"RichTextBlock"}
        assert found["urls"][0] == kit.links.front
