from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, example, given, settings
from pypdf import PdfReader
from tests.export.office import pdf_of
from tests.export.pages import ANSWERS, NEWS, in_force, with_page, with_text
from tests.export.reading import squeezed
from tests.test_hostile import MARKUP
from tests.wording import raises

from guidegen.colour import LEVELS, MINIMUM, contrast
from guidegen.errors import ExportError, PackError, PdfError
from guidegen.export.word.document import docx_file
from guidegen.export.word.xml import ORDERS
from guidegen.model.adaptation import NameRules
from guidegen.model.document import Asset, Document
from guidegen.model.labels import Labels
from guidegen.pack.find import builtin_packs
from guidegen.pack.load import load_pack
from guidegen.pdf.compile import picture_png

pytestmark = pytest.mark.slow

LOOK = builtin_packs() / "dell" / "export"


KINDS = {"protect": "rule", "rights": "rights", "mistakes": "help"}


def _bytes(document: Document, *look: Path, names: NameRules | None = None) -> bytes:
    return docx_file(
        document,
        look=[*look, LOOK],
        draw=picture_png,
        look_of=lambda _, section: KINDS.get(section, ""),
        names=names,
    )


def _word(document: Document) -> Any:  # noqa: ANN401  # python-docx has no types
    return docx.Document(io.BytesIO(_bytes(document)))


def _all(word: Any, tag: str) -> list[Any]:  # noqa: ANN401  # as above
    return list(word.element.body.iter(qn(tag)))


def _text(word: Any) -> str:  # noqa: ANN401  # as above
    return " ".join(each.text or "" for each in _all(word, "w:t"))


@pytest.fixture(scope="module")
def word(documents: dict[str, Document]) -> Any:  # noqa: ANN401  # as above
    return _word(documents["de"])


def _tables() -> str:
    """Return the tables of taboo topics, as texts before 2.0.0 have them."""
    overview = "".join(f"| Thema {at} | **Rot** |\n" for at in range(6))
    examples = "".join(
        f'| Thema {at} | Ja {{ data-label="Nicht so" }} | Nein |\n' for at in range(6)
    )
    return (
        "# Eine Seite\n\n## Tabuthemen\n\n| Thema | Wer spricht |\n|---|---|\n"
        f"{overview}\n## Tabuthemen mit Beispielen\n\n"
        f"| Thema | Nicht so | Besser so |\n|---|---|---|\n{examples}"
    )


@pytest.fixture(scope="module")
def tables(documents: dict[str, Document]) -> Any:  # noqa: ANN401  # as above
    return _word(with_page(documents["de"], _tables()))


def test_headings_lists_and_quotations_have_real_styles(word: Any) -> None:  # noqa: ANN401
    styles = [each.style.name for each in word.paragraphs]

    headings = [name for name in styles if name == "Title" or "Heading" in name]
    assert headings[:2] == ["Title", "Heading 1"]
    assert styles.count("Title") == 1
    assert {"Heading 2", "List Bullet", "List Number", "Intense Quote"} <= set(styles)
    assert {"Lead", "Draft Mark", "News"} <= {each.name for each in word.styles}
    title = next(each for each in word.paragraphs if each.style.name == "Title")
    assert title.text == "Social Media bei Nordlicht"


def test_a_table_s_first_row_is_its_header_and_says_what_it_is_about(
    tables: Any,  # noqa: ANN401
) -> None:
    assert len(tables.tables) == 2
    for table in tables.tables:
        head = table.rows[0].cells
        assert {each.paragraphs[0].style.name for each in head} == {"Table Heading"}
        assert table.style.name == "Guideline Table"
        caption = table._tbl.tblPr.find(qn("w:tblCaption"))  # noqa: SLF001
        assert caption.get(qn("w:val")).startswith("Tabuthemen")
    headers = [row.trPr.find(qn("w:tblHeader")) for row in _all(tables, "w:tr")]
    assert len([each for each in headers if each is not None]) == 2


