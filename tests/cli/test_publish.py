from __future__ import annotations

import http.server
import json
import re
import subprocess
import threading
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click
import pytest
from tests.cli.conftest import Result
from tests.samples import sample_project
from tests.wording import hint_of, text_of

from guidegen import redact
from guidegen.cli.boundary import our_fault
from guidegen.errors import FilesError, PublishError
from guidegen.model.project import Project
from guidegen.publish.content_types import content_type
from guidegen.publish.credentials import find_secret
from guidegen.publish.last_publications import last_publications
from guidegen.publish.place import parse_place

Guidegen = Callable[..., Result]

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_cache")]

SECRET = "hunter22-Straße"  # noqa: S105  # of nobody
TARGETS = """
publish:
  intranet:
    kind: folder
    path: www
"""
PLAN = re.compile(
    r"intranet: .*/www\n"
    r"  Draft of version 1\.0\.0\n"
    r"  new \d+, changed 0, removed 0, unchanged 0; to write: \d+ kB\n"
)


@pytest.fixture
def project(here: Path) -> Project:
    project = sample_project("small", here)
    with project.answers.open("a", encoding="utf-8") as file:
        file.write(TARGETS)
    return project


def _edit(project: Project, old: str, new: str) -> None:
    text = project.answers.read_text("utf-8")
    assert old in text
    project.answers.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that puts a person at a terminal who says yes or no."""

    def answer(said: str) -> None:
        monkeypatch.setattr("guidegen.cli.publish_output.is_terminal", lambda: True)
        monkeypatch.setattr(click, "prompt", lambda *_, **__: said)

    return answer


def test_without_a_terminal_and_without_yes_nothing_is_done(
    guidegen: Guidegen, project: Project
) -> None:
    result = guidegen("publish")

    assert (result.code, result.out) == (1, "")
    assert result.err == (
        "error: there is no terminal to ask in, so nothing was published\n"
        "hint: agree beforehand with --yes, or look at the plan with --dry-run\n"
    )
    assert not (project.folder / "www").exists()
    assert not project.site.exists()


def test_a_dry_run_builds_shows_the_plan_and_does_nothing(
    guidegen: Guidegen, project: Project
) -> None:
    result = guidegen("publish", "--dry-run")

    assert result.code == 0
    assert PLAN.match(result.out)
    assert "    + index.html\n" in result.out
    assert result.out.endswith("Only the plan; nothing was changed.\n")
    assert not (project.folder / "www").exists()
    assert last_publications(project) == ()


@pytest.mark.usefixtures("project")
def test_each_file_of_a_site_has_a_type(guidegen: Guidegen) -> None:
    data = json.loads(guidegen("publish", "--dry-run", "--json").out)

    suffixes = {Path(name).suffix for name in data["new"]}
    assert {".html", ".pdf", ".vcf", ".css", ".svg"} <= suffixes
    for name in data["new"]:
        assert content_type(name) != "application/octet-stream", name
    assert content_type("contact.vcf") == "text/vcard; charset=utf-8"
    assert content_type("site.webmanifest") == "application/manifest+json"
    assert content_type("changes.xml") == "application/xml; charset=utf-8"
    assert content_type("review.ICS") == "text/calendar; charset=utf-8"


def test_a_project_that_takes_no_note_has_been_published_nevertheless(
    guidegen: Guidegen, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise FilesError("error-disk-full", path=project.publications)

    monkeypatch.setattr("guidegen.pipeline.publish.remember", full)

    result = guidegen("publish", "--yes")

    assert result.code == 0
    assert result.out.endswith(f"Published: {project.folder}/www\n")
    assert "it is published, but the project could not take a note" in result.err


def test_publishing_again_changes_only_what_changed(
    guidegen: Guidegen, project: Project
) -> None:
    first = guidegen("publish", "--yes")
    second = guidegen("publish", "intranet", "--yes")
    _edit(project, "Svea Brandt", "Sven Brandt")
    third = guidegen("publish", "--yes", "--json")
    quiet = guidegen("publish", "--yes", "-q")

    assert first.code == 0
    assert PLAN.match(first.out)
    assert first.out.splitlines()[-1] == f"Published: {project.folder}/www"
    assert second.out.splitlines()[-1] == (
        "Everything there is up to date: Draft of version 1.0.0."
    )
    data = json.loads(third.out)
    assert data["published"] is True
    assert (data["target"], data["kind"]) == ("intranet", "folder")
    assert (data["version"], data["state"]) == ("1.0.0", "draft")
    assert "index.html" in data["changed"]
    assert (data["new"], data["removed"]) == ([], [])
    assert data["unchanged"] > 5
    assert quiet == (0, "", "")
    page = project.folder / "www/current/index.html"
    assert "Sven Brandt" in page.read_text("utf-8")
    assert not (project.folder / "www/current/.guidegen.json").exists()


def test_the_first_publication_is_asked_for_once(
    guidegen: Guidegen, project: Project, terminal: Callable[[str], None]
) -> None:
    terminal("no")
    refused = guidegen("publish")
    assert refused.out.endswith("Nothing was published.\n")
    assert not (project.folder / "www").exists()

    terminal("yes")
    agreed = guidegen("publish")
    terminal("no")
    _edit(project, "Svea Brandt", "Sven Brandt")
    later = guidegen("publish")

    assert agreed.out.splitlines()[-1] == f"Published: {project.folder}/www"
    assert later.out.splitlines()[-1] == f"Published: {project.folder}/www"


def test_a_draft_is_refused_once_there_are_releases(
    guidegen: Guidegen, project: Project
) -> None:
    released = guidegen("release", "--note", "Erste Fassung", "--yes")
    assert released.code == 0, released.err
    first = guidegen("publish", "--yes")
    _edit(project, "Svea Brandt", "Sven Brandt")

    refused = guidegen("publish", "--yes")
    draft = guidegen("publish", "--yes", "--draft", "--json")

    assert "  Version 1.0.0\n" in first.out
    assert refused.code == 1
    assert refused.err == (
        "error: the guideline was changed since its last release: this is a draft\n"
        "hint: run “guidegen release”, or publish the draft with --draft\n"
    )
    assert json.loads(draft.out)["state"] == "draft"
    assert json.loads(draft.out)["version"] != "1.0.0"


def test_the_project_remembers_what_is_where(
    guidegen: Guidegen, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDEGEN_TODAY", "2027-01-15")
    guidegen("publish", "--yes")

    (publication,) = last_publications(project)

    assert (publication.target, publication.kind) == ("intranet", "folder")
    assert publication.address == f"{project.folder}/www"
    assert publication.version == "1.0.0"
    assert publication.files > 10
    status = guidegen("status")
    assert (
        "Published to “intranet”: draft of version 1.0.0 on 15 January 2027"
        f" ({project.folder}/www)\n"
    ) in status.out
    data = json.loads(guidegen("status", "--json").out)
    assert [each["target"] for each in data["publications"]] == ["intranet"]
    (project.work / "publications.json").write_text("{", "utf-8")
    assert last_publications(project) == ()


def test_a_target_has_to_be_named_where_there_are_several(
    guidegen: Guidegen, project: Project
) -> None:
    _edit(project, "    path: www\n", "    path: www\n  b: {kind: folder, path: b}\n")

    several = guidegen("publish", "--yes")
    unknown = guidegen("publish", "c")
    _edit(project, project.answers.read_text("utf-8").partition("publish:")[2], "\n")
    none = guidegen("publish", "--yes")

    assert several.err.splitlines()[1] == "hint: name one of them: intranet, b"
    assert unknown.err == (
        "error: guideline.yml: there is no target “c”\n"
        "hint: name one of them: intranet, b\n"
    )
    assert none.err.startswith(
        "error: guideline.yml: the file does not say where to publish\n"
    )
    assert {several.code, unknown.code, none.code} == {1}


def test_files_of_others_are_refused_unless_they_are_adopted(
    guidegen: Guidegen, project: Project
) -> None:
    (project.folder / "www").mkdir()
    (project.folder / "www/notes.txt").write_text("mine", "utf-8")

    refused = guidegen("publish", "--yes")
    adopted = guidegen("publish", "--yes", "--adopt")

    assert refused.code == 1
    assert "guidegen did not put these files at " in refused.err
    assert adopted.code == 0
    assert "  not guidegen's, left alone: 1\n" in adopted.out
    assert (project.folder / "www/notes.txt").read_text("utf-8") == "mine"


def test_errors_are_said_in_german_too(
    guidegen: Guidegen, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:

    monkeypatch.setenv("GUIDEGEN_LANG", "de")
    (project.folder / "www").mkdir()
    (project.folder / "www/notes.txt").write_text("mine", "utf-8")

    result = guidegen("publish", "--yes")

    assert result.err == (
        f"Fehler: diese Dateien unter {project.folder}/www stammen nicht von guidegen:"
        " notes.txt\n"
        "Tipp: ist es das richtige Ziel? Wenn ja: „--adopt“ lässt sie unberührt\n"
    )


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def web(project: Project) -> Iterator[str]:
    """Serve what readers see, and return the address."""
    handler = partial(_Silent, directory=str(project.folder / "www/current"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_what_readers_get_can_be_verified(guidegen: Guidegen, web: str) -> None:
    good = guidegen("publish", "--yes", "--verify", web)
    as_json = guidegen("publish", "--yes", "--json", "--verify", web + "nowhere/")

    assert good.code == 0, good.err
    assert good.out.splitlines()[-1] == "Every file arrives as it was published."
    data = json.loads(as_json.out)
    assert as_json.code == 1
    assert data["verified"] is False
    assert {each["reason"] for each in data["differences"]} == {"HTTP 404"}
    assert len(data["differences"]) == data["unchanged"]


def test_a_server_that_sends_something_else_is_found_out(
    guidegen: Guidegen, web: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    guidegen("publish", "--yes")

    def stale(self: _Silent) -> None:
        body = b"an old page from a cache"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    monkeypatch.setattr(_Silent, "do_GET", stale)
    result = guidegen("publish", "--yes", "-q", "--verify", web)

    assert result.code == 1
    assert "Files that readers do not get as they were published: " in result.err
    assert f"  {web}index.html: other content\n" in result.err
    assert result.err.splitlines()[-1].startswith("Possible causes: a wrong address, ")


def test_what_is_no_longer_as_it_was_released_is_not_published(
    guidegen: Guidegen, project: Project
) -> None:
    assert guidegen("release", "--yes", "-q").code == 0
    assert guidegen("publish", "--yes", "-q").code == 0
    before = (project.folder / "www/current").resolve()
    (pdf,) = (project.releases / "1.0.0").glob("*.pdf")
    pdf.write_bytes(pdf.read_bytes() + b"%")

    runs = [guidegen("publish", "--yes", *more) for more in ((), ("--draft",))]

    for refused in runs:
        assert refused.code == 1
        assert "only what is still as it was released is published" in refused.err
        assert f"1.0.0/{pdf.name}: is not what was released" in refused.err
    assert (project.folder / "www/current").resolve() == before


@pytest.mark.parametrize(
    "path", [".", "site", "site/deeper", "releases", "sections", "../here/.guidegen"]
)
def test_a_folder_that_guidegen_works_in_is_no_target(
    guidegen: Guidegen, project: Project, path: str
) -> None:
    path = path.replace("here", project.folder.name)
    _edit(project, "path: www", f"path: {path}")

    result = guidegen("publish", "--yes", "--adopt")

    assert result.code == 1
    assert "guidegen itself works in the folder " in result.err
    assert not project.site.exists()


def test_a_folder_is_one_target_only(guidegen: Guidegen, project: Project) -> None:
    _edit(
        project,
        "    path: www\n",
        "    path: www\n  preview:\n    kind: folder\n    path: ./deeper/../www\n",
    )

    result = guidegen("publish", "preview", "--yes", "--draft")

    assert result.code == 1
    assert "“preview” and “intranet” are the same folder" in result.err


@pytest.mark.parametrize("path", ["C:/intranet", r"\\server\intranet"])
def test_a_path_of_windows_is_no_folder_elsewhere(
    guidegen: Guidegen, project: Project, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guidegen.pipeline.named_target._ON_WINDOWS", False)
    _edit(project, "path: www", f"path: '{path}'")

    result = guidegen("publish", "--yes")

    assert result.code == 1
    assert f"“{path}” is a Windows path" in result.err


@pytest.mark.parametrize(
    "url", ["ftp://x/", "intranet", "https://a:hunter22@intranet.example/"]
)
@pytest.mark.usefixtures("project")
def test_an_address_that_is_none_is_refused(guidegen: Guidegen, url: str) -> None:
    result = guidegen("publish", "--yes", "-q", "--verify", url)

    assert result.code == 1
    assert result.err.startswith("error: this is not the address of a web server")
    assert "hunter22" not in result.err


def test_a_server_that_is_not_there_is_a_difference(
    guidegen: Guidegen, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guidegen.publish.verify._PAUSE", 0)
    guidegen("publish", "--yes", "-q")

    result = guidegen("publish", "--yes", "-q", "--verify", "http://127.0.0.1:9/")

    assert result.code == 1
    assert "http://127.0.0.1:9/index.html: " in result.err
    assert (project.folder / "www/current").exists()


class _Guarded(_Silent):
    seen: list[str]

    def do_GET(self) -> None:
        """Ask for a name and password, and let nobody in."""
        self.seen.append(self.headers.get("Authorization", ""))
        code = 403 if self.seen[-1] else 401
        self.send_response(code, f"You said {self.headers.get('Authorization')}")
        self.send_header("WWW-Authenticate", 'Basic realm="git"')
        self.send_header("Content-Length", "0")
        self.end_headers()


def test_a_secret_turns_up_nowhere(
    guidegen: Guidegen, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is sent to the server that asks for it, and is in no output, file or log."""
    monkeypatch.setattr(redact, "_secrets", set())
    monkeypatch.setattr(_Guarded, "seen", [], raising=False)
    monkeypatch.setenv("GUIDEGEN_PAGES_TOKEN", SECRET)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Guarded)
    threading.Thread(target=server.serve_forever).start()
    url = f"http://127.0.0.1:{server.server_port}/pages.git"
    _edit(
        project,
        "    path: www\n",
        f"    path: www\n  pages: {{kind: git, repository: '{url}', user: anna}}\n",
    )
    place = f"http://anna@127.0.0.1:{server.server_port}"
    monkeypatch.setenv("GUIDEGEN_PLACE", place)
    try:
        outputs = [
            *guidegen("publish", "pages", "--yes"),
            *guidegen("publish", "--json"),
        ]
    finally:
        server.shutdown()
        server.server_close()
    outputs += guidegen("publish", "intranet", "--yes", "--json")
    find_secret(parse_place(place), "pages", "token")
    try:
        dict[str, str]()[f"the library says {SECRET}"]
    except KeyError:
        log = re.search(r"in (\S+\.log)", our_fault())
        said = traceback.format_exc()
    assert log
    assert SECRET in said

    sent = [each for each in _Guarded.seen if each.startswith("Basic ")]
    assert sent
    with open(log[1], encoding="utf-8") as file:  # noqa: PTH123  # a name in a text
        outputs.append(file.read())
    outputs += [
        path.read_text("utf-8", "replace")
        for path in project.folder.rglob("*")
        if path.is_file()
    ]
    everything = "\n".join(map(str, outputs))
    assert "***" in everything
    assert "git did not carry out the command (" in everything
    for form in (SECRET, "hunter22", sent[0].removeprefix("Basic ")):
        assert form not in everything


