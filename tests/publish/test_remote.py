from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.publish.remote_servers import Server, served
from tests.publish.samples import (
    MARK,
    NOW,
    live,
    make_site,
    page,
    publish,
    version_of,
)
from tests.wording import raises

from guidegen.errors import PublishError
from guidegen.model.document import State
from guidegen.model.publication import TargetSettings
from guidegen.publish.manifest import make_manifest, next_moment, write_manifest
from guidegen.publish.plan import make_plan
from guidegen.publish.publication_files import FolderFiles, site_files
from guidegen.publish.remote_store import RetryingStore
from guidegen.publish.target import Overtaken, open_target

pytestmark = pytest.mark.slow

MANIFEST = ".guidegen/manifest.json"
PENDING = ".guidegen/pending.json"


def _version(server: Server) -> str:
    content = server.get("index.html")
    assert content is not None
    return version_of(content.decode())


def test_the_first_publication_is_the_site(
    server: Server, remote: TargetSettings, remote_site: Path
) -> None:
    plan = publish(remote, remote_site)

    assert plan.first
    assert sorted(served(server)) == [
        "assets/style.1.0.0.css",
        "guideline-de.pdf",
        "index.html",
        "page-1.html",
        "page-2.html",
        "same.txt",
    ]
    assert _version(server) == "1.0.0"
    assert not publish(remote, remote_site).needed


def test_only_what_changed_is_transferred(
    server: Server, remote: TargetSettings, remote_site: Path
) -> None:
    publish(remote, remote_site)
    total = sum(len(content) for content in served(server).values())
    changed = page(1, "1.0.0").replace("<h1>", "<h1 id=new>")
    (remote_site / "page-1.html").write_text(changed, encoding="utf-8")
    server.faults.reset()

    plan = publish(remote, remote_site)

    notes = sum(len(server.get(name) or b"") for name in (MANIFEST, PENDING))
    assert plan.changed == ("page-1.html",)
    # The note of the run says what each file it touches may be: two digests of it.
    assert len(changed) < server.faults.received < len(changed) + notes + 350
    assert served(server)["page-1.html"] == changed.encode()
    print(  # noqa: T201  # the figure
        f"{server.kind}: 1 of {len(plan.manifest.files)} files changed: {len(changed)}"
        f" bytes of it and {server.faults.received - len(changed)} of notes were sent;"
        f" the site has {total}"
    )


def test_what_is_removed_goes_and_takes_its_empty_folder_along(
    server: Server, remote: TargetSettings, remote_site: Path
) -> None:
    (remote_site / "en").mkdir()
    (remote_site / "en/old.html").write_text(MARK + "<p>old</p>", encoding="utf-8")
    publish(remote, remote_site)
    (remote_site / "en/old.html").unlink()

    plan = publish(remote, remote_site)

    assert plan.removed == ("en/old.html",)
    assert "en/old.html" not in served(server)
    root = getattr(server, "root", None)
    if root and server.kind != "webdav":
        assert not (root / "en").exists()


def test_a_file_can_become_a_folder_and_back(
    server: Server, remote: TargetSettings, remote_site: Path
) -> None:
    more = remote_site / "assets/more.js"
    more.write_text("a file", encoding="utf-8")
    publish(remote, remote_site)
    more.unlink()
    more.mkdir()
    (more / "page.js").write_text("in a folder", encoding="utf-8")

    publish(remote, remote_site)

    assert "assets/more.js" not in served(server)
    assert served(server)["assets/more.js/page.js"] == b"in a folder"


def test_names_may_have_spaces_umlauts_and_signs(
    server: Server, remote: TargetSettings, remote_site: Path
) -> None:
    names = ("Über uns/Häufige Fragen.html", "100% #1 &c +.html", "日本.pdf")
    for name in names:
        path = remote_site / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name, encoding="utf-8")

    publish(remote, remote_site)

    assert {served(server)[name].decode() for name in names} == set(names)
    assert not publish(remote, remote_site).needed


