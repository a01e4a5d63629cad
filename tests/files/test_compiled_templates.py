from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, UndefinedError

from guidegen.files.compiled_templates import CompiledTemplates


@pytest.fixture(autouse=True)
def nothing_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin each test as a new process does."""
    monkeypatch.setattr(CompiledTemplates, "_memory", {})


def _render(folder: Path, cache: CompiledTemplates) -> str:
    environment = Environment(
        loader=FileSystemLoader(folder), bytecode_cache=cache, autoescape=True
    )
    return environment.get_template("page.html").render()


def test_templates_of_an_installed_package_are_kept(tmp_path: Path) -> None:
    installed, cache = tmp_path / "package", tmp_path / "cache"
    installed.mkdir()
    (installed / "page.html").write_text("{{ 1 + 1 }}")

    for _ in range(2):
        kept = CompiledTemplates(cache, kind="test", installed=[installed])
        assert _render(installed, kept) == "2"

    assert len([*cache.iterdir()]) == 1


def test_templates_of_a_project_are_not_kept(tmp_path: Path) -> None:
    project, cache = tmp_path / "project", tmp_path / "cache"
    project.mkdir()
    (project / "page.html").write_text("{{ 1 + 1 }}")

    kept = CompiledTemplates(cache, kind="test", installed=[tmp_path / "package"])

    assert _render(project, kept) == "2"
    assert not cache.exists()
    assert not vars(CompiledTemplates)["_memory"]


def test_another_text_or_kind_of_environment_is_compiled_anew(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    page = tmp_path / "page.html"
    page.write_text("{{ 1 }}")
    _render(tmp_path, CompiledTemplates(cache, kind="one", installed=[tmp_path]))
    page.write_text("{{ 2 }}")

    other_text = CompiledTemplates(cache, kind="one", installed=[tmp_path])
    other_kind = CompiledTemplates(cache, kind="two", installed=[tmp_path])

    assert _render(tmp_path, other_text) == "2"
    assert _render(tmp_path, other_kind) == "2"
    assert len([*cache.iterdir()]) == 3


def test_a_project_s_copy_of_an_installed_template_need_not_be_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed, project = tmp_path / "package", tmp_path / "project"
    for folder in (installed, project):
        folder.mkdir()
        (folder / "page.html").write_text("{{ 1 + 1 }}\n{{ name.field }}")
    kept = CompiledTemplates(tmp_path / "cache", kind="test", installed=[installed])
    with pytest.raises(UndefinedError):
        _render(installed, kept)

    monkeypatch.setattr(Environment, "compile", None)
    with pytest.raises(UndefinedError) as raised:
        _render(project, kept)

    frame = raised.traceback[-2]
    assert (frame.path, frame.lineno + 1) == (project / "page.html", 2)
