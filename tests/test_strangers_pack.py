"""A project that brings a pack of its own runs nothing, and reaches nothing outside."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest
from tests.wording import raises

from guidegen.compare.redline_as_html import Report, report_html
from guidegen.errors import GuidegenError, PackError, RenderError, SiteError
from guidegen.model.project import Project
from guidegen.pack.find import builtin_packs
from guidegen.pack.pin import kept_digest
from guidegen.pack.style import page_style
from guidegen.pipeline.build import Built, Job, build_project
from guidegen.sandbox.sealed import POLICY

pytestmark = pytest.mark.slow

ANSWERS = """\
format: 1
languages: [en]
pack: ./look
company: {name: Acme Ltd, sector: other}
contacts: [{name: Mira, email: social@acme.example}]
taboo_topics: [financial-figures]
version: {owner: Jana, valid_from: 2026-12-01}
"""
PACK = "format: 1\nname: look\nversion: 1.0.0\nextends: dell\n"
SYSTEM = "config.__class__.__init__.__globals__['os'].system('touch {there}')"
LINKING = """\
<svg xmlns='http://www.w3.org/2000/svg'>
<a href='&#106;avascript:alert(1)'><rect width='9' height='9'/></a></svg>
"""
FRAME = "{% extends 'base.html' %}{% set g = config.extra.guidegen %}"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where all projects lie: in one place, their pack is read once."""
    return tmp_path_factory.mktemp("strangers") / "project"


@pytest.fixture
def project(place: Path, own_cache: None) -> Project:  # noqa: ARG001
    """Return a project with a pack of its own that looks as the built-in one."""
    shutil.rmtree(place, ignore_errors=True)
    return _looking(place)


def _looking(folder: Path) -> Project:
    (folder / "look" / "site").mkdir(parents=True)
    (folder / "guideline.yml").write_text(ANSWERS)
    (folder / "look" / "pack.yml").write_text(PACK)
    return Project(folder)


def _put(project: Project, name: str, text: str) -> Path:
    path = project.folder / "look" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def _build(project: Project, *, trust_scripts: bool = False) -> Built:
    return build_project(Job(project=project, trust_scripts=trust_scripts))


def _notes(built: Built) -> dict[str, str]:
    return {note.message: str(note.values) for note in built.notes}


@pytest.mark.parametrize(
    "attack",
    [
        SYSTEM,
        "config.theme.get_env().compile_templates('{there}')",
        "page.file.generated(config, 'a', content='a', abs_src_path='{there}')",
        "page.file.copy_file()",
        "page.file.content_string",
        "page.file.abs_src_path",
        "page.read_source(config)",
        "page.render(config, pages)",
        "config['hooks']",
        "config.config_file_path",
        "config.docs_dir",
        "config.load_file('{there}')",
        "config.plugins['search'].config",
        "config.plugins.search.on_post_build(config=config)",
        "config.theme.dirs",
        "config.theme.static_templates",
        "nav.homepage.file.src_dir",
        "nav.items[0].parent.__class__.__init__.__globals__",
        "nav.__class__",
        "pages[0].copy_file",
        "self._TemplateReference__context.environment.loader.searchpath",
        "build_date_utc.strftime('%1000000000d')",
        "'x'|url|attr('__class__')",
        "('x'|script_tag).__class__",
        "lang.t.__globals__",
        "lipsum.__globals__",
        "g.__class__",
        "g.labels.__getattribute__('items')",
    ],
)
def test_the_sites_templates_see_data_only(
    attack: str, project: Project, tmp_path: Path
) -> None:
    there = tmp_path / "written"
    path = _put(
        project,
        "site/main.html",
        FRAME
        + "{% block fonts %}<p>[{{ "
        + attack.replace("{there}", str(there))
        + " }}]</p>{% endblock %}",
    )
    try:
        page = (_build(project).site / "index.html").read_text()
    except SiteError as error:
        page, places = "<p>[]</p>", [problem.path for problem in error.problems]
    else:
        places = [path]

    # What does not exist is printed as nothing.
    assert "<p>[]</p>" in page
    assert places == [path]
    assert not there.exists()