def test_a_publisher_that_is_always_too_late_says_so(
    guidegen: Guidegen, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from guidegen.publish.folder import FolderTarget  # noqa: PLC0415  # only here
    from guidegen.publish.target import Overtaken  # noqa: PLC0415

    tries = []

    def overtaken(*_: object) -> None:
        tries.append(1)
        raise Overtaken

    monkeypatch.setattr("guidegen.pipeline.publish._PAUSE", 0)
    monkeypatch.setattr(FolderTarget, "publish", overtaken)
    result = guidegen("publish", "--yes")

    assert result.code == 1
    assert "somebody else keeps publishing to “intranet”" in result.err
    assert len(tries) == 5
    assert not (project.folder / "www/current").exists()


def test_an_error_with_braces_in_its_values_is_said_as_it_is() -> None:
    error = PublishError(
        "error-publish-changed",
        hint="error-publish-kept-hint",
        name="{x}",
        kept="{y}",
    )

    assert (text_of(error), hint_of(error)) == (
        "“{x}” changed while it was being published",
        "name what is to be shown with --to; choose from: {y}",
    )
    assert str(error) == "error-publish-changed: name={x}, kept={y}"


def test_guidegen_publishes_to_a_branch(
    guidegen: Guidegen,
    project: Project,
    terminal: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    pages = tmp_path_factory.mktemp("elsewhere") / "pages.git"
    git = ["git", "init", "--quiet", "--bare", str(pages)]
    subprocess.run(git, check=True)  # noqa: S603  # our own
    _edit(project, "kind: folder\n    path: www", f"kind: git\n    repository: {pages}")
    unknown = guidegen("publish", "--yes")
    terminal("yes")
    monkeypatch.setattr("guidegen.cli.place_dialog.is_terminal", lambda: True)

    result = guidegen("publish", "--yes")
    again = guidegen("publish", "--yes")

    assert unknown.err.startswith(
        f"error: nobody has agreed on this computer that guidegen may send anything to"
        f" file://{pages} (target “intranet”)\nhint: publish once in a terminal"
    )
    assert result.code == 0, result.err
    assert f"  Repository: {pages}\nWhat is set up there (hooks)" in result.out
    assert result.out.splitlines()[-1] == f"Published: {pages} (gh-pages)"
    assert "Repository:" not in again.out
    assert "Everything there is up to date" in again.out