def test_no_page_has_one_row_of_a_table_alone(tables: Any) -> None:  # noqa: ANN401
    kept = [
        [
            all(
                paragraph.paragraph_format.keep_with_next
                for cell in row.cells
                for paragraph in cell.paragraphs
            )
            for row in table.rows
        ]
        for table in tables.tables
    ]

    for rows in kept:
        assert rows[:2] == [True, True]
        assert rows[-2:] == [True, False]
    assert all(kept[0][:-1]), "the short table is not torn apart"


def test_a_level_has_a_sign_and_a_colour_and_posts_their_grounds(word: Any) -> None:  # noqa: ANN401
    levels = [
        (each.style.name, run.text, run.style.name)
        for each in word.paragraphs
        for run in each.runs[:2]
        if run.style.name.startswith("Level")
    ]
    posts = [
        (shade.get(qn("w:fill")), run.style.name)
        for each in word.paragraphs
        if (shade := each._p.find(f"{qn('w:pPr')}/{qn('w:shd')}")) is not None  # noqa: SLF001
        for run in each.runs
    ]

    assert ("Heading 2", "■ ", "Level Only") in levels
    assert ("Heading 2", "Nur diese sprechen", "Level Only") in levels
    assert {each for each in posts if each[1].startswith("Post")} == {
        (LEVELS["never"].tint[1:].upper(), "Post Dont"),
        (LEVELS["go"].tint[1:].upper(), "Post Do"),
    }


def test_a_company_s_own_styles_may_be_older_than_the_levels(
    documents: dict[str, Document], tmp_path: Path
) -> None:
    styles = (LOOK / "word-styles.xml").read_text("utf-8")
    older = re.sub(
        r"<w:style [^>]*\"(Level|Post|Look|BandDraft|DraftMark|RuleNumber|MagicK)\w*\">"
        ".*?</w:style>",
        "",
        styles,
        flags=re.DOTALL,
    )
    (tmp_path / "word-styles.xml").write_text(older, "utf-8")
    made = docx.Document(io.BytesIO(_bytes(documents["de"], tmp_path)))

    assert not re.search("Level Only|Look Level|Draft Mark|Rule Number", older)
    texts = [each.text.replace("\xa0", " ") for each in made.paragraphs]
    assert {"■ Nur diese sprechen", " 1 \N{EN SPACE}Schützen Sie Informationen"} <= {
        *texts
    }
    head = made.sections[0].first_page_header.paragraphs[0]
    assert documents["de"].running_texts["draft"] in head.text
    assert head.runs[-1].bold


def _ground(paragraph: Any) -> str | None:  # noqa: ANN401  # as above
    """Return the colour behind a paragraph that it does not have from its style."""
    shade = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:shd')}")  # noqa: SLF001
    return None if shade is None else str(shade.get(qn("w:fill")))


def _section(word: Any, title: str) -> list[Any]:  # noqa: ANN401  # as above
    """Return the paragraphs of a section, its heading first."""
    every = list(word.paragraphs)
    begin = next(at for at, each in enumerate(every) if title in each.text)
    style = every[begin].style.name
    ends = (at for at in range(begin + 1, len(every)) if every[at].style.name == style)
    return every[begin : next(ends)]


def test_a_rule_s_number_stands_apart_and_its_heading_stays_a_heading(
    word: Any,  # noqa: ANN401
) -> None:
    heading, first, *_ = _section(word, "Schützen Sie Informationen")

    assert heading.style.name == "Heading 1"
    assert [(run.text.strip(), run.style.name) for run in heading.runs] == [
        ("1", "Rule Number"),
        ("Schützen Sie Informationen", "Default Paragraph Font"),
    ]
    assert _ground(first) is None


def test_levels_rights_and_help_have_grounds_of_their_own(word: Any) -> None:  # noqa: ANN401
    level, intro, *_ = _section(word, "Nur diese sprechen")
    rights, allowed, *_ = _section(word, "Das dürfen Sie immer")
    mistakes = _section(word, "Wenn etwas schiefgeht")

    assert level.style.name == "Heading 2"
    assert _ground(level) == LEVELS["only"].tint[1:].upper()
    assert rights.text.startswith("✔ ")
    assert _ground(rights) == LEVELS["go"].tint[1:].upper()
    assert [_ground(intro), _ground(allowed)] == [None, None]
    assert {_ground(each) for each in mistakes} == {"F3F5F8"}


