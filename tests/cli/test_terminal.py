"""A stranger's project has nothing printed that steers a terminal, by any verb."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.cli.conftest import Result, run_in
from tests.soak import counts

from guidegen.cli.dialogs import make_prompter
from guidegen.cli.shell_quoting import typed_path
from guidegen.cli.terminal import error_text
from guidegen.errors import PackError, Problem, ProblemsError
from guidegen.interview import Messages
from guidegen.model.json_records import canonical
from guidegen.model.project import Project
from guidegen.model.text import LocalText
from guidegen.pack.find import builtin_packs
from guidegen.pack.pin import Pin
from guidegen.pack.read import read_data
from guidegen.release.manifest import MANIFEST, release_digest
from guidegen.steering import STEERING

Guidegen = Callable[..., Result]
ATTACK: Final = (
    "\x1b]0;PWNED\x07\x1b[2J\x1b[31m\x1b[8m\u202eFED\u2066\x9b31m\x85\u2028\r\x00"
)
"""A window's title, a cleared screen, colour and hidden text, reversed text, C1."""
IN_NAMES: Final = ATTACK.replace("\x00", "")
ANSWERS: Final = """\
format: 1
languages: [en]
company: {name: Acme Ltd, sector: other}
contacts: [{name: Mira, email: social@acme.example}]
taboo_topics: [financial-figures]
version: {owner: Jana, valid_from: 2026-12-01}
publish: {intranet: {kind: folder, path: ../www}}
"""
VERBS: Final = (
    *(("build",), ("build", "--force"), ("status",), ("status", "--json")),
    *(("verify",), ("verify", "--json"), ("diff",), ("diff", "--json")),
    *(("release", "--yes"), ("release", "--json", "--yes"), ("review", "--by", "x")),
    *(("customize",), ("customize", "nice"), ("export", "md"), ("upgrade", "--yes")),
    *(("publish",), ("publish", "intranet", "--yes"), ("rollback", "intranet")),
    *(("topics",), ("add",), ("explain",), ("explain", "nice"), ("ci", "github")),
    *(("set", f"company.name={ATTACK}"), ("set", f"{ATTACK}=x"), (ATTACK,)),
    *(("build", f"--{ATTACK}"), ("build", "-C", IN_NAMES), ("interview",)),
    *(("publish", ATTACK), ("customize", ATTACK), ("explain", ATTACK)),
    *(("topics", ATTACK), ("build", "--lang", ATTACK), ("serve", "--port", ATTACK)),
    *(("release", "--withdraw", ATTACK, "--reason", ATTACK, "--yes"),),
    *(("verify", "--digest", ATTACK), ("review", "--by", ATTACK)),
)


def _harmful(result: Result) -> set[str]:
    return {*STEERING.findall(result.out + result.err)}


@pytest.fixture
def project(here: Path, own_cache: None) -> Project:  # noqa: ARG001
    (here / "guideline.yml").write_text(ANSWERS, encoding="utf-8")
    return Project(here)


@pytest.fixture(scope="module")
def _released_once(tmp_path_factory: pytest.TempPathFactory, cache_home: Path) -> Path:
    folder = tmp_path_factory.mktemp("released")
    (folder / "guideline.yml").write_text(ANSWERS, encoding="utf-8")
    release = ("release", "--yes", "--note", "n", "--approved-by", "me")
    run_in(folder, cache_home, release, GUIDEGEN_LANG="en")
    return folder


@pytest.fixture
def released(_released_once: Path, project: Project) -> Project:
    shutil.copytree(_released_once, project.folder, dirs_exist_ok=True)
    return project


def _poisoned(value: Any) -> Any:  # noqa: ANN401  # JSON
    """Return data in which every text says more than it should."""
    match value:
        case str() if value.count("-") == 2 or len(value) in {5, 64}:
            return value  # a day, a version, a digest: refused before it is shown
        case str():
            return ATTACK + value
        case list():
            return [_poisoned(each) for each in value]
        case dict():
            return {key: _poisoned(each) for key, each in value.items()}
    return value


def _poison(path: Path, change: Callable[[Any], Any] = _poisoned) -> None:
    data = change(json.loads(path.read_text(encoding="utf-8")))
    if path.name == MANIFEST:
        # Whoever puts that there can make its digest fit, too.
        data["digest"] = release_digest(data)
    path.write_bytes(canonical(data))


