from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.pack.packs import change, install
from tests.wording import located

from guidegen.errors import PackError
from guidegen.model.pack import Pack
from guidegen.model.project import Project
from guidegen.pack.find import builtin_packs
from guidegen.pack.load import load_pack
from guidegen.pack.pin import keep_pack, kept_digest, pin_pack

pytestmark = pytest.mark.slow

RELEASED = Path(__file__).parents[2] / "releases_498d616"

COUNTRY = """\
name: {de: Norwegen, en: Norway}
place: {de: In Norwegen, en: In Norway}
works_council: {default: betriebsrat}
spelling: {de: {ß: ss}}
statements:
- id: "NO-1"
  at: rights.pay
  mode: instead
  when: {company.sector: [bank, health]}
  text: {de: "Bei {company_dative}: {own_pay}", en: Pay}
  source: "§ 1"
  checked: 2026-11-30
  status: verified
  why: {de: Darum., en: Because.}
"""


@pytest.fixture(autouse=True)
def _own_cache(own_cache: None) -> None:
    """Keep packs in a cache of the tests' own."""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return a company's pack that extends the built-in one."""
    folder = tmp_path / "acme-pack"
    folder.mkdir()
    (folder / "pack.yml").write_text(
        "format: 1\nname: acme-pack\nversion: 1.0.0\nextends: dell\n", encoding="utf-8"
    )
    return folder


def _write(pack: Path, name: str, text: str) -> None:
    path = pack / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _problems(pack: Path) -> list[str]:
    with pytest.raises(PackError) as caught:
        load_pack(pack)
    return [line.replace(f"{pack}/", "") for line in located(caught.value)]


@pytest.mark.parametrize(
    ("spelling", "line"),
    [
        ("{'*': x}", "spelling.de: “*”"),
        ("{'': x}", "spelling.de: “”"),
        ("{'{{': x}", "spelling.de: “{{”"),
        ("{ß: '{{ 7 }}'}", "spelling.de.ß: “{{ 7 }}”"),
        ("{ß: <script>}", "spelling.de.ß: “<script>”"),
        ('{ß: "a\\n# b"}', "spelling.de.ß: “a"),
    ],
)
def test_a_spelling_is_made_of_letters_and_marks_of_sentences(
    spelling: str, line: str, pack: Path
) -> None:
    _write(pack, "countries/NO.yml", COUNTRY.replace("{ß: ss}", spelling))

    assert any(line in each for each in _problems(pack))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("rights.pay", "right.pay", "statements.0.at: “right.pay” is not a place"),
        ("place:", "locale: {de: 'x\"><b>'}\nplace:", 'locale.de: “x"><b>” is not'),
        ("place:", "labels: {long_date: {de: '{tag}'}}\nplace:", "labels.long_date"),
    ],
)
def test_what_would_have_no_effect_or_break_a_page_is_refused(
    old: str, new: str, expected: str, pack: Path
) -> None:
    _write(pack, "countries/NO.yml", COUNTRY.replace(old, new))

    assert any(expected in each for each in _problems(pack))


@pytest.mark.parametrize("entry", ["[]", "[der, X]", "[die, X, Y]", "des"])
def test_a_noun_has_an_article_and_perhaps_a_dative(entry: str, pack: Path) -> None:
    _write(pack, "names.yml", f"nouns: {{Werk: {entry}}}\n")

    (problem,) = _problems(pack)
    assert "names.yml:1: nouns.Werk" in problem


def test_sectors_of_the_company_s_own_do_with_an_inherited_catalogue(
    pack: Path,
) -> None:
    own = "sectors:\n  brewery: {name: {de: B, en: B}, topics: [new-products]}\n"
    _write(pack, "sectors.yml", own)

    loaded = load_pack(pack)

    assert list(loaded.sectors) == ["brewery"]
    assert not any(topic.overrides.get("health") for topic in loaded.catalogue.values())


def test_sectors_that_cannot_be_read_are_all_that_is_said(pack: Path) -> None:
    _write(pack, "sectors.yml", "sectors: [a\n")

    (problem,) = _problems(pack)
    assert "sectors.yml:2" in problem


def test_works_councils_of_the_company_s_own_do_with_inherited_countries(
    pack: Path,
) -> None:
    top = (pack / "pack.yml").read_text("utf-8")
    councils = "works_councils: {komitee: {de: Komitee, en: committee}}\n"
    _write(pack, "pack.yml", top + councils)

    assert list(load_pack(pack).works_councils) == ["komitee"]


