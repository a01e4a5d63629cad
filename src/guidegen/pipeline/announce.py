"""Tells everybody of a release: writes the kit of each language, all or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, wait
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from guidegen.announce import SHEETS, Kit, kit_files, sheet
from guidegen.announce.qr_code import qr_code
from guidegen.answers.build import build
from guidegen.compose.lacking import AnswersInVariants
from guidegen.compose.wording import Wording
from guidegen.errors import AnnounceError, ExportError
from guidegen.export.destinations import Destinations
from guidegen.files import project_lock
from guidegen.model.document import Document
from guidegen.model.note import Note
from guidegen.model.project import Project
from guidegen.model.release import History, Release
from guidegen.pack.announcements import FOLDER, read_announcements
from guidegen.pack.find import COMPLETING, builtin_packs
from guidegen.pipeline.addresses import lookalike_notes
from guidegen.pipeline.announcement_facts import Announcement, kit_of
from guidegen.pipeline.frozen_documents import frozen_documents
from guidegen.pipeline.named_release import named_release
from guidegen.pipeline.outputs import typesetters
from guidegen.pipeline.published_address import known_address, published_address
from guidegen.pipeline.release_parts import pack_of
from guidegen.pipeline.working_copy import WorkingCopy, load_working_copy
from guidegen.release.history import read_history
from guidegen.value import Value

if TYPE_CHECKING:
    from guidegen.model.answers import Answers
    from guidegen.model.pack import Pack
    from guidegen.pdf.build import Typeset


class AnnounceJob(Value):
    """Of what to tell, and where to write it."""

    project: Project
    into: Path | None = None
    """The folder to write to; the project's `announce` if None."""
    version: str | None = None
    """The released version; None for the one that readers follow."""
    language: str | None = None
    """The only language wanted; None for all."""
    url: str | None = None
    """Where the guideline is published; None for what `publish:` says."""
    force: bool = False
    """Replace what guidegen did not write, or what was changed since."""
    progress: Callable[[str], None] = lambda message: None  # noqa: ARG005
    """Told the message id of each step as it begins."""


class Announced(Value):
    """What was written."""

    paths: tuple[Path, ...]
    """The folder of each language."""
    version: str
    step: str
    """`first`, `major`, `minor` or `patch`."""
    addresses: Mapping[str, str]
    """What the QR code opens, by language."""
    notes: tuple[Note, ...] = ()


def announce_project(job: AnnounceJob) -> Announced:
    """Write what tells everybody of a release; nothing is sent.

    Raises:
        AnnounceError: Nothing is released, the release is withdrawn, or nobody knows
            where it is published.
        GuidegenError: Whatever a step finds wrong; nothing was written then.
    """
    project = job.project
    into = job.into or project.announcements
    # What is replaced must never be what a release or a build relies on.
    if project.keeps(into):
        raise ExportError("error-export-own", path=into)
    project.refuse_links_to(into)
    with project_lock(project.work):
        working_copy = load_working_copy(project)
        release = _release(working_copy.history, job.version, project)
        targets = working_copy.answers.publish.values()
        address = published_address(job.url, targets)
        documents = _documents(release, working_copy, job.language, project)
        destinations = Destinations(project.exports_record)
        if not job.force:
            # Before anything is made: a refusal need not wait for it.
            destinations.refuse_foreign([into / each.language for each in documents])
        job.progress("announce-texts")
        kits = _kits(documents, release, working_copy, address)
        job.progress("announce-sheets")
        # On the destination's file system, where files can be moved in one step.
        with destinations.staging(into) as staging:
            notes = _write(documents, kits, working_copy.pack, staging)
            paths = destinations.move_in(staging, into)
    return Announced(
        paths=paths,
        version=release.version,
        step=kits[0].step,
        addresses={each.language: each.links.front for each in kits},
        notes=(*lookalike_notes({"--url": address}), *notes),
    )


def remembered_address(project: Project) -> str | None:
    """Return where the guideline is published, if `publish:` says so.

    Raises:
        ProblemsError: `publish:` is wrong.
        AnnounceError: It names several addresses.
    """
    from guidegen.answers.read import read_targets  # noqa: PLC0415  # for a dialog

    return known_address(read_targets(project.answers).values())


