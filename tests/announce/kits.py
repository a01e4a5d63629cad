"""Kits of the sample companies, without releasing anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import cast

from tests.samples import COMPANIES, NAMES, SCENARIOS

from guidegen.announce import Kit
from guidegen.answers.read import read_answers
from guidegen.compose.wording import Wording
from guidegen.mail.characters import line_of
from guidegen.model.document import Document, Edition, State
from guidegen.model.release import (
    History,
    PackRecord,
    Release,
    ReleasedDocument,
    ReleasedPage,
    Step,
)
from guidegen.model.text import LocalText
from guidegen.pack.announcements import read_announcements
from guidegen.pipeline.announcement_facts import Announcement, kit_of
from guidegen.pipeline.working_copy import WorkingCopy

SAMPLES = (*COMPANIES, *NAMES)
STEPS = ("first", "major", "minor", "patch")
ADDRESS = "https://intranet.company.example/social-media/"
NOTE = {
    "de": "Neu ist die Regel zu KI: Bilder aus der Maschine werden gekennzeichnet. "
    "Außerdem hat Frau Jansen jetzt eine Vertretung.",
    "en": "There is a new rule on AI: label pictures that a machine has made. "
    "And somebody now stands in for Ms Jansen.",
}
"""A note of ordinary length."""
_VERSIONS = {"first": "1.0.0", "major": "2.0.0", "minor": "1.1.0", "patch": "1.0.1"}


@cache
def _working_copy(name: str) -> WorkingCopy:
    answers, pack = read_answers(SCENARIOS / name / "guideline.yml")
    return WorkingCopy(answers=answers, pack=pack)


@cache
def documents_of(name: str, version: str = "1.0.0") -> tuple[Document, ...]:
    """Return a company's guideline as it is when it is released."""
    edition = Edition(version=version, state=State.RELEASED)
    return _working_copy(name).as_edition(edition)


def release_of(
    documents: tuple[Document, ...],
    version: str,
    step: Step,
    note: Mapping[str, str] | None = None,
) -> Release:
    """Return a release of some documents that lies nowhere."""
    return Release(
        folder=Path("releases") / version,
        version=version,
        step=step,
        released=dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC),
        valid_from=dt.date(2026, 12, 1),
        review_months=12,
        owner="Jana Petersen",
        approved_by=None,
        notes=LocalText.of(note) if note else None,
        documents={
            each.language: ReleasedDocument(
                language=each.language,
                variant=each.variant,
                title=each.title,
                company=each.company,
                digest=each.digest,
                pages=tuple(
                    ReleasedPage(id=page.id, title=page.title) for page in each.pages
                ),
                running_texts=each.running_texts,
                logo=None,
            )
            for each in documents
        },
        answers={},
        changes=(),
        stale={},
        pack=PackRecord(name="dell", version="2.0.0", digest="d", folder="packs/d"),
        previous=None,
    )


@cache
def kits(name: str, step: str = "first", address: str = ADDRESS) -> tuple[Kit, ...]:
    """Return what is told of a company's release, in each language."""
    copy, version = _working_copy(name), _VERSIONS[step]
    documents = documents_of(name, version)
    languages = {each.language for each in documents}
    note = {language: NOTE[language] for language in languages}
    first = release_of(documents, "1.0.0", "major")
    releases = [first]
    if step != "first":
        releases.append(release_of(documents, version, cast("Step", step), note))
    told = Announcement(
        release=releases[-1],
        history=History(releases=tuple(releases)),
        texts=read_announcements(copy.pack),
        address=address,
        parser=copy.parser,
        practises=True,
    )
    return tuple(
        kit_of(
            each,
            Wording(answers=copy.answers, pack=copy.pack, language=each.language),
            told,
        )
        for each in documents
    )


def hostile(kit: Kit, text: str) -> Kit:
    """Return a kit in which all that people have answered is one text."""
    contact = replace(kit.contact, name=text, role=text)
    texts = {
        key: each.replace(kit.company, line_of(text)) for key, each in kit.texts.items()
    }
    told = {"edition", "mail_subject_first", "news_title", "faq_title", "quoted"}
    topics = tuple(replace(each, name=text, dont=text, do=text) for each in kit.topics)
    return replace(
        kit,
        company=text,
        title=text,
        texts={
            key: line_of(text) if key in told else each for key, each in texts.items()
        },
        note=text,
        magic=text,
        rules=(text,) * 5,
        topics=topics,
        contact=contact,
    )


HOSTILE = (
    "<!channel> <!here> <@U123> @everyone @here",
    '=HYPERLINK("https://evil.example","x") ${evil} @{evil} ${{evil}}',
    "[Klick](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "*fett* _kursiv_ ~weg~ `code` :tada: # x\n- y\n> z\n1. a",
    "\u202eelpoep\u202c \u2066x\u2069 \u200f\u05d0\u05d1\u05d2 \u0627\u0644\u0639",
    "Subject: x\r\nBcc: all@company.example\r\n\r\n<b>",
    "{company} {{ 7*7 }} {magic} {note}",
    "Überlanger Name " + "sehr " * 60 + "GmbH & Co. KGaA",
    "N" * 300,
    "\u0000\u0007 \ud83d\ude80 \u4f60\u597d",
)
"""What somebody may have answered, wishing ill or not."""
