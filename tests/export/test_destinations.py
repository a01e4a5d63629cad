from __future__ import annotations

from pathlib import Path

import pytest
from tests.wording import hint_of, raises

from guidegen.errors import ExportError, FilesError
from guidegen.export import destinations as destinations_module
from guidegen.export.destinations import Destinations


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "out"


def _write(tmp_path: Path, into: Path, **files: str) -> Destinations:
    """Write files, and folders with one page, as an export does."""
    places = Destinations(tmp_path / "work" / "exports.json")
    with places.staging(into) as staging:
        for name, text in files.items():
            if name.endswith("_md"):
                (staging / name).mkdir()
                (staging / name / "index.md").write_text(text)
            else:
                (staging / name).write_text(text)
        places.move_in(staging, into)
    return places


def _again(tmp_path: Path) -> Destinations:
    return Destinations(tmp_path / "work" / "exports.json")


def _all(into: Path) -> dict[str, str]:
    return {
        path.relative_to(into).as_posix(): path.read_text()
        for path in into.rglob("*")
        if path.is_file()
    }


def test_what_was_written_is_replaced_by_the_next(tmp_path: Path, into: Path) -> None:
    _write(tmp_path, into, html="1", de_md="1")
    (into / "foreign.txt").write_text("mine")

    _again(tmp_path).refuse_foreign([into / "html", into / "de_md"])
    _write(tmp_path, into, html="2", de_md="2")

    assert _all(into) == {"html": "2", "de_md/index.md": "2", "foreign.txt": "mine"}


def test_a_file_with_comments_is_not_replaced(tmp_path: Path, into: Path) -> None:
    _write(tmp_path, into, docx="1", de_md="1")
    (into / "docx").write_text("1 with comments")

    with raises(ExportError, match="somebody has changed") as raised:
        _again(tmp_path).refuse_foreign([into / "docx"])

    assert raised.value.path == into / "docx"
    assert "--force" in (hint_of(raised.value) or "")


def test_a_folder_with_something_more_in_it_is_not_replaced(
    tmp_path: Path, into: Path
) -> None:
    _write(tmp_path, into, de_md="1")
    (into / "de_md" / ".DS_Store").write_text("a file manager's")
    _again(tmp_path).refuse_foreign([into / "de_md"])
    (into / "de_md" / "notes.md").write_text("mine")

    with pytest.raises(ExportError) as raised:
        _again(tmp_path).refuse_foreign([into / "de_md"])

    assert raised.value.path == into / "de_md" / "notes.md"


def test_what_others_wrote_is_not_replaced(tmp_path: Path, into: Path) -> None:
    into.mkdir()
    (into / "html").write_text("mine")
    (into / "link").symlink_to(into / "nowhere")

    for name in ("html", "link"):
        with raises(ExportError, match="did not write"):
            _again(tmp_path).refuse_foreign([into / name])


def test_with_force_even_another_kind_of_thing_is_replaced(
    tmp_path: Path, into: Path
) -> None:
    (into / "html").mkdir(parents=True)
    (into / "html" / "x").touch()
    (into / "de_md").write_text("a file")
    (into / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").write_text("stays")

    _write(tmp_path, into, html="1", de_md="1", link="1")

    assert _all(into) == {"html": "1", "de_md/index.md": "1", "link": "1"}
    assert (tmp_path / "elsewhere").read_text() == "stays"


def test_a_record_that_cannot_be_read_counts_as_none(
    tmp_path: Path, into: Path
) -> None:
    _write(tmp_path, into, html="1")
    places = ("1", '{"a": 1}', '{"a": [1]}')
    for broken in ("{", "[]", *(f'{{"staging": "", "places": {x}}}' for x in places)):
        (tmp_path / "work" / "exports.json").write_text(broken)

        with raises(ExportError, match="did not write"):
            _again(tmp_path).refuse_foreign([into / "html"])


@pytest.mark.parametrize(
    ("error", "raised_as"),
    [(PermissionError(13, "denied"), ExportError), (OSError(28, "full"), FilesError)],
)
def test_if_one_cannot_take_its_place_none_does(
    tmp_path: Path,
    into: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: OSError,
    raised_as: type[Exception],
) -> None:
    _write(tmp_path, into, a="1", b_md="1")
    swap = destinations_module._swap  # noqa: SLF001  # it fails as an open file makes it fail

    def failing(new: Path, place: Path, old: Path) -> None:
        if place.name == "c":
            raise error
        swap(new, place, old)

    monkeypatch.setattr(destinations_module, "_swap", failing)

    with pytest.raises(raised_as):
        _write(tmp_path, into, a="2", b_md="2", c="2")

    assert _all(into) == {"a": "1", "b_md/index.md": "1"}
    assert sorted(path.name for path in into.iterdir()) == ["a", "b_md"]
    _again(tmp_path).refuse_foreign([into / "a", into / "b_md"])


def test_what_a_killed_run_has_put_there_counts_as_guidegen_s_own(
    tmp_path: Path, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, into, a="1", b="1")
    swap = destinations_module._swap  # noqa: SLF001  # the run ends after the first of them

    def killed(new: Path, place: Path, old: Path) -> None:
        if place.name == "b":
            raise SystemExit
        swap(new, place, old)

    monkeypatch.setattr(destinations_module, "_swap", killed)
    monkeypatch.setattr(destinations_module, "_swap_back", lambda *_: None)
    with pytest.raises(SystemExit):
        _write(tmp_path, into, a="2", b="2")
    monkeypatch.undo()

    assert _all(into) == {"a": "2", "b": "1"}
    _again(tmp_path).refuse_foreign([into / "a", into / "b"])
    _write(tmp_path, into, a="3", b="3")
    assert _all(into) == {"a": "3", "b": "3"}


def test_a_run_that_fails_leaves_no_folder(tmp_path: Path) -> None:
    into = tmp_path / "new" / "out"
    places = _again(tmp_path)

    with pytest.raises(RuntimeError), places.staging(into):
        raise RuntimeError

    assert not (tmp_path / "new").exists()


def test_what_a_killed_run_left_is_removed_by_the_next(
    tmp_path: Path, into: Path
) -> None:
    places = _again(tmp_path)
    staging = places.staging(into)
    left = staging.__enter__()
    (left / "half").write_text("half")

    _write(tmp_path, into, html="1")

    assert _all(into) == {"html": "1"}
