"""Rules that are not all there, and leads that count them wrongly."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.samples import answers_with

from guidegen.compose.guideline import compose
from guidegen.compose.pages import without_rules
from guidegen.model.guideline import Guideline
from guidegen.pack.load import load_pack
from guidegen.render.document import render
from guidegen.render.rules import Gap, rule_gaps, wrong_count


@pytest.fixture(scope="module")
def guideline(tmp_path_factory: pytest.TempPathFactory) -> Guideline:
    folder = tmp_path_factory.mktemp("project")
    return compose(answers_with(folder), load_pack("dell"), "en")


def _with(guideline: Guideline, section: str, source: str) -> Guideline:
    return replace(
        guideline,
        pages=tuple(
            replace(
                page,
                sections=tuple(
                    replace(each, source=source, path=Path("own.md"))
                    if each.id == section
                    else each
                    for each in page.sections
                ),
            )
            for page in guideline.pages
        ),
    )


@pytest.mark.parametrize(
    ("source", "gap"),
    [
        ("", Gap.ALL),
        ("\n<!-- later -->\n{% if false %}## Law{% endif %}\n", Gap.ALL),
        ("## {{ rule.number }}. Law {: #law }\n", Gap.TEXT),
        ("Obey.\n", Gap.HEADING),
        ("## Law\n\nObey.\n", None),
        ("Law\n---\n\nObey.\n", None),
        ("<h2>Law</h2>\n\nObey.\n", None),
    ],
)
def test_a_rule_has_a_heading_and_a_text(
    source: str, gap: Gap | None, guideline: Guideline
) -> None:
    changed = _with(guideline, "law", source)

    found = rule_gaps(changed, render(changed))

    assert [(each.section, each.number, each.gap) for each in found] == (
        [("law", 3, gap)] if gap else []
    )


def test_the_text_counts_the_rules_that_are_there(guideline: Guideline) -> None:
    changed = without_rules(_with(guideline, "law", ""), {"law"})

    front = render(changed).pages[0].markdown

    assert "just four short rules" in front
    assert "## 3. Be responsible" in front
    assert "## 4. Be kind" in front


@pytest.mark.parametrize(
    ("lead", "said"),
    [
        ("Five short rules.", None),
        ("Our {{ rules.word }} rules.", None),
        ("5 rules and one rule.", None),
        ("Six short rules.", "Six"),
        ("Just 4 rules.", "4"),
    ],
)
def test_a_lead_that_counts_the_rules_itself_may_be_wrong(
    lead: str, said: str | None, guideline: Guideline
) -> None:
    changed = _with(guideline, "welcome", f"# Hello\n\n{lead}\n")

    found = wrong_count(changed, render(changed))

    assert (found and (found.said, found.count)) == (said and (said, 5))


def test_texts_that_number_their_rules_by_hand_are_not_counted(
    guideline: Guideline,
) -> None:
    rules = {each.id for page in guideline.pages for each in page.sections}
    changed = without_rules(_with(guideline, "welcome", "Six short rules.\n"), rules)

    assert wrong_count(changed, render(changed)) is None