def test_a_topic_stays_on_one_page_with_its_examples(word: Any) -> None:  # noqa: ANN401
    chapters = [each.text for each in word.paragraphs]
    begin = chapters.index("Tabuthemen mit Beispielen")
    topic = chapters.index("Unternehmensstrategie", begin)
    after = chapters.index("Neue Produkte und Dienstleistungen", topic)

    kept = [
        each.paragraph_format.keep_with_next for each in word.paragraphs[topic:after]
    ]
    assert len(kept) >= 6
    assert kept[:-1] == [True] * (len(kept) - 1)
    assert not kept[-1]


def test_the_sentence_stands_in_its_bubble_with_the_words_of_the_site(
    documents: dict[str, Document],
) -> None:
    for language, words in (("de", "Neun magische Worte"), ("en", "Nine magic words")):
        paragraphs = _word(documents[language]).paragraphs
        (bubble,) = (each for each in paragraphs if each.style.name == "Intense Quote")

        kicker, sentence = bubble.text.split("\n")
        assert kicker == words
        assert bubble.runs[0].style.name == "Magic Kicker"
        assert "Nordlicht" in sentence


@pytest.mark.parametrize("colour", ["#0088cc", "#ffd400", "#000000", "#ffffff"])
def test_the_magic_sentence_can_be_read_on_any_colour(
    documents: dict[str, Document], colour: str
) -> None:
    styles = _word(replace(documents["de"], brand_color=colour)).styles

    for name in ("Intense Quote", "Band", "Rule Number", "Band Draft"):
        element = styles[name].element
        ground = next(element.iter(qn("w:shd"))).get(qn("w:fill"))
        text = element.find(f"{qn('w:rPr')}/{qn('w:color')}").get(qn("w:val"))
        assert contrast(f"#{ground.lower()}", f"#{text.lower()}") >= MINIMUM, name


def test_header_and_footer_are_one_line_and_keep_the_legal_form_whole(
    documents: dict[str, Document],
) -> None:
    name = "Norddeutsche Gesellschaft für Windkraft Wasserkraft und Speicher"
    form = "GmbH & Co. KG"
    rules = load_pack("dell").names
    long = replace(documents["de"], company=f"{name} {form}")
    facts = {**long.running_texts, "classification": "nur für den Dienstgebrauch"}
    made = docx.Document(
        io.BytesIO(_bytes(replace(long, running_texts=facts), names=rules))
    )
    (section,) = made.sections

    shown = section.header.paragraphs[0].text
    assert " · nur für den Dienstgebrauch" in shown
    before, _, after = shown.partition("Norddeutsche ")
    assert before.endswith("Dienstgebrauch · ")
    cut = after.partition("\t")[0]
    assert cut.endswith(" …")
    assert f"Norddeutsche {cut[:-2]} " in f"{name} {form}"
    assert "&" not in cut
    for part in (section.header, section.first_page_header):
        assert len(part.paragraphs) == 1


def test_the_company_s_register_stands_on_every_sheet(
    documents: dict[str, Document],
) -> None:
    told = {
        "document_number": "DA <3.5>",
        "classification": "intern & \x00geheim",
        "approved_by": "Dr. Eva Roth",
    }
    german = documents["de"]
    facts = {**german.running_texts, **told}
    word = _word(replace(german, running_texts=facts))
    (section,) = word.sections

    for header in (section.first_page_header, section.header):
        assert " · DA <3.5> · intern & geheim" in header.paragraphs[0].text
    assert "Freigegeben von: Dr. Eva Roth" in word.paragraphs[-1].text


@pytest.mark.parametrize(("language", "full"), [("de", "de-DE"), ("en", "en-GB")])
def test_word_is_told_language_and_properties(
    documents: dict[str, Document], language: str, full: str
) -> None:
    document = documents[language]
    word = _word(document)

    properties = word.core_properties
    assert properties.title == f"{document.title} – {document.company}"
    assert properties.author == properties.last_modified_by == document.company
    assert document.running_texts["version"] in properties.subject
    assert document.digest in properties.keywords
    assert properties.version == document.running_texts["version"]
    assert properties.language == full
    assert properties.revision == 1
    assert properties.comments == ""
    assert properties.created.date().isoformat() == "2026-12-01"
    defaults = word.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert defaults.get(qn("w:val")) == full


