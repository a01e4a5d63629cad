"""What the company has written or asked for, and no page takes."""

from __future__ import annotations

from pathlib import Path

from guidegen.answers.own_texts import answer_texts
from guidegen.compose.pages import ABROAD
from guidegen.files.listing import is_litter
from guidegen.model.answers import Answers
from guidegen.model.note import Note
from guidegen.model.pack import Pack
from guidegen.model.project import BASES, SECTIONS, is_proposal

_NEVER = "never"


def unused_sections(answers: Answers, pack: Pack) -> tuple[Note, ...]:
    """Return a note for each own text that no page takes: misspelt, or misplaced."""
    own = answers.folder / SECTIONS
    fixed = {section.id for page in pack.pages for section in page.sections}
    ids = fixed | {section.id for section in answers.sections}
    # A text for the other form of address waits there until that is chosen again.
    languages = answers.languages
    of_others = (v for v in pack.variants if v.partition("-")[0] in languages)
    variants = {*languages, *of_others}
    used = {own / variant / f"{name}.md" for variant in variants for name in ids}
    example = f"sections/{answers.variant(answers.languages[0])}/{min(fixed)}.md"
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
        if path not in used
        and not _is_remembered(path.relative_to(own))
        and not is_litter(path.relative_to(own).as_posix())
    )


def _is_remembered(path: Path) -> bool:
    """Return whether `customize` or `upgrade` keeps this beside the own texts."""
    return path.parts[0] == Path(BASES).name or is_proposal(path)


def unused_answers(answers: Answers, pack: Pack) -> tuple[Note, ...]:
    """Return a note for each answer that has no effect with the texts of this pack."""
    return (
        *_without_page(answers, pack),
        *_without_speakers(answers, pack),
        *_without_text(answers, pack),
    )


def _without_text(answers: Answers, pack: Pack) -> tuple[Note, ...]:
    """Return a note for each text that is called right and that there is none of."""
    if not answers.same_text:
        return ()
    known = {text.key for text in answer_texts(answers, pack)}
    folder = answers.folder / SECTIONS
    known |= {f"{SECTIONS}/{path.stem}" for path in folder.glob("*/*.md")}
    return tuple(
        Note(message="compose-same-text-unused", values={"key": key, "in": variant})
        for variant, keys in answers.same_text.items()
        for key in keys
        if key not in known
    )


def _without_page(answers: Answers, pack: Pack) -> tuple[Note, ...]:
    """Return a note for what an answer asks for and the pack has no section for."""
    ids = {section.id for page in pack.pages for section in page.sections}
    notes = []
    if answers.acknowledgement and "acknowledgement" not in ids:
        notes.append(Note(message="compose-acknowledgement-unused"))
    countries = answers.company.countries
    stated = any(pack.country(country).statements for country in countries)
    # A company's pack may have pages of its own, from before there was this section.
    if len(countries) > 1 and stated and ABROAD not in ids:
        notes.append(Note(message="compose-abroad-unused", values={"section": ABROAD}))
    return tuple(notes)


def _without_speakers(answers: Answers, pack: Pack) -> tuple[Note, ...]:
    """Return a note for each topic that names speakers, although nobody speaks."""
    entries = (
        (topic, pack.catalogue.get(topic.id or "")) for topic in answers.taboo_topics
    )
    return tuple(
        Note(message="compose-speakers-unused", values={"topic": entry.id})
        for topic, entry in entries
        # Its own level is checked with the answers; the catalogue's may be a newer one.
        if entry and topic.speakers and (topic.level or entry.level) == _NEVER
    )
