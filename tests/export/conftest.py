"""A sample company's pages, and the packs' look."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.export.pages import NEWS

from guidegen.answers.read import read_answers
from guidegen.model.document import Document
from guidegen.pack.load import load_pack
from guidegen.pipeline.working_copy import compose_documents

SCENARIO = Path(__file__).parents[1] / "scenarios" / "listed"


@pytest.fixture(autouse=True)
def _own_cache(own_cache: None) -> None:
    """Compose with a cache of the tests' own."""


@pytest.fixture(scope="session")
def documents(cache_home: Path) -> dict[str, Document]:
    """The documents of a company by language, as drafts with news."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_CACHE_HOME", str(cache_home))
        answers, pack = read_answers(SCENARIO / "guideline.yml")
        composed = compose_documents(answers, pack)
    return {
        each.language: replace(each, running_texts={**each.running_texts, "news": NEWS})
        for each in composed
    }


@pytest.fixture(scope="session")
def look() -> list[Path]:
    """The built-in pack's folder of exports."""
    return [folder / "export" for folder in load_pack("dell").folders]
