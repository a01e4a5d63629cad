"""What is worked out once is what doing so in each of Typst's rounds would give."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.pdf.conftest import TEMPLATE, TypesetOnce
from tests.samples import COMPANIES, SCENARIOS

import guidegen
from guidegen.answers.read import read_answers
from guidegen.pdf.build import build_pdf
from guidegen.pipeline.working_copy import compose_documents

pytestmark = pytest.mark.slow

FINDS_PLAN = "#let found-plan(name) = {\n"
WAITS_FOR_LINKS = "#let are-known(labels) = "


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the template without plans: each round measures all, whatever it knows.

    As one of guidegen's own, which needs no process of its own for each document.
    """
    packs = tmp_path_factory.mktemp("packs")
    folder = packs / "impatient" / "pdf"
    shutil.copytree(TEMPLATE, folder)
    plan = folder / "plan.typ"
    text = plan.read_text(encoding="utf-8")
    assert FINDS_PLAN in text
    assert WAITS_FOR_LINKS in text
    text = text.replace(FINDS_PLAN, FINDS_PLAN + "  return none\n")
    text = text.replace(WAITS_FOR_LINKS, WAITS_FOR_LINKS + "true or ")
    plan.write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("guidegen.TEMPLATE_PACKS", (*guidegen.TEMPLATE_PACKS, packs))
        yield folder


@pytest.mark.parametrize("name", COMPANIES)
def test_a_plan_is_as_good_as_measuring_in_each_round(
    name: str, impatient: Path, typeset_once: TypesetOnce, tmp_path: Path
) -> None:
    answers, pack = read_answers(SCENARIOS / name / "guideline.yml")
    documents = compose_documents(answers, pack)
    planned = typeset_once(name, documents)
    for document in documents:
        measured = tmp_path / "measured.pdf"

        assert build_pdf(document, template=impatient, into=measured) == ()

        assert planned[document.language].read_bytes() == measured.read_bytes()
