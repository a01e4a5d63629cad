from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.wording import located, raises

from guidegen.errors import PackError
from guidegen.pack.find import builtin_packs, section_file
from guidegen.pack.load import load_pack

TOPIC = """\
topics:
- id: plans
  light: red
  name: {de: Pläne, en: Plans}
  speakers: [press]
  sectors: [all]
  why: {de: Darum., en: Because.}
  dont: {de: So nicht., en: Not so.}
  do: {de: So., en: So.}
"""


def _write(pack: Path, name: str, text: str) -> Path:
    path = pack / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _append(pack: Path, text: str) -> Path:
    path = pack / "pack.yml"
    return _write(pack, "pack.yml", path.read_text("utf-8") + text)


def _problems(pack: Path) -> list[str]:
    """Return what is wrong with a pack, each line without the pack's folder."""
    with pytest.raises(PackError) as caught:
        load_pack(pack)
    return [line.replace(f"{pack}/", "") for line in located(caught.value)]


@pytest.mark.parametrize("name", [path.name for path in builtin_packs().iterdir()])
def test_every_built_in_pack_is_in_order(name: str) -> None:
    pack = load_pack(name)

    assert pack.name == name
    assert pack.pages[0].id == "index"
    assert pack.catalogue
    assert all(
        topic.why.find(variant) and (topic.level != "only" or topic.speakers)
        for topic in pack.catalogue.values()
        for variant in pack.variants
    )


def test_each_file_that_a_pack_does_not_have_comes_from_the_one_it_extends(
    pack: Path,
) -> None:
    _write(pack, "catalogue.yml", TOPIC)
    mine = _write(pack, "sections/en/nice.md", "## Nice\n")

    loaded = load_pack(pack)

    dell = builtin_packs() / "dell"
    assert loaded.name == "acme-pack"
    assert loaded.folders == (pack, dell)
    assert list(loaded.catalogue) == ["plans"]
    assert loaded.labels == load_pack("dell").labels
    assert section_file(loaded.folders, "en", "nice") == mine
    assert (
        section_file(loaded.folders, "de", "nice")
        == dell / "sections" / "de" / "nice.md"
    )


@pytest.mark.slow
def test_a_key_of_pack_yml_wins_over_the_one_of_the_pack_it_extends(pack: Path) -> None:
    _append(pack, "title: {de: Mein Titel, en: My title}\n")

    loaded = load_pack(pack)

    assert loaded.title.get("en") == "My title"
    assert loaded.magic_sentence == load_pack("dell").magic_sentence


@pytest.mark.slow
def test_a_pack_can_extend_a_company_s_own_pack_by_a_path_beside_it(
    pack: Path, tmp_path: Path
) -> None:
    child = tmp_path / "child"
    _write(child, "pack.yml", "extends: ../acme-pack\nname: child\n")

    loaded = load_pack("child", beside=tmp_path)

    assert loaded.name == "child"
    assert loaded.version == "1.0.0"
    assert loaded.folders == (child, pack, builtin_packs() / "dell")


@pytest.mark.slow
def test_the_more_specific_pack_s_text_wins_in_every_variant(pack: Path) -> None:
    mine = _write(pack, "sections/de/nice.md", "## Nett\n")

    folders = load_pack(pack).folders

    assert section_file(folders, "de-formal", "nice") == mine
    assert section_file(folders, "de-formal", "no-such-section") is None


