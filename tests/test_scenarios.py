"""What the sample companies' pages say, whole; `pytest --rewrite` writes it anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.samples import COMPANIES, NAMES, SCENARIOS

from guidegen.answers.read import read_answers
from guidegen.model.document import Document
from guidegen.pipeline.working_copy import compose_documents


def _documents(name: str) -> list[Document]:
    answers, pack = read_answers(SCENARIOS / name / "guideline.yml")
    return compose_documents(answers, pack)


def _written(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.md"))
    }


def _rewrite(folder: Path, pages: dict[str, str]) -> None:
    for name in _written(folder).keys() - pages.keys():
        (folder / name).unlink()
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


@pytest.mark.parametrize("name", [*COMPANIES, *NAMES])
def test_a_sample_company_s_pages_say_what_they_should(
    name: str, pytestconfig: pytest.Config
) -> None:
    expected = SCENARIOS / name / "expected"
    pages = {
        f"{document.language}/{page.id}.md": page.markdown
        for document in _documents(name)
        for page in document.pages
    }
    if pytestconfig.getoption("rewrite"):
        _rewrite(expected, pages)

    assert pages == _written(expected)


@pytest.mark.parametrize("name", [*COMPANIES, *NAMES])
def test_a_sample_company_s_pages_have_nothing_left_over(name: str) -> None:
    for document in _documents(name):
        for page in document.pages:
            assert not re.search(r"\{\{|\}\}|\{%|%\}|\{#|#\}", page.markdown)
            assert "{company}" not in page.markdown
            assert "None" not in page.markdown
            assert page.markdown.startswith("# ")
            assert len(re.findall(r"^# ", page.markdown, re.MULTILINE)) == 1
            assert page.title
