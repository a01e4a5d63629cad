"""The manual has the colours of the guidelines that guidegen makes."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

from guidegen.colour import QUIET_TEXT, TEXT, colours

SHEET = Path(__file__).parents[2] / "docs" / "assets" / "manual.css"


def test_the_manual_s_colours_are_those_of_a_company_that_named_none() -> None:
    text = SHEET.read_text("utf-8")
    said = dict(re.findall(r"--gg-([\w-]+): (#\w+);", text.partition("}")[0]))
    roles = {
        key.replace("_", "-"): value for key, value in asdict(colours(None)).items()
    }

    assert said
    assert said == {key: roles[key] for key in said}
    for name, both in (("text", TEXT), ("muted", QUIET_TEXT)):
        assert tuple(re.findall(rf"--gg-{name}: (#\w+);", text)) == both