@pytest.mark.slow
def test_a_whole_pack_of_one_s_own_needs_no_other(tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(builtin_packs() / "dell", own)

    loaded = load_pack(own)

    assert loaded.folders == (own,)


def test_packs_that_extend_each_other_are_refused(pack: Path, tmp_path: Path) -> None:
    _write(pack, "pack.yml", "name: a\nextends: ../b\n")
    _write(tmp_path / "b", "pack.yml", "name: b\nextends: ../acme-pack\n")

    with raises(PackError, match=r"b/pack\.yml:2: extends: .* extends itself"):
        load_pack(pack)


def test_the_pack_that_is_extended_must_be_there(pack: Path) -> None:
    _write(pack, "pack.yml", "name: a\nextends: nowhere\n")

    problems = _problems(pack)

    assert "pack.yml:2: extends: there is no template pack “nowhere”" in problems


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"title: [\n", "pack.yml:2: the file cannot be read here"),
        (b"a: 1\nname: b\n a: c\n", "pack.yml:3: there is one colon too many here"),
        (b"name: a\nname: b\n", "pack.yml:2: name: this is already given on line 1"),
        (b"name: a\n\ttab: b\n", "pack.yml:2: the line is indented with a tab"),
        (b"name: a\x07\n", "pack.yml:1: contains a control character (U+0007)"),
        (
            b"name: a\nversion: 2026-13-45\n",
            "pack.yml:2: version: YAML cannot read “2026-13-45”",
        ),
        (
            b"format: 1\nname: Gr\xfc\xdfe\n",
            "pack.yml:2: the file is not saved as UTF-8",
        ),
        (b"[" * 50_000, "pack.yml:1: the file is nested too deeply"),
        (b"#" * 1_000_001, "pack.yml: the file is larger than 1 MB"),
        (b"", "pack.yml: the file is empty"),
        (b"- a\n- b\n", "pack.yml:1: this must be a group of entries"),
        (b"name: a\n? [1]\n: b\n", "pack.yml:2: “name: value” is missing here"),
    ],
)
def test_a_file_that_is_not_yaml_says_so_with_its_line(
    pack: Path, content: bytes, problem: str
) -> None:
    (pack / "pack.yml").write_bytes(content)

    problems = _problems(pack)

    assert problems[0].startswith(problem)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("pages: {}\n", "pack.yml:5: pages: this must be a list"),
        ("pages:\n- {}\n", "pack.yml:6: pages.0.id: is missing"),
        ("nonsense: 1\n", "pack.yml:5: nonsense: “nonsense” is not known here"),
        ("title: 1\n", "pack.yml:5: title: this must be text; put “1” in quotes"),
        (
            "title: {de: Nur Deutsch}\n",
            "pack.yml:5: title: the text for the language “en” is missing",
        ),
        ("title: {de: a, en: ''}\n", "pack.yml:5: title.en: is empty"),
        ("languages: [de, fr]\n", "pack.yml: variants: the language “fr” is missing"),
        ("links: code\n", "pack.yml:5: links: this must be a list"),
        ("links: [1]\n", "pack.yml:5: links.0: this must be text"),
        ("lights: {amber: x}\n", "pack.yml:5: lights.red: is missing"),
        ("roles: []\n", "pack.yml:5: roles: this must be a group of entries"),
        (
            "countries: {NO: Norwegen}\n",
            "pack.yml:5: countries: put “NO” in quotes; without them YAML does",
        ),
        (
            "pages: [{id: home, title: x, sections: []}]\n",
            "pack.yml:5: pages.0: the first page's id must be “index”",
        ),
        (
            "pages: [{id: ../x, title: x, sections: []}]\n",
            "pages.0.id: “../x” has characters other than a-z",
        ),
        (
            "pages:\n- {id: index, title: x, sections: [nice, nice]}\n",
            "pack.yml:6: pages.0.sections.1: “nice” is already on line 6",
        ),
        (
            (
                "pages:\n- {id: index, title: x, sections: []}\n"
                "- {id: index, title: x, sections: []}\n"
            ),
            "pack.yml:7: pages.1: “index” is already on line 6",
        ),
        (
            "pages:\n- id: index\n  title: x\n  sections:\n  - nice\n  - lost\n",
            (
                "pack.yml:10: pages.0.sections.1: the section “lost” has no text in"
                " sections/de/, sections/de-formal/, sections/en/"
            ),
        ),
        (
            "pages: [{id: index, title: x, sections: [{id: nice, whn: {}}]}]\n",
            "pages.0.sections.0.whn: “whn” is not known here; did you mean “when”?",
        ),
        (
            "pages: [{id: index, title: x, sections: [{id: nice, when: a}]}]\n",
            "pages.0.sections.0.when: this must be a group of entries",
        ),
        (
            "pages: [{id: index, title: x, sections: [{id: nice, when: {a: {}}}]}]\n",
            "when.a: this must be a list",
        ),
        (
            "pages: [{id: index, title: x, sections: [3]}]\n",
            "sections.0: this must be text",
        ),
    ],
)
def test_what_is_wrong_in_pack_yml_is_named_with_its_line(
    pack: Path, text: str, problem: str
) -> None:
    _append(pack, text)

    problems = _problems(pack)

    dell = f"{builtin_packs() / 'dell'}/"
    shown = [_without_line(line.replace(dell, "")) for line in problems]
    assert any(problem in line for line in (*problems, *shown))


def _without_line(problem: str) -> str:
    path, _, rest = problem.partition(":")
    return f"{path}:{rest.partition(':')[2]}"


@pytest.mark.slow
def test_a_pack_without_a_look_of_site_and_pdf_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(
        builtin_packs() / "dell", own, ignore=shutil.ignore_patterns("site", "pdf")
    )

    assert _problems(own) == [
        "pack.yml: the folder site/ is missing; “extends: dell” provides it",
        "pack.yml: the folder pdf/ is missing; “extends: dell” provides it",
    ]


@pytest.mark.slow
def test_another_format_is_refused(pack: Path) -> None:
    _write(pack, "pack.yml", "format: 2\nname: a\nextends: dell\n")

    (problem,) = _problems(pack)

    assert problem == (
        "pack.yml:1: format: this guidegen reads template packs in format 1;"
        " install a newer version"
    )


