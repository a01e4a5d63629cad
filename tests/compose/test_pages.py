from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.samples import answers_with
from tests.wording import raises

from guidegen.compose.guideline import compose
from guidegen.compose.unused import unused_sections
from guidegen.errors import AnswersError
from guidegen.model.answers import Answers, SectionAnswer
from guidegen.model.guideline import Guideline
from guidegen.model.pack import Pack
from guidegen.pack.load import load_pack
from guidegen.render.document import render


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("dell")


@pytest.fixture
def answers(tmp_path: Path) -> Answers:
    return answers_with(tmp_path)


def _write(answers: Answers, name: str, text: str) -> Path:
    path = answers.folder / "sections" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _with(answers: Answers, *sections: SectionAnswer) -> Answers:
    return replace(answers, sections=sections)


def _ids(guideline: Guideline, page: str) -> list[str]:
    return [
        section.id
        for each in guideline.pages
        if each.id == page
        for section in each.sections
    ]


def _markdown(guideline: Guideline, page: str) -> str:
    return next(each.markdown for each in render(guideline).pages if each.id == page)


def test_the_rules_are_numbered_and_counted(answers: Answers, pack: Pack) -> None:
    guideline = compose(answers, pack, "de")

    numbers = {each.id: each.number for each in guideline.pages[0].sections}
    assert numbers["welcome"] is None
    assert [each for each in numbers.values() if each] == [1, 2, 3, 4, 5]
    assert "## 5. " in _markdown(guideline, "index")
    assert "fünf" in _markdown(guideline, "index")


def test_rules_are_told_by_their_headings_where_a_pack_does_not_say(
    answers: Answers, pack: Pack
) -> None:
    older = tuple(
        replace(
            page,
            sections=tuple(replace(each, placement=None) for each in page.sections),
        )
        for page in pack.pages
    )

    guideline = compose(answers, replace(pack, pages=older), "de")

    assert _markdown(guideline, "index") == _markdown(
        compose(answers, pack, "de"), "index"
    )


def test_the_page_for_details_is_there_only_with_a_section(
    answers: Answers, pack: Pack
) -> None:
    chosen = _with(answers, SectionAnswer(id="crisis"), SectionAnswer(id="scope"))

    assert "details" not in [page.id for page in compose(answers, pack, "de").pages]
    assert _ids(compose(chosen, pack, "de"), "details") == ["crisis", "scope"]
    text = _markdown(compose(chosen, pack, "de"), "details")
    assert text.startswith("# Gut zu wissen\n\n## ")
    assert "{: #crisis }" in text


def test_what_the_pack_has_on_that_page_stands_last(
    answers: Answers, pack: Pack
) -> None:
    company = replace(answers.company, countries=("DE", "US"))
    both = replace(_with(answers, SectionAnswer(id="crisis")), company=company)

    assert _ids(compose(both, pack, "de"), "details") == ["crisis", "abroad"]


def test_a_section_can_be_a_rule_or_help_or_follow_another(
    answers: Answers, pack: Pack
) -> None:
    chosen = _with(
        answers,
        SectionAnswer(id="crisis", placement="rule"),
        SectionAnswer(id="scope", placement="help"),
        SectionAnswer(id="leaving", after="account"),
        SectionAnswer(id="accounts", after="account"),
        SectionAnswer(id="elections", after="harassment"),
        SectionAnswer(id="harassment", after="law", placement="rule"),
    )

    guideline = compose(chosen, pack, "de")

    ids = _ids(guideline, "index")
    assert ids[ids.index("nice") + 1] == "crisis"
    assert ids[ids.index("mistakes") + 1] == "scope"
    at = ids.index("account")
    assert ids[at : at + 3] == ["account", "leaving", "accounts"]
    at = ids.index("law")
    assert ids[at : at + 3] == ["law", "harassment", "elections"]
    text = _markdown(guideline, "index")
    assert "## 4. " in text
    assert "## 7. Krise" in text
    assert "sieben" in text


def test_sections_that_follow_each_other_are_there_all_the_same(
    answers: Answers, pack: Pack
) -> None:
    circle = _with(
        answers,
        SectionAnswer(id="crisis", after="scope"),
        SectionAnswer(id="scope", after="crisis"),
    )

    assert sorted(_ids(compose(circle, pack, "de"), "details")) == ["crisis", "scope"]


