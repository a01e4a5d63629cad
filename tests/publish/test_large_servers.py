"""One way there and back on S3 and on WebDAV; `make proof` has all else about them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.publish.places import Place, released
from tests.publish.samples import MARK, STAMP
from tests.publish.test_precedence import R1, R2, Person

pytestmark = pytest.mark.slow


def _site(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != STAMP
    }


def _served(place: Place) -> dict[str, bytes]:
    return {
        name: content
        for name, content in place.files().items()
        if not name.startswith(".guidegen/")
    }


@pytest.mark.parametrize("place", ["s3", "webdav"], indirect=True)
def test_a_site_is_published_changed_and_rolled_back(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = Person("Anna", place, tmp_path, monkeypatch)
    site = tmp_path / "Anna/site"
    anna.has(R1)
    old = site / "en/old.html"
    old.parent.mkdir()
    old.write_text(f"{MARK} old", encoding="utf-8")
    first = _site(site)

    assert anna.publishes().done
    assert _served(place) == first
    assert not anna.publishes().done

    old.unlink()
    anna.has(R1, R2)
    second = _site(site)
    assert anna.publishes().done
    # Who still has a page of before finds its style.
    assert _served(place) == {
        "assets/style.1.0.0.css": first["assets/style.1.0.0.css"],
        **second,
    }

    assert anna.rolls_back().done
    assert _served(place) == {
        "assets/style.2.0.0.css": second["assets/style.2.0.0.css"],
        **first,
    }
    assert released(place)["version"] == "1.0.0"