@pytest.mark.slow
@pytest.mark.parametrize(
    "part", ["answers", "documents", "whole", "reviews", "withdrawals", "head", "pack"]
)
def test_records_of_releases_steer_nothing(
    released: Project, guidegen: Guidegen, part: str
) -> None:
    releases = released.releases
    record = releases / "1.0.0" / "release.json"
    review = [
        {
            "by": ATTACK,
            "on": "2026-11-28",
            "note": ATTACK,
            "version": "1.0.0",
            "digest": ATTACK,
            "chain": ATTACK,
            "reason": {"en": ATTACK},
        }
    ]
    match part:
        case "answers" | "documents":
            _poison(record, lambda data: {**data, part: _poisoned(data[part])})
        case "whole":
            _poison(record)
        case "reviews" | "withdrawals":
            path = releases / f"{part}.json"
            path.write_text(json.dumps(review), encoding="utf-8")
        case "head":
            _poison(releases / "head.json")
        case "pack":
            for path in releases.rglob("pack.yml"):
                path.write_text(f"name: {json.dumps(ATTACK)}\n", encoding="utf-8")

    for words in VERBS:
        assert not _harmful(guidegen(*words)), words


@pytest.mark.slow
def test_files_of_a_project_steer_nothing(
    released: Project, guidegen: Guidegen
) -> None:
    folder, name = released.folder, IN_NAMES.replace("/", "")
    (folder / "sections/en").mkdir(parents=True)
    (folder / f"sections/en/x{name}.md").write_text("x", encoding="utf-8")
    (folder / "releases" / f"9.0.0{name}").mkdir()
    (folder / "releases/1.0.0" / name).write_text("x", encoding="utf-8")
    _poison(released.work / "sources.json")
    (released.work / "publications.json").write_text(
        json.dumps(
            {
                ATTACK: {
                    "kind": ATTACK,
                    "place": ATTACK,
                    "version": ATTACK,
                    "files": 1,
                    "state": "released",
                    "when": "2026-11-28T00:00:00+00:00",
                }
            }
        ),
        encoding="utf-8",
    )
    www = folder.parent / "www" / "current"
    www.mkdir(parents=True)
    for manifest in (
        {"format": 1, "version": ATTACK, "files": {ATTACK: ATTACK}},
        {"id": ATTACK, "version": ATTACK, "state": ATTACK, "release": ATTACK},
    ):
        text = json.dumps(manifest)
        (www / ".guidegen-manifest.json").write_text(text, encoding="utf-8")
        for words in VERBS:
            assert not _harmful(guidegen(*words)), words


@pytest.mark.slow
@pytest.mark.parametrize(
    "broken",
    [
        "company: {name: @}",
        "company: {name: Acme, sector: @}",
        "@: 1",
        "taboo_topics: [@]",
        "brand: {logo: @}",
        "pack: @",
        "publish: {@: {kind: folder, path: x}}",
        "publish: {x: {kind: @}}",
        "company: {name: Acme, @: 1}",
        "sections: {nice: @}",
        "contacts: [{name: Mira, email: @}]",
        "include: !@ x",
    ],
)
def test_answers_steer_nothing(
    project: Project, guidegen: Guidegen, broken: str
) -> None:
    text = json.dumps(ATTACK)
    project.answers.write_text(
        f"{ANSWERS}{broken.replace('@', text)}\n", encoding="utf-8"
    )

    for words in VERBS:
        assert not _harmful(guidegen(*words)), words


_TEXT: Final = re.compile(r'\b(de|en): (?:"([^"\\]+)"|([^"{},\n\[]+))(?=[,}\n])')


def _attacking(found: re.Match[str]) -> str:
    return f"{found[1]}: {json.dumps(ATTACK + (found[2] or found[3]))}"


