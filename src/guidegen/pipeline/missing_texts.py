"""Gives texts the variants that they lack, or says that they are right there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from guidegen.answers.contract import contract
from guidegen.answers.data import look_up
from guidegen.answers.edit import edit_answers
from guidegen.answers.own_texts import with_variant
from guidegen.answers.read import read_pack, read_plain
from guidegen.compose.sections import pack_section
from guidegen.errors import ProblemsError
from guidegen.model.own_text import Missing
from guidegen.model.project import Project
from guidegen.model.question import Kind
from guidegen.pipeline.customize import customize
from guidegen.pipeline.working_copy import load_working_copy
from guidegen.schema.scalars import Plain, Refused, parse
from guidegen.schema.shapes import Localized, OneOrList, find_shape
from guidegen.value import Value


class Answer(Value):
    """What somebody wants a text to say in the variant that it lacks."""

    missing: Missing
    text: str


def find_missing(project: Project) -> tuple[Missing, ...]:
    """Return the company's own texts that lack a variant.

    Raises:
        GuidegenError: The answers, the pack or a section are wrong.
    """
    return load_working_copy(project).missing


def pack_text(project: Project, missing: Missing) -> str | None:
    """Return what the pack says in the variant, of a section that it has."""
    if missing.section is None or not missing.of_pack:
        return None
    working_copy = load_working_copy(project)
    return pack_section(
        working_copy.answers, working_copy.pack, missing.variant, missing.section
    )


def wrong_text(
    project: Project, missing: Missing, typed: str, say: Callable[..., str]
) -> str | None:
    """Return what is wrong with a text that somebody typed, None if nothing is.

    Args:
        project: The project.
        missing: The text that lacks a variant.
        typed: What was typed.
        say: Says a message in the author's language.
    """
    try:
        parse(_kind(project, missing.place), typed.strip())
    except Refused as refused:
        if refused.message == "value-empty":
            return say("interview-needed")
        text = say(refused.message, **refused.values)
        return text[:1].upper() + text[1:]
    return None


def _kind(project: Project, place: str) -> Kind:
    shape = find_shape(contract(read_pack(project.answers)), place)
    if isinstance(shape, OneOrList):
        shape = shape.item
    kind = shape.scalar.kind if isinstance(shape, Localized) else Kind.TEXT
    return kind if isinstance(kind, Kind) else Kind.TEXT


def give_text(project: Project, answer: Answer) -> None:
    """Write a text for the variant into the answers; the other ones stay.

    Raises:
        ProblemsError: The file would not be valid; nothing is written.
        FilesError: It cannot be written.
    """
    missing, read = answer.missing, read_plain(project.answers)
    answers = load_working_copy(project).answers
    before = look_up(read.data, missing.place)
    changed = with_variant(
        missing.text if before is None else before,
        missing.variant,
        answer.text.strip(),
        other=missing.other,
        variants=tuple(map(answers.variant, answers.languages)),
    )
    edit_answers(project.answers, {missing.place: changed}, read.pack)


def declare_right(project: Project, missing: Missing) -> None:
    """Write into the answers that a text is right in the variant, too.

    Raises:
        ProblemsError: The file would not be valid; nothing is written.
        FilesError: It cannot be written.
    """
    read = read_plain(project.answers)
    key = f"same_text.{missing.variant}"
    before = look_up(read.data, key)
    declared: list[Plain] = [*before] if isinstance(before, list) else []
    if missing.key not in declared:
        edit_answers(project.answers, {key: [*declared, missing.key]}, read.pack)


def take_pack_text(project: Project, missing: Missing) -> Path:
    """Take the pack's text of a section beside the company's; return its file.

    Raises:
        ProblemsError: The pack has none.
        FilesError: It cannot be written.
    """
    if missing.section is None:
        raise ProblemsError(())
    language = missing.variant.partition("-")[0]
    return customize(project, missing.section, (language,)).files[0]