@pytest.mark.parametrize(
    "name", ["partials/language.html", "partials/header.html", "partials/meta.html"]
)
def test_the_themes_parts_see_data_only_too(
    name: str, project: Project, tmp_path: Path
) -> None:
    there = tmp_path / "written"
    theirs = _put(project, f"site/{name}", f"{{{{ {SYSTEM.format(there=there)} }}}}")

    with pytest.raises(SiteError) as caught:
        _build(project)

    assert caught.value.problems[0].path == theirs
    assert not there.exists()


def test_a_frame_that_has_no_words_of_the_theme_has_a_search_too(
    project: Project,
) -> None:
    _put(project, "site/partials/language.html", "No words")
    _put(project, "site/main.html", "<!doctype html><title>{{ page.title }}</title>")

    index = _build(project).site / "search" / "search_index.json"

    assert index.read_text().startswith('{"config":{"lang":["en"],')


def test_an_endless_template_ends_with_file_and_line(project: Project) -> None:
    endless = "{% for a in range(9999) %}{% for b in range(9999) %}\n{{ a }}\n"
    path = _put(
        project,
        "site/partials/header.html",
        "\n" + endless + "{% endfor %}{% endfor %}",
    )
    begin = time.monotonic()

    with raises(SiteError, match="too long") as caught:
        _build(project)

    assert time.monotonic() - begin < 15
    assert caught.value.problems[0].path == path
    assert caught.value.problems[0].line in {2, 3}


def test_an_endless_section_ends_with_file_and_line(project: Project) -> None:
    path = project.sections / "en" / "nice.md"
    path.parent.mkdir(parents=True)
    path.write_text(
        "## Be nice\n\n{% for a in range(9999) %}{% for b in range(9999) %}x"
        "{% endfor %}{% endfor %}\n"
    )
    begin = time.monotonic()

    with raises(RenderError, match="too long") as caught:
        _build(project)

    assert time.monotonic() - begin < 10
    assert (caught.value.path, caught.value.line) == (path, 3)


SCRIPT = "document.title = 'theirs'"


def test_scripts_are_left_out_unless_they_are_trusted(project: Project) -> None:
    builtin = builtin_packs() / "dell" / "site" / "main.html"
    _put(
        project,
        "site/main.html",
        builtin.read_text().replace(
            "{{ super() }}",
            "{{ super() }}<script>" + SCRIPT + "</script>"
            "<script src=\"{{ 'assets/theirs.js' | url }}\"></script>",
        ),
    )
    _put(project, "site/assets/theirs.js", SCRIPT)
    _put(project, "site/assets/guidegen/site.js", SCRIPT)

    built = _build(project)

    page = (built.site / "index.html").read_text()
    assert "theirs" not in page
    assert "assets/guidegen/site.js" in page
    assert not (built.site / "assets" / "theirs.js").exists()
    ours = builtin.parent / "assets" / "guidegen" / "site.js"
    assert (built.site / "assets/guidegen/site.js").read_bytes() == ours.read_bytes()
    assert "assets/theirs.js" in _notes(built)["site-files-left-out"]
    assert "site-scripts-left-out" in _notes(built)
    practice = (built.site / "practice.html").read_text()
    assert "theirs" not in practice
    assert '<script src="assets/guidegen/practice.js"></script>' in practice

    trusted = _build(project, trust_scripts=True)

    assert not trusted.unchanged
    page = (trusted.site / "index.html").read_text()
    assert 'src="assets/theirs.js"' in page
    assert (trusted.site / "assets" / "theirs.js").read_text() == SCRIPT
    assert _build(project, trust_scripts=True).unchanged


