from __future__ import annotations

from dataclasses import replace

from tests.publish.samples import NOW
from tests.wording import raises

from guidegen.errors import PublishError
from guidegen.model.document import State
from guidegen.model.publication import FileRecord, Manifest, Plan, TargetContent
from guidegen.publish.manifest import make_manifest
from guidegen.publish.plan import make_plan


def _manifest(version: str = "1.0.0", **contents: str) -> Manifest:
    """Return a manifest; `a_html="x"` is the file `a.html` with the content x."""
    files = {
        name.replace("_", "."): FileRecord(text * 64, len(text))
        for name, text in contents.items()
    }
    return make_manifest(files, when=NOW, version=version, state=State.RELEASED)


def _plan(manifest: Manifest, seen: TargetContent, *, adopt: bool = False) -> Plan:
    return make_plan(manifest, seen, target="intranet", address="www", adopt=adopt)


def test_each_file_is_new_changed_unchanged_or_removed() -> None:
    live = _manifest(a_html="1", b_html="1", c_html="1")

    plan = _plan(
        _manifest(a_html="1", b_html="2", d_html="1"), TargetContent(live=live)
    )

    assert plan.new == ("d.html",)
    assert plan.changed == ("b.html",)
    assert plan.unchanged == ("a.html",)
    assert plan.removed == ("c.html",)
    assert plan.bytes == 2
    assert plan.needed


def test_what_pages_need_is_written_before_the_pages() -> None:
    plan = _plan(_manifest(a_html="1", z_css="1", b_pdf="1"), TargetContent())

    assert plan.uploads == ("b.pdf", "z.css", "a.html")
    assert plan.first


def test_the_same_again_needs_nothing_but_cleaning_up() -> None:
    live = _manifest(a_html="1")

    assert not _plan(_manifest(a_html="1"), TargetContent(live=live)).needed
    tidy = _plan(_manifest(a_html="1"), TargetContent(live=live, orphans=("staging",)))
    assert tidy.needed
    assert not tidy.changes


def test_another_version_of_the_same_files_is_a_change() -> None:
    live = _manifest(a_html="1")

    assert _plan(_manifest("1.0.1", a_html="1"), TargetContent(live=live)).changes


def test_damaged_files_are_written_anew_and_do_not_linger() -> None:
    live = _manifest(a_html="1", b_css="1")

    plan = _plan(
        _manifest(a_html="1"),
        TargetContent(live=live, damaged=frozenset({"a.html", "b.css"})),
    )

    assert plan.changed == ("a.html",)
    assert plan.removed == ("b.css",)
    assert plan.manifest.grace_files == {}


def test_what_comes_back_while_it_lingers_is_unchanged() -> None:
    first = _manifest(a_html="1", a_css="1")
    second = _plan(_manifest(a_html="2"), TargetContent(live=first)).manifest
    assert set(second.grace_files) == {"a.css"}

    plan = _plan(_manifest(a_html="1", a_css="1"), TargetContent(live=second))

    assert plan.unchanged == ("a.css",)
    assert plan.manifest.grace_files == {}


def test_what_lingers_gives_way_to_a_folder_of_its_name() -> None:
    live = _manifest(more_js="1")
    files = {"more.js/page.js": FileRecord("2" * 64, 1)}
    coming = replace(_manifest(), files=files)

    plan = _plan(coming, TargetContent(live=live))

    assert plan.removed == ("more.js",)
    assert plan.manifest.grace_files == {}


def test_consent_to_files_of_others_is_remembered() -> None:
    seen = TargetContent(live=_manifest(a_html="1"), unmanaged=("robots.txt",))
    with raises(PublishError, match=r"robots\.txt"):
        _plan(_manifest(a_html="2"), seen)

    plan = _plan(_manifest(a_html="2"), seen, adopt=True)

    assert plan.manifest.adopted
    again = _plan(_manifest(a_html="3"), replace(seen, live=plan.manifest))
    assert again.changes


def test_an_error_names_some_of_many_files() -> None:
    foreign = tuple(f"file-{number:02}" for number in range(20))

    with raises(PublishError, match=r"file-04, … \(\+ 15\)"):
        _plan(_manifest(a_html="1"), TargetContent(unmanaged=foreign))
