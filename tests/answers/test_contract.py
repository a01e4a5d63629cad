from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from guidegen.answers.assignments import read_options
from guidegen.answers.data import answers_data
from guidegen.answers.edit import edit_answers
from guidegen.answers.json_schema import json_schema
from guidegen.answers.read import read_answers, read_targets
from guidegen.errors import Problem, ProblemsError
from guidegen.pack.load import load_pack

FOLDER = """\
publish:
  intranet:
    kind: folder
    path: /srv/www/guideline
    keep: 7
    symlinks: false
  pages: {kind: git, repository: "git@git.nordlicht.example:hr/pages.git"}
"""


def _problems(path: Path, text: str) -> tuple[Problem, ...]:
    path.write_text(text, "utf-8")
    with pytest.raises(ProblemsError) as caught:
        read_targets(path)
    return caught.value.problems


def test_targets_are_read_with_their_options(tmp_path: Path) -> None:
    path = tmp_path / "guideline.yml"
    path.write_text(FOLDER, "utf-8")

    targets = read_targets(path)

    intranet = targets["intranet"]
    assert list(targets) == ["intranet", "pages"]
    assert (intranet.kind, intranet.text("path")) == ("folder", "/srv/www/guideline")
    assert (intranet.keep, targets["pages"].keep) == (7, 5)
    assert intranet.flag("symlinks", default=True) is False
    assert intranet.line == 2
    assert intranet.folder == tmp_path


@pytest.mark.parametrize("text", ["publish:\n", "format: 1\n"])
def test_there_may_be_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "guideline.yml").write_text(text, "utf-8")

    assert read_targets(tmp_path / "guideline.yml") == {}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("path: /x\n    pth: /y", "entry-unknown-key-near"),
        ("keep: 5", "entry-missing"),
        ("path: /x\n    keep: many", "value-number"),
        ("path: /x\n    keep: 0", "value-number-range"),
        ("path: [/x]", "entry-needs-text"),
        ("path: /x\n    host: example.org", "entry-unknown-key-none"),
    ],
)
def test_what_a_target_may_not_say_is_found_with_its_line(
    tmp_path: Path, line: str, message: str
) -> None:
    text = f"publish:\n  intranet:\n    kind: folder\n    {line}\n"

    (problem,) = _problems(tmp_path / "guideline.yml", text)

    assert problem.message.startswith(message.removesuffix("-none"))
    assert problem.line in {2, 4, 5}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("publish: /srv/www\n", "entry-needs-map"),
        ("publish:\n  x: /srv/www\n", "entry-needs-map"),
        ("publish:\n  x: {path: /x}\n", "entry-missing"),
        ("publish:\n  x: {kind: ftp, path: /x}\n", "value-choice"),
        ("publish:\n  Intra net: {kind: folder, path: /x}\n", "publish-name"),
        ("publish:\n  ../x: {kind: folder, path: /x}\n", "publish-name"),
    ],
)
def test_a_target_needs_a_name_and_a_kind(
    tmp_path: Path, text: str, message: str
) -> None:
    problems = _problems(tmp_path / "guideline.yml", text)

    assert problems[0].message.startswith(message)


@pytest.mark.parametrize(
    "line",
    [
        "password: hunter22",
        "Passwort: hunter22",
        "passphrase: hunter22",
        "token: hunter22",
        "client_secret: hunter22",
        "secret_key: hunter22",
        "access-key: hunter22",
        "apikey: hunter22",
        "credentials: {hunter22: x}",
        "url: https://anna:hunter22@dav.nordlicht.example/",
        "url: davs://anna:hunter22@dav.nordlicht.example/",
        "url: https://anna:hunter22@[broken/",
        "user: |\n      -----BEGIN OPENSSH PRIVATE KEY-----\n      hunter22",
        "user: AKIAHUNTER22HUNTER22",
        "user: ghp_hunter22hunter22hunter22hunter22hunt",
    ],
)
def test_a_secret_in_the_file_is_an_error_that_does_not_repeat_it(
    tmp_path: Path, line: str
) -> None:
    text = f"publish:\n  my-cloud:\n    kind: webdav\n    {line}\n"

    problems = _problems(tmp_path / "guideline.yml", text)

    found = [each for each in problems if each.message == "publish-secret"]
    assert [each.line for each in found] == [4]
    assert found[0].values["variable"] == "GUIDEGEN_MY_CLOUD_…"
    assert "hunter22" not in str(problems).casefold()


def test_an_address_with_a_users_name_is_no_secret(tmp_path: Path) -> None:
    (tmp_path / "guideline.yml").write_text(
        "publish:\n  x: {kind: git, repository: 'https://anna@git.example/x.git'}\n"
    )

    assert read_targets(tmp_path / "guideline.yml")


def test_where_it_is_published_is_no_part_of_the_policy(tmp_path: Path) -> None:
    demo = load_pack("dell").folders[0] / "demo"
    text = (demo / "guideline.yml").read_text("utf-8")
    (tmp_path / "logo.svg").write_bytes((demo / "logo.svg").read_bytes())
    path = tmp_path / "guideline.yml"
    path.write_text(text, "utf-8")
    before = answers_data(read_answers(path)[0])

    path.write_text(text + FOLDER, "utf-8")
    answers = read_answers(path)[0]

    assert set(answers.publish) == {"intranet", "pages"}
    assert answers_data(answers) == before


def test_editors_know_the_kinds_and_their_options() -> None:
    schema = json_schema(load_pack("dell"))["properties"]["publish"]

    (kinds,) = schema["patternProperties"].values()
    by_kind = {each["properties"]["kind"]["const"]: each for each in kinds["anyOf"]}
    assert set(by_kind) == {"folder", "git", "sftp", "s3", "webdav", "smb"}
    assert by_kind["folder"]["required"] == ["kind", "path"]
    assert "keep" in by_kind["git"]["properties"]


def test_the_targets_of_the_how_to_are_good(tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "docs/how-to/publish.md"
    blocks = re.findall(r"```yaml\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    kinds = []

    for block in blocks:
        (tmp_path / "guideline.yml").write_text(block, "utf-8")
        kinds += [
            each.kind for each in read_targets(tmp_path / "guideline.yml").values()
        ]

    assert kinds[:2] == ["folder", "git"]


def test_a_target_can_be_set_on_the_command_line(tmp_path: Path) -> None:
    pack = load_pack("dell")
    shutil.copytree(pack.folders[0] / "demo", tmp_path, dirs_exist_ok=True)
    path = tmp_path / "guideline.yml"

    for option in ("publish.web={kind: folder, path: /srv/www}", "publish.web.keep=9"):
        edit_answers(path, read_options([option], pack), pack)

    assert read_targets(path)["web"].options == {"path": "/srv/www", "keep": 9}


@pytest.mark.parametrize(
    "option",
    [
        "publish.web.password=hunter22",
        'publish.web={kind: webdav, url: "https://a:hunter22@dav.example/"}',
    ],
)
def test_a_secret_on_the_command_line_is_refused_and_not_repeated(option: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        read_options([option], load_pack("dell"))

    assert "hunter22" not in str(caught.value.problems)