def test_a_country_of_the_company_s_own_is_offered(pack: Path) -> None:
    _write(pack, "countries/NO.yml", COUNTRY)

    loaded = load_pack(pack)

    assert list(loaded.countries) == ["DE", "AT", "CH", "GB", "US", "NO"]
    (statement,) = loaded.country("NO").statements
    assert (statement.section, statement.item, statement.replaces) == (
        "rights",
        "pay",
        True,
    )
    assert statement.when == {"company.sector": ("bank", "health")}
    assert statement.checked == "2026-11-30"
    assert loaded.country("AT") == load_pack("dell").country("AT")


def test_a_country_s_file_of_the_company_s_own_wins(pack: Path) -> None:
    _write(pack, "countries/DE.yml", COUNTRY)

    loaded = load_pack(pack)

    assert loaded.countries["DE"].get("en") == "Norway"
    assert len(loaded.country("DE").statements) == 1


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "name: {de: Norwegen, en: Norway}\n",
            "",
            "countries/NO.yml: name: is miss",
        ),
        (
            "at: rights.pay",
            "at: rights",
            "7: statements.0.at: “rights” is not a place in the text",
        ),
        (
            "at: rights.pay",
            "at: rights.abroad",
            "7: statements.0.at: “rights.abroad” is not a place",
        ),
        ("mode: instead", "mode: replace", "8: statements.0.mode: “replace” is not po"),
        ("status: verified", "status: sure", "13: statements.0.status: “sure” is not"),
        ('  source: "§ 1"\n', "", "6: statements.0.source: is missing"),
        (
            "{own_pay}",
            "{wages}",
            "10: statements.0.text.de: there is no placeholder “wages” here",
        ),
        (
            "default: betriebsrat",
            "default: soviet",
            "3: works_council.default: “so",
        ),
        ("default: b", "space: betriebsrat, default: b", "3: works_council.space: th"),
        ("{ß: ss}", "{ß: 1}", "4: spelling.de.ß: this must be text"),
    ],
)
def test_what_is_wrong_in_a_country_s_file_is_named_with_its_line(
    old: str, new: str, problem: str, pack: Path
) -> None:
    assert old in COUNTRY
    _write(pack, "countries/NO.yml", COUNTRY.replace(old, new))

    expected = problem if problem.startswith("c") else f"countries/NO.yml:{problem}"
    assert any(line.startswith(expected) for line in _problems(pack))


def test_a_country_s_file_is_named_by_its_code(pack: Path) -> None:
    _write(pack, "countries/norway.yml", COUNTRY)

    (problem,) = _problems(pack)

    assert problem.startswith("countries/norway.yml:1: the file is not named after a")


def test_a_country_that_is_offered_has_a_file(pack: Path) -> None:
    path = pack / "pack.yml"
    path.write_text(path.read_text("utf-8") + "countries: [DE, FR]\n", "utf-8")

    (problem,) = _problems(pack)

    assert problem.startswith("pack.yml:5: countries.1: there is no countries/FR.yml")


def test_names_in_pack_yml_still_say_which_countries_and_sectors_there_are(
    pack: Path,
) -> None:
    shutil.copy(builtin_packs() / "dell" / "questions.yml", pack)
    _write(
        pack,
        "catalogue.yml",
        "topics:\n- id: plans\n  light: red\n  name: Pläne\n  speakers: [press]\n"
        "  sectors: [bank]\n  why: Darum.\n  dont: Nein.\n  do: Ja.\n",
    )
    path = pack / "pack.yml"
    path.write_text(
        path.read_text("utf-8")
        + "countries: {DE: Deutschland, FR: Frankreich}\nsectors: {bank: Bank}\n",
        "utf-8",
    )

    loaded = load_pack(pack)

    assert (list(loaded.countries), list(loaded.sectors)) == (["DE", "FR"], ["bank"])
    assert "AT" not in loaded.country_specs
    # What the built-in pack knows of them still holds, but for topics it has alone.
    assert loaded.country("DE").statements
    assert list(loaded.sector_specs) == ["bank"]
    assert loaded.sector("bank").topics == ()
    assert loaded.sector("bank").words
    assert (loaded.catalogue["plans"].level, loaded.catalogue["plans"].light) == (
        "only",
        "red",
    )


def test_a_pack_can_change_one_word_and_keep_the_others(pack: Path) -> None:
    path = pack / "pack.yml"
    path.write_text(
        path.read_text("utf-8") + "words: {people: {de: die Crew, en: the crew}}\n",
        "utf-8",
    )

    words = load_pack(pack).words

    assert words["people"].get("de") == "die Crew"
    assert words.keys() == load_pack("dell").words.keys()


