"""No version with a hole that is known to us can be installed with guidegen."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
LISTED = yaml.safe_load((ROOT / "requirements" / "advisories.yml").read_text("utf-8"))
PINNED = ("run.txt", "test.txt")


def _version(text: str) -> tuple[int, ...]:
    parts = [int(part) for part in re.findall(r"\d+", text)]
    return (*parts, 0, 0, 0)[:4]  # 1.0 is 1.0.0


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _lowest() -> Iterator[tuple[str, tuple[int, ...]]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for requirements in (
        project["dependencies"],
        *project["optional-dependencies"].values(),
    ):
        for requirement in requirements:
            name, bound = re.split(r"[>=]=", requirement, maxsplit=1)
            yield _normal(name), _version(bound.partition(",")[0])


def _pinned(file: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    for line in (ROOT / "requirements" / file).read_text("utf-8").splitlines():
        if found := re.match(r"([\w.-]+)==([\d.]+)", line):
            yield _normal(found[1]), _version(found[2])


def test_the_lowest_version_that_is_allowed_has_none_of_the_listed_holes() -> None:
    lowest = [*_lowest()]
    for entry in LISTED:
        bounds = [bound for name, bound in lowest if name == entry["package"]]
        assert bounds, entry["package"]
        assert min(bounds) >= _version(str(entry["fixed"])), entry["advisory"]


def test_the_pinned_versions_have_none_of_the_listed_holes() -> None:
    for file in PINNED:
        pinned = [*_pinned(file)]
        assert pinned
        for entry in LISTED:
            for name, version in pinned:
                if name == entry["package"]:
                    assert version >= _version(str(entry["fixed"])), entry["advisory"]


def test_each_entry_says_what_it_is_about_and_where_that_is_said() -> None:
    packages = {name for file in PINNED for name, _ in _pinned(file)}
    for entry in LISTED:
        assert {*entry} == {"package", "fixed", "advisory", "about", "source"}
        assert entry["package"] in packages
        assert re.fullmatch(r"CVE-\d{4}-\d+|GHSA(-\w{4}){3}", entry["advisory"])
        assert entry["source"].startswith("https://")