def released(project: Project, version: str | None) -> Release:
    """Return the release of which everybody is to be told.

    Args:
        project: The project.
        version: Its version; None for the one that readers follow.

    Raises:
        AnnounceError: Nothing is released, or the release is withdrawn.
        ProblemsError: There is no such version.
    """
    return _release(read_history(project.releases), version, project)


def _release(history: History, version: str | None, project: Project) -> Release:
    if not history.releases:
        raise AnnounceError("error-announce-draft", path=project.answers)
    if version is not None:
        release = named_release(history, version, project)
    elif history.current:
        release = history.current
    else:
        release = history.releases[-1]
    if history.withdrawal_of(release):
        raise AnnounceError("error-announce-withdrawn", version=release.version)
    return release


def _documents(
    release: Release,
    working_copy: WorkingCopy,
    language: str | None,
    project: Project,
) -> tuple[Document, ...]:
    documents = frozen_documents(release, working_copy)
    if language is None:
        return documents
    found = tuple(each for each in documents if each.language == language)
    if not found:
        known = ", ".join(release.documents)
        raise AnnounceError(
            "export-language", value=language, known=known, path=project.answers
        )
    return found


def _kits(
    documents: Sequence[Document],
    release: Release,
    working_copy: WorkingCopy,
    address: str,
) -> list[Kit]:
    """Return what there is to tell, by the answers and the pack of the release."""
    pack = pack_of(release, working_copy.pack)
    answers = _released_answers(release, working_copy.answers.folder, pack)
    in_variants = AnswersInVariants(answers=answers, pack=pack)
    told = Announcement(
        release=release,
        history=working_copy.history,
        texts=read_announcements(working_copy.pack),
        address=address,
        parser=working_copy.parser,
        practises=bool(working_copy.pack.cards)
        and working_copy.answers.training.practice,
    )
    kits = []
    for document in documents:
        language = document.language
        wording = Wording(
            answers=in_variants.answers_for(language), pack=pack, language=language
        )
        kits.append(kit_of(document, wording, told))
    return kits


def _released_answers(release: Release, folder: Path, pack: Pack) -> Answers:
    """Return the answers of a release, as the model has them."""
    data = cast("dict[str, Any]", dict(release.answers))
    day = dt.date.fromisoformat(data["version"]["valid_from"])
    return build(
        {**data, "version": {**data["version"], "valid_from": day}}, folder, pack
    )


def _write(
    documents: Sequence[Document], kits: Sequence[Kit], pack: Pack, into: Path
) -> tuple[Note, ...]:
    """Write all files of all languages; the sheets are typeset at the same time."""
    from guidegen.pdf.build import write_pdf  # noqa: PLC0415  # imports typst
    from guidegen.pdf.sheets import prepare_sheet  # noqa: PLC0415  # as above

    template = _template(pack)
    running: dict[Path, Future[Typeset]] = {}
    notes: dict[Note, None] = {}
    with ExitStack() as prepared:
        threads = prepared.enter_context(typesetters())
        try:
            for document, kit in zip(documents, kits, strict=True):
                folder = into / kit.language
                folder.mkdir()
                code = qr_code(kit.links.front)
                content = {**sheet(kit), "modules": code.modules}
                for name, main in SHEETS.items():
                    made = prepare_sheet(
                        document,
                        content,
                        template=template,
                        main=main,
                        code=code.picture,
                    )
                    typeset = prepared.enter_context(made)
                    thread = threads[len(running) % len(threads)]
                    running[folder / name] = thread.submit(typeset)
            for kit in kits:
                for name, text in kit_files(kit, pack.folders).items():
                    (into / kit.language / name).write_bytes(text)
            for path, pdf in running.items():
                typeset_pdf, more = pdf.result()
                write_pdf(typeset_pdf, path)
                notes |= dict.fromkeys(more)
        finally:
            # Before what they read is removed.
            wait(running.values())
    return tuple(notes)


def _template(pack: Pack) -> Path:
    """Return the folder of the sheets' templates: the first that has them all."""
    folders = (*pack.folders, builtin_packs() / COMPLETING)
    places = (each / FOLDER for each in folders)
    return next(
        each
        for each in places
        if all((each / main).is_file() for main in SHEETS.values())
    )
