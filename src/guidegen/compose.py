"""From answers and pack to the guideline of one language."""

from __future__ import annotations

import calendar
import datetime as dt
from pathlib import Path

from guidegen.errors import PackError
from guidegen.model.answers import PRESS, Answers, Contact, Speaker, TopicAnswer
from guidegen.model.guideline import (
    Guideline,
    GuidelineAcknowledgement,
    GuidelineContact,
    GuidelineVersion,
    MagicSentence,
    PageRef,
    SectionRef,
    Topic,
)
from guidegen.model.labels import Labels
from guidegen.model.note import Note
from guidegen.model.pack import CatalogueTopic, Pack, PageSpec
from guidegen.model.project import BASES, SECTIONS, is_proposal
from guidegen.model.question import applies
from guidegen.model.text import LocalText
from guidegen.pack.find import section_file
from guidegen.value import Value

_NINE = 9
_SWITZERLAND = "CH"


def compose(answers: Answers, pack: Pack, language: str) -> Guideline:
    """Resolve answers and pack for one language.

    Args:
        answers: Checked answers.
        pack: The pack they were checked against.
        language: One of the answers' languages.

    Raises:
        PackError: A section has no text.
    """
    context = _Context(answers=answers, pack=pack, language=language)
    company, variant = answers.company, context.variant
    short_name = company.short_name.get(variant)
    return Guideline(
        language=language,
        variant=variant,
        title=context.wording(pack.title),
        company_name=company.name.get(variant),
        company_short_name=short_name,
        sector=company.sector,
        countries=company.countries,
        works_council=company.works_council,
        speaker=context.speaker(company.speakers[0]),
        contacts=tuple(_contact(contact, variant) for contact in answers.contacts),
        links={key: text.get(variant) for key, text in answers.links.items()},
        topics=tuple(
            _topic(topic, context, number)
            for number, topic in enumerate(answers.taboo_topics, start=1)
        ),
        magic=_magic(context.wording(pack.magic_sentence), short_name, language),
        version=_version(answers, variant),
        acknowledgement=_acknowledgement(answers, variant),
        pages=tuple(
            # Without its sections, which may all depend on answers, it would be empty.
            page
            for page in (_page(spec, context) for spec in pack.pages)
            if page.sections
        ),
        labels=Labels(
            {key: context.wording(text) for key, text in pack.labels.items()}
        ),
        extra={
            key: value.get(variant) if isinstance(value, LocalText) else value
            for key, value in answers.extra.items()
        },
        brand_color=answers.brand.color,
        logo=answers.brand.logo,
        markdown_extensions=pack.markdown_extensions,
    )


class _Context(Value):
    """What a guideline is made from, and how the pack's words are spelled for it."""

    answers: Answers
    pack: Pack
    language: str

    @property
    def variant(self) -> str:
        return self.answers.variant(self.language)

    def wording(self, text: LocalText) -> str:
        """Return a text of the pack."""
        return self.spelled(text.get(self.variant))

    def speaker(self, speaker: Speaker) -> str:
        """Return the name of a role, person or team."""
        if isinstance(speaker, LocalText):
            return speaker.get(self.variant)
        own = self.answers.roles.get(speaker)
        return own.get(self.variant) if own else self.wording(self.pack.roles[speaker])

    def spelled(self, text: str) -> str:
        """Return words of the pack, with ss for ß where all readers are Swiss.

        The company's own words stay as they are.
        """
        if self.language == "de" and self.answers.company.countries == (_SWITZERLAND,):
            return text.replace("ß", "ss").replace("ẞ", "SS")
        return text


def _contact(contact: Contact, variant: str) -> GuidelineContact:
    return GuidelineContact(
        name=contact.name.get(variant),
        role=contact.role.get(variant) if contact.role else None,
        email=contact.email.get(variant) if contact.email else None,
        phone=contact.phone.get(variant) if contact.phone else None,
        chat=contact.chat.get(variant) if contact.chat else None,
    )


def _topic(answer: TopicAnswer, context: _Context, number: int) -> Topic:
    """Return a topic; what the answer leaves out comes from the catalogue."""
    pack = context.pack
    entry = pack.catalogue.get(answer.id) if answer.id else None

    def text(own: LocalText | None, theirs: LocalText | None) -> str:
        if own:
            return own.get(context.variant)
        return context.wording(theirs) if theirs else ""

    # A topic of the company's own has no light; the contract makes packs have red.
    light = entry.light if entry else "red"
    covered = entry.not_covered if entry else None
    return Topic(
        id=answer.id or f"own-{number}",
        name=text(answer.name, entry.name if entry else None),
        light=light,
        light_label=context.wording(pack.lights[light]),
        speakers=tuple(
            context.speaker(speaker)
            for speaker in answer.speakers or _usual_speakers(entry, context.answers)
        ),
        why=text(answer.why, entry.why if entry else None),
        dont=text(answer.dont, entry.dont if entry else None),
        do=text(answer.do, entry.do if entry else None),
        not_covered=context.wording(covered) if covered else None,
    )


