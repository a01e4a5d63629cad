"""What changes about a release, as Word files with tracked changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from guidegen.arrange import read_arrangement
from guidegen.errors import ExportError, Problem, ProblemsError
from guidegen.export.destinations import Destinations
from guidegen.files import project_lock
from guidegen.model.document import Document
from guidegen.model.project import Project
from guidegen.pack.find import COMPLETING, builtin_packs
from guidegen.pipeline.diff import Difference
from guidegen.pipeline.draft_day import without_past_day
from guidegen.pipeline.frozen_documents import frozen_documents

if TYPE_CHECKING:  # only for this; other diffs need no Word
    from docx.document import Document as WordDocument

    from guidegen.model.pack import Pack


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
        word = _word(working_copy.pack)
        old = {each.language: each for each in frozen_documents(release, working_copy)}
        new = {each.language: each for each in working_copy.documents}
        with destinations.staging(into) as staging:
            for language, path in paths.items():
                after = without_past_day(new[language], today)
                content = _tracked(old[language], after, word, day)
                (staging / path.name).write_bytes(content)
            destinations.move_in(staging, into)


def _refuse_others(destinations: Destinations, paths: tuple[Path, ...]) -> None:
    try:
        destinations.refuse_foreign(paths)
    except ExportError as error:
        # Comments of the works council are worth more than another run.
        problem = Problem(message="diff-docx-taken", path=error.problem.path)
        raise ProblemsError((problem,)) from error


def _tracked(
    old: Document,
    new: Document,
    word: Callable[[Document], WordDocument],
    day: dt.date | None,
) -> bytes:
    from guidegen.compare import alignment  # noqa: PLC0415  # python-docx is slow
    from guidegen.export.word.document import packed  # noqa: PLC0415
    from guidegen.export.word.tracked import Aligning, track  # noqa: PLC0415

    # The day from which the text is valid, not that of a clock: same texts, same bytes.
    valid = dt.datetime.fromtimestamp(new.valid_from, tz=dt.UTC).date()
    after = word(new)
    track(
        word(replace(old, brand_color=new.brand_color)),
        after,
        author=new.running_texts["owner"],
        day=day or valid,
        aligning=Aligning(pairs=alignment.pairs, likeness=alignment.likeness),
    )
    return packed(after)


def _word(pack: Pack) -> Callable[[Document], WordDocument]:
    """Return what makes a Word file of a document."""
    from guidegen.export.word.document import word_document  # noqa: PLC0415
    from guidegen.pdf.compile import picture_png  # noqa: PLC0415

    # A pack need not have a look for Word: the built-in one stands in then.
    look = [folder / "export" for folder in pack.folders]
    look.append(builtin_packs() / COMPLETING / "export")
    theme = [folder / "site" for folder in pack.folders]
    look_of = read_arrangement(theme).look

    def word(document: Document) -> WordDocument:
        return word_document(
            document, look=look, draw=picture_png, look_of=look_of, names=pack.names
        )

    return word
