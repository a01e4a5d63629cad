"""The page on which people confirm receipt, and the addresses on it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.samples import answers_with
from tests.wording import raises

from guidegen.compose.guideline import compose
from guidegen.errors import PackError
from guidegen.model.answers import Acknowledgement
from guidegen.model.document import Edition, Page, State
from guidegen.model.guideline import Guideline
from guidegen.model.labels import Labels
from guidegen.model.question import Kind
from guidegen.model.text import LocalText
from guidegen.pack.load import load_pack
from guidegen.page.tree import Content, Element, PageParser
from guidegen.render.context import acknowledgement
from guidegen.render.document import Renderer, render
from guidegen.schema.scalars import Refused, parse

PACK = load_pack("dell")
VARIANTS = (("de", "du"), ("de", "sie"), ("en", "du"))
FORM = "https://forms.example/f"
EMAIL = "confirm+guide&line@x.example"
RELEASED = Edition(version="2.1.0", state=State.RELEASED)
DIGEST = "0f3a9c21"


def _guideline(
    folder: Path,
    *,
    form: str | None = None,
    email: str | None = None,
    slip: bool = False,
    variant: tuple[str, str] = ("de", "du"),
    countries: tuple[str, ...] = ("DE",),
) -> Guideline:
    answers = answers_with(folder)
    language, address = variant
    asked = Acknowledgement(
        form=LocalText.of(form) if form else None, email=email, slip=slip
    )
    company = replace(answers.company, countries=countries)
    changed = replace(answers, acknowledgement=asked, address=address, company=company)
    return compose(changed, PACK, language)


def _page(guideline: Guideline, edition: Edition) -> Page:
    document = Renderer(guideline).as_edition(edition)
    return document.pages[-1]


def _links(page: Page) -> list[str]:
    """Return where the links of a page lead that are not to other pages."""
    content = PageParser(PACK.markdown_extensions).parse(page).content
    return [href for href in _hrefs(content) if ":" in href]


def _hrefs(content: Iterable[Content]) -> Iterable[str]:
    for part in content:
        if isinstance(part, Element):
            if part.href is not None:
                yield part.href
            yield from _hrefs(part.children)


# --- the page


@pytest.mark.parametrize("variant", VARIANTS)
def test_it_speaks_of_receipt_never_of_understanding(
    variant: tuple[str, str], tmp_path: Path
) -> None:
    for wanted in ({"form": FORM}, {"email": EMAIL}, {"slip": True}):
        guideline = _guideline(
            tmp_path,
            variant=variant,
            **wanted,
        )

        text = _page(guideline, RELEASED).markdown.lower()

        assert ("received" if variant[0] == "en" else "erhalten") in text
        assert not re.search(
            "verstanden|underst|ich habe [^.]*gelesen|i have read", text
        )


def test_it_names_version_digest_and_what_still_holds(tmp_path: Path) -> None:
    guideline = _guideline(tmp_path, form=FORM, slip=True)
    document = render(guideline)

    text = _page(guideline, RELEASED).markdown.replace("&#50;", "2")

    assert text.count(f"Fassung 2.1.0 (Prüfsumme {document.digest[:8]})") == 2
    assert "Hast Du Fassung 2.0.0 oder eine spätere bestätigt" in text


@pytest.mark.parametrize(
    ("wanted", "data", "slip"),
    [
        ({"form": FORM}, True, False),
        ({"email": EMAIL}, True, False),
        ({"slip": True}, False, True),
        ({"email": EMAIL, "slip": True}, True, True),
    ],
)
def test_only_what_is_asked_for_is_said(
    wanted: dict[str, str | bool], tmp_path: Path, *, data: bool, slip: bool
) -> None:
    guideline = _guideline(tmp_path, **wanted)  # type: ignore[arg-type]  # as above

    text = _page(guideline, RELEASED).markdown

    assert ("{: #data }" in text) is data
    assert ("{: #statement }" in text) is data
    assert ('<div class="slip" markdown>' in text) is slip
    assert "Muster" not in text


@pytest.mark.parametrize("variant", VARIANTS)
def test_rights_under_the_nlra_are_named_where_they_apply(
    variant: tuple[str, str], tmp_path: Path
) -> None:
    def text(*countries: str) -> str:
        guideline = _guideline(
            tmp_path,
            form=FORM,
            slip=True,
            variant=variant,
            countries=countries,
        )
        return _page(guideline, RELEASED).markdown

    assert text("DE", "US").count("NLRA") == 2
    assert "NLRA" not in text("DE")


def test_in_a_draft_there_is_nothing_to_confirm_yet(tmp_path: Path) -> None:
    guideline = _guideline(tmp_path, form=FORM, email=EMAIL, slip=True)

    page = _page(guideline, Edition(version="2.1.0"))

    assert _links(page) == []
    assert "Noch gibt es nichts zu bestätigen" in page.markdown
    assert "**Muster.** Bitte noch nicht unterschreiben" in page.markdown


def test_released_the_links_lead_to_form_and_mailbox(tmp_path: Path) -> None:
    guideline = _guideline(tmp_path, form=FORM, email=EMAIL, slip=True)

    form, mailto = _links(_page(guideline, RELEASED))

    digest = render(guideline).digest[:8]
    assert form == f"{FORM}?version=2.1.0&digest={digest}&language=de"
    assert mailto.startswith("mailto:confirm%2Bguide%26line@x.example?subject=")
    assert digest in mailto


def test_draft_and_release_of_the_same_text_have_the_same_digest(
    tmp_path: Path,
) -> None:
    guideline = _guideline(tmp_path, form=FORM)
    draft = render(guideline)

    released = Renderer(guideline).as_edition(RELEASED)
    other = render(_guideline(tmp_path, form=f"{FORM}/2"))

    assert released.digest == draft.digest
    assert released.pages[-1] != draft.pages[-1]
    assert other.digest != draft.digest  # though no draft shows the form's address
    assert other.pages[-1].stamped


def test_without_an_answer_there_is_nothing_of_it(tmp_path: Path) -> None:
    guideline = compose(answers_with(tmp_path), PACK, "de")

    document = render(guideline)

    assert acknowledgement(guideline, "1.0.0", DIGEST) is None
    assert [page.id for page in document.pages] == ["index", "taboo-topics", "contact"]


# --- the addresses


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (FORM, f"{FORM}?version=2.1.0&digest={DIGEST}&language=de"),
        (f"{FORM}?", f"{FORM}?version=2.1.0&digest={DIGEST}&language=de"),
        (f"{FORM}?id=7", f"{FORM}?id=7&version=2.1.0&digest={DIGEST}&language=de"),
        (f"{FORM}?id=7&", f"{FORM}?id=7&version=2.1.0&digest={DIGEST}&language=de"),
        (f"{FORM}#start", f"{FORM}?version=2.1.0&digest={DIGEST}&language=de#start"),
        (f"{FORM}?entry.1={{version}}", f"{FORM}?entry.1=2.1.0"),
        (f"{FORM}/{{language}}?d={{digest}}", f"{FORM}/de?d={DIGEST}"),
        (f"{FORM}#v={{version}}", f"{FORM}#v=2.1.0"),
    ],
)
def test_a_form_is_told_version_digest_and_language(
    form: str, expected: str, tmp_path: Path
) -> None:
    asked = acknowledgement(_guideline(tmp_path, form=form), "2.1.0", DIGEST)

    assert asked is not None
    assert asked["form"] == expected


def test_the_email_is_ready_to_be_sent(tmp_path: Path) -> None:
    asked = acknowledgement(_guideline(tmp_path, email=EMAIL), "2.1.0", DIGEST)

    assert asked is not None
    parts = urlsplit(str(asked["mailto"]))
    fields = parse_qs(parts.query)
    assert unquote(parts.path) == EMAIL
    assert fields["subject"] == [
        "Empfang bestätigt: Social-Media-Guideline, Fassung 2.1.0"
    ]
    lines = fields["body"][0].split("\r\n")
    assert {"Fassung: 2.1.0", f"Prüfsumme: {DIGEST}", "Sprache: Deutsch"} < {*lines}
    assert "\n" not in "".join(lines)
    assert asked["email"] == EMAIL


def test_a_title_that_looks_like_a_place_stays_what_it_is(tmp_path: Path) -> None:
    guideline = replace(
        _guideline(tmp_path, email=EMAIL), title="{version} & {x}\r\nBcc: a@b.example"
    )

    asked = acknowledgement(guideline, "2.1.0", DIGEST)

    assert asked is not None
    assert "{version} & {x}" in unquote(str(asked["mailto"]))
    assert [*parse_qs(urlsplit(str(asked["mailto"])).query)] == ["subject", "body"]


def test_a_pack_without_words_for_the_email_is_told_which(tmp_path: Path) -> None:
    guideline = _guideline(tmp_path, email=EMAIL)
    labels = {
        key: word
        for key, word in guideline.labels.items()
        if key != "acknowledgement_body"
    }

    with raises(PackError, match="no word for acknowledgement_body"):
        render(replace(guideline, labels=Labels(labels)))


def _is_form(text: str) -> bool:
    try:
        return parse(Kind.FORM, text) == text
    except Refused:
        return False


FORMS = st.lists(
    st.sampled_from(
        ["{version}", "{digest}", "{language}", "?", "&", "#", "=", "/", "(", ")"]
    )
    | st.characters(exclude_categories=["Cs", "Cc"]),
    max_size=12,
).map(lambda parts: "https://x.example/" + "".join(parts))


@pytest.mark.slow
@pytest.mark.no_cover
@settings(deadline=None, max_examples=60)
@given(form=FORMS.filter(_is_form))
def test_whatever_form_is_named_there_is_one_link_and_it_leads_to_that_host(
    form: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("project")

    links = _links(_page(_guideline(folder, form=form), RELEASED))

    assert len(links) == 1
    assert links[0].startswith("https://x.example/")
    assert "{version}" not in links[0]
