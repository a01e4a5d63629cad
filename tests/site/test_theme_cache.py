from __future__ import annotations

import os
from pathlib import Path

import pytest

from guidegen.model.document import Document
from guidegen.site import Look, build_site

pytestmark = pytest.mark.slow


@pytest.fixture
def footer(tmp_path: Path) -> Path:
    """Return where a pack of its own may have a template of the theme."""
    path = tmp_path / "own" / "partials" / "footer.html"
    path.parent.mkdir(parents=True)
    return path


@pytest.fixture
def look(footer: Path, theme: tuple[Path, ...]) -> Look:
    """Return the look of that pack."""
    return Look(folders=(footer.parents[1], *theme))


def test_a_template_that_was_edited_is_loaded_anew(
    german: Document, look: Look, footer: Path, tmp_path: Path
) -> None:
    for number, text in enumerate(("One", "Another")):
        footer.write_text(f"<footer>{text}</footer>")
        os.utime(footer, (number, number))

        build_site((german,), look=look, into=tmp_path / text)

        page = (tmp_path / text / "index.html").read_text("utf-8")
        assert f"<footer>{text}</footer>" in page


def test_a_template_that_a_pack_gets_or_loses_is_noticed_by_the_next_build(
    german: Document, look: Look, footer: Path, tmp_path: Path
) -> None:
    def footer_is_own(name: str) -> bool:
        build_site((german,), look=look, into=tmp_path / name)
        return "<footer>Own" in (tmp_path / name / "index.html").read_text("utf-8")

    assert not footer_is_own("before")
    footer.write_text("<footer>Own</footer>")
    assert footer_is_own("with")
    footer.unlink()
    assert not footer_is_own("after")
