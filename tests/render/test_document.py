from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.samples import answers_with
from tests.wording import hint_of, raises, text_of

from guidegen.compose.guideline import compose
from guidegen.errors import RenderError
from guidegen.model.document import Edition
from guidegen.model.guideline import DocumentFacts, Guideline
from guidegen.model.pack import Pack
from guidegen.model.text import LocalText
from guidegen.pack.load import load_pack
from guidegen.render.document import Renderer, render

Render = Callable[[str], str]


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("dell")


@pytest.fixture
def guideline(tmp_path: Path, pack: Pack) -> Guideline:
    guideline = compose(answers_with(tmp_path, "R&D *Nord*"), pack, "de")
    return replace(
        guideline,
        extra={"badge": "b*l*ue", "since": dt.date(2026, 3, 1), "open": True},
    )


def _with_section(guideline: Guideline, template: str) -> Guideline:
    """Return a guideline of one section that has this template."""
    page = guideline.pages[0]
    section = replace(page.sections[0], source=template)
    return replace(guideline, pages=(replace(page, sections=(section,)),))


@pytest.fixture
def rendered(guideline: Guideline) -> Render:
    """Return what a section's template becomes."""
    return lambda template: (
        render(_with_section(guideline, template)).pages[0].markdown.rstrip("\n")
    )


@pytest.fixture
def refused(guideline: Guideline) -> Callable[[str], RenderError]:
    """Return the error that a section's template ends in."""

    def error(template: str) -> RenderError:
        with pytest.raises(RenderError) as caught:
            render(_with_section(guideline, template))
        assert caught.value.path == guideline.pages[0].sections[0].path
        return caught.value

    return error


# --- what a section can do


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ company.short_name }}", "R&#38;D &#42;Nord&#42;"),
        ("{{ company.speaker }}", "Pressestelle"),
        ("{{ contact.phone | tel }}", "[&#43;49 40 1234567](tel:+49401234567)"),
        ("{{ contacts[1].phone | tel }}", "[110](tel:110)"),
        (
            "{{ contact.email | mailto }}",
            "[social@nordlicht.example](mailto:social@n",
        ),
        (
            '{{ links.code_of_conduct | link("Der *Kodex*") }}',
            "[Der &#42;Kodex&#42;](https://nordlicht.example/code)",
        ),
        (
            "{{ contact.qr }} {{ contacts[1].qr }}",
            "images/contact-1.svg images/c",
        ),
        ("{{ contacts | length }}", "2"),
        ("{{ topics[0].speakers | listing }}", "Geschäftsleitung und Pressestelle"),
        ("{{ topics[1].speakers | listing }}", "Geschäftsleitung"),
        ("{{ company.speaker | listing }}", "Pressestelle"),
        ("{{ ['a', 'b*', 'c'] | listing }}", "a, b&#42; und c"),
        ("{{ ['a', company.name] | join(' * ') }}", "a * R&#38;D &#42;Nord&#42;"),
        ("{{ [company.name, 'x'] | join(', ') }}", "R&#38;D &#42;Nord&#42;, x"),
        ("{{ company.name | first }}{{ company.name | last }}", "R&#42;"),
        ("{{ company.countries | first }}", "DE"),
        ("Ab {{ version.valid_from }}", "Ab &#49;. Dezember 2026"),
        ("{{ version.next_review }}", "&#49;. Dezember 2027"),
        ("{{ language }} {{ variant }}", "de de"),
        ("{{ labels.and }} {{ labels['month_3'] }}", "und März"),
        (
            "{{ magic.text }}",
            "Hallo, ich bin &#91;Name&#93; und ich arbeite",
        ),
        ("{% if magic.nine_words %}neun{% else %}ein Satz{% endif %}", "ein Satz"),
        ("{% if links.training %}x{% else %}kein Training{% endif %}", "kein Training"),
        ("{% if 'DE' in company.countries %}DE{% endif %}", "DE"),
        ("{% for t in topics %}{{ loop.index }}{% endfor %}", "123"),
        ("{{ extra.badge }}, {{ extra.since }}", "b&#42;l&#42;ue, &#49;. März 2026"),
        ("{% if extra.open and not extra.nothing %}offen{% endif %}", "offen"),
        ("{{ contacts[1].role | default('ohne', true) }}", "ohne"),
        ("{{ 1 + 2 * 3 }}", "7"),
        ("{% for i in range(3) %}{{ i }}{% endfor %}", "012"),
        ("{% macro m(x) %}**{{ x }}**{% endmacro %}{{ m('*') }}", "**&#42;**"),
        ("{{ '**' ~ company.speaker ~ '**' }}", "**Pressestelle**"),
        ("{{ company.dative | at_start }}", "R&#38;D &#42;Nord&#42;"),
        (
            "{{ company.speaker_nominative | at_start }}: {{ company.speaker }}",
            "Die Pressestelle: Pressestelle",
        ),
        ("{{ company.speaker_dative }}", "der Pressestelle"),
        ("{% for s in company.speakers %}{{ s.accusative }}{% endfor %}", "die Pr"),
        (
            "{% for l in levels %}{{ l.id }} {{ l.topics | length }};{% endfor %}",
            "only 3",
        ),
        ("{{ topics[0].level }} {{ topics[0].light }}", "only red"),
        ("{% if not rule.number %}keine Regel{% endif %}", "keine Regel"),
        ("{% if not parts.crisis %}keine Krise{% endif %}", "keine Krise"),
        ("{{ words.people }}", "alle, die hier arbeiten"),
        ("{% if not law.rights.lunch.instead %}nichts{% endif %}", "nichts"),
        ("{{ law.no_such.item.also | length }}", "0"),
        ("{{ law.no_such.abroad | length }}", "0"),
        ("{% if not document.number %}ohne{% endif %}", "ohne"),
        ("{{ company.works_council_name }} {{ company.seat }}", "Betriebsrat DE"),
        ("{% if company.sector == 'other' %}andere{% endif %}", "andere"),
        ("{% if company.sector == 'listed' %}x{% else %}privat{% endif %}", "privat"),
    ],
)
def test_a_section_can_print_compare_and_loop(
    template: str, expected: str, rendered: Render
) -> None:
    assert rendered(template).startswith(expected)