@pytest.fixture
def _refused_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read a pack once that is refused: what is refused is not kept in the cache."""
    refused: dict[str, PackError] = {}

    def read(folder: Path, pin: Pin | None = None) -> object:
        key = f"{folder.resolve()} {pin}"
        if key in refused:
            raise refused[key]
        try:
            return read_data(folder, pin)
        except PackError as error:
            refused[key] = error
            raise

    monkeypatch.setattr("guidegen.pack.read.read_data", read)


@pytest.mark.slow
@pytest.mark.usefixtures("_refused_once")
@pytest.mark.parametrize("name", ["pack", "questions", "catalogue", "sectors", "all"])
def test_a_pack_steers_nothing(project: Project, guidegen: Guidegen, name: str) -> None:
    look = project.folder / "look"
    shutil.copytree(builtin_packs() / "dell", look)
    names = ["pack", "questions", "catalogue", "sectors", "explanations", "labels"]
    for each in names if name == "all" else [name]:
        path = look / f"{each}.yml"
        text, number = _TEXT.subn(_attacking, path.read_text(encoding="utf-8"))
        assert number
        path.write_text(text, encoding="utf-8")
    project.answers.write_text(f"{ANSWERS}pack: ./look\n", encoding="utf-8")

    for words in VERBS:
        assert not _harmful(guidegen(*words)), words


@pytest.mark.slow
def test_a_section_s_mistakes_steer_nothing(
    project: Project, guidegen: Guidegen
) -> None:
    section = project.folder / "sections/en/nice.md"
    section.parent.mkdir(parents=True)
    for text in (
        f"---\ntitle: {json.dumps(ATTACK)}\n---\n",
        f"## T\n\n{{{{ x['{ATTACK}'] }}}}\n",
        f"## T\n\n[a]({ATTACK})\n",
        f"## T\n\n{{% {ATTACK} %}}\n",
        f"{ATTACK}\n",
    ):
        section.write_text(text, encoding="utf-8")
        assert not _harmful(guidegen("build"))
        assert not _harmful(guidegen("diff"))


@pytest.mark.slow
def test_a_folder_s_name_steers_nothing(project: Project, guidegen: Guidegen) -> None:
    inner = project.folder / IN_NAMES.replace("/", "")
    inner.mkdir()
    (inner / "guideline.yml").write_text(ANSWERS, encoding="utf-8")

    for words in (("build",), ("release", "--yes"), ("export", "md"), ("status",)):
        done = guidegen(*words, "-C", str(inner))
        assert done.code == 0, done.err
        assert not _harmful(done)
    assert "<U+202E>FED" in typed_path(inner)


@pytest.mark.slow
def test_json_has_the_data_as_they_are(released: Project, guidegen: Guidegen) -> None:
    released.answers.write_text(
        ANSWERS.replace("Acme Ltd", "\u2067אקמי\u2069 Größe"), encoding="utf-8"
    )

    done = guidegen("diff", "--json")

    assert not _harmful(done)
    # Readable where it can be, escaped where it must be.
    assert "\\u2067אקמי\\u2069 Größe" in done.out
    assert "\u2067אקמי\u2069 Größe" in json.dumps(
        json.loads(done.out), ensure_ascii=False
    )


def test_a_traceback_steers_nothing(
    here: Path, guidegen: Guidegen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(ATTACK)

    monkeypatch.setattr("tempfile.tempdir", str(here))
    monkeypatch.setattr("guidegen.cli.status.find_status", fail)
    (here / "guideline.yml").write_text(ANSWERS, encoding="utf-8")

    done = guidegen("status")

    assert done.code == 3
    assert not _harmful(done)
    [log] = here.glob("guidegen-*.log")
    assert "PWNED" in log.read_text(encoding="utf-8")
    assert not STEERING.search(log.read_text(encoding="utf-8"))


def test_a_pack_s_questions_steer_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Line by line, with nothing below that would hold it back."""
    monkeypatch.setenv("TERM", "dumb")
    messages = Messages(
        texts={"interview-keys-plain": LocalText.of(ATTACK)}, language="en"
    )

    make_prompter(messages, plain=True).say(ATTACK)

    assert not STEERING.search(capsys.readouterr().out)


@pytest.mark.skipif(sys.platform == "win32", reason="no such terminals")
def test_menus_show_nothing_that_turns_a_text() -> None:
    from prompt_toolkit.layout.screen import Char  # noqa: PLC0415

    import guidegen.interview.menu_prompter  # noqa: F401, PLC0415  # sets the table

    shown = [Char(sign).char for sign in ATTACK]

    assert not STEERING.search("".join(shown))
    assert Char("\u202e").char == "<U+202E>"
    assert Char("é").char == "é"


def test_a_name_prints_no_line_that_reads_like_ours(
    project: Project, guidegen: Guidegen
) -> None:
    forged = "x\nerror: your licence is over\nhint: pay here"
    project.answers.write_text(f"{ANSWERS}{json.dumps(forged)}: 1\n", encoding="utf-8")
    for done in (
        *(guidegen("build"), guidegen("build", "-C", forged)),
        *(guidegen("explain", forged), guidegen("publish", forged), guidegen(forged)),
    ):
        assert done.code
        assert "x<U+000A>error" in done.err
        assert "\nerror: your" not in done.err
        assert "\nhint: pay" not in done.err


_CHARACTERS: Final = st.one_of(
    st.sampled_from([*ATTACK, "\n", "\u200f", "::", "##["]),
    st.characters(codec=None, exclude_categories=()),
)