def test_files_of_others_are_noticed_and_left_alone(
    server: Server, remote: TargetSettings, remote_site: Path
) -> None:
    server.put("team/photo.jpg", b"a photo")
    with raises(PublishError, match=r"team/photo\.jpg"):
        publish(remote, remote_site)
    assert list(server.content()) == ["team/photo.jpg"]

    publish(remote, remote_site, adopt=True)
    publish(remote, make_site(remote_site, "1.1.0"))

    assert served(server)["team/photo.jpg"] == b"a photo"
    assert _version(server) == "1.1.0"


def test_a_file_that_was_damaged_there_is_mended_without_sending_it(
    server: Server, remote: TargetSettings, remote_site: Path
) -> None:
    publish(remote, remote_site)
    server.put("guideline-de.pdf", b"broken")
    server.faults.reset()

    plan = publish(remote, remote_site)

    expected = (remote_site / "guideline-de.pdf").read_bytes()
    assert plan.changed == ("guideline-de.pdf",)
    assert served(server)["guideline-de.pdf"] == expected
    assert server.faults.received < len(expected)


def test_a_manifest_that_names_other_places_is_refused(
    server: Server, remote: TargetSettings, remote_site: Path
) -> None:
    publish(remote, remote_site)
    manifest = json.loads(server.content()[MANIFEST])
    for name in ("../up.html", "/etc/passwd", ".guidegen/x", "a/../b"):
        files = {**manifest["files"], name: ["0" * 64, 1]}
        server.put(MANIFEST, json.dumps({**manifest, "files": files}).encode())
        before = server.content()

        with raises(PublishError, match="cannot be trusted"):
            publish(remote, make_site(remote_site, "1.1.0"))

        assert server.content() == before


def test_a_note_that_names_other_places_stops_the_run(
    server: Server, remote: TargetSettings, remote_site: Path
) -> None:
    server.put("theirs.txt", b"theirs")
    publish(remote, remote_site, adopt=True)
    for name in ("../up.html", MANIFEST, "/etc/passwd"):
        note = {"format": 1, "token": "x", "names": ["index.html", name]}
        server.put(PENDING, json.dumps(note).encode())
        before = server.content()

        with raises(PublishError, match="note of an interrupted run"):
            publish(remote, make_site(remote_site, "1.1.0"))

        assert server.content() == before


def test_a_note_that_cannot_be_read_is_replaced(
    server: Server, remote: TargetSettings, remote_site: Path
) -> None:
    publish(remote, remote_site)
    for note in (b"", b"{", b"[]", b'{"format": 2}', b"\xff"):
        server.put(PENDING, note)

        publish(remote, remote_site)

        assert not server.get(PENDING)
    assert not publish(remote, remote_site).needed


@pytest.mark.long
def test_as_many_publications_are_kept_as_wanted_and_nothing_of_the_others(
    server: Server, remote: TargetSettings, remote_site: Path
) -> None:
    for number in range(7):
        publish(remote, make_site(remote_site, f"1.{number}.0"), f"1.{number}.0")

    with open_target(remote) as target:
        earlier = [each.manifest for each in target.earlier()]
    assert [each.version for each in earlier] == [f"1.{n}.0" for n in (6, 5, 4, 3, 2)]
    objects = {
        name.rpartition("/")[2] for name in server.content() if "/objects/" in name
    }
    needed = {record.digest for each in earlier for record in each.files.values()}
    assert objects == needed


def test_a_rollback_sends_no_content(
    server: Server, remote: TargetSettings, remote_site: Path
) -> None:
    publish(remote, remote_site, "1.0.0")
    first = served(server)
    publish(remote, make_site(remote_site, "1.1.0"), "1.1.0")
    server.faults.reset()

    with open_target(remote) as target:
        found = target.earlier()[1]
        earlier, files = found.manifest, found.files
        seen = target.look()
        with files.open("index.html") as file:
            assert version_of(file.read().decode()) == "1.0.0"
        assert seen.live
        manifest = make_manifest(
            earlier.files,
            when=next_moment(NOW, seen.live),
            version=earlier.version,
            state=State.RELEASED,
        )
        plan = make_plan(manifest, seen, target="intranet", address=target.address)
        target.publish(plan, files)

    assert first.items() <= served(server).items()
    # Beside the manifest, only the note: the run's files with their digests.
    assert server.faults.received < len(server.content()[MANIFEST]) + 1_500
    assert server.faults.received < len(first["guideline-de.pdf"])


