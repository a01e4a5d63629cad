"""Small sites whose files say which version they are, and publishing them."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from guidegen.errors import PublishError
from guidegen.model.document import State
from guidegen.model.publication import Manifest, Option, Plan, TargetSettings
from guidegen.publish.confirmed import confirm
from guidegen.publish.manifest import make_manifest, next_moment
from guidegen.publish.plan import make_plan
from guidegen.publish.publication_files import Additions, FolderFiles, site_files
from guidegen.publish.removal import refuse_claims
from guidegen.publish.target import Overtaken, open_target
from guidegen.publish.target_place import place_of

NOW = dt.datetime(2026, 12, 1, 9, 0, tzinfo=dt.UTC)
STAMP = ".guidegen.json"
"""The build's own record in the site's root, which is not published."""

MARK = '<meta name="generator" content="guidegen">'
"""What each of guidegen's pages has."""

_ASSET = re.compile(r'href="(assets/[^"]+)"')


def make_site(folder: Path, version: str, *, pages: int = 3) -> Path:
    """Write a site in which every file says its version; the style's name does, too."""
    (folder / "assets").mkdir(parents=True, exist_ok=True)
    for old in folder.glob("assets/style.*.css"):
        old.unlink()
    (folder / f"assets/style.{version}.css").write_text(style(version), "utf-8")
    for number in range(pages):
        name = f"page-{number}.html" if number else "index.html"
        (folder / name).write_text(page(number, version), "utf-8")
    (folder / "guideline-de.pdf").write_bytes(b"%PDF " + version.encode() * 2000)
    (folder / "same.txt").write_text("the same in every version\n", "utf-8")
    (folder / STAMP).write_text("{}", "utf-8")
    return folder


def page(number: int, version: str) -> str:
    """Return a page; that it is whole, its end says."""
    text = f"<p>{number} of {version}</p>\n" * 100
    link = f'<link rel="stylesheet" href="assets/style.{version}.css">'
    head = f"<!doctype html>\n{MARK}\n{link}\n<h1>{version}</h1>\n"
    return f"{head}{text}<!-- end {version} -->\n"


def style(version: str) -> str:
    """Return a style; that it is whole, its end says."""
    return f"/* {version} */\n" + "p { color: black }\n" * 50 + f"/* end {version} */\n"


def version_of(text: str) -> str:
    """Return the version of a page or style that was served, checked to be whole."""
    found = re.search(r"<h1>(.+)</h1>|^/\* (\S+) \*/", text)
    assert found, text[:200]
    version = found[1] or found[2]
    assert f"end {version} " in text[-40:], text[-200:]
    assert set(re.findall(r"\d of (\S+)</p>", text)) <= {version}
    return version


def asset_of(text: str) -> str:
    """Return the name of the style that a page needs."""
    found = _ASSET.search(text)
    assert found
    return found[1]


def settings(
    project: Path, /, kind: str = "folder", **options: Option
) -> TargetSettings:
    """Return the settings of a target, after the person has agreed to its place."""
    return agreed(
        TargetSettings(name="intranet", kind=kind, options=options, folder=project)
    )


def agreed(target: TargetSettings) -> TargetSettings:
    """Return a target after the person at this computer has agreed to its place."""
    # What is no place at all is refused later, which tests look at.
    with suppress(PublishError):
        if place := place_of(target):
            confirm(place, target.name)
    return target


def publish(  # noqa: PLR0913  # what tests vary
    target: TargetSettings,
    site: Path,
    version: str = "1.0.0",
    *,
    adopt: bool = False,
    now: dt.datetime = NOW,
    state: State = State.RELEASED,
    tries: int = 5,
) -> Plan:
    """Publish a site as the pipeline does, and return the plan that was carried out."""
    for _ in range(tries):
        with open_target(target) as opened:
            files = Additions(FolderFiles(site), opened.additions())
            seen = opened.look()
            manifest = make_manifest(
                {**site_files(site, without=STAMP), **files.records()},
                when=next_moment(now, seen.live),
                version=version,
                state=state,
            )
            plan = make_plan(
                manifest, seen, target=target.name, address=opened.address, adopt=adopt
            )
            refuse_claims(opened, plan)
            try:
                if plan.needed:
                    opened.publish(plan, files)
            except Overtaken:
                continue
            return plan
    raise AssertionError


def live(target: TargetSettings) -> Manifest | None:
    """Return what the target says is published."""
    with open_target(target) as opened:
        return opened.look().live


def with_options(target: TargetSettings, **options: Option) -> TargetSettings:
    """Return the settings of a target with some options set anew."""
    return agreed(replace(target, options={**target.options, **options}))


def refusal(target: TargetSettings) -> PublishError:
    """Return why a target cannot be looked at."""
    with pytest.raises(PublishError) as raised, open_target(target) as opened:
        opened.look()
    return raised.value
