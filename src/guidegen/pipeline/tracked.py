"""What changes about a release, as Word files with tracked changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from guidegen.arrange import read_arrangement
from guidegen.errors import ExportError, Problem, ProblemsError
from guidegen.export.destinations import Destinations
from guidegen.files import project_lock
from guidegen.model.document import Document
from guidegen.model.pack import Pack
from guidegen.model.project import Project
from guidegen.pack.find import COMPLETING, builtin_packs
from guidegen.pipeline.diff import Difference
from guidegen.pipeline.draft_day import without_past_day
from guidegen.pipeline.frozen_documents import frozen_documents


def tracked_paths(difference: Difference, path: Path) -> dict[str, Path]:
    """Return where each language's Word file goes; the first has the name itself.

    Args:
        difference: What has changed.
        path: The name that was asked for.
    """
    first, *others = difference.redlines or ("",)
    if not first:
        return {}
    named = {
        each: path.with_name(f"{path.stem}-{each}{path.suffix}") for each in others
    }
    return {first: path} | named


def write_tracked(
    difference: Difference,
    paths: Mapping[str, Path],
    project: Project,
    *,
    today: dt.date,
    day: dt.date | None = None,
) -> None:
    """Write what has changed as a Word file for each language whose text differs.

    Changes are those of the guideline's owner. All files are written, or none; one that
    somebody has written in is never replaced.

    Args:
        difference: What has changed.
        paths: Where each language's file goes, all of them in one folder.
        project: The project, which remembers what was written.
        today: Today's date.
        day: The day of the changes; None for that from which the new text is valid.

    Raises:
        ProblemsError: Something else is in a file's place.
        GuidegenError: A page cannot be written, or a file of the release is not what
            was released.
    """
    working_copy, release = difference.working_copy, difference.old
    if working_copy is None or release is None or not paths:
        return
    into = next(iter(paths.values())).parent
    with project_lock(project.work):
        destinations = Destinations(project.exports_record)
        _refuse_others(destinations, tuple(paths.values()))
        old = {each.language: each for each in frozen_documents(release, working_copy)}
        new = {each.language: each for each in working_copy.documents}
        with destinations.staging(into) as staging:
            for language, path in paths.items():
                after = without_past_day(new[language], today)
                content = _tracked(old[language], after, working_copy.pack, day)
                (staging / path.name).write_bytes(content)
            destinations.move_in(staging, into)


def _refuse_others(destinations: Destinations, paths: tuple[Path, ...]) -> None:
    try:
        destinations.refuse_foreign(paths)
    except ExportError as error:
        # Comments of the works council are worth more than another run.
        problem = Problem(message="diff-docx-taken", path=error.problem.path)
        raise ProblemsError((problem,)) from error


def _tracked(old: Document, new: Document, pack: Pack, day: dt.date | None) -> bytes:
    from guidegen.compare import alignment  # noqa: PLC0415  # as below
    from guidegen.export.word.document import tracked_file  # noqa: PLC0415  # slow
    from guidegen.export.word.tracked import Aligning  # noqa: PLC0415
    from guidegen.pdf.compile import picture_png  # noqa: PLC0415  # imports Typst

    # A pack need not have a look for Word: the built-in one stands in then.
    look = [folder / "export" for folder in pack.folders]
    look.append(builtin_packs() / COMPLETING / "export")
    # The day from which the text is valid, not that of a clock: same texts, same bytes.
    valid = dt.datetime.fromtimestamp(new.valid_from, tz=dt.UTC).date()
    return tracked_file(
        old,
        new,
        look=look,
        draw=picture_png,
        look_of=read_arrangement([each / "site" for each in pack.folders]).look,
        names=pack.names,
        by=(new.running_texts["owner"], day or valid),
        aligning=Aligning(pairs=alignment.pairs, likeness=alignment.likeness),
    )