@pytest.mark.parametrize(
    "found",
    [
        "<meta http-equiv='refresh' content='0; url=https://evil.example'>",
        '<meta HTTP-EQUIV="refresh" content="0; url=https://evil.example">',
        '<meta name="a" content="b"\thttp-equiv=refresh>',
        "<ifr<script></script>ame src=//evil.example></iframe>",
        "<met<script></script>a http-eq<script>a</script>uiv=refresh>",
        "<li<script></script>nk rel=preconnect href=//evil.example>",
        '<meta name="referrer" content="unsafe-url">',
        '<meta charset="iso-2022-jp">',
        "<iframe src='https://evil.example'></iframe>",
        "<OBJECT data='https://evil.example'></OBJECT>",
        "<embed src='a.svg'>",
        "<base href='https://evil.example/'>",
        '<link rel="dns-prefetch" href="//evil.example">',
        "<link rel=preconnect href=//evil.example>",
        '<link href="//evil.example" rel="prerender">',
        '<a href="https://evil.example" referrerpolicy="unsafe-url">a</a>',
        "<scr<script></script>ipt src='assets/x.css'></script>",
        "{{ '\\x1b(J' }}",
        (
            '<script id="__config" type="application/json">{"base": ".", '
            '"search": "assets/x.css"}</script>'
        ),
    ],
)
def test_what_no_policy_stops_is_refused(found: str, project: Project) -> None:
    _put(
        project,
        "site/main.html",
        FRAME + "{% block fonts %}" + found + "{% endblock %}",
    )
    with raises(SiteError, match="does not put into the site"):
        _build(project)


@pytest.mark.parametrize(
    "script",
    [
        "<script src='assets/x.css'>",
        "<SCRIPT\x0csrc=assets/x.css></script x",
        "<svg><script href='assets/x.css' /></svg>",
        '<script src="assets/x.css"></script>',
        '<script src="../../assets/guidegen/x.js"></script>',
        '<script src="assets/guidegen/site.js" src="assets/x.css"></script>',
        '<script src="assets/guidegen/site.js" type="module"></script>',
    ],
)
def test_no_script_is_ours_that_only_looks_like_it(
    script: str, project: Project
) -> None:
    _put(project, "site/main.html", f"<!doctype html><body>{script}<p>a</p></script>")

    page = (_build(project).site / "index.html").read_text()

    assert "<script" not in page.lower()


def test_every_page_has_guidegens_policy_first(project: Project) -> None:
    _put(project, "site/main.html", "<p>hello</p>")

    page = (_build(project).site / "index.html").read_text()

    assert page.startswith(
        '<!doctype html>\n<meta http-equiv="Content-Security-Policy"'
        f' content="{POLICY}">\n<meta charset="utf-8">\n'
    )


def test_guidegens_policy_is_that_of_the_built_in_pack() -> None:
    meta = builtin_packs() / "dell" / "site" / "partials" / "meta.html"
    assert f'content="{POLICY}"' in meta.read_text()


