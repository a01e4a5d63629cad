from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.wording import hint_of, raises, text_of

from guidegen.errors import PackError
from guidegen.pack import builtin_packs, load_pack, section_file

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
    first, *lines = text_of(caught.value).splitlines()
    assert first == "the template pack is broken:"
    return [line.replace(f"{pack}/", "") for line in lines]


@pytest.mark.parametrize("name", [path.name for path in builtin_packs().iterdir()])
def test_every_built_in_pack_is_in_order(name: str) -> None:
    pack = load_pack(name)

    assert pack.name == name
    assert pack.pages[0].id == "index"
    assert pack.catalogue
    assert all(
        topic.speakers and topic.why.find(variant)
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


def test_a_key_of_pack_yml_wins_over_the_one_of_the_pack_it_extends(pack: Path) -> None:
    _append(pack, "title: {de: Mein Titel, en: My title}\n")

    loaded = load_pack(pack)

    assert loaded.title.get("en") == "My title"
    assert loaded.magic_sentence == load_pack("dell").magic_sentence


def test_a_pack_can_extend_a_company_s_own_pack_by_a_path_beside_it(
    pack: Path, tmp_path: Path
) -> None:
    child = tmp_path / "child"
    _write(child, "pack.yml", "extends: ../acme-pack\nname: child\n")

    loaded = load_pack("child", beside=tmp_path)

    assert loaded.name == "child"
    assert loaded.version == "1.0.0"
    assert loaded.folders == (child, pack, builtin_packs() / "dell")


def test_the_more_specific_pack_s_text_wins_in_every_variant(pack: Path) -> None:
    mine = _write(pack, "sections/de/nice.md", "## Nett\n")

    folders = load_pack(pack).folders

    assert section_file(folders, "de-formal", "nice") == mine
    assert section_file(folders, "de-formal", "no-such-section") is None


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
    "name", ["no-such-pack", "~nobody-of-that-name/x", "a" * 5000, "with\0null", ""]
)
def test_a_pack_that_is_not_there_is_named_with_the_built_in_ones(
    name: str, tmp_path: Path
) -> None:
    with raises(PackError, match="there is no template pack") as caught:
        load_pack(name, beside=tmp_path)

    assert "dell" in (hint_of(caught.value) or "")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"title: [\n", "pack.yml:2: not valid YAML"),
        (b"a: 1\nname: b\n a: c\n", "pack.yml:3: not valid YAML"),
        (b"name: a\nname: b\n", "pack.yml:2: not valid YAML: the key 'name' is there"),
        (b"name: a\n\ttab: b\n", "pack.yml:2: not valid YAML"),
        (b"name: a\x07\n", "pack.yml:1: "),
        (b"name: a\nversion: 2026-13-45\n", "pack.yml:1: month must be in 1..12"),
        (b"format: 1\nname: Gr\xfc\xdfe\n", "pack.yml:2: the file is not UTF-8"),
        (b"[" * 50_000, "pack.yml:1: "),
        (b"#" * 1_000_001, "pack.yml:1: the file is larger than 1 MB"),
        (b"", "pack.yml:1: must be a map of keys to values"),
        (b"- a\n- b\n", "pack.yml:1: must be a map of keys to values"),
        (b"name: a\n? [1]\n: b\n", "pack.yml:2: not valid YAML"),
    ],
)
def test_a_file_that_is_not_yaml_says_so_with_its_line(
    pack: Path, content: bytes, problem: str
) -> None:
    (pack / "pack.yml").write_bytes(content)

    problems = _problems(pack)

    assert problems[0].startswith(problem)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("pages: {}\n", "pack.yml:5: pages: must be a list"),
        ("pages:\n- {}\n", "pack.yml:6: pages.0: the key 'id' is missing"),
        ("nonsense: 1\n", "pack.yml:5: nonsense: unknown key"),
        ("title: 1\n", "pack.yml:5: title: must be a text, or a map of languages"),
        (
            "title: {de: Nur Deutsch}\n",
            "pack.yml:5: title: the text for 'en' is missin",
        ),
        ("title: {de: a, en: ''}\n", "pack.yml:5: title.en: must be a text"),
        ("languages: [de, fr]\n", "pack.yml: variants: the language 'fr' is missing"),
        ("links: code\n", "pack.yml:5: links: must be a list"),
        ("links: [1]\n", "pack.yml:5: links.0: must be a text"),
        ("lights: {amber: x}\n", "pack.yml:5: lights: the key 'red' is missing"),
        ("roles: []\n", "pack.yml:5: roles: must be a map of keys to values"),
        (
            "countries: {NO: Norwegen}\n",
            "pack.yml:5: countries: put the key that YAML reads as False in quotes",
        ),
        ("pages: [{id: home, title: x, sections: []}]\n", "must be 'index'"),
        ("pages: [{id: ../x, title: x, sections: []}]\n", "has signs other than a-z"),
        (
            "pages:\n- {id: index, title: x, sections: [nice, nice]}\n",
            "pack.yml:6: pages.0.sections.1: the section 'nice' is there twice",
        ),
        (
            (
                "pages:\n- {id: index, title: x, sections: []}\n"
                "- {id: index, title: x, sections: []}\n"
            ),
            "pack.yml:7: pages.1: the page 'index' is there twice",
        ),
        (
            "pages:\n- id: index\n  title: x\n  sections:\n  - nice\n  - lost\n",
            (
                "pack.yml:10: pages.0.sections.1: the section 'lost' has no text in"
                " sections/de/"
            ),
        ),
        (
            "pages: [{id: index, title: x, sections: [{id: nice, whn: {}}]}]\n",
            "pack.yml:5: pages.0.sections.0.whn: unknown key",
        ),
        (
            "pages: [{id: index, title: x, sections: [{id: nice, when: a}]}]\n",
            "pages.0.sections.0.when: must be a map",
        ),
        (
            "pages: [{id: index, title: x, sections: [{id: nice, when: {a: {}}}]}]\n",
            "when.a: must be a value or a list of values",
        ),
        (
            "pages: [{id: index, title: x, sections: [3]}]\n",
            "sections.0: must be a tex",
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


def test_a_pack_without_a_look_of_site_and_pdf_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(
        builtin_packs() / "dell", own, ignore=shutil.ignore_patterns("site", "pdf")
    )

    assert _problems(own) == [
        "pack.yml:1: the folder site/ is missing; `extends: dell` has it",
        "pack.yml:1: the folder pdf/ is missing; `extends: dell` has it",
    ]


def test_another_format_is_refused(pack: Path) -> None:
    _write(pack, "pack.yml", "format: 2\nname: a\nextends: dell\n")

    assert _problems(pack) == [
        "pack.yml:1: format: this guidegen reads packs of format 1"
    ]


def test_each_key_that_no_pack_gives_is_missing_once(tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(builtin_packs() / "dell", own)
    _write(own, "pack.yml", "format: 1\nname: own\n")

    problems = _problems(own)

    missing = [line for line in problems if line.startswith("pack.yml")]
    assert "pack.yml:1: the key 'pages' is missing" in missing
    assert len(missing) == len(set(missing)) == 12


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("light: red", "light: green", "3: topics.0.light: 'green' is not one of: red"),
        ("[press]", "[boss]", "5: topics.0.speakers.0: 'boss' is not one of: manage"),
        (
            "[all]",
            "[space]",
            "6: topics.0.sectors.0: 'space' is not one of: all, other",
        ),
        ("  why:", "  whi:", "7: topics.0.whi: unknown key"),
        ("  why:", "  whi:", "2: topics.0: the key 'why' is missing"),
        ("id: plans", "id: pl ans", "2: topics.0.id: 'pl ans' has signs other than"),
        ("  do: {de: So., en: So.}", "  do: {en: So.}", "9: topics.0.do: the text for"),
        ("topics:", "topis:", "1: topis: unknown key"),
        (
            TOPIC,
            TOPIC + TOPIC.split("\n", 1)[1],
            "10: topics.1: the topic 'plans' is th",
        ),
        (
            "  light",
            "  preselected: 1\n  light",
            "3: topics.0.preselected: must be tru",
        ),
    ],
)
def test_what_is_wrong_in_the_catalogue_is_named_with_its_line(
    pack: Path, old: str, new: str, problem: str
) -> None:
    _write(pack, "catalogue.yml", TOPIC.replace(old, new))

    assert any(line.startswith(f"catalogue.yml:{problem}") for line in _problems(pack))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("default: 2027-01-01", "default: must be a text, a number, true, false or a"),
        ("default: [1]", "default.0: must be a text"),
        ("choices: colours", "choices: 'colours' is not one of: languages, sectors"),
        ("choices: [{value: a}]", "choices.0: the key 'label' is missing"),
        ("required: 1", "required: must be true or false"),
        ("minimum: true", "minimum: must be a whole number"),
        ("when: [a]", "when: must be a map of keys to values"),
        ("txt: a", "txt: unknown key"),
        (
            "fields: [{id: a, key: a, kind: text, text: a, fields: []}]",
            "fields.0.fields",
        ),
        (
            "fields: [{id: a, key: a, kind: text, text: {de: a}}]",
            "fields.0.text: the te",
        ),
        ("help: [a]", "help: must be a text, or a map of languages to texts"),
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


def test_the_months_and_the_form_of_a_date_must_be_there(pack: Path) -> None:
    labels = (builtin_packs() / "dell" / "labels.yml").read_text("utf-8")
    broken = labels.replace("month_7:", "mont_7:").replace("{month}", "{monat}")
    _write(pack, "labels.yml", broken)

    problems = _problems(pack)

    assert "labels.yml:1: the key 'month_7' is missing" in problems
    assert len(problems) == 3
    assert all("placeholders than {day}" in line for line in problems[1:])


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


def test_an_installation_without_packs_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("guidegen.TEMPLATE_PACKS", (tmp_path / "packs",))

    with raises(PackError, match="built-in packs are missing") as caught:
        builtin_packs()

    assert hint_of(caught.value) == "install guidegen again"