def test_pictures_have_a_text_and_are_what_word_shows(word: Any) -> None:  # noqa: ANN401
    shown = [each.get("descr") for each in _all(word, "wp:docPr")]

    assert shown == [
        "Nordlicht Technik AG",
        "QR-Code mit den Kontaktdaten: Mira Jansen",
        "QR-Code mit den Kontaktdaten: Pressestelle",
    ]
    for picture in word.inline_shapes:
        number = picture._inline.graphic.graphicData.pic.blipFill.blip.embed  # noqa: SLF001
        assert word.part.related_parts[number].blob.startswith(b"\x89PNG")


def test_links_are_real_and_lead_somewhere(word: Any) -> None:  # noqa: ANN401
    names = {each.get(qn("w:name")) for each in _all(word, "w:bookmarkStart")}
    links = _all(word, "w:hyperlink")
    anchors = {each.get(qn("w:anchor")) for each in links} - {None}
    numbers = {each.get(qn("r:id")) for each in links} - {None}

    assert anchors
    assert anchors <= names
    assert all(re.fullmatch(r"_\w{1,39}", name) for name in names)
    targets = {word.part.rels[number].target_ref for number in numbers}
    assert "mailto:social@nordlicht.example" in targets
    assert "tel:+49401234567" in targets
    assert all(re.match(r"https://|mailto:|tel:", target) for target in targets)


def test_header_and_footer_say_version_page_and_draft(
    documents: dict[str, Document],
) -> None:
    document = documents["de"]
    draft, released = _word(document), _word(in_force(document))

    for section in (draft.sections[0], released.sections[0]):
        for footer in (section.footer, section.first_page_footer):
            fields = [
                each.get(qn("w:instr"))
                for each in footer._element.iter(qn("w:fldSimple"))  # noqa: SLF001
            ]
            assert fields == ["PAGE", "NUMPAGES"]
            assert document.running_texts["version"] in footer.paragraphs[0].text
    mark = document.running_texts["draft"]
    for header, style in (
        (draft.sections[0].header, "Draft Mark"),
        (draft.sections[0].first_page_header, "Band Draft"),
    ):
        (line,) = header.paragraphs
        assert line.runs[-1].text.strip() == mark
        assert line.runs[-1].style.name == style
    assert mark not in released.sections[0].header.paragraphs[0].text
    assert NEWS in " ".join(each.text for each in draft.paragraphs)


def test_a_numbered_list_begins_anew_or_where_it_says(
    documents: dict[str, Document],
) -> None:
    text = (
        "# A\n\n1. a\n2. b\n\nText\n\n1. c\n\nText\n\n<ol start='5'><li>d</li></ol>\n"
    )
    word = _word(with_page(documents["de"], text))

    numbers = [
        each.paragraph_format.element.pPr.numPr.numId.val
        for each in word.paragraphs
        if each.style.name == "List Number"
    ]
    assert len(set(numbers)) == 3
    assert numbers[0] == numbers[1]
    starts = word.part.numbering_part.element.findall(f".//{qn('w:startOverride')}")
    assert [each.get(qn("w:val")) for each in starts] == ["1", "1", "5"]


def test_every_element_has_its_place(documents: dict[str, Document]) -> None:
    text = (
        "# A\n\n- a\n    - b\n        - c\n\nTerm\n: Says\n\n---\n\n"
        "> quoted\n\n**b** *i* <span lang='en'>en</span> x<br>y [t](#h)\n\n"
        "## H {: #h }\n\n"
        "| a | b |\n|--:|:-:|\n| 1<br>2 | ![](images/contact-1.svg) |\n"
    )
    word = _word(with_page(documents["de"], text))

    styles = [each.style.name for each in word.paragraphs]
    assert {"List Bullet", "List Bullet 2", "List Bullet 3", "Quote"} <= {*styles}
    runs = [run for each in word.paragraphs for run in each.runs]
    assert [run.text for run in runs if run.bold and run.text == "b"] == ["b"]
    assert [run.text for run in runs if run.italic] == ["i"]
    languages = [each.get(qn("w:val")) for each in _all(word, "w:lang")]
    assert "en-GB" in languages
    cell = word.tables[0].rows[1].cells[0]
    assert cell.text == "1\n2"
    assert cell.paragraphs[0].alignment == 2