def test_files_that_a_server_or_a_browser_runs_are_left_out(project: Project) -> None:
    evil = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    left_out = (
        *("a.php", "web.config", "_headers", "_redirects", "CNAME", "a.shtml"),
        *("a.xhtml", "a.xml", "a.htm", "a.mjs", "a.wasm", "evil.svg", "handler.svg"),
        *("entity.svg", "prefix.svg", "é.svg", "robots.txt"),
    )
    for name in left_out:
        _put(project, f"site/assets/{name}", evil)
    _put(project, "site/assets/handler.svg", evil.replace("<script>", "<a onclick=1>"))
    _put(project, "site/assets/entity.svg", "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>")
    for name, prefix in (("prefix", "s-v"), ("é", "é")):
        named = evil.replace("script>", f"{prefix}:script>")
        named = named.replace(
            "<svg", f"<svg xmlns:{prefix}='http://www.w3.org/2000/svg'"
        )
        _put(project, f"site/assets/{name}.svg", named)
    _put(project, "site/assets/link.svg", LINKING)
    _put(project, "site/versions/files/a.css", "a { color: red }")
    _put(project, "site/assets/good.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    _put(project, "site/assets/good.css", "a { color: red }")

    built = _build(project)

    found = {path.name for path in (built.site / "assets").iterdir()}
    assert not found & {*left_out}
    assert {"good.svg", "good.css", "link.svg"} <= found
    shown = (built.site / "assets" / "link.svg").read_text()
    assert "<rect" in shown
    assert "script" not in shown
    assert not (built.site / "versions").exists()
    assert "assets/a.php" in _notes(built)["site-files-left-out"]


def test_the_built_in_look_says_nothing_of_this(project: Project) -> None:
    answers = project.answers
    answers.write_text(answers.read_text().replace("pack: ./look\n", ""))
    shutil.rmtree(project.folder / "look")

    built = _build(project)

    assert not {"site-files-left-out", "site-scripts-left-out"} & {*_notes(built)}


EXTENSIONS = (
    *("pymdownx.snippets", "pymdownx.b64", "pymdownx.superfences", "markdown"),
    *("look.evil:Evil", "os", "pymdownx.blocks.html", "codehilite", "meta"),
)


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> dict[object, Path]:
    """Return where kept texts name each extension of Markdown that is refused."""
    project = _looking(tmp_path_factory.mktemp("extended") / "project")
    kept = project.releases / "packs" / "dell-1.0.0-deadbeef"
    shutil.copytree(builtin_packs() / "dell", kept)
    pack = kept / "pack.yml"
    named = f"markdown_extensions: [{', '.join(EXTENSIONS)}, "
    pack.write_text(pack.read_text().replace("markdown_extensions: [", named))
    text = kept / "sections" / "en" / "nice.md"
    secret = project.folder.parent / "secret"
    secret.write_text("SECRET-KEY")
    text.write_text(text.read_text() + f'\n\n--8<-- "{secret}"\n')
    lock = {
        "format": 1,
        "name": "dell",
        "version": "1.0.0",
        "digest": kept_digest(kept),
        "folder": f"packs/{kept.name}",
    }
    project.pack_lock.write_text(json.dumps(lock))

    with pytest.raises(PackError) as caught:
        _build(project)

    places = ((each.values["value"], each.path) for each in caught.value.problems)
    return {name: path.relative_to(kept) for name, path in places if path}


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_a_pack_cannot_name_any_extension_of_markdown(
    extension: str, refused: dict[object, Path]
) -> None:
    assert refused[extension] == Path("pack.yml")


def test_old_versions_frame_runs_in_the_sandbox(
    project: Project, tmp_path: Path
) -> None:
    from guidegen.site import Look  # noqa: PLC0415
    from guidegen.site.theme_cache import environment_like_pages  # noqa: PLC0415

    there = tmp_path / "written"
    _put(project, "site/version.html", f"{{{{ {SYSTEM.format(there=there)} }}}}")
    look = Look(folders=(project.folder / "look" / "site",))
    template = environment_like_pages(look, kind="a").get_template("version.html")

    with pytest.raises(Exception, match="__class__"):
        template.render(config={})

    assert not there.exists()


def test_the_page_of_differences_and_the_single_page_are_sealed_too(
    project: Project, tmp_path: Path
) -> None:
    there = tmp_path / "written"
    words = dict.fromkeys(("skip", "made_with"), "")
    report = Report(
        language="en", company="A", guideline="B", title="C", words=words, facts=None
    )
    path = _put(project, "site/diff.html", f"{{{{ {SYSTEM.format(there=there)} }}}}")
    with pytest.raises(SiteError):
        report_html(report, path, "")
    assert not there.exists()

    path.write_text("<script>a</script><!-- <head> --><p>{{ title }}</p>")
    page = report_html(report, path, "")
    assert page.startswith("<!doctype html>\n<meta http-equiv")
    assert "<script" not in page

    path.write_text("<meta http-equiv=refresh content='0'>")
    with raises(SiteError, match="does not put into the site"):
        report_html(report, path, "")

    sheet = _put(project, "site/assets/guidegen/site.css", "a{}\n</STYLE><p>a")
    with raises(PackError, match="</STYLE") as caught:
        page_style([project.folder / "look"], None)
    assert (caught.value.path, caught.value.line) == (sheet, 2)


def test_errors_are_the_authors_and_not_ours(project: Project) -> None:
    for source in ("{{ 1/0 }}", "{% for %}", "{{ none.a.b }}", "{{ 'a' + 1 }}"):
        _put(
            project,
            "site/main.html",
            FRAME + "{% block fonts %}" + source + "{% endblock %}",
        )
        with pytest.raises(GuidegenError):
            _build(project)