def test_a_section_of_the_company_s_own_needs_only_a_text(
    answers: Answers, pack: Pack
) -> None:
    _write(answers, "de/dress-code.md", "# Kleidung\n\n{{ company.dative }}: frei.\n")
    _write(answers, "en/dress-code.md", "## Dress code {: .quiet }\n\nWear anything.\n")
    chosen = _with(answers, SectionAnswer(id="dress-code"))

    german = _markdown(compose(chosen, pack, "de"), "details")
    english = _markdown(compose(chosen, pack, "en"), "details")

    assert german == (
        "# Gut zu wissen\n\n## Kleidung {: #dress-code }\n\nNordlicht: frei.\n"
    )
    assert "## Dress code {: #dress-code .quiet }" in english


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("# Kleidung", "## 6. Kleidung {: #dress-code }"),
        ("## Kleidung {: #kleidung }", "## 6. Kleidung {: #kleidung }"),
        ("## 6. Kleidung", "## 6. Kleidung {: #dress-code }"),
        (
            "## {{ rule.number }}. Kleidung {: #dress-code }",
            "## 6. Kleidung {: #dress-code }",
        ),
        ("### Kleidung", "### 6. Kleidung {: #dress-code }"),
    ],
)
def test_its_heading_gets_number_and_id_unless_it_has_them(
    heading: str, expected: str, answers: Answers, pack: Pack
) -> None:
    _write(answers, "de/dress-code.md", f"{heading}\n\nFrei.\n")
    rule = _with(answers, SectionAnswer(id="dress-code", placement="rule"))

    assert f"\n{expected}\n" in _markdown(compose(rule, pack, "de"), "index")


@pytest.mark.parametrize(
    "before",
    [
        "{# For authors:\n# not this\n#}",
        "<!--\n# Nor this\n-->",
        "```\n# Nor code\n```",
        "~~~~ sh\n# ~~~\n~~~~",
    ],
)
def test_a_heading_in_a_comment_or_in_code_is_none(
    before: str, answers: Answers, pack: Pack
) -> None:
    text = f"{before}\n\n#Kleidung\n\nFrei.\n"
    _write(answers, "de/dress-code.md", text)
    rule = _with(answers, SectionAnswer(id="dress-code", placement="rule"))

    (section,) = (
        section
        for page in compose(rule, pack, "de").pages
        for section in page.sections
        if section.id == "dress-code"
    )

    number = "{{ rule.number }}. "
    assert section.source == text.replace(
        "#Kleidung", f"## {number}Kleidung {{: #dress-code }}"
    )


def test_a_page_keeps_one_heading_of_the_first_level(
    answers: Answers, pack: Pack
) -> None:
    _write(answers, "de/dress-code.md", "# A\n\n# B\n\n#C\n\n## D\n")
    chosen = _with(answers, SectionAnswer(id="dress-code"))

    page = _markdown(compose(chosen, pack, "de"), "details")

    assert page == ("# Gut zu wissen\n\n## A {: #dress-code }\n\n## B\n\n##C\n\n## D\n")


def test_a_section_without_a_text_names_the_file_to_write(
    answers: Answers, pack: Pack
) -> None:
    formal = replace(_with(answers, SectionAnswer(id="dress-code")), address="sie")

    with raises(AnswersError, match=r"in sections/de/dress-code\.md") as caught:
        compose(formal, pack, "de")

    assert caught.value.path == answers.folder / "sections" / "de" / "dress-code.md"


def test_a_section_without_a_heading_says_so(answers: Answers, pack: Pack) -> None:
    path = _write(answers, "de/dress-code.md", "Frei.\n")

    with raises(AnswersError, match="has no heading") as caught:
        compose(_with(answers, SectionAnswer(id="dress-code")), pack, "de")

    assert caught.value.path == path


def test_what_cannot_be_placed_says_why(answers: Answers, pack: Pack) -> None:
    with raises(AnswersError, match="“lwa”, which does not exist"):
        compose(_with(answers, SectionAnswer(id="crisis", after="lwa")), pack, "de")
    with raises(AnswersError, match="every guideline has the section “law”"):
        compose(_with(answers, SectionAnswer(id="law")), pack, "de")


def test_texts_can_link_to_a_section_wherever_it_stands(
    answers: Answers, pack: Pack
) -> None:
    here = _with(answers, SectionAnswer(id="crisis"))
    there = _with(answers, SectionAnswer(id="crisis", placement="help"))
    _write(answers, "de/employer-reviews.md", "## Sterne {: #stars }\n\nNur zu.\n")
    own = _with(answers, SectionAnswer(id="employer-reviews"))

    assert compose(answers, pack, "de").parts["crisis"] is None
    assert compose(here, pack, "de").parts["crisis"] == "details.md#crisis"
    assert compose(there, pack, "de").parts["crisis"] == "index.md#crisis"
    assert compose(own, pack, "de").parts["employer-reviews"] == "details.md#stars"


def test_an_own_text_is_used_if_its_section_is_placed(
    answers: Answers, pack: Pack
) -> None:
    _write(answers, "de/crisis.md", "## Krise\n\nRuhig.\n")

    assert [note.values["file"] for note in unused_sections(answers, pack)] == [
        "sections/de/crisis.md"
    ]
    assert unused_sections(_with(answers, SectionAnswer(id="crisis")), pack) == ()
