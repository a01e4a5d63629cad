"""The step: answers and pack become the guideline of one language."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from guidegen.compose.law import Law, compose_law
from guidegen.compose.pages import compose_pages, part_addresses, section_ids
from guidegen.compose.topics import compose_topics, group_by_level
from guidegen.compose.wording import Wording
from guidegen.model.answers import Answers, Contact
from guidegen.model.guideline import (
    DocumentFacts,
    Guideline,
    GuidelineAcknowledgement,
    GuidelineContact,
    GuidelineVersion,
    MagicSentence,
    PageRef,
    Topic,
)
from guidegen.model.labels import PLACEHOLDER
from guidegen.model.pack import Pack
from guidegen.model.text import LocalText, one_full_stop

_NINE = 9


def compose(answers: Answers, pack: Pack, language: str) -> Guideline:
    """Resolve answers and pack for one language.

    Args:
        answers: Checked answers.
        pack: The pack they were checked against.
        language: One of the answers' languages.

    Raises:
        PackError: A section has no text.
        AnswersError: A section that the company adds cannot be added.
    """
    wording = Wording(answers=answers, pack=pack, language=language)
    topics = compose_topics(wording)
    law = compose_law(wording, section_ids(wording))
    # Which pages there are depends on the law of other countries.
    pages = compose_pages(wording, law.abroad)
    return _guideline(wording, topics, law, pages)


def _guideline(
    wording: Wording,
    topics: tuple[Topic, ...],
    law: Law,
    pages: tuple[PageRef, ...],
) -> Guideline:
    """Put together what is composed, and what the answers say as it is."""
    answers, pack, variant = wording.answers, wording.pack, wording.variant
    return Guideline(
        language=wording.language,
        variant=variant,
        locale=wording.locale,
        title=_optional(answers.title, variant) or wording.text(pack.title),
        document=_document(answers, variant),
        company_name=wording.company_name,
        company=wording.company,
        sector=wording.sector,
        listed=wording.listed,
        countries=answers.company.countries,
        seat=answers.company.seat,
        works_council=answers.company.works_council,
        works_council_name=wording.works_council,
        speakers=wording.speakers,
        speaker=wording.listed_forms(wording.speakers),
        contacts=_contacts(wording),
        links={key: text.get(variant) for key, text in answers.links.items()},
        topics=topics,
        levels=group_by_level(topics, wording),
        magic=magic_sentence(wording),
        version=_version(answers, variant),
        acknowledgement=_acknowledgement(answers, variant),
        pages=pages,
        parts=part_addresses(pages, wording),
        labels=wording.labels,
        words=wording.words,
        law=law.sections,
        abroad=law.abroad,
        extra=_extra(answers, variant),
        brand_color=answers.brand.color,
        logo=answers.brand.logo,
        logo_dark=answers.brand.logo_dark,
        markdown_extensions=pack.markdown_extensions,
    )


def _extra(
    answers: Answers, variant: str
) -> dict[str, str | bool | int | dt.date | tuple[str, ...]]:
    """Return the answers to the pack's own questions."""
    return {
        key: value.get(variant) if isinstance(value, LocalText) else value
        for key, value in answers.extra.items()
    }


def _document(answers: Answers, variant: str) -> DocumentFacts:
    asked = answers.document
    if asked is None:
        return DocumentFacts()
    return DocumentFacts(
        number=_optional(asked.number, variant),
        classification=_optional(asked.classification, variant),
        approved_by=_optional(asked.approved_by, variant),
    )


def _contacts(wording: Wording) -> tuple[GuidelineContact, ...]:
    """Return the contacts, those first who answer in this language."""
    contacts = sorted(
        wording.answers.contacts,
        # Who names no language serves all.
        key=lambda each: (
            bool(each.languages) and wording.language not in each.languages
        ),
    )
    return tuple(_contact(contact, wording) for contact in contacts)


def _contact(contact: Contact, wording: Wording) -> GuidelineContact:
    variant, labels = wording.variant, wording.labels
    return GuidelineContact(
        name=contact.name.get(variant),
        role=_optional(contact.role, variant),
        email=_optional(contact.email, variant),
        phone=_optional(contact.phone, variant),
        chat=_optional(contact.chat, variant),
        answers_within=_optional(contact.answers_within, variant),
        out_of_hours=_optional(contact.out_of_hours, variant),
        languages=tuple(
            labels.get(f"language_{language}", language)
            for language in contact.languages
        ),
        countries=tuple(
            wording.text(wording.pack.countries[country])
            for country in contact.countries
        ),
    )


def _optional(text: LocalText | None, variant: str) -> str | None:
    return text.get(variant) if text else None


def magic_sentence(wording: Wording) -> MagicSentence:
    """Fill in the sentence and count its words.

    The two originals have nine words, German with a one-word name („Hallo, ich bin
    [Name] und ich arbeite für Dell“), English without it ("Hello, my name is [NAME],
    and I work for Dell"); so the placeholder counts in German only.
    """
    sentence, company = wording.text(wording.pack.magic_sentence), wording.company
    names = {
        "company": company.nominative,
        "company_accusative": company.accusative,
        "company_dative": company.dative,
    }

    def fill(found: re.Match[str]) -> str:
        return names.get(found[1], found[0])

    words = [
        word for word in sentence.split() if wording.language == "de" or "[" not in word
    ]
    used = [names[key] for key in PLACEHOLDER.findall(sentence) if key in names]
    return MagicSentence(
        text=one_full_stop(PLACEHOLDER.sub(fill, sentence)),
        nine_words=len(words) == _NINE and all(len(each.split()) == 1 for each in used),
    )


def _version(answers: Answers, variant: str) -> GuidelineVersion:
    version = answers.version
    return GuidelineVersion(
        owner=version.owner.get(variant),
        valid_from=version.valid_from,
        next_review=_later(version.valid_from, version.review_months),
        review_months=version.review_months,
    )


def _acknowledgement(answers: Answers, variant: str) -> GuidelineAcknowledgement | None:
    asked = answers.acknowledgement
    if asked is None:
        return None
    form = asked.form.get(variant) if asked.form else None
    return GuidelineAcknowledgement(form=form, email=asked.email, slip=asked.slip)


def _later(day: dt.date, months: int) -> dt.date:
    """Return the day so many months later, or the last day of that month."""
    # Months count from 0 here, so that December belongs to its own year.
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))
