"""Writes when people are asked to practise again: days for calendars, ready mails."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from guidegen.errors import AnnounceError, ExportError, Problem, ProblemsError
from guidegen.export.destinations import Destinations
from guidegen.files import project_lock
from guidegen.icalendar import calendar
from guidegen.mail import Mail
from guidegen.mail.contact import contact_block
from guidegen.mail.file import mail_file
from guidegen.mail.html import html_mail
from guidegen.mail.text import text_mail
from guidegen.model.document import Document
from guidegen.model.note import Note
from guidegen.model.pack import Pack
from guidegen.model.project import Project
from guidegen.pipeline.addresses import lookalike_notes
from guidegen.pipeline.published_address import language_address, published_address
from guidegen.pipeline.working_copy import WorkingCopy, load_working_copy
from guidegen.practice.letters import events, letters
from guidegen.practice.plan import plan_waves
from guidegen.site.alive import guideline_id
from guidegen.site.urls import PRACTICE
from guidegen.value import Value

CALENDAR = "practice.ics"
"""The days of all waves, in the folder of each language."""


class PlanJob(Value):
    """When to begin, and where to write it."""

    project: Project
    start: dt.date
    """The day of the first wave."""
    on: dt.date
    """Today."""
    into: Path | None = None
    """The folder to write to; the project's `training-plan` if None."""
    language: str | None = None
    """The only language wanted; None for all."""
    url: str | None = None
    """Where the guideline is published; None for what `publish:` says."""
    force: bool = False
    """Replace what guidegen did not write, or what was changed since."""
    progress: Callable[[str], None] = lambda message: None  # noqa: ARG005
    """Told the message id of each step as it begins."""


class Planned(Value):
    """What was written."""

    paths: tuple[Path, ...]
    """The folder of each language."""
    days: tuple[dt.date, ...]
    notes: tuple[Note, ...] = ()


def plan_training(job: PlanJob) -> Planned:
    """Write the waves of each language; nothing is sent.

    Raises:
        AnnounceError: Nobody knows where the guideline is published.
        ExportError: There are no cards, or something else lies at the destination.
        GuidegenError: Whatever a step finds wrong; nothing was written then.
    """
    project = job.project
    into = job.into or project.training_plan
    if project.keeps(into):
        raise ExportError("error-export-own", path=into)
    project.refuse_links_to(into)
    with project_lock(project.work):
        working_copy = load_working_copy(project)
        if not working_copy.decks:
            raise ExportError("error-export-cards", path=project.answers)
        address = published_address(job.url, working_copy.answers.publish.values())
        documents = _documents(job, working_copy)
        destinations = Destinations(project.exports_record)
        if not job.force:
            destinations.refuse_foreign([into / each.language for each in documents])
        job.progress("build-pages")
        with destinations.staging(into) as staging:
            for document in documents:
                files = _files(document, working_copy, address, job.start)
                (staging / document.language).mkdir()
                for name, content in files.items():
                    (staging / document.language / name).write_bytes(content)
            paths = destinations.move_in(staging, into)
    deck = working_copy.decks[documents[0].language]
    return Planned(
        paths=paths,
        days=tuple(wave.day for wave in plan_waves(deck, job.start)),
        notes=(*_past_notes(job), *lookalike_notes({"--url": address})),
    )


def _past_notes(job: PlanJob) -> Iterator[Note]:
    # In January, people still write last year.
    if job.start < job.on:
        yield Note(message="training-past", values={"day": job.start})


def _documents(job: PlanJob, working_copy: WorkingCopy) -> tuple[Document, ...]:
    known = working_copy.documents
    found = tuple(each for each in known if job.language in {None, each.language})
    if not found:
        values = {"value": job.language, "known": ", ".join(working_copy.decks)}
        path = job.project.answers
        problem = Problem(message="export-language", values=values, path=path)
        raise ProblemsError((problem,))
    return found


def _files(
    document: Document, working_copy: WorkingCopy, address: str, start: dt.date
) -> Mapping[str, bytes]:
    """Return the files of a language by their names."""
    languages = [each.language for each in working_copy.documents]
    folder = language_address(address, document.language, languages)
    if folder is None:
        raise AnnounceError("error-training-address", value=address)
    page = f"{folder}{PRACTICE}.html"
    deck = working_copy.decks[document.language]
    waves = plan_waves(deck, start)
    heading = document.labels.word("plan_questions")
    contact = contact_block(document.contacts[0], document.labels, heading)
    name = f"guidegen/{guideline_id(working_copy.documents)}/{document.language}"
    days = calendar(events(document, waves, page, name))
    files = {CALENDAR: days.encode()}
    mails = letters(document, waves, page, contact)
    return files | _mails(mails, working_copy.pack)


def _mails(mails: Sequence[Mail], pack: Pack) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for number, mail in enumerate(mails, 1):
        files[f"wave-{number}.html"] = html_mail(mail, pack.folders).encode()
        files[f"wave-{number}.txt"] = text_mail(mail).encode()
        files[f"wave-{number}.eml"] = mail_file(mail, pack.folders)
    return files