def test_sections_are_joined_to_pages_with_one_empty_line_between(
    guideline: Guideline,
) -> None:
    page = guideline.pages[0]
    texts = ("\n\n# Eins\n\n", "## Zwei\n", "{% if false %}x{% endif %}\n")
    sections = tuple(
        replace(section, source=text)
        for section, text in zip(page.sections, texts, strict=False)
    )

    document = render(replace(guideline, pages=(replace(page, sections=sections),)))

    assert document.pages[0].markdown == "# Eins\n\n## Zwei\n\n\n"


def test_a_section_can_include_another(guideline: Guideline) -> None:
    page = guideline.pages[0]
    first = replace(page.sections[0], source="A {% include 'nice' %}")
    nice = replace(page.sections[5], source="B")

    document = render(
        replace(guideline, pages=(replace(page, sections=(first, nice)),))
    )

    assert document.pages[0].markdown == "A B\n\nB\n"


def test_the_words_around_the_pages_are_plain_text(guideline: Guideline) -> None:
    document = render(guideline)

    assert document.running_texts["owner"] == "R&D *Nord*"
    assert document.running_texts["valid_from"] == "1. Dezember 2026"
    assert document.running_texts["next_review"] == "1. Dezember 2027"
    assert document.running_texts["version"] == "Entwurf für 1.0.0"
    assert document.running_texts["draft"].startswith("Entwurf.")
    assert document.running_texts["digest_short"] == document.digest[:8]
    assert document.company == "R&D *Nord*"
    assert document.valid_from == dt.datetime(2026, 12, 1, tzinfo=dt.UTC).timestamp()


