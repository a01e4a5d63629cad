"""`guidegen build`: builds the site and the PDFs, and prints what was made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guidegen.cli.help import option, verb
from guidegen.cli.localize import localized
from guidegen.cli.options import (
    json_option,
    open_project,
    pack_option,
    project_option,
    quiet_option,
    trust_scripts_option,
)
from guidegen.cli.shell_quoting import typed_path
from guidegen.cli.terminal import (
    echo,
    notes_data,
    show_json,
    show_notes,
    shown_progress,
)
from guidegen.model.document import State
from guidegen.pipeline.build import Job, build_project
from guidegen.value import Value

if TYPE_CHECKING:
    from guidegen.pipeline.build import Built


class _Options(Value):
    """What the user typed."""

    folder: Path | None
    pack: Path | None
    force: bool
    draft: bool
    old_pdfs: bool
    trust_scripts: bool
    as_json: bool
    quiet: bool
    verbose: bool


@verb("build")
@project_option
@pack_option
@option("--force", is_flag=True, help="help-build-force")
@option("--draft", is_flag=True, rare=True, help="help-build-draft")
@option("--old-pdfs", is_flag=True, rare=True, help="help-build-old-pdfs")
@trust_scripts_option
@json_option
@quiet_option
@option("-v", "--verbose", is_flag=True, rare=True, help="help-build-verbose")
def command(**options: object) -> None:
    """Build the site and the PDFs, if anything has changed."""
    typed = _Options(**options)  # type: ignore[arg-type]  # click has checked them
    job = Job(
        project=open_project(typed.folder, quiet=typed.quiet),
        pack=typed.pack,
        force=typed.force,
        draft=typed.draft,
        old_pdfs=typed.old_pdfs,
        trust_scripts=typed.trust_scripts,
    )
    run_build(job, as_json=typed.as_json, quiet=typed.quiet, verbose=typed.verbose)


def run_build(
    job: Job, *, as_json: bool = False, quiet: bool = False, verbose: bool = False
) -> None:
    """Build a project and print the result; `init` and `demo` end with it too."""
    with shown_progress(quiet=quiet or as_json, verbose=verbose) as progress:
        built = build_project(replace(job, progress=progress))
    # Notes are part of the data, so nothing else needs to be printed.
    if as_json:
        show_json(_as_data(built))
        return
    if quiet:
        return
    show_notes(built.notes, minor=verbose)
    echo(localized("build-unchanged" if built.unchanged else "build-done"))
    for page in built.pages:
        click.echo(f"  {typed_path(page)}")
    for pdf in built.pdfs:
        click.echo(f"  {typed_path(pdf)}")
    if built.edition.state is State.DRAFT:
        message = "build-draft-open" if built.is_open else "build-draft"
        echo(localized(message, version=built.edition.version))


def _as_data(built: Built) -> dict[str, object]:
    return {
        "site": str(built.site),
        "pages": [str(page) for page in built.pages],
        "pdfs": [str(pdf) for pdf in built.pdfs],
        "edition": {
            "version": built.edition.version,
            "state": built.edition.state.value,
        },
        "unchanged": built.unchanged,
        "notes": notes_data(built.notes),
        "ready": not built.is_open,
    }
