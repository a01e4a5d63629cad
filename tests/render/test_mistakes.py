from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.samples import answers_with
from tests.wording import hint_of, text_of

from guidegen.compose.guideline import compose
from guidegen.errors import RenderError
from guidegen.model.guideline import Guideline
from guidegen.pack.load import load_pack
from guidegen.render.document import render


@pytest.fixture
def guideline(tmp_path: Path) -> Guideline:
    return compose(answers_with(tmp_path, "Wort"), load_pack("dell"), "de")


def mistake(guideline: Guideline, *templates: str) -> RenderError:
    """Return what rendering sections with these templates ends in."""
    page = guideline.pages[0]
    sections = tuple(
        replace(section, source=template)
        for section, template in zip(page.sections, templates, strict=False)
    )
    with pytest.raises(RenderError) as caught:
        render(replace(guideline, pages=(replace(page, sections=sections),)))
    return caught.value


@pytest.mark.parametrize(
    ("template", "german", "hint"),
    [
        ("{{ compny }}", "den Namen „compny“ gibt es hier nicht (", "Template packs"),
        ("{{ company.nam }}", "eine Angabe „nam“ gibt es hier nicht", "Template packs"),
        ("{{ contacts[7] }}", "die Liste hat keinen Eintrag 7", "beginnt bei 0"),
        ("{{ links.training }}", "diese Angabe wurde nicht gemacht", "{% if … %}"),
        ("{{ 'a' + 'b' }}", "„+“ rechnet nur mit ganzen Zahlen", "mit ~"),
        (
            "{{ 'x:y' | link('x') }}",
            "„x:y“ ist weder die Adresse einer Seite",
            "https://",
        ),
        ("{% if %}", "eine Anweisung in diesem Abschnitt ist fehlerhaft (", "Klammern"),
    ],
)
def test_a_mistake_is_said_in_german_with_what_to_do(
    guideline: Guideline, template: str, german: str, hint: str
) -> None:
    error = mistake(guideline, template)

    assert text_of(error, "de").startswith(german)
    assert hint in str(_hint(error))


def _hint(error: RenderError) -> str | None:
    english, german = hint_of(error), _german(error)
    assert english
    assert english != german
    return german


def _german(error: RenderError) -> str:
    problem = error.problem
    hint = replace(problem, message=problem.hint or f"{problem.message}-hint")
    return text_of(RenderError.of(replace(hint, detail=None)), "de")


@pytest.mark.parametrize("template", ["\n\n{{ compny }}", "\n\n{% if %}"])
def test_a_mistake_in_an_included_section_names_that_ones_file(
    guideline: Guideline, template: str
) -> None:
    first, second, *_ = guideline.pages[0].sections

    error = mistake(guideline, f"{{% include '{second.id}' %}}", template)

    assert first.path != second.path
    assert (error.path, error.line) == (second.path, 3)