def _usual_speakers(
    entry: CatalogueTopic | None, answers: Answers
) -> tuple[Speaker, ...]:
    """Return the catalogue's roles; a company without a press office has none named."""
    roles = entry.speakers if entry else ()
    speakers = answers.company.speakers
    # A speaker may be among the roles already.
    return tuple(
        dict.fromkeys(
            speaker
            for role in roles
            for speaker in (speakers if role == PRESS else (role,))
        )
    )


def _magic(sentence: str, short_name: str, language: str) -> MagicSentence:
    """Fill in the sentence and count its words.

    The two originals have nine words, German with a one-word name („Hallo, ich bin
    [Name] und ich arbeite für Dell“), English without it ("Hello, my name is [NAME],
    and I work for Dell"); so the placeholder counts in German only.
    """
    words = [word for word in sentence.split() if language == "de" or "[" not in word]
    return MagicSentence(
        text=sentence.replace("{company}", short_name),
        nine_words=len(words) == _NINE and len(short_name.split()) == 1,
    )


def _version(answers: Answers, variant: str) -> GuidelineVersion:
    return GuidelineVersion(
        owner=answers.version.owner.get(variant),
        valid_from=answers.version.valid_from,
        next_review=_later(answers.version.valid_from, answers.version.review_months),
        review_months=answers.version.review_months,
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


def _page(page: PageSpec, context: _Context) -> PageRef:
    sections = tuple(
        _section(section.id, context)
        for section in page.sections
        if applies(section.when, lambda key: find_answer(context.answers, key))
    )
    return PageRef(
        id=page.id,
        title=context.wording(page.title),
        sections=sections,
        stamped=page.stamped,
    )


def _section(section: str, context: _Context) -> SectionRef:
    """Return the section's text: the company's own wording, else the pack's."""
    # The company's folder first: its text wins over the pack's in every variant.
    own = context.answers.folder
    path = section_file((own, *context.pack.folders), context.variant, section)
    if path is None:
        raise PackError(
            "error-section-missing", section=section, variant=context.variant
        )
    source = _source(path)
    if not path.is_relative_to(own / SECTIONS):
        source = context.spelled(source)
    return SectionRef(id=section, path=path, source=source)


def pack_section(
    answers: Answers, pack: Pack, variant: str, section: str
) -> str | None:
    """Return the pack's text of a section as this company gets it, if it has one.

    Raises:
        PackError: The pack's file cannot be read.
    """
    # A file that no page takes does not count as a section of the pack.
    if all(each.id != section for page in pack.pages for each in page.sections):
        return None
    # Not `folders`: those after the pinned texts only complete them.
    path = section_file(pack.text_folders, variant, section)
    context = _Context(answers=answers, pack=pack, language=variant.partition("-")[0])
    return context.spelled(_source(path)) if path else None


def unused_sections(answers: Answers, pack: Pack) -> tuple[Note, ...]:
    """Return a note for each own text that no page takes: misspelt, or misplaced."""
    own = answers.folder / SECTIONS
    ids = {section.id for page in pack.pages for section in page.sections}
    variants = {*answers.languages, *map(answers.variant, answers.languages)}
    used = {own / variant / f"{name}.md" for variant in variants for name in ids}
    example = f"sections/{answers.variant(answers.languages[0])}/{min(ids)}.md"
    return tuple(
        Note(
            message="compose-section-unused",
            values={
                "file": path.relative_to(answers.folder).as_posix(),
                "example": example,
            },
        )
        # At any depth: a text in the wrong folder is what this is looking for.
        for path in sorted(own.rglob("*.md"))
        if path not in used and not _is_remembered(path.relative_to(own))
    )


def _is_remembered(path: Path) -> bool:
    """Return whether `customize` or `upgrade` keeps this beside the own texts."""
    return path.parts[0] == Path(BASES).name or is_proposal(path)


def unused_answers(answers: Answers, pack: Pack) -> tuple[Note, ...]:
    """Return a note if an answer asks for a page that the pack, perhaps old, lacks."""
    ids = {section.id for page in pack.pages for section in page.sections}
    if answers.acknowledgement and "acknowledgement" not in ids:
        return (Note(message="compose-acknowledgement-unused"),)
    return ()


def _source(path: Path) -> str:
    try:
        # Editors on Windows put a byte order mark at the start.
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PackError("error-section-encoding", path=path) from error


def find_answer(answers: Answers, key: str) -> object:
    """Return the answer at a dotted key, None where there is none."""
    value: object = answers
    for part in key.split("."):
        # `links` and `extra` are maps, all else are fields of dataclasses.
        if isinstance(value, dict):
            value = value.get(part)
        else:
            value = getattr(value, part, None)
    return value