def test_a_company_without_a_logo_is_named(documents: dict[str, Document]) -> None:
    word = _word(replace(documents["de"], logo=None))

    assert word.paragraphs[0].text == "Nordlicht Technik AG"
    assert word.paragraphs[0].style.name == "Sender"


def test_a_wide_picture_is_made_to_fit(documents: dict[str, Document]) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="400"/>'
    page = with_page(documents["de"], "# A\n\n![wide](wide.svg)\n")
    page = replace(
        page,
        assets=(Asset(path="wide.svg", content=svg),),
        logo=Asset(path="images/logo.svg", content=svg),
    )

    logo, picture = _word(page).inline_shapes

    assert (round(logo.width.mm), round(logo.height.mm)) == (60, 6)
    assert picture.width.mm <= 170
    assert picture.width / picture.height == pytest.approx(10, rel=0.02)


def test_a_pack_that_lacks_a_word_is_told_which(
    documents: dict[str, Document],
) -> None:
    labels = {k: v for k, v in documents["de"].labels.items() if k != "page_of"}

    with raises(PackError, match="page_of"):
        _bytes(replace(documents["de"], labels=Labels(labels)))


@pytest.mark.parametrize(
    ("path", "content", "error"),
    [
        ("a.png", b"no picture", ExportError),
        ("a.svg", b"<svg", PdfError),
    ],
)
def test_a_broken_picture_is_named(
    documents: dict[str, Document], path: str, content: bytes, error: type[Exception]
) -> None:
    page = with_page(documents["de"], f"# A\n\n![a]({path})\n")
    page = replace(page, assets=(Asset(path=path, content=content),))

    with pytest.raises(error, match=path):
        _bytes(page)


def _own_look(folder: Path, old: str, new: str) -> Path:
    """Return a pack's `export/` folder with the built-in styles, one thing changed."""
    text = (LOOK / "word-styles.xml").read_text("utf-8")
    assert old in text
    (folder / "word-styles.xml").write_text(text.replace(old, new), "utf-8")
    return folder


def test_a_company_changes_the_look_in_its_own_pack(
    documents: dict[str, Document], tmp_path: Path
) -> None:
    own = _own_look(tmp_path, '<w:sz w:val="27"/>', '<w:sz w:val="30"/>')

    styles = docx.Document(io.BytesIO(_bytes(documents["de"], own))).styles

    assert styles["Lead"].font.size.pt == 15
    assert styles["Hyperlink"].font.color.rgb is not None
    assert styles["Normal"].element.rPr.find(qn("w:rFonts")) is None


