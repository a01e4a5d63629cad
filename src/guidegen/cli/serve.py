"""`guidegen serve`: builds on each change and shows the result in a browser."""

from __future__ import annotations

import tempfile
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidegen.cli.boundary import our_fault
from guidegen.cli.help import option, verb
from guidegen.cli.localize import localized
from guidegen.cli.options import (
    open_project,
    pack_option,
    project_option,
    trust_scripts_option,
)
from guidegen.cli.terminal import error_text, show_notes
from guidegen.cli.usage import Port
from guidegen.errors import GuidegenError
from guidegen.model.project import Project
from guidegen.pipeline.build import Job, build_project
from guidegen.pipeline.up_to_date import sources

if TYPE_CHECKING:
    from guidegen.preview import Preview


@verb("serve")
@project_option
@pack_option
@option(
    "--port",
    type=Port(),
    metavar="help-word-port",
    default=8000,
    help="help-serve-port",
)
@option("--open", "show", is_flag=True, help="help-serve-open")
@trust_scripts_option
def command(
    *,
    folder: Path | None,
    pack: Path | None,
    port: int,
    show: bool,
    trust_scripts: bool,
) -> None:
    """Show the guideline in a browser, and rebuild it on each change."""
    project = open_project(folder)
    # A site that lies in the project may have come with it, with scripts in it.
    with tempfile.TemporaryDirectory(prefix="guidegen-preview-") as place:
        inside = replace(project, place=Path(place))
        builder = _Builder(inside, pack, trust_scripts=trust_scripts)
        preview = _preview(builder, inside, pack, port)
        _show(preview, in_browser=show)


def _preview(
    builder: _Builder, project: Project, pack: Path | None, port: int
) -> Preview:
    from guidegen.preview import Preview  # noqa: PLC0415  # only this verb

    return Preview(
        site=project.site,
        build=builder.build,
        # Asked at each look: an edit may name files that were not watched before.
        watched=lambda: sources(project, pack),
        port=port,
    )


def _show(preview: Preview, *, in_browser: bool) -> None:
    """Serve until somebody stops it."""
    from guidegen.preview import serve  # noqa: PLC0415  # as above

    with serve(preview) as address:
        click.echo(localized("serve-address", address=address))
        click.echo(localized("serve-stop"))
        if in_browser:
            click.launch(address)
        try:
            # The servers run in threads of their own; this one waits for Ctrl+C.
            threading.Event().wait()
        except KeyboardInterrupt:
            click.echo()


class _Builder:
    """Builds on each change, and prints each error once."""

    def __init__(
        self, project: Project, pack: Path | None, *, trust_scripts: bool = False
    ) -> None:
        # An author at work wants to see that work, also while a version is withdrawn.
        self._job = Job(
            project=project, pack=pack, draft=True, trust_scripts=trust_scripts
        )
        self._project = Project(project.folder)
        self._wrong: str | None = None

    def build(self) -> str | None:
        """Build; return what is wrong, in the author's language."""
        wrong = self._attempt()
        # A file is often saved several times before a mistake is fixed.
        if wrong is not None and wrong != self._wrong:
            click.echo(wrong, err=True)
        self._wrong = wrong
        # The browser shows the text, too, and would show colours as codes.
        return None if wrong is None else click.unstyle(wrong)

    def _attempt(self) -> str | None:
        try:
            # Again each time: an unpacked update may bring links along.
            self._project.refuse_links()
            built = build_project(self._job)
        except GuidegenError as error:
            return error_text(error)
        except Exception:  # noqa: BLE001  # the preview goes on; an edit may mend it
            return our_fault()
        if not built.unchanged:
            show_notes(built.notes)
            click.echo(localized("serve-built"))
        return None