def test_whoever_publishes_from_an_older_view_is_told(
    server: Server, remote: TargetSettings, remote_site: Path
) -> None:
    publish(remote, remote_site)
    with open_target(remote) as target:
        seen = target.look()
        publish(remote, make_site(remote_site, "1.1.0"))
        files = FolderFiles(make_site(remote_site, "1.2.0"))
        manifest = make_manifest(
            site_files(remote_site, without=".guidegen.json"),
            when=next_moment(NOW, seen.live),
            version="1.2.0",
            state=State.RELEASED,
        )
        plan = make_plan(manifest, seen, target="intranet", address=target.address)
        with pytest.raises(Overtaken):
            target.publish(plan, files)

    assert _version(server) == "1.1.0"


def test_of_two_that_begin_at_the_same_moment_the_server_takes_one(
    server: Server,
    remote: TargetSettings,
    remote_site: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish(remote, remote_site)
    other_note = json.dumps({"format": 1, "token": "other", "names": []}).encode()
    create = RetryingStore.create

    def create_second(store: RetryingStore, name: str, content: bytes) -> bool:
        server.put(name, other_note)
        return create(store, name, content)

    monkeypatch.setattr(RetryingStore, "create", create_second)
    with open_target(remote) as target:
        seen = target.look()
        files = FolderFiles(make_site(remote_site, "1.1.0"))
        manifest = make_manifest(
            site_files(remote_site, without=".guidegen.json"),
            when=next_moment(NOW, seen.live),
            version="1.1.0",
            state=State.RELEASED,
        )
        plan = make_plan(manifest, seen, target="intranet", address=target.address)
        with pytest.raises(Overtaken):
            target.publish(plan, files)

    assert server.get(PENDING) == other_note
    assert _version(server) == "1.0.0"
    new = {name for name in server.content() if name.startswith(".guidegen/new/")}
    assert not new


def test_of_two_at_once_one_publishes_and_the_other_says_so(
    server: Server, remote: TargetSettings, remote_site: Path
) -> None:
    publish(remote, remote_site)
    other_note = json.dumps({"format": 1, "token": "other", "names": []}).encode()
    server.faults.reset()

    def begin() -> None:
        ours = server.get(PENDING)
        if ours and b"other" not in ours:
            server.put(PENDING, other_note)

    server.faults.watch = begin
    with raises(PublishError, match="somebody else is publishing"):
        publish(remote, make_site(remote_site, "1.1.0"))

    assert _version(server) == "1.0.0"
    server.faults.reset()
    publish(remote, remote_site)
    assert _version(server) == "1.1.0"


def test_a_file_that_changes_while_it_is_sent_is_noticed(
    server: Server, remote: TargetSettings, remote_site: Path
) -> None:
    publish(remote, remote_site)
    make_site(remote_site, "1.1.0")
    with open_target(remote) as target:
        seen = target.look()
        manifest = make_manifest(
            site_files(remote_site, without=".guidegen.json"),
            when=next_moment(NOW, seen.live),
            version="1.1.0",
            state=State.RELEASED,
        )
        plan = make_plan(manifest, seen, target="intranet", address=target.address)
        (remote_site / "page-1.html").write_text("changed", encoding="utf-8")
        with raises(PublishError, match="changed while"):
            target.publish(plan, FolderFiles(remote_site))

    assert _version(server) == "1.0.0"
    publish(remote, remote_site)
    assert served(server)["page-1.html"] == b"changed"


def test_the_manifest_there_is_the_one_that_was_planned(
    server: Server, remote: TargetSettings, remote_site: Path
) -> None:
    plan = publish(remote, remote_site)

    assert live(remote) == plan.manifest
    assert server.get(MANIFEST) == write_manifest(plan.manifest)
