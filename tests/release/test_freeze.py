from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest
from tests.release.conftest import MakeRelease
from tests.wording import raises

from guidegen.errors import FilesError, ReleaseError
from guidegen.model.release import ReleaseId
from guidegen.release.history import frozen_file, read_history
from guidegen.release.verify import verify


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_release_holds_pages_pictures_pdfs_and_the_company_s_own_files(
    release: MakeRelease,
) -> None:
    made = release("1.0.0")

    pages = ("index.md", "index.html", "topics.md", "topics.html")
    pictures = ("images/contact-1.svg", "images/logo.svg")
    assert set(_contents(made.folder)) == {
        "release.json",
        "guideline.yml",
        "guideline-de.pdf",
        "guideline-en.pdf",
        *(f"{lang}/{name}" for lang in ("de", "en") for name in (*pages, *pictures)),
    }
    assert made.folder.name == "1.0.0"


def test_articles_link_to_each_other_s_html_and_to_nothing_else_anew(
    release: MakeRelease,
) -> None:
    made = release("1.0.0", "a < b")

    article = frozen_file(made, "de/index.html").decode()
    assert article.startswith('<h1 id="start">Start</h1>')
    assert "a &lt; b" in article
    assert 'href="topics.html#a"' in article
    assert 'href="https://a.example/b.md"' in article


def test_the_manifest_holds_a_digest_of_each_file_and_of_itself(
    release: MakeRelease,
) -> None:
    made = release("1.0.0")

    contents = _contents(made.folder)
    manifest = json.loads(contents.pop("release.json"))
    assert manifest["files"] == {
        name: hashlib.sha256(content).hexdigest() for name, content in contents.items()
    }
    said = manifest.pop("digest")
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    assert said == made.digest == hashlib.sha256(text.encode()).hexdigest()


def test_each_release_records_the_one_before(release: MakeRelease) -> None:
    first = release("1.0.0")
    second = release("1.1.0", "Neu")

    assert first.previous is None
    assert second.previous == ReleaseId(version="1.0.0", digest=first.digest)
    assert "de/redline.json" not in first.files
    assert "de/redline.json" in second.files


def test_what_is_read_back_is_what_was_released(
    release: MakeRelease, releases: Path
) -> None:
    made = (release("1.0.0"), release("1.1.0", approved_by=None, notes=None))

    assert read_history(releases).releases == made


def test_a_version_is_released_once(release: MakeRelease, releases: Path) -> None:
    release("1.0.0")
    before = _contents(releases)

    with raises(ReleaseError, match="released already"):
        release("1.0.0", "Anders")

    assert _contents(releases) == before


def test_two_files_of_one_name_are_refused(
    release: MakeRelease, releases: Path
) -> None:
    with raises(ReleaseError, match=r"de/index\.md"):
        release("1.0.0", files={"de/index.md": b"mine"})

    assert not (releases / "1.0.0").exists()


@pytest.mark.parametrize(("where", "call"), [(Path, "mkdir"), (os, "rename")])
def test_what_the_system_refuses_leaves_nothing(
    release: MakeRelease,
    releases: Path,
    monkeypatch: pytest.MonkeyPatch,
    where: object,
    call: str,
) -> None:
    release("1.0.0")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "no")

    with monkeypatch.context() as patched:
        patched.setattr(where, call, refuse)
        with pytest.raises(FilesError):
            release("1.1.0", "Neu")

    assert [each.version for each in read_history(releases).releases] == ["1.0.0"]
    assert verify(releases) == ()


def test_git_is_told_to_leave_the_ends_of_lines_alone(
    release: MakeRelease, releases: Path
) -> None:
    release("1.0.0")

    assert (releases / ".gitattributes").read_bytes() == b"* -text\n"