@pytest.mark.soak
@pytest.mark.slow
@settings(
    max_examples=counts(soak=30, sample=10),
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
    ],
)
@given(
    key=st.sampled_from(
        ["company.name", "version.owner", "contacts.0.name", "contacts.0.chat"]
    ),
    text=st.lists(_CHARACTERS, max_size=20).map("".join),
)
@example(key="company.name", text="\u2067אב\u2069")
@example(key="version.owner", text="::error::x")
@example(key="company.name", text="\ud800")
@example(key="contacts.0.chat", text="\udcff")
def test_no_text_in_an_answer_steers(
    project: Project, guidegen: Guidegen, key: str, text: str
) -> None:
    """Given on the command line or in the file, taken or refused."""
    # No operating system hands over a command line with a NUL in it.
    given_text = text.replace("\0", "")
    project.answers.write_text(ANSWERS, encoding="utf-8")
    results = [guidegen("set", f"{key}={given_text}"), guidegen("status", "--json")]
    written = ANSWERS.replace("Acme Ltd", json.dumps(text))
    project.answers.write_text(written, encoding="utf-8")
    results += [guidegen("build"), guidegen("diff"), guidegen("status")]

    for done in results:
        assert done.code in {0, 1, 2}, done.err
        assert not _harmful(done)
        assert not re.search(r"^\s*::\w|##\[", done.out + done.err, re.MULTILINE)


_OURS: Final = re.compile(r"\x1b\[(?:0|1|4|9|3[0-7])m|\r\n")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no such terminals")
def test_a_terminal_gets_colours_and_nothing_else(
    released: Project, guidegen: Guidegen
) -> None:
    """With a real one: colours are on, and lines are wrapped."""
    _poison(
        released.releases / "1.0.0" / "release.json",
        lambda data: {**data, "answers": _poisoned(data["answers"])},
    )
    changed = guidegen("set", "company.name=Other Ltd")
    assert changed.code == 0
    seen = ""
    for words in (["status"], ["diff"], ["verify"], ["customize"], ["publish"], ["x"]):
        printed = _in_a_terminal(words)
        seen += printed
        assert not STEERING.search(_OURS.sub("", printed)), words
    assert "\x1b[1m" in seen
    assert "<U+202E>" in seen


def _in_a_terminal(words: list[str]) -> str:
    import pty  # noqa: PLC0415  # not on Windows

    outer, inner = pty.openpty()
    program = subprocess.Popen(  # noqa: S603  # our own
        [sys.executable, "-m", "guidegen", *words],
        stdin=subprocess.DEVNULL,
        stdout=inner,
        stderr=inner,
        env={**os.environ, "TERM": "xterm", "NO_COLOR": ""},
    )
    os.close(inner)
    printed = b""
    with suppress(OSError):  # EIO: the other end was closed
        while piece := os.read(outer, 65_536):
            printed += piece
    program.wait()
    os.close(outer)
    return printed.decode()


# --- addresses that look like others


def test_a_lookalike_is_named_in_both_languages(
    project: Project, guidegen: Guidegen
) -> None:
    chat = ANSWERS.replace("email: social@acme.example", "chat: https://аcme.example/x")
    project.answers.write_text(chat, encoding="utf-8")
    section = project.folder / "sections/en/nice.md"
    section.parent.mkdir(parents=True)
    section.write_text("## Nice\n\n[a](https://gοogle.com)\n", encoding="utf-8")

    first, again, german = (
        guidegen("build"),
        guidegen("build"),
        guidegen("build", "--lang", "de"),
    )

    assert first.code == 0, first.err
    for done in (first, again, german):
        assert "xn--cme-5cd.example" in done.err
        assert "xn--gogle-rce.com" in done.err
    assert "guideline.yml:4: contacts.0.chat: аcme.example can be mistaken" in first.err
    assert f"{os.path.join('sections', 'en', 'nice.md')}:3: gοogle.com" in first.err  # noqa: PTH118
    assert "kann mit einer anderen Adresse verwechselt werden" in german.err
    assert "xn--cme-5cd.example" in guidegen("status").err
    changed = guidegen("set", "contacts=[{name: M, email: jana@аcme.example}]")
    assert "xn--cme-5cd.example" in changed.err, changed


@pytest.mark.parametrize(
    ("number", "lines", "last"),
    [
        (20, 20, "entry 19"),
        (21, 21, "entry 20"),
        (22, 21, "… and 2 more"),
        (9000, 21, "… and 8980 more"),
    ],
)
def test_of_thousands_of_problems_some_are_shown_and_the_rest_counted(
    number: int, lines: int, last: str
) -> None:
    problems = tuple(
        Problem(message="verify-missing", values={"key": f"entry {each}"})
        for each in range(number)
    )

    text = error_text(ProblemsError(problems)).splitlines()

    assert len(text) == lines
    assert last in text[-1]
