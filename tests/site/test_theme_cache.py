from __future__ import annotations

import os
from pathlib import Path

import pytest

from guidegen.model.document import Document
from guidegen.site import Look, build_site

pytestmark = pytest.mark.slow


def test_a_template_that_was_edited_is_loaded_anew(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    footer = tmp_path / "own" / "partials" / "footer.html"
    footer.parent.mkdir(parents=True)
    look = Look(folders=(tmp_path / "own", *theme))
    for number, text in enumerate(("One", "Another")):
        footer.write_text(f"<footer>{text}</footer>")
        os.utime(footer, (number, number))

        build_site((german,), look=look, into=tmp_path / text)

        page = (tmp_path / text / "index.html").read_text("utf-8")
        assert f"<footer>{text}</footer>" in page


def test_a_template_that_a_pack_gets_or_loses_is_noticed_by_the_next_build(
    german: Document, theme: tuple[Path, ...], tmp_path: Path
) -> None:
    footer = tmp_path / "own" / "partials" / "footer.html"
    footer.parent.mkdir(parents=True)
    look = Look(folders=(tmp_path / "own", *theme))

    def footer_is_own(name: str) -> bool:
        build_site((german,), look=look, into=tmp_path / name)
        return "<footer>Own" in (tmp_path / name / "index.html").read_text("utf-8")

    assert not footer_is_own("before")
    footer.write_text("<footer>Own</footer>")
    assert footer_is_own("with")
    footer.unlink()
    assert not footer_is_own("after")