@pytest.mark.slow
def test_each_key_that_no_pack_gives_is_missing_once(tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(builtin_packs() / "dell", own)
    _write(own, "pack.yml", "format: 1\nname: own\n")

    problems = _problems(own)

    missing = [line for line in problems if line.startswith("pack.yml")]
    assert "pack.yml: pages: is missing; add it" in missing
    # Sectors and countries have files of their own.
    assert len(missing) == len(set(missing)) == 10


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "light: red",
            "light: green",
            "3: topics.0.light: “green” is not possible here; choose from: red",
        ),
        ("[press]", "[boss]", "5: topics.0.speakers.0: “boss” is not possible here"),
        (
            "[all]",
            "[space]",
            "6: topics.0.sectors.0: “space” is not possible here",
        ),
        (
            "  why:",
            "  whi:",
            "7: topics.0.whi: “whi” is not known here; did you mean “why”",
        ),
        ("  why:", "  whi:", "2: topics.0.why: is missing"),
        (
            "id: plans",
            "id: pl ans",
            "2: topics.0.id: “pl ans” has characters other than",
        ),
        ("  do: {de: So., en: So.}", "  do: {en: So.}", "9: topics.0.do: the text for"),
        (
            "topics:",
            "topis:",
            "1: topis: “topis” is not known here; did you mean “topics”",
        ),
        (
            TOPIC,
            TOPIC + TOPIC.split("\n", 1)[1],
            "10: topics.1: “plans” is already on line 2",
        ),
        (
            "  light",
            "  preselected: 1\n  light",
            "3: topics.0.preselected: this must be true or false",
        ),
    ],
)
def test_what_is_wrong_in_the_catalogue_is_named_with_its_line(
    pack: Path, old: str, new: str, problem: str
) -> None:
    _write(pack, "catalogue.yml", TOPIC.replace(old, new))

    assert any(line.startswith(f"catalogue.yml:{problem}") for line in _problems(pack))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            "default: 2027-01-01",
            "default: this must be text, a number, true, false or a",
        ),
        ("default: [1]", "default.0: this must be text"),
        (
            "choices: colours",
            "choices: “colours” is not possible here; did you mean",
        ),
        ("choices: [{value: a}]", "choices.0.label: is missing"),
        ("required: 1", "required: this must be true or false"),
        ("minimum: true", "minimum: this must be a whole number"),
        ("when: [a]", "when: this must be a group of entries"),
        ("txt: a", "txt: “txt” is not known here; did you mean “text”"),
        (
            "fields: [{id: a, key: a, kind: text, text: a, fields: []}]",
            "fields.0.fields",
        ),
        (
            "fields: [{id: a, key: a, kind: text, text: {de: a}}]",
            "fields.0.text: the te",
        ),
        ("help: [a]", "help: this must be a single value"),
    ],
)
def test_what_is_wrong_in_the_questions_is_named_with_its_line(
    pack: Path, line: str, problem: str
) -> None:
    question = "questions:\n- id: q\n  key: q\n  kind: text\n  text: Was?\n"
    _write(pack, "questions.yml", f"{question}  {line}\n")

    (found,) = _problems(pack)

    assert found.startswith(f"questions.yml:6: questions.0.{problem}")


def test_anchors_and_merged_keys_are_read(pack: Path) -> None:
    _append(pack, "title: &title {de: Titel, en: Title}\nmagic_sentence: *title\n")

    assert load_pack(pack).magic_sentence.get("en") == "Title"


@pytest.mark.slow
def test_the_months_and_the_form_of_a_date_must_be_there(pack: Path) -> None:
    labels = (builtin_packs() / "dell" / "labels.yml").read_text("utf-8")
    broken = labels.replace("month_7:", "mont_7:").replace("{month}", "{monat}")
    _write(pack, "labels.yml", broken)

    problems = _problems(pack)

    assert "labels.yml: month_7: is missing; add it" in problems
    assert len(problems) == 4
    assert sum("has placeholders other than {day}" in line for line in problems) == 3


def test_everything_wrong_in_all_files_is_found_in_one_run(pack: Path) -> None:
    _append(pack, "title: 1\nlinks: 2\n")
    _write(pack, "questions.yml", "questions:\n- {id: 1, key: a, kind: colour}\n")
    _write(pack, "catalogue.yml", "topics: [\n")
    (pack / "labels.yml").write_bytes(b"\xff\xfe")
    _write(pack, "messages.yml", "hello: {de: Hallo}\n")

    problems = _problems(pack)

    assert [line.split(" ")[0] for line in problems] == [
        "pack.yml:5:",
        "pack.yml:6:",
        "questions.yml:2:",
        "questions.yml:2:",
        "questions.yml:2:",
        "catalogue.yml:2:",
        "labels.yml:1:",
        "messages.yml:1:",
    ]
