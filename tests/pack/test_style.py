from __future__ import annotations

from pathlib import Path

from guidegen.colour import brand_css
from guidegen.pack.find import builtin_packs
from guidegen.pack.style import SHEETS, page_style


def test_a_page_that_stands_alone_has_colours_ground_and_the_site_s_look() -> None:
    style = page_style([builtin_packs() / "dell"], "#7a1026")
    sheets = [(builtin_packs() / "dell" / name).read_text("utf-8") for name in SHEETS]

    assert style == "\n".join((brand_css("#7a1026"), *sheets))


def test_a_company_s_own_style_sheet_of_the_site_counts(tmp_path: Path) -> None:
    own = tmp_path / "site" / "assets" / "guidegen" / "site.css"
    own.parent.mkdir(parents=True)
    own.write_text(".gg-card { color: #123456 }", "utf-8")

    style = page_style([tmp_path, builtin_packs() / "dell"], None)

    assert style.endswith(".gg-card { color: #123456 }")
    assert ".md-skip:focus" in style