def test_an_entity_in_the_styles_is_not_read_from_a_file(
    documents: dict[str, Document], tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("secret", "utf-8")
    entity = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    own = _own_look(tmp_path, "<w:styles ", f"{entity}<w:styles ")
    text = (own / "word-styles.xml").read_text("utf-8")
    text = text.replace('<w:name w:val="Lead"/>', '<w:name w:val="Lead"/>&x;')
    (own / "word-styles.xml").write_text(text, "utf-8")

    content = _bytes(documents["de"], own)

    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert "secret" not in file.read("word/styles.xml").decode()


@pytest.mark.parametrize(
    ("old", "new", "what", "line"),
    [
        ("</w:rPrDefault>", "", "styles for Word cannot be read", 26),
        ('w:val="Lead"', 'w:val="Led"', "a style for Word is missing: Lead", None),
        ('w:val="Light Red"', 'w:val="Red"', "is missing: Light Red", None),
    ],
)
def test_a_broken_style_is_named(
    documents: dict[str, Document],
    tmp_path: Path,
    *,
    old: str,
    new: str,
    what: str,
    line: int | None,
) -> None:
    own = _own_look(tmp_path, old, new)

    with raises(ExportError, match=what) as caught:
        _bytes(documents["de"], own)

    assert caught.value.path == own / "word-styles.xml"
    assert caught.value.line == line


def test_the_same_answers_give_the_same_bytes(documents: dict[str, Document]) -> None:
    assert _bytes(documents["de"]) == _bytes(documents["de"])


def test_properties_stand_in_the_order_that_word_wants(
    documents: dict[str, Document],
) -> None:
    content = _bytes(documents["de"])
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = [name for name in file.namelist() if re.match(r"word/\w+\.xml", name)]
        trees = {name: ET.fromstring(file.read(name)) for name in parts}  # noqa: S314

    wrong = []
    for name, tree in trees.items():
        for each in tree.iter():
            tag = each.tag.rpartition("}")[2]
            children = [child.tag.rpartition("}")[2] for child in each]
            ranks = (
                [ORDERS[tag].index(child) for child in children]
                if tag in ORDERS
                else []
            )
            if ranks != sorted(ranks):
                wrong.append((name, tag, children))
    assert wrong == []
    settings = [child.tag.rpartition("}")[2] for child in trees["word/settings.xml"]]
    assert settings.index("autoHyphenation") == settings.index("defaultTabStop") + 1
    pictures = [
        each.get("id") for each in trees["word/document.xml"].iter(qn("wp:docPr"))
    ]
    assert len(pictures) == len(set(pictures)) == 3


def test_nothing_of_the_empty_file_is_left_behind(
    documents: dict[str, Document],
) -> None:
    with zipfile.ZipFile(io.BytesIO(_bytes(documents["de"]))) as file:
        names = file.namelist()
        core = file.read("docProps/core.xml").decode()

    assert not [name for name in names if "custom" in name or "thumbnail" in name]
    assert "python-docx" not in core


@pytest.mark.no_cover
@pytest.mark.slow
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(text=" ".join(MARKUP))
@example(text="PAGE \\* MERGEFORMAT { NUMPAGES }")
@given(text=ANSWERS)
def test_any_text_stays_text(tmp_path: Path, text: str) -> None:
    content = _bytes(with_text(tmp_path, text))
    word = docx.Document(io.BytesIO(content))

    assert squeezed(text) in squeezed(_text(word))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        for name in file.namelist():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(file.read(name))  # noqa: S314  # made just now
    targets = [each.target_ref for each in word.part.rels.values() if each.is_external]
    ours = re.compile(r"https://(chat\.)?nordlicht\.example/|mailto:|tel:")
    assert all(ours.match(each) for each in targets)


@pytest.mark.proof
@pytest.mark.slow
def test_libreoffice_shows_all_of_it(
    documents: dict[str, Document], tmp_path: Path
) -> None:
    texts = {"de": documents["de"], "en": documents["en"]}
    hostile = " ".join(MARKUP)
    texts["hostile"] = with_text(tmp_path, hostile)
    files = []
    for name, document in texts.items():
        files.append(tmp_path / f"{name}.docx")
        files[-1].write_bytes(_bytes(document))

    for file, pdf in zip(files, pdf_of(files, tmp_path), strict=True):
        document = texts[file.stem]
        reader = PdfReader(pdf)
        shown = [squeezed(page.extract_text()) for page in reader.pages]
        whole = "".join(shown)
        assert 3 <= len(shown) <= 9
        assert reader.metadata is not None
        assert squeezed(document.title) in squeezed(str(reader.metadata.title))
        assert all(squeezed(document.running_texts["draft"]) in page for page in shown)
        last = document.labels["page_of"].format(page=len(shown), pages=len(shown))
        assert squeezed(last) in shown[-1]
        for text in _lines(document):
            assert squeezed(text) in whole
    assert squeezed(hostile[:40]) in whole


def _lines(document: Document) -> list[str]:
    """Return the headings of the pages, as plain text."""
    found = re.findall(r"^#+ ([^{\n]+)", document.pages[1].markdown, re.MULTILINE)
    return [line.strip() for line in found if "&#" not in line]