SECTORS = """\
sectors:
  bank:
    name: {de: Bank, en: Bank}
    words: {vault: {de: Tresor, en: vault}}
  other: {name: {de: Andere, en: Other}}
"""
TOPIC = """\
topics:
- id: plans
  level: only
  name: {de: Pläne, en: Plans}
  speakers: [press]
  sectors: [all]
  why: {de: Darum., en: Because.}
  dont: {de: So nicht., en: Not so.}
  do: {de: So., en: So.}
"""


@pytest.mark.parametrize(
    ("topic", "problem"),
    [
        ("  for: {bank: {why: {de: '{vault}', en: '{own_pay}'}}}\n", None),
        (
            "  for: {other: {why: {de: '{vault}', en: x}}}\n",
            "10: topics.0.for.other.why.de: there is no placeholder “vault” here",
        ),
        (
            "  not_covered: '{vault}'\n",
            "10: topics.0.not_covered: there is no place",
        ),
        ("  for: {space: {why: x}}\n", "10: topics.0.for.space: “space” is not known"),
        ("  for: {listed: {why: x}}\n", None),
        ("  ask: alle, die zu sehen sind\n", None),
    ],
)
def test_a_sector_has_words_for_its_own_texts(
    topic: str, problem: str | None, pack: Path
) -> None:
    _write(pack, "sectors.yml", SECTORS)
    _write(pack, "catalogue.yml", TOPIC + topic)

    if problem is None:
        assert list(load_pack(pack).catalogue) == ["plans"]
    else:
        (found,) = _problems(pack)
        assert found.startswith(f"catalogue.yml:{problem}")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("topics: [plans, plans]", "topics.1: “plans” is already on line 4"),
        ("topics: [nothing]", "topics.0: there is no topic “nothing”"),
        ("means: space", "means: this template pack has no sector “space”"),
        ("offered: maybe", "offered: this must be true or false"),
        ("word: {}", "word: “word” is not known here; did you mean “words”"),
    ],
)
def test_what_is_wrong_with_a_sector_is_named_with_its_line(
    line: str, problem: str, pack: Path
) -> None:
    _write(pack, "catalogue.yml", TOPIC)
    _write(pack, "sectors.yml", SECTORS.replace("    words", f"    {line}\n    words"))

    found = _problems(pack)

    start = f"sectors.yml:4: sectors.bank.{problem}"
    assert any(each.startswith(start) for each in found)


# --- pinned texts


def _released(folder: Path) -> Project:
    """Return a project that stays with the texts of pack 1.0.0."""
    shutil.copytree(RELEASED / "craft", folder)
    shutil.copytree(RELEASED / "packs", folder / "releases" / "packs")
    return Project(folder)


def test_a_kept_pack_gets_nothing_that_it_did_not_have(tmp_path: Path) -> None:
    project = _released(tmp_path / "craft")

    kept = load_pack("dell", beside=project.folder)

    assert kept.version == "1.0.0"
    assert not kept.sector_specs
    assert not kept.country_specs
    assert not kept.levels
    assert not kept.parts
    assert not kept.words
    assert kept.names is None
    assert kept.variants == ("de", "de-formal", "en")
    assert set(kept.lights) == {"red", "amber"}
    assert kept.catalogue["strategy"].level == "only"


def test_its_digest_is_what_it_was(tmp_path: Path) -> None:
    project = _released(tmp_path / "craft")

    locked = json.loads(project.pack_lock.read_text("utf-8"))

    assert kept_digest(project.releases / locked["folder"]) == locked["digest"]


def _pinned(tmp_path: Path) -> Pack:
    project = Project(tmp_path / "company")
    project.folder.mkdir()
    installed = load_pack("dell")
    record = keep_pack(installed, project)
    assert pin_pack(project, installed, record)
    return load_pack("dell", beside=project.folder)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("sectors.yml", "sectors:\n", "sectors:\n  # newer\n"),
        ("names.yml", "nouns:\n", "nouns:\n  Quark: der\n"),
        ("countries/DE.yml", "name: {de: Deutschland", "name: {de: Bundesrepublik"),
    ],
)
def test_what_fits_texts_to_a_company_is_kept_with_them(
    name: str, old: str, new: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packs = tmp_path / "packs"
    shutil.copytree(builtin_packs(), packs)
    install(packs, monkeypatch)
    kept = _pinned(tmp_path)
    change(packs / "dell" / name, old, new)

    after = load_pack("dell", beside=tmp_path / "company")

    assert after.names == kept.names
    assert after.countries == kept.countries
    assert after.country_specs == kept.country_specs
    assert after.text_folders[0].is_relative_to(tmp_path / "company")