def test_whoever_approved_this_release_is_named_around_the_pages(
    guideline: Guideline,
) -> None:
    """`release --approved-by` says more than `document.approved_by` of the answers."""
    renderer = Renderer(
        replace(guideline, document=DocumentFacts(approved_by="Vorstand"))
    )

    released = renderer.as_edition(Edition(approved_by="Dr. Eva Roth"))

    assert renderer.as_edition(Edition()).running_texts["approved_by"] == "Vorstand"
    assert released.running_texts["approved_by"] == "Dr. Eva Roth"


def test_equal_texts_have_equal_digests_and_others_have_not(
    guideline: Guideline,
) -> None:
    changed = _with_section(guideline, "Anders")

    assert render(guideline).digest == render(guideline).digest
    assert render(guideline).digest != render(changed).digest


def test_compiled_sections_can_be_kept(guideline: Guideline, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()

    first = render(guideline, cache=cache)
    second = render(guideline, cache=cache)

    assert first == second
    assert len(list(cache.glob("*jinja2*"))) >= len(guideline.pages[0].sections)


def test_english_says_and_and_writes_its_own_dates(tmp_path: Path, pack: Pack) -> None:
    english = compose(answers_with(tmp_path), pack, "en")
    section = "{{ topics[0].speakers | listing }}, {{ version.valid_from }}"

    document = render(_with_section(english, section))

    assert document.pages[0].markdown == (
        "senior management and press office, 1 December 2026\n"
    )


# --- the logo

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def test_a_logo_is_published_without_what_nobody_sees_of_it(
    guideline: Guideline, tmp_path: Path
) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_bytes(SVG.replace(b"/>", b"><script>x</script></svg>"))

    document = render(replace(guideline, logo=logo))

    assert document.logo is not None
    assert b"script" not in document.logo.content


def test_the_logo_becomes_an_asset(guideline: Guideline, tmp_path: Path) -> None:
    logo = tmp_path / "Unser Logo.SVG"
    logo.write_bytes(SVG)

    document = render(replace(guideline, logo=logo))

    assert document.logo is not None
    assert document.logo.path == "images/logo.svg"
    assert document.logo.content == SVG
    assert document.logo_dark is None


def test_the_logo_for_dark_backgrounds_becomes_an_asset_beside_it(
    guideline: Guideline, tmp_path: Path
) -> None:
    (tmp_path / "a.svg").write_bytes(SVG)
    (tmp_path / "b.PNG").write_bytes(b"PNG")

    document = render(
        replace(guideline, logo=tmp_path / "a.svg", logo_dark=tmp_path / "b.PNG")
    )

    assert [(each.path, each.content) for each in document.logos] == [
        ("images/logo.svg", SVG),
        ("images/logo-dark.png", b"PNG"),
    ]


@pytest.mark.parametrize("name", ["logo", "logo_dark"])
def test_a_logo_that_cannot_be_read_is_named(
    name: str, guideline: Guideline, tmp_path: Path
) -> None:
    broken: Any = {name: tmp_path}
    with raises(RenderError, match=r"logo cannot be read \(Is a dir") as caught:
        render(replace(guideline, **broken))

    assert caught.value.path == tmp_path
    assert hint_of(caught.value) == f"put the file there, or correct “brand.{name}”"


# --- what goes wrong names file and line


@pytest.mark.parametrize(
    ("template", "line", "what"),
    [
        ("a\n{{ compny }}", 2, "'compny' is undefined"),
        ("a\n\n{{ company.nam }}", 3, "there is no “nam”"),
        ("{% if compny %}{% endif %}", 1, "'compny' is undefined"),
        ("{{ labels.nothing }}", 1, "there is no “nothing”"),
        ("{{ contacts[7].name }}", 1, "has no element 7"),
        ("a\n{{ links.training }}", 2, "this answer was not given"),
        ("{{ links.training | link('x') }}", 1, "this answer was not given"),
        ("a\n{{ contacts[1].email | mailto }}", 2, "this answer was not given"),
        ("{{ contacts[1].role | tel }}", 1, "this answer was not given"),
        ("{{ extra.nothing }}", 1, "this answer was not given"),
        ("{{ none | listing }}", 1, "this answer was not given"),
        ("{{ compny | mailto }}", 1, "'compny' is undefined"),
        ("a\n{% if %}", 2, "template code (Expected an expression"),
        ("a\n{% endif %}", 2, "template code"),
        ("{{ company.name | upper }}", 1, "template code (No filter named 'upper'"),
        ("{{ company.name | safe }}", 1, "template code (No filter named 'safe'"),
        ("{{ 'javascript:x' | link('x') }}", 1, "is not the address of a page"),
        ("{{ company.name | link('x') }}", 1, "is not the address of a page"),
        ("{{ 1 / 0 }}", 1, "division by zero"),
        ("{{ 5 | listing }}", 1, "not iterable"),
        ("{{ contacts | tel }}", 1, "cannot be rendered"),
        ("{% include 'lost' %}", 1, "lost"),
        ("{% include 'welcome' %}", 1, "recursion"),
        ("{{ topics }}", 1, "this is not text: print a list with"),
        ("{{ topics[0].speakers }}", 1, "this is not text"),
        ("{{ company }}", 1, "this is not text"),
        ("{{ company.works_council }}", 1, "this is not text"),
        ("{{ company.name | list }}", 1, "this is not text"),
        ("{{ range }}", 1, "this is not text"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(
    template: str, line: int, what: str, refused: Callable[[str], RenderError]
) -> None:
    error = refused(template)

    assert what in text_of(error)
    assert error.line == line


# --- the sandbox


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ company.__init__ }}",
        "{{ company.__init__.__globals__ }}",
        "{{ company.__dict__ }}",
        "{{ company['__class__'] }}",
        "{{ company.name.__class__ }}",
        "{{ links._answers }}",
        "{{ links.__init__.__globals__ }}",
        "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
        "{{ range.__self__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ self.__init__.__globals__ }}",
        "{{ loop.__init__ }}",
        "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
        "{{ topics.__class__ }}",
        "{{ (topics[0].speakers | list).append('x') }}",
        "{{ [].__class__ }}",
        "{{ {}.update({'a': 1}) }}",
        "{{ company.name.upper() }}",
        "{{ company.name.format() }}",
        "{{ '{0.__class__}'.format(company) }}",
        "{{ company.name.__html__() }}",
        "{{ 'a'.join(['b']) }}",
        "{{ '%s' % company.name }}",
        "{{ 'a' + company.name }}",
        "{{ 'a' * 10 }}",
        "{{ [1] * 10 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ cycler }}",
        "{{ namespace }}",
        "{{ lipsum(5) }}",
        "{{ joiner }}",
        "{{ dict(a=1) }}",
        "{{ import('os') }}",
        "{% import 'os' as os %}",
        "{% include '/etc/passwd' %}",
        "{% include '../../../pack.yml' %}",
        "{% for x in range(999999999) %}{% endfor %}",
        "{{ range(999999999) | length }}",
        "{% set company.name = 'x' %}",
        "{% do company.append(1) %}",
        "{{ company.name | attr('__class__') }}",
        "{{ company.name | map('upper') | list }}",
        "{{ 'x' | eval }}",
    ],
)
def test_nothing_leads_out_of_the_sandbox(
    template: str, refused: Callable[[str], RenderError]
) -> None:
    refused(template)


def test_no_rendering_touches_the_environment(rendered: Render) -> None:
    before = dict(os.environ)

    rendered("{% set PATH = 'x' %}{{ PATH }}")

    assert dict(os.environ) == before


# --- several contacts


def test_each_contact_has_a_code_and_a_card(guideline: Guideline) -> None:
    document = render(guideline)

    assert [asset.path for asset in document.assets] == [
        "images/contact-1.svg",
        "images/contact-1.vcf",
        "images/contact-2.svg",
        "images/contact-2.vcf",
    ]


def test_every_sample_text_of_ten_thousand_characters_is_rendered(
    tmp_path: Path, pack: Pack
) -> None:
    long = "Überlänge😀" * 1_000

    document = render(compose(answers_with(tmp_path, long), pack, "de"))

    assert document.pages[0].markdown.count(long) >= 3
    assert LocalText.of(long).get("de") == document.company
