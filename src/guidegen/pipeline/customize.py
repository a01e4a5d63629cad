"""Copies a section's text into the project, for the company to reword."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from guidegen.answers.read import read_answers
from guidegen.compose.conditions import find_answer
from guidegen.compose.sections import pack_section
from guidegen.errors import Problem, ProblemsError
from guidegen.files import project_lock
from guidegen.merge.sections import OwnText, customize_texts, move_text
from guidegen.model.answers import Answers
from guidegen.model.own_text import Missing
from guidegen.model.pack import Pack, SectionSpec
from guidegen.model.project import Project
from guidegen.model.question import applies
from guidegen.pack.find import section_file
from guidegen.pipeline.working_copy import load_working_copy
from guidegen.value import Value

# Titles are found by patterns: a list of sections need not render them with Jinja.
_HEADING = re.compile(r"^#+[ \t]+(.+?)[ \t]*(?:\{:[^}]*\}[ \t]*)?$", re.MULTILINE)
_NUMBER = re.compile(r"\{% if rule\.number %\}.*?\{% endif %\}")
_COMPANY = re.compile(
    r"\{\{\s*company\.(?:short_name|nominative|accusative|dative)\s*\}\}"
)
_OTHER = re.compile(r"\{[{%#].*?[}%#]\}")


class Section(Value):
    """A section that can be taken over."""

    id: str
    title: str
    shown: bool
    """Whether this company's guideline has it."""
    own: tuple[Path, ...]
    """The company's own texts of it."""


def list_sections(project: Project, language: str) -> tuple[Section, ...]:
    """Return the sections of the project's pack, in their order.

    Args:
        project: The project.
        language: The language of the titles; one that the company does not use gives
            way to its first one.

    Raises:
        GuidegenError: The answers or the pack are wrong.
    """
    answers, pack = read_answers(project.answers)
    if language not in answers.languages:
        language = answers.languages[0]
    return tuple(_sections(answers, pack, language))


class Beside(Value):
    """A new text of the pack's, and the company's own one for other readers."""

    variant: str
    path: Path
    other: str
    """The variant of the company's text so far."""
    other_path: Path


class Customized(Value):
    """What has become of a section that was taken over."""

    files: tuple[Path, ...]
    """The files to edit."""
    beside: tuple[Beside, ...] = ()
    """The company's texts so far, where the new ones are for other readers."""


def customize(
    project: Project, section: str, languages: Sequence[str] = ()
) -> Customized:
    """Take the pack's text of a section into the project, one file per language.

    Where the company has a text of its own, the pack's is put beside it in the
    languages and forms of address that it lacks.

    Args:
        project: The project.
        section: The section's id.
        languages: Which of the company's languages; all if none is named.

    Raises:
        ProblemsError: There is no such section, or the company does not use a language.
        FilesError: One of the files is there already; nothing is written.
    """
    with project_lock(project.work):
        working_copy = load_working_copy(project)
        answers, pack = working_copy.answers, working_copy.pack
        _refuse(answers, pack, section, languages)
        codes = languages or answers.languages
        lacking = {
            each.variant: each
            for each in working_copy.missing
            if each.section == section and each.variant.partition("-")[0] in codes
        }
        texts: dict[OwnText, str] = {}
        for language in codes:
            variant = answers.variant(language)
            text = pack_section(answers, pack, variant, section) or ""
            if variant in lacking:
                texts[OwnText(project=project, variant=variant, section=section)] = text
            elif not lacking:
                texts[_serving(project, variant, section)] = text
        beside = tuple(_beside(project, each) for each in lacking.values())
        return Customized(files=customize_texts(texts), beside=beside)


def _beside(project: Project, missing: Missing) -> Beside:
    """Return where the text of a variant goes; what is there makes room for it."""
    section = missing.section or ""
    own = OwnText(project=project, variant=missing.variant, section=section)
    other_path = missing.path or own.path
    if own.path.exists():
        # „de“ has served those who are addressed with Sie; they keep that text.
        other = OwnText(project=project, variant=missing.other, section=section)
        move_text(own, other)
        other_path = other.path
    return Beside(
        variant=missing.variant,
        path=own.path,
        other=missing.other,
        other_path=other_path,
    )


def _serving(project: Project, variant: str, section: str) -> OwnText:
    """Return the own text that readers get already, else the one to be."""
    # `sections/de` serves Du and Sie alike unless there is a `de-formal` (decisions.md,
    # "Whose wording wins?"): what readers get already is what is to be edited.
    found = section_file([project.folder], variant, section)
    return OwnText(
        project=project,
        variant=found.parent.name if found else variant,
        section=section,
    )


def _refuse(
    answers: Answers, pack: Pack, section: str, languages: Sequence[str]
) -> None:
    # All mistakes at once, so that nobody meets the next one at the next attempt.
    problems = [
        Problem(
            message="customize-language",
            values={"value": language, "known": ", ".join(answers.languages)},
        )
        for language in languages
        if language not in answers.languages
    ]
    if section not in pack.section_ids:
        problems.append(Problem(message="customize-unknown", values={"value": section}))
    if problems:
        raise ProblemsError(tuple(problems))


def _sections(answers: Answers, pack: Pack, language: str) -> Iterator[Section]:
    # A dict, since two languages may share a file that must be listed once, in order.
    variants = dict.fromkeys(map(answers.variant, answers.languages))
    fixed = (section for page in pack.pages for section in page.sections)
    added = (
        SectionSpec(id=section.id)
        for section in answers.sections
        if section.id in pack.parts
    )
    for spec in (*fixed, *added):
        text = pack_section(answers, pack, answers.variant(language), spec.id)
        own = (section_file([answers.folder], each, spec.id) for each in variants)
        yield Section(
            id=spec.id,
            title=heading_of(text or "", answers.company.short_name.some(language)),
            shown=applies(spec.when, lambda key: find_answer(answers, pack, key)),
            own=tuple(path for path in dict.fromkeys(own) if path),
        )


def heading_of(text: str, short_name: str = "…") -> str:
    """Return a section's first heading as far as it is plain text.

    Args:
        text: Its template.
        short_name: What stands for the company's name, in whichever case.
    """
    found = _HEADING.search(text)
    title = _NUMBER.sub("", found[1]) if found else ""
    title = _COMPANY.sub(lambda _: short_name, title)
    return _OTHER.sub("…", title)
